"""Every macro answers its own example on a published release, and is described there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse import catalog
from warehouse.connection import open_reader
from warehouse.macros import FOLDER
from warehouse.publish import publish


@pytest.fixture
def published(filled: duckdb.DuckDBPyConnection, path: Path) -> Path:
    publish(filled, path.parent)
    return path.parent / "published.duckdb"


def test_every_macro_answers_its_example_in_the_sandbox(published: Path) -> None:
    with open_reader(published) as con:
        for macro in catalog.load().macros:
            assert f"{macro.name}(" in macro.example
            con.execute(macro.example).fetchall()


def test_every_macro_has_its_file_and_its_comment(published: Path) -> None:
    names = {macro.name for macro in catalog.load().macros}
    assert {path.stem for path in FOLDER.glob("*.sql")} == names
    with open_reader(published) as con:
        found = con.execute(
            "SELECT function_name, comment FROM duckdb_functions() WHERE function_type = 'table_macro' "
            "AND database_name = current_database() AND NOT internal"
        ).fetchall()
    assert {name for name, comment in found if comment} == names
