"""Claims and deals, in the vocabulary of the gold record and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from extractors.records.news import Document, Issue
from extractors.records.quantities import Accelerators, Duration, Mention, Money, Period, Power, Share

DEAL_TYPES = (
    "compute",
    "chips",
    "lease",
    "power",
    "build",
    "equity",
    "debt",
    "acquisition",
    "joint_venture",
    "partnership",
)
STATUSES = ("rumored", "announced", "closed", "amended", "cancelled")
FOCUSES = ("primary", "background")
ROLES = (
    "supplier",
    "customer",
    "developer",
    "investor",
    "investee",
    "lender",
    "borrower",
    "acquirer",
    "target",
    "seller",
    "partner",
    "guarantor",
)
BOUNDS = ("exact", "about", "up_to", "at_least")
BASES = ("total", "per_year")
POWER_BASES = ("it_load", "facility", "nameplate", "unstated")
CAPACITY_METRICS = ("power_mw", "accelerators")
CAPACITY_STATUSES = ("operating", "under_construction", "planned")
CAPEX_CHANGES = ("raised", "lowered", "maintained", "initial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A company in a role, and the words that name it there."""

    role: str
    name: str  # canonical name, else the fullest form in the document
    mention: str  # surface text
    company_id: str = ""  # "" for a name in no registry
    start_char: int
    end_char: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place where a deal's capacity is."""

    name: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DealMention:
    """What one document claims of one deal. An unfilled slot is None, never guessed."""

    deal_mention_id: str  # deterministic: document_id, reader version and position
    type: str
    status: str
    focus: str
    parties: tuple[Party, ...]
    value: Money | None = None
    valuation: Money | None = None
    power: Power | None = None
    accelerators: Accelerators | None = None
    term: Duration | None = None
    stake: Share | None = None
    start: Period | None = None
    end: Period | None = None
    locations: tuple[Place, ...] = ()
    trigger_start_char: int
    trigger_end_char: int
    sentence_start_char: int  # the sentence that asserts the deal
    sentence_end_char: int
    confidence: float = 1.0  # of the claim as a whole, 0..1
    rules: tuple[str, ...] = ()  # frame and context rows that fired, for `read --explain`
    slot_confidence: tuple[tuple[str, float], ...] = ()  # slot -> confidence, where it differs from the claim's
    is_reduction: bool = False  # "cuts the order by 12,000 chips": increments of this claim are taken off


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityMention:
    """Capacity that exists or is planned, outside a deal."""

    owner: str | None
    owner_mention: str | None = None
    owner_company_id: str = ""
    facility: str | None
    metric: str
    amount: Decimal
    bound: str
    status: str
    by: str | None
    location: str | None
    start_char: int
    end_char: int
    surface: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CapexMention:
    """Spending guidance of one company for one period."""

    company: str
    company_mention: str = ""
    company_id: str = ""
    period: str
    low: Decimal
    high: Decimal
    currency: str
    change: str | None
    start_char: int
    end_char: int
    surface: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was read in one document."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    deal_mentions: tuple[DealMention, ...] = ()
    capacity: tuple[CapacityMention, ...] = ()
    capex: tuple[CapexMention, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A deal mention with what resolving needs to know of its article."""

    mention: DealMention
    article_id: str
    published_at: datetime | None
    first_seen_at: datetime
    publisher: str
    is_own_word: bool = False  # a party says so itself: its press release, its filing, its own site

    @property
    def as_of(self) -> datetime:
        """When the claim was made; where its article has no date, when we first saw it."""
        return self.published_at or self.first_seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class DealState:
    """A deal as known after a revision: every slot with the claim that it came from."""

    deal_id: str
    type: str
    parties: tuple[Party, ...]
    status: str
    value: Money | None = None
    valuation: Money | None = None
    power: Power | None = None
    accelerators: Accelerators | None = None
    term: Duration | None = None
    stake: Share | None = None
    start: Period | None = None
    end: Period | None = None
    locations: tuple[str, ...] = ()
    first_as_of: datetime
    last_as_of: datetime
    revision: int = 1
    sources: tuple[tuple[str, str], ...] = ()  # slot -> deal_mention_id
    claims: tuple[Claim, ...] = ()  # all that it was made from, oldest first; not stored with it


def in_order(claims: list[Claim]) -> Iterator[Claim]:
    """The claims as they were made: by time, primary before background, then by id, so that the order is total."""
    yield from sorted(claims, key=lambda c: (c.as_of, c.mention.focus != "primary", c.mention.deal_mention_id))
