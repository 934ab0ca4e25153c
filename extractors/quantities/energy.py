"""Energy, in MWh."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.quantities.bounds import read_bound
from extractors.quantities.money import has_currency_before
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import Measure, join_ranges
from extractors.records import Energy
from extractors.registry.units import alternatives, factor_of_form

_FACTOR = factor_of_form("energy")
_UNIT = re.compile(
    rf"(?:-plus|\+)?[\s-]{{0,2}}(?P<unit>(?-i:{alternatives([f for f in _FACTOR if len(f) <= 3])})"
    rf"|(?i:{alternatives([f for f in _FACTOR if len(f) > 3])}))(?!\w)"
)
_YEARLY = re.compile(
    r"(?: \sof\s[a-z-]+ (?:\s[a-z-]+)? )? (?: \s?/\s?ye?a?r\b | [\s-](?:a|per|each|every)[\s-](?:year|annum)\b | \sannually\b )",
    re.VERBOSE | re.IGNORECASE,
)


def find_energy(text: str, *, numbers: Sequence[Number] | None = None) -> tuple[Energy, ...]:
    """Every amount of energy, in order.

    >>> [(str(e.mwh), e.bound, e.basis) for e in find_energy("about 945 terawatt-hours, 1.5 TWh a year")]
    [('945000000', 'about', 'total'), ('1500000.0', 'exact', 'per_year')]
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
        Energy(
            mwh=amount.low,
            bound="at_least" if amount.high else read_bound(text, amount.start, amount.end, dimension="energy")[0],
            basis="per_year" if _YEARLY.match(text, amount.end) else "total",
            start_char=amount.start,
            end_char=amount.end,
            surface=text[amount.start : amount.end],
        )
        for amount in join_ranges(text, numbers, measures)
    )
