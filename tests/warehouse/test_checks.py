"""Every check finds what it is for, and nothing in a warehouse that is as it should be."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from extractors import records
from tests.warehouse.conftest import fill
from warehouse import catalog
from warehouse.checks import FOLDER, Check, known_checks, run_checks
from warehouse.errors import CheckFailedError
from warehouse.publish import publish

VOCABULARIES = {
    "type": records.DEAL_TYPES,
    "status": records.STATUSES,
    "focus": records.FOCUSES,
    "bound": records.BOUNDS,
    "basis": records.BASES,
    "power_basis": records.POWER_BASES,
    "role": records.ROLES,
    "metric": records.CAPACITY_METRICS,
    "capacity_status": records.CAPACITY_STATUSES,
    "change": records.CAPEX_CHANGES,
    "kind": ("page", "entry", "inbox", *records.MENTION_KINDS),
}
BREACHES = {
    "assert_vocabularies": "UPDATE core.deal_mentions SET status = 'maybe'",
    "assert_references": "DELETE FROM core.deals",
    "assert_articles_have_documents": "DELETE FROM raw.documents",
    "assert_surfaces_are_in_the_text": "UPDATE core.slot_evidence SET start_char = start_char + 1 WHERE slot = 'power'",
    "assert_mentions_have_articles": "UPDATE core.mentions SET article_id = 'gone'",
    "assert_mentions_are_spans": "UPDATE core.mentions SET end_char = start_char",
    "assert_filled_slots_have_evidence": "DELETE FROM core.slot_evidence WHERE slot = 'value'",
    "assert_ranges": "UPDATE core.deal_mentions SET confidence = 1.5",
    "assert_deals_have_evidence": "UPDATE core.slot_evidence SET sentence = ''",
    "assert_unique_core_articles": "INSERT INTO core.articles SELECT * FROM core.articles LIMIT 1",
    "assert_unique_mart_deals": "INSERT INTO core.deal_mentions SELECT * FROM core.deal_mentions",
}


@pytest.mark.parametrize("numbers", [range(0), range(3)], ids=["empty", "filled"])
def test_a_warehouse_as_it_should_be_passes(
    con: duckdb.DuckDBPyConnection, path: Path, monkeypatch: pytest.MonkeyPatch, numbers: range
) -> None:
    passed: list[str] = []
    monkeypatch.setattr("warehouse.publish.run_checks", lambda con, **how: passed.extend(run_checks(con, **how)))
    fill(con, numbers)
    assert publish(con, path.parent).is_new
    assert passed == [check.name for check in known_checks()]


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_found_by_the_check_that_is_for_it(filled: duckdb.DuckDBPyConnection, name: str) -> None:
    filled.execute(BREACHES[name])
    check = next(check for check in known_checks() if check.name == name)
    assert filled.execute(check.sql).fetchall()
    with pytest.raises(CheckFailedError, match="nothing was published"):
        run_checks(filled)


def test_a_trend_that_does_not_add_up_is_found(filled: duckdb.DuckDBPyConnection) -> None:
    filled.execute(
        "CREATE OR REPLACE VIEW mart.trend_monthly AS SELECT 2 AS deals_count, 0 AS amount_usd, 0 AS power_mw"
    )
    check = next(check for check in known_checks() if check.name == "assert_trend_adds_up")
    assert filled.execute(check.sql).fetchall()


def test_commitments_that_do_not_add_up_are_found(filled: duckdb.DuckDBPyConnection) -> None:
    filled.execute(
        "CREATE OR REPLACE VIEW mart.commitments_by_year AS "
        "SELECT deal_id, 2026 AS year, amount_usd / 2 AS amount_usd FROM mart.deals"
    )
    check = next(check for check in known_checks() if check.name == "assert_commitments_add_up")
    assert filled.execute(check.sql).fetchall()


def test_every_check_file_has_a_breach_to_find() -> None:
    files = {path.stem for path in FOLDER.glob("*.sql")}
    assert files - BREACHES.keys() == {"assert_trend_adds_up", "assert_commitments_add_up"}


def test_every_table_and_view_has_its_key_checked() -> None:
    names = {check.name for check in known_checks()}
    for table in (*catalog.load().tables, *catalog.load().views):
        assert f"assert_unique_{table.name.replace('.', '_')}" in names


@pytest.mark.parametrize("check", known_checks(), ids=lambda check: check.name)
def test_a_check_says_its_rule(check: Check) -> None:
    assert len(check.rule) > 20
    assert check.rule.endswith(".")


@pytest.mark.parametrize("word", VOCABULARIES)
def test_the_vocabulary_in_sql_is_that_of_the_records(word: str) -> None:
    sql = (FOLDER / "assert_vocabularies.sql").read_text(encoding="utf-8")
    listed = re.search(rf"WHEN '{word}' THEN word IN \(([^)]*)\)", sql)
    assert listed
    assert sorted(re.findall(r"'([^']+)'", listed[1])) == sorted(VOCABULARIES[word])


def test_check_files_stand_where_they_are_looked_for() -> None:
    assert all(re.fullmatch(r"assert_[a-z_]+\.sql", Path(path).name) for path in FOLDER.iterdir())


def test_totals_that_fall_hold_the_release_until_they_are_accepted(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    fill(con, range(10))
    first = publish(con, path.parent)
    con.execute(
        "UPDATE core.deal_revisions SET status = 'cancelled' "
        "WHERE deal_id IN (SELECT deal_id FROM core.deals ORDER BY deal_id LIMIT 6)"
    )
    with pytest.raises(CheckFailedError, match=r"total=deals_count, last_release=10\.0, this_release=4\.0") as caught:
        publish(con, path.parent)
    assert caught.value.check == "totals_against_last_release"
    assert "gigawire publish --accept" in str(caught.value)
    assert (path.parent / "release").resolve() == first.path.resolve()
    assert publish(con, path.parent, accept_totals=True).is_new
    assert not publish(con, path.parent).is_new


@pytest.mark.parametrize(
    ("worse", "row"),
    [
        ("UPDATE core.articles SET first_seen_at = first_seen_at - INTERVAL 2 DAY", "measure=newest_first_seen_at"),
        (
            # of the megawatts themselves too few to be a total that fell
            "UPDATE core.deal_revisions SET power_mw = NULL "
            "WHERE deal_id IN (SELECT deal_id FROM core.deals ORDER BY deal_id LIMIT 5)",
            r"measure=power_share, last_release=1\.0, this_release=0\.75",
        ),
    ],
    ids=["freshness", "accuracy"],
)
def test_news_that_get_older_and_deals_that_tell_less_hold_the_release(
    con: duckdb.DuckDBPyConnection, path: Path, worse: str, row: str
) -> None:
    fill(con, range(20))
    first = publish(con, path.parent)
    con.execute(worse)
    with pytest.raises(CheckFailedError, match=row) as caught:
        publish(con, path.parent)
    assert caught.value.check == "quality_against_last_release"
    assert (path.parent / "release").resolve() == first.path.resolve()


def test_new_deals_that_tell_little_hold_nothing(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    fill(con, range(20))
    publish(con, path.parent)
    known = "SELECT deal_id FROM core.deals"
    before = con.execute(known).fetchall()
    fill(con, range(20, 40))
    con.execute(
        f"UPDATE core.deal_revisions SET power_mw = NULL WHERE deal_id IN ({known}) AND NOT list_contains(?, deal_id)",
        [[deal_id for (deal_id,) in before]],
    )
    assert publish(con, path.parent).tables["deals"] == 40


def test_a_small_tape_may_grow_and_shrink_as_it_likes(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    fill(con, range(2))
    publish(con, path.parent)
    fill(con, range(2, 12))
    assert publish(con, path.parent).tables["deals"] == 12
