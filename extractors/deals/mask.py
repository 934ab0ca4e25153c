"""From a sentence to the reading that the parser sees: names and amounts replaced, headline habits undone."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from extractors.deals.cast import PARTY_KINDS, load_descriptors, names_cloud
from extractors.deals.frames import verb_lemmas
from extractors.deals.headline import find_verb, is_fronted, left_out, opens_clause
from extractors.deals.idioms import Plain, plain_words
from extractors.deals.sentences import Sentence
from extractors.nlp import Reading
from extractors.records import Accelerators, Duration, Mention, Money, Period, Power, Quantity

# Plain names that the parser's training text is full of, so that it takes each for one proper noun.
STAND_INS = (
    "Boeing",
    "Texaco",
    "Chrysler",
    "Motorola",
    "Kodak",
    "Xerox",
    "Lockheed",
    "Honeywell",
    "Monsanto",
    "Pfizer",
    "Goodyear",
)
PLACES = ("Texas", "Ohio", "London", "Virginia", "Paris")
PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]{0,120}[)\]]")
WHEN = re.compile(
    r",? (?:late |early |earlier )?on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: "
    r"(?:morning|evening|night|afternoon))?\b"
    r"|,? on (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4},?)?(?!\d)"
    r"|\b(?:On|At|In) (?:the|that) same (?:date|day|time|month|week|year),? "
    r"|(?<=\w) (?:today|reportedly|officially|formally|separately)(?= \w)"
)
CALLED = re.compile(  # "reached what it calls the largest agreement", "in what is believed to be a first"
    r"\bwhat (?:(?:it|they|he|she|both|(?:the |its )?(?:compan(?:y|ies)|firm|group|pair|two|officials|executives|sides|"
    r"partners)) (?:\w+ )?(?:calls?|called|describes?(?: as)?|described(?: as)?|terms?|termed|bills as|billed as|"
    r"says? (?:is|was|will be|would be)|said (?:is|was|will be|would be))"
    r"|(?:is|was) (?:believed|thought|said|understood|reported|described|billed)(?: to be| as)?"
    r"|(?:may|might|could|would|will) be|amounts? to|amounted to)(?: (?:perhaps|possibly|probably))? "
)
CO = re.compile(r"\bco-(?=(?:lead|led|invest|own|build|built|found|fund|manag|sponsor)\w*)", re.I)
AMBIGUOUS = frozenset(
    "host house fund partner supplier customer tenant buyer seller borrower owner maker provider "
    "vendor parent shareholder backer".split()
)

# "memory worth at least $5 billion": an adjective with an object of its own, which the parser makes the noun of "with"
WORTH = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bnow )\bworth(?=(?: [a-z]+){0,3} [^\w\s]*$)", re.I
)

MODIFIER = (
    r"(?:AI|cloud|chip|data|cent(?:er|re)|datacent(?:er|re)|artificial|intelligence|bitcoin|"
    r"crypto|private|equity|credit|memory|software|internet|tech|"
    r"startup|giant|rival|troubled|fellow|semiconductor|nuclear|solar|wind|infrastructure|"
    r"sovereign|wealth|venture|buyout|[A-Z]\w+(?:an|ish|ese|ch|ss|i|eli)|"
    r"energy|power|clean|biggest|largest|\w+-\w+|(?:U\.S\.|US|UK|U\.K\.)(?:-based)?)"
)
WORD = re.compile(r"[A-Za-z]+\b")
DEALT_WITH = re.compile(r"\b(?:to|with|from)\s$", re.I)
BY_MEANS = re.compile(r"\b(?:under|via|through|in|after|following|with|on) $", re.I)
DEAL_AHEAD = re.compile(  # "under $2bn, ten-year pact": what a headline leaves the article out of
    r",? (?:(?:[\w-]+ ){0,3}?)(?:deal|pact|contract|agreement|lease|loan|order|accord|ppa|tie-up|transaction)\b", re.I
)
SOME_MORE = re.compile(r" (?:more|extra)\b(?! than)")  # "to inject $3 billion more": the parser makes it an adverb
DEAL_OF = re.compile(r"\b(?:agreement|contract|deal|lease|loan|order|pact|ppa|purchase)s?\b[^:;]{0,60}: $", re.I)
ELLIPSIS = re.compile(  # a deal told by its number alone: "The first, with X, is for 200 MW"
    r"\b(?:the (?:first|second|third|fourth|other|latter)(?=,? (?:with|from|for)\b)"
    r"|(?<=follows )one(?= (?:for|with|of|covering|worth)\b))",
    re.I,
)
GLUED = re.compile(r"(?<=\d)(?=[A-Za-z])")
# what a release says of each of two that act together: "X, a maker of models, and Y, whose halls are full, today …"
WHO_IT_IS = re.compile(r", (?:an?|the|one of|whose|which|who) [^,;:()\"“”]{3,160},(?= )")
LONGEST_LEAD = 40  # characters before the first company: a dateline
LONGEST_ACRONYM = 8  # characters with the blanks around it: " GPUS " stays, " TO RENT " does not
JOINING = frozenset((", ", "', ", "’, ", "-", "–", "/", " & ", " + ", "+"))  # between two names of a headline: "and"
AMOUNTS = re.compile(r", (?=\d)")
LISTED = re.compile(r"(?:\band|,|&|\+) $")
CAPITALISED = re.compile(r"\b[A-Z][a-z]+(?:['’]\w+)?\b")
OPENING_PLACE = re.compile(r"(?:In|Across|Near|Outside) (?:the )?")
BOUND = re.compile(
    r"(?<!scale )(?<!scaled )(?<!ramp )(?<!build )(?<!add )"
    r"\b(?:up to|as (?:much|many) as|(?:not|no) (?:less|fewer|more) than|upwards? of|north of) $"
)

Part = Mention | Quantity


@functools.cache
def _described() -> re.Pattern[str]:
    """A description right before the name that it describes: "German AI firm ", "data center operator "."""
    nouns = [n for n in load_descriptors()[0] if n not in AMBIGUOUS]
    words = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:(?:the|a|an|The|A|An) )?(?:{MODIFIER} (?:and {MODIFIER} )?)*(?:{words})\s$", re.I)


def make_reading(
    text: str, sentence: Sentence, parts: Sequence[Part], first_ref: int, label: tuple[int, Mention] | None = None
) -> Reading:
    """The sentence for the parser; ``parts`` are its names and amounts in order, numbered from ``first_ref``.

    ``label`` is the company (and its number) that the line's label names: the subject of an item that has none.
    """
    start, end = sentence.start_char, sentence.end_char
    shout = sentence.kind == "title" and _is_title_case(text[start:end])
    pieces: list[tuple[str, int, int, int]] = []
    verb = WORD.match(text, start, end)
    if label is not None and verb and lacks_subject(text, sentence):
        being = "is " if LACKS_BEING.match(text, start, end) else ""
        pieces.append((STAND_INS[-1] + " ", label[1].start_char, label[1].end_char, label[0]))
        pieces.extend([(being, start, start, -1)] if being else [])
        kept = [p for p in parts if p.start_char > start]
        parts, first_ref = kept, first_ref + len(parts) - len(kept)  # "Agreed" is no name
        pieces.append((verb.group().lower(), start, verb.end(), -1))
    at, previous_party = pieces[-1][2] if pieces else start, False
    dropped = left_out(text, start, end, parts) if sentence.kind == "title" else []
    for pattern in (PARENTHESIS, WHEN, CALLED, CO):
        spans = [m.span() for m in pattern.finditer(text, start, end)]
        dropped += [(a, b) for a, b in spans if not any(c < b and a < d for c, d in dropped)]
    if sentence.kind != "title":
        dropped += [*_descriptions(text, sentence, parts), *_opening(text, sentence, parts)]
    dropped += [
        m.span() for part in parts if isinstance(part, Money) and (m := SOME_MORE.match(text, part.end_char, end))
    ]
    bounds = _bounds(text, start, parts)
    dropped += [(a, b) for a, b in bounds if not any(c < b and a < d for c, d in dropped)]
    plain = [p for p in plain_words(text, start, end) if not any(a < p[1] and p[0] < b for a, b in dropped)]
    plain += [
        Plain(m.start(), m.end(), "for", "")
        for part in parts
        if isinstance(part, Money) and (m := WORTH.search(text, max(start, part.start_char - 40), part.start_char))
    ]
    plain += [  # "has sold its first contract: 210 MW of wind to X": what it is for
        Plain(part.start_char - 2, part.start_char - 1, " for", "")
        for part in parts
        if isinstance(part, Money | Power | Accelerators) and DEAL_OF.search(text, start, part.start_char)
    ]
    by_means = [  # "will rent chips to X under $1 billion, ten-year contract"
        part
        for part in parts
        if isinstance(part, Money | Power | Duration)
        and sentence.kind == "title"
        and BY_MEANS.search(text, start, part.start_char)
        and DEAL_AHEAD.match(text, part.end_char, end)
    ]
    plain += [Plain(part.start_char - 1, part.start_char, " a ", "") for part in by_means]
    plain += [Plain(p.end_char, p.end_char + 1, "", "") for p in by_means if text[p.end_char : p.end_char + 1] == ","]
    plain += [Plain(m.end(), m.end(), " deal", "") for m in ELLIPSIS.finditer(text, start, end)]
    changed = sorted([*(Plain(a, b, "", "") for a, b in dropped), *plain])
    names: dict[str, int] = {}
    opens = previous_place = False
    verb_seen = sentence.kind != "title"
    fronted, listed = not verb_seen and is_fronted(text, start, end), False
    named = [p for p in parts if isinstance(p, Mention)]
    for offset, part in enumerate(parts):
        if not isinstance(part, Mention) and any(
            n.start_char < part.end_char and part.start_char < n.end_char for n in named
        ):
            continue
        if part.start_char < at or part.end_char > end or any(a <= part.start_char < b for a, b in dropped):
            continue
        stand_in = _stand_in(part, names, is_dealt_with=bool(DEALT_WITH.search(text, start, part.start_char)))
        if stand_in is None:
            continue
        if previous_party and isinstance(part, Mention) and part.kind == "place" and text[at : part.start_char] == " ":
            at = part.end_char  # "Entergy Louisiana" is one name to the parser
            continue
        if previous_place and isinstance(part, Mention) and part.kind == "place" and text[at : part.start_char] == ", ":
            at = part.end_char + (text[part.end_char : part.end_char + 2] == ", " and sentence.kind == "title")
            continue  # "La Porte, Indiana," is one place
        previous_place = isinstance(part, Mention) and part.kind == "place"
        is_party = isinstance(part, Mention) and (part.kind in PARTY_KINDS or names_cloud(part))
        gap = text[at : part.start_char]
        ends_list = listed and gap == ", and "  # "from A, B, and C to fund"
        joins = sentence.kind == "title" and previous_party and is_party and (gap in JOINING or ends_list)
        if joins and not (fronted and gap == ", "):
            pieces.append((" and ", at, part.start_char, -1))
        else:
            described = _described().search(gap) if is_party else None
            stop = at + described.start() if described else part.start_char
            if not verb_seen or (previous_party and opens):
                at, found = _edited(
                    pieces, text, at, (stop, end), changed, shout, after_party=previous_party, plural=listed
                )
                verb_seen = verb_seen or found
            if at > part.start_char:  # the edit took it along: "pop 9% after"
                continue
            _verbatim(pieces, text, at, stop, changed, shout)
        tail = " " if text[part.end_char : part.end_char + 1].isalnum() else ""
        pieces.append((stand_in + tail, part.start_char, part.end_char, first_ref + offset))
        opens = sentence.kind == "title" and is_party and not ends_list and opens_clause(text, start, part.start_char)
        described = _described().search(text[start : part.start_char]) if is_party else None
        told_from = start + described.start() if described else part.start_char
        listed = is_party and (joins or bool(LISTED.search(text, start, told_from)))
        fronted = fronted and ", " not in gap
        at, previous_party = part.end_char, is_party
        if sentence.kind == "title" and not isinstance(part, Mention) and AMOUNTS.match(text, at, end):
            at += 1  # "1.2GW, 11-building campus": the comma parts nothing
    if not verb_seen or (previous_party and opens):
        at, _ = _edited(pieces, text, at, (end, end), changed, shout, after_party=previous_party, plural=listed)
    _verbatim(pieces, text, at, end, changed, shout)
    return Reading(pieces=tuple(pieces))


def _descriptions(text: str, sentence: Sentence, parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Where the companies that a sentence begins with are described, if two act together; nothing else told there."""
    parties = [p for p in parts if isinstance(p, Mention) and p.kind in PARTY_KINDS]
    told: list[tuple[int, int]] = []
    for one, other in zip([None, *parties], parties, strict=False):
        described = WHO_IT_IS.match(text, other.end_char, sentence.end_char)
        joins = one is not None and text[told[-1][1] if told else one.end_char : other.start_char] == " and "
        if (one is None and other.start_char > sentence.start_char + LONGEST_LEAD) or not (one is None or joins):
            break
        if described is None or any(described.start() < p.start_char < described.end() for p in parts):
            break
        if one is None and not text.startswith(" and ", described.end()):
            break
        told.append(described.span())
    return told if len(parties) > 1 else []


def _bounds(text: str, start: int, parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """ "As much as", before an amount: the parser loses what follows the amount."""
    for part in parts:
        if isinstance(part, Money | Power | Accelerators):
            bound = BOUND.search(text, max(start, part.start_char - 20), part.start_char)
            if bound is not None:
                yield bound.span()


def _opening(text: str, sentence: Sentence, parts: Sequence[Part]) -> list[tuple[int, int]]:
    """ "In Spain, ": the parser would take the place for the first of those who act."""
    at = OPENING_PLACE.match(text, sentence.start_char, sentence.end_char)
    place = next((p for p in parts if isinstance(p, Mention) and at and p.start_char == at.end()), None)
    if place is None or place.kind != "place" or text[place.end_char : place.end_char + 2] != ", ":
        return []
    return [(sentence.start_char, place.end_char + 2)]


LACKS_BEING = re.compile(  # how a labelled line goes on that leaves "is" out: "X: no longer supplier to Y"
    r"(?:now |still |again |reportedly )?(?:talking|negotiating|discussing|seeking|considering|weighing|building|"
    r"buying|selling|renting|leasing|raising|borrowing|ordering|planning|preparing|looking|supplying|expanding|adding|taking|"
    r"in (?:\w+ ){0,2}(?:talks|discussions|negotiations)|no longer|close to|near|set to|due to|ready to|said to|to) ",
)


def lacks_subject(text: str, sentence: Sentence) -> bool:
    """Whether a labelled line or a later part of a headline begins with its verb: "NORVANE - Signed a lease"."""
    word = WORD.match(text, sentence.start_char, sentence.end_char)
    form = word.group().lower() if word else ""
    if sentence.label and (LACKS_BEING if form != "will" else WORD).match(text, sentence.start_char):
        return True
    continues = bool(sentence.label) or (sentence.kind == "title" and sentence.start_char > 0)
    return continues and form in verb_lemmas() and (form != verb_lemmas()[form] and not form.endswith("ing"))


def _edited(
    pieces: list[tuple[str, int, int, int]],
    text: str,
    start: int,
    ends: tuple[int, int],
    changed: Sequence[Plain],
    shout: bool,
    *,
    after_party: bool,
    plural: bool,
) -> tuple[int, bool]:
    """Show the headline's verb as a parser expects it, if the stretch from ``start`` to the first of ``ends`` holds it.

    The second of ``ends`` is the headline's. Returns where to read on and whether the verb was there.
    """
    left = [p for p in changed if not p.words]
    start = next((p.end_char for p in left if p.start_char <= start < p.end_char), start)
    stop = max(start, min(ends[0], *(p.start_char for p in left if start < p.start_char), ends[1]))
    idiom = next((p for p in changed if p.words and text[start : p.start_char] == " " and p.end_char <= stop), None)
    verb = (idiom.headline or (idiom.words if plural else "")) if idiom is not None and after_party else ""
    if idiom is not None and verb:
        pieces.append((f" will {verb}", start, idiom.end_char, -1))
        return idiom.end_char, True
    edit, found = find_verb(text, start, stop, ends[1], after_party=after_party, plural=plural)
    if edit is None:
        return start, found
    _verbatim(pieces, text, start, edit.start, changed, shout)
    pieces.append((edit.shown, edit.start, edit.end, -1))
    return edit.end, found


def _stand_in(part: Part, names: dict[str, int], *, is_dealt_with: bool) -> str | None:
    """The plain name or amount for a part; a cloud "to" or "with" which something goes stands for its company."""
    if isinstance(part, Money):
        return "$5 billion"
    if isinstance(part, Period):
        return None
    if isinstance(part, Power):
        return GLUED.sub(" ", part.surface)  # "95MW" is a word that no parser knows
    if not isinstance(part, Mention):
        return part.surface
    if part.kind == "place":
        return PLACES[names.setdefault("@" + part.surface, len(names)) % len(PLACES)]
    if part.kind == "person":
        return "Smith"
    if part.kind == "product" and not (is_dealt_with and names_cloud(part)):
        return "Camry"
    if part.kind == "accelerator":
        return part.surface.replace(" ", "")  # "Maia 200" is one word to the parser
    if part.kind == "facility":
        return "Pentagon" if " " not in part.surface or part.surface[-1].isdigit() else part.surface
    key = part.registry_id or part.name or part.surface
    return STAND_INS[names.setdefault(key, len(names)) % len(STAND_INS)]


def _verbatim(
    pieces: list[tuple[str, int, int, int]],
    text: str,
    start: int,
    end: int,
    changed: Sequence[Plain],
    shout: bool,
) -> None:
    """Add text[start:end] as it stands, without parentheses, idioms in plain words, title case undone."""
    for a, b, plain, _ in [*(p for p in changed if p[0] < end and p[1] > start), Plain(end, end, "", "")]:
        chunk = text[start : max(start, a)]
        if chunk:
            shown = CAPITALISED.sub(lambda m: m.group().lower(), chunk) if shout else chunk
            shown = shown.lower() if shout and len(shown) > LONGEST_ACRONYM and shown.isupper() else shown
            pieces.append((shown.replace("’", "'").replace("“", '"').replace("”", '"'), start, start + len(chunk), -1))
        if plain and a >= start and b <= end:
            pieces.append((plain, a, b, -1))
        start = max(start, b)


def _is_title_case(headline: str) -> bool:
    words = [w for w in headline.split()[1:] if len(w) > 3 and w.isalpha()]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.65 * len(words)
