"""What people decided about deals and names, and what that makes of the tape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from extractors.records.deals import DealState

DECISION_KINDS = ("same", "different", "alias", "reject", "fix")
STANDINGS = ("machine", "standing", "merged", "withdrawn")
OUTCOMES = ("applied", "not_applicable", "lifted")


@dataclass(frozen=True, slots=True, kw_only=True)
class DealDescription:
    """The deal that a person meant, by its id and by what will still be true of it when its id is another."""

    deal_id: str
    type: str = ""
    parties: tuple[str, ...] = ()  # names
    first_told: str = ""  # the day, 2026-03-02
    articles: tuple[str, ...] = ()  # addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of a person."""

    decision_id: str  # a hash of all that it says
    kind: str  # one of DECISION_KINDS
    deals: tuple[DealDescription, ...] = ()  # two of same and different, one of reject and fix
    slot: str = ""  # of fix
    value: str = ""  # of fix, as a person writes it; "none" empties the slot
    name: str = ""  # of alias
    company_id: str = ""  # of alias
    decided_by: str
    decided_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidableDeal:
    """A deal as the machine tells it."""

    state: DealState  # with its claims
    articles: frozenset[str]  # addresses of the articles that tell of it
    ended: str = ""  # merged or withdrawn where the machine took it off the tape
    into_deal_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedDeal:
    """All that people say of one deal now: where it stands, and its state where that is not the machine's."""

    deal_id: str
    standing: str  # one of STANDINGS; machine: nothing is said of it
    into_deal_id: str = ""
    state: DealState | None = None  # None: the machine's
    decision_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOutcome:
    """What came of a decision."""

    decision_id: str
    outcome: str  # one of OUTCOMES
    message: str = ""  # why it does not apply
    deal_ids: tuple[str, ...] = ()  # the deals that it was found to mean
    before: tuple[tuple[str, str], ...] = ()  # slot -> its value before, for fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What all decisions together make of the tape."""

    deals: tuple[DecidedDeal, ...] = ()
    outcomes: tuple[DecisionOutcome, ...] = ()
