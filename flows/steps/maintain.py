"""Maintain: what broken runs left, the warehouse's write-ahead log, and how large everything is."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.settings import Settings
from flows.tape import open_tape


def maintain(settings: Settings, at: datetime, keep_staging: timedelta) -> str:
    """Tidies the data folder; gives a line for whoever looks."""
    removed = remove_staging(settings.staging, at - keep_staging)
    if isinstance(settings.warehouse, Path) and settings.warehouse.exists():  # a lake keeps itself
        with open_tape(settings) as con:
            con.execute("CHECKPOINT")
    sizes = {name: size_of(settings.data_dir / name) for name in ("warehouse.duckdb", "archive", "release")}
    told = ", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in sizes.items())
    free = shutil.disk_usage(settings.data_dir).free if settings.data_dir.exists() else 0
    return f"{removed} leftovers of broken runs removed. {told}; {free / 1e9:,.1f} GB free."


def remove_staging(staging: Path, before: datetime) -> int:
    """Removes the runs' folders that nobody has written to since; how many."""
    old = [folder for folder in staging.glob("run=*") if datetime.fromtimestamp(folder.stat().st_mtime, UTC) < before]
    for folder in old:
        shutil.rmtree(folder)
    return len(old)


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; 0 where there is nothing."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size if path.exists() else 0
