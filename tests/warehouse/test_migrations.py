"""Migrations go forward only and lead to what schema/ says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import warehouse
from warehouse.connection import open_writer
from warehouse.errors import WarehouseVersionError
from warehouse.health import open_observer
from warehouse.migrations import FOLDER, Migration, applied_migrations, known_migrations, migrate
from warehouse.publish import publish

SCHEMA = Path(warehouse.__file__).parent / "schema"
SHAPE = """
    SELECT schema_name, table_name, column_name, data_type, is_nullable, column_default
    FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal ORDER BY ALL
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        yield con


def test_migrations_lead_to_the_schema_as_written(empty: duckdb.DuckDBPyConnection) -> None:
    migrate(empty)
    with duckdb.connect() as written:
        for schema in ("raw", "core", "mart"):
            written.execute(f"CREATE SCHEMA {schema}")
        for path in sorted(SCHEMA.glob("*/*.sql")):
            written.execute(path.read_text(encoding="utf-8"))
        expected = written.execute(SHAPE).fetchall()
    assert empty.execute(SHAPE).fetchall() == expected, "write a migration for what changed in warehouse/schema/"


def test_no_table_has_a_key_or_an_index(empty: duckdb.DuckDBPyConnection) -> None:
    migrate(empty)
    kinds = empty.execute("SELECT DISTINCT constraint_type FROM duckdb_constraints()").fetchall()
    assert kinds == [("NOT NULL",)]
    assert empty.execute("SELECT * FROM duckdb_indexes()").fetchall() == []


def test_each_is_applied_once(empty: duckdb.DuckDBPyConnection) -> None:
    assert migrate(empty) == known_migrations()
    assert migrate(empty) == ()


def test_a_new_one_is_applied_to_an_old_warehouse(empty: duckdb.DuckDBPyConnection) -> None:
    known = known_migrations()
    migrate(empty, known)
    added = Migration(len(known) + 1, "add_note", "ALTER TABLE core.deals ADD COLUMN note VARCHAR;")
    assert migrate(empty, (*known, added)) == (added,)
    assert [version for version, _, _ in applied_migrations(empty)] == [m.version for m in (*known, added)]


def test_one_that_fails_leaves_nothing(empty: duckdb.DuckDBPyConnection) -> None:
    known = known_migrations()
    migrate(empty, known)
    broken = Migration(len(known) + 1, "broken", "CREATE TABLE core.half (x INTEGER); SELECT nonsense;")
    with pytest.raises(duckdb.Error):
        migrate(empty, (*known, broken))
    assert empty.execute("SELECT * FROM duckdb_tables() WHERE table_name = 'half'").fetchall() == []
    assert migrate(empty, known) == ()


def test_an_edited_one_is_refused(empty: duckdb.DuckDBPyConnection) -> None:
    first, *others = known_migrations()
    migrate(empty)
    edited = Migration(first.version, first.name, first.sql + "-- a word more\n")
    with pytest.raises(WarehouseVersionError, match="restore the file and put the change into a new migration"):
        migrate(empty, (edited, *others))


def test_a_gap_in_the_numbers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "0001_one.sql").write_text("SELECT 1")
    (tmp_path / "0003_three.sql").write_text("SELECT 3")
    with pytest.raises(WarehouseVersionError, match="without gaps"):
        known_migrations(tmp_path)


def test_every_file_in_the_folder_is_one() -> None:
    assert len(list(FOLDER.iterdir())) == len(known_migrations())


def test_a_warehouse_of_the_first_schemas_opens_with_its_rows_and_publishes(tmp_path: Path) -> None:
    """What a program of two schema versions ago left is taken over as it is, by any later one."""
    for version in (1, 2):
        path = tmp_path / str(version) / "warehouse.duckdb"
        path.parent.mkdir()
        with duckdb.connect() as old:
            old.execute(f"ATTACH '{path}' AS warehouse (STORAGE_VERSION 'v1.5.0')")
            old.execute("USE warehouse")
            migrate(old, known_migrations()[:version])
            old.execute(
                "INSERT INTO raw.documents BY NAME SELECT 'd1' AS document_id, 'i1' AS item_id, 'page' AS kind, "
                "9 AS byte_count, TIMESTAMPTZ '2026-05-01 08:00:00+00' AS retrieved_at, 'wire' AS feed_id"
            )
            old.execute(
                "INSERT INTO raw.entries BY NAME SELECT 'wire' AS feed_id, 'e1' AS entry_id, 'v' AS version_hash, "
                "'i1' AS item_id, 'Alder buys 120 MW' AS title, false AS is_truncated, "
                "TIMESTAMPTZ '2026-05-01 07:00:00+00' AS published_at, "
                "TIMESTAMPTZ '2026-05-01 08:00:00+00' AS first_seen_at"
            )
        with open_observer(path) as (_, pending):
            assert pending == len(known_migrations()) - version
        with open_writer(path) as con:
            assert con.execute("SELECT document_id, kind, feed_id FROM raw.documents").fetchall() == [
                ("d1", "page", "wire")
            ]
            assert con.execute("SELECT title, date_quality FROM raw.entries").fetchall() == [
                ("Alder buys 120 MW", "told")
            ]
            assert publish(con, path.parent).is_new
            assert not publish(con, path.parent).is_new
