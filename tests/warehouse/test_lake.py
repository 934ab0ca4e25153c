"""The warehouse on DuckLake: several writers, each row once; states of the past; few files; there and back again.

All other tests of this folder run on a lake too, with GIGAWIRE_TEST_WAREHOUSE=ducklake (`make test-lake`).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import httpx
import pytest

from tests.warehouse import samples
from tests.warehouse.conftest import all_tables, fill
from warehouse import lake as lakes
from warehouse import load
from warehouse.connection import open_writer, transaction
from warehouse.errors import WarehouseUnwritableError
from warehouse.moving import MoveRefusedError, copy_warehouse
from warehouse.publish import publish

pytest.importorskip("duckdb_extension_ducklake")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(duckdb.__version__ != "1.5.5", reason="needs DuckDB 1.5.5: its extensions are not for another"),
]
ROOT = Path(__file__).resolve().parents[2]
LOADER = """
import sys
from tests.warehouse import samples
from warehouse import load
from warehouse.connection import open_writer
count, first = int(sys.argv[2]), int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
starts = list(range(0, count, 1000))
with open_writer(sys.argv[1]) as con:
    for start in starts[first:] + starts[:first]:
        load.load_polls(con, [samples.poll(numbers=range(start, start + 1000))], [samples.document(start)])
"""


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket of an object store that runs here; the environment says how to reach it, as a user's would."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    told = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1"}
    told |= {"DUCKDB_S3_ENDPOINT": f"localhost:{port}", "DUCKDB_S3_USE_SSL": "false"}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    httpx.put(f"http://{host}:{port}/tape").raise_for_status()
    yield "s3://tape"
    server.stop()


@pytest.mark.parametrize("count", [4_000, pytest.param(20_000, marks=pytest.mark.long)])
def test_two_writers_load_the_same_entries_at_once_and_each_is_stored_once(lake: str, count: int) -> None:
    with open_writer(lake):
        pass
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", LOADER, lake, str(count), str(first)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        for first in (
            0,
            count // 2000,
        )  # the second begins in the middle: each meets rows of the other
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _, errors = writer.communicate(timeout=240)
        assert writer.returncode == 0, errors
    with open_writer(lake) as con:
        stored = con.execute("SELECT count(*), count(DISTINCT (feed_id, entry_id, version_hash)) FROM raw.entries")
        assert stored.fetchall() == [(count, count)]
        stored = con.execute("SELECT count(*), count(DISTINCT document_id) FROM raw.documents")
        assert stored.fetchall() == [(count // 1000, count // 1000)]


@pytest.mark.long
def test_a_release_of_a_lake_is_that_of_a_file(lake: str, path: Path) -> None:
    found = []
    for where, folder in ((lake, path.parent / "one"), (path, path.parent / "two")):
        with open_writer(where) as con:
            fill(con)
            fill(con)
            found.append(publish(con, folder).release_id)
    assert found[0] == found[1]


def test_a_warehouse_moves_into_a_lake_and_back_row_for_row(lake: str, path: Path) -> None:
    with open_writer(path) as con:
        fill(con, range(5))
        before = all_tables(con)
    moved = copy_warehouse(path, lake)
    assert moved["core.articles"] == 5
    back = path.with_name("back.duckdb")
    copy_warehouse(lake, back)
    with open_writer(back) as con:
        assert all_tables(con) == before


@pytest.mark.long
def test_what_holds_rows_is_not_copied_into(lake: str, path: Path) -> None:
    for where in (path, lake):
        with open_writer(where) as con:
            fill(con)
    with pytest.raises(MoveRefusedError, match="holds rows already: copy into an empty warehouse"):
        copy_warehouse(path, lake)
    with pytest.raises(MoveRefusedError, match="nothing to copy"):
        copy_warehouse(path.with_name("nowhere.duckdb"), lake)
    with pytest.raises(MoveRefusedError, match="one warehouse"):
        copy_warehouse(lake, lake)


def test_a_state_of_the_past_can_be_asked_until_it_is_compacted_away(lake: str) -> None:
    with open_writer(lake) as con:
        load.load_polls(con, [samples.poll(numbers=range(3))])
        then = lakes.snapshots(con)[-1].snapshot
        load.load_polls(con, [samples.poll(numbers=range(3, 9))])
        count = f"SELECT count(*) FROM raw.entries AT (VERSION => {then})"
        assert con.execute(count).fetchone() == (3,)
        assert con.execute("SELECT count(*) FROM raw.entries").fetchone() == (9,)
        lakes.compact(con, keep_days=1)
        assert con.execute(count).fetchone() == (3,)
        lakes.compact(con, keep_days=0)
        with pytest.raises(duckdb.Error):
            con.execute(count)
        assert con.execute("SELECT count(*) FROM raw.entries").fetchone() == (9,)


@pytest.mark.long
def test_the_data_of_a_lake_lie_in_an_object_store_and_give_the_release_of_a_file(
    bucket: str, lake: str, path: Path
) -> None:
    stored = re.sub(r"data_path=\S+", f"data_path={bucket}/lake", lake)
    with open_writer(stored) as con:
        fill(con)
    # the catalog remembers where its data are
    with open_writer(re.sub(r" data_path=\S+", "", stored)) as con:
        fill(con)
        lakes.compact(con, keep_days=0)
        assert con.execute("SELECT count(*) FROM raw.entries").fetchone() == (3,)
        files = con.execute("FROM ducklake_list_files('warehouse', 'articles', schema => 'core')").fetchall()
        assert [str(file[0]).startswith(f"{bucket}/lake/") for file in files] == [True]
        release = publish(con, path.parent / "one")
    with open_writer(path) as con:
        fill(con)
        assert publish(con, path.parent / "two").release_id == release.release_id


def test_an_object_store_can_be_read_where_the_catalog_alone_knows_of_it() -> None:
    httpfs = ("duckdb_extension_httpfs", "httpfs")
    needed = {
        words: lakes.needed_extensions(lakes.parse_lake(f"ducklake:postgres:dbname=tape{words}"))
        for words in ("", " data_path=s3://tape/lake", " data_path=/mnt/lake")
    }
    assert [httpfs in extensions for extensions in needed.values()] == [True, True, False]


@pytest.mark.long
def test_many_small_files_become_few(lake: str) -> None:
    with open_writer(lake) as con:
        for start in range(0, 120, 20):
            load.load_polls(con, [samples.poll(numbers=range(start, start + 20))])
        before, after = lakes.compact(con, keep_days=0)
        files = con.execute("FROM ducklake_list_files('warehouse', 'entries', schema => 'raw')").fetchall()
        assert len(files) == 1
        assert con.execute("SELECT count(*) FROM raw.entries").fetchone() == (120,)
    assert before > 1
    assert after > 0


@pytest.mark.long
def test_states_are_updated_as_in_a_file(lake: str) -> None:
    with open_writer(lake) as con:
        load.load_polls(con, [samples.poll()])
        con.execute("UPDATE raw.feed_state SET health = 'gone'")
        assert load.revive_feeds(con, ["wire", "other"]) == {"wire"}
        assert load.revive_feeds(con, ["wire"]) == set()
        load.load_polls(con, [samples.failed_poll(polled_at=samples.NOW + samples.days(1))])
        assert con.execute("SELECT error_code FROM raw.feed_state").fetchall() == [("timeout",)]


def add_a_deal_and_fail(con: duckdb.DuckDBPyConnection) -> None:
    with transaction(con):
        con.execute("INSERT INTO core.deals VALUES ('d', 'r', 'lease', TIMESTAMPTZ '2026-01-01 00:00:00+00')")
        con.execute("SELECT nonsense")


@pytest.mark.long
def test_a_transaction_that_fails_leaves_nothing_and_frees_the_turn(lake: str) -> None:
    with open_writer(lake) as con, open_writer(lake) as other:
        with pytest.raises(duckdb.Error, match="nonsense"):
            add_a_deal_and_fail(con)
        load.load_polls(other, [samples.poll()])
        assert other.execute("SELECT count(*) FROM core.deals").fetchone() == (0,)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    where = "ducklake:postgres:dbname=tape host=127.0.0.1 port=1 user=me password=hush data_path=/nowhere"
    with (
        pytest.raises(WarehouseUnwritableError, match="cannot open ducklake:postgres:dbname=tape") as caught,
        open_writer(where),
    ):
        pass
    assert "hush" not in str(caught.value)
