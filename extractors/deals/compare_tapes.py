"""Two tapes of the same news against each other: deals new, gone and changed, slot by slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from extractors.records import DealChange, SlotChange, TapeDeal, TapeDiff, Total


def compare_tapes(before: Sequence[TapeDeal], after: Sequence[TapeDeal]) -> TapeDiff:
    """What the tape after has and the one before has not.

    A deal has the same id on both where its first claim was read alike; else the likest one is taken that an article
    and a party are shared with, so that a slot that was read anew is a change and not a loss and a find.
    """
    pairs = _pairs(before, after)
    paired = {one.deal_id for one, _ in pairs}, {other.deal_id for _, other in pairs}
    changes = [DealChange(before=one, after=other, slots=_changed_slots(one, other)) for one, other in pairs]
    return TapeDiff(
        new=tuple(deal for deal in after if deal.deal_id not in paired[1]),
        gone=tuple(deal for deal in before if deal.deal_id not in paired[0]),
        changed=tuple(change for change in changes if change.slots),
        same_count=sum(not change.slots for change in changes),
        totals=_totals(before, after),
    )


def within(deals: Iterable[TapeDeal], articles: frozenset[str]) -> list[TapeDeal]:
    """The deals that only these articles tell of: what a comparison over a part of the news can judge."""
    return [deal for deal in deals if deal.articles <= articles]


def _pairs(before: Sequence[TapeDeal], after: Sequence[TapeDeal]) -> list[tuple[TapeDeal, TapeDeal]]:
    by_id = {deal.deal_id: deal for deal in after}
    pairs = {deal.deal_id: by_id[deal.deal_id] for deal in before if deal.deal_id in by_id}
    left = [deal for deal in before if deal.deal_id not in pairs]
    taken = set(pairs)
    telling: dict[str, list[TapeDeal]] = defaultdict(list)
    for deal in after:
        if deal.deal_id not in taken:
            for article in deal.articles:
                telling[article].append(deal)
    ranked = sorted(
        (
            (_likeness(one, other), one.deal_id, other.deal_id)
            for one in left
            for other in {deal.deal_id: deal for article in one.articles for deal in telling[article]}.values()
            if one.parties & other.parties
        ),
        key=lambda row: (*(-part for part in row[0]), row[1], row[2]),
    )
    for _, one_id, other_id in ranked:
        if one_id not in pairs and other_id not in taken:
            pairs[one_id] = by_id[other_id]
            taken.add(other_id)
    return [(deal, pairs[deal.deal_id]) for deal in before if deal.deal_id in pairs]


def _likeness(one: TapeDeal, other: TapeDeal) -> tuple[float, float, float]:
    """Shares of parties, of slots and of articles that two deals have in common."""
    return (
        _shared(one.parties, other.parties),
        _shared(frozenset(one.slots), frozenset(other.slots)),
        _shared(one.articles, other.articles),
    )


def _shared(one: frozenset[object] | frozenset[str], other: frozenset[object] | frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _changed_slots(one: TapeDeal, other: TapeDeal) -> tuple[SlotChange, ...]:
    before, after = dict(one.slots), dict(other.slots)
    return tuple(
        SlotChange(slot=slot, before=before.get(slot, ""), after=after.get(slot, ""))
        for slot in dict.fromkeys([*before, *after])
        if before.get(slot, "") != after.get(slot, "")
    )


def _totals(before: Sequence[TapeDeal], after: Sequence[TapeDeal]) -> tuple[Total, ...]:
    return tuple(
        Total(measure=measure, before=_total(measure, before), after=_total(measure, after))
        for measure in ("deals", "amount_usd", "power_mw", "accelerator_count")
    )


def _total(measure: str, deals: Iterable[TapeDeal]) -> Decimal:
    counted = [deal for deal in deals if deal.is_in_totals]
    if measure == "deals":
        return Decimal(len(counted))
    return sum((Decimal(getattr(deal, measure) or 0) for deal in counted), Decimal(0))
