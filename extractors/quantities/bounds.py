"""What the words beside an amount say of it: bound, and whether it comes on top of another."""

from __future__ import annotations

import re
from functools import cache

from extractors.registry.units import BoundPhrase, bound_phrases

_LONGEST = 5  # words of the longest phrase
_WINDOW = 64  # characters read to the left
_CHANGE_WINDOW = (
    140  # characters in which the verb of a change may stand: "lifting capacity from … and the outlay from …"
)
_CLOSED_BY = "\"“”'’‘( \t\u00a0\u202f"  # may stand between the words and the amount
_SIGNS = "~≈><≥≤"
_MARKS = {"+": "at_least", "-plus": "at_least", "-odd": "about", "-some": "about"}  # "$5+ billion", "30-odd megawatts"
_MARK = re.compile(r"(?<=\d)(?:\+|-(?:plus|odd|some)\b)")
# what an amount describes rather than measures: "under $1.1bn pact" bounds nothing
_DEAL_AFTER = re.compile(
    r"(?:[\s-]|,\s(?=\S+-(?:year|month|decade|term)\s))(?:[\w&.'’/-]+\s){0,2}?(?:deal|pact|agreement|contract|accord|arrangement|lease|loan|facility|order|injection"
    r"|investment|round|raise|funding|financing|offer|bid|takeover|buyout|acquisition|purchase|sale|merger|partnership|tie-up"
    r"|venture|program|programme|plan|framework|commitment|mou|memorandum|ppa|bond|debt|scheme|project|campus|site|order)s?\b",
    re.IGNORECASE,
)
# what may stand between an amount and a bound after it: "$2 billion a year or more", "$2 billion, give or take"
_BEFORE_BOUND = re.compile(
    r"(?:[\s-](?:a|per|each|every)[\s-]year\b|\s(?:annually|yearly)\b)?(?P<comma>,?)(?=[\s\-)\"”’']|[a-z])", re.I
)
_STRENGTH = ("exact", "about", "up_to", "at_least")  # "up to about": the limit says more than the vagueness

# verbs whose "from X to Y" tells a change and not a range
CHANGE_VERB = re.compile(
    r"\b(?:rais|increas|expan|grow|grew|rise|rose|rising|cut|lower|lift|boost|doubl|tripl|quadrupl|upsiz|trim|reduc|fall|fell"
    r"|climb|jump|drop|widen|revis|chang|went|go|up|down|surg|swell|swoll|shrink|shrank|scal|upgrad|enlarg|extend|top)\w*",
    re.IGNORECASE,
)
# "an additional investment of $3 billion"
_ADDITIONAL_OF = re.compile(r"\b(?:additional|extra|incremental|further) (?:[a-z-]+ ){1,2}of$")


def read_bound(text: str, start: int, end: int, *, dimension: str) -> tuple[str, bool]:
    """(bound, is_increment) of the amount at ``text[start:end]``, from the words beside it.

    >>> read_bound("worth up to $5 billion", 12, 22, dimension="money")
    ('up_to', False)
    >>> read_bound("an additional $6.5 billion or more", 14, 26, dimension="money")
    ('at_least', True)
    >>> read_bound("over five years", 5, 15, dimension="duration")
    ('exact', False)
    """
    left, is_increment = _words_before(text, start, end, dimension)
    right = _words_after(text, end, dimension)
    right |= {_MARKS[mark] for mark in _MARK.findall(text[start:end])}
    bounds = {*left, *right} & set(_STRENGTH)
    is_increment = is_increment or "increment" in right
    return max(bounds or {"exact"}, key=_STRENGTH.index), is_increment


def starts_a_change(text: str, start: int) -> bool:
    """Whether what begins here is the first half of "raised from X to Y" or "by X to Y".

    >>> starts_a_change("lifts capacity from 100 MW to 200 MW", 20)
    True
    >>> starts_a_change("expands the deal by up to $6.5 billion to $22.4bn", 26)
    True
    >>> starts_a_change("a range of $2 billion to $2.3 billion", 11)
    False
    """
    before = text[max(0, start - _CHANGE_WINDOW) : start]
    sentence = re.split(r"[.!?\n]\s", before)[-1]
    lead = re.search(r"\b(from|by)\s+(?:[a-z]+\s+){0,3}$", sentence, re.IGNORECASE)
    if lead is None or lead[0].lower().startswith("from between"):
        return False
    return lead[1].lower() == "by" or CHANGE_VERB.search(sentence) is not None


def _words_before(text: str, start: int, end: int, dimension: str) -> tuple[set[str], bool]:
    phrases = _phrases("before", dimension)
    window = text[max(0, start - _WINDOW) : start].rstrip(_CLOSED_BY)
    found: set[str] = set()
    is_increment = False
    while window and window[-1] in _SIGNS:
        found.add(phrases[window[-1]].reads)
        window = window[:-1].rstrip(_CLOSED_BY)
    words = window.split()
    words = [w.lower().lstrip("\"“”'’‘(—–") for w in words[-12:]]
    determined = False
    while words:
        row = _longest(phrases, words)
        if row is None or (row.preposition_after and _is_preposition(row, words, determined, text, end)):
            break
        if row.reads == "increment":
            is_increment = True
        elif row.reads == "softener":
            found = {"about"} if found == {"up_to"} else found
        elif row.reads == "determiner":
            determined = True
        elif row.reads != "filler":
            found.add(row.reads)
        del words[-len(row.phrase.split()) :]
    rest = " ".join(words)
    if words and words[-1] == "by" and CHANGE_VERB.search(rest):
        is_increment = True
    return found, is_increment or _ADDITIONAL_OF.search(rest) is not None


def _longest(phrases: dict[str, BoundPhrase], words: list[str]) -> BoundPhrase | None:
    """The row of the longest phrase that the words end with."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        row = phrases.get(" ".join(words[-length:]))
        if row:
            return row
    return None


def _is_preposition(row: BoundPhrase, words: list[str], determined: bool, text: str, end: int) -> bool:
    """Whether a phrase governs the amount and bounds nothing: "under a $5bn deal", "talks over $5bn".

    >>> [read_bound(t, t.index("$"), t.index("bn") + 2, dimension="money")[0]
    ...  for t in ("signed under a $5bn deal", "in talks over $5bn", "close to $5bn loan", "raises over $5bn")]
    ['exact', 'exact', 'exact', 'at_least']
    """
    assert row.preposition_after
    rest = " ".join(words[: -len(row.phrase.split())])
    return (
        determined
        or row.preposition_after.search(rest) is not None
        or (row.preposition_before_deal and _DEAL_AFTER.match(text, end) is not None)
    )


def _words_after(text: str, end: int, dimension: str) -> set[str]:
    if end < len(text) and text[end] == "+":
        return {"at_least"}
    phrases = _phrases("after", dimension)
    lead = _BEFORE_BOUND.match(text, end)
    if lead is None:
        return set()
    words = [w.lower() for w in re.findall(r"[\w+]+", text[lead.end() : lead.end() + 32].split("\n", 1)[0])[:4]]
    following = text[lead.end() : lead.end() + 2].lstrip(" -)\"”’'")
    if not following or not following[0].isalpha():
        return set()
    for length in range(len(words), 1 if lead["comma"] else 0, -1):
        row = phrases.get(" ".join(words[:length]))
        if row and words[:2] != ["more", "than"] and not _joins_another(row.phrase, text, lead.end()):
            return {row.reads}
    return set()


def _joins_another(phrase: str, text: str, at: int) -> bool:
    """Whether "plus" adds something ("$5 billion plus interest"); "$5 billion plus deal", "$5-billion-plus" do not."""
    return phrase == "plus" and text[at] != "-" and _DEAL_AFTER.match(text, at + len(" plus")) is None


@cache
def _phrases(side: str, dimension: str) -> dict[str, BoundPhrase]:
    return {row.phrase: row for row in bound_phrases() if row.side in {side, "either"} and dimension not in row.not_for}
