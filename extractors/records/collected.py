"""What a run brings to the warehouse: polls of feeds, documents, read documents, stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from extractors.records.deals import Extraction
from extractors.records.news import Article, Entry, Issue
from extractors.records.rates import ReferenceRate


class FeedState(NamedTuple):
    """What the last polls of a feed left behind: the validators to send and how it has been doing.

    A tuple, for a run makes two of every feed that it polls, which takes a dataclass of so many fields five times as
    long.
    """

    feed_id: str
    url: str
    etag: str = ""  # byte-exact, "" where the server gave none
    last_modified: str = ""
    content_hash: str = ""  # sha256 of the last body taken
    last_polled_at: datetime | None = None
    last_changed_at: datetime | None = None
    last_status_code: int | None = None  # None where no answer came
    consecutive_failures: int = 0
    error_code: str = ""  # "" where the last poll went well
    error_message: str = ""
    health: str = "well"  # well, failing, dormant (asked once a week), gone (410: not asked any more)
    failure_units: float = 0.0  # weight of the failures since the last good poll
    next_poll_at: datetime | None = None  # None: due at every run
    interval_minutes: float = 0.0  # adapted to the share of new entries; 0: the feed's cadence
    ttl_minutes: int | None = None  # what the last body asks for
    skip_hours: tuple[int, ...] = ()  # GMT
    skip_days: tuple[str, ...] = ()  # Monday, …
    last_body_at: datetime | None = None  # the last answer that was no 304
    last_entry_at: datetime | None = None  # the last poll with an entry that the one before had not
    usual_per_day: float = 0.0  # new entries a day, weighted over about two weeks
    observed_days: float = 0.0  # over which that was learnt
    empty_polls: int = 0  # in a row, without any entry
    moved_url: str = ""  # asked in place of url
    proposed_url: str = ""  # where permanent redirects lead, not yet believed
    proposed_at: datetime | None = None
    proposed_polls: int = 0
    alarm_codes: tuple[str, ...] = ()  # that last


POLL_TIMES = ("last_polled_at", "last_status_code", "next_poll_at", "interval_minutes")  # all that most polls change


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAlarm:
    """Something about a feed that a person should look at, noted by the poll at which it began."""

    feed_id: str
    code: str  # gap, silent_zero, silent, volume, not_a_feed, dormant, gone, moved
    raised_at: datetime
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostHold:
    """A host that asked to be left alone."""

    host: str
    held_until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEntry:
    """An entry with the news item that it tells of."""

    entry: Entry
    item_id: str  # one news item over polls and feeds: hash of its canonical URL, else of publisher, title and day
    canonical_url: str
    version_hash: str  # sha256 over title, summary, content, dates: an edit by the publisher makes a new version


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """One poll of one feed: exactly one of new, unchanged, failed."""

    outcome: str  # new (body changed and parsed), unchanged (304 or same body), failed
    state: FeedState  # to be kept after this poll
    polled_at: datetime
    byte_count: int = 0
    body_hash: str = ""  # sha256 of the body, also where it is no feed; "" where none came
    content_type: str = ""  # of the body, as the server named it
    entries: tuple[SeenEntry, ...] = ()  # of the body, without those whose bytes stood in the body before
    known_entries: int = 0  # how many those were
    rates: tuple[ReferenceRate, ...] = ()  # of a central bank's feed
    issues: tuple[Issue, ...] = ()
    alarms: tuple[FeedAlarm, ...] = ()  # raised by this poll
    hold: HostHold | None = None  # what the host asked for
    is_quiet: bool = False  # of the state, only POLL_TIMES changed since the poll before


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """Retrieved bytes (kept in the archive under ``document_id``) that tell of a news item."""

    document_id: str  # sha256 hex of the bytes
    item_id: str
    kind: str  # page, entry (the entry's own text, as canonical JSON), inbox (added by hand)
    url: str
    content_type: str
    byte_count: int
    retrieved_at: datetime
    feed_id: str = ""
    entry_id: str = ""
    # what the feed said of it, for pages that do not say it themselves
    title: str = ""
    publisher: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFailure:
    """A page that could not be had this time; the next run tries again, up to a limit."""

    item_id: str
    url: str
    attempted_at: datetime
    error_code: str
    error_message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """A document after reading: the article and everything found in it, at one reader version."""

    raw: RawDocument
    article_id: str  # hash of document_id and item_id
    article: Article
    content_hash: str  # of the article's normalised text: equal for exact copies
    extraction: Extraction
    reader_version: str  # that the tape is kept by
    read_with: str = ""  # of the program that read it; "" where that is reader_version
    issues: tuple[Issue, ...] = ()
    title_words: str = ""  # distinct words of the headline, as articles.distinct_words gives them
    distinct_words: str = ""  # of headline, publisher and body


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMember:
    """An article's place in a story: one event over many articles."""

    story_id: str
    article_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryClaim:
    """What an article claims of one deal, as far as telling stories apart needs it."""

    type: str
    status: str
    focus: str
    parties: tuple[tuple[str, str], ...]  # (role, company_id or name)
    amount: Decimal | None = None
    currency: str = ""
    mw: Decimal | None = None
    locations: tuple[str, ...] = ()
    deal_id: str = ""  # where the claim is resolved already


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """An article with what stories are told apart by."""

    article_id: str
    title: str
    body: str
    publisher: str
    published_at: datetime | None
    first_seen_at: datetime
    content_hash: str
    claims: tuple[StoryClaim, ...] = ()
    companies: tuple[str, ...] = ()  # company_id, or name where it is in no registry, of each company mentioned
    places: tuple[str, ...] = ()  # as named in the text

    @property
    def as_of(self) -> datetime:
        """When it was published; where it has no date, when we first saw it."""
        return self.published_at or self.first_seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryKeys:
    """What an article is found by: another one that may be linked to it has a key in common."""

    article_id: str
    as_of: datetime
    reach_days: int  # event keys lead to articles so many days before and after
    copy_keys: tuple[int, ...] = ()  # of its text, whenever it was published
    event_keys: tuple[int, ...] = ()  # of its words and companies


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLink:
    """How surely two articles report one event. It depends on the two alone, so it never changes."""

    article_id: str
    other_id: str  # the greater of the two ids
    strength: float  # -1 (they do not) to 1 (the one is a copy of the other)
    copy_kind: str = ""  # "exact", "near" or "part", where the one is a copy


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCopy:
    """A syndicated copy, reprint or shortened version, with the first article that has the text."""

    article_id: str
    original_id: str
    copy_kind: str  # "exact", "near" or "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedArticle:
    """An article as the placing of stories knows it."""

    article_id: str
    as_of: datetime
    is_current: bool = True  # False where a later document of its news item took its place
    item_id: str = ""
    story_id: str = ""  # where it stands, "" where it is new
    story_since: datetime | None = None  # when the story was first recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCounts:
    """Rows that a load really added, by table name."""

    added: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        """All rows added."""
        return sum(count for _, count in self.added)
