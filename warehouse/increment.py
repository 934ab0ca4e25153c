"""A release that begins with the last one: what was added, what that reaches, and its rows in place of the old ones.

queries/touched.sql follows the rows that were added since (warehouse/sums.py) to the articles, deals, stories, names
and months whose rows may be others now, and puts the rows of core that say so into ``slice``. The view files then run
over the slice as they run over the whole, and what they say of a touched id replaces what the last release said of it.
The result is the whole release, byte for byte.
"""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse import catalog
from warehouse.sums import KEYED, is_same_common, take_added, take_sums

QUERIES = Path(__file__).parent / "queries"
LOST, TOUCHED, MOVED = (QUERIES / f"{name}.sql" for name in ("lost_keys", "touched", "moved_names"))
SCHEMAS = (
    *("slice.touched", "slice.needed", "slice.core", "slice.raw", "slice.mart", "slice.rows", "slice.old"),
    *("named.core", "named.mart"),
)
# Where names are looked up over the slice: what is not sliced is there in full.
SLICE_FIRST = "slice.core,slice.mart,slice.raw,staged.core,warehouse.core,warehouse.raw"
# What a view's rows belong to -> (its column, the touched ids).
FOLLOWED = {
    "article": ("article_id", "articles"),
    "deal": ("deal_id", "deals"),
    "story": ("story_id", "stories"),
    "text": ("found_id", "texts"),
    "name": ("name", "names"),
    "place": ("name", "moved_names"),
    "month": ("published_month", "months"),
    "party": ("name", "parties"),
    "provider": ("provider", "parties"),
}
# Counted over mentions or parties, of which ``named`` holds all that a touched id needs.
COUNTED = ("name", "month", "party", "provider")
SLICED = frozenset(table for tables in KEYED.values() for table in tables) - {
    "core.issues"
}  # of which some are followed
VECTOR = 2048  # rows that DuckDB reads at once
LARGEST_SHARE = 0.05  # of the keys: where more changed, computing the whole is as quick


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What of a followed mart differs from the last release."""

    now: str  # where all rows that differ are known to stand, as they are now
    before: str  # and as they were
    first: Any  # the least value of the mart's first column of order among them, None where none of them has one


def copy_both(last: Path, path: Path, kept: Path, aside: Path) -> bool:
    """Copy the last release's database and what was kept with it; False where there is nothing to copy."""
    if not (last.is_file() and kept.is_file()):
        return False
    with ThreadPoolExecutor() as pool:
        list(pool.map(shutil.copyfile, (last, kept), (path, aside)))
    return True


def find_changes(con: duckdb.DuckDBPyConnection, release_id: str) -> bool:
    """Fill ``slice`` and ``named`` with what was added since that release; False where the whole must be computed."""
    if con.execute("FROM staged.sums.release").fetchall() != [(release_id,)]:
        return False
    last = con.execute("SELECT name, end_row, total FROM staged.sums.tables").fetchall()
    ends = {name: end for name, end, _ in last}
    take_sums(con, "slice", ends)
    if not is_same_common(con, "slice", "staged"):
        return False
    now = dict(con.execute("SELECT name, total_before FROM slice.sums.tables").fetchall())
    if now != {name: total for name, _, total in last}:
        return False
    take_added(con, "slice", ends)
    lost, added, rows = con.execute(LOST.read_text(encoding="utf-8")).fetchall()[0]
    if lost or added > LARGEST_SHARE * rows:
        return False
    for schema in SCHEMAS:
        con.execute(f"CREATE SCHEMA {schema}")
    run(con, TOUCHED)
    add_bodies(con, "slice.touched.changed_articles")
    return True


def find_moved_names(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``slice.touched.moved_names`` and the articles where these stand, by ``core.first_named`` as it is now."""
    run(con, MOVED)
    add_bodies(con, "slice.needed.places")


def run(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Run the statements of a file."""
    for statement in con.extract_statements(path.read_text(encoding="utf-8")):
        con.execute(statement)


def add_bodies(con: duckdb.DuckDBPyConnection, ids: str) -> None:
    """Fill the bodies of the articles in the slice whose ids the table has."""
    # Only a range of numbers that stand in the query keeps DuckDB from reading the bodies of all the other rows.
    blocks = con.execute(
        f"SELECT DISTINCT rowid // {VECTOR} FROM warehouse.core.articles WHERE article_id IN (FROM {ids}) ORDER BY ALL"
    ).fetchall()
    for (block,) in blocks:
        con.execute(
            "UPDATE slice.core.articles AS kept SET body = read.body FROM ("
            "SELECT article_id, reader_version, body FROM warehouse.core.articles "
            f"WHERE rowid BETWEEN {block * VECTOR} AND {(block + 1) * VECTOR - 1} "
            f"AND article_id IN (FROM {ids})) AS read "
            "WHERE kept.article_id = read.article_id AND kept.reader_version = read.reader_version"
        )


def replace_rows(con: duckdb.DuckDBPyConnection, view: catalog.Table, table: str, rows: str) -> None:
    """Put the rows of touched ids in the place of those that the table has of them."""
    touched = f"WHERE {touched_sql(view)}"
    con.execute(f"DELETE FROM {table} {touched}")
    con.execute(f"INSERT INTO {table} SELECT * FROM {rows} {touched}")


def replace_told_rows(con: duckdb.DuckDBPyConnection, mart: catalog.Table, table: str, rows: str) -> Change | None:
    """Do the same to what readers are told; None, and nothing is done, where the rows are the same."""
    kept = f"slice.old.{mart.short_name}"
    con.execute(f"CREATE TABLE {kept} AS SELECT rowid AS old_rowid, * FROM {table} WHERE {touched_sql(mart)}")
    now, before = f"(FROM {rows} WHERE {touched_sql(mart)})", f"(SELECT * EXCLUDE (old_rowid) FROM {kept})"
    differing = f"(FROM {now} EXCEPT ALL FROM {before}) UNION ALL (FROM {before} EXCEPT ALL FROM {now})"
    count, first = con.execute(f"SELECT count(*), min({mart.sort[0]}) FROM ({differing})").fetchall()[0]
    if not count:
        return None
    con.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT old_rowid FROM {kept})")
    con.execute(f"INSERT INTO {table} FROM {now}")
    return Change(now=now, before=before, first=first)


def touched_sql(view: catalog.Table) -> str:
    """The condition that a row of the view is of a touched id."""
    column, ids = FOLLOWED[view.follows]
    return f"{column} IN (FROM slice.touched.{ids})"


def keep_sums(con: duckdb.DuckDBPyConnection) -> None:
    """The sums of now take the place of those of the last release."""
    for table in ("tables", "common", "rules"):
        con.execute(f"CREATE OR REPLACE TABLE staged.sums.{table} AS FROM slice.sums.{table}")
