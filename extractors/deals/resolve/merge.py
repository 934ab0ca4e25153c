"""What a deal is known to be after one more claim: status and slots, each with the claim that it comes from.

The rules are those of the gold record ("Timelines"): the state keeps what it knew; a slot changes only for a better
figure (the parties' own outranks the press, exact outranks rounded, the original currency a converted one) or a newer
one (of a primary claim that amends, or of the publisher that was the source: a correction).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from extractors.deals.resolve.figures import (
    INCREMENT_SLACK,
    Figure,
    Relation,
    figure_of,
    near,
    relate,
)
from extractors.records import Accelerators, Claim, DealState, Duration, Money, Period, Power, Share

FIRST_REPORTS = timedelta(days=3)  # reports of one event; where they differ, the first stands
RESTATED = timedelta(days=7)  # the same deal announced with other figures after this is the deal amended
ONE_INCREMENT = timedelta(days=30)  # the same increment told again within this is not added again
FIGURES = ("value", "valuation", "power", "accelerators")
FIRM = frozenset({"announced", "amended", "closed"})

F = TypeVar("F", Money, Power, Accelerators)


@dataclass(frozen=True, slots=True)
class Step:
    """The state after one claim of a deal's history."""

    claim: Claim
    state: DealState
    is_changed: bool
    fingerprint: tuple[object, ...] = ()  # of the claim: equal for copies
    conflicts: tuple[str, ...] = ()  # slots in which the claim says otherwise and was not followed


@dataclass(frozen=True, slots=True)
class Past:
    """What a deal's history says about one slot, for the claim that comes next."""

    steps: Sequence[Step]

    @property
    def state(self) -> DealState:
        """The deal as known so far."""
        return self.steps[-1].state

    def source(self, slot: str) -> Claim | None:
        """The claim that the slot's present value came from."""
        wanted = dict(self.state.sources).get(slot)
        claims = (step.claim for step in reversed(self.steps))
        return next((claim for claim in claims if claim.mention.deal_mention_id == wanted), None)

    def figures(self, slot: str) -> list[tuple[datetime, Figure]]:
        """Each figure that the slot has had, oldest first, and since when."""
        had: list[tuple[datetime, Figure]] = []
        for step in self.steps:
            figure = figure_of(getattr(step.state, slot))
            if figure and (not had or relate(had[-1][1], figure) is not Relation.SAME):
                had.append((step.state.last_as_of, figure))
        return had


def next_status(past: Past, claim: Claim, *, has_new_figures: bool, has_figures: bool) -> str:
    """The deal's status after the claim, which gave figures that change it (``has_new_figures``) or figures at all."""
    now, said = past.state.status, claim.mention.status
    is_primary = claim.mention.focus == "primary"
    if said == "cancelled":
        return said if is_primary or now != "closed" else now
    if said == "closed":
        return said if is_primary or now != "cancelled" else now
    if said == "rumored":
        return said if now == "cancelled" and is_primary else now
    if now == "cancelled":  # talks denied, then a deal after all; a mere recap revives nothing
        return said if is_primary else now
    if now == "rumored":
        return said
    if said == "amended":
        return now if has_figures and not has_new_figures else said
    return "amended" if has_new_figures and now != "closed" else now


def merge_figure(slot: str, old: F | None, new: F | None, claim: Claim, past: Past) -> tuple[F | None, bool, bool]:
    """(the slot's value after the claim, whether it is a real change of the deal, whether the claim conflicts)."""
    figure, held = figure_of(new), figure_of(old)
    if new is None or old is None or figure is None or held is None:
        return _fill(old, new, claim, past), False, False
    status, source = claim.mention.status, past.source(slot)
    is_primary = claim.mention.focus == "primary"
    if status == "cancelled" or (status == "rumored" and past.state.status != "rumored"):
        return old, False, False
    if figure.is_increment:
        return _add(slot, old, held, figure, claim, past)
    relation = relate(held, figure)
    if relation is Relation.SAME:
        return old, False, False
    if relation is Relation.CONVERTED:
        is_original = held.currency == "USD" and (figure.bound == "exact" or held.bound != "exact")
        return (new if is_original else old), False, False
    if status in FIRM and (_is_rumor(source, past) or (_is_increment(slot, source) and figure.amount > held.amount)):
        return new, False, False
    if status == "amended" and is_primary and relation is not Relation.COARSER:
        return _add(slot, old, held, figure, claim, past) if _is_part(figure, held) else (new, True, False)
    if relation in (Relation.COARSER, Relation.FINER):
        loses_own_word = bool(source and source.is_own_word and not claim.is_own_word)
        return (new if relation is Relation.FINER and not loses_own_word else old), False, False
    if not is_primary or any(relate(was, figure) is Relation.SAME for _, was in past.figures(slot)):
        return old, False, False  # a recap, or an old article: what has been superseded
    if source and _is_part(figure, held) and claim.as_of - source.as_of > RESTATED:
        return _add(slot, old, held, figure, claim, past)
    return _settle(old, new, held, figure, claim, source)


def _is_part(figure: Figure, held: Figure) -> bool:
    """Whether a later figure is so small beside the held one that it was meant to be added: "adds 60 MW"."""
    return figure.unit == held.unit and figure.amount * 2 < held.amount


def _fill(old: F | None, new: F | None, claim: Claim, past: Past) -> F | None:
    if old is None or new is None:
        may_fill = old is None and (claim.mention.status != "rumored" or past.state.status in ("rumored", "cancelled"))
        return new if may_fill else old
    if isinstance(old, Accelerators) and isinstance(new, Accelerators):
        if old.count is None and new.count is not None:
            return replace(new, model=new.model or old.model)
        if old.model is None and new.model is not None:
            return replace(old, model=new.model)
    return old


def _settle(
    old: F, new: F, held: Figure, figure: Figure, claim: Claim, source: Claim | None
) -> tuple[F | None, bool, bool]:
    """Two primary claims that differ: whose figure stands."""
    if source is None:
        return new, False, True
    if claim.mention.status == "closed":
        return old, False, True
    if held.unit != figure.unit and held.unit.endswith("total"):
        return old, False, False  # so much a year beside the total
    if source.is_own_word != claim.is_own_word and claim.as_of - source.as_of <= RESTATED:
        return (new if claim.is_own_word else old), False, True
    if claim.publisher and claim.publisher == source.publisher:
        return new, claim.as_of - source.as_of > RESTATED, False
    is_old = claim.as_of - source.as_of > RESTATED
    if claim.mention.type == "acquisition" and figure.amount > held.amount and not is_old:
        return old, False, True  # with debt
    if claim.as_of - source.as_of <= FIRST_REPORTS:
        return old, False, True
    return new, claim.as_of - source.as_of > RESTATED, False


def _add(slot: str, old: F, held: Figure, figure: Figure, claim: Claim, past: Past) -> tuple[F | None, bool, bool]:
    """The slot with an increment added, unless what is held has it already."""
    if claim.mention.focus != "primary" or held.unit != figure.unit:
        return old, False, False
    had = past.figures(slot)
    signed = -figure.amount if claim.mention.is_reduction else figure.amount
    age = claim.as_of - had[-1][0]
    if age <= ONE_INCREMENT and any(near(was.amount + signed, held.amount, INCREMENT_SLACK) for _, was in had[:-1]):
        return old, False, False
    source = past.source(slot)
    is_in_total = age <= FIRST_REPORTS and (len(had) > 1 or bool(source and source.article_id == claim.article_id))
    if is_in_total or (age <= ONE_INCREMENT and _is_increment(slot, source) and relate(held, figure) is Relation.SAME):
        return old, False, False
    total = held.amount + signed
    if total <= 0:
        return old, False, True
    bound = held.bound if held.bound != "exact" else figure.bound
    return _with_amount(old, total, bound), True, False


def _is_increment(slot: str, source: Claim | None) -> bool:
    """Whether all that is known of the slot is what was added: "another $2.75 billion"."""
    figure = figure_of(getattr(source.mention, slot)) if source else None
    return bool(figure and figure.is_increment)


def _with_amount(slot: F, amount: Decimal, bound: str) -> F:
    if isinstance(slot, Money):
        return replace(slot, amount=amount, bound=bound, amount_high=None, is_increment=False)
    if isinstance(slot, Power):
        return replace(slot, mw=amount, bound=bound, mw_high=None, is_increment=False)
    return replace(slot, count=int(amount), bound=bound, is_increment=False)


def _is_rumor(source: Claim | None, past: Past) -> bool:
    return source.mention.status == "rumored" if source else past.state.status in ("rumored", "cancelled")


S = TypeVar("S", Duration, Share, Period)


def merge_term(slot: str, old: S | None, new: S | None, claim: Claim, past: Past) -> S | None:
    """A length, share or date after the claim: filled where empty, replaced by a party, a correction, an amendment."""
    if old is None or new is None or claim.mention.status in ("rumored", "cancelled"):
        return _first(old, new, claim, past)
    source = past.source(slot)
    if _plain(old) == _plain(new) or claim.mention.focus != "primary":
        return old
    if isinstance(old, Period) and isinstance(new, Period) and new.period.startswith(old.period):
        return new
    is_corrected = source is None or _is_rumor(source, past) or claim.publisher == source.publisher
    is_own = claim.is_own_word and not (source and source.is_own_word)
    return new if is_corrected or is_own or claim.mention.status == "amended" else old


def _first(old: S | None, new: S | None, claim: Claim, past: Past) -> S | None:
    may_fill = old is None and (claim.mention.status != "rumored" or past.state.status in ("rumored", "cancelled"))
    return new if may_fill else old


def _plain(slot: Duration | Share | Period) -> object:
    if isinstance(slot, Duration):
        return slot.months
    return slot.pct if isinstance(slot, Share) else slot.period
