"""Backfill: articles of the past onto the tape, without an alert. Killed at any place and called again, it goes on.

What is done is seen from the tables: a document that is kept is not imported again, one that is read is not read again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from extractors.records import Entry, RawDocument
from flows.alerts.watchlists import load_watchlists
from flows.alone import alone
from flows.clock import now
from flows.failpoints import pass_failpoint
from flows.items import entry_document, seen_entries
from flows.settings import Settings
from flows.steps.alerts import look
from flows.steps.counts import Read
from flows.steps.inbox import add_documents
from flows.steps.read import read_documents, resolve
from flows.steps.space import require_space
from flows.tape import open_tape
from warehouse.archive import WritingArchive
from warehouse.load import load_documents

PARTITION = 500  # articles imported in one transaction
TEXTS = {".html", ".htm", ".txt", ".md"}
Progress = Callable[[str, int, int], None]  # what, done, of how many (0: not known)


class BackfillError(Exception):
    """The source of a backfill cannot be read; the message says the way out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to take: a source of articles, and which documents of the archive to read. Days are inclusive."""

    source: Path | None = None  # a folder of texts and pages, a .jsonl, a .parquet; None: what the archive holds
    feed_id: str = ""
    since: date | None = None
    until: date | None = None

    def has_day(self, moment: datetime | None) -> bool:
        """Whether it lies in the range; what is undated lies in no range."""
        if self.since is None and self.until is None:
            return True
        day = moment.astimezone(UTC).date() if moment else None
        return day is not None and (self.since or day) <= day <= (self.until or day)

    def has_document(self, raw: RawDocument) -> bool:
        """Whether the document is to be read."""
        return (not self.feed_id or raw.feed_id == self.feed_id) and self.has_day(raw.published_at or raw.retrieved_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfilled:
    """What a backfill did."""

    imported: int
    complaints: tuple[str, ...]  # a line for each article that could not be taken
    read: Read


def backfill(settings: Settings, wanted: Wanted, tell: Progress = lambda *_: None) -> Backfilled:
    """Imports the source, reads what is not read yet, resolves it; the next publish shows it. Raises BackfillError."""
    require_space(settings)
    lists = load_watchlists(settings.watchlists)
    look(settings, lists)  # what came before still is news
    with _silence(settings):
        imported, complaints = _import(settings, wanted, tell) if wanted.source else (0, [])
        pass_failpoint("backfill_imported")
        read = read_documents(settings, wanted=wanted.has_document, tell=lambda done, of: tell("read", done, of))
        tell("resolve", 0, 0)
        read = read.plus(resolve(settings))
        look(settings, lists, silent="backfill")
    return Backfilled(imported=imported, complaints=tuple(complaints), read=read)


@contextmanager
def _silence(settings: Settings) -> Iterator[None]:
    """A file held while a backfill lives; one that nobody holds is of a killed one (see flows/steps/alerts.py)."""
    with alone(settings.backfill_mark) as is_alone:
        if not is_alone:
            raise BackfillError(f"another backfill of {settings.data_dir} is under way: wait until it ends")
        yield
        settings.backfill_mark.unlink(missing_ok=True)


def _import(settings: Settings, wanted: Wanted, tell: Progress) -> tuple[int, list[str]]:
    """The articles of the source as documents, a partition a transaction; how many are new, and complaints."""
    source, complaints, imported = wanted.source, [], 0
    assert source is not None
    if source.is_dir():
        return _import_folder(settings, source, tell)
    done = 0
    for partition in _partitions(_rows(source)):
        archive = WritingArchive(settings.archive)
        documents = []
        for number, row in partition:
            try:
                raw = document_of(row, archive, settings.max_page_bytes, at=now())
            except ValueError as error:
                complaints.append(f"{source}: article {number}: {error}")
                continue
            if wanted.has_day(raw.published_at):
                documents.append(raw)
        archive.commit()
        with open_tape(settings) as con:
            imported += load_documents(con, documents, []).total
        done += len(partition)
        tell("import", done, 0)
        pass_failpoint("backfill_partition")
    return imported, complaints


def _import_folder(settings: Settings, folder: Path, tell: Progress) -> tuple[int, list[str]]:
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in TEXTS)
    added = []
    for start in range(0, len(files), PARTITION):
        some = [str(path) for path in files[start : start + PARTITION]]
        added += asyncio.run(add_documents(settings, some))
        tell("import", len(added), len(files))
        pass_failpoint("backfill_partition")
    return sum(one.is_new for one in added), [f"{one.name}: {one.error}" for one in added if one.error]


def document_of(row: dict[str, Any], archive: WritingArchive, max_bytes: int, *, at: datetime) -> RawDocument:
    """An article (title, body, published, publisher, url) as the document of an entry. Raises ValueError."""
    title, body = str(row.get("title") or "").strip(), str(row.get("body") or "").strip()
    if not title:
        raise ValueError("it has no title")
    if len(body) > max_bytes:
        raise ValueError(f"its body is larger than {max_bytes:,} characters")
    told = Entry(
        entry_id=str(row.get("id") or ""),
        title=title,
        link=str(row.get("url") or ""),
        content=body,
        published_at=moment_of(row.get("published")),
        publisher=str(row.get("publisher") or ""),
    )
    (seen,) = seen_entries([told])
    data = entry_document(seen)
    return RawDocument(
        document_id=archive.put(data),
        item_id=seen.item_id,
        kind="entry",
        url=seen.canonical_url,
        content_type="application/json",
        byte_count=len(data),
        retrieved_at=at,
        title=title,
        publisher=told.publisher,
        published_at=told.published_at,
    )


def moment_of(told: Any) -> datetime | None:
    """A day or time as a dump tells it, in UTC where it names no zone. Raises ValueError.

    >>> moment_of("2026-03-02T09:00:00Z").isoformat(), moment_of("2026-03-02").isoformat(), moment_of("")
    ('2026-03-02T09:00:00+00:00', '2026-03-02T00:00:00+00:00', None)
    """
    if not told:
        return None
    moment = told if isinstance(told, datetime) else datetime.fromisoformat(str(told))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _rows(source: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(number, article) of a dump. Raises BackfillError for a file that is none."""
    try:
        if source.suffix == ".parquet":
            import pyarrow.parquet

            with pyarrow.parquet.ParquetFile(source) as file:
                rows = chain.from_iterable(batch.to_pylist() for batch in file.iter_batches(PARTITION))
                yield from enumerate(rows, 1)
            return
        with source.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    yield number, row if isinstance(row, dict) else {}
    except (OSError, ValueError) as error:
        raise BackfillError(f"{source} cannot be read as JSON lines, Parquet or a folder of texts: {error}") from error


def _partitions(rows: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    partition = []
    for row in rows:
        partition.append(row)
        if len(partition) == PARTITION:
            yield partition
            partition = []
    if partition:
        yield partition
