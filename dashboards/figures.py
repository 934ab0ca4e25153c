"""Amounts as people write them. Units are in the names; None becomes an em dash or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

NONE = "—"
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "AUD": "A$", "CAD": "C$"}
BOUNDS = {"about": "about ", "up_to": "up to ", "at_least": "at least "}
STEPS = ((Decimal(10) ** 12, "tn"), (Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))

Row = Mapping[str, Any]


def number(value: Decimal | float | int) -> str:
    """A number with thousands separators and at most two decimals.

    >>> number(Decimal("1920.000")), number(2.5), number(1000000)
    ('1,920', '2.5', '1,000,000')
    """
    text = f"{Decimal(str(value)):,.2f}"
    return text.rstrip("0").rstrip(".")


def rounded(value: Decimal | float | int) -> Decimal:
    """The value with three digits that count, for sums that are no more exact than that.

    >>> rounded(594450000000), rounded(34.14), rounded(0)
    (Decimal('594000000000'), Decimal('34.1'), Decimal('0'))
    """
    exact = Decimal(str(value))
    digits = exact.adjusted() - 2
    return Decimal(f"{round(exact, -digits):f}") if exact else exact


def short_number(value: Decimal | float | int) -> str:
    """A number in thousands, millions and so on: ``1.5m``."""
    return money(value, None)


def money(amount: Decimal | float | int | None, currency_code: str | None = "USD") -> str:
    """An amount in whole currency units, short.

    >>> money(Decimal("17400000000")), money(3100000000, "EUR"), money(22 * 10**9, "SEK"), money(None)
    ('$17.4bn', '€3.1bn', 'SEK 22bn', '—')
    """
    if amount is None:
        return NONE
    value = Decimal(str(amount))
    step, suffix = next(((s, w) for s, w in STEPS if abs(value) >= s), (Decimal(1), ""))
    code = currency_code or ""
    return f"{SIGNS.get(code, f'{code} ' if code else '')}{number(value / step)}{suffix}"


def power(mw: Decimal | float | int | None) -> str:
    """Megawatts, from a thousand on as gigawatts.

    >>> power(240), power(1121), power(6000), power(None)
    ('240 MW', '1.12 GW', '6 GW', '—')
    """
    if mw is None:
        return NONE
    value = Decimal(str(mw))
    return f"{number(value / 1000)} GW" if value >= 1000 else f"{number(value)} MW"


def term(months: int | None) -> str:
    """A contract's length.

    >>> term(180), term(12), term(18), term(None)
    ('15 years', '1 year', '18 months', '—')
    """
    if months is None:
        return NONE
    if months % 12:
        return f"{months} months"
    return f"{months // 12} year{'s' if months != 12 else ''}"


def bounded(text: str, bound: str | None) -> str:
    """The text with its bound in words: ``up to $5bn``."""
    return BOUNDS.get(bound or "", "") + text


def deal_value(row: Row) -> str:
    """A deal's value with bound and basis, from the ``value_*`` columns."""
    if row["value_amount"] is None:
        return NONE
    told = bounded(money(row["value_amount"], row["value_currency_code"]), row["value_bound"])
    return told + (" a year" if row["value_basis"] == "per_year" else "")


def deal_power(row: Row) -> str:
    """A deal's electrical capacity with its bound."""
    return NONE if row["power_mw"] is None else bounded(power(row["power_mw"]), row["power_bound"])


def deal_accelerators(row: Row) -> str:
    """A deal's accelerators: count with its bound, and model."""
    count, model = row["accelerator_count"], row["accelerator_model"] or ""
    if count is None:
        return model or NONE
    return f"{bounded(number(count), row['accelerator_bound'])} {model}".strip()


def deal_size(row: Row) -> str:
    """What says best how big a deal is: value, else power, else accelerators."""
    sizes = (deal_value(row), deal_power(row), deal_accelerators(row))
    return next((size for size in sizes if size != NONE), NONE)


def period(text: str | None) -> str:
    """A period of the deal record in words.

    >>> period("2026"), period("2026-Q1"), period("2026-H2"), period("2031-12"), period("2026-05-06"), period(None)
    ('2026', 'Q1 2026', 'H2 2026', 'Dec 2031', '6 May 2026', '—')
    """
    match (text or "").split("-"):
        case [year, part] if part.isdigit():
            return f"{date(int(year), int(part), 1):%b} {year}"
        case [year, part]:
            return f"{part} {year}"
        case [year, month, day_]:
            return day(date(int(year), int(month), int(day_)))
    return text or NONE


def day(on: date | None) -> str:
    """A date as ``6 May 2026``."""
    return NONE if on is None else f"{on.day} {on:%b %Y}"
