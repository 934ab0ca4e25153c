"""Everything that a run leaves, in a form that two runs can be compared by."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from warehouse.connection import open_writer

Tables = dict[str, list[tuple[Any, ...]]]


def tables_of(data_dir: Path) -> Tables:
    """The sorted rows of every table of the warehouse."""
    with open_writer(data_dir / "warehouse.duckdb") as con:
        names = con.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables "
            "WHERE table_schema IN ('raw', 'core') AND table_type = 'BASE TABLE' ORDER BY 1"
        ).fetchall()
        return {name: con.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for (name,) in names}


def release_of(data_dir: Path) -> dict[str, str]:
    """file name -> sha256 of the Parquet files and the manifest that readers see."""
    release = (data_dir / "published.duckdb").resolve().parent
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(release.iterdir())
        if path.suffix in {".parquet", ".json"}
    }


def differences(one: Tables, other: Tables) -> list[str]:
    """A line for each table that is not the same in both."""
    return [
        f"{name}: {len(one.get(name, []))} rows and {len(other.get(name, []))}; "
        f"only here {[r for r in one.get(name, []) if r not in other.get(name, [])][:2]}, "
        f"only there {[r for r in other.get(name, []) if r not in one.get(name, [])][:2]}"
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    ]


def left_aside(data_dir: Path) -> list[str]:
    """Files that a finished run should not leave behind."""
    return [
        str(path.relative_to(data_dir))
        for path in data_dir.rglob("*")
        if path.is_file() and (path.suffix in {".tmp", ".part", ".wal"} or path.name.startswith("."))
    ]
