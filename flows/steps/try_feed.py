"""One feed looked at outside a run: what its server says, what is in it, or which feeds its site names."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.errors import NotAFeedError
from extractors.feeds import parse_feed
from extractors.feeds.discover import FeedLink, discover_feeds
from flows.parse_child import CostlyError, is_ordinary, within_limits
from flows.retrieve import Fetcher, Limits, Retrieved, RetrieveError
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class TriedFeed:
    """What a feed's address gave. ``error`` is "" where it is a feed."""

    url: str
    status: int = 0
    final_url: str = ""
    byte_count: int = 0
    is_conditional: bool = False  # the server gave a validator
    title: str = ""
    entries_count: int = 0
    dated_count: int = 0
    newest_at: datetime | None = None
    per_day: float | None = None  # entries, over the days that the feed spans
    issues: tuple[str, ...] = ()
    error: str = ""
    named: tuple[FeedLink, ...] = ()  # feeds that the page names, where it is a page


def try_feeds(urls: Sequence[str], settings: Settings) -> list[TriedFeed]:
    """A look at each address, in their order. Nothing is stored; a failure is told in ``error``."""

    async def look() -> list[TriedFeed]:
        async with Fetcher(settings) as fetcher:
            return list(await asyncio.gather(*(_look_at(fetcher, url, settings) for url in urls)))

    return asyncio.run(look())


async def _look_at(fetcher: Fetcher, url: str, settings: Settings) -> TriedFeed:
    try:
        answer = await fetcher.get(url, Limits.for_feeds(settings))
    except RetrieveError as error:
        return TriedFeed(url, error=f"{error} [{error.code}]")
    seen = TriedFeed(
        url,
        status=answer.status,
        final_url=answer.final_url,
        byte_count=len(answer.body),
        is_conditional=bool(answer.etag or answer.last_modified),
    )
    return _judge(seen, answer)


def _judge(seen: TriedFeed, answer: Retrieved) -> TriedFeed:
    try:
        told = {"url": answer.final_url, "content_type": answer.content_type}
        parsed = within_limits(parse_feed, answer.body, is_usual=is_ordinary(answer.body), **told)
    except CostlyError as error:
        return replace(seen, error=str(error))
    except NotAFeedError as error:
        named = discover_feeds(answer.body, url=answer.final_url, content_type=answer.content_type)
        return replace(seen, error=error.message, named=named)
    dates = sorted(entry.published_at for entry in parsed.entries if entry.published_at)
    return replace(
        seen,
        title=parsed.title,
        entries_count=len(parsed.entries),
        dated_count=len(dates),
        newest_at=dates[-1] if dates else None,
        per_day=_per_day(dates),
        issues=tuple(issue.message for issue in parsed.issues),
    )


def _per_day(dates: Sequence[datetime]) -> float | None:
    """Entries a day, where their dates span at least an hour."""
    if len(dates) < 2 or (span := (dates[-1] - dates[0]).total_seconds()) < 3600:
        return None
    return round((len(dates) - 1) * 86_400 / span, 2)
