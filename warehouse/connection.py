"""The only way to open the warehouse file and the published one.

Measured traps that shape this module: DuckDB's own file lock dies when any descriptor on the database file closes in
its process, so the writer never opens that file itself and takes a lock file of its own; a file made with default
settings cannot be read by other DuckDB versions, so the storage version is always written out.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import duckdb

from warehouse import catalog, views
from warehouse.errors import (
    NotPublishedError,
    WarehouseDamagedError,
    WarehouseError,
    WarehouseLockedError,
    WarehouseUnwritableError,
    WarehouseVersionError,
)
from warehouse.lake import Lake, attach_lake, attach_turns, is_lake, parse_lake, turn
from warehouse.migrations import migrate

STORAGE_VERSION = "v1.5.0"  # written by 2.0 too, and read by every 1.5 and 2.0
RETRY_SECONDS = 0.1
PREPARED: set[tuple[object, object]] = set()  # files (device, inode) and lakes whose views this process has made
KEPT: list[duckdb.DuckDBPyConnection] = []  # one at most
NO_EXTENSIONS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
SANDBOX = {
    **NO_EXTENSIONS,
    "access_mode": "READ_ONLY",
    "enable_external_access": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",  # else a query could read the Python variables of its caller
    "temp_directory": "",  # with a size of 0 it would still make empty files beside the release
    "lock_configuration": "true",
}


@contextmanager
def open_writer(where: Path | str, *, wait_seconds: float = 10) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, open for writing: migrated, described, its views current, session time zone UTC.

    ``where`` is a file, or a lake (``ducklake:postgres:…``), which several may have open: their transactions take
    turns. For a file, waits up to ``wait_seconds`` for another writer. Raises WarehouseLockedError (with the holder's
    process id), WarehouseVersionError, WarehouseUnwritableError or WarehouseDamagedError.
    """
    if is_lake(where):
        with open_lake(parse_lake(str(where))) as con:
            yield con
        return
    path = Path(where)
    tries = max(1, round(wait_seconds / RETRY_SECONDS))
    with writer_lock(path.with_name(path.name + ".lock"), tries):
        spill = empty_spill_folder(path)
        with disk_errors(), in_memory(spill) as con:
            con.execute("SET TimeZone = 'UTC'")
            con.execute(f"SET temp_directory = {literal(str(spill))}")
            attach(con, path, tries)
            file = path.stat()
            prepare(con, (file.st_dev, file.st_ino))
            yield con


@contextmanager
def in_memory(spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB with nothing in it, to attach a file to, which is detached and let go in the end.

    The process keeps it for the next file that it opens, as making one takes as long as a small transaction. It goes
    where anything was left in it: after an error, after spilling, with another file attached.
    """
    kept = KEPT.pop() if KEPT else duckdb.connect(config=dict(NO_EXTENSIONS))
    con = kept.cursor()
    is_as_new = False
    try:
        yield con
        is_as_new = detached(con) and not spill.exists()
    finally:
        con.close()
        if is_as_new and not KEPT:
            KEPT.append(kept)
        else:
            kept.close()


def detached(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file could be detached and nothing else is attached. What was committed is safe in any case."""
    try:
        con.execute("USE memory")
        con.execute("DETACH warehouse")
        return con.execute("SELECT count(*) FROM duckdb_databases() WHERE NOT internal").fetchone() == (1,)
    except duckdb.Error:
        return False


@contextmanager
def open_lake(lake: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    """A lake open for writing, as open_writer gives a file."""
    con = duckdb.connect(config=dict(NO_EXTENSIONS))
    try:
        con.execute("SET TimeZone = 'UTC'")
        attach_lake(con, lake)
        con.execute("USE warehouse")
        attach_turns(con, lake)
        with turn(con):
            prepare(con, (lake.server, lake.schema))
        with disk_errors():
            yield con
    finally:
        con.close()


def is_there(where: Path | str) -> bool:
    """Whether there is a warehouse: a file may not have been made yet, a lake is asked when it is opened."""
    return is_lake(where) or Path(where).is_file()


@contextmanager
def open_reader(path: Path, *, memory_limit: str = "1GB", threads: int = 2) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file, read-only and shut in: no files, no network, no extensions, no settings to change.

    ``path`` is ``published.duckdb`` of the data folder; a release published meanwhile is seen by the next reader.
    Raises NotPublishedError where nothing was published.
    """
    # The real path, for a process keeps handing out the old database under a name that now points elsewhere.
    target = path.resolve()
    if not target.is_file():
        raise NotPublishedError(f"nothing is published at {path}: run `gigawire run` first")
    config: dict[str, Any] = {**SANDBOX, "memory_limit": memory_limit, "threads": str(threads)}
    with version_errors(target):
        con = duckdb.connect(str(target), config=config)
    try:
        yield con
    finally:
        con.close()


@contextmanager
def writer_lock(path: Path, tries: int) -> Iterator[None]:
    """Hold the lock file; the kernel drops it with the process, however that ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise WarehouseUnwritableError(
            f"cannot write in {path.parent} ({error.strerror}): make it writable, or give another --data-dir"
        ) from error
    try:
        for attempt in range(tries):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if attempt + 1 == tries:
                    raise locked(path, holder(descriptor)) from None
                sleep(RETRY_SECONDS)
        with disk_errors():
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def attach(con: duckdb.DuckDBPyConnection, path: Path, tries: int) -> None:
    """Attach the file as catalog ``warehouse`` and make it the default; waits while another program has it open."""
    statement = f"ATTACH {literal(str(path))} AS warehouse (STORAGE_VERSION '{STORAGE_VERSION}')"
    for attempt in range(tries):
        try:
            with version_errors(path):
                con.execute(statement)
            con.execute("USE warehouse")
            return
        except duckdb.IOException as error:
            message = str(error)
            if "Could not set lock" not in message:
                reason = message.splitlines()[0]
                raise WarehouseUnwritableError(f"cannot open {path} for writing: {reason}") from error
            if attempt + 1 == tries:
                found = re.search(r"PID (\d+)", message)
                raise locked(path, int(found[1]) if found else None) from error
        sleep(RETRY_SECONDS)


def empty_spill_folder(path: Path) -> Path:
    """Where large sorts may spill, beside the file; what a killed run left there is removed."""
    folder = path.with_name(path.name + ".tmp")
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def prepare(con: duckdb.DuckDBPyConnection, identity: tuple[object, object]) -> None:
    """Migrate, make the views of this version and describe the tables; nothing of it waits in the log afterwards.

    Views and descriptions are made once by each process that opens the file: they cost more than a small transaction.
    """
    applied = migrate(con)
    if not applied and identity in PREPARED and views.has_views(con):
        return
    views.create_views(con)
    described = catalog.describe(con)
    if applied or described:
        con.execute("CHECKPOINT")
    PREPARED.add(identity)


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: commit at the end, roll back on any error. On a lake the others wait meanwhile."""
    with turn(con):
        con.execute("BEGIN")
        try:
            yield
            con.execute("COMMIT")
        except BaseException:
            roll_back(con)
            raise


def roll_back(con: duckdb.DuckDBPyConnection) -> None:
    """Roll back; an error that already ended the transaction stays the one that is told."""
    try:
        con.execute("ROLLBACK")
    except duckdb.Error:
        return


def literal(text: str) -> str:
    """A SQL string literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def locked(path: Path, pid: int | None) -> WarehouseLockedError:
    """The error for a file that another process has open for writing."""
    who = f"process {pid}" if pid else "another process"
    return WarehouseLockedError(
        f"{path.with_name(path.name.removesuffix('.lock'))} is in use by {who}: wait until it ends, or stop it",
        pid=pid,
    )


def holder(descriptor: int) -> int | None:
    """The process id that the lock file names."""
    text = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
    return int(text) if text.isdigit() else None


@contextmanager
def version_errors(path: Path) -> Iterator[None]:
    """Tell a newer or broken file from one that cannot be opened."""
    try:
        yield
    except duckdb.Error as error:
        message = str(error).splitlines()[0]
        if "version number" in message:
            raise WarehouseVersionError(
                f"{path} was written by a newer DuckDB than {duckdb.__version__}: update Gigawire"
            ) from error
        if "not a valid DuckDB database" in message or "Corrupt" in message or "checksum" in message:
            raise WarehouseDamagedError(
                f"{path} is no DuckDB database or is damaged: move it away and run again, the archive has its sources"
            ) from error
        raise


@contextmanager
def disk_errors() -> Iterator[None]:
    """A full or failing disk gets a message that says the way out."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        told = [
            line for line in str(error).splitlines() if re.search("No space left|disk full|Read-only file", line, re.I)
        ]
        if isinstance(error, WarehouseError) or not told:
            raise
        raise WarehouseUnwritableError(f"the disk does not take more: {told[0]}; make space and run again") from error
