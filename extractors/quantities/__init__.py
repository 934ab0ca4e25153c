"""Text in, quantities out: one file a dimension, every one a pure function of the text."""

from __future__ import annotations

from datetime import date

from extractors.quantities.area import find_areas
from extractors.quantities.compute import find_accelerators
from extractors.quantities.duration import find_durations
from extractors.quantities.ellipsis import elided
from extractors.quantities.energy import find_energy
from extractors.quantities.money import find_money
from extractors.quantities.number import find_numbers, may_hold_amounts, parse_number
from extractors.quantities.period import find_periods
from extractors.quantities.power import find_power
from extractors.quantities.share import find_shares
from extractors.records import Quantity

__all__ = [
    "find_accelerators",
    "find_areas",
    "find_durations",
    "find_energy",
    "find_money",
    "find_numbers",
    "find_periods",
    "find_power",
    "find_quantities",
    "find_shares",
    "may_hold_amounts",
    "parse_number",
]


def find_quantities(text: str, *, published: date | None = None, publisher: str = "") -> tuple[Quantity, ...]:
    """Every quantity of the text, in order, none overlapping another.

    Where two dimensions claim the same words, money wins, then the longer span, then the dimension asked first.

    >>> [type(q).__name__ for q in find_quantities("a 15-year, $5.5 billion lease of 240 MW for 100,000 GB300s")]
    ['Duration', 'Money', 'Power', 'Accelerators']
    """
    numbers = find_numbers(text)
    by_dimension: tuple[tuple[Quantity, ...], ...] = (
        find_money(text, publisher=publisher, numbers=numbers),
        find_energy(text, numbers=numbers),
        find_power(text, numbers=numbers),
        find_accelerators(text, numbers=numbers),
        find_areas(text, numbers=numbers),
        find_shares(text, numbers=numbers),
        find_durations(text, numbers=numbers),
        find_periods(text, published=published),
    )
    claims = [(rank, quantity) for rank, found in enumerate(by_dimension) for quantity in found]
    claims.sort(key=lambda claim: (claim[0] != 0, claim[1].start_char - claim[1].end_char, claim[0]))
    taken = bytearray(len(text))
    kept: list[Quantity] = []
    for _, quantity in claims:
        if not any(taken[quantity.start_char : quantity.end_char]):
            taken[quantity.start_char : quantity.end_char] = b"\x01" * (quantity.end_char - quantity.start_char)
            kept.append(quantity)
    kept.sort(key=lambda quantity: quantity.start_char)
    return tuple(sorted([*kept, *elided(text, numbers, kept)], key=lambda quantity: quantity.start_char))
