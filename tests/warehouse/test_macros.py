"""Every macro answers its own example on a published release, and gives the rows expected for the rows given:
macro/<name>/<case>/{given,expect}.yml, where expect.yml holds the question and its rows, each with the columns that
matter, in their order."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.warehouse.test_marts import give, load_yaml, plain
from warehouse import catalog
from warehouse.connection import open_reader
from warehouse.macros import FOLDER, create_macros
from warehouse.publish import publish

CASES = sorted(path.parent for path in Path(__file__).with_name("macro").glob("*/*/expect.yml"))


@pytest.fixture
def published(filled: duckdb.DuckDBPyConnection, path: Path) -> Path:
    publish(filled, path.parent)
    return path.parent / "published.duckdb"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_macro_gives_what_is_expected(case: Path) -> None:
    told = load_yaml(case / "expect.yml")
    assert f"{case.parent.name}(" in told["ask"]
    with duckdb.connect() as con:
        give(con, load_yaml(case / "given.yml"))
        create_macros(con, "memory")
        result = con.execute(told["ask"])
        names = [column[0] for column in result.description]
        found = [dict(zip(names, map(plain, row), strict=True)) for row in result.fetchall()]
    assert [{name: row[name] for name in wanted} for row, wanted in zip(found, told["rows"], strict=False)] == told[
        "rows"
    ]
    assert len(found) == len(told["rows"])


def test_every_macro_has_a_case() -> None:
    assert {case.parent.name for case in CASES} == {macro.name for macro in catalog.load().macros}


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


def test_a_property_that_is_none_is_named(published: Path) -> None:
    with open_reader(published) as con, pytest.raises(duckdb.Error, match="by is one of type"):
        con.execute("FROM trend(by := 'colour')").fetchall()
