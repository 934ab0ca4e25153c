"""published.duckdb: every mart computed once into a table, sorted, in published types, with its comments.

While it is being built, ``core.current_…`` are tables too, and a mart that reads another mart reads the table: each
view file is run once a release, however many marts, checks and files read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse import catalog, macros, marts, views
from warehouse.connection import STORAGE_VERSION, literal, roll_back

DATABASE = "published.duckdb"
READ_FIRST = "staged.core,staged.mart,warehouse.core,warehouse.raw"  # where a name is looked up, in this order


@contextmanager
def serving_tables(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """The marts as tables of a new database file, found under their own names while the block runs.

    Inside, ``mart.deals`` is the table (figures as exact as in the view), ``core.current_articles`` a table in memory.
    """
    con.execute(f"ATTACH {literal(str(path))} AS published (STORAGE_VERSION '{STORAGE_VERSION}')")
    con.execute("ATTACH ':memory:' AS staged")
    try:
        for schema in ("published.mart", "staged.core", "staged.mart"):
            con.execute(f"CREATE SCHEMA {schema}")
        con.execute(f"SET search_path = {literal(READ_FIRST)}")
        for view in catalog.load().views:
            build_mart(con, view) if view.schema == "mart" else build_staged(con, view)
        con.execute("SET search_path = 'published.mart'")  # over views a parameter shadows the columns of its name
        macros.create_macros(con, "published")
        con.execute(f"SET search_path = {literal(READ_FIRST)}")
        con.execute("CHECKPOINT published")
        yield
    except BaseException:
        roll_back(con)
        raise
    finally:
        con.execute("USE warehouse")
        con.execute("DETACH staged")
        con.execute("DETACH published")


def build_staged(con: duckdb.DuckDBPyConnection, view: catalog.Table) -> None:
    """A view of core as a table in memory."""
    con.execute(f"CREATE TABLE staged.{view.name} AS\n{views.view_sql(view.name)}")


def build_mart(con: duckdb.DuckDBPyConnection, mart: catalog.Table) -> None:
    """A mart as a published table with comments, and under its own name for what reads it next."""
    table = f"published.{mart.name}"
    sql = views.view_sql(mart.name)
    columns = [catalog.load().columns[row[0]] for row in con.execute(f"DESCRIBE {sql}").fetchall()]
    rows = marts.published_sql(f"({sql})", columns, mart.sort)
    con.execute("BEGIN")
    con.execute(f"CREATE TABLE {table} AS {rows}")
    con.execute(catalog.comment_on(f"TABLE {table}", mart.comment))
    for column in columns:
        con.execute(catalog.comment_on(f'COLUMN {table}."{column.name}"', column.comment))
    con.execute("COMMIT")  # a transaction writes to one database
    exact = ", ".join(marts.exact(column) for column in columns)
    con.execute(f"CREATE VIEW staged.{mart.name} AS SELECT {exact} FROM {table}")
