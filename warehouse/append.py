"""Rows into a table, each once: the one INSERT of this room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from warehouse import catalog

Row = Mapping[str, Any]
BATCH_ROWS = 4096  # rows converted at once: one buffer for all the texts of a large load costs more than what fills it
PLACE = "batch_place"  # a column of the batch alone: the number of its row
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def append(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> int:
    """Insert the rows whose key the table does not hold yet; gives how many those were.

    Of rows with one key in the batch the first counts. Must run inside a transaction together with what belongs to it.
    """
    key = catalog.load().table(table).key
    key_of = itemgetter(*key)
    first: dict[Any, Row] = {}
    for row in rows:
        first.setdefault(key_of(row), row)
    if not first:
        return 0
    batch = arrow_batch(con, table, list(first.values()))
    con.register("batch", batch.append_column(PLACE, pa.array(range(len(batch)))))
    try:
        same = " AND ".join(f"kept.{column} = batch.{column}" for column in key)
        # Keys are asked alone, for a join that inserts carries all texts of the batch along.
        found = con.execute(f"SELECT {PLACE} FROM batch SEMI JOIN {table} AS kept ON {same}").fetchall()
        known = [place for (place,) in found]
        new = f"WHERE {PLACE} NOT IN (SELECT unnest($known::BIGINT[]))" if known else ""
        if len(known) < len(batch):
            values = {"known": known} if known else {}
            con.execute(f"INSERT INTO {table} BY NAME SELECT * EXCLUDE ({PLACE}) FROM batch {new}", values)
    finally:
        con.unregister("batch")
    return len(batch) - len(known)


def arrow_batch(con: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> pa.Table:
    """The rows as an Arrow table in the types of the table, columns by name; every row must fill every column."""
    required = not_null_columns(con, table)  # first: DuckDB 2 wants the result before read to its end
    schema = con.sql(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
    names = set(schema.names)
    for row in rows:
        if row.keys() != names:
            raise ValueError(f"{table}: a row differs from the table in {sorted(row.keys() ^ names)}")
    batches = (rows[start : start + BATCH_ROWS] for start in range(0, len(rows), BATCH_ROWS))
    return pa.Table.from_batches((record_batch(batch, schema, required) for batch in batches), schema)


def record_batch(rows: list[Row], schema: pa.Schema, required: frozenset[str]) -> pa.RecordBatch:
    """Some of the rows, column by column."""
    columns = [column_array(list(map(itemgetter(field.name), rows)), field, field.name in required) for field in schema]
    return pa.record_batch(columns, schema=schema)


def column_array(values: list[Any], field: pa.Field, required: bool) -> pa.Array:
    """One column. An empty text in a column that may be null is null: nothing was told."""
    if pa.types.is_string(field.type):
        return text_array(values if required else [value or None for value in values], field.type)
    if pa.types.is_decimal(field.type):
        return pa.array([fitting(value, field.type) for value in values], field.type)
    return pa.array(values, field.type)


def text_array(values: list[str | None], kind: pa.DataType) -> pa.Array:
    """Texts as DuckDB and Parquet take them: lone surrogates replaced one for one, so that spans stay true."""
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([value and LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value) for value in values], kind)


def fitting(value: Decimal | None, kind: pa.Decimal128Type) -> Decimal | None:
    """The number in the column's scale, None where it is too large for it."""
    if value is None or not value.is_finite() or value.adjusted() >= kind.precision - kind.scale:
        return None
    return value.quantize(Decimal(1).scaleb(-kind.scale), ROUND_HALF_EVEN)


def not_null_columns(con: duckdb.DuckDBPyConnection, table: str) -> frozenset[str]:
    """Names of the columns that are always filled."""
    described = con.execute(f"DESCRIBE {table}").fetchall()  # duckdb_columns() takes ten times as long
    return frozenset(name for name, _, is_nullable, *_ in described if is_nullable == "NO")
