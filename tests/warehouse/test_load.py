"""Loading: once is enough, twice is the same, and nothing that one run left out is lost to the next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.records import (
    DealEnding,
    DealHistory,
    Issue,
    Money,
    PageFailure,
    Power,
    ReferenceRate,
    Resolution,
    Revision,
)
from tests.warehouse import samples
from tests.warehouse.conftest import all_tables, fill
from tests.warehouse.samples import NOW, READER, days
from warehouse import load, pending, resolving
from warehouse.connection import open_writer, transaction
from warehouse.load_deals import load_resolution


def count(con: duckdb.DuckDBPyConnection, table: str, where: str = "true") -> int:
    return con.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]


def test_loading_twice_is_loading_once(filled: duckdb.DuckDBPyConnection) -> None:
    before = all_tables(filled)
    fill(filled)
    assert all_tables(filled) == before


def test_what_was_added_is_counted_by_table(con: duckdb.DuckDBPyConnection) -> None:
    first = load.load_polls(con, [samples.poll(numbers=range(2))])
    again = load.load_polls(con, [samples.poll(numbers=range(3), polled_at=NOW + days(1))])
    assert dict(first.added)["raw.entries"] == 2
    assert dict(again.added)["raw.entries"] == 1
    assert again.total == 2  # the entry and the fetch


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(st.integers(0, 5), max_size=6), max_size=5))
def test_any_batches_in_any_order_with_repeats_give_what_one_load_gives(
    batches: list[list[int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("batches")
    numbers = sorted({number for batch in batches for number in batch})
    with open_writer(folder / "parts.duckdb") as con:
        for batch in batches:
            load.load_documents(con, [samples.document(number) for number in batch])
            load.load_read(con, [samples.read(number) for number in batch], recorded_at=NOW)
        parts = all_tables(con)
    with open_writer(folder / "whole.duckdb") as con:
        load.load_documents(con, [samples.document(number) for number in numbers])
        load.load_read(con, [samples.read(number) for number in numbers], recorded_at=NOW)
        assert all_tables(con) == parts


def test_a_load_that_fails_halfway_leaves_nothing(con: duckdb.DuckDBPyConnection) -> None:
    before = all_tables(con)
    broken = samples.read(1, confidence="not a number")
    with pytest.raises(Exception, match="not a number"):
        load.load_read(con, [samples.read(0), broken], recorded_at=NOW)
    assert all_tables(con) == before
    load.load_read(con, [samples.read(0)], recorded_at=NOW)
    assert count(con, "core.articles") == 1


def test_a_poll_that_finds_nothing_new_adds_no_row_anywhere(con: duckdb.DuckDBPyConnection) -> None:
    load.load_polls(con, [samples.poll()])
    before = {name: len(rows) for name, rows in all_tables(con).items()}
    unchanged = samples.poll(outcome="unchanged", polled_at=NOW + days(1), entries=(), byte_count=0)
    assert load.load_polls(con, [unchanged]).total == 0
    assert {name: len(rows) for name, rows in all_tables(con).items()} == before
    assert pending.feed_states(con)["wire"].last_polled_at == NOW + days(1)


def test_a_feed_that_keeps_failing_in_one_way_gets_one_row(con: duckdb.DuckDBPyConnection) -> None:
    for hours, code in enumerate(["timeout", "timeout", "not_found", "not_found", "timeout"]):
        load.load_polls(con, [samples.failed_poll(code, NOW + days(hours / 24))])
    found = con.execute("SELECT error_code FROM raw.feed_fetches ORDER BY retrieved_at").fetchall()
    assert found == [("timeout",), ("not_found",), ("timeout",)]


def test_a_poll_older_than_the_state_does_not_turn_it_back(con: duckdb.DuckDBPyConnection) -> None:
    load.load_polls(con, [samples.failed_poll(polled_at=NOW)])
    load.load_polls(con, [samples.poll(polled_at=NOW - days(1))])
    assert pending.feed_states(con)["wire"].error_code == "timeout"


def test_an_edited_entry_is_another_version_of_the_same_item(con: duckdb.DuckDBPyConnection) -> None:
    load.load_polls(con, [samples.poll(entries=(samples.seen(1), samples.seen(1, "Corrected: it was two")))])
    assert count(con, "raw.entries") == 2
    assert count(con, "raw.entries", "item_id = 'item-1'") == 2


def test_a_page_failure_counts_once_however_often_it_is_loaded(con: duckdb.DuckDBPyConnection) -> None:
    failure = PageFailure(item_id="item-1", url="u", attempted_at=NOW, error_code="timeout", error_message="slow")
    for _ in range(2):
        load.load_documents(con, [], [failure])
    assert con.execute("SELECT attempts FROM raw.page_state").fetchall() == [(1,)]


def test_a_page_that_came_ends_the_count_of_its_failures(con: duckdb.DuckDBPyConnection) -> None:
    failure = PageFailure(item_id="item-1", url="u", attempted_at=NOW, error_code="timeout", error_message="slow")
    load.load_documents(con, [], [failure])
    load.load_documents(con, [samples.document(1, "page")], [])
    load.load_documents(con, [], [failure])
    assert count(con, "raw.page_state") == 0


def test_an_empty_text_where_nothing_was_told_is_null(con: duckdb.DuckDBPyConnection) -> None:
    load.load_read(con, [samples.read(0)], recorded_at=NOW)
    assert count(con, "core.mentions", "registry_id IS NULL AND value IS NULL AND name = 'Alder'") == 1
    assert count(con, "core.deal_mention_parties", "company_id IS NULL") == 1


def test_a_headline_alone_has_an_empty_body_not_a_null_one(con: duckdb.DuckDBPyConnection) -> None:
    bare = samples.read(0, body="")
    # A bare headline names fewer companies; its spans must still be in its text.
    load.load_read(con, [bare], recorded_at=NOW)
    assert con.execute("SELECT body FROM core.articles").fetchall() == [("",)]


@pytest.mark.parametrize(
    ("slot", "figure"),
    [
        ("value", Money(amount=Decimal(10) ** 30, currency="USD", start_char=0, end_char=5, surface="Birch")),
        (
            "value",
            Money(amount=Decimal(5), currency="USD", basis="per_hour", start_char=0, end_char=5, surface="Birch"),
        ),
        ("power", Power(mw=Decimal(10) ** 12, start_char=0, end_char=5, surface="Birch")),
    ],
)
def test_a_figure_beyond_belief_leaves_its_slot_empty_and_says_so(
    con: duckdb.DuckDBPyConnection, slot: str, figure: object
) -> None:
    load.load_read(con, [samples.read(0, **{slot: figure})], recorded_at=NOW)
    column = {"value": "value_amount", "power": "power_mw"}[slot]
    assert con.execute(f"SELECT {column} FROM core.deal_mentions").fetchall() == [(None,)]
    assert count(con, "core.slot_evidence", f"slot = '{slot}'") == 0
    assert count(con, "core.issues", "code = 'slot_beyond_columns' AND message LIKE '%Birch%'") == 1


def test_text_that_is_no_unicode_keeps_its_length(con: duckdb.DuckDBPyConnection) -> None:
    load.load_polls(con, [samples.poll(entries=(samples.seen(1, "lone \ud800 surrogate and \x00 in a title"),))])
    title = con.execute("SELECT title FROM raw.entries").fetchone()[0]
    assert title == "lone \N{REPLACEMENT CHARACTER} surrogate and \x00 in a title"


def test_an_article_was_first_seen_when_any_feed_first_told_of_it(con: duckdb.DuckDBPyConnection) -> None:
    load.load_polls(con, [samples.poll(numbers=range(1, 2), polled_at=NOW)])
    page = samples.read(1, "page", retrieved_at=NOW + days(3))
    load.load_documents(con, [page.raw])
    load.load_read(con, [page], recorded_at=NOW + days(3))
    claims = resolving.claims_in(con, READER, [page.article_id])
    assert [claim.first_seen_at for claim in claims] == [NOW]


def fold(con: duckdb.DuckDBPyConnection, *revisions: Revision) -> list[tuple[object, ...]]:
    """Load this history of a deal; gives its revisions as stored: number, edition, status."""
    history = DealHistory(deal_id="deal", revisions=revisions)
    with transaction(con):
        load_resolution(con, Resolution(histories=(history,)), reader_version=READER, recorded_at=NOW)
    return con.execute(
        "SELECT revision, edition, status FROM core.deal_revisions WHERE deal_id = 'deal' ORDER BY revision"
    ).fetchall()


def told(filled: duckdb.DuckDBPyConnection, number: int, status: str) -> Revision:
    claims = resolving.claims_in(filled, READER, [samples.read(number).article_id])
    return samples.resolution(claims[0], deal_id="deal", status=status).histories[0].revisions[0]


def test_further_revisions_are_added_and_another_past_is_told_as_a_new_edition(
    filled: duckdb.DuckDBPyConnection,
) -> None:
    rumor, news, closing = (told(filled, k, status) for k, status in enumerate(["rumored", "announced", "closed"]))
    assert fold(filled, news) == [(1, 1, "announced")]
    assert fold(filled, news, closing) == [(1, 1, "announced"), (2, 1, "closed")]
    assert fold(filled, news, closing) == [(1, 1, "announced"), (2, 1, "closed")]
    assert fold(filled, rumor, news, closing)[2:] == [(3, 2, "rumored"), (4, 2, "announced"), (5, 2, "closed")]
    assert fold(filled, rumor, news)[5:] == [(6, 3, "rumored"), (7, 3, "announced")]


def test_a_claim_that_moves_leaves_its_first_decision_on_record(filled: duckdb.DuckDBPyConnection) -> None:
    articles = [samples.read(0).article_id]
    claims, deal_of = (
        resolving.claims_in(filled, READER, articles),
        resolving.decided(filled, READER, articles=articles),
    )
    other = deal_of[claims[0].mention.deal_mention_id]
    moved = samples.resolution(claims[0], deal_id="moved")
    for _ in range(2):
        with transaction(filled):
            load_resolution(filled, moved, reader_version=READER, recorded_at=NOW)
    found = filled.execute(
        "SELECT decision, deal_id FROM core.deal_evidence WHERE deal_mention_id = ? ORDER BY decision",
        [claims[0].mention.deal_mention_id],
    ).fetchall()
    assert found == [(1, other), (2, "moved")]


def test_a_deal_that_leaves_and_returns_is_on_record_each_time(filled: duckdb.DuckDBPyConnection) -> None:
    (deal_id,) = filled.execute("SELECT min(deal_id) FROM core.deals").fetchone() or ("",)
    for kind in ("withdrawn", "withdrawn", "restored"):
        ending = DealEnding(deal_id=deal_id, kind=kind, reason="half_told")
        with transaction(filled):
            load_resolution(filled, Resolution(endings=(ending,)), reader_version=READER, recorded_at=NOW)
        shown = filled.execute("SELECT count(*) FROM mart.deals WHERE deal_id = ?", [deal_id]).fetchone()
        assert shown == (int(kind == "restored"),)
    found = filled.execute("SELECT ending, kind FROM core.deal_endings ORDER BY ending").fetchall()
    assert found == [(1, "withdrawn"), (2, "restored")]


def test_an_issue_is_kept_once_with_the_time_it_was_first_seen(con: duckdb.DuckDBPyConnection) -> None:
    issue = Issue(stage="collect", subject_id="wire", code="slow", message="took 20 s")
    load.load_issues(con, [issue], seen_at=NOW)
    load.load_issues(con, [issue], seen_at=NOW + days(1))
    assert con.execute("SELECT message, first_seen_at = ? FROM core.issues", [NOW]).fetchall() == [("took 20 s", True)]


def test_of_two_rows_with_one_key_in_a_batch_the_first_counts(con: duckdb.DuckDBPyConnection) -> None:
    told = [Issue(stage="collect", subject_id="wire", code="slow", message=text) for text in ("first", "second")]
    assert load.load_issues(con, told, seen_at=NOW).total == 1
    assert con.execute("SELECT message FROM core.issues").fetchall() == [("first",)]


def test_a_row_that_does_not_fit_its_table_is_refused_by_name(con: duckdb.DuckDBPyConnection) -> None:
    from warehouse.append import append

    with pytest.raises(ValueError, match=r"core\.deals: a row differs from the table in \['recorded_at'\]"):
        append(con, "core.deals", [{"deal_id": "d", "reader_version": "1", "type": "power"}])


def test_bodies_are_stored_compressed(path: Path) -> None:
    with open_writer(path) as con:
        load.load_read(con, [samples.read(number) for number in range(3000)], recorded_at=NOW)
    with open_writer(path) as con:
        found = con.execute("SELECT compression FROM pragma_storage_info('core.articles') WHERE column_name = 'body'")
        assert {name for (name,) in found.fetchall()} & {"ZSTD", "Dictionary", "DICT_FSST"}


def test_rates_come_with_the_poll_and_are_kept_as_first_told(con: duckdb.DuckDBPyConnection) -> None:
    def told(rate: str) -> ReferenceRate:
        return ReferenceRate(
            currency_code="USD", base_code="EUR", rate_on=date(2026, 3, 2), rate=Decimal(rate), source="ecb"
        )

    for number, rate in enumerate(("1.1172", "9.99")):
        load.load_polls(con, [samples.poll("rates", range(0), NOW + days(number), rates=(told(rate), told(rate)))])
    assert con.execute("SELECT * FROM core.reference_rates").fetchall() == [
        ("USD", "EUR", date(2026, 3, 2), Decimal("1.1172"), "ecb")
    ]
