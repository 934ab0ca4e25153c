"""One poll of one feed: asked, its bytes kept, its entries read. What goes wrong with it touches no other."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from extractors.errors import NotAFeedError
from extractors.feeds import parse_feed
from extractors.records import FeedPoll, FeedState, HostHold, Issue, ParsedFeed, RawDocument, SeenEntry
from flows.clock import now
from flows.feeds import FeedSource
from flows.items import entry_document, seen_entries
from flows.parse_child import CostlyError, is_ordinary, within_limits
from flows.polling.outcome import Body, Poller
from flows.retrieve import Fetcher, Limits, Retrieved, RetrieveError
from flows.retrieve.masking import masked
from warehouse.archive import Archive
from warehouse.errors import WarehouseDamagedError

NOT_ASKED = {"host_held", "no_contact"}  # the feed was not called, so the poll says nothing of it
HELD_FROM_SECONDS = 10.0  # shorter rests are over before the next run
# Threads of their own: what is costly to parse keeps other bodies waiting, never a name to be resolved or the store.
READERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="read-body")


@dataclass(frozen=True, slots=True)
class TakenPoll:
    """A poll with the texts of its entries, ready to be stored; without a poll where the feed was not asked."""

    feed: FeedSource
    poll: FeedPoll | None
    documents: tuple[RawDocument, ...] = ()
    skipped_because: str = ""  # a code, where the feed was not asked
    message: str = ""

    @property
    def weight(self) -> int:
        """How much there is to store."""
        return 1 + (len(self.poll.entries) if self.poll else 0)


async def poll_feed(
    fetcher: Fetcher,
    feed: FeedSource,
    state: FeedState | None,
    archive: Archive,
    limits: Limits,
    taken_urls: Collection[str],
) -> TakenPoll:
    """Polls a feed. ``taken_urls`` are the addresses of all feeds."""
    poller = Poller(feed=feed, before=state_to_go_on_from(feed, state), taken_urls=taken_urls)
    etag, last_modified = poller.validators(now())
    try:
        answer = await fetcher.get(poller.url, limits, etag=etag, last_modified=last_modified)
    except RetrieveError as error:
        at = now()
        if error.code in NOT_ASKED:
            return TakenPoll(feed, None, skipped_because=error.code, message=error.message)
        return TakenPoll(feed, poller.failed(error, at, hold=hold_of(error, at)))
    at = now()
    if answer.status != 304:
        return await asyncio.get_running_loop().run_in_executor(READERS, take, poller, answer, archive, at)
    if etag or last_modified:
        return TakenPoll(feed, poller.unchanged(answer, at))
    unasked = RetrieveError("unexpected_304", f"{masked(feed.url)}: 304 to a request without conditions", status=304)
    return TakenPoll(feed, poller.failed(unasked, at))


def state_to_go_on_from(feed: FeedSource, state: FeedState | None) -> FeedState:
    """What was known of the feed; nothing where its address was changed: another server's validators mean nothing."""
    if state is None or state.url != feed.url:
        return FeedState(feed_id=feed.feed_id, url=feed.url)
    return state


def hold_of(error: RetrieveError, at: datetime) -> HostHold | None:
    """The rest that a site asked for, where it lasts beyond this run."""
    if not error.site or not error.rest_seconds or error.rest_seconds < HELD_FROM_SECONDS:
        return None
    until = at + timedelta(seconds=error.rest_seconds)
    return HostHold(host=error.site, held_until=until, reason=f"answered {error.status}")


def take(poller: Poller, answer: Retrieved, archive: Archive, at: datetime) -> TakenPoll:
    """The poll that a body makes: new, unchanged (as its hash tells) or failed. Its bytes are kept in any case."""
    feed, before = poller.feed, poller.before
    content_hash = archive.put(answer.body)
    if content_hash == before.content_hash and not before.error_code:
        return TakenPoll(feed, poller.unchanged(answer, at))
    try:
        body = read_body(feed, before, answer, archive, content_hash)
    except (NotAFeedError, CostlyError) as refusal:
        error = RetrieveError(*_reason(refusal))
        failed = poller.failed(error, at, answer=answer, body_hash=content_hash)
        return TakenPoll(feed, replace(failed, state=failed.state._replace(last_status_code=answer.status)))
    poll = poller.new(answer, body, at)
    return TakenPoll(feed, poll, tuple(document(feed, seen, archive, at) for seen in body.entries))


def _reason(refusal: NotAFeedError | CostlyError) -> tuple[str, str]:
    """(code, message) of a body that was not taken."""
    return (refusal.code, refusal.message) if isinstance(refusal, NotAFeedError) else ("too_costly", str(refusal))


def _parsed(body: bytes, answer: Retrieved, *, before: bytes = b"") -> ParsedFeed:
    """The feed, within a time. Raises NotAFeedError, CostlyError."""
    is_usual = is_ordinary(body) and is_ordinary(before)
    told = {"url": answer.final_url, "content_type": answer.content_type, "before": before}
    return within_limits(parse_feed, body, is_usual=is_usual, **told)


def read_body(feed: FeedSource, before: FeedState, answer: Retrieved, archive: Archive, content_hash: str) -> Body:
    """The feed in an answer, without the entries that the body before had. Raises NotAFeedError, CostlyError."""
    earlier = earlier_body(archive, before.content_hash)
    parsed = _parsed(answer.body, answer, before=earlier)
    entries = seen_entries(parsed.entries, publisher=feed.publisher, feed_title=parsed.title)
    known_count, is_gap = parsed.known_count, False
    if earlier and not known_count:
        had = entries_of(feed, earlier, answer)
        versions, items = {(seen.item_id, seen.version_hash) for seen in had}, {seen.item_id for seen in had}
        is_gap = bool(had and entries) and not any(seen.item_id in items for seen in entries)
        fresh = tuple(seen for seen in entries if (seen.item_id, seen.version_hash) not in versions)
        entries, known_count = fresh, len(entries) - len(fresh)
    return Body(
        parsed=parsed,
        content_hash=content_hash,
        entries=entries,
        known_count=known_count,
        is_gap=is_gap,
        issues=tuple(of_feed(issue, feed) for issue in parsed.issues),
    )


def earlier_body(archive: Archive, content_hash: str) -> bytes:
    """The body of the poll before, b"" where there was none or where it is not kept any more."""
    try:
        return archive.get(content_hash) if content_hash else b""
    except (KeyError, OSError, WarehouseDamagedError):
        return b""


def entries_of(feed: FeedSource, body: bytes, answer: Retrieved) -> tuple[SeenEntry, ...]:
    """The entries of an earlier body."""
    try:
        parsed = _parsed(body, answer)
    except (NotAFeedError, CostlyError):
        return ()
    return seen_entries(parsed.entries, publisher=feed.publisher, feed_title=parsed.title)


def document(feed: FeedSource, seen: SeenEntry, archive: Archive, at: datetime) -> RawDocument:
    """An entry's own text as a document, its bytes in the archive."""
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


def of_feed(issue: Issue, feed: FeedSource) -> Issue:
    """The issue with the feed as its subject where it names none."""
    return issue if issue.subject_id else replace(issue, subject_id=feed.feed_id)
