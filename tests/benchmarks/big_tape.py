"""A made-up tape of any size, written by SQL straight into the tables of the warehouse: what a run would have loaded.

Every claim stands in its article with its spans, so that all checks hold. The same size gives the same rows.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.connection import open_writer
from warehouse.publish import publish

SQL = Path(__file__).with_name("big_tape.sql")
READER = "bench-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many rows; mentions are ten an article, deals one in five articles."""

    articles: int

    @property
    def mentions(self) -> int:
        """Names and quantities in the articles."""
        return self.articles * 10

    @property
    def deals(self) -> int:
        """Deals; about half of them are told of twice, a quarter is changed by that."""
        return self.articles // 5


def asked_size() -> Size:
    """1,000,000 articles, or as GIGAWIRE_BENCH_ARTICLES says."""
    return Size(articles=int(os.environ.get("GIGAWIRE_BENCH_ARTICLES", "1000000")))


def fill(con: duckdb.DuckDBPyConnection, size: Size) -> None:
    """Fill the empty tables of the writer's connection in one transaction."""
    con.execute("SET VARIABLE articles_count = ?", [size.articles])
    con.execute("SET VARIABLE deals_count = ?", [size.deals])
    con.execute("SET VARIABLE paragraphs_count = ?", [min(20_000, max(10, size.articles // 10))])
    con.execute("SET VARIABLE reader_version = ?", [READER])
    con.execute("SET preserve_insertion_order = false")
    con.execute("BEGIN")
    for statement in con.extract_statements(SQL.read_text(encoding="utf-8")):
        con.execute(statement)
    con.execute("COMMIT")
    con.execute("CHECKPOINT")
    con.execute("RESET preserve_insertion_order")


def make(folder: Path, size: Size) -> Path:
    """The warehouse file of that size in the folder; one that is there already is taken as it is."""
    path = folder / "warehouse.duckdb"
    if not path.exists():
        with open_writer(path) as con:
            fill(con, size)
    return path


def release(folder: Path, size: Size) -> Path:
    """The published file over a tape of that size in the folder; one that is there already is taken as it is."""
    published = folder / "published.duckdb"
    if not published.exists():
        with open_writer(make(folder, size)) as con:
            publish(con, folder)
    return published
