"""What changed from one release to the next, for tools that load increments: one Parquet file a table that changed.

``changes/000007-<from>-<to>/`` holds the rows that were added, changed (as they are now) or removed (as they were),
told apart by the column ``change``. Applied in the order of their numbers to the release ``from``, by the table's key,
they give the release ``to``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

KEPT_CHANGES = 50
ASIDE = ".aside-"


def write_changes(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    last: Path,
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    touched: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Path:
    """Write the changes from the release ``before``, whose database is ``last``, to the one that is served; gives them.

    A table of other columns than before is named under ``reload`` in the manifest: load it whole. ``touched`` has, by
    the names of marts, where all rows that differ are known to stand: as they are now, as they were.
    """
    folder.mkdir(exist_ok=True)
    drop_unshown(folder, before["release_id"])
    known = sorted(path.name for path in folder.iterdir())
    number = int(known[-1].partition("-")[0]) + 1 if known else 1
    path = folder / f"{number:06d}-{before['release_id']}-{after['release_id']}"
    aside = folder / f"{ASIDE}{path.name}"
    aside.mkdir()
    old = {table["name"]: table for table in before["tables"]}
    changed = [t for t in after["tables"] if old.get(t["name"], {}).get("sha256") != t["sha256"]]
    reload = [t["name"] for t in changed if columns_of(old.get(t["name"], {})) != columns_of(t)]
    con.execute(f"ATTACH {quoted(last)} AS last (READ_ONLY)")
    try:
        counts = {
            t["name"]: write_table(con, t, aside, *touched.get(f"mart.{t['name']}", whole_tables(t["name"])))
            for t in changed
            if t["name"] not in reload
        }
    finally:
        con.execute("DETACH last")
    gone = sorted(old.keys() - {table["name"] for table in after["tables"]})
    told = {"from": before["release_id"], "to": after["release_id"], "schema_version": after["schema_version"]}
    manifest = {**told, "tables": counts, "reload": reload, "gone": gone}
    (aside / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    aside.rename(path)
    for name in known[: max(0, len(known) + 1 - KEPT_CHANGES)]:
        shutil.rmtree(folder / name)
    return path


def whole_tables(name: str) -> tuple[str, str]:
    """A table's rows in the release that is served and in the last one."""
    return f"published.mart.{name}", f"last.mart.{name}"


def write_table(
    con: duckdb.DuckDBPyConnection, table: dict[str, Any], folder: Path, new: str, old: str
) -> dict[str, int]:
    """Write the rows of one table that differ; gives how many were added, changed and removed."""
    same = " AND ".join(f'new."{key}" IS NOT DISTINCT FROM old."{key}"' for key in table["key"])
    columns = ", ".join(f'"{column["name"]}"' for column in table["columns"])
    order = ", ".join(f'"{key}" NULLS LAST' for key in table["key"])
    # Hashes of whole rows find what differs in one pass over each; full rows are compared only where these say so.
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE new_rows AS SELECT {columns} FROM {new} AS t "
        f"WHERE hash(t) NOT IN (SELECT hash(o) FROM {old} AS o)"
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE old_rows AS SELECT {columns} FROM {old} AS t "
        f"WHERE hash(t) NOT IN (SELECT hash(n) FROM {new} AS n)"
    )
    known = f"EXISTS (SELECT 1 FROM old_rows AS old WHERE {same})"
    kept = f"EXISTS (SELECT 1 FROM new_rows AS new WHERE {same})"
    rows = (
        f"SELECT CASE WHEN {known} THEN 'changed' ELSE 'added' END AS change, {columns} FROM new_rows AS new "
        f"UNION ALL SELECT 'removed', {columns} FROM old_rows AS old WHERE NOT {kept}"
    )
    file = quoted(folder / f"{table['name']}.parquet")
    con.execute(f"COPY (SELECT * FROM ({rows}) ORDER BY change, {order}) TO {file} (FORMAT parquet, COMPRESSION zstd)")
    found = con.execute(f"SELECT change, count(*) FROM read_parquet({file}) GROUP BY change ORDER BY change").fetchall()
    con.execute("DROP TABLE new_rows")
    con.execute("DROP TABLE old_rows")
    return dict(found)


def drop_unshown(folder: Path, release_id: str) -> None:
    """Remove changes that lead to a release that was never shown: a run was killed between the two."""
    for path in sorted(folder.iterdir(), reverse=True):
        if path.name.startswith(ASIDE) or path.name.rpartition("-")[2] != release_id:
            shutil.rmtree(path)
        else:
            return


def columns_of(table: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, type) of a manifest's table."""
    return [(column["name"], column["type"]) for column in table.get("columns", [])]


def quoted(path: Path) -> str:
    """A path as a SQL string literal."""
    return "'" + str(path).replace("'", "''") + "'"
