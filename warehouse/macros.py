"""Table macros: questions that people ask by name (``FROM company('OpenAI')``), kept as files like the views.

They live in ``main`` of the published file, so that they are called without a schema, and read ``mart`` alone.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse import catalog

FOLDER = Path(__file__).parent / "macros"


def macro_sql(name: str) -> str:
    """The text of ``macros/<name>.sql``: header comment and one SELECT."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def create_macros(con: duckdb.DuckDBPyConnection, database: str) -> None:
    """Create all macros of the catalog in a database that holds the marts, each with its description."""
    for macro in catalog.load().macros:
        name = f"{database}.main.{macro.name}"
        con.execute(f"CREATE OR REPLACE MACRO {name}({macro.parameters}) AS TABLE\n{macro_sql(macro.name)}")
        con.execute(catalog.comment_on(f"MACRO TABLE {name}", macro.comment))
