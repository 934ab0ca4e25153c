"""Two amounts that are the ends of one: "$5-7 billion", "between £1.8 billion and £2 billion", "from 100 to 200 MW"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.quantities.bounds import starts_a_change
from extractors.quantities.measure import Measure
from extractors.quantities.number import Number, whole

_CONNECTOR = re.compile(r"\s?[-–]\s?|-?\s?to\s?-?\s?|\s(?P<and>and)\s", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:[a-z]+\s+){0,2}$", re.IGNORECASE)
_YEARS = (1900, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A measure, or two as one range."""

    low: Decimal
    high: Decimal | None
    kind: str
    start: int
    end: int


def join_ranges(text: str, numbers: Sequence[Number], measures: Sequence[Measure]) -> list[Amount]:
    """The measures in order, those that are two ends of a range joined; a bare end borrows scale and unit."""
    at = {measure.number.start: measure for measure in measures}
    amounts: list[Amount] = []
    skip = -1
    for i, number in enumerate(numbers):
        if i == skip:
            continue
        here = at.get(number.start)
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        joined = _join(text, number, here, following, at.get(following.start)) if following else None
        if joined:
            amounts.append(joined)
            skip = i + 1
        elif here:
            amounts.append(Amount(low=here.amount, high=None, kind=here.kind, start=here.start, end=here.end))
    return amounts


def _join(text: str, low: Number, here: Measure | None, high: Number, there: Measure | None) -> Amount | None:
    if here is None and there is None:
        return None
    start, end = (here or low).start, (there or high).end
    gap_start, gap_end = (here or low).end, (there or high).start
    connector = _CONNECTOR.fullmatch(text, gap_start, gap_end) if 0 < gap_end - gap_start < 8 else None
    if connector is None or (connector["and"] and not _BETWEEN.search(text, max(0, start - 40), start)):
        return None
    if here and there and here.kind != there.kind:
        return None
    if here is None and there and (there.start < high.start or _is_a_year(low)):
        return None  # "5 to $7": the unit of the high end stands before it and is not shared
    if (
        there is None
        and here
        and (here.end > low.end or not (high.has_scale or "-" in connector[0] or "–" in connector[0]))
    ):
        return None  # "100 MW to 7 customers"
    measured = here or there
    assert measured is not None
    scale = high.scale if not low.has_scale and low.value * high.scale < high.value else Decimal(1)
    low_amount = whole(low.value * scale * (here or measured).factor)
    if here is not None and there is None and low.has_scale and not high.has_scale:
        return None
    high_amount = whole(high.value * (there or measured).factor)
    if not low_amount < high_amount or (scale == 1 and high.has_scale and not low.has_scale):
        return None
    if starts_a_change(text, start):
        return None
    return Amount(low=low_amount, high=high_amount, kind=measured.kind, start=start, end=end)


def _is_a_year(number: Number) -> bool:
    return not number.has_scale and _YEARS[0] <= number.value <= _YEARS[1] and number.end - number.start == 4
