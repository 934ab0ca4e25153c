"""The grammar of headlines undone: what a headline leaves out or bends, put as a parser expects it.

"X-backed Y bags $2bn" is read as "Y will win $2bn", "Y snapped up by Z" as "Y was snapped up by Z", "X, Y in $3bn
tie-up" as "X and Y will sign $3bn tie-up". Verbs that taggers take for nouns are shown as a plain one of the same
frames (``headline_verbs.csv``); context rules and evidence still see the words of the text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from extractors.deals.cast import PARTY_KINDS
from extractors.deals.frames import load_frames, verb_lemmas
from extractors.records import Mention, Quantity
from extractors.registry.rows import registry_rows
from extractors.registry.verbs import verb_forms

ADVERB = r"(?:reportedly|officially|formally|also|now|just|again|quietly|finally|soon|jointly|separately|further)"
BOUND_TO = re.compile(  # "X said to weigh bid", "X set to lease"
    r"\s(?:reportedly )?(?:said|set|due|likely|expected|poised|ready|about|slated|tipped|thought|believed|rumou?red|"
    r"reported) to (?=(?P<verb>[A-Za-z]+)\b)",
    re.I,
)
VERB = re.compile(rf"\s+(?:{ADVERB} )?(?P<verb>[A-Za-z]+)\b", re.I)
MODAL = re.compile(rf"\s+(?:{ADVERB} )?(?:will|would|could|may|might|can|should|must)\b", re.I)
TO_VERB = re.compile(r"(?<=\s)(?P<to>to )(?=(?P<verb>[A-Za-z]+)\b)", re.I)
UNLIKELY = re.compile(r",? (?:unlikely|not (?:likely|expected|set|going)) $", re.I)
BY_WHOM = re.compile(r"(?: (?:up|over|out|off|private|down))? (?:by|at) ", re.I)
PASSED_ON = frozenset(
    "sold leased let rented awarded handed acquired bought picked chosen selected named valued".split()
)
TO_WHOM = re.compile(r" (?:to|for|in|as|at) ", re.I)
DEAL_NOUN = (
    r"(?:(?:deal|pact|tie-up|agreement|partnership|joint venture|jv|alliance|contract|lease|ppa|accord|order|purchase|"
    r"acquisition|takeover|merger|buyout|investment|financing|loan|award)s?)"
)
IN_DEAL = re.compile(  # no verb at all: "X, Y in $3bn data centre tie-up", "X close to $5bn deal with Y"
    rf"\s(?:(?P<near>close to|near to|nearing|near|on (?:the )?(?:verge|brink|cusp) of)|in|behind) "
    rf"(?=(?:(?!talks|discussions|negotiations|to\b|for\b|with\b)[^\s;:,]+ ){{0,9}}?{DEAL_NOUN}\b)",
    re.I,
)
IN_PLACE_DEAL = re.compile(rf" (?:[a-z]+ )?{DEAL_NOUN}\b", re.I)  # "rents chips from X in Finland deal": no place
SHARES = r"(?:shares?|stocks?|ADRs|share price)"
RISES = r"(?:jump|soar|pop|surge|climb|rall|rise|leap|gain|spike|rocket|skyrocket)(?:s|es|ed|ies)?|higher|up"
FALLS = r"(?:fall|slide|slump|tumble|sink|drop|dip|plunge|slip|edge)(?:s|d|ped)?|lower|down"
REACTION = re.compile(  # what the market made of it: "X shares pop 9% after $300 billion Y contract"
    rf"(?:['’]s?)?\s(?:(?:{SHARES} )?(?P<up>{RISES})|{SHARES} (?:{FALLS}))"
    r"(?: [^\s;:]+){0,4}? (?:on|after|following|amid) (?:(?:news|report|reports|word|talk) of )?"
    rf"(?=(?:(?!to\b|for\b|with\b|as\b)[^\s;:,]+ ){{0,7}}?(?:(?P<bid>takeover|buyout|bid|offer)|{DEAL_NOUN})\b)",
    re.I,
)
IN_TALKS = re.compile(r"\sin (?:\w+ ){0,2}(?=(?:talks|discussions|negotiations)\b)", re.I)
BEHIND = re.compile(
    r"\s(?:(?:is|was|likely|reportedly|revealed|confirmed|named|unveiled|identified) )*(?:as )?"
    r"(?:(?:the )?(?:\w+ )?(?:company|firm|developer|giant|tenant|user|name) )?behind ",
    re.I,
)
AFTER_NAME = frozenset(
    "shares share stock stocks bonds notes".split()
)  # "Oracle shares pop": a noun, whose is the verb
UNBENT = frozenset("be have do see".split())
BARE_NOUN = re.compile(  # a noun that looks like a verb, its article left out: "weighs bid for Y"
    r" (?=(?:bid|offer|deal|contract|lease|order|purchase|sale|takeover|buyout|loan|bond|raise|move|merger|stake|"
    r"plan)\b)",
    re.I,
)
LED_GROUP = re.compile(r"[-‑]led (?:group|consortium|venture|fund|team|alliance|investors|syndicate)\b", re.I)
LINKED = re.compile(r"[-‑](?:linked|tied|planned|proposed|owned)(?= )", re.I)  # "Amazon-linked Project Blue"
BACKED = re.compile(r"[-‑](?:backed|owned|led|controlled|funded) ", re.I)
OF_PLACE = frozenset({"'s ", "’s ", "-based "})
LEAD_IN = re.compile(r"\s*(?:exclusive|scoop|breaking|watch|live|opinion|news|update)\s*[|:–—-]\s+", re.I)
TOLD_BY = re.compile(
    r"(?:,| [-–—]|:) ?(?:(?:the )?(?:[A-Z][\w.&’']*(?: [A-Z][\w.&’']*){0,3} )?"
    r"(?:sources?(?: (?:say|said|claim))?|reports?(?: says?)?|(?:say|says|said) (?:sources?|reports?|filings?)|memo|"
    r"filings?(?: shows?)?|insiders say|says))\s*$"
)
FRONTED = re.compile(
    r"\s*(?:after|as|in|with|amid|despite|following|for|on|like|unlike|since|once|at|under|fresh from)\s", re.I
)
OF_SITE = re.compile(  # "$15B data center breaks ground": the verb after what is built
    r"\b(?:data cent(?:er|re)s?|datacent(?:er|re)s?|campus|supercomputer|cluster|project|complex|facility|hub)"
    r"(?P<verb> (?P<form>[a-z]+))\b",
    re.I,
)
CLAUSE = re.compile(r"(?:\b(?:as|while|after|because|when|but|says|say|said|and)|[,:–—])\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a headline that the parser shall see as ``shown``; an empty one puts words in."""

    start: int
    end: int
    shown: str


@functools.cache
def plain_verbs() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """First word of a form of a headline's verb -> (rest of the form, plain lemma), longest first."""
    table: dict[str, list[tuple[str, str]]] = {}
    for _, row in registry_rows("headline_verbs.csv"):
        for lemma in row["lemmas"].split("|"):
            for form in verb_forms(lemma):
                first, blank, rest = form.partition(" ")
                table.setdefault(first, []).append((blank + rest, row["plain"]))
    return MappingProxyType({first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in table.items()})


@functools.cache
def site_verbs() -> Mapping[str, str]:
    """Third person of a verb that a site does ("opens", "breaks" ground) -> its lemma."""
    lemmas = {lemma.partition(" ")[0] for f in load_frames() if f.frame_id == "site_opens" for lemma in f.lemmas}
    return MappingProxyType({form: lemma for lemma in lemmas for form in verb_forms(lemma) if form.endswith("s")})


def left_out(text: str, start: int, end: int, parts: Sequence[Mention | Quantity]) -> list[tuple[int, int]]:
    """Stretches of a headline that tell no deal: a lead-in, who says so at the end, "X-backed" before a company."""
    found = [match.span() for match in (LEAD_IN.match(text, start, end), TOLD_BY.search(text, start, end)) if match]
    named = [p for p in parts if isinstance(p, Mention) and p.kind in PARTY_KINDS]
    led = (LED_GROUP.match(text, p.end_char, end) for p in named)
    found += [match.span() for match in led if match]
    found += [match.span() for p in named if (match := LINKED.match(text, p.end_char, end))]
    places = (
        p for p in parts if isinstance(p, Mention) and p.kind == "place" and text[: p.start_char].endswith(" in ")
    )
    found += [(p.start_char, p.end_char + 1) for p in places if IN_PLACE_DEAL.match(text, p.end_char, end)]
    for place, company in pairwise(p for p in parts if isinstance(p, Mention)):
        between = text[place.end_char : company.start_char]
        if place.kind == "place" and company.kind in PARTY_KINDS and between in OF_PLACE:
            found.append((place.start_char, company.start_char))  # "Qatar's QIA"
    for backer, backed in pairwise(named):
        if BACKED.fullmatch(text, backer.end_char, backed.start_char):
            found.append((backer.start_char, backed.start_char))
    return found


def is_fronted(text: str, start: int, end: int) -> bool:
    """Whether a headline opens with a phrase before its subject: "After Nvidia's deal, Groq …"."""
    return FRONTED.match(text, start, end) is not None


def opens_clause(text: str, start: int, end: int) -> bool:
    """Whether a name at ``end`` is the subject of a further clause: "… as Anthropic eyes deal"."""
    return CLAUSE.search(text, start, end) is not None


def find_verb(
    text: str, start: int, stop: int, end: int, *, after_party: bool, plural: bool
) -> tuple[Edit | None, bool]:
    """How to show the headline's verb if text[start:stop] holds it, and whether it does.

    ``after_party`` says that a company's name stands right before, ``plural`` that it is one of several; ``end`` is
    where the headline ends.
    """
    if after_party:
        if MODAL.match(text, start, stop):
            return None, True
        edit = _nominal(text, start, end)
        if edit is not None:
            return edit, True
        match = VERB.match(text, start, stop)
        if match and match.group("verb").lower() in AFTER_NAME:
            return Edit(start, start, "'s"), False
        edit, found = _after_name(text, match, stop, plural) if match else (None, False)
        if found:
            return edit, True
    opens = OF_SITE.search(text, start, stop)
    if opens and (lemma := site_verbs().get(opens["form"].lower())):
        return Edit(opens.start("verb"), opens.end("verb"), f" will {lemma}"), True
    to = TO_VERB.search(text, start, stop)
    if (
        to
        and (to.group("verb").lower() in verb_lemmas() or _plain(text, to.end(), stop)[0])
        and not has_verb(IN_TALKS.sub(" ", text[start : to.start()]))  # "in advanced talks to rent"
        and text[to.start() - 3 : to.start() - 1] != "ed"
    ):
        doubt = UNLIKELY.search(text, start, to.start("to"))
        if doubt:  # "X says campus unlikely to go forward"
            return Edit(doubt.start(), to.end("to"), " will not "), True
        return _in_future(text, to.start("to"), to.end("to"), stop), True
    return None, has_verb(text[start:stop])


def _in_future(text: str, start: int, verb: int, stop: int) -> Edit:
    """What stands before a bare verb at ``verb`` shown as "will", and the verb itself plain."""
    _, plain = _plain(text, verb, stop)
    return Edit(start, plain[0], _will(text, plain[1], plain[0])) if plain else Edit(start, verb, "will ")


def _will(text: str, lemma: str, end: int) -> str:
    """The verb that ends at ``end`` in the future, with the article that the headline leaves out."""
    return f"will {lemma} a" if BARE_NOUN.match(text, end) else f"will {lemma}"


def _after_name(text: str, match: re.Match[str], end: int, plural: bool) -> tuple[Edit | None, bool]:
    """The verb right after a company's name: shown in the future or passive, or left as it is."""
    form = match.group("verb").lower()
    first = match.start("verb")
    shown, plain = _plain(text, first, end)
    lemma = verb_lemmas().get(form)
    if form == "partners" and text[match.end() + 1 : match.end() + 2].isupper():
        return None, False  # "Stargate partners X, Y weigh": a noun
    if lemma in UNBENT:
        return None, True
    if lemma is None and not shown and form not in PASSED_ON:
        return (
            (Edit(match.start(), match.end(), f" is {form}"), True)
            if len(form) > 5 and form.endswith("ing")
            else (None, False)
        )
    if form.endswith("ing") and lemma is not None:  # "Google planning another campus"
        return Edit(match.start(), match.end(), f" is {form}"), True
    passive = BY_WHOM if form not in PASSED_ON else re.compile(f"{BY_WHOM.pattern}|{TO_WHOM.pattern}", re.I)
    if form != lemma and not form.endswith("s") and passive.match(text, match.end(), end):
        return Edit(match.start(), match.end(), f" was {form}"), True
    is_base = form == lemma and not form.endswith("s")
    if is_base and not plural and form not in _unchanging():
        return None, False  # "Ampere purchase": one company signs, it does not sign
    if plain:
        return Edit(first, plain[0], _will(text, plain[1], plain[0])), True
    if is_base or form.endswith("s"):
        return Edit(first, match.end(), _will(text, lemma or form, match.end())), True
    return None, True


def _plain(text: str, start: int, end: int) -> tuple[bool, tuple[int, str] | None]:
    """(whether a headline's verb stands at ``start``, where it ends with the plain verb that it is shown as)."""
    word = re.compile(r"[A-Za-z]+").match(text, start, end)
    for rest, lemma in plain_verbs().get(word.group().lower(), ()) if word else ():
        stop = word.end() + len(rest) if word else 0
        if text[stop - len(rest) : stop].lower() == rest and not text[stop : stop + 1].isalnum() and stop <= end:
            return True, (stop, lemma)
    return False, None


@functools.cache
def _unchanging() -> frozenset[str]:
    """Verbs whose past is the lemma: "SoftBank cut" may be one company's doing."""
    return frozenset("bid cut hit let put set shed split spread quit shut bet".split())


def _nominal(text: str, start: int, end: int) -> Edit | None:
    """The verb that a headline without one leaves out: "X, Y in $3bn tie-up", "X behind $5bn campus"."""
    told = IN_DEAL.match(text, start, end)
    if told:
        article = "a " if BARE_NOUN.match(text, told.end() - 1) else ""
        return Edit(start, told.end(), f" will approach {article}" if told["near"] else " will sign ")
    moved = REACTION.match(text, start, end)
    if moved:
        return Edit(start, moved.end(), f" will {'receive' if moved['bid'] else 'win' if moved['up'] else 'sign'} ")
    bound = BOUND_TO.match(text, start, end)
    if bound and (bound["verb"].lower() in verb_lemmas() or _plain(text, bound.end(), end)[0]):
        edit = _in_future(text, bound.start(), bound.end(), end)
        return Edit(edit.start, edit.end, f" {edit.shown}")
    behind = BEHIND.match(text, start, end)
    if behind:
        return Edit(start, behind.end(), " will build ")
    talks = IN_TALKS.match(text, start, end)
    if talks and not TO_VERB.search(text, talks.end(), end):
        return Edit(start, talks.end(), " will hold ")
    return None


def has_verb(text: str) -> bool:
    """Whether a word of the text may be a verb of some frame in the third person or past."""
    return any(w.lower() in verb_lemmas() and w.lower().endswith(("s", "ed")) for w in re.findall(r"[A-Za-z]+", text))
