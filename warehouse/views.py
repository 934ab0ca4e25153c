"""Views are files, made anew at every opening; they are never migrated."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse import catalog

FOLDER = Path(__file__).parent / "views"


def view_sql(name: str) -> str:
    """The text of ``views/<schema>/<name>.sql``: header comment and one SELECT."""
    return (FOLDER / f"{name.replace('.', '/')}.sql").read_text(encoding="utf-8")


def has_views(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether all views of the catalog are there."""
    found = con.execute(
        "SELECT schema_name || '.' || view_name FROM duckdb_views() "
        "WHERE database_name = current_database() AND NOT internal"
    ).fetchall()
    return {view.name for view in catalog.load().views} <= {name for (name,) in found}


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Create or replace all views of the catalog, in its order: a view stands after those that it reads.

    A view is bound through all that it reads, down to the tables. Empty tables stand in for the views below, so that
    each is bound once and not as often as views stand upon it.
    """
    texts = {view.name: view_sql(view.name) for view in catalog.load().views}
    con.execute("BEGIN")
    for name, text in texts.items():
        con.execute(f"DROP VIEW IF EXISTS {name}")
        con.execute(f"CREATE TABLE {name} AS\n{text}\nWITH NO DATA")
    for name, text in reversed(texts.items()):
        con.execute(f"DROP TABLE {name}")
        con.execute(f"CREATE VIEW {name} AS\n{text}")
    con.execute("COMMIT")
