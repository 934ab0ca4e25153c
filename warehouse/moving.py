"""A whole warehouse from one place to another: out of the file into a lake, and back."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse import catalog
from warehouse.connection import (
    RETRY_SECONDS,
    is_there,
    literal,
    open_writer,
    transaction,
    version_errors,
    writer_lock,
)
from warehouse.errors import WarehouseError
from warehouse.lake import attach_lake, is_lake, parse_lake


class MoveRefusedError(WarehouseError):
    """What is there would be lost or mixed, or has not arrived whole."""


def copy_warehouse(source: Path | str, target: Path | str, *, wait_seconds: float = 10) -> dict[str, int]:
    """Copy every table into an empty warehouse, in one transaction; gives the rows by table.

    The source stays as it is; its file cannot be written meanwhile. Raises MoveRefusedError where the target holds
    rows, where both are one, or where a table did not arrive row for row.
    """
    if not is_there(source):
        raise MoveRefusedError(f"there is no warehouse at {source}: nothing to copy")
    if str(source) == str(target):
        raise MoveRefusedError("source and target are one warehouse: name another with --to")
    with open_writer(source, wait_seconds=wait_seconds):
        pass  # brings an older one to the schema of today
    with open_writer(target, wait_seconds=wait_seconds) as con:
        if is_lake(str(source)):
            attach_lake(con, parse_lake(str(source)), "source", options="READ_ONLY")
            return copy_tables(con)
        path = Path(source)
        with (
            writer_lock(path.with_name(path.name + ".lock"), round(wait_seconds / RETRY_SECONDS)),
            version_errors(path),
        ):
            con.execute(f"ATTACH {literal(str(path))} AS source (READ_ONLY)")
            return copy_tables(con)


def copy_tables(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Copy the tables of catalog ``source`` into the warehouse and compare them."""
    tables = moved_tables()
    for table in tables:
        if con.execute(f"SELECT 1 FROM warehouse.{table} LIMIT 1").fetchone():
            raise MoveRefusedError(f"{table} of the target holds rows already: copy into an empty warehouse")
    with transaction(con):
        for table in tables:
            con.execute(f"INSERT INTO warehouse.{table} BY NAME SELECT * FROM source.{table}")
        for table in tables:
            if fingerprint(con, f"warehouse.{table}") != fingerprint(con, f"source.{table}"):
                raise MoveRefusedError(f"{table} did not arrive row for row: the target was left empty")
    con.execute("CHECKPOINT warehouse")
    return count_rows(con)


def count_rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Table -> rows."""
    return {table: con.execute(f"SELECT count(*) FROM warehouse.{table}").fetchall()[0][0] for table in moved_tables()}


def moved_tables() -> list[str]:
    """The stored tables but for the list of migrations, which each warehouse has of its own."""
    return [table.name for table in catalog.load().tables if table.name != "core.schema_migrations"]


def fingerprint(con: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int]:
    """Rows, and a sum over hashes of whole rows: equal for equal rows in whatever order."""
    found = con.execute(f"SELECT count(*), coalesce(sum(hash(t)), 0) FROM {table} AS t").fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)
