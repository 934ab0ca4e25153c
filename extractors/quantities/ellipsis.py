"""Numbers that leave their unit to the amount before them: "10,000 GPUs from A and 24,000 from B"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.quantities.bounds import read_bound
from extractors.quantities.number import Number
from extractors.records import Accelerators, Duration, Power, Quantity

REACH = 120  # characters back to the amount that has the unit
JOINED = re.compile(r"(?:,|;|\b(?:and|plus|while|another|a further|an additional)) $")
GAPPED = re.compile(r"(?:,|;|\band|\bwhile) [A-Z][\w&.'’-]*(?: [A-Z][\w&.'’-]*){0,3} $")  # ", and Norvane 50"
FOR_YEARS = re.compile(r"\b(?:over|for|lasts|runs for) $")
TO_WHOM = re.compile(r" (?:more )?(?:from|to|with|by|at|for)\b(?= (?!\d)\S)")
ENDS = re.compile(r"(?=[.,;]|$)")
LISTED = re.compile(r" and (?=[\w$€£])")
RESPECTIVELY = re.compile(r"^[^.;]*\brespectively\b")
GOES_ON = re.compile(  # "runs 40,000 accelerators and aims for 100,000": how many of the same there are or shall be
    r"\b(?:aim(?:s|ing)? (?:for|at)|(?:grow|grown|rise|risen|get|gets|getting|expand|going|growing) to|hous(?:e|es|ing)"
    r"|holds?|operates?|runs?|ha(?:s|ve|ving|d)|reach(?:es|ing)?|want(?:s|ing)?|target(?:s|ing)?|hop(?:es|ing) for) "
    r"(?:(?:already|now|some|about|around|roughly|nearly|almost|over|more|than|at|least|up|to|as|many|just) ){0,4}$"
)
AT_A_TIME = re.compile(
    r"[,;]|\.(?!\d)|$| (?:today|now|already|live|on ?line|(?:up and )?running|at work|in (?:use|service))\b"
    r"| (?:by|in|before|from) (?:the (?:end|first|second|middle|start|turn|close|year|decade)|(?:early|mid|late|year)\b"
    r"|(?:[A-Z][a-z]+ )?20\d\d|next|this|fiscal)"
)
FEWEST = {Power: 10, Accelerators: 1000}
SEVERAL = re.compile(r"[a-z\d-]+ (?:[a-z]+ ){0,3}\d|.* (?:each|apiece)$", re.I)  # "six of its 75 MW"
APART = re.compile(r"[.!?]\s+[A-Z]")


def elided(text: str, numbers: Sequence[Number], known: Sequence[Quantity]) -> Iterator[Quantity]:
    """The amounts whose unit is that of an amount of the same sentence before them; never one already ``known``."""
    measured = [q for q in known if isinstance(q, Power | Accelerators | Duration)]
    starts = [q.start_char for q in known]
    at = 0
    for number in numbers:
        after = _named_after(number, text, known, starts)
        if after is not None:
            yield from _like(after, number, text)
            continue
        while at < len(measured) and measured[at].end_char <= number.start:
            at += 1
        before = measured[at - 1] if at else None
        if before is None or number.start - before.end_char > REACH:
            continue
        over = bisect_left(starts, number.end) - 1
        if over >= 0 and number.start < known[over].end_char:
            continue
        if _is_elided(before, number, text):
            yield from _like(before, number, text)


def _named_after(
    number: Number, text: str, known: Sequence[Quantity], starts: Sequence[int]
) -> Power | Accelerators | Duration | None:
    """The amount that has the unit of a number before it: "seven and five years respectively"."""
    joined = LISTED.match(text, number.end)
    if joined is None or not RESPECTIVELY.match(text[joined.end() : joined.end() + REACH]):
        return None
    at = bisect_left(starts, joined.end())
    after = known[at] if at < len(known) and known[at].start_char == joined.end() else None
    return after if isinstance(after, Power | Accelerators | Duration) else None


def _is_elided(before: Quantity, number: Number, text: str) -> bool:
    """Whether what stands around a number leaves its unit to the amount before it."""
    gap, end = text[before.end_char : number.start], number.end
    if isinstance(before, Power | Accelerators) and GOES_ON.search(gap) and AT_A_TIME.match(text, end):
        return number.value >= FEWEST[type(before)]
    if APART.search(gap) or (isinstance(before, Power) and SEVERAL.match(before.surface)):
        return False
    if isinstance(before, Duration):
        return bool(FOR_YEARS.search(gap) and ENDS.match(text, end))
    if GAPPED.search(gap):
        return bool(ENDS.match(text, end) or TO_WHOM.match(text, end))
    return bool(JOINED.search(gap) and TO_WHOM.match(text, end))


def _like(before: Power | Accelerators | Duration, number: Number, text: str) -> Iterator[Quantity]:
    """The number with the unit of ``before``, where it can be of its size."""
    start, end, surface = number.start, number.end, text[number.start : number.end]
    year = number.value in range(1990, 2070)
    if isinstance(before, Power) and 1 <= number.value < 100_000 and not year:
        unit = Decimal(1000) if re.search(r"\bG(?:W|iga)", before.surface, re.I) else Decimal(1)
        bound, _ = read_bound(text, start, end, dimension="power")
        yield Power(
            mw=number.value * unit, bound=bound, basis=before.basis, start_char=start, end_char=end, surface=surface
        )
    elif isinstance(before, Accelerators) and before.count and number.value >= 100 and not year:
        bound, _ = read_bound(text, start, end, dimension="compute")
        count, model = int(number.value), before.model
        yield Accelerators(count=count, bound=bound, model=model, start_char=start, end_char=end, surface=surface)
    elif isinstance(before, Duration) and number.value < 31 and "year" in before.surface:
        yield Duration(months=int(number.value * 12), start_char=start, end_char=end, surface=surface)
