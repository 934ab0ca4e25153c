"""Every question of docs/sql.md has an answer on the demo's release, in the box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import open_reader
from warehouse.sandbox import answer

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "sql.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^### (\d+)\. (.+?)\n.*?```sql\n(.+?)```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def con(demo_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_reader(demo_data / "published.duckdb") as con:
        yield con


def test_there_are_twenty_five_questions_in_order() -> None:
    assert [int(number) for number, _, _ in QUESTIONS] == list(range(1, 26))
    assert PAGE.count("```sql") == 25


@pytest.mark.parametrize("sql", [pytest.param(sql, id=f"{number} {title}") for number, title, sql in QUESTIONS])
def test_a_question_is_answered(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    names, *rows = answer(con, sql)
    assert rows
    assert len(set(names)) == len(names)
    columns = zip(*rows, strict=True)
    filled = [name for name, cells in zip(names, columns, strict=True) if any(cell is not None for cell in cells)]
    assert len(filled) > len(names) / 2, "hardly a column has a value"


def test_a_question_gives_the_same_order_of_rows_twice(con: duckdb.DuckDBPyConnection) -> None:
    for _, title, sql in QUESTIONS:
        assert list(answer(con, sql)) == list(answer(con, sql)), title
