"""Electrical capacity, in MW."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from extractors.quantities.bounds import read_bound
from extractors.quantities.currency import has_currency_before
from extractors.quantities.measure import Measure, find_measures, unit_pattern
from extractors.quantities.number import Number, find_numbers, whole
from extractors.quantities.ranges import join_ranges
from extractors.records import Power
from extractors.registry.units import factor_of_form

_FACTOR = factor_of_form("power")
_HALF = {"half": Decimal("1.5"), "quarter": Decimal("1.25")}
_NOT_ENERGY = r"(?! [\s-]?hours? | [\s-]?hrs?\b | -days?\b | h\b | /?h\b )"
_UNIT = unit_pattern("power", but_not=_NOT_ENERGY)
# "more than a gigawatt", but not "$10 million a megawatt"
_A_UNIT = re.compile(
    rf"(?<![\w$]) an? [\s-] (?:full\s|single\s)? (?P<unit> (?:giga|mega|tera)watt ) s? (?![A-Za-z]) {_NOT_ENERGY}"
    r"(?! -?\s? (?: scale | class | sized | level | range ) \b ) (?P<half> [\s-]and[\s-]a[\s-](?:half|quarter) )?",
    re.VERBOSE | re.IGNORECASE,
)
_THOSE = re.compile(r"\sof\s(?:those|these|its|their)\s(?P<unit>(?:mega|giga)watt)s\b")
# "300 MW there, with the first 50 due in 2027", "300 MW, 50 of them by 2027"
_PART_BEFORE = re.compile(
    r"\b(?:the\s(?:first|initial|remaining|other|last|next)|an?\s(?:initial|further|additional))\s$"
)
_PART_AFTER = re.compile(
    r"[,.;)]|\s(?:due|by|in|online|available|ready|expected|live|coming|arriving|from|to\s(?:come|follow|be))\b"
)
_OF_THEM = re.compile(r"\sof\s(?:them|it|that|which)\b")
_NEARBY = 90
_PRICE_BEFORE = re.compile(r"(?:\d|illion|\bbn|dollars?|euros?|pounds?|cents?|cost|costs|prices?)\s$", re.IGNORECASE)

# "two 75 MW halls", "six of its 75 MW reactors"; "two halls of 75 MW each"
_UNITS = (
    r"(?:reactors|units|halls|buildings|turbines|engines|generators|gensets|modules|blocks|phases|plants|campuses|sites|"
    r"facilities|data\s?cent(?:er|re)s|datacent(?:er|re)s|farms|parks|stations|suites|rooms|tranches|machines|smrs)\b"
)
_TIMES_BEFORE = re.compile(r"\s(?:of\s(?:its|the|their|these|those)\s)?(?:new\s|further\s|more\s|additional\s)?")
_UNITS_AFTER = re.compile(rf"-?\s(?:[\w-]+\s){{0,3}}?{_UNITS}", re.IGNORECASE)
_UNITS_OF = re.compile(rf"\s(?:[\w-]+\s){{0,4}}?{_UNITS}(?:\s(?:of|with|at|rated at))?,?\s", re.IGNORECASE)
_EACH = re.compile(r"\s(?:each|apiece)\b", re.IGNORECASE)
_MOST_UNITS = 60

_BASIS_AFTER = re.compile(
    r"""
    \W{0,3} (?: of \s )? (?: (?: new | additional | total | dedicated | contracted | net | firm ) \s ){0,2} (?:
        (?P<it_load> critical \b | (?:data[\s-]?cent(?:er|re)\s)? (?-i: IT ) \b )
      | (?P<facility> gross | utility | grid | (?:total\s)? (?:site|facility) | interconnect )
      | (?P<nameplate> nameplate | (?:peak\s)? (?:
            solar | wind | nuclear | gas | natural[\s-]gas | hydro | geothermal | batter(?:y|ies) | coal | biomass
          | combined[\s-]cycle | reactors? | turbines? | fuel\scells? | clean | renewable ) )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_power(text: str, *, numbers: Sequence[Number] | None = None) -> tuple[Power, ...]:
    """Every electrical capacity, in order; energy (MWh) and prices per MW are none.

    >>> [(str(p.mw), p.bound, p.basis) for p in find_power("at least 1.2-gigawatt, 240 MW of critical IT load")]
    [('1200', 'at_least', 'unstated'), ('240', 'exact', 'it_load')]
    >>> [(str(p.mw), p.surface) for p in find_power("more than a gigawatt; half a gigawatt; from 100 to 200 MW")]
    [('1000', 'a gigawatt'), ('500', 'half a gigawatt'), ('100', '100 to 200 MW')]
    >>> [(str(p.mw), p.surface) for p in find_power("two new 75 MW halls; three blocks of 40 MW each")]
    [('150', 'two new 75 MW'), ('120', '40 MW each')]
    >>> find_power("945 TWh, $26 per megawatt-day, $10 million a megawatt")
    ()
    """
    numbers = find_numbers(text) if numbers is None else numbers
    measures = find_measures(text, numbers, _UNIT, _FACTOR)
    measures += [*find_measures(text, numbers, _THOSE, _FACTOR), *_told_parts(text, numbers, measures)]
    spans: list[_Span] = [(a.low, a.high, a.start, a.end) for a in join_ranges(text, numbers, measures)]
    ends = {end for _, _, _, end in spans}
    for unit in _A_UNIT.finditer(text):
        is_price = _PRICE_BEFORE.search(text, max(0, unit.start() - 10), unit.start())
        if not is_price and unit.end() not in ends:  # "half a gigawatt" is read already
            part = _HALF[re.split(r"[\s-]", unit["half"].lower())[-1]] if unit["half"] else 1
            spans.append((whole(_FACTOR[unit["unit"].lower()] * part), None, unit.start(), unit.end()))
    spans = [_times(text, numbers, span) for span in spans]
    spans.sort(key=lambda span: span[2])
    return tuple(_power(text, *span) for span in spans)


_Span = tuple[Decimal, Decimal | None, int, int]  # MW, upper end of a range, where it begins and ends


def _times(text: str, numbers: Sequence[Number], span: _Span) -> _Span:
    """The size of several units told by that of one: the whole, with the words that say how many; else as it was."""
    mw, high, start, end = span
    at = bisect_left(numbers, start, key=lambda number: number.start)
    count = numbers[at - 1] if at else None
    if count is None or high is not None or count.value not in range(2, _MOST_UNITS) or count.has_scale:
        return span
    each = _EACH.match(text, end)
    if each and _UNITS_OF.fullmatch(text, count.end, start):
        return mw * count.value, None, start, each.end()
    if _TIMES_BEFORE.fullmatch(text, count.end, start) and _UNITS_AFTER.match(text, end):
        return mw * count.value, None, count.start, end
    return span


def _told_parts(text: str, numbers: Sequence[Number], measures: Sequence[Measure]) -> list[Measure]:
    """Numbers without a unit that are part of the power told before them in the sentence."""
    parts = []
    for number in numbers:
        wholes = [m for m in measures if m.end <= number.start <= m.end + _NEARBY]
        if not wholes or any(m.number is number for m in measures) or has_currency_before(text, number.start):
            continue
        whole_told = wholes[-1]
        is_first = _PART_BEFORE.search(text, max(0, number.start - 20), number.start) and _PART_AFTER.match(
            text, number.end
        )
        is_less = number.value * whole_told.factor < whole_told.amount
        is_part = (is_first or _OF_THEM.match(text, number.end)) and is_less and not number.has_scale
        if is_part and not re.search(r"[.!?]\s", text[whole_told.end : number.start]):
            parts.append(Measure(number=number, factor=whole_told.factor, start=number.start, end=number.end))
    return parts


def _power(text: str, low: Decimal, high: Decimal | None, start: int, end: int) -> Power:
    bound, is_increment = read_bound(text, start, end, dimension="power")
    return Power(
        mw=low,
        mw_high=high,
        bound=bound if high is None else "at_least",
        basis=_basis(text, end),
        is_increment=is_increment,
        start_char=start,
        end_char=end,
        surface=text[start:end],
    )


def _basis(text: str, end: int) -> str:
    """What the words after the amount say that it measures."""
    after = _BASIS_AFTER.match(text, end)
    return (after and after.lastgroup) or "unstated"
