"""Lengths of time, in months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from extractors.quantities.bounds import read_bound
from extractors.quantities.measure import find_measures, unit_pattern
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import join_ranges
from extractors.records import Duration
from extractors.registry.units import factor_of_form

_FACTOR = factor_of_form("duration")
# ages and history are no terms
_NOT_A_TERM = r"""
    (?! \s (?: ago | earlier | before | later | old | running | straight | of\sexperience ) \b | -old\b )
"""
_UNIT = unit_pattern("duration", but_not=_NOT_A_TERM)
_SPELT_OUT = re.compile(  # by the group that matched: see _SPELT_MONTHS
    rf"""
    (?<![\w-]) (?:
        (?P<half_more> a \s decade \s and \s a \s half )
      | (?P<decade> a [\s-] decade (?:-long)? | decade-long | (?: (?<=next\s) | (?<=coming\s) ) decade )
      | (?P<year_and_half> (?: a | one ) \s year \s and \s a \s half )
      | (?P<quarter_century> (?: a \s )? quarter (?: \s of \s a \s | -\s? | \s ) century )
    ) (?!\w)
    {_NOT_A_TERM}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SPELT_MONTHS = {"half_more": 180, "decade": 120, "year_and_half": 18, "quarter_century": 300}
_HISTORY_BEFORE = re.compile(
    r"""
    (?: \b(?: past | last | previous | preceding | prior | recent ) \s
      | \b(?: first | biggest | largest | highest | lowest | worst | best | fastest ) (?:\s[a-z]+){0,3}
          \s (?:in|for) \s (?:[a-z]+\s){0,2}
      | \b(?: after | age | aged | every | since ) \s (?: (?:about|nearly|some|more\sthan|just|almost) \s )?
    ) $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 12 * 200


def find_durations(text: str, *, numbers: Sequence[Number] | None = None) -> tuple[Duration, ...]:
    """Every length of time of a month or more, in order; ages and history ("three years ago") are none.

    >>> [(d.months, d.bound) for d in find_durations("a 15-year lease, five-year, 18 months, a decade, up to 20 years")]
    [(180, 'exact'), (60, 'exact'), (18, 'exact'), (120, 'exact'), (240, 'up_to')]
    >>> [d.months for d in find_durations("a decade and a half; a year and a half, a quarter of a century")]
    [180, 18, 300]
    >>> find_durations("three years ago, for the first time in five years, the past two years, a five-year-old chip")
    ()
    """
    numbers = find_numbers(text) if numbers is None else numbers
    measures = find_measures(text, [number for number in numbers if number.value <= _LONGEST], _UNIT, _FACTOR)
    spans = [(a.low, a.high, a.start, a.end) for a in join_ranges(text, numbers, measures)]
    spans += [(Decimal(_SPELT_MONTHS[m.lastgroup or ""]), None, *m.span()) for m in _SPELT_OUT.finditer(text)]
    found: list[Duration] = []
    for low, high, start, end in sorted(spans, key=lambda span: (span[2], -span[3])):
        months = int(low.to_integral_value(ROUND_HALF_UP))
        overlaps = bool(found) and start < found[-1].end_char
        if months < 1 or months > _LONGEST or overlaps or _HISTORY_BEFORE.search(text, max(0, start - 60), start):
            continue
        bound = "at_least" if high else read_bound(text, start, end, dimension="duration")[0]
        found.append(Duration(months=months, bound=bound, start_char=start, end_char=end, surface=text[start:end]))
    return tuple(found)
