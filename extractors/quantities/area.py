"""Floor and ground, in square metres."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.quantities.bounds import read_bound
from extractors.quantities.money import has_currency_before
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import Measure, join_ranges
from extractors.records import Area
from extractors.registry.units import alternatives, factor_of_form

_FACTOR = factor_of_form("area")
_UNIT = re.compile(
    rf"(?:-plus|\+)?[\s-]{{0,2}}(?P<unit>(?-i:{alternatives([f for f in _FACTOR if len(f) <= 3])})"
    rf"|(?i:{alternatives([f for f in _FACTOR if len(f) > 3])}))(?!\w)"
)


def find_areas(text: str, *, numbers: Sequence[Number] | None = None) -> tuple[Area, ...]:
    """Every area, in order.

    >>> [(a.surface, str(a.square_metres.quantize(1))) for a in find_areas("1,515 acres with a 1.2 million-square-foot hall")]
    [('1,515 acres', '6130987'), ('1.2 million-square-foot', '111484')]
    """
    numbers = find_numbers(text) if numbers is None else numbers
    measures = []
    for number in numbers:
        unit = _UNIT.match(text, number.end)
        if unit and not has_currency_before(text, number.start):
            form = re.sub(r"\s", " ", unit["unit"])
            factor = _FACTOR.get(form) or _FACTOR[form.lower()]
            measures.append(Measure(number=number, factor=factor, kind="", start=number.start, end=unit.end()))
    return tuple(
        Area(
            square_metres=amount.low,
            bound="at_least" if amount.high else read_bound(text, amount.start, amount.end, dimension="area")[0],
            start_char=amount.start,
            end_char=amount.end,
            surface=text[amount.start : amount.end],
        )
        for amount in join_ranges(text, numbers, measures)
    )
