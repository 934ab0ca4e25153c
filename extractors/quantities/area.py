"""Floor and ground, in square metres."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.quantities.bounds import read_bound
from extractors.quantities.measure import find_measures, unit_pattern
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import join_ranges
from extractors.records import Area
from extractors.registry.units import factor_of_form

_FACTOR = factor_of_form("area")
_UNIT = unit_pattern("area")


def find_areas(text: str, *, numbers: Sequence[Number] | None = None) -> tuple[Area, ...]:
    """Every area, in order.

    >>> [(area.surface, int(area.square_metres)) for area in find_areas("1,515 acres, a 1.2 million-square-foot hall")]
    [('1,515 acres', 6130987), ('1.2 million-square-foot', 111483)]
    """
    numbers = find_numbers(text) if numbers is None else numbers
    return tuple(
        Area(
            square_metres=amount.low,
            bound="at_least" if amount.high else read_bound(text, amount.start, amount.end, dimension="area")[0],
            start_char=amount.start,
            end_char=amount.end,
            surface=text[amount.start : amount.end],
        )
        for amount in join_ranges(text, numbers, find_measures(text, numbers, _UNIT, _FACTOR))
    )
