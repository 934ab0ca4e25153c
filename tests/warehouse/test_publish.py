"""A release is whole or not there, the same for the same content, and made for other people's tools."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.warehouse import samples
from tests.warehouse.conftest import fill
from tests.warehouse.samples import NOW, days
from warehouse import catalog, load
from warehouse.connection import open_reader, open_writer
from warehouse.errors import CheckFailedError, WarehouseUnwritableError
from warehouse.publish import KEPT_RELEASES, publish

Connection = duckdb.DuckDBPyConnection
ROOT = Path(__file__).resolve().parents[2]
ABOUT = ("manifest.json", "datapackage.json", "data_dictionary.md", "SHA256SUMS")
PHYSICAL_SCHEMA = Path(__file__).with_name("published_schema.json")


@pytest.fixture
def data_dir(path: Path) -> Path:
    return path.parent


def files(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def add_news(con: Connection, number: int) -> None:
    load.load_polls(con, [samples.poll(numbers=range(number, number + 1), polled_at=NOW + days(number))])


def test_a_release_holds_every_mart_a_manifest_and_a_database(filled: Connection, data_dir: Path) -> None:
    release = publish(filled, data_dir)
    marts = [mart.short_name for mart in catalog.load().marts]
    assert release.tables.keys() == set(marts)
    assert release.tables["deals"] == 3
    assert set(files(release.path)) == {*(f"{m}.parquet" for m in marts), *ABOUT, "published.duckdb"}
    assert (data_dir / "release").resolve() == release.path.resolve()
    assert (data_dir / "published.duckdb").resolve() == (release.path / "published.duckdb").resolve()
    assert not os.readlink(data_dir / "release").startswith("/"), "the data folder must be able to move"


def test_the_manifest_tells_the_truth(filled: Connection, data_dir: Path) -> None:
    release = publish(filled, data_dir)
    manifest = json.loads((release.path / "manifest.json").read_text())
    assert manifest["release_id"] == release.release_id == release.path.name
    for table in manifest["tables"]:
        file = release.path / table["file"]
        assert table["bytes"] == file.stat().st_size
        assert table["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert table["rows"] == pq.read_metadata(file).num_rows
        assert [c["name"] for c in table["columns"]] == pq.read_schema(file).names
        assert all(c["meaning"] for c in table["columns"])


def test_publishing_again_rewrites_nothing(filled: Connection, data_dir: Path) -> None:
    first = publish(filled, data_dir)
    before = {p: p.stat().st_mtime_ns for p in data_dir.rglob("*") if p.name != "warehouse.duckdb"}
    second = publish(filled, data_dir)
    assert first.is_new
    assert not second.is_new
    assert second.release_id == first.release_id
    after = {p: p.stat().st_mtime_ns for p in data_dir.rglob("*") if p.name != "warehouse.duckdb"}
    changed = {p.name for p in before if p.is_file() and before[p] != after[p]}
    assert changed == set()
    assert before.keys() == after.keys()


def test_two_builds_elsewhere_and_in_another_zone_are_byte_identical(tmp_path: Path) -> None:
    found = []
    for name, zone, threads in (("one", "UTC", 1), ("two", "America/New_York", 4)):
        folder = tmp_path / name
        with open_writer(folder / "warehouse.duckdb") as con:
            fill(con, range(20))
            con.execute(f"SET TimeZone = '{zone}'")
            con.execute(f"SET threads = {threads}")
            release = publish(con, folder)
        found.append((release.release_id, {n: h for n, h in files(release.path).items() if n != "published.duckdb"}))
    assert found[0] == found[1]


def test_a_poll_that_brings_nothing_changes_no_release(filled: Connection, data_dir: Path) -> None:
    first = publish(filled, data_dir)
    unchanged = samples.poll(outcome="unchanged", polled_at=NOW + days(5), entries=(), byte_count=0)
    same_entries = samples.poll(polled_at=NOW + days(6))
    load.load_polls(filled, [unchanged, same_entries])
    assert publish(filled, data_dir).release_id == first.release_id


def test_months_do_not_depend_on_the_readers_time_zone(filled: Connection, data_dir: Path) -> None:
    filled.execute("UPDATE core.articles SET published_at = '2026-03-01 01:00:00+00', published_on = '2026-03-01'")
    publish(filled, data_dir)
    with duckdb.connect(str((data_dir / "published.duckdb").resolve()), read_only=True) as reader:
        reader.execute("SET TimeZone = 'America/New_York'")
        months = reader.execute("SELECT DISTINCT strftime(month, '%Y-%m') FROM mart.trend_monthly").fetchall()
        at = reader.execute("SELECT DISTINCT strftime(published_at, '%Y-%m-%d %H') FROM mart.articles").fetchall()
    assert (months, at) == ([("2026-03",)], [("2026-03-01 01",)])


def test_a_failed_check_keeps_the_old_release(filled: Connection, data_dir: Path) -> None:
    first = publish(filled, data_dir)
    filled.execute("INSERT INTO core.deals SELECT * FROM core.deals LIMIT 1")
    with pytest.raises(CheckFailedError, match="assert_unique_core_deals found 1 row") as caught:
        publish(filled, data_dir)
    assert caught.value.check == "assert_unique_core_deals"
    assert "rows_count=2" in caught.value.rows[0]
    assert (data_dir / "release").resolve() == first.path.resolve()
    assert os.listdir(data_dir / "releases") == [first.release_id]


def test_old_releases_go_but_for_the_newest(filled: Connection, data_dir: Path) -> None:
    made = []
    for number in range(10, 15):
        add_news(filled, number)
        made.append(publish(filled, data_dir).release_id)
    assert len(set(made)) == 5
    assert set(os.listdir(data_dir / "releases")) == set(made[-KEPT_RELEASES:])


def test_a_damaged_release_is_made_anew(filled: Connection, data_dir: Path) -> None:
    release = publish(filled, data_dir)
    whole = files(release.path)["deals.parquet"]
    (release.path / "deals.parquet").write_bytes(b"half")
    (release.path / "published.duckdb").unlink()
    assert publish(filled, data_dir).release_id == release.release_id
    assert files(release.path)["deals.parquet"] == whole
    assert (data_dir / "published.duckdb").is_file()


def test_a_folder_in_the_place_of_the_link_is_named(filled: Connection, data_dir: Path) -> None:
    (data_dir / "release").mkdir()
    with pytest.raises(WarehouseUnwritableError, match="should be a link"):
        publish(filled, data_dir)


def test_leftovers_of_killed_runs_go(filled: Connection, data_dir: Path) -> None:
    (data_dir / "releases" / ".aside-4242").mkdir(parents=True)
    (data_dir / "releases" / ".aside-4242" / "deals.parquet").write_bytes(b"half")
    (data_dir / ".aside-release").symlink_to("nowhere")
    release = publish(filled, data_dir)
    assert os.listdir(data_dir / "releases") == [release.release_id]
    assert not (data_dir / ".aside-release").is_symlink()


READER = """
import sys
from pathlib import Path
from warehouse.connection import open_reader
seen = set()
print("reading", flush=True)
for _ in range(100000):
    with open_reader(Path(sys.argv[1])) as con:
        deals, told = con.execute(
            "SELECT (SELECT count(*) FROM mart.deals), (SELECT sum(deals_count) FROM mart.trend_monthly)").fetchone()
        feeds = con.execute("SELECT entries_count FROM mart.feeds").fetchone()
    assert deals == told == 3, (deals, told)
    seen.add(feeds)
    if feeds == (7,):
        break
print(len(seen), flush=True)
"""


def test_readers_see_whole_releases_while_others_are_published(filled: Connection, data_dir: Path) -> None:
    publish(filled, data_dir)
    command = [sys.executable, "-c", READER, str(data_dir / "published.duckdb")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number in range(10, 14):
            add_news(filled, number)
            publish(filled, data_dir)
        said, errors = reader.communicate(timeout=60)
    assert reader.returncode == 0, errors
    assert int(said) >= 1


def physical_schema(folder: Path) -> dict[str, list[str]]:
    """Table -> "column physical/logical" as any Parquet reader sees them."""
    found = {}
    for file in sorted(folder.glob("*.parquet")):
        schema = pq.ParquetFile(file).schema
        columns = [schema.column(i) for i in range(len(schema.names))]
        found[file.stem] = [f"{c.path} {c.physical_type} {c.logical_type.type}" for c in columns]
    return found


def test_the_physical_schema_is_the_one_that_readers_know(filled: Connection, data_dir: Path) -> None:
    """A change here breaks somebody's BI report: add columns, or move the major schema_version with it."""
    found = physical_schema(publish(filled, data_dir).path)
    expected = json.loads(PHYSICAL_SCHEMA.read_text(encoding="utf-8"))
    assert found == expected["tables"]
    assert catalog.load().schema_version == expected["schema_version"]


def breaking(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[str]:
    """What a reader of the tables before misses after: tables and columns that went or have another type."""
    return [
        f"{table}.{column}"
        for table, columns in before.items()
        for column in columns
        if column not in after.get(table, [])
    ]


def test_a_change_that_breaks_readers_moves_the_major_version() -> None:
    """published_1.0.json is what readers of version 1 were promised: columns may come, none may go."""
    for promised in sorted(PHYSICAL_SCHEMA.parent.glob("published_[0-9]*.json")):
        told = json.loads(promised.read_text(encoding="utf-8"))
        now = json.loads(PHYSICAL_SCHEMA.read_text(encoding="utf-8"))
        if told["schema_version"].split(".")[0] == now["schema_version"].split(".")[0]:
            assert breaking(told["tables"], now["tables"]) == [], promised.name


def test_a_column_that_goes_or_turns_breaks_readers_and_one_that_comes_does_not() -> None:
    before = {"deals": ["deal_id BYTE_ARRAY STRING", "power_mw DOUBLE NONE"]}
    assert breaking(before, {"deals": [*before["deals"], "new INT32 DATE"], "more": []}) == []
    assert breaking(before, {"deals": ["deal_id BYTE_ARRAY STRING", "power_mw INT64 INT"]}) == [
        "deals.power_mw DOUBLE NONE"
    ]


def test_columns_are_flat_and_of_types_that_every_tool_reads(filled: Connection, data_dir: Path) -> None:
    allowed = {
        "BYTE_ARRAY STRING",
        "INT64 NONE",
        "INT64 INT",
        "INT64 DECIMAL",
        "INT64 TIMESTAMP",
        "INT32 DATE",
        "DOUBLE NONE",
        "BOOLEAN NONE",
    }
    for table, columns in physical_schema(publish(filled, data_dir).path).items():
        for column in columns:
            name, _, kind = column.partition(" ")
            assert kind in allowed, (table, column)
            assert "." not in name


def test_files_say_what_they_are(filled: Connection, data_dir: Path) -> None:
    release = publish(filled, data_dir)
    told = pq.read_metadata(release.path / "deals.parquet").metadata
    assert told[b"schema_version"].decode() == catalog.load().schema_version
    assert told[b"generator"] == b"gigawire"
    assert b"One row: one deal." in told[b"description"]
    assert json.loads(told[b"columns"])["power_mw"].endswith("[MW]")
    assert pq.read_metadata(release.path / "deals.parquet").row_group(0).column(0).compression == "ZSTD"


def test_every_published_table_and_column_has_its_comment(filled: Connection, data_dir: Path) -> None:
    publish(filled, data_dir)
    with open_reader(data_dir / "published.duckdb") as reader:
        silent = reader.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'mart' AND comment IS NULL "
            "UNION ALL SELECT table_name, NULL FROM duckdb_tables() WHERE comment IS NULL"
        ).fetchall()
        tables = reader.execute("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'mart'").fetchone()
    assert silent == []
    assert tables == (len(catalog.load().marts),)


def test_an_empty_warehouse_can_be_published(con: Connection, data_dir: Path) -> None:
    release = publish(con, data_dir)
    assert set(release.tables.values()) == {0}
    assert physical_schema(release.path) == json.loads(PHYSICAL_SCHEMA.read_text(encoding="utf-8"))["tables"]


def test_the_last_release_of_each_day_has_the_name_of_its_day(filled: Connection, data_dir: Path) -> None:
    made = []
    for number in range(10, 20):
        add_news(filled, number)
        made.append(publish(filled, data_dir, on=date(2026, 3, number)).release_id)
    dated = sorted((data_dir / "releases" / "dated").iterdir())
    assert [link.name for link in dated] == [f"2026-03-{number}" for number in range(13, 20)]
    assert [os.readlink(link) for link in dated] == [f"../{release_id}" for release_id in made[3:]]
    assert all((link / "deals.parquet").is_file() for link in dated)
    assert set(os.listdir(data_dir / "releases")) == {"dated", *made[3:]}
