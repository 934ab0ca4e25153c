"""The gold record's JSON form: documents in, extractions out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from extractors.records import (
    Accelerators,
    CapacityMention,
    CapexMention,
    DealMention,
    Document,
    Extraction,
    Money,
    Power,
)


def document_from_json(record: Mapping[str, Any]) -> Document:
    """The document of a gold record; labels beside it are not looked at."""
    published = str(record.get("published") or "")[:10]
    return Document(
        document_id=str(record.get("id", "")),
        title=str(record.get("title") or ""),
        body=str(record.get("body") or ""),
        published=_day(published),
        publisher=str(record.get("publisher") or ""),
    )


def extraction_to_json(extraction: Extraction) -> dict[str, Any]:
    """A prediction line: ``{"id", "deals", "capacity", "capex"}``; parties carry ``mention``, the words in the text."""
    return {
        "id": extraction.document.document_id,
        "deals": [_deal(deal) for deal in extraction.deal_mentions],
        "capacity": [_capacity(item) for item in extraction.capacity],
        "capex": [_capex(item) for item in extraction.capex],
    }


def _deal(deal: DealMention) -> dict[str, Any]:
    return {
        "type": deal.type,
        "status": deal.status,
        "focus": deal.focus,
        "parties": [{"name": p.name, "mention": p.mention, "role": p.role} for p in deal.parties],
        "value": _money(deal.value),
        "valuation": _money(deal.valuation),
        "power": _power(deal.power),
        "accelerators": _accelerators(deal.accelerators),
        "term_months": deal.term.months if deal.term else None,
        "stake_pct": _number(deal.stake.pct) if deal.stake else None,
        "start": deal.start.period if deal.start else None,
        "end": deal.end.period if deal.end else None,
        "locations": [place.name for place in deal.locations],
    }


def _money(money: Money | None) -> dict[str, Any] | None:
    if money is None:
        return None
    return {"amount": _number(money.amount), "currency": money.currency, "bound": money.bound, "basis": money.basis}


def _power(power: Power | None) -> dict[str, Any] | None:
    return None if power is None else {"mw": _number(power.mw), "bound": power.bound}


def _accelerators(chips: Accelerators | None) -> dict[str, Any] | None:
    return None if chips is None else {"count": chips.count, "bound": chips.bound, "model": chips.model}


def _capacity(item: CapacityMention) -> dict[str, Any]:
    return {
        "owner": item.owner_mention or item.owner,
        "facility": item.facility,
        "metric": item.metric,
        "amount": _number(item.amount),
        "bound": item.bound,
        "status": item.status,
        "by": item.by,
        "location": item.location,
    }


def _capex(item: CapexMention) -> dict[str, Any]:
    return {
        "company": item.company_mention or item.company,
        "period": item.period,
        "low": _number(item.low),
        "high": _number(item.high),
        "currency": item.currency,
        "change": item.change,
    }


def _number(value: Decimal) -> int | float:
    """A whole number as int, so that JSON shows 1000 and not 1000.0."""
    return int(value) if value == value.to_integral_value() else float(value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
