"""The dashboards ask for columns that the warehouse really publishes, under the names that it gives them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboards import queries
from dashboards.filters import Filters
from dashboards.release import open_published, release_of
from dashboards.report import render
from tests.dashboards.build import TABLES
from warehouse.connection import open_writer
from warehouse.publish import publish


@pytest.fixture(scope="module")
def empty_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the warehouse publishes before it has read anything."""
    folder = tmp_path_factory.mktemp("empty")
    with open_writer(folder / "warehouse.duckdb") as con:
        publish(con, folder)
    return folder / "published.duckdb"


@pytest.fixture(scope="module")
def con(empty_release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    opened = open_published(empty_release)
    yield opened
    opened.close()


def columns(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in con.execute(f"DESCRIBE mart.{table}").fetchall()}


@pytest.mark.parametrize("table", TABLES)
def test_the_tests_own_tables_are_those_of_the_warehouse(
    con: duckdb.DuckDBPyConnection, published: Path, table: str
) -> None:
    with open_published(published) as ours:
        assert columns(ours, table).items() <= columns(con, table).items()


def test_every_question_can_be_asked_of_an_empty_release(con: duckdb.DuckDBPyConnection, empty_release: Path) -> None:
    filters = Filters(types=("power",), party="x", minimum_usd=1)
    assert queries.totals(con, filters)["all_count"] == 0
    assert queries.deals(con, filters) == queries.monthly(con, filters) == queries.largest_deals(con, filters) == []
    assert queries.deal(con, "none") is None
    for ask in (queries.parties, queries.evidence, queries.revisions, queries.articles_of):
        assert ask(con, "none") == []
    assert queries.coverage(con)["articles_count"] == 0
    assert queries.feeds(con) == []
    assert "No deal yet." in render(con, release_of(con, empty_release))
