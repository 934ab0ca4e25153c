"""What the pages and the report ask of the published tape."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboards import queries
from dashboards.filters import Filters
from dashboards.release import NotPublishedError, open_published, published_path, release_of


@pytest.fixture(scope="module")
def con(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    opened = open_published(published)
    yield opened
    opened.close()


def ids(rows: list[dict[str, Any]]) -> set[str]:
    return {row["deal_id"] for row in rows}


def test_totals_leave_out_rumored_and_cancelled_deals_and_other_currencies(con: duckdb.DuckDBPyConnection) -> None:
    totals = queries.totals(con, Filters())
    assert totals["all_count"] == 6
    assert (totals["rumored_count"], totals["cancelled_count"]) == (1, 1)
    assert totals["deals_count"] == 4
    assert totals["amount_usd"] == (17.4 + 3.9 + 18) * 1e9
    assert totals["power_mw"] == 110 + 1920
    assert (totals["deals_without_value_count"], totals["undated_count"]) == (1, 1)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(types=("power", "debt")), {"d-talen", "d-kestrel"}),
        (Filters(statuses=("cancelled",)), {"d-pinemoor"}),
        (Filters(party="LUMENFOLD"), {"d-cobalt"}),
        (Filters(party="100%"), {"d-kestrel"}),
        (Filters(party="%"), {"d-kestrel"}),
        (Filters(party="d_ai"), set()),
        (Filters(party="l_ai 1"), {"d-kestrel"}),
        (Filters(party="' OR 1=1 --"), set()),
        (Filters(since=date(2025, 9, 9)), {"d-nebius", "d-pinemoor", "d-kestrel"}),
        (Filters(until=date(2025, 8, 5)), {"d-cobalt", "d-talen"}),
        (Filters(minimum_usd=10**10), {"d-nebius", "d-talen"}),
        (Filters(types=("compute",), statuses=("amended",), party="cobalt", minimum_usd=1), {"d-cobalt"}),
    ],
)
def test_filters_choose_deals(con: duckdb.DuckDBPyConnection, filters: Filters, expected: set[str]) -> None:
    assert ids(queries.deals(con, filters)) == expected
    assert queries.totals(con, filters)["all_count"] == len(expected)


def test_deals_come_newest_first_and_undated_last(con: duckdb.DuckDBPyConnection) -> None:
    rows = queries.deals(con, Filters())
    assert [row["deal_id"] for row in rows] == [
        "d-kestrel",
        "d-pinemoor",
        "d-nebius",
        "d-cobalt",
        "d-talen",
        "d-undated",
    ]
    assert [row["deal_id"] for row in queries.deals(con, Filters(), limit=2)] == ["d-kestrel", "d-pinemoor"]


def test_months_add_up_to_the_dated_counted_deals(con: duckdb.DuckDBPyConnection) -> None:
    rows = queries.monthly(con, Filters())
    totals = queries.totals(con, Filters())
    assert [(row["month"], row["type"]) for row in rows] == [
        (date(2025, 6, 1), "power"),
        (date(2025, 8, 1), "compute"),
        (date(2025, 9, 1), "compute"),
    ]
    assert sum(row["deals_count"] for row in rows) == totals["deals_count"] - totals["undated_count"]
    assert sum(row["amount_usd"] for row in rows) == totals["amount_usd"]


def test_the_sentence_of_a_deal_is_that_of_its_newest_state(con: duckdb.DuckDBPyConnection) -> None:
    told = queries.sentences(con, ["d-cobalt", "d-undated"])
    assert told["d-cobalt"]["published_on"] == date(2026, 2, 10)
    assert told["d-undated"]["sentence"].startswith("Kestrel and Harrow have signed")


def test_a_figure_s_claim_is_the_one_that_changed_it_last(con: duckdb.DuckDBPyConnection) -> None:
    first = {}
    for claim in queries.evidence(con, "d-cobalt"):
        first.setdefault(claim["slot"], claim["surface"])
    assert first["value"] == "$3.9 billion"
    assert first["term_months"] == "five-year"


def test_nothing_published_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="gigawire run"):
        open_published(tmp_path / "published.duckdb")
    (tmp_path / "published.duckdb").write_bytes(b"no database")
    with pytest.raises(NotPublishedError, match="no published file"):
        open_published(tmp_path / "published.duckdb")


def test_the_published_file_can_be_neither_written_nor_left(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for statement in (
        "CREATE TABLE mart.mine (x INTEGER)",
        f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SET enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            con.execute(statement)


def test_the_release_is_the_folder_behind_the_symlink(con: duckdb.DuckDBPyConnection, published: Path) -> None:
    release = release_of(con, published)
    assert release.release_id == "1f3a5c7e9b2d4f60"
    assert release.stamp == "Release 1f3a5c7e9b2d · data to 2026-04-20"


def test_the_option_goes_before_the_environment_and_that_before_the_default() -> None:
    told = {"GIGAWIRE_PUBLISHED": "/b"}
    assert published_path(["--published", "/a"], told) == Path("/a")
    assert published_path([], told) == Path("/b")
    assert published_path([], {}) == Path("data/published.duckdb")
