"""The published file: where it is, which release it holds, and how it is opened (never the writer's file)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

ENVIRONMENT = "GIGAWIRE_PUBLISHED"
DEFAULT = Path("data/published.duckdb")
# A reader needs nothing but this one file; temp_directory '' keeps a big sort from spilling beside it.
SANDBOX = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "lock_configuration": "true",
    "temp_directory": "",
}


class NotPublishedError(Exception):
    """There is no published file at that place; the message says how to make one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One published state of the tape."""

    path: Path  # of the release's own file, all symlinks followed: it never changes under a reader
    release_id: str
    data_on: date | None  # publication date of its newest article; None where it has no dated one

    @property
    def stamp(self) -> str:
        """What every page says of its age: ``Release 1f3a… · data to 2026-05-28``."""
        return f"Release {self.release_id[:12]} · data to {self.data_on or 'no dated article'}"


def published_path(arguments: Sequence[str] = (), environment: dict[str, str] | None = None) -> Path:
    """The published file to show: ``--published PATH``, else GIGAWIRE_PUBLISHED, else ``data/published.duckdb``."""
    told = list(arguments)
    if "--published" in told[:-1]:
        return Path(told[told.index("--published") + 1])
    return Path((os.environ if environment is None else environment).get(ENVIRONMENT, "") or DEFAULT)


def open_published(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only, sandboxed connection to the release behind ``path``. Raises NotPublishedError."""
    if not path.is_file():
        raise NotPublishedError(f"{path}: nothing is published there; run `gigawire run` or `make demo` first")
    try:
        return duckdb.connect(str(path.resolve()), read_only=True, config=dict(SANDBOX))
    except duckdb.Error as error:
        raise NotPublishedError(f"{path}: is no published file: {error}") from error


def release_of(con: duckdb.DuckDBPyConnection, path: Path) -> Release:
    """Which release ``path`` leads to, and up to when its articles reach."""
    found = con.execute("SELECT max(published_on) FROM mart.articles").fetchone()
    real = path.resolve()
    return Release(path=real, release_id=real.parent.name, data_on=found[0] if found else None)
