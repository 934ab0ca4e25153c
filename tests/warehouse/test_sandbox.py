"""The SQL box answers questions and nothing else: what anybody may ask leaves the release as it was, byte for byte."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import fill
from warehouse.connection import open_reader, open_writer
from warehouse.publish import publish
from warehouse.sandbox import RefusedError, answer

ROOT = Path(__file__).resolve().parents[2]
ENDLESS = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range * b.range = -1"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("box")
    with open_writer(folder / "warehouse.duckdb") as con:
        fill(con)
        publish(con, folder)
    return folder


@pytest.fixture(scope="module")
def con(data_dir: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_reader(data_dir / "published.duckdb") as con:
        yield con


@pytest.fixture(autouse=True)
def unchanged(data_dir: Path) -> Iterator[None]:
    """No question changes, adds or removes a file of the data folder."""

    def files() -> dict[str, str]:
        return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in data_dir.rglob("*") if p.is_file()}

    before = files()
    yield
    assert files() == before


def ask(con: duckdb.DuckDBPyConnection, sql: str, most_rows: int | None = None) -> list[list[object]]:
    return list(answer(con, sql, most_rows=most_rows))


SECRET = "a variable of the caller"
BLOCKED = [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_parquet('{folder}/release/deals.parquet')",
    "SELECT * FROM read_json('{folder}/release/manifest.json')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM '{folder}/release/deals.parquet'",
    "SELECT * FROM read_csv('https://example.com/a.csv')",
    "SELECT * FROM 's3://bucket/a.parquet'",
    "ATTACH '{folder}/warehouse.duckdb'",
    "ATTACH ':memory:' AS other",
    "COPY (SELECT 1) TO '{folder}/leak.csv'",
    "COPY mart.deals TO '{folder}/release/deals.parquet'",
    "COPY mart.deals FROM '/etc/passwd'",
    "EXPORT DATABASE '{folder}/copy'",
    "IMPORT DATABASE '{folder}/copy'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{folder}/x.duckdb_extension'",
    "SET enable_external_access = true",
    "SET memory_limit = '100GB'",
    "SET lock_configuration = false",
    "RESET memory_limit",
    "SET VARIABLE x = 1",
    "INSERT INTO mart.deals SELECT * FROM mart.deals",
    "UPDATE mart.deals SET status = 'closed'",
    "DELETE FROM mart.deals",
    "CREATE TABLE mart.mine (x INTEGER)",
    "CREATE TEMP TABLE mine (x INTEGER)",
    "CREATE OR REPLACE MACRO search(words) AS TABLE SELECT 1",
    "DROP TABLE mart.deals",
    "ALTER TABLE mart.deals DROP COLUMN status",
    "CREATE SECRET s (TYPE s3)",
    "SELECT * FROM which_secret('s3://a', 's3')",
    "SELECT * FROM SECRET",
    "PRAGMA enable_profiling",
    "PRAGMA profiling_output = '{folder}/leak.json'",
    "CALL enable_logging()",
    "PRAGMA enable_logging",
    "CHECKPOINT",
    "FORCE CHECKPOINT",
    "VACUUM",
    "BEGIN",
    "DETACH published",
    "USE memory",
    "PREPARE p AS SELECT 1",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{folder}/leak.csv'",
    "EXPLAIN ANALYZE INSERT INTO mart.deals SELECT * FROM mart.deals",
    "SELECT * FROM query('COPY (SELECT 1) TO ''{folder}/leak.csv''')",
    "SELECT * FROM query_table(['/etc/passwd'])",
    "SELECT * FROM SNIFF_CSV('/etc/passwd')",
    "SELECT getenv('HOME')",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE mart.deals",
    "",
    "-- nothing",
]


@pytest.mark.parametrize("sql", BLOCKED)
def test_what_is_no_question_to_the_release_is_refused(
    con: duckdb.DuckDBPyConnection, data_dir: Path, sql: str
) -> None:
    with pytest.raises((RefusedError, duckdb.Error)):
        ask(con, sql.replace("{folder}", str(data_dir)))


def test_variables_of_the_program_are_not_tables(con: duckdb.DuckDBPyConnection) -> None:
    import pyarrow as pa

    hidden = pa.table({"secret": [SECRET]})
    with pytest.raises(duckdb.Error, match="does not exist"):
        ask(con, "SELECT * FROM hidden")
    assert hidden.num_rows == 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM mart.deals",
        "FROM mart.deals SELECT deal_id",
        "WITH d AS (FROM mart.deals) SELECT count(*) FROM d",
        "EXPLAIN SELECT 1",
        "SHOW ALL TABLES",
        "DESCRIBE mart.deals",
        "SUMMARIZE mart.deals",
        "FROM search('alder')",
        "VALUES (1), (2);",
    ],
)
def test_questions_are_answered(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    names, *rows = ask(con, sql)
    assert names
    assert rows


def test_more_rows_than_asked_for_are_refused_not_cut(con: duckdb.DuckDBPyConnection) -> None:
    assert len(ask(con, "FROM range(10)", most_rows=10)) == 11
    with pytest.raises(RefusedError, match="more than 10 rows"):
        ask(con, "FROM range(11)", most_rows=10)


def box(data_dir: Path, sql: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "warehouse.sandbox", str(data_dir / "published.duckdb"), *options]
    return subprocess.run(command, input=sql.encode(), capture_output=True, cwd=ROOT, timeout=60, check=False)


def test_the_box_writes_names_and_rows_as_lines(data_dir: Path) -> None:
    done = box(data_dir, "SELECT 1.5 AS a, DATE '2026-03-02' AS b, 'ü' AS c, NULL AS d, 2.00 AS e")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        ["a", "b", "c", "d", "e"],
        [1.5, "2026-03-02", "ü", None, 2],
    ]


def test_a_query_without_end_is_killed_by_its_own_clock(data_dir: Path) -> None:
    assert box(data_dir, ENDLESS, "--seconds", "2").returncode != 0  # killed, or refused more memory


def test_a_query_that_wants_more_memory_than_it_may_is_stopped(data_dir: Path) -> None:
    done = box(data_dir, "SELECT length(repeat('x', 1400000000))", "--memory-bytes", "1200000000")
    assert done.returncode != 0
    assert b"1400000000" not in done.stdout


def test_nothing_spills_to_disk_and_nothing_can_be_set(con: duckdb.DuckDBPyConnection) -> None:
    settings = "temp_directory", "lock_configuration", "enable_external_access", "memory_limit"
    _, row = ask(con, "SELECT " + ", ".join(f"current_setting('{name}')" for name in settings))
    assert row == ["", True, False, "953.6 MiB"]
