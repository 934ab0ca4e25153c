"""What a run brings to the warehouse: polls of feeds, documents, read documents, stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from extractors.records.deals import Extraction
from extractors.records.news import Article, Entry, Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What the last polls of a feed left behind: the validators to send and how it has been doing."""

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
    entries: tuple[SeenEntry, ...] = ()  # all entries of the body, also those seen before
    issues: tuple[Issue, ...] = ()


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
    reader_version: str
    issues: tuple[Issue, ...] = ()


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
class StoryState:
    """A story as known: its id and the articles that are in it."""

    story_id: str
    articles: tuple[StoryArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCounts:
    """Rows that a load really added, by table name."""

    added: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        """All rows added."""
        return sum(count for _, count in self.added)
