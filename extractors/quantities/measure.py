"""A number together with its unit, the first half of reading any quantity."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.quantities.currency import has_currency_before
from extractors.quantities.number import Number, whole
from extractors.registry.units import alternatives, factor_of_form

_SHORT = 3  # forms up to this length are abbreviations, whose capitals count: "MW" is no "mW"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number with its unit; ``start`` and ``end`` cover both."""

    number: Number
    factor: Decimal  # to the record's unit
    kind: str = ""  # what must agree at both ends of a range: the currency
    start: int
    end: int

    @property
    def amount(self) -> Decimal:
        """In the record's unit."""
        return whole(self.number.value * self.factor)


def unit_pattern(dimension: str, *, but_not: str = "") -> re.Pattern[str]:
    """What may follow a number of this dimension: group ``unit`` is a form of ``units.csv``.

    A bracket may close between them, as in "fifteen (15) years". ``but_not`` is what may not come next, as a look-ahead
    in verbose syntax.
    """
    forms = list(factor_of_form(dimension))
    short = alternatives([form for form in forms if len(form) <= _SHORT])
    long = alternatives([form for form in forms if len(form) > _SHORT])
    unit = rf"(?P<unit> (?: {short} ) | (?i: {long} ) )"
    return re.compile(rf"(?: -plus | \+ | \) | -odd | -some )? [\s-]{{0,2}} {unit} (?!\w) {but_not}", re.VERBOSE)


def find_measures(
    text: str, numbers: Sequence[Number], pattern: re.Pattern[str], factors: Mapping[str, Decimal]
) -> list[Measure]:
    """The numbers that have a unit after them; a currency's sign before a number makes it money instead."""
    found = []
    for number in numbers:
        match = pattern.match(text, number.end)
        if match and not has_currency_before(text, number.start):
            form = re.sub(r"\s", " ", match["unit"])
            factor = factors.get(form) or factors[form.lower()]
            found.append(Measure(number=number, factor=factor, start=number.start, end=match.end()))
    return found
