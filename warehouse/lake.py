"""The warehouse on DuckLake: its catalog in PostgreSQL, its data as Parquet in a folder or an object store.

For more than one machine (docs/scale.md). Appends of two writers never conflict there, and no key forbids a row twice,
so writers take turns: one transaction at a time, by an advisory lock of the catalog's server.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseLockedError, WarehouseUnwritableError, WarehouseVersionError

PREFIX = "ducklake:postgres:"
OURS = ("data_path", "schema")  # settings of ours among those of the server
TURN_SECONDS = 120  # how long a writer waits for the others
TURNS = "turns"  # the catalog's server, attached for its locks
RETRIES = 100  # of a commit that meets one of the maintenance
WORD = re.compile(r"([a-z_]+)\s*=\s*('(?:[^'\\]|\\.)*'|\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lake:
    """Where a lake is: ``server`` as libpq takes it, the schema that holds the catalog, the folder of the data."""

    server: str
    schema: str
    data_path: str  # "" where the lake exists and knows it

    @property
    def name(self) -> str:
        """What errors call it: no password."""
        return PREFIX + re.sub(r"\s*\bpassword\s*=\s*('(?:[^'\\]|\\.)*'|\S+)", "", self.server).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A state of the lake that can be read again, until it is expired."""

    snapshot: int
    made_at: str
    changes: str


def is_lake(where: Path | str) -> bool:
    """Whether this names a lake, not a file."""
    return str(where).startswith("ducklake:")


def parse_lake(where: str) -> Lake:
    """The lake of ``ducklake:postgres:dbname=… host=… data_path=… schema=…``.

    >>> parse_lake("ducklake:postgres:dbname=tape host=db data_path=/mnt/lake").data_path
    '/mnt/lake'
    """
    if not where.startswith(PREFIX):
        kind = where.split("=", maxsplit=1)[0]
        raise WarehouseUnwritableError(f"{kind} is no lake: name it as {PREFIX}dbname=… host=…")
    words = [(key, value) for key, value in WORD.findall(where.removeprefix(PREFIX))]
    ours = {key: value.strip("'") for key, value in words if key in OURS}
    return Lake(
        server=" ".join(f"{key}={value}" for key, value in words if key not in OURS),
        schema=ours.get("schema", "gigawire"),
        data_path=ours.get("data_path", ""),
    )


def attach_lake(con: duckdb.DuckDBPyConnection, lake: Lake, name: str = "warehouse", *, options: str = "") -> None:
    """Attach the lake as a catalog of that name; a new one is made where ``data_path`` says where its data go."""
    for package, extension in needed_extensions(lake):
        con.execute(f"LOAD {text(str(extension_file(package, extension)))}")
    told = [f"METADATA_SCHEMA {text(lake.schema)}"]
    if lake.data_path:
        if "://" not in lake.data_path:
            Path(lake.data_path).mkdir(parents=True, exist_ok=True)
        told.append(f"DATA_PATH {text(lake.data_path.rstrip('/') + '/')}")
    if options:
        told.append(options)
    try:
        con.execute(f"ATTACH {text('ducklake:postgres:' + lake.server)} AS {name} ({', '.join(told)})")
        con.execute(f"SET ducklake_max_retry_count = {RETRIES}")
    except (duckdb.Error, OSError) as error:
        raise WarehouseUnwritableError(f"cannot open {lake.name}: {reason(error, lake)}") from error


def attach_turns(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    """Attach the catalog's server, for the locks by which writers take turns."""
    server = f"{lake.server} options='-c lock_timeout={TURN_SECONDS}s -c lc_messages=C'"
    con.execute(f"ATTACH {text(server)} AS {TURNS} (TYPE postgres, READ_ONLY, SCHEMA {text(lake.schema)})")


@contextmanager
def turn(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """The right to write. A file has one writer anyway; a lake has as many as like, one transaction at a time."""
    if not con.execute(f"SELECT 1 FROM duckdb_databases() WHERE database_name = '{TURNS}'").fetchone():
        yield
        return
    # A connection of its own: the lock goes when its transaction ends, and that must be after the writer's has.
    waiting = con.cursor()
    try:
        waiting.execute("BEGIN")
        try:
            waiting.execute(
                f"FROM postgres_query('{TURNS}', "
                "'SELECT pg_advisory_xact_lock(hashtext(''gigawire''), hashtext(current_schema()))::text AS locked')"
            ).fetchall()
        except duckdb.Error as error:
            raise WarehouseLockedError(
                f"the lake is in use by another writer for more than {TURN_SECONDS} seconds: wait until it ends"
            ) from error
        yield
    finally:
        waiting.close()


def snapshots(con: duckdb.DuckDBPyConnection) -> list[Snapshot]:
    """The states that can be read again, oldest first: ``FROM core.deals AT (VERSION => 12)``."""
    rows = con.execute(
        "SELECT snapshot_id, CAST(snapshot_time AS VARCHAR), CAST(changes AS VARCHAR) "
        "FROM warehouse.snapshots() ORDER BY snapshot_id"
    ).fetchall()
    return [Snapshot(snapshot=number, made_at=made_at, changes=changes) for number, made_at, changes in rows]


def compact(con: duckdb.DuckDBPyConnection, *, keep_days: int) -> tuple[int, int]:
    """Few large files in place of many small ones; snapshots older than that go. Gives data files (before, after)."""
    before = count_files(con)
    with turn(con):
        con.execute("CALL ducklake_flush_inlined_data('warehouse')")
        con.execute("CALL ducklake_merge_adjacent_files('warehouse')")
        older = f"older_than => now() - INTERVAL {int(keep_days)} DAY"
        con.execute(f"CALL ducklake_expire_snapshots('warehouse', {older})")
        con.execute("CALL ducklake_cleanup_old_files('warehouse', cleanup_all => true)")
    return before, count_files(con)


def count_files(con: duckdb.DuckDBPyConnection) -> int:
    """Data files that the newest snapshot reads."""
    found = con.execute("SELECT sum(file_count) FROM ducklake_table_info('warehouse')").fetchone()
    return int(found[0] or 0) if found else 0


def needed_extensions(lake: Lake) -> list[tuple[str, str]]:
    """(package, extension) to load, in order; where the catalog alone knows where the data are, all."""
    is_local = lake.data_path and "://" not in lake.data_path
    remote = [] if is_local else [("duckdb_extension_httpfs", "httpfs")]
    scanner = ("duckdb_extension_postgres_scanner", "postgres_scanner")
    return [*remote, scanner, ("duckdb_extension_ducklake", "ducklake")]


def extension_file(package: str, extension: str) -> Path:
    """The extension as its wheel brings it; nothing is fetched or copied to anybody's home."""
    found = importlib.util.find_spec(package)
    if not found or not found.submodule_search_locations:
        raise WarehouseVersionError("a lake needs DuckDB's extensions: pip install 'gigawire[lake]'")
    file = Path(found.submodule_search_locations[0], "extensions", f"v{duckdb.__version__}")
    file = file / f"{extension}.duckdb_extension"
    if not file.is_file():
        raise WarehouseVersionError(
            f"the extension {extension} is not for DuckDB {duckdb.__version__}: pip install 'gigawire[lake]'"
        )
    return file


def reason(error: BaseException, lake: Lake) -> str:
    """An error's first line, without a password that the server's address may hold."""
    told = str(error).splitlines()[0] if str(error) else type(error).__name__
    return told.replace(lake.server, lake.name.removeprefix(PREFIX))


def text(value: str) -> str:
    """A SQL string literal."""
    return "'" + value.replace("'", "''") + "'"
