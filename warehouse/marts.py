"""A mart as readers get it: its columns in published types and its rows in their order."""

from __future__ import annotations

import duckdb

from warehouse import catalog


def columns(con: duckdb.DuckDBPyConnection, mart: catalog.Table) -> list[catalog.Column]:
    """The columns of a mart in their order, as the catalog describes them."""
    found = con.execute(f"DESCRIBE {mart.name}").fetchall()
    return [catalog.load().columns[row[0]] for row in found]


def select_sql(con: duckdb.DuckDBPyConnection, mart: catalog.Table) -> str:
    """The query that gives the published rows: every type written out, in an order that leaves no tie."""
    casts = ", ".join(f'CAST("{c.name}" AS {c.published_type}) AS "{c.name}"' for c in columns(con, mart))
    return f"SELECT {casts} FROM {mart.name} ORDER BY {', '.join(f'{name} NULLS LAST' for name in mart.sort)}"
