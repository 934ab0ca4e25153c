"""Marts into a release: Parquet files, a manifest and published.duckdb, written aside and shown at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What readers see after a publish."""

    release_id: str  # hash of the content: equal content is the same release
    path: Path  # its folder
    is_new: bool  # False where the content was that of the release before, so that nothing was rewritten
    tables: dict[str, int]  # table name -> rows


def publish(con: duckdb.DuckDBPyConnection, data_dir: Path) -> Release:
    """Check the warehouse, build the marts' release in ``data_dir`` and make it the current one.

    Raises CheckFailedError, before anything is written, where a check finds rows.
    """
    raise NotImplementedError
