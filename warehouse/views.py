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
    """Create or replace all views of the catalog, in its order: a view stands after those that it reads."""
    con.execute("BEGIN")
    for view in catalog.load().views:
        con.execute(f"CREATE OR REPLACE VIEW {view.name} AS\n{view_sql(view.name)}")
    con.execute("COMMIT")
