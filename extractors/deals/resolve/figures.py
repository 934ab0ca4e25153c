"""How two figures of one slot relate: the same, one the other rounded, one the other converted, or different."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from extractors.records import Accelerators, Money, Power

# Rough worth of one unit in USD, 2024-2026. Only to recognise a figure told in two currencies (see CONVERSION_SLACK);
# nothing is ever converted with it. Source: ECB euro reference rates, rounded to two figures.
USD_WORTH = {
    "USD": Decimal(1),
    "EUR": Decimal("1.1"),
    "GBP": Decimal("1.3"),
    "JPY": Decimal("0.0067"),
    "CNY": Decimal("0.14"),
    "KRW": Decimal("0.00072"),
    "INR": Decimal("0.012"),
    "TWD": Decimal("0.031"),
    "AUD": Decimal("0.65"),
    "CAD": Decimal("0.72"),
    "CHF": Decimal("1.15"),
    "SEK": Decimal("0.1"),
    "NOK": Decimal("0.095"),
    "DKK": Decimal("0.15"),
    "SGD": Decimal("0.75"),
    "HKD": Decimal("0.13"),
    "AED": Decimal("0.27"),
    "SAR": Decimal("0.27"),
    "BRL": Decimal("0.18"),
    "MXN": Decimal("0.054"),
    "MYR": Decimal("0.22"),
    "THB": Decimal("0.029"),
    "IDR": Decimal("0.000062"),
    "ZAR": Decimal("0.055"),
}
CONVERSION_SLACK = Decimal("0.25")  # a year's move of a rate, and a rounding
SAME_SLACK = Decimal("0.005")  # as score.py compares
ROUNDING_SLACK = Decimal("0.10")  # "$2 billion" for 1.9; never a fifth
INCREMENT_SLACK = Decimal("0.02")  # 382 + 120 is "about 500"


class Relation(Enum):
    """What a second figure is to a first."""

    SAME = "same"
    COARSER = "coarser"  # the first, rounded
    FINER = "finer"  # what the first was rounded from
    CONVERTED = "converted"  # the first in another currency
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Figure:
    """What merging needs to know of an amount of money, power or accelerators."""

    amount: Decimal
    unit: str  # currency and basis, MW, accelerators
    bound: str
    is_increment: bool = False
    surface: str = ""

    @property
    def currency(self) -> str:
        """The ISO code of a sum of money, "" for anything else."""
        return self.unit.split()[0] if " " in self.unit else ""


def figure_of(slot: Money | Power | Accelerators | None) -> Figure | None:
    """The figure in a slot; None where the slot is empty or names a model without a number."""
    if isinstance(slot, Money):
        return Figure(slot.amount, f"{slot.currency} {slot.basis}", slot.bound, slot.is_increment, slot.surface)
    if isinstance(slot, Power):
        return Figure(slot.mw, "MW", slot.bound, slot.is_increment, slot.surface)
    if isinstance(slot, Accelerators) and slot.count is not None:
        return Figure(Decimal(slot.count), "accelerators", slot.bound, slot.is_increment, slot.surface)
    return None


def near(a: Decimal, b: Decimal, slack: Decimal) -> bool:
    """Whether two amounts differ by no more than the share ``slack`` of the larger."""
    return abs(a - b) <= slack * max(abs(a), abs(b))


def significant_digits(amount: Decimal) -> int:
    """Digits before the trailing zeros: 3,200,000,000 -> 2, 0.5 -> 1."""
    return len(amount.normalize().as_tuple().digits)


def relate(first: Figure, second: Figure) -> Relation:
    """What the second figure is to the first.

    >>> billions = lambda text, bound="exact": Figure(Decimal(text), "USD total", bound)
    >>> relate(billions("9.7"), billions("10", "about")).value, relate(billions("3", "about"), billions("2.9")).value
    ('coarser', 'finer')
    >>> relate(billions("3.2"), billions("2.3")).value
    'different'
    """
    if first.unit != second.unit:
        return Relation.CONVERTED if _is_conversion(first, second) else Relation.DIFFERENT
    if near(first.amount, second.amount, SAME_SLACK):
        return Relation.SAME
    digits = significant_digits(first.amount), significant_digits(second.amount)
    if near(first.amount, second.amount, ROUNDING_SLACK):
        if digits[1] < digits[0] and (digits[1] == 1 or second.bound != "exact"):
            return Relation.COARSER
        if digits[0] < digits[1] and (digits[0] == 1 or first.bound != "exact"):
            return Relation.FINER
    return Relation.DIFFERENT


def _is_conversion(first: Figure, second: Figure) -> bool:
    a, b = first.currency, second.currency
    if not a or not b or a == b or first.unit.split()[1] != second.unit.split()[1]:
        return False
    if a not in USD_WORTH or b not in USD_WORTH:
        return False
    return near(first.amount * USD_WORTH[a], second.amount * USD_WORTH[b], CONVERSION_SLACK)
