"""Forward-only migrations of the warehouse file: ``migrations/NNNN_what.sql``, each in a transaction of its own."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseVersionError

FOLDER = Path(__file__).parent / "migrations"
COMPRESSION = re.compile(r" USING COMPRESSION \w+")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered SQL file."""

    version: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Hash of the text; an applied file must keep it for ever."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def known_migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """The migrations in the folder, by version; numbered 1, 2, 3 … without gaps."""
    paths = sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    found = tuple(Migration(int(p.stem[:4]), p.stem[5:], p.read_text(encoding="utf-8")) for p in paths)
    if [m.version for m in found] != list(range(1, len(found) + 1)):
        raise WarehouseVersionError(f"migrations in {folder.name}/ are not numbered 1, 2, 3 … without gaps")
    return found


def migrate(con: duckdb.DuckDBPyConnection, migrations: tuple[Migration, ...] | None = None) -> tuple[Migration, ...]:
    """Bring the attached warehouse to the newest schema; gives the migrations that were applied now.

    Raises WarehouseVersionError where the file is newer than this program, or where an applied migration was edited.
    """
    known = known_migrations() if migrations is None else migrations
    applied = applied_migrations(con)
    if len(applied) > len(known):
        raise WarehouseVersionError(
            f"the warehouse has schema {len(applied)} and this Gigawire knows {len(known)}: "
            "update Gigawire, or give another --data-dir"
        )
    for (version, name, sha256), migration in zip(applied, known, strict=False):
        if (version, name, sha256) != (migration.version, migration.name, migration.sha256):
            raise WarehouseVersionError(
                f"migration {version:04d}_{name} is not the one this warehouse was made with: "
                "restore the file and put the change into a new migration, or give another --data-dir"
            )
    pending = known[len(applied) :]
    for migration in pending:
        con.execute("BEGIN")
        try:
            con.execute(migration.sql if is_file(con) else COMPRESSION.sub("", migration.sql))
            con.execute(
                "INSERT INTO core.schema_migrations VALUES (?, ?, ?, ?)",
                [migration.version, migration.name, migration.sha256, duckdb.__version__],
            )
            con.execute("COMMIT")
        except BaseException:
            con.execute("ROLLBACK")
            raise
    return pending


def is_file(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the attached warehouse is a file of DuckDB's own; a lake takes no compression of a column."""
    found = con.execute("SELECT type FROM duckdb_databases() WHERE database_name = current_database()").fetchone()
    return found == ("duckdb",)


def applied_migrations(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str]]:
    """(version, name, sha256) of the migrations that made the attached warehouse, [] for a new file."""
    try:
        return con.execute("SELECT version, name, sha256 FROM core.schema_migrations ORDER BY version").fetchall()
    except duckdb.CatalogException:
        return []
