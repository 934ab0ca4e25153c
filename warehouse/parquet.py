"""A mart as one flat, sorted Parquet file: the same rows give the same bytes, written whole or from a change on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from warehouse import catalog, marts, row_groups
from warehouse.connection import literal
from warehouse.increment import Change
from warehouse.serving import columns_of

ROW_GROUP = 122_880  # rows of each row group but the last
DICTIONARY = 4096  # distinct values of a column's row group: columns of ids are larger and slower to write with one


def write_mart(con: duckdb.DuckDBPyConnection, mart: catalog.Table, path: Path) -> None:
    """Write the table of a mart, whose rows stand in their order."""
    write(con, mart, f"published.{mart.name}", path)


def write_changed(con: duckdb.DuckDBPyConnection, mart: catalog.Table, path: Path, last: Path, change: Change) -> None:
    """Write the table of a followed mart: the row groups of its ``last`` file before the first change, then the rest.

    The connection is the caller's alone: a temporary table ``rest`` stays in it.
    """
    table, by = f"published.{mart.name}", mart.sort[0]
    order = f"ORDER BY {marts.order_sql(mart.sort)}"
    unchanged, rows = con.execute(
        f"SELECT count(*) FILTER (coalesce({by} < ?, {by} IS NOT NULL)), count(*) FROM {table}", [change.first]
    ).fetchall()[0]
    count = unchanged // ROW_GROUP
    if unchanged < max(ROW_GROUP, rows / 2):  # to sort all as it is written is quicker
        write(con, mart, f"{table} {order}", path)
        return
    value, passed = value_at(con, table, by, count * ROW_GROUP)
    # A table of its own, for where its row groups end must not depend on where the rows stood before.
    con.execute(
        f"CREATE TEMP TABLE rest AS FROM {table} WHERE coalesce({by} >= ?, {by} IS NULL) {order} OFFSET {passed}",
        [value],
    )
    rest = path.with_suffix(".rest")
    write(con, mart, "rest", rest)
    row_groups.join(last, count, rest, path)
    rest.unlink()


def value_at(con: duckdb.DuckDBPyConnection, table: str, by: str, place: int) -> tuple[Any, int]:
    """The value of a column in that place of its order, counted from 0, and how many of its rows stand before."""
    return con.execute(
        f"SELECT value, {place} - passed FROM ("
        f"SELECT {by} AS value, sum(count(*)) OVER (ORDER BY {by} NULLS LAST) - count(*) AS passed "
        f"FROM {table} GROUP BY {by}) WHERE passed <= {place} ORDER BY passed DESC LIMIT 1"
    ).fetchall()[0]


def write(con: duckdb.DuckDBPyConnection, mart: catalog.Table, rows: str, path: Path) -> None:
    """Write what ``FROM rows`` gives, in one thread, else its row groups depend on who was faster."""
    columns = columns_of(con, f"FROM {rows}")
    facts = {
        "schema_version": catalog.load().schema_version,
        "generator": "gigawire",
        "description": mart.comment,
        "columns": json.dumps({column.name: column.comment for column in columns}),
    }
    metadata = ", ".join(f"{name}: {literal(text)}" for name, text in facts.items())
    con.execute(
        f"COPY (FROM {rows}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
        f"DICTIONARY_SIZE_LIMIT {DICTIONARY}, ROW_GROUP_SIZE {ROW_GROUP}, WRITE_BLOOM_FILTER false, "
        f"KV_METADATA {{{metadata}}})"
    )
