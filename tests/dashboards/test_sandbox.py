"""The dashboard's SQL box: answers questions, refuses the rest, ends what does not end."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.sandbox import ask
from dashboards.screens.sql import SAVED


@pytest.mark.parametrize("question", SAVED)
def test_every_saved_question_is_answered(demo: Path, question: str) -> None:
    answer = ask(demo.resolve(), SAVED[question])
    assert answer.error == ""
    assert answer.rows


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE mart.deals",
        "SELECT 1; SELECT 2",
        "SELECT * FROM read_text('/etc/passwd')",
        "ATTACH 'x' AS x",
        "SELEC",
    ],
)
def test_what_is_no_question_to_the_tape_is_refused_with_a_reason(published: Path, sql: str) -> None:
    answer = ask(published.resolve(), sql)
    assert answer.error
    assert answer.rows == ()


def test_an_endless_question_ends_and_leaves_the_release_as_it_was(published: Path) -> None:
    before = published.resolve().read_bytes()
    answer = ask(published.resolve(), "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(9) c", seconds=2)
    assert "stopped" in answer.error
    assert published.resolve().read_bytes() == before
    assert [path.name for path in published.resolve().parent.iterdir()] == ["published.duckdb"]
