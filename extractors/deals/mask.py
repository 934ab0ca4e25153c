"""From a sentence to the reading that the parser sees: names and amounts replaced, headline habits undone."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from extractors.deals.cast import PARTY_KINDS, load_descriptors
from extractors.deals.frames import verb_lemmas
from extractors.deals.idioms import Plain, plain_words
from extractors.deals.sentences import Sentence
from extractors.nlp import Reading
from extractors.records import Mention, Money, Period, Quantity

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
    r"|(?<=\w) (?:today|reportedly|officially|formally|separately)(?= \w)"
)
CO = re.compile(r"\bco-(?=(?:lead|led|invest|develop|own|build|built|found|fund|manag|sponsor)\w*)", re.I)
BY_WHOM = re.compile(r"(?: (?:up|over|out|off|private|down))? (?:by|at) ")
AMBIGUOUS = frozenset(
    "host fund partner supplier customer tenant buyer seller borrower owner maker provider "
    "vendor parent shareholder backer".split()
)

MODIFIER = (
    r"(?:AI|cloud|chip|data|cent(?:er|re)|datacent(?:er|re)|artificial|intelligence|bitcoin|"
    r"crypto|private|equity|credit|memory|software|internet|tech|"
    r"startup|giant|rival|troubled|fellow|semiconductor|nuclear|solar|wind|infrastructure|"
    r"sovereign|wealth|venture|buyout|[A-Z]\w+(?:an|ish|ese|ch|ss|i|eli)|"
    r"energy|power|clean|biggest|largest|\w+-\w+|(?:U\.S\.|US|UK|U\.K\.)(?:-based)?)"
)
HEADLINE_VERB = re.compile(
    r"\s+(?P<adverb>(?:reportedly|officially|formally|also|now|will|just|again) )?(?P<verb>[A-Za-z]+)\b"
)
WORD = re.compile(r"[A-Za-z]+\b")
TO_VERB = re.compile(r"(?<=\s)(?P<to>to) (?=(?P<verb>[A-Za-z]+)\b)", re.I)

Part = Mention | Quantity


@functools.cache
def _described() -> re.Pattern[str]:
    """A description right before the name that it describes: "German AI firm ", "data center operator "."""
    nouns = [n for n in load_descriptors()[0] if n not in AMBIGUOUS]
    words = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:(?:the|a|an|The|A|An) )?(?:{MODIFIER} )*(?:{words})\s$", re.I)


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
        pieces.append((STAND_INS[-1] + " ", label[1].start_char, label[1].end_char, label[0]))
        kept = [p for p in parts if p.start_char > start]
        parts, first_ref = kept, first_ref + len(parts) - len(kept)  # "Agreed" is no name
        pieces.append((verb.group().lower(), start, verb.end(), -1))
    at, previous_party = pieces[-1][2] if pieces else start, False
    dropped = [match.span() for match in PARENTHESIS.finditer(text, start, end)]
    dropped += [
        m.span() for m in WHEN.finditer(text, start, end) if not any(a < m.end() and m.start() < b for a, b in dropped)
    ]
    dropped += [
        m.span() for m in CO.finditer(text, start, end) if not any(a < m.end() and m.start() < b for a, b in dropped)
    ]
    plain = [p for p in plain_words(text, start, end) if not any(a < p[1] and p[0] < b for a, b in dropped)]
    changed = sorted([*(Plain(a, b, "", "") for a, b in dropped), *plain])
    names: dict[str, int] = {}
    verb_seen = sentence.kind != "title"
    named = [p for p in parts if isinstance(p, Mention)]
    for offset, part in enumerate(parts):
        if not isinstance(part, Mention) and any(
            n.start_char < part.end_char and part.start_char < n.end_char for n in named
        ):
            continue
        if part.start_char < at or part.end_char > end or any(a <= part.start_char < b for a, b in dropped):
            continue
        stand_in = _stand_in(part, names)
        if stand_in is None:
            continue
        if previous_party and isinstance(part, Mention) and part.kind == "place" and text[at : part.start_char] == " ":
            at = part.end_char  # "Entergy Louisiana" is one name to the parser
            continue
        is_party = isinstance(part, Mention) and part.kind in PARTY_KINDS
        gap = text[at : part.start_char]
        if sentence.kind == "title" and previous_party and is_party and gap in (", ", "-", "–", "/", " & "):
            pieces.append((" and ", at, part.start_char, -1))
        else:
            described = _described().search(gap) if is_party else None
            stop = at + described.start() if described else part.start_char
            if not verb_seen:
                at, verb_seen = _headline_verb(pieces, text, at, stop, previous_party, shout, changed)
            _verbatim(pieces, text, at, stop, changed, shout)
        tail = " " if text[part.end_char : part.end_char + 1].isalnum() else ""
        pieces.append((stand_in + tail, part.start_char, part.end_char, first_ref + offset))
        at, previous_party = part.end_char, is_party
    if not verb_seen:
        at, _ = _headline_verb(pieces, text, at, end, previous_party, shout, changed)
    _verbatim(pieces, text, at, end, changed, shout)
    return Reading(pieces=tuple(pieces))


def lacks_subject(text: str, sentence: Sentence) -> bool:
    """Whether a labelled line begins with its verb: "NORVANE - Signed a lease with Velmora"."""
    word = WORD.match(text, sentence.start_char, sentence.end_char)
    form = word.group().lower() if word else ""
    return bool(sentence.label) and form in verb_lemmas() and (form != verb_lemmas()[form] and not form.endswith("ing"))


def _headline_verb(
    pieces: list[tuple[str, int, int, int]],
    text: str,
    start: int,
    end: int,
    after_party: bool,
    shout: bool,
    changed: Sequence[Plain],
) -> tuple[int, bool]:
    """Turn a headline's verb in text[start:end] ("signs", "to buy") into "will sign", which no tagger takes for a noun.

    Returns where to read on and whether a verb was found.
    """
    if after_party:
        match = HEADLINE_VERB.match(text, start, end)
        lemma = verb_lemmas().get(match.group("verb").lower()) if match else None
        form = match.group("verb").lower() if match else ""
        idiom = next((p for p in changed if match and p[2] and p[0] == match.start("verb") and p[1] <= end), None)
        if idiom is not None:
            pieces.append((" ", start, start + 1, -1))
            pieces.append(((idiom[3] and f"will {idiom[3]}") or idiom[2], idiom[0], idiom[1], -1))
            return idiom[1], True
        if match and lemma and (form == lemma or form.endswith("s")):
            a, b = match.span("verb")
            pieces.append((" ", start, start + 1, -1))
            pieces.append((f"will {lemma}", a, b, -1))
            return b, True
        if match and form.endswith("ing") and len(form) > 5:  # "Google planning another campus"
            pieces.append((f" is {form}", start, match.end("verb"), -1))
            return match.end("verb"), True
        if match and lemma and BY_WHOM.match(text, match.end("verb"), end):  # "Quillon snapped up by Bexley"
            pieces.append((f" was {form}", start, match.end("verb"), -1))
            return match.end("verb"), True
        if match and lemma:
            return start, True
    to = TO_VERB.search(text, start, end)
    if (
        to
        and to.group("verb").lower() in verb_lemmas()
        and not _has_verb(text[start : to.start()])
        and text[to.start() - 3 : to.start() - 1] != "ed"
    ):
        _verbatim(pieces, text, start, to.start("to"), changed, shout)
        pieces.append(("will ", to.start("to"), to.end("to"), -1))
        return to.end(), True
    return start, _has_verb(text[start:end])


def _has_verb(text: str) -> bool:
    return any(w.lower() in verb_lemmas() and w.lower().endswith(("s", "ed")) for w in re.findall(r"[A-Za-z]+", text))


def _stand_in(part: Part, names: dict[str, int]) -> str | None:
    if isinstance(part, Money):
        return "$5 billion"
    if isinstance(part, Period):
        return None
    if not isinstance(part, Mention):
        return part.surface
    if part.kind == "place":
        return PLACES[names.setdefault("@" + part.surface, len(names)) % len(PLACES)]
    if part.kind == "person":
        return "Smith"
    if part.kind == "product":
        return "Camry"
    if part.kind == "accelerator":
        return part.surface
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
            shown = chunk.lower() if shout else chunk
            pieces.append((shown.replace("’", "'").replace("“", '"').replace("”", '"'), start, start + len(chunk), -1))
        if plain and a >= start and b <= end:
            pieces.append((plain, a, b, -1))
        start = max(start, b)


def _is_title_case(headline: str) -> bool:
    words = [w for w in headline.split()[1:] if len(w) > 3 and w.isalpha()]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.65 * len(words)
