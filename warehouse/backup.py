"""A data folder as one tar file and back: what cannot be made again, each file with its checksum.

The warehouse is copied first, at rest and locked; the archive after it. Archived files are never changed and lie there
before a row speaks of them, so what the copied rows name is in the backup, whatever a run adds meanwhile.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from warehouse.archive import sync_folder
from warehouse.connection import RETRY_SECONDS, open_writer, writer_lock
from warehouse.errors import WarehouseError
from warehouse.lake import is_lake
from warehouse.moving import copy_warehouse
from warehouse.publish import read_manifest
from warehouse.serving import DATABASE

WAREHOUSE = "warehouse.duckdb"
LOCK = f"{WAREHOUSE}.lock"
MANIFEST = "backup.json"  # the last member: name -> bytes and sha256 of all others
WRITTEN_BY_PEOPLE = ("gigawire.toml", "feeds.csv", "publishers.csv", "overrides.yaml", "alerts.toml")
BESIDE = (*WRITTEN_BY_PEOPLE, "archive", "changes", "reprocess")
RESTORING, REPLACED = ".restoring", "before-restore"
CHUNK = 1 << 20


class BackupError(WarehouseError):
    """A backup cannot be made, is damaged, or would overwrite what is there; the message says the way out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds."""

    path: Path
    files: int
    byte_count: int  # of the files before they went into the tar file
    release_id: str  # published when it was made, "" where nothing was


class HashingReader:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self.file.read(size)
        self.hash.update(data)
        return data


def back_up(where: Path | str, data_dir: Path, target: Path, *, wait_seconds: float = 10) -> Backup:
    """Writes the tar file aside and gives it its name once it is whole. Raises BackupError, WarehouseLockedError.

    ``where`` is the warehouse; a lake arrives as a file, row for row. Readable by its owner only: settings and targets
    of alerts may hold passwords.
    """
    if target.exists():
        raise BackupError(f"{target} is there already: name a file that is not")
    aside = target.with_name(f".{target.name}.part")
    copied = target.with_name(f".{target.name}.warehouse")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_at_rest(where, copied, wait_seconds=wait_seconds)
        release = (read_manifest((data_dir / DATABASE).resolve().parent) or {}).get("release_id", "")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            listed = write_members(file, [(WAREHOUSE, copied), *members(data_dir)], release)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise BackupError(f"{target} cannot be written ({error.strerror or error}): make space there") from error
    finally:
        for leftover in (aside, copied, copied.with_name(copied.name + ".lock")):
            leftover.unlink(missing_ok=True)
    sizes = [one["bytes"] for one in listed.values()]
    return Backup(path=target, files=len(sizes), byte_count=sum(sizes), release_id=release)


def copy_at_rest(where: Path | str, copied: Path, *, wait_seconds: float) -> None:
    """The warehouse as a file of its own, with nothing waiting in its log."""
    copied.unlink(missing_ok=True)
    if is_lake(where):
        copy_warehouse(where, copied, wait_seconds=wait_seconds)
        return
    path = Path(where)
    if not path.is_file():
        raise BackupError(f"there is no warehouse at {path}: nothing to back up")
    with open_writer(path, wait_seconds=wait_seconds) as con:
        con.execute("CHECKPOINT")
        # By a child: a file that this process opens and closes would take DuckDB's lock away (anchor duckdb.md 2).
        done = subprocess.run(["cp", "--", str(path), str(copied)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{path} could not be copied: {done.stderr.strip() or 'cp gave no reason'}")


def members(data_dir: Path) -> Iterator[tuple[str, Path]]:
    """(name in the backup, file) of everything beside the warehouse that cannot be made again."""
    for name in BESIDE:
        path = data_dir / name
        if path.is_dir():
            for file in sorted(one for one in path.rglob("*") if one.is_file()):
                if not any(part.startswith(".") for part in file.relative_to(data_dir).parts):
                    yield file.relative_to(data_dir).as_posix(), file
        elif path.is_file():
            yield name, path


def write_members(file: IO[bytes], files: Iterable[tuple[str, Path]], release_id: str) -> dict[str, dict[str, Any]]:
    """The tar file: the members, then the manifest, which is given too. The same files give the same bytes."""
    listed: dict[str, dict[str, Any]] = {}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, path in files:
            try:
                source = path.open("rb")
            except FileNotFoundError:
                continue  # pruned since it was listed
            with source:
                reader = HashingReader(source)
                size = os.fstat(source.fileno()).st_size
                tar.addfile(member(name, size), reader)
            listed[name] = {"bytes": size, "sha256": reader.hash.hexdigest()}
        told = json.dumps({"format": 1, "release_id": release_id, "files": listed}, indent=1).encode()
        tar.addfile(member(MANIFEST, len(told)), io.BytesIO(told))
    return listed


def member(name: str, size: int) -> tarfile.TarInfo:
    """The head of a file in the tar file, with nothing of the day or the person who made it."""
    head = tarfile.TarInfo(name)
    head.size, head.mode = size, 0o644
    return head


def check_backup(path: Path, into: Path | None = None) -> Backup:
    """Reads a backup whole and compares each file with its checksum; unpacks them ``into`` an empty folder, if given.

    Raises BackupError for what is no backup, is damaged, or holds a file that the manifest does not name.
    """
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(path, "r:") as tar:
            for head in tar:
                source = tar.extractfile(head) if head.isfile() else None
                if source is None or not is_ours(head.name) or head.name in found:
                    raise BackupError(f"{path} holds {head.name!r}, which no backup of ours does: it is not restored")
                if head.name == MANIFEST:
                    manifest = json.load(source)
                    continue
                found[head.name] = copy_hashed(source, into and into / head.name)
    except FileNotFoundError:
        raise BackupError(f"there is no backup {path}") from None
    except (OSError, tarfile.TarError, ValueError, EOFError) as error:
        raise BackupError(f"{path} is no backup or is damaged ({error}): take another one") from error
    files = manifest.get("files", {})
    wrong = sorted(name for name in {*files, *found} if files.get(name) != found.get(name))
    if wrong or WAREHOUSE not in found:
        named = wrong[0] if wrong else WAREHOUSE
        raise BackupError(f"{path} is damaged: {named} is not what was backed up ({len(wrong)} such): take another one")
    sizes = [one["bytes"] for one in found.values()]
    return Backup(path=path, files=len(sizes), byte_count=sum(sizes), release_id=str(manifest["release_id"]))


def is_ours(name: str) -> bool:
    """True for a name that a backup may hold: nothing that would land outside its folder.

    >>> is_ours("archive/ab/x.gz"), is_ours("archive/../../x"), is_ours("/etc/passwd")
    (True, False, False)
    """
    parts = name.split("/")
    return parts[0] in {WAREHOUSE, MANIFEST, *BESIDE} and not {"", ".", ".."} & set(parts)


def copy_hashed(source: IO[bytes], target: Path | None) -> dict[str, Any]:
    """Size and sha256 of what was read, written to ``target`` meanwhile, if given."""
    reader, size = HashingReader(source), 0
    if target is None:
        while data := reader.read(CHUNK):
            size += len(data)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            shutil.copyfileobj(reader, file, CHUNK)
            size = file.tell()
    return {"bytes": size, "sha256": reader.hash.hexdigest()}


def restore(path: Path, data_dir: Path, *, force: bool = False, wait_seconds: float = 10) -> Backup:
    """Puts a backup in place, once every file of it was found whole; readers wait for the publish that follows.

    Raises BackupError where the data folder is not empty, unless ``force``: what was there then moves into its folder
    ``before-restore`` and nothing is deleted.
    """
    ours = {RESTORING, LOCK}
    there = [one for one in data_dir.iterdir() if one.name not in ours] if data_dir.is_dir() else []
    if there and not force:
        raise BackupError(f"{data_dir} is not empty: restore into another --data-dir, or over this one with --force")
    with alone(data_dir, wait_seconds):
        aside = data_dir / RESTORING
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        try:
            done = check_backup(path, aside)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        os.sync()
        if there:
            set_aside(data_dir)
        for one in sorted(
            aside.iterdir(), key=lambda one: one.name == WAREHOUSE
        ):  # the warehouse last: then it is whole
            one.rename(data_dir / one.name)
        aside.rmdir()
        sync_folder(data_dir)
    return done


@contextmanager
def alone(data_dir: Path, wait_seconds: float) -> Iterator[None]:
    """No writer has the warehouse open meanwhile."""
    with writer_lock(data_dir / LOCK, max(1, round(wait_seconds / RETRY_SECONDS))):
        yield


def set_aside(data_dir: Path) -> None:
    """What a restore replaces, into a folder beside it; the first free of before-restore, before-restore-2, …"""
    folder, number = data_dir / REPLACED, 1
    while folder.exists():
        number += 1
        folder = data_dir / f"{REPLACED}-{number}"
    folder.mkdir()
    stays = {RESTORING, LOCK}
    for one in sorted(data_dir.iterdir()):
        if one.name not in stays and not one.name.startswith(REPLACED):
            one.rename(folder / one.name)
