"""Lengths of time, in months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from extractors.quantities.bounds import read_bound
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import Measure, join_ranges
from extractors.records import Duration
from extractors.registry.units import alternatives, factor_of_form

_FACTOR = factor_of_form("duration")
_UNIT = re.compile(
    rf"""
    (?: -plus | \+ )? [\s-]{{0,2}} (?P<unit> {alternatives(list(_FACTOR))} ) (?!\w)
    # ages and history are no terms
    (?! ’?'? \s (?:ago | earlier | before | later | old | running | straight | of\sexperience ) \b | -old\b | ['’]?\s?(?:to|into)\s(?:date) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_A_DECADE = re.compile(r"(?<!\w)(?P<article>a|the\snext|the\scoming)[\s-]decade(?:-long)?(?!\w)(?!\s(?:ago|earlier|before|later|old))", re.IGNORECASE)
_DECADE_LONG = re.compile(r"(?<![\w-])decade-long(?!\w)", re.IGNORECASE)
_HISTORY_BEFORE = re.compile(
    r"""
    (?: \b(?: past | last | previous | preceding | prior | recent ) \s
      | \b(?: first | biggest | largest | highest | lowest | worst | best | fastest ) (?:\s[a-z]+){0,3} \s (?:in|for) \s (?:[a-z]+\s){0,2}
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
    >>> find_durations("three years ago, for the first time in five years, over the past two years, a five-year-old chip")
    ()
    """
    numbers = find_numbers(text) if numbers is None else numbers
    measures = []
    for number in numbers:
        unit = _UNIT.match(text, number.end)
        if unit and number.value <= _LONGEST:
            measures.append(
                Measure(number=number, factor=_FACTOR[unit["unit"].lower()], kind="", start=number.start, end=unit.end())
            )
    spans = [(a.low, a.high, a.start, a.end) for a in join_ranges(text, numbers, measures)]
    spans += [(Decimal(120), None, m.start("article") if m["article"].lower() == "a" else m.end("article") + 1, m.end()) for m in _A_DECADE.finditer(text)]
    spans += [(Decimal(120), None, m.start(), m.end()) for m in _DECADE_LONG.finditer(text)]
    found: list[Duration] = []
    for low, high, start, end in sorted(spans, key=lambda span: (span[2], -span[3])):
        months = int(low.to_integral_value(ROUND_HALF_UP))
        overlaps = bool(found) and start < found[-1].end_char
        if months < 1 or months > _LONGEST or overlaps or _HISTORY_BEFORE.search(text, max(0, start - 60), start):
            continue
        bound = "at_least" if high else read_bound(text, start, end, dimension="duration")[0]
        found.append(Duration(months=months, bound=bound, start_char=start, end_char=end, surface=text[start:end]))
    return tuple(found)
