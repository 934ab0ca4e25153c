"""What resolving brings to the warehouse: which claim is of which deal, how deals went, and which left the tape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from extractors.records.collected import StoryArticle
from extractors.records.deals import Claim, DealState
from extractors.records.news import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledArticle:
    """What resolving must know of an article later without its text."""

    article_id: str
    as_of: datetime
    names: frozenset[str]  # keys of all that it may name
    is_own_word: bool  # a party's own press release
    affiliations: tuple[tuple[str, str], ...] = ()  # (brand, unit or ticker, the company that it stands for)
    claim_keys: tuple[tuple[str, frozenset[str]], ...] = ()  # (deal_mention_id, keys that it is filed under)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDeal:
    """A deal of the store, beside its claims."""

    deal_id: str
    recorded_at: datetime  # when it was first recorded
    ending: str = ""  # withdrawn, merged; "" for one that stands
    into_deal_id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Which deal a claim speaks of."""

    deal_mention_id: str
    deal_id: str  # "": of none
    kind: str  # new, revised, repeated: what the claim did to the deal
    first_as_of: datetime
    last_as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The state of a deal after a claim that changed it."""

    deal_mention_id: str
    as_of: datetime
    state: DealState


@dataclass(frozen=True, slots=True, kw_only=True)
class DealHistory:
    """All revisions of a deal, oldest first: what of it the store has not yet is added, or told as a new edition."""

    deal_id: str
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealEnding:
    """A deal leaves the tape, or comes back."""

    deal_id: str
    kind: str  # withdrawn, merged, restored
    into_deal_id: str = ""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Everything that a run of resolving decided, to be stored in one transaction."""

    decisions: tuple[Assignment, ...] = ()
    histories: tuple[DealHistory, ...] = ()
    endings: tuple[DealEnding, ...] = ()
    recognised: tuple[tuple[StoryArticle, Claim], ...] = ()  # claims that were made here, with their articles
    issues: tuple[Issue, ...] = ()
    new_deals: int = 0
    revised_deals: int = 0
