"""Electrical capacity, in MW."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.quantities.bounds import read_bound
from extractors.quantities.measure import find_measures, unit_pattern
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import join_ranges
from extractors.records import Power
from extractors.registry.units import factor_of_form

_FACTOR = factor_of_form("power")
_NOT_ENERGY = r"(?! [\s-]?hours? | [\s-]?hrs?\b | -days?\b | h\b | /?h\b )"
_UNIT = unit_pattern("power", but_not=_NOT_ENERGY)
# "more than a gigawatt", but not "$10 million a megawatt"
_A_UNIT = re.compile(
    rf"(?<![\w$]) an? [\s-] (?:full\s|single\s)? (?P<unit> (?:giga|mega|tera)watt ) s? (?![A-Za-z]) {_NOT_ENERGY}",
    re.VERBOSE | re.IGNORECASE,
)
_PRICE_BEFORE = re.compile(r"(?:\d|illion|\bbn|dollars?|euros?|pounds?|cents?|cost|costs|prices?)\s$", re.IGNORECASE)

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
    >>> find_power("945 TWh, $26 per megawatt-day, $10 million a megawatt")
    ()
    """
    numbers = find_numbers(text) if numbers is None else numbers
    spans = [
        (a.low, a.high, a.start, a.end)
        for a in join_ranges(text, numbers, find_measures(text, numbers, _UNIT, _FACTOR))
    ]
    ends = {end for _, _, _, end in spans}
    for unit in _A_UNIT.finditer(text):
        is_price = _PRICE_BEFORE.search(text, max(0, unit.start() - 10), unit.start())
        if not is_price and unit.end() not in ends:  # "half a gigawatt" is read already
            spans.append((_FACTOR[unit["unit"].lower()], None, unit.start(), unit.end()))
    spans.sort(key=lambda span: span[2])
    return tuple(_power(text, *span) for span in spans)


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
