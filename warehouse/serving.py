"""published.duckdb: every mart computed once into a table, sorted, in published types, with its comments.

While it is being built, ``core.current_…`` are tables too, and a mart that reads another mart reads the table: each
view file is run once a release, however many marts, checks and files read it. Of a large tape those tables of core stay
beside the releases, and the next release computes only what follows from changed rows (warehouse/increment.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import catalog, increment, macros, marts, views
from warehouse.archive import sync_folder
from warehouse.connection import STORAGE_VERSION, literal, roll_back
from warehouse.increment import Change
from warehouse.sums import take_sums

DATABASE = "published.duckdb"
KEPT = ".staged.duckdb"  # in the data folder: tables of core and sums as of the current release
READ_FIRST = "staged.core,staged.mart,warehouse.core,warehouse.raw"  # where a name is looked up, in this order
DATABASES = ("slice", "named", "staged", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """How the tables came about, and where the next release begins."""

    changes: Mapping[str, Change | None]  # followed mart -> what differs from the last release, None where nothing does
    changed_first: str  # where a check that holds article by article looks names up: what changed, or all
    aside: Path | None  # the tables of core to be kept once the release is shown


@contextmanager
def serving_tables(
    con: duckdb.DuckDBPyConnection, path: Path, data_dir: Path, *, last: Path | None = None, keeps: bool = False
) -> Iterator[Served]:
    """The marts as tables of a new database file, found under their own names while the block runs.

    Inside, ``mart.deals`` is the table (figures as exact as in the view), ``core.current_articles`` a table. ``last``
    is the database of the current release where the new one may begin with it; ``keeps`` keeps what that takes.
    """
    aside = data_dir / ".aside-staged.duckdb" if keeps else None
    try:
        con.execute("SET checkpoint_threshold = '1TB'")  # one when all is there: each writes and waits for the disk
        changes = build_increment(con, path, last, aside) if last and aside else None
        con.execute("RESET checkpoint_threshold")  # of a whole release it would be too much to write at once
        if changes is None:
            build_whole(con, path, aside)
        con.execute(f"SET search_path = {literal(READ_FIRST)}")
        yield Served(
            changes=changes or {},
            changed_first=READ_FIRST if changes is None else increment.SLICE_FIRST,
            aside=aside,
        )
    except BaseException:
        roll_back(con)
        raise
    finally:
        detach(con)
        con.execute("RESET checkpoint_threshold")


def build_whole(con: duckdb.DuckDBPyConnection, path: Path, aside: Path | None) -> None:
    """Attach and fill ``published`` and ``staged`` with all views of the catalog, in its order."""
    attach(con, "published", path)
    attach(con, "staged", aside)
    for schema in ("published.mart", "staged.core", "staged.mart"):
        con.execute(f"CREATE SCHEMA {schema}")
    if aside:
        take_sums(con, "staged")
    con.execute(f"SET search_path = {literal(READ_FIRST)}")
    for view in catalog.load().views:
        build_mart(con, view) if view.schema == "mart" else build_staged(con, view)
    con.execute("SET search_path = 'published.mart'")  # over views a parameter shadows the columns of its name
    macros.create_macros(con, "published")
    con.execute("CHECKPOINT published")


def build_increment(
    con: duckdb.DuckDBPyConnection, path: Path, last: Path, aside: Path
) -> dict[str, Change | None] | None:
    """Attach and fill the same from the last release and what changed since; gives how the followed marts differ.

    None, with nothing attached, where the last release is no place to begin.
    """
    if not increment.copy_both(last, path, aside.with_name(KEPT), aside):
        return None
    attach(con, "published", path)
    attach(con, "staged", aside)
    for database in ("slice", "named"):
        attach(con, database, None)
    if increment.find_changes(con, last.parent.name):
        changes: dict[str, Change | None] = {}
        if all(follow(con, view, changes) for view in catalog.load().views):
            increment.keep_sums(con)
            con.execute("CHECKPOINT published")
            return changes
    detach(con)
    for copy in (path, aside):
        copy.unlink()
    return None


def follow(con: duckdb.DuckDBPyConnection, view: catalog.Table, changes: dict[str, Change | None]) -> bool:
    """Bring a view up to date and note how a followed mart differs; False where it turned and decides over all."""
    if view.schema == "mart" and not view.follows:
        con.execute(f"SET search_path = {literal(READ_FIRST)}")
        build_mart(con, view)
    elif view.follows in increment.COUNTED:
        con.execute(f"SET search_path = {literal('named.core,named.mart,' + READ_FIRST)}")
        build_slice(con, view, changes, "named")
    elif view.follows == "all":
        con.execute(f"SET search_path = {literal(READ_FIRST)}")
        before = con.execute(f"FROM staged.{view.name}").fetchall()
        return con.execute(views.view_sql(view.name)).fetchall() == before
    else:
        if view.follows == "place":
            increment.find_moved_names(con)
        con.execute(f"SET search_path = {literal(increment.SLICE_FIRST)}")
        build_slice(con, view, changes, "slice")
    return True


def build_slice(
    con: duckdb.DuckDBPyConnection, view: catalog.Table, changes: dict[str, Change | None], database: str
) -> None:
    """The rows of a view for what changed, put in the place of those of the last release where they differ."""
    sql = views.view_sql(view.name)
    if view.schema == "core":
        con.execute(f"CREATE TABLE {database}.{view.name} AS\n{sql}")
        if view.follows:
            increment.replace_rows(con, view, f"staged.{view.name}", f"{database}.{view.name}")
        return
    columns = columns_of(con, sql)
    rows = marts.published_sql(f"({sql})", columns, view.sort)
    con.execute(f"CREATE TABLE slice.rows.{view.short_name} AS {rows}")
    show_exact(con, "slice", view, columns, f"slice.rows.{view.short_name}")
    changes[view.name] = increment.replace_told_rows(
        con, view, f"published.{view.name}", f"slice.rows.{view.short_name}"
    )


def build_staged(con: duckdb.DuckDBPyConnection, view: catalog.Table) -> None:
    """A view of core as a table."""
    con.execute(f"CREATE TABLE staged.{view.name} AS\n{views.view_sql(view.name)}")


def build_mart(con: duckdb.DuckDBPyConnection, mart: catalog.Table) -> None:
    """A mart as a published table with comments, and under its own name for what reads it next."""
    table = f"published.{mart.name}"
    sql = views.view_sql(mart.name)
    columns = columns_of(con, sql)
    rows = marts.published_sql(f"({sql})", columns, mart.sort)
    con.execute("BEGIN")
    con.execute(f"CREATE OR REPLACE TABLE {table} AS {rows}")
    con.execute(catalog.comment_on(f"TABLE {table}", mart.comment))
    for column in columns:
        con.execute(catalog.comment_on(f'COLUMN {table}."{column.name}"', column.comment))
    con.execute("COMMIT")  # a transaction writes to one database
    show_exact(con, "staged", mart, columns, table)


def show_exact(
    con: duckdb.DuckDBPyConnection, database: str, mart: catalog.Table, columns: list[catalog.Column], table: str
) -> None:
    """A mart's rows under its own name, figures as exact as in the view."""
    exact = ", ".join(marts.exact(column) for column in columns)
    con.execute(f"CREATE OR REPLACE VIEW {database}.{mart.name} AS SELECT {exact} FROM {table}")


def columns_of(con: duckdb.DuckDBPyConnection, sql: str) -> list[catalog.Column]:
    """The columns that a query gives, as the catalog describes them."""
    return [catalog.load().columns[row[0]] for row in con.execute(f"DESCRIBE {sql}").fetchall()]


def keep(con: duckdb.DuckDBPyConnection, release_id: str) -> None:
    """Note of which release the tables of core are; those that no later release begins with go."""
    for view in catalog.load().views:
        if view.schema == "core" and not view.follows:
            con.execute(f"DROP TABLE IF EXISTS staged.{view.name}")
    con.execute("CREATE OR REPLACE TABLE staged.sums.release AS SELECT ? AS release_id", [release_id])
    con.execute("CHECKPOINT staged")


def put_in_place(aside: Path, data_dir: Path) -> None:
    """Show what keep() kept to the next release."""
    os.replace(aside, data_dir / KEPT)
    sync_folder(data_dir)


def attach(con: duckdb.DuckDBPyConnection, name: str, path: Path | None) -> None:
    """Attach a database in memory, or a file without a log: what a killed run leaves of it is thrown away."""
    if path:
        how = f"STORAGE_VERSION '{STORAGE_VERSION}', RECOVERY_MODE no_wal_writes"
        con.execute(f"ATTACH {literal(str(path))} AS {name} ({how})")
    else:
        con.execute(f"ATTACH ':memory:' AS {name}")


def detach(con: duckdb.DuckDBPyConnection) -> None:
    """Detach all that was attached."""
    con.execute("USE warehouse")
    for name in DATABASES:
        with suppress(duckdb.BinderException, duckdb.CatalogException):
            con.execute(f"DETACH {name}")
