"""The written analysis: composed from rows of the tape, each sentence with the rows that it stands on."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from dashboards.analysis import Analysis, analyse_deal, analyse_story
from dashboards.release import open_published
from tests.dashboards.build import build_published
from tests.dashboards.deals import DEALS, claim, dollars

ON = date(2026, 4, 30)
BN = 10**9


def contract(
    deal_id: str, supplier: str, customer: str, on: date, amount: float, **columns: object
) -> dict[str, object]:
    """A compute contract told once."""
    told = claim(
        on, "The Rack Report", f"{customer} signs {supplier}", f"{customer} signs.", {"value": "$"}, story_id="story-a"
    )
    parties = [("supplier", supplier), ("customer", customer)]
    row = {"deal_id": deal_id, "type": "compute", "status": "announced", "party_list": parties, "claims": [told]}
    return row | dollars(amount) | columns


TAPE = [
    *DEALS,
    contract("a-first", "Nordvik Cloud", "Lumenfold AI", date(2025, 10, 1), 1 * BN, power_mw=50.0),
    contract("a-second", "Pinehollow", "Lumenfold AI", date(2025, 11, 1), 2 * BN, power_mw=50.0),
    contract("a-third", "Ostrava Grid", "Keld AI", date(2025, 12, 1), 3 * BN, power_mw=50.0),
    contract("a-last", "Nordvik Cloud", "Lumenfold AI", date(2026, 2, 1), 8 * BN, power_mw=100.0, value_bound="up_to"),
    {
        "deal_id": "a-stake",
        "type": "equity",
        "status": "announced",
        "party_list": [("investor", "Nordvik Cloud"), ("investee", "Lumenfold AI")],
        "claims": [claim(date(2025, 9, 1), "The Rack Report", "Nordvik buys in", "Nordvik invests.", {"value": "$"})],
    }
    | dollars(0.5 * BN),
]


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return open_published(build_published(tmp_path_factory.mktemp("analysis"), TAPE))


def told(analysis: Analysis | None) -> dict[str, str]:
    assert analysis is not None
    return {p.heading: " ".join(sentence.text for sentence in p.sentences) for p in analysis.paragraphs}


def test_it_says_what_was_agreed_on_what_terms_and_what_nobody_disclosed(con: duckdb.DuckDBPyConnection) -> None:
    assert told(analyse_deal(con, "d-nebius", data_on=ON))["What was agreed"] == (
        "A contract under which Nebius provides Microsoft with computing capacity was announced on 9 Sep 2025. "
        "Terms: $17.4bn, until 2031, in Vineland, New Jersey. "
        "Not disclosed in what was read: the power, the number of accelerators and the length of the contract."
    )


def test_an_amended_deal_says_what_the_last_change_moved(con: duckdb.DuckDBPyConnection) -> None:
    agreed = told(analyse_deal(con, "d-cobalt", data_on=ON))["What was agreed"]
    assert "The last change on 10 Feb 2026 moved the status from announced to amended, the value from" in agreed
    assert "the power from 60 MW to 110 MW" in agreed


def test_what_is_rumored_is_never_told_as_agreed(con: duckdb.DuckDBPyConnection) -> None:
    analysis = told(analyse_deal(con, "d-kestrel", data_on=ON))
    assert "is reported as sought, not as agreed" in analysis["What was agreed"]
    assert "announced" not in analysis["What was agreed"]
    assert "No article on the tape reports that it was agreed." in analysis["What remains open"]


def test_earlier_deals_money_that_flows_back_and_rivals_are_named(con: duckdb.DuckDBPyConnection) -> None:
    relations = told(analyse_deal(con, "a-last", data_on=ON))["Who the parties are to each other"]
    assert "compute, $1bn, 1 Oct 2025" in relations
    assert "Nordvik Cloud funds Lumenfold AI (equity, $500m, 1 Sep 2025)" in relations
    assert "Other suppliers of compute to Lumenfold AI on the tape: Cobalt Ridge Compute and Pinehollow." in relations


def test_size_and_price_are_set_against_the_year_before(con: duckdb.DuckDBPyConnection) -> None:
    compared = told(analyse_deal(con, "a-last", data_on=ON))["How it compares"]
    assert "At $8bn it is number 2 by size of 6 compute deals" in compared
    assert "It comes to $80m per MW, against a median of $37.7m over 4 compute deals" in compared


def test_a_comparison_needs_three_others(con: duckdb.DuckDBPyConnection) -> None:
    assert "How it compares" not in told(analyse_deal(con, "a-first", data_on=ON))


def test_bounds_and_single_sources_are_named_as_open(con: duckdb.DuckDBPyConnection) -> None:
    unsettled = told(analyse_deal(con, "a-last", data_on=ON))["What remains open"]
    assert unsettled == "One publisher tells of it so far. The value is a ceiling; less may come of it."


def test_a_story_tells_who_reports_it_and_then_its_deals_largest_first(con: duckdb.DuckDBPyConnection) -> None:
    analysis = analyse_story(con, "story-a", data_on=ON)
    assert analysis is not None
    assert analysis.paragraphs[0].sentences[0].text == "3 articles tell of this event, by The Rack Report."
    assert "They report 4 deals; the first 3 follow." in told(analysis)["Who tells it"]
    assert (
        analysis.paragraphs[1]
        .sentences[0]
        .text.startswith("A contract under which Nordvik Cloud provides Lumenfold AI")
    )


@pytest.mark.parametrize("deal", TAPE, ids=lambda deal: str(deal["deal_id"]))
def test_every_sentence_on_a_deal_cites_rows_that_are_on_the_tape(
    con: duckdb.DuckDBPyConnection, deal: dict[str, object]
) -> None:
    analysis = analyse_deal(con, str(deal["deal_id"]), data_on=ON)
    assert analysis is not None
    for sentence in (s for paragraph in analysis.paragraphs for s in paragraph.sentences):
        assert sentence.cites, sentence.text
        assert analysis.notes(sentence)
    if deal.get("value_amount"):
        assert any(cited.table == "deal_evidence" and ("slot", "value") in cited.key for cited in analysis.cites)
    for cited in analysis.cites:
        where = " AND ".join(f"CAST({name} AS VARCHAR) = ?" for name, _ in cited.key)
        values = [value for _, value in cited.key]
        assert con.execute(f"SELECT count(*) FROM mart.{cited.table} WHERE {where}", values).fetchall()[0][0], cited


def test_the_same_release_gives_the_same_text_and_an_unknown_deal_none(con: duckdb.DuckDBPyConnection) -> None:
    assert analyse_deal(con, "a-last", data_on=ON) == analyse_deal(con, "a-last", data_on=ON)
    assert analyse_deal(con, "no-such-deal", data_on=ON) is None
    assert analyse_story(con, "no-such-story", data_on=ON) is None
