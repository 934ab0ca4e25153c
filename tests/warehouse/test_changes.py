"""The changes between two releases, applied by key to the first, give the second."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import fill
from warehouse.changes import KEPT_CHANGES, write_changes
from warehouse.publish import publish, read_manifest

Connection = duckdb.DuckDBPyConnection


def applied(before: Path, changes: Path, after: Path, table: str, key: list[str]) -> tuple[list, list]:
    """The rows of a table after its changes were applied as a BI tool would, and those of the later release."""
    same = " AND ".join(f'c."{name}" IS NOT DISTINCT FROM t."{name}"' for name in key)
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE t AS FROM '{before / table}.parquet'")
        change = changes / f"{table}.parquet"
        if change.exists():
            con.execute(f"DELETE FROM t WHERE EXISTS (SELECT 1 FROM '{change}' AS c WHERE {same})")
            con.execute(f"INSERT INTO t SELECT * EXCLUDE (change) FROM '{change}' WHERE change <> 'removed'")
        kept = con.execute("FROM t ORDER BY ALL").fetchall()
        return kept, con.execute(f"FROM '{after / table}.parquet' ORDER BY ALL").fetchall()


def test_changes_applied_to_the_release_before_give_the_release_after(con: Connection, path: Path) -> None:
    fill(con, range(6))
    first = publish(con, path.parent)
    fill(con, range(6, 9))
    con.execute("UPDATE core.articles SET title = replace(title, 'signs', 'meets') WHERE item_id = 'item-1'")
    second = publish(con, path.parent)
    (changes,) = (path.parent / "changes").iterdir()
    assert changes.name == f"000001-{first.release_id}-{second.release_id}"
    manifest = read_manifest(second.path)
    assert manifest
    for table in manifest["tables"]:
        found, expected = applied(first.path, changes, second.path, table["name"], table["key"])
        assert found == expected, table["name"]
    told = json.loads((changes / "manifest.json").read_text())
    assert told["tables"]["deals"]["added"] == 3
    assert told["tables"]["articles"] == {"added": 3, "changed": 1}
    assert told["reload"] == told["gone"] == []


def test_an_unchanged_publish_writes_no_changes(filled: Connection, path: Path) -> None:
    publish(filled, path.parent)
    publish(filled, path.parent)
    assert not (path.parent / "changes").exists()


def test_changes_to_a_release_that_was_never_shown_go(filled: Connection, path: Path) -> None:
    first = publish(filled, path.parent)
    killed = path.parent / "changes" / f"000001-{first.release_id}-feedbeef"
    killed.mkdir(parents=True)
    fill(filled, range(3, 5))
    second = publish(filled, path.parent)
    assert [p.name for p in (path.parent / "changes").iterdir()] == [f"000001-{first.release_id}-{second.release_id}"]


def test_a_table_of_other_columns_is_to_be_loaded_whole(filled: Connection, path: Path, tmp_path: Path) -> None:
    release = publish(filled, path.parent)
    manifest = read_manifest(release.path)
    assert manifest
    deals = next(table for table in manifest["tables"] if table["name"] == "deals")
    wider = {**deals, "sha256": "other", "columns": [*deals["columns"], {"name": "new", "type": "VARCHAR"}]}
    after = {**manifest, "release_id": "next", "tables": [wider]}
    found = write_changes(filled, tmp_path / "c", release.path / "published.duckdb", manifest, after)
    told = json.loads((found / "manifest.json").read_text())
    assert told["reload"] == ["deals"]
    assert "articles" in told["gone"]


@pytest.mark.parametrize("extra", [0, 3])
def test_old_changes_go(filled: Connection, path: Path, tmp_path: Path, extra: int) -> None:
    release = publish(filled, path.parent)
    manifest = read_manifest(release.path)
    assert manifest
    folder = tmp_path / "c"
    folder.mkdir()
    for number in range(1, KEPT_CHANGES + extra):
        (folder / f"{number:06d}-old-{release.release_id}").mkdir()
    write_changes(filled, folder, release.path / "published.duckdb", manifest, {**manifest, "release_id": "next"})
    assert len(list(folder.iterdir())) == KEPT_CHANGES
    assert max(p.name for p in folder.iterdir()).startswith(f"{KEPT_CHANGES + extra:06d}-")
