"""Opening the warehouse: one writer, clear words for everybody else, a reader that can touch nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import KEPT, open_reader, open_writer
from warehouse.errors import (
    NotPublishedError,
    WarehouseDamagedError,
    WarehouseLockedError,
    WarehouseUnwritableError,
    WarehouseVersionError,
)
from warehouse.publish import publish

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, time
from pathlib import Path
{imports}
with {opened} as con:
    print("open", flush=True)
    time.sleep(60)
"""
WRITER = {"imports": "from warehouse.connection import open_writer", "opened": "open_writer(Path(sys.argv[1]))"}
OTHER_PROGRAM = {"imports": "import duckdb", "opened": "duckdb.connect(sys.argv[1])"}


@contextmanager
def held_by_another(path: Path, how: dict[str, str]) -> Iterator[int]:
    """Another process has the file open; gives its id."""
    child = subprocess.Popen([sys.executable, "-c", HOLD.format(**how), str(path)], stdout=subprocess.PIPE, cwd=ROOT)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n"
        yield child.pid
    finally:
        child.kill()
        child.communicate()


@contextmanager
def no_rights() -> Iterator[None]:
    """Run as nobody where the tests run as root, who may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("how", [WRITER, OTHER_PROGRAM], ids=["gigawire", "another program"])
def test_a_second_writer_is_told_who_the_first_is(path: Path, how: dict[str, str]) -> None:
    with open_writer(path):
        pass
    with held_by_another(path, how) as pid:
        with (
            pytest.raises(WarehouseLockedError, match=f"in use by process {pid}: wait until it ends, or stop it") as e,
            open_writer(path, wait_seconds=0.3),
        ):
            pass
        assert e.value.pid == pid
        assert "\n" not in str(e.value)


def test_a_killed_writer_leaves_no_lock(path: Path) -> None:
    with held_by_another(path, WRITER) as pid:
        os.kill(pid, signal.SIGKILL)
    with open_writer(path, wait_seconds=0):
        pass


def test_a_writer_waits_for_the_one_before_it(path: Path) -> None:
    with open_writer(path):
        pass
    brief = HOLD.replace("60", "0.5").format(**WRITER)
    with subprocess.Popen([sys.executable, "-c", brief, str(path)], stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n"
        with open_writer(path, wait_seconds=20) as con:
            assert con.execute("SELECT count(*) FROM core.deals").fetchone() == (0,)


def test_between_two_openings_another_program_may_have_the_file(path: Path) -> None:
    with open_writer(path):
        pass
    assert len(KEPT) == 1
    with held_by_another(path, OTHER_PROGRAM):
        pass
    with open_writer(path, wait_seconds=0):
        pass


def test_an_opening_meets_nothing_that_the_one_before_left(path: Path) -> None:
    attached = "SELECT database_name FROM duckdb_databases() WHERE NOT internal ORDER BY 1"
    with open_writer(path) as con:
        con.execute("ATTACH ':memory:' AS left_over")
    with suppress(ZeroDivisionError), open_writer(path) as con:
        assert con.execute(attached).fetchall() == [("memory",), ("warehouse",)]
        con.execute("BEGIN")
        con.execute("CREATE TABLE core.half AS SELECT 1 AS one")
        raise ZeroDivisionError
    with open_writer(path) as con, pytest.raises(duckdb.CatalogException):
        con.execute("FROM core.half")


def test_a_folder_that_takes_no_files_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o555)
    told = r"cannot write in .*give another --data-dir$"
    with no_rights(), pytest.raises(WarehouseUnwritableError, match=told), open_writer(folder / "warehouse.duckdb"):
        pass


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(WarehouseUnwritableError, match="cannot write in"), open_writer(tmp_path / "data" / "w.duckdb"):
        pass


def test_a_file_that_is_no_database_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is a text and no database" * 1000)
    with pytest.raises(WarehouseDamagedError, match="is no DuckDB database"), open_writer(path):
        pass


def test_a_warehouse_of_a_newer_gigawire_is_refused(path: Path) -> None:
    with open_writer(path) as con:
        con.execute("INSERT INTO core.schema_migrations VALUES (9999, 'from_tomorrow', 'x', '9.9.9')")
    with pytest.raises(WarehouseVersionError, match="update Gigawire, or give another --data-dir"), open_writer(path):
        pass


def test_a_file_of_a_newer_duckdb_is_refused(path: Path) -> None:
    with open_writer(path):
        pass
    data = bytearray(path.read_bytes())
    data[12:20] = (9999).to_bytes(8, "little")  # where the header keeps the version of the format
    path.write_bytes(data)
    with pytest.raises((WarehouseVersionError, WarehouseDamagedError)), open_writer(path):
        pass


def test_the_file_can_be_read_by_every_duckdb_since_1_5(path: Path) -> None:
    with open_writer(path) as con:
        tags = con.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'warehouse'").fetchone()[0]
    assert tags["storage_version"] == "v1.5.0+"


def test_times_are_utc_whatever_the_machine_thinks(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)


def test_sorts_spill_beside_the_file_and_a_killed_run_leaves_nothing_there(path: Path) -> None:
    leftover = path.with_name("warehouse.duckdb.tmp") / "duckdb_temp_storage-0.tmp"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"x" * 1000)
    with open_writer(path) as con:
        assert con.execute("SELECT current_setting('temp_directory')").fetchone() == (str(leftover.parent),)
        assert not leftover.exists()


def test_nothing_published_is_said_with_the_way_out(path: Path) -> None:
    with pytest.raises(NotPublishedError, match="run `gigawire run` first"), open_reader(path):
        pass


PROBES = {
    "read a file": "SELECT * FROM read_text('/etc/hostname')",
    "read a csv": "SELECT * FROM read_csv('/etc/passwd')",
    "list a folder": "SELECT * FROM glob('/etc/*')",
    "read the network": "SELECT * FROM read_csv('https://example.org/x.csv')",
    "attach a file": "ATTACH '/tmp/probe.duckdb' AS other",
    "attach memory": "ATTACH ':memory:' AS other",
    "copy out": "COPY (SELECT 1) TO '/tmp/probe.csv'",
    "export": "EXPORT DATABASE '/tmp/probe'",
    "install": "INSTALL httpfs",
    "load": "LOAD httpfs",
    "unlock": "SET enable_external_access = true",
    "reset": "RESET lock_configuration",
    "insert": "INSERT INTO mart.feeds (feed_id) VALUES ('x')",
    "create": "CREATE TABLE mart.mine AS SELECT 1 AS x",
    "drop": "DROP TABLE mart.deals",
    "python variable": "SELECT * FROM secret_of_the_caller",
    "secret": "CREATE SECRET s (TYPE http, BEARER_TOKEN 'x')",
}


@pytest.mark.parametrize("probe", PROBES)
def test_a_reader_is_shut_in(filled: duckdb.DuckDBPyConnection, path: Path, probe: str) -> None:
    import pyarrow as pa

    secret_of_the_caller = pa.table({"x": [1]})
    assert secret_of_the_caller.num_rows
    publish(filled, path.parent)
    with open_reader(path.with_name("published.duckdb")) as reader:
        with pytest.raises(duckdb.Error):
            reader.execute(PROBES[probe]).fetchall()
        assert reader.execute("SELECT count(*) FROM mart.deals").fetchone() == (3,)
