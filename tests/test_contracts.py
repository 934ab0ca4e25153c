"""Records, tables and catalog say the same: nothing that was read gets lost on its way into a table, and every column
is explained."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from extractors import records
from warehouse import catalog
from warehouse.connection import open_writer

# record -> the table that holds it; fields that have another name there (or stand elsewhere, said in words)
TABLES: dict[type, tuple[str, dict[str, str]]] = {
    records.FeedState: ("raw.feed_state", {}),
    records.SeenEntry: ("raw.entries", {"entry": "spread over the row"}),
    records.Entry: ("raw.entries", {}),
    records.FeedPoll: (
        "raw.feed_fetches",
        {
            "polled_at": "retrieved_at",
            "state": "spread over the row",
            "entries": "in raw.entries",
            "issues": "in core.issues",
            "alarms": "in raw.feed_alarms",
            "hold": "in raw.host_state",
            "body_hash": "content_hash",
            "rates": "in core.reference_rates",
            "known_entries": "known already",
            "is_quiet": "of the poll, not of what it brought",
        },
    ),
    records.FeedAlarm: ("raw.feed_alarms", {}),
    records.HostHold: ("raw.host_state", {}),
    records.RawDocument: ("raw.documents", {}),
    records.PageFailure: ("raw.page_state", {"attempted_at": "last_attempt_at"}),
    records.Article: ("core.articles", {"issues": "in core.issues"}),
    records.ReadDocument: (
        "core.articles",
        {
            "raw": "spread over the row",
            "article": "spread over the row",
            "extraction": "in the tables of mentions",
            "issues": "in core.issues",
            "title_words": "in core.article_words",
            "distinct_words": "in core.article_words",
        },
    ),
    records.Mention: ("core.mentions", {}),
    records.DealMention: (
        "core.deal_mentions",
        {
            "parties": "in core.deal_mention_parties",
            "value": "value_amount",
            "valuation": "valuation_amount",
            "power": "power_mw",
            "accelerators": "accelerator_count",
            "term": "term_months",
            "stake": "stake_pct",
            "start": "start_period",
            "end": "end_period",
            "trigger_start_char": "in core.slot_evidence",
            "trigger_end_char": "in core.slot_evidence",
            "slot_confidence": "in core.slot_evidence",
        },
    ),
    records.Party: ("core.deal_mention_parties", {"mention": "surface"}),
    records.CapacityMention: ("core.capacity_mentions", {"by": "by_period"}),
    records.CapexMention: (
        "core.capex_mentions",
        {"low": "amount_low", "high": "amount_high", "currency": "currency_code"},
    ),
    records.DealState: (
        "core.deal_revisions",
        {
            "parties": "in core.deal_parties",
            "value": "value_amount",
            "valuation": "valuation_amount",
            "power": "power_mw",
            "accelerators": "accelerator_count",
            "term": "term_months",
            "stake": "stake_pct",
            "start": "start_period",
            "end": "end_period",
            "first_as_of": "in core.deal_evidence",
            "last_as_of": "in core.deal_evidence",
            "claims": "through core.deal_evidence",
        },
    ),
    records.Assignment: ("core.deal_evidence", {"first_as_of": "first_as_of_at", "last_as_of": "last_as_of_at"}),
    records.Revision: ("core.deal_revisions", {"as_of": "as_of_at", "state": "spread over the row"}),
    records.DealEnding: ("core.deal_endings", {}),
    records.FiledArticle: (
        "core.filed_articles",
        {"as_of": "as_of_at", "affiliations": "in core.affiliations", "claim_keys": "in core.claim_keys"},
    ),
    records.ReferenceRate: ("core.reference_rates", {"source": "rate_source"}),
    records.Alert: ("core.alerts", {}),
    records.AlertMessage: ("core.alert_messages", {"alert_ids": "a row for each"}),
    records.AlertDelivery: ("core.alert_deliveries", {}),
    records.StoryMember: ("core.stories", {}),
    records.StoryKeys: ("core.story_keys", {"as_of": "as_of_at"}),
    records.StoryLink: ("core.story_links", {}),
    records.ArticleCopy: ("core.copies", {}),
    records.Issue: ("core.issues", {}),
}
# slot -> record and the prefix of its columns in core.deal_mentions and core.deal_revisions
SLOTS: dict[str, tuple[type, dict[str, str]]] = {
    "value": (
        records.Money,
        {"amount": "value_amount", "amount_high": "value_amount_high", "currency": "value_currency_code"},
    ),
    "valuation": (
        records.Money,
        {"amount": "valuation_amount", "amount_high": "valuation_amount_high", "currency": "valuation_currency_code"},
    ),
    "power": (records.Power, {"mw": "power_mw", "mw_high": "power_mw_high"}),
    "accelerator": (records.Accelerators, {}),
    "term": (records.Duration, {}),
    "stake": (records.Share, {}),
    "start": (records.Period, {"period": "start_period"}),
    "end": (records.Period, {"period": "end_period"}),
}
SPAN = {"start_char", "end_char", "surface"}  # in core.slot_evidence


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path: Path = tmp_path_factory.mktemp("contracts") / "warehouse.duckdb"
    with open_writer(path) as con:
        yield con


@pytest.fixture(scope="module")
def columns(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Table or view -> column -> type, as the warehouse has them."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in con.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = current_database() AND NOT internal"
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


@pytest.mark.parametrize("record", TABLES, ids=lambda record: record.__name__)
def test_every_field_of_a_record_has_its_column(record: type, columns: dict[str, dict[str, str]]) -> None:
    table, names = TABLES[record]
    fields = set(record.__annotations__)
    assert names.keys() <= fields, "the record lost a field that this test speaks of"
    for field in fields:
        name = names.get(field, field)
        if " " not in name:
            assert name in columns[table], f"{record.__name__}.{field} has no column in {table}: add one or say where"


@pytest.mark.parametrize("table", ["core.deal_mentions", "core.deal_revisions"])
@pytest.mark.parametrize("slot", SLOTS)
def test_every_field_of_a_slot_has_its_column(slot: str, table: str, columns: dict[str, dict[str, str]]) -> None:
    record, names = SLOTS[slot]
    for field in dataclasses.fields(record):
        if field.name not in SPAN:
            assert names.get(field.name, f"{slot}_{field.name}") in columns[table], field.name


def test_every_table_is_in_the_catalog(columns: dict[str, dict[str, str]]) -> None:
    known = {table.name for table in (*catalog.load().tables, *catalog.load().views)}
    assert set(columns) == known


def test_every_column_is_in_the_catalog_with_its_type(columns: dict[str, dict[str, str]]) -> None:
    told = catalog.load().columns
    strangers = [f"{table}.{name}" for table, found in columns.items() for name in found if name not in told]
    assert strangers == [], "say in warehouse/catalog.yml what these mean"
    wrong = [
        f"{table}.{name}: {kind} here, {told[name].type} in the catalog"
        for table, found in columns.items()
        if not table.startswith("mart.")
        for name, kind in found.items()
        if kind != told[name].type
    ]
    assert wrong == []


def test_every_column_of_the_catalog_is_somewhere(columns: dict[str, dict[str, str]]) -> None:
    used = {name for found in columns.values() for name in found}
    assert set(catalog.load().columns) - used == set()


def test_a_key_and_an_order_name_columns(columns: dict[str, dict[str, str]]) -> None:
    for table in (*catalog.load().tables, *catalog.load().views):
        assert {*table.key, *table.sort} <= columns[table.name].keys(), table.name


def test_every_stored_table_and_column_has_its_comment(con: duckdb.DuckDBPyConnection) -> None:
    silent = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() "
        "USING (database_name, schema_name, table_name) "
        "WHERE database_name = current_database() AND (duckdb_columns.comment IS NULL OR duckdb_tables.comment IS NULL)"
    ).fetchall()
    assert silent == []


@pytest.mark.parametrize("column", catalog.load().columns.values(), ids=lambda column: column.name)
def test_names_follow_the_words_of_the_house(column: catalog.Column) -> None:
    suffixes = {
        "_at": {"TIMESTAMP WITH TIME ZONE"},
        "_on": {"DATE"},
        "_id": {"VARCHAR"},
        "_code": {"VARCHAR", "INTEGER"},
        "_count": {"BIGINT", "INTEGER"},
        "_pct": {"DECIMAL(9,4)"},
        "_mw": {"DECIMAL(18,3)"},
        "_usd": {"DECIMAL(24,2)"},
    }
    for suffix, kinds in suffixes.items():
        if column.name.endswith(suffix) and not column.name.startswith("usd_per_"):
            assert column.type in kinds
    assert (column.type == "BOOLEAN") == (column.name.startswith(("is_", "has_")) or "_is_" in column.name)
    assert column.type in {*catalog.PUBLISHED_TYPES, "BIGINT[]"}  # keys to look up by are published nowhere
    assert len(column.meaning) > 5


def test_the_schema_page_is_current() -> None:
    page = Path(__file__).resolve().parents[1] / "docs" / "schema.md"
    assert page.read_text(encoding="utf-8") == catalog.page(), "run `python -m warehouse.catalog`"
