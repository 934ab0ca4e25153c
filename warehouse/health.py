"""How the warehouse is: freshness, volume, quality and lag by feed and stage. Nothing is written, nothing migrated.

No mart, for what is published depends on the news alone and not on when we looked (docs/decisions/0002).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connection import (
    NO_EXTENSIONS,
    RETRY_SECONDS,
    literal,
    open_writer,
    version_errors,
    writer_lock,
)
from warehouse.lake import is_lake
from warehouse.migrations import applied_migrations, known_migrations
from warehouse.pending import entries_without_page, query_sql, select, select_file

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """One feed. Counts are of entries first seen in the last day and the last seven."""

    feed_id: str
    health: str  # well, failing, dormant, gone
    error_code: str  # "" after a good poll
    alarm_codes: str  # "" where all is as usual; else joined by "; "
    consecutive_failures: int
    last_polled_at: datetime | None
    next_poll_at: datetime | None
    last_new_entry_at: datetime | None
    day_count: int
    week_count: int
    usual_per_day: float
    lag_seconds: float | None  # median from publication to when we saw it, of the last seven days
    undated_share: float | None  # 0..1, of all its entries
    truncated_share: float | None  # 0..1, of all its entries


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLag:
    """What waits for a stage."""

    stage: str  # pages, read, alerts
    waiting_count: int
    oldest_at: datetime | None  # what waits longest came then; None where nothing waits or nothing is dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The whole of it at one moment."""

    feeds: tuple[FeedHealth, ...]
    stages: tuple[StageLag, ...]
    reader_version: str  # the one that keeps the tape, "" before anything was resolved


def measure(
    con: Connection, now: datetime, *, max_page_attempts: int = 5, has_page: Callable[[str], bool] = bool
) -> Health:
    """The health of an open warehouse of this schema. ``has_page``: whether an address is ever retrieved."""
    pages = [page for page in entries_without_page(con, max_attempts=max_page_attempts) if has_page(page.url)]
    kept = select(con, "SELECT reader_version FROM core.current_reader_version")
    version = kept[0]["reader_version"] if kept else ""
    return Health(
        feeds=tuple(FeedHealth(**row) for row in select_file(con, "feed_health", {"now": now})),
        stages=(
            StageLag(
                stage="pages",
                waiting_count=len(pages),
                oldest_at=min((page.published_at for page in pages if page.published_at), default=None),
            ),
            stage(con, "read", "documents_to_read", "retrieved_at", {"reader_version": version}),
            stage(con, "alerts", "pending_messages", "last_attempt_at", {}),
        ),
        reader_version=version,
    )


def stage(con: Connection, name: str, query: str, time: str, parameters: dict[str, Any]) -> StageLag:
    """What the work list of a stage holds."""
    counted = f"SELECT count(*) AS waiting_count, min({time}) AS oldest_at FROM (\n{query_sql(query)}\n)"
    return StageLag(stage=name, **select(con, counted, parameters)[0])


@contextmanager
def open_observer(where: Path | str, *, wait_seconds: float = 10) -> Iterator[tuple[Connection, int]]:
    """The warehouse to be looked at, as it is, and how many migrations the next run will apply (0: of this schema).

    Raises WarehouseLockedError where a writer has it, WarehouseVersionError, WarehouseDamagedError.
    """
    if is_lake(where):
        with open_writer(where, wait_seconds=wait_seconds) as con:
            yield con, 0
        return
    path = Path(where)
    with writer_lock(path.with_name(path.name + ".lock"), max(1, round(wait_seconds / RETRY_SECONDS))):
        con = duckdb.connect(config=dict(NO_EXTENSIONS))
        try:
            con.execute("SET TimeZone = 'UTC'")
            with version_errors(path):
                con.execute(f"ATTACH {literal(str(path))} AS warehouse (READ_ONLY)")
            con.execute("USE warehouse")
            yield con, len(known_migrations()) - len(applied_migrations(con))
        finally:
            con.close()
