"""Energy, in MWh."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.quantities.bounds import read_bound
from extractors.quantities.measure import find_measures, unit_pattern
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import join_ranges
from extractors.records import Energy
from extractors.registry.units import factor_of_form

_FACTOR = factor_of_form("energy")
_UNIT = unit_pattern("energy")
_YEARLY = re.compile(
    r"""
    (?: \sof\s[a-z-]+ (?:\s[a-z-]+)? )?     # 1.5 TWh of clean electricity a year
    (?: \s?/\s?ye?a?r\b | [\s-](?:a|per|each|every)[\s-](?:year|annum)\b | \sannually\b )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_energy(text: str, *, numbers: Sequence[Number] | None = None) -> tuple[Energy, ...]:
    """Every amount of energy, in order.

    >>> [(str(e.mwh), e.bound, e.basis) for e in find_energy("about 945 terawatt-hours, 1.5 TWh a year")]
    [('945000000', 'about', 'total'), ('1500000', 'exact', 'per_year')]
    """
    numbers = find_numbers(text) if numbers is None else numbers
    return tuple(
        Energy(
            mwh=amount.low,
            bound="at_least" if amount.high else read_bound(text, amount.start, amount.end, dimension="energy")[0],
            basis="per_year" if _YEARLY.match(text, amount.end) else "total",
            start_char=amount.start,
            end_char=amount.end,
            surface=text[amount.start : amount.end],
        )
        for amount in join_ranges(text, numbers, find_measures(text, numbers, _UNIT, _FACTOR))
    )
