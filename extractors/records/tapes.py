"""A tape as readers see it, and how one differs from another: what a new reader would change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeDeal:
    """A deal as the marts show it."""

    deal_id: str
    slots: tuple[tuple[str, str], ...]  # slot -> its value for reading; slots that are not filled are left out
    parties: frozenset[str]  # their names
    articles: frozenset[str]  # article_id of those that tell of it
    is_in_totals: bool
    amount_usd: Decimal | None = None
    power_mw: Decimal | None = None
    accelerator_count: int | None = None

    @property
    def label(self) -> str:
        """One line for people: type, status, parties, value."""
        told = dict(self.slots)
        return ", ".join(told[slot] for slot in ("type", "status", "parties", "value") if slot in told)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotChange:
    """One slot of a deal on two tapes; "" where it is not filled."""

    slot: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealChange:
    """A deal that both tapes hold and tell differently."""

    before: TapeDeal
    after: TapeDeal
    slots: tuple[SlotChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A headline figure on two tapes, over the deals that count in totals."""

    measure: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeDiff:
    """What one tape has and another has not."""

    new: tuple[TapeDeal, ...] = ()
    gone: tuple[TapeDeal, ...] = ()
    changed: tuple[DealChange, ...] = ()
    same_count: int = 0  # deals that both tell alike
    totals: tuple[Total, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True where readers would see no difference."""
        return not (self.new or self.gone or self.changed)
