"""Claims for tests: everything has a default but the point of the case."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from extractors.records import Accelerators, Claim, DealMention, Duration, Money, Party, Place, Power, Share

SPAN: dict[str, int] = {"start_char": 0, "end_char": 0}


def money(amount: float | str, currency: str = "USD", *, bound: str = "exact", is_increment: bool = False) -> Money:
    """An amount in billions."""
    whole = Decimal(str(amount)) * 10**9
    return Money(
        amount=whole, currency=currency, bound=bound, is_increment=is_increment, surface=f"{amount} {currency}", **SPAN
    )


def power(mw: float, *, bound: str = "exact", is_increment: bool = False) -> Power:
    return Power(mw=Decimal(str(mw)), bound=bound, is_increment=is_increment, surface=f"{mw} MW", **SPAN)


def chips(count: int | None, model: str | None = None, *, is_increment: bool = False) -> Accelerators:
    return Accelerators(count=count, model=model, is_increment=is_increment, surface=f"{count} {model}", **SPAN)


def months(count: int) -> Duration:
    return Duration(months=count, surface=f"{count} months", **SPAN)


def share(pct: float) -> Share:
    return Share(pct=Decimal(str(pct)), surface=f"{pct}%", **SPAN)


def party(role: str, name: str, *, mention: str = "", company_id: str = "") -> Party:
    return Party(role=role, name=name, mention=mention or name, company_id=company_id, **SPAN)


def day(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def claim(
    on: str = "2026-02-10",
    *,
    claim_id: str = "",
    article: str = "",
    type: str = "compute",
    status: str = "announced",
    focus: str = "primary",
    supplier: str = "Norvane Cloud",
    customer: str = "Velmora AI",
    parties: tuple[Party, ...] | None = None,
    at: tuple[str, ...] = (),
    publisher: str = "Example Wire",
    is_own_word: bool = False,
    **slots: Any,
) -> Claim:
    """Norvane supplies Velmora with computing, as announced by Example Wire, unless told otherwise."""
    if parties is None:
        parties = (party("supplier", supplier), party("customer", customer))
    article = article or f"{publisher} {on}"
    offset = sum(map(ord, article)) % 997  # each article has words of its own
    mention = DealMention(
        deal_mention_id=claim_id or f"{article} {type} {focus} {[(p.role, p.name) for p in parties]} {at} {slots}",
        type=type,
        status=status,
        focus=focus,
        parties=parties,
        locations=tuple(Place(name=name, **SPAN) for name in at),
        trigger_start_char=offset,
        trigger_end_char=offset,
        sentence_start_char=0,
        sentence_end_char=offset * 2,
        **slots,
    )
    return Claim(
        mention=mention,
        article_id=article,
        published_at=day(on),
        first_seen_at=day(on),
        publisher=publisher,
        is_own_word=is_own_word,
    )
