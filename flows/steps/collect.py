"""Collect: poll the feeds that are due and keep what they bring.

Order is what makes a killed run harmless: bytes go into the archive before they are parsed; entries, their own texts as
documents and the validators of their feed go into the warehouse in one transaction. A poll that was not stored did not
happen; the server is asked again with the old validators.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from extractors.errors import NotAFeedError
from extractors.feeds import parse_feed
from extractors.records import FeedPoll, FeedState, Issue, RawDocument, SeenEntry
from flows.clock import now
from flows.failpoints import pass_failpoint
from flows.feeds import FeedSource, load_feeds
from flows.items import entry_document, seen_entries
from flows.retrieve import Fetcher, Limits, Retrieved, RetrieveError
from flows.settings import Settings
from flows.steps.counts import Collected, FeedCount
from flows.steps.pages import collect_pages
from warehouse.archive import Archive
from warehouse.connection import open_writer
from warehouse.load import load_polls
from warehouse.pending import feed_states

BATCH = 50  # feeds stored in one transaction
MAX_ROUNDS = 200  # of polling one feed again while it brings news (follow_versions)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A poll with the texts of its entries, ready to be stored."""

    poll: FeedPoll
    documents: tuple[RawDocument, ...] = ()


async def collect(settings: Settings) -> Collected:
    """Polls the feeds that are due, then retrieves pages behind their entries where the settings say so."""
    async with Fetcher(settings) as fetcher:
        collected = await collect_feeds(settings, fetcher)
        if not settings.fetch_pages:
            return collected
        pages = await collect_pages(settings, fetcher)
    return replace(collected, pages=pages.retrieved, failed_pages=pages.failed, pages_left=pages.left_for_next_run)


async def collect_feeds(settings: Settings, fetcher: Fetcher) -> Collected:
    """One poll of each feed that is due; with ``follow_versions`` more while a feed still brings something new."""
    feeds = load_feeds(settings)
    states = await asyncio.to_thread(_read_states, settings)
    callable_feeds = [feed for feed in feeds if feed.kind != "sec" or settings.contact]
    due = [feed for feed in callable_feeds if settings.poll_all or feed.is_due(states.get(feed.feed_id), now())]
    counts: dict[str, FeedCount] = {}
    new_entries = 0
    for _ in range(MAX_ROUNDS):
        polled, added = await _poll_all(settings, fetcher, due, states)
        new_entries += added
        for count in polled:
            counts[count.feed_id] = _sum_of(counts.get(count.feed_id), count)
        changed = {count.feed_id for count in polled if count.outcome == "new"}
        due = [feed for feed in due if feed.feed_id in changed]
        if not due or not settings.follow_versions:
            break
    for feed in feeds:
        counts.setdefault(feed.feed_id, _skipped(feed, is_callable=feed in callable_feeds))
    return Collected(feeds=tuple(counts[feed.feed_id] for feed in feeds), new_entries=new_entries)


async def _poll_all(
    settings: Settings, fetcher: Fetcher, feeds: Sequence[FeedSource], states: dict[str, FeedState]
) -> tuple[list[FeedCount], int]:
    """What each feed brought, and the entries added; the new states go into ``states``.

    Polls are stored in the order of the feeds, so that a run gives the same whoever answers first.
    """
    archive = Archive(settings.archive)
    limits = Limits.for_feeds(settings)
    counts: list[FeedCount] = []
    added = 0
    async with _started(_poll(fetcher, feed, states.get(feed.feed_id), archive, limits) for feed in feeds) as under_way:
        for start in range(0, len(under_way), BATCH):
            taken = [await task for task in under_way[start : start + BATCH]]
            pass_failpoint("polls_retrieved")
            added += await asyncio.to_thread(_store, settings, taken)
            pass_failpoint("polls_loaded")
            counts += [_count(item.poll) for item in taken]
            states |= {item.poll.state.feed_id: item.poll.state for item in taken}
    return counts, added


@asynccontextmanager
async def _started(polls: Iterable[Coroutine[Any, Any, _Taken]]) -> AsyncIterator[list[asyncio.Task[_Taken]]]:
    """The polls under way at once (the fetcher's pace holds them back); none outlives the block."""
    tasks = [asyncio.ensure_future(poll) for poll in polls]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _read_states(settings: Settings) -> dict[str, FeedState]:
    with open_writer(settings.warehouse, wait_seconds=settings.lock_seconds) as con:
        return feed_states(con)


def _store(settings: Settings, taken: Sequence[_Taken]) -> int:
    documents = [document for item in taken for document in item.documents]
    with open_writer(settings.warehouse, wait_seconds=settings.lock_seconds) as con:
        counts = load_polls(con, [item.poll for item in taken], documents)
    return dict(counts.added).get("raw.entries", 0)


async def _poll(
    fetcher: Fetcher, feed: FeedSource, state: FeedState | None, archive: Archive, limits: Limits
) -> _Taken:
    """One poll of one feed; whatever goes wrong with it becomes its outcome and touches no other feed."""
    before = _state_to_go_on_from(feed, state)
    try:
        answer = await fetcher.get(feed.url, limits, etag=before.etag, last_modified=before.last_modified)
    except RetrieveError as error:
        return _Taken(_failed(before, now(), error.code, error.message, status=error.status))
    at = now()
    if answer.status == 304:
        if not (before.etag or before.last_modified):
            return _Taken(
                _failed(before, at, "unexpected_304", f"{feed.url}: 304 to a request without conditions", 304)
            )
        return _Taken(FeedPoll(outcome="unchanged", state=_well(before, answer, at), polled_at=at))
    return await asyncio.to_thread(_take, feed, before, answer, archive, at)


def _state_to_go_on_from(feed: FeedSource, state: FeedState | None) -> FeedState:
    """What was known of the feed; nothing where it has moved, as another server's validators mean nothing."""
    if state is None or state.url != feed.url:
        return FeedState(feed_id=feed.feed_id, url=feed.url)
    return state


def _take(feed: FeedSource, before: FeedState, answer: Retrieved, archive: Archive, at: datetime) -> _Taken:
    """The poll that a body makes: new, unchanged (as its hash tells) or failed."""
    content_hash = archive.put(answer.body)
    if content_hash == before.content_hash and not before.error_code:
        return _Taken(FeedPoll(outcome="unchanged", state=_well(before, answer, at), polled_at=at))
    try:
        parsed = parse_feed(answer.body, url=answer.final_url, content_type=answer.content_type)
    except NotAFeedError as error:
        return _Taken(_failed(before, at, error.code, error.message, answer.status, byte_count=len(answer.body)))
    entries = seen_entries(parsed.entries, publisher=feed.publisher, feed_title=parsed.title)
    state = replace(_well(before, answer, at), content_hash=content_hash, last_changed_at=at)
    poll = FeedPoll(
        outcome="new",
        state=state,
        polled_at=at,
        byte_count=len(answer.body),
        body_hash=content_hash,
        content_type=answer.content_type,
        entries=entries,
        issues=tuple(_of_feed(issue, feed) for issue in parsed.issues),
    )
    return _Taken(poll, tuple(_document(feed, seen, archive, at) for seen in entries))


def _document(feed: FeedSource, seen: SeenEntry, archive: Archive, at: datetime) -> RawDocument:
    text = entry_document(seen)
    return RawDocument(
        document_id=archive.put(text),
        item_id=seen.item_id,
        kind="entry",
        url=seen.canonical_url or seen.entry.link,
        content_type="application/json",
        byte_count=len(text),
        retrieved_at=at,
        feed_id=feed.feed_id,
        entry_id=seen.entry.entry_id,
        title=seen.entry.title,
        publisher=seen.entry.publisher,
        published_at=seen.entry.published_at,
    )


def _well(before: FeedState, answer: Retrieved, at: datetime) -> FeedState:
    """The state after an answer that can be used; a 200 replaces both validators, a 304 those that it repeats."""
    is_whole = answer.status != 304
    return replace(
        before,
        etag=answer.etag or ("" if is_whole else before.etag),
        last_modified=answer.last_modified or ("" if is_whole else before.last_modified),
        last_polled_at=at,
        last_status_code=answer.status,
        consecutive_failures=0,
        error_code="",
        error_message="",
    )


def _failed(
    before: FeedState, at: datetime, code: str, message: str, status: int | None = None, byte_count: int = 0
) -> FeedPoll:
    """A failed poll keeps the validators and the hash of the last good one."""
    state = replace(
        before,
        last_polled_at=at,
        last_status_code=status,
        consecutive_failures=before.consecutive_failures + 1,
        error_code=code,
        error_message=message,
    )
    return FeedPoll(outcome="failed", state=state, polled_at=at, byte_count=byte_count)


def _of_feed(issue: Issue, feed: FeedSource) -> Issue:
    return issue if issue.subject_id else replace(issue, subject_id=feed.feed_id)


def _count(poll: FeedPoll) -> FeedCount:
    return FeedCount(
        feed_id=poll.state.feed_id,
        outcome=poll.outcome,
        entries=len(poll.entries),
        quarantined=len(poll.issues),
        byte_count=poll.byte_count,
        error_code=poll.state.error_code,
        error_message=poll.state.error_message,
    )


def _sum_of(before: FeedCount | None, last: FeedCount) -> FeedCount:
    """A feed polled several times in one run is new where any poll was; a failure at the end is its outcome."""
    if before is None:
        return last
    return replace(
        last,
        outcome="new" if last.outcome == "unchanged" and before.outcome == "new" else last.outcome,
        entries=before.entries + last.entries,
        quarantined=before.quarantined + last.quarantined,
        byte_count=before.byte_count + last.byte_count,
    )


def _skipped(feed: FeedSource, *, is_callable: bool) -> FeedCount:
    if is_callable:
        return FeedCount(feed_id=feed.feed_id, outcome="skipped", error_code="not_due")
    reason = "the SEC wants to know who calls: set GIGAWIRE_CONTACT to your e-mail address"
    return FeedCount(feed_id=feed.feed_id, outcome="skipped", error_code="no_contact", error_message=reason)
