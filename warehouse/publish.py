"""Marts into a release: Parquet files, a manifest and published.duckdb, written aside and shown at once.

Readers see the release before or the release after, never half: a folder is complete before it gets its name, and one
symlink leads to it. What a killed run left aside is removed by the next one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from warehouse import catalog, parquet
from warehouse.archive import sync_folder
from warehouse.changes import write_changes
from warehouse.checks import check_against, run_checks
from warehouse.connection import disk_errors
from warehouse.description import describe_release, is_described
from warehouse.errors import WarehouseUnwritableError
from warehouse.serving import DATABASE, KEPT, Served, columns_of, keep, put_in_place, serving_tables

KEPT_RELEASES = 3
KEPT_DAYS = 7
ASIDE = ".aside-"
MANIFEST = "manifest.json"
WRITERS = 2  # files written or read at once
INCREMENTS_FROM = 100_000  # articles: a smaller tape is computed whole in seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What readers see after a publish."""

    release_id: str  # hash of the content: equal content is the same release
    path: Path  # its folder
    is_new: bool  # False where the content was that of the release before, so that nothing was rewritten
    tables: dict[str, int]  # table name -> rows


def publish(
    con: duckdb.DuckDBPyConnection,
    data_dir: Path,
    *,
    accept_totals: bool = False,
    on: date | None = None,
    increments_from: int = INCREMENTS_FROM,
) -> Release:
    """Check the warehouse, build the marts' release in ``data_dir`` and make it the current one.

    Totals that jump, and totals, freshness or quality that fall against the release before hold it, unless
    ``accept_totals`` says that they are right. A
    new release also gets a name by the day ``on`` that it is of. From ``increments_from`` articles on, a release
    computes what follows from the rows that changed since the last one, and is the same as one that computed all.

    ``con`` is the writer's connection: its lock also guards the release folders. Raises CheckFailedError, before
    anything is shown, where a check finds rows, and WarehouseUnwritableError where the disk does not take it.
    """
    releases = data_dir / "releases"
    last = (data_dir / DATABASE).resolve()
    with disk_errors(), folder_aside(releases) as aside:
        is_large = con.execute("SELECT count(*) FROM core.articles").fetchall()[0][0] >= increments_from
        before = read_manifest(last.parent)
        start = last if is_large and before and is_whole(last.parent, before) else None
        with serving_tables(con, aside / DATABASE, data_dir, last=start, keeps=is_large) as served:
            run_checks(con, changed_first=served.changed_first)
            if last.is_file() and not accept_totals:
                check_against(con, last)
            manifest = build_manifest(con, aside, served, last.parent)
            release_id = manifest["release_id"]
            if served.aside:
                keep(con, release_id)
            if before and before["release_id"] != release_id:
                touched = {name: (change.now, change.before) for name, change in served.changes.items() if change}
                write_changes(con, data_dir / "changes", last, before, manifest, touched=touched)
        path = releases / release_id
        if not is_whole(path, manifest):
            sync_file(aside / DATABASE)
            for name, text in describe_release(manifest).items():
                write_synced(aside / name, text.encode())
            write_synced(aside / MANIFEST, manifest_bytes(manifest))
            move_into_place(aside, path)
        is_new = point(data_dir / "release", f"releases/{release_id}")
        # Through the other link, so that both move in one step.
        point(data_dir / DATABASE, f"release/{DATABASE}")
        if served.aside and (is_new or not (data_dir / KEPT).exists()):
            put_in_place(served.aside, data_dir)
        if is_new:
            os.utime(path)
            if on:
                date_release(releases, release_id, on)
            remove_old_releases(releases, release_id)
    return Release(
        release_id=release_id,
        path=path,
        is_new=is_new,
        tables={table["name"]: table["rows"] for table in manifest["tables"]},
    )


def build_manifest(con: duckdb.DuckDBPyConnection, folder: Path, served: Served, last: Path) -> dict[str, Any]:
    """Write one Parquet file a mart into the folder; gives the manifest that describes them.

    A mart whose rows are those of the release in the folder ``last`` shares its file.
    """
    version = catalog.load().schema_version
    con.execute("SET threads = 1")  # a file: with more, its row groups depend on who was faster
    try:
        with ThreadPoolExecutor(WRITERS) as pool:
            told = pool.map(lambda mart: file_of(con, mart, folder, served, last), catalog.load().marts)
            tables = list(told)
    finally:
        con.execute("RESET threads")
    content = json.dumps([version, [[table["name"], table["sha256"]] for table in tables]])
    return {
        "release_id": hashlib.sha256(content.encode()).hexdigest()[:16],
        "schema_version": version,
        "generator": "gigawire",
        "tables": tables,
    }


def file_of(
    con: duckdb.DuckDBPyConnection, mart: catalog.Table, folder: Path, served: Served, last: Path
) -> dict[str, Any]:
    """Put the mart's file into the folder, that of the last release where its rows are the same; gives its entry."""
    path = folder / f"{mart.short_name}.parquet"
    with con.cursor() as own:
        if mart.name not in served.changes:
            parquet.write_mart(own, mart, path)
        elif change := served.changes[mart.name]:
            parquet.write_changed(own, mart, path, last / path.name, change)
        else:
            share_file(last / path.name, path)
            tables = (read_manifest(last) or {})["tables"]
            entry: dict[str, Any] = next(table for table in tables if table["name"] == mart.short_name)
            return entry
        sync_file(path)
        return entry_of(own, mart, path)


def share_file(source: Path, path: Path) -> None:
    """The same file under a second name, a copy where the disk knows no links."""
    try:
        os.link(source, path)
    except OSError:
        shutil.copyfile(source, path)
        sync_file(path)


def entry_of(con: duckdb.DuckDBPyConnection, mart: catalog.Table, path: Path) -> dict[str, Any]:
    """What the manifest tells of a mart's file."""
    table = f"published.{mart.name}"
    rows = con.execute(f"SELECT count(*) FROM {table}").fetchone()
    return {
        "name": mart.short_name,
        "file": path.name,
        "description": mart.description,
        "grain": mart.grain,
        "key": list(mart.key),
        "rows": rows[0] if rows else 0,
        "bytes": path.stat().st_size,
        "sha256": hash_of(path),
        "columns": [
            {"name": column.name, "type": column.published_type, "unit": column.unit, "meaning": column.meaning}
            for column in columns_of(con, f"FROM {table}")
        ],
    }


def manifest_bytes(manifest: dict[str, Any]) -> bytes:
    """The manifest as it is stored."""
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def is_whole(path: Path, manifest: dict[str, Any]) -> bool:
    """True where the folder holds this very release, every file as the manifest says."""
    try:
        if (path / MANIFEST).read_bytes() != manifest_bytes(manifest):
            return False
        if not ((path / DATABASE).is_file() and is_described(path, manifest)):
            return False
        with ThreadPoolExecutor(WRITERS) as pool:
            found = pool.map(hash_of, [path / table["file"] for table in manifest["tables"]])
            return all(told == table["sha256"] for told, table in zip(found, manifest["tables"], strict=True))
    except OSError:
        return False


def move_into_place(aside: Path, path: Path) -> None:
    """Give the finished folder its name; a damaged folder of that name makes way."""
    sync_folder(aside)
    if path.exists():
        path.rename(path.with_name(f"{ASIDE}{path.name}"))
    aside.rename(path)
    sync_folder(path.parent)


@contextmanager
def folder_aside(releases: Path) -> Iterator[Path]:
    """An empty folder to build in, gone afterwards unless it was renamed; leftovers of killed runs go first."""
    try:
        releases.mkdir(parents=True, exist_ok=True)
        sweep(releases)
        aside = releases / f"{ASIDE}{os.getpid()}"
        aside.mkdir()
    except OSError as error:
        raise WarehouseUnwritableError(
            f"cannot write in {releases} ({error.strerror}): make it writable, or give another --data-dir"
        ) from error
    try:
        yield aside
    finally:
        sweep(releases)


def sweep(releases: Path) -> None:
    """Remove what was built aside and never shown."""
    for path in releases.glob(f"{ASIDE}*"):
        shutil.rmtree(path)
    for path in releases.parent.glob(f"{ASIDE}*"):
        path.unlink()


def point(link: Path, target: str) -> bool:
    """Make the symlink lead to the target in one step; gives True where it led elsewhere before."""
    if link.is_symlink() and os.readlink(link) == target:
        return False
    if link.is_dir() and not link.is_symlink():
        raise WarehouseUnwritableError(f"{link} is a folder and should be a link: move it away and run again")
    aside = link.with_name(f"{ASIDE}{link.name}")
    os.symlink(target, aside)
    os.replace(aside, link)
    sync_folder(link.parent)
    return True


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a release's folder, None where there is none."""
    try:
        return dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def date_release(releases: Path, release_id: str, on: date) -> None:
    """Give the release the name of its day, ``releases/dated/2026-03-02``; the last of a day keeps it."""
    dated = releases / "dated"
    dated.mkdir(exist_ok=True)
    point(dated / on.isoformat(), f"../{release_id}")
    for link in sorted(dated.iterdir())[:-KEPT_DAYS]:
        link.unlink()


def remove_old_releases(releases: Path, current: str) -> None:
    """Keep the current release, those before it (KEPT_RELEASES in all), and the last of each of KEPT_DAYS days."""
    dated = {os.readlink(link).rpartition("/")[2] for link in releases.glob("dated/*")}
    others = [p for p in releases.iterdir() if p.name not in (current, "dated") and not p.name.startswith(".")]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in (path for path in others[KEPT_RELEASES - 1 :] if path.name not in dated):
        path = path.rename(path.with_name(f"{ASIDE}{path.name}"))
        shutil.rmtree(path)


def hash_of(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_synced(path: Path, data: bytes) -> None:
    """Write a file that survives a power cut."""
    path.write_bytes(data)
    sync_file(path)


def sync_file(path: Path) -> None:
    """Make a file's content survive a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
