"""A mart as readers get it: its columns in published types and its rows in their order."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from warehouse import catalog


def columns(con: duckdb.DuckDBPyConnection, mart: catalog.Table) -> list[catalog.Column]:
    """The columns of a mart in their order, as the catalog describes them."""
    found = con.execute(f"DESCRIBE {mart.name}").fetchall()
    return [catalog.load().columns[row[0]] for row in found]


def published_sql(source: str, columns: Sequence[catalog.Column], sort: Sequence[str]) -> str:
    """The rows of a table, view or subquery: every type written out, in an order that leaves no tie."""
    casts = ", ".join(f'CAST("{c.name}" AS {c.published_type}) AS "{c.name}"' for c in columns)
    return f"SELECT {casts} FROM {source} ORDER BY {order_sql(sort)}"


def order_sql(sort: Sequence[str]) -> str:
    """The terms of ORDER BY."""
    return ", ".join(f"{name} NULLS LAST" for name in sort)


def exact(column: catalog.Column) -> str:
    """A published column for marts that count on from it: sums of DOUBLE would depend on the order of the rows."""
    if column.published_type == "DOUBLE" and column.type.startswith("DECIMAL"):
        scale = column.type.rpartition(",")[2].rstrip(")")
        return f'CAST("{column.name}" AS DECIMAL(38,{scale})) AS "{column.name}"'
    return f'"{column.name}"'
