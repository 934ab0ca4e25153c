"""The tape of any version of the reader as the marts would show it; accepting and discarding a version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import duckdb

from extractors.records import TapeDeal
from warehouse import catalog
from warehouse.connection import roll_back, transaction
from warehouse.load import accept_version
from warehouse.pending import select
from warehouse.slots import SEPARATOR, SLOTS, value_text

Connection = duckdb.DuckDBPyConnection
END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
TEXTS = ("type", "status", "focus")  # columns of mart.deals that are compared as they are


@contextmanager
def shown_as(con: Connection, reader_version: str) -> Iterator[None]:
    """Inside, the marts show this version; afterwards all is as before."""
    con.execute("BEGIN")
    try:
        accept_version(con, reader_version, by="", reason="a look", at=END_OF_TIME)
        yield
    finally:
        roll_back(con)


def tape_deals(con: Connection) -> list[TapeDeal]:
    """Every deal that the marts show, by deal_id."""
    articles: dict[str, set[str]] = defaultdict(set)
    for row in select(con, "SELECT DISTINCT deal_id, article_id FROM mart.deal_evidence WHERE article_id IS NOT NULL"):
        articles[row["deal_id"]].add(row["article_id"])
    parties: dict[str, set[str]] = defaultdict(set)
    for row in select(con, "SELECT deal_id, name FROM mart.deal_parties"):
        parties[row["deal_id"]].add(row["name"])
    return [
        TapeDeal(
            deal_id=row["deal_id"],
            slots=tuple(slot_texts(row)),
            parties=frozenset(parties[row["deal_id"]]),
            articles=frozenset(articles[row["deal_id"]]),
            is_in_totals=row["is_in_totals"],
            amount_usd=row["amount_usd"],
            power_mw=row["power_mw"],
            accelerator_count=row["accelerator_count"],
        )
        for row in select(con, "SELECT * FROM mart.deals ORDER BY deal_id")
    ]


def slot_texts(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(slot, its value for reading) of a row of mart.deals, without those that are not filled."""
    columns = defaultdict(lambda: None, row)
    for slot in TEXTS:
        if row[slot]:
            yield slot, row[slot]
    if row["parties"]:
        yield "parties", SEPARATOR.join(sorted(row["parties"].split(SEPARATOR)))  # their order means nothing
    for slot in SLOTS:
        if text := value_text(slot, columns):
            yield slot, text
    if row["locations"]:
        yield "locations", row["locations"]


def read_articles(con: Connection, reader_version: str) -> frozenset[str]:
    """article_id of all that this version has read."""
    found = con.execute("SELECT article_id FROM core.articles WHERE reader_version = ?", [reader_version]).fetchall()
    return frozenset(article_id for (article_id,) in found)


def was_accepted(con: Connection, reader_version: str) -> bool:
    """Whether the tape was ever kept by this version."""
    found = con.execute("SELECT 1 FROM core.reader_versions WHERE reader_version = ?", [reader_version]).fetchone()
    return found is not None


def accept(con: Connection, reader_version: str, *, by: str, reason: str, at: datetime) -> None:
    """From now on the tape is kept by this version."""
    with transaction(con):
        accept_version(con, reader_version, by=by, reason=reason, at=at)


def discard(con: Connection, reader_version: str) -> int:
    """Remove what a version that was never accepted has read and resolved; gives the number of its articles.

    Nobody was ever shown it. What the tape was once kept by stays for ever.
    """
    if was_accepted(con, reader_version):
        return 0
    with transaction(con):
        count = len(read_articles(con, reader_version))
        claims = "SELECT deal_mention_id FROM core.deal_mentions WHERE reader_version = ?"
        for table in ("core.deal_mention_parties", "core.slot_evidence"):
            con.execute(f"DELETE FROM {table} WHERE deal_mention_id IN ({claims})", [reader_version])
        for table in versioned_tables(con):
            con.execute(f"DELETE FROM {table} WHERE reader_version = ?", [reader_version])
    return count


def versioned_tables(con: Connection) -> list[str]:
    """The tables of core whose rows belong to a version of the reader."""
    found = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_columns() "
        "WHERE database_name = current_database() AND schema_name = 'core' AND column_name = 'reader_version'"
    ).fetchall()
    tables = {table.name for table in catalog.load().tables}
    return sorted(name for (name,) in found if name in tables)
