"""Rows of the published tape."""

from __future__ import annotations

from typing import Any

import duckdb

Row = dict[str, Any]


def rows(con: duckdb.DuckDBPyConnection, sql: str, values: list[Any] | dict[str, Any] | None = None) -> list[Row]:
    """What the query gives with these values bound, a dict a row, in its order."""
    cursor = con.cursor().execute(sql, values or [])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
