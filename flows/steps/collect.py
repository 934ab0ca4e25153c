"""Collect: poll the feeds that are due and keep what they bring.

Order is what makes a killed run harmless: bytes go into the archive before they are parsed; entries, their own texts as
documents and the validators of their feed go into the warehouse in one transaction. A poll that was not stored did not
happen; the server is asked again with the old validators.
"""

from __future__ import annotations

import asyncio
import gc
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.formats.urls import host_of
from extractors.records import FeedState, HostHold
from flows.clock import now
from flows.failpoints import pass_failpoint
from flows.feeds import FeedSource, load_feeds
from flows.log import event
from flows.polling.schedule import due
from flows.retrieve import Fetcher, Limits
from flows.retrieve.sites import is_sec_url
from flows.settings import Settings, SettingsError
from flows.steps.counts import Collected, FeedCount
from flows.steps.pages import collect_pages
from flows.steps.polls import TakenPoll, poll_feed
from flows.steps.space import require_space
from flows.tape import open_tape
from warehouse.archive import Archive, WritingArchive
from warehouse.load import load_polls
from warehouse.pending import feed_states, host_holds

BATCH_WEIGHT = 2000  # polls and entries stored in one transaction
UNDER_WAY = 400  # polls begun and not stored: what answers late holds up the store, not the other feeds, nor the memory
MAX_ROUNDS = 200  # of polling one feed again while it brings news (follow_versions)
NETWORK_CODES = {"dns_failed", "unknown_host", "connect_failed"}
NETWORK_HOSTS = 3  # that cannot be reached, and no other that can, before the fault is taken for ours
NO_CONTACT = "the SEC wants to know who calls: set GIGAWIRE_CONTACT to your e-mail address"


class NetworkDownError(Exception):
    """Nothing can be reached; no feed is blamed for it."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the warehouse knows before a run."""

    states: dict[str, FeedState]
    holds: dict[str, HostHold]


async def collect(settings: Settings) -> Collected:
    """Polls the feeds that are due, then retrieves pages behind their entries where the settings say so."""
    require_space(settings)
    async with Fetcher(settings) as fetcher:
        with modules_spared():
            collected = await collect_feeds(settings, fetcher)
        if not settings.fetch_pages or collected.network_error:
            return collected
        pages = await collect_pages(settings, fetcher)
    return replace(collected, pages=pages.retrieved, failed_pages=pages.failed, pages_left=pages.left_for_next_run)


@contextmanager
def modules_spared() -> Iterator[None]:
    """Python looks for garbage among what is made meanwhile, not over and over among all that is imported.

    That took a tenth of a pass over a thousand feeds, each of which leaves a few records.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def collect_feeds(settings: Settings, fetcher: Fetcher) -> Collected:
    """One poll of each feed that is due; with ``follow_versions`` more while a feed still brings something new.

    Raises SettingsError where every feed wants to know who calls and the settings do not say.
    """
    feeds = load_feeds(settings)
    known = await asyncio.to_thread(_read_known, settings)
    states, at = known.states, now()
    _rest(fetcher, known.holds.values(), at)
    reasons = {feed.feed_id: _not_now(feed, states, settings, at) for feed in feeds}
    if set(reasons.values()) == {"no_contact"}:
        raise SettingsError(NO_CONTACT)
    counts = {feed.feed_id: _skipped(feed, reasons[feed.feed_id]) for feed in feeds if reasons[feed.feed_id]}
    asked = [feed for feed in feeds if not reasons[feed.feed_id]]
    new_entries = 0
    try:
        for _ in range(MAX_ROUNDS):
            polled, added = await _poll_all(settings, fetcher, asked, states)
            new_entries += added
            for count in polled:
                counts[count.feed_id] = _sum_of(counts.get(count.feed_id), count)
            changed = {count.feed_id for count in polled if count.outcome == "new"}
            asked = [feed for feed in asked if feed.feed_id in changed]
            if not asked or not settings.follow_versions:
                break
    except NetworkDownError as error:
        for feed in asked:
            counts[feed.feed_id] = FeedCount(feed_id=feed.feed_id, outcome="failed", error_code="network_down")
        return Collected(feeds=_in_order(feeds, counts), network_error=str(error))
    return Collected(feeds=_in_order(feeds, counts), new_entries=new_entries)


async def _poll_all(
    settings: Settings, fetcher: Fetcher, feeds: Sequence[FeedSource], states: dict[str, FeedState]
) -> tuple[list[FeedCount], int]:
    """What each feed brought, and the entries added; the new states go into ``states``. Raises NetworkDownError.

    Polls are stored in the order of the feeds, so that a run gives the same whoever answers first.
    """
    counts: list[FeedCount] = []
    added = 0
    archive = WritingArchive(settings.archive)
    async with aclosing(_batches(settings, fetcher, feeds, states, archive)) as batches:
        async for batch in batches:
            if not counts and (fault := network_fault(batch)):
                raise NetworkDownError(fault)
            pass_failpoint("polls_retrieved")
            added += await asyncio.to_thread(_store, settings, archive, batch)
            pass_failpoint("polls_loaded")
            polled = [_count(item) for item in batch]
            for one in polled:
                event("polled", one)
            counts += polled
            states |= {item.feed.feed_id: item.poll.state for item in batch if item.poll}
    return counts, added


async def _batches(
    settings: Settings,
    fetcher: Fetcher,
    feeds: Sequence[FeedSource],
    states: dict[str, FeedState],
    archive: WritingArchive,
) -> AsyncGenerator[list[TakenPoll], None]:
    """The polls of all feeds in their order, as many at once as make a transaction; none outlives the iteration."""
    limits = Limits.for_feeds(settings)
    taken_urls = {feed.url for feed in feeds} | {state.moved_url for state in states.values() if state.moved_url}
    waiting = iter(feeds)
    under_way: deque[asyncio.Task[TakenPoll]] = deque()

    def begin() -> None:
        while len(under_way) < UNDER_WAY and (feed := next(waiting, None)):
            poll = poll_feed(fetcher, feed, states.get(feed.feed_id), archive, limits, taken_urls)
            under_way.append(asyncio.ensure_future(poll))

    batch: list[TakenPoll] = []
    weight = 0
    try:
        begin()
        while under_way:
            batch.append(await under_way.popleft())
            weight += batch[-1].weight
            begin()
            if weight >= BATCH_WEIGHT or not under_way:
                yield batch
                batch, weight = [], 0
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


def network_fault(batch: Sequence[TakenPoll]) -> str:
    """What to say where no feed of several hosts could be reached; "" where any answered."""
    polls = [item.poll for item in batch if item.poll]
    if any(poll.state.error_code not in NETWORK_CODES for poll in polls):
        return ""
    hosts = {host_of(poll.state.url) for poll in polls}
    if len(hosts) < NETWORK_HOSTS:
        return ""
    return f"none of {len(hosts)} hosts can be reached: is this machine online? ({polls[0].state.error_message})"


def _read_known(settings: Settings) -> _Known:
    Archive(settings.archive).sweep_new()
    with open_tape(settings) as con:
        return _Known(feed_states(con), host_holds(con))


def _store(settings: Settings, archive: WritingArchive, batch: Sequence[TakenPoll]) -> int:
    archive.commit()
    polls = [item.poll for item in batch if item.poll]
    documents = [document for item in batch for document in item.documents]
    if not polls:
        return 0
    with open_tape(settings) as con:
        counts = load_polls(con, polls, documents)
    return dict(counts.added).get("raw.entries", 0)


def _rest(fetcher: Fetcher, holds: Iterable[HostHold], at: datetime) -> None:
    """Sites that asked an earlier run for rest have it in this one."""
    for hold in holds:
        if hold.held_until > at:
            fetcher.hold(hold.host, (hold.held_until - at).total_seconds())


def _not_now(feed: FeedSource, states: dict[str, FeedState], settings: Settings, at: datetime) -> str:
    """Why a feed is not polled in this run, "" where it is."""
    if not settings.contact and (feed.kind == "sec" or is_sec_url(feed.url)):
        return "no_contact"
    state = states.get(feed.feed_id)
    known = state if state and state.url == feed.url else None
    return due(known, at, poll_all=settings.poll_all).reason


def _count(item: TakenPoll) -> FeedCount:
    if item.poll is None:
        return _skipped(item.feed, item.skipped_because, item.message)
    poll = item.poll
    return FeedCount(
        feed_id=poll.state.feed_id,
        outcome=poll.outcome,
        entries=len(poll.entries) + poll.known_entries,
        quarantined=len(poll.issues),
        byte_count=poll.byte_count,
        error_code=poll.state.error_code,
        error_message=poll.state.error_message,
        alarms=tuple(f"{alarm.message} [{alarm.code}]" for alarm in poll.alarms),
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
        alarms=before.alarms + last.alarms,
    )


def _skipped(feed: FeedSource, reason: str, message: str = "") -> FeedCount:
    told = NO_CONTACT if reason == "no_contact" else message
    return FeedCount(feed_id=feed.feed_id, outcome="skipped", error_code=reason, error_message=told)


def _in_order(feeds: Sequence[FeedSource], counts: dict[str, FeedCount]) -> tuple[FeedCount, ...]:
    return tuple(counts[feed.feed_id] for feed in feeds)
