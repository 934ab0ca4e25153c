"""Pages: retrieve the articles behind the entries. What fails is written down and tried again by the next run."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.records import PageFailure, RawDocument
from flows.clock import now
from flows.failpoints import pass_failpoint
from flows.items import has_page
from flows.log import event
from flows.retrieve import Fetcher, Limits, RetrieveError, Robots
from flows.retrieve.masking import masked
from flows.settings import Settings
from flows.tape import open_tape
from warehouse.archive import Archive
from warehouse.load import load_documents
from warehouse.pending import PendingPage, entries_without_page

BATCH = 40  # pages stored in one transaction
READABLE = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCounts:
    """What became of the pages."""

    retrieved: int = 0
    failed: int = 0
    left_for_next_run: int = 0


async def collect_pages(settings: Settings, fetcher: Fetcher) -> PageCounts:
    """Retrieves the pages that are missing, oldest first, as many as one run may."""
    pending = [page for page in await asyncio.to_thread(_pending, settings) if has_page(page.url)]
    wanted = pending[: settings.max_pages_per_run]
    archive = Archive(settings.archive)
    limits = Limits.for_pages(settings)
    robots = Robots(fetcher, settings)
    retrieved = failed = waiting = 0
    for start in range(0, len(wanted), BATCH):
        pages = wanted[start : start + BATCH]
        results = await asyncio.gather(*(_retrieve(fetcher, robots, page, archive, limits) for page in pages))
        pass_failpoint("pages_retrieved")
        left = results.count(None)
        documents = [result for result in results if isinstance(result, RawDocument)]
        failures = [result for result in results if isinstance(result, PageFailure)]
        await asyncio.to_thread(_store, settings, documents, failures)
        pass_failpoint("pages_loaded")
        for page in documents:
            event("page_retrieved", feed_id=page.feed_id, item_id=page.item_id, document_id=page.document_id)
        for miss in failures:
            event("page_failed", item_id=miss.item_id, error_code=miss.error_code, error_message=miss.error_message)
        retrieved += len(documents)
        failed += len(failures)
        waiting += left
    left_for_next_run = len(pending) - len(wanted) + waiting
    return PageCounts(retrieved=retrieved, failed=failed, left_for_next_run=left_for_next_run)


def _pending(settings: Settings) -> list[PendingPage]:
    with open_tape(settings) as con:
        return entries_without_page(con, max_attempts=settings.max_page_attempts)


def _store(settings: Settings, documents: Sequence[RawDocument], failures: Sequence[PageFailure]) -> None:
    with open_tape(settings) as con:
        load_documents(con, documents, failures)


async def _retrieve(
    fetcher: Fetcher, robots: Robots, page: PendingPage, archive: Archive, limits: Limits
) -> RawDocument | PageFailure | None:
    """The page's document, what went wrong with it, or None where its site asked for rest: a later run asks."""
    try:
        delay_seconds = await robots.delay_for(page.url)
        answer = await fetcher.get(page.url, limits, delay_seconds=delay_seconds)
    except RetrieveError as error:
        if error.code == "host_held":
            return None
        return _failure(page, error.code, error.message)
    media_type = answer.content_type.partition(";")[0].strip().lower()
    if media_type and media_type not in READABLE:
        return _failure(page, "not_a_page", f"{masked(page.url)}: {media_type[:60]} is no page with an article")
    if not answer.body.strip():
        return _failure(page, "empty_body", f"{masked(page.url)}: the page is empty")
    return RawDocument(
        document_id=await asyncio.to_thread(archive.put, answer.body),
        item_id=page.item_id,
        kind="page",
        url=answer.final_url,
        content_type=answer.content_type,
        byte_count=len(answer.body),
        retrieved_at=now(),
        feed_id=page.feed_id,
        entry_id=page.entry_id,
        title=page.title,
        publisher=page.publisher,
        published_at=page.published_at,
    )


def _failure(page: PendingPage, code: str, message: str) -> PageFailure:
    return PageFailure(item_id=page.item_id, url=page.url, attempted_at=now(), error_code=code, error_message=message)
