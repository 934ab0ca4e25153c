"""The slots of a claim or a deal as columns, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from extractors.records import (
    BASES,
    BOUNDS,
    POWER_BASES,
    Accelerators,
    DealMention,
    DealState,
    Duration,
    Money,
    Period,
    Power,
    Share,
)

Span = tuple[int, int, str]  # start_char, end_char, surface
NOWHERE: Span = (0, 0, "")  # a deal's state has no text of its own: its sources name the claims that have
SEPARATOR = "; "

# What the columns hold; a figure beyond it was misread, and a wrong figure costs more than a missing one.
LARGEST_AMOUNT = Decimal(10) ** 15
LARGEST_MW = Decimal(10) ** 9
LARGEST_COUNT = 10**12
LARGEST_MONTHS = 12_000
LARGEST_PCT = Decimal(10) ** 4

SLOTS = ("value", "valuation", "power", "accelerators", "term_months", "stake_pct", "start", "end")


def slot_columns(slots: DealMention | DealState) -> dict[str, Any]:
    """The slots of a claim or a deal as the columns that core.deal_mentions and core.deal_revisions share."""
    return {
        **money_columns("value", slots.value),
        **money_columns("valuation", slots.valuation),
        **power_columns(slots.power),
        **accelerator_columns(slots.accelerators),
        **term_columns(slots.term),
        **stake_columns(slots.stake),
        **period_columns("start", slots.start),
        **period_columns("end", slots.end),
        "locations": joined(place if isinstance(place, str) else place.name for place in slots.locations),
    }


def slots_from(row: Mapping[str, Any], span_of: Callable[[str], Span]) -> dict[str, Any]:
    """The slots of a stored row, as keyword arguments of DealMention or DealState (locations apart)."""
    return {
        "value": money_from("value", row, span_of("value")),
        "valuation": money_from("valuation", row, span_of("valuation")),
        "power": power_from(row, span_of("power")),
        "accelerators": accelerators_from(row, span_of("accelerators")),
        "term": term_from(row, span_of("term_months")),
        "stake": stake_from(row, span_of("stake_pct")),
        "start": period_from("start", row, span_of("start")),
        "end": period_from("end", row, span_of("end")),
    }


def filled_slots(mention: DealMention) -> dict[str, tuple[str, Span]]:
    """Slot -> (its value as text, where it was read), for the slots of a claim that are stored."""
    columns = slot_columns(mention)
    found: dict[str, tuple[str, Span]] = {}
    for slot, part in zip(SLOTS, slot_parts(mention), strict=True):
        text = value_text(slot, columns)
        if part is not None and text:
            found[slot] = (text, (part.start_char, part.end_char, part.surface))
    return found


def unkept_slots(mention: DealMention) -> list[tuple[str, str]]:
    """(slot, surface) of what was read but is beyond what the columns hold, so that the slot stays empty."""
    filled = filled_slots(mention)
    parts = zip(SLOTS, slot_parts(mention), strict=True)
    return [(slot, part.surface) for slot, part in parts if part is not None and slot not in filled]


def is_bounded(part: Money | Power | Accelerators | Duration | Share) -> bool:
    """True where the bound is one of the gold record's."""
    return part.bound in BOUNDS


def slot_parts(
    slots: DealMention,
) -> tuple[Money | Power | Accelerators | Duration | Share | Period | None, ...]:
    """The quantities of a claim in the order of SLOTS."""
    return (
        slots.value,
        slots.valuation,
        slots.power,
        slots.accelerators,
        slots.term,
        slots.stake,
        slots.start,
        slots.end,
    )


def value_text(slot: str, columns: Mapping[str, Any]) -> str:
    """A slot for reading: ``up_to 300000000 USD per_year``; "" where it is not filled."""
    shown: tuple[Any, ...]
    if slot in {"value", "valuation"}:
        amount = columns[f"{slot}_amount"]
        basis = columns[f"{slot}_basis"]
        shown = (
            columns[f"{slot}_bound"],
            amount,
            columns[f"{slot}_currency_code"],
            basis if basis != "total" else None,
        )
        filled = amount is not None
    elif slot == "power":
        shown = (columns["power_bound"], columns["power_mw"], "MW")
        filled = columns["power_mw"] is not None
    elif slot == "accelerators":
        shown = (columns["accelerator_bound"], columns["accelerator_count"], columns["accelerator_model"])
        filled = columns["accelerator_bound"] is not None
    elif slot == "term_months":
        shown = (columns["term_bound"], columns["term_months"], "months")
        filled = columns["term_months"] is not None
    elif slot == "stake_pct":
        shown = (columns["stake_bound"], columns["stake_pct"], "%")
        filled = columns["stake_pct"] is not None
    else:
        shown = (columns[f"{slot}_relation"], columns[f"{slot}_period"])
        filled = columns[f"{slot}_period"] is not None
    words = (number_text(part) for part in shown if part not in (None, "", "exact"))
    return " ".join(words) if filled else ""


def number_text(part: object) -> str:
    """A word or number without exponent and trailing zeros."""
    return f"{plain(part):f}" if isinstance(part, Decimal) else str(part)


def plain(number: Decimal) -> Decimal:
    """The same number in one form, so that its text is the same before and after storing.

    >>> plain(Decimal("300000000.00")), plain(Decimal("3E+2")), plain(Decimal("1.50"))
    (Decimal('300000000'), Decimal('300'), Decimal('1.5'))
    """
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()


def money_columns(slot: str, money: Money | None) -> dict[str, Any]:
    """A sum of money; all null where there is none or it is beyond belief."""
    kept = money if money and is_bounded(money) and abs(money.amount) < LARGEST_AMOUNT else None
    kept = kept if kept and kept.basis in BASES else None
    high = kept.amount_high if kept else None
    return {
        f"{slot}_amount": kept and kept.amount,
        f"{slot}_amount_high": high if high is not None and abs(high) < LARGEST_AMOUNT else None,
        f"{slot}_currency_code": kept and kept.currency,
        f"{slot}_bound": kept and kept.bound,
        f"{slot}_basis": kept and kept.basis,
        f"{slot}_is_increment": kept and kept.is_increment,
    }


def money_from(slot: str, row: Mapping[str, Any], span: Span) -> Money | None:
    """The inverse of money_columns."""
    if row[f"{slot}_amount"] is None:
        return None
    high = row[f"{slot}_amount_high"]
    return Money(
        amount=plain(row[f"{slot}_amount"]),
        amount_high=None if high is None else plain(high),
        currency=row[f"{slot}_currency_code"],
        bound=row[f"{slot}_bound"],
        basis=row[f"{slot}_basis"],
        is_increment=row[f"{slot}_is_increment"],
        **span_fields(span),
    )


def power_columns(power: Power | None) -> dict[str, Any]:
    """Electrical capacity in MW."""
    kept = power if power and is_bounded(power) and abs(power.mw) < LARGEST_MW else None
    kept = kept if kept and kept.basis in POWER_BASES else None
    high = kept.mw_high if kept else None
    return {
        "power_mw": kept and kept.mw,
        "power_mw_high": high if high is not None and abs(high) < LARGEST_MW else None,
        "power_bound": kept and kept.bound,
        "power_basis": kept and kept.basis,
        "power_is_increment": kept and kept.is_increment,
    }


def power_from(row: Mapping[str, Any], span: Span) -> Power | None:
    """The inverse of power_columns."""
    if row["power_mw"] is None:
        return None
    high = row["power_mw_high"]
    return Power(
        mw=plain(row["power_mw"]),
        mw_high=None if high is None else plain(high),
        bound=row["power_bound"],
        basis=row["power_basis"],
        is_increment=row["power_is_increment"],
        **span_fields(span),
    )


def accelerator_columns(accelerators: Accelerators | None) -> dict[str, Any]:
    """A number of accelerators and their model; the bound is there whenever one of both is."""
    kept = accelerators
    if kept and not (is_bounded(kept) and (kept.count or 0) < LARGEST_COUNT):
        kept = None
    return {
        "accelerator_count": kept.count if kept else None,
        "accelerator_bound": kept and kept.bound,
        "accelerator_model": kept and kept.model,
        "accelerator_is_increment": kept and kept.is_increment,
    }


def accelerators_from(row: Mapping[str, Any], span: Span) -> Accelerators | None:
    """The inverse of accelerator_columns."""
    if row["accelerator_bound"] is None:
        return None
    return Accelerators(
        count=row["accelerator_count"],
        bound=row["accelerator_bound"],
        model=row["accelerator_model"],
        is_increment=row["accelerator_is_increment"],
        **span_fields(span),
    )


def term_columns(term: Duration | None) -> dict[str, Any]:
    """A contract's length in months."""
    kept = term if term and is_bounded(term) and term.months < LARGEST_MONTHS else None
    return {"term_months": kept and kept.months, "term_bound": kept and kept.bound}


def term_from(row: Mapping[str, Any], span: Span) -> Duration | None:
    """The inverse of term_columns."""
    if row["term_months"] is None:
        return None
    return Duration(months=row["term_months"], bound=row["term_bound"], **span_fields(span))


def stake_columns(stake: Share | None) -> dict[str, Any]:
    """A share in percent."""
    kept = stake if stake and is_bounded(stake) and abs(stake.pct) < LARGEST_PCT else None
    return {"stake_pct": kept and kept.pct, "stake_bound": kept and kept.bound}


def stake_from(row: Mapping[str, Any], span: Span) -> Share | None:
    """The inverse of stake_columns."""
    if row["stake_pct"] is None:
        return None
    return Share(pct=plain(row["stake_pct"]), bound=row["stake_bound"], **span_fields(span))


def period_columns(slot: str, period: Period | None) -> dict[str, Any]:
    """A date as precisely as told, and its preposition."""
    return {f"{slot}_period": period and period.period, f"{slot}_relation": period and period.relation}


def period_from(slot: str, row: Mapping[str, Any], span: Span) -> Period | None:
    """The inverse of period_columns."""
    if row[f"{slot}_period"] is None:
        return None
    return Period(period=row[f"{slot}_period"], relation=row[f"{slot}_relation"] or "", **span_fields(span))


def span_fields(span: Span) -> dict[str, Any]:
    """A span as keyword arguments."""
    start_char, end_char, surface = span
    return {"start_char": start_char, "end_char": end_char, "surface": surface}


def joined(names: Any) -> str:
    """Names in one readable text; the separator inside a name becomes a comma."""
    return SEPARATOR.join(name.replace(SEPARATOR, ", ") for name in names)


def split(text: str | None) -> tuple[str, ...]:
    """The inverse of joined."""
    return tuple(text.split(SEPARATOR)) if text else ()
