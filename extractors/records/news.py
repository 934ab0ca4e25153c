"""Feeds, entries, articles and documents: what there is to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from extractors.records.rates import ReferenceRate

CLOCK_SLACK = timedelta(days=1)  # how far ahead of us a publisher's clock and time zone may be


def date_quality(told_at: datetime | None, seen_at: datetime) -> str:
    """What a date of publication is worth: ``told``, ``undated``, or ``future`` where it lay ahead when we saw it.

    A future date is an embargo, an event or a mistake: kept as told, and used for nothing.
    """
    if told_at is None:
        return "undated"
    return "future" if told_at - seen_at > CLOCK_SLACK else "told"


def believed(told_at: datetime | None, seen_at: datetime) -> datetime | None:
    """The date where it is one to go by, else None."""
    return told_at if date_quality(told_at, seen_at) == "told" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing that went wrong with one subject; the run goes on without it."""

    stage: str  # collect, parse, read, resolve, publish
    subject_id: str  # feed_id, entry_id, document_id, deal_mention_id
    code: str  # short and stable, snake_case: not_a_feed, no_body, …
    message: str  # one line for a person: what, why, what to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed, as the feed told it (text without tags, times in UTC, None where not told)."""

    entry_id: str  # guid or id as given; else the link; else a hash of title and summary
    title: str  # publisher suffix kept, as the feed gave it
    link: str = ""
    summary: str = ""  # plain text
    content: str = ""  # plain text of content:encoded / atom:content where the feed carries the whole article
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None  # aware, UTC; never "now"
    updated_at: datetime | None = None
    publisher: str = ""  # from <source>, else the feed's own title
    publisher_url: str = ""
    language: str = ""
    is_truncated: bool = False  # the feed says or shows that this is a snippet
    related_titles: tuple[str, ...] = ()  # other stories listed in a Google News description: hints, never text


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed's entries, with what had to be left out (``issues``)."""

    format: str  # rss20, rss10, atom10, json11, … or "" where it could not be told
    title: str
    link: str
    language: str
    ttl_minutes: int | None
    entries: tuple[Entry, ...]
    issues: tuple[Issue, ...] = ()
    skip_hours: tuple[int, ...] = ()  # of the day (GMT) in which the feed asks not to be polled
    skip_days: tuple[str, ...] = ()  # Monday, … in which it asks so
    known_count: int = 0  # entries left out because the body before had them
    rates: tuple[ReferenceRate, ...] = ()  # of a central bank's feed, which has no entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One parsed page, feed entry or hand-added file: what there is to read, and where it came from."""

    title: str  # without the publisher's suffix
    body: str  # paragraphs split by a blank line; "" where there is a headline alone
    url: str = ""
    canonical_url: str = ""  # "" where the document has no address
    published_at: datetime | None = None
    told_published_at: datetime | None = None  # as the page or its feed wrote it, also where that lies in the future
    date_quality: str = ""  # told, undated, future; "" before it is known when the document was seen
    publisher: str = ""
    language: str = ""
    is_truncated: bool = False
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What the reader reads (the document of the gold record)."""

    document_id: str
    title: str
    body: str
    published: date | None = None
    publisher: str = ""

    @property
    def text(self) -> str:
        """The text that all spans point into: the title, a blank line, the body (or the one that there is)."""
        return "\n\n".join(part for part in (self.title, self.body) if part)

    @property
    def body_start_char(self) -> int:
        """Where the body begins in ``text``."""
        return len(self.title) + 2 if self.title and self.body else 0 if self.body else len(self.title)
