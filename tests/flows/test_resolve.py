"""New claims on the tape: with the part of it at hand that they can touch, and as if all had come at once."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extractors.deals.resolve import resolve_tape
from extractors.records import Article, Document, RawDocument, ReadDocument
from extractors.timelines import tell
from flows.steps.resolve import resolve_deals
from tests.extractors.deals.timeline_claims import read_as_labelled
from warehouse.connection import open_writer
from warehouse.load import load_documents, load_read

GOLD = Path(__file__).resolve().parents[1] / "evaluation" / "gold" / "timelines-dev.jsonl"
VERSION = "reader-1"
NOW = datetime(2027, 1, 1, tzinfo=UTC)
TIMELINES = {line["id"]: line["documents"] for line in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())}
Json = dict[str, Any]


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_writer(tmp_path / "warehouse.duckdb") as con:
        yield con


def read_of(document: Json) -> ReadDocument:
    """The document as a perfect reader read it."""
    told = tell(document, read_as_labelled)
    raw = RawDocument(
        document_id=document["id"],
        item_id=document["id"],
        kind="page",
        url=f"https://desk.example/{document['id']}",
        content_type="text/html",
        byte_count=1,
        retrieved_at=told.article.first_seen_at,
        published_at=told.article.published_at,
    )
    extraction = read_as_labelled(Document(document_id=document["id"], title="", body="", published=None, publisher=""))
    article = Article(
        title=told.article.title,
        body=told.article.body,
        publisher=told.article.publisher,
        published_at=told.article.published_at,
    )
    return ReadDocument(
        raw=raw,
        article_id=document["id"],
        article=article,
        content_hash=document["id"],
        extraction=extraction,
        reader_version=VERSION,
    )


def load(con: duckdb.DuckDBPyConnection, documents: Sequence[Json]) -> None:
    found = [read_of(document) for document in documents]
    load_documents(con, [one.raw for one in found])
    load_read(con, found, recorded_at=NOW)


def resolve(con: duckdb.DuckDBPyConnection) -> None:
    resolve_deals(con, VERSION, at=NOW)


def tape_of(con: duckdb.DuckDBPyConnection) -> dict[frozenset[str], list[tuple[object, ...]]]:
    """The claims of each deal on the tape -> its revisions, without what numbers them."""
    claims = con.execute("SELECT deal_id, list(deal_mention_id) FROM core.current_evidence GROUP BY ALL").fetchall()
    deals = {deal_id: frozenset(ids) for deal_id, ids in claims}
    found: dict[frozenset[str], list[tuple[object, ...]]] = {}
    for deal_id, *told in con.execute(
        "SELECT deal_id, told.as_of_at, told.deal_mention_id, told.type, told.status, told.value_amount, "
        "    told.value_currency_code, told.power_mw, told.sources, "
        "    string_agg(role || name, ';' ORDER BY position), told.revision "
        "FROM core.deal_revisions AS told "
        "JOIN core.current_revisions AS newest USING (deal_id, edition) "
        "LEFT JOIN core.deal_parties ON deal_parties.deal_id = told.deal_id AND deal_parties.revision = told.revision "
        "GROUP BY ALL ORDER BY deal_id, told.revision"
    ).fetchall():
        found.setdefault(deals[deal_id], []).append(tuple(told[:-1]))
    return found


@pytest.mark.parametrize("name", ["tl-dev-02", "tl-dev-06", "tl-dev-10"])
def test_the_pipeline_resolves_as_timelines_does(con: duckdb.DuckDBPyConnection, name: str) -> None:
    told = [tell(document, read_as_labelled) for document in TIMELINES[name]]
    expected = resolve_tape([c for one in told for c in one.claims], [one.article for one in told])
    load(con, TIMELINES[name])
    resolve(con)
    assert set(tape_of(con)) == {frozenset(c.mention.deal_mention_id for c in claims) for claims in expected.values()}


@pytest.mark.parametrize("name", ["tl-dev-01", "tl-dev-05", "tl-dev-09"])
def test_any_order_of_arrival_in_any_batches_gives_the_same_tape(tmp_path: Path, name: str) -> None:
    dice = random.Random(name)
    documents = list(TIMELINES[name])
    tapes = []
    for batches in (1, 3):
        with open_writer(tmp_path / f"{batches}.duckdb") as con:
            for k in range(batches):
                load(con, documents[k::batches])
                resolve(con)
            tapes.append(tape_of(con))
            before = rows_of(con)
            resolve(con)
            assert rows_of(con) == before, "an unchanged second run adds no row"
        dice.shuffle(documents)
    assert tapes[0] == tapes[1]


def rows_of(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Table -> how many rows it has."""
    names = con.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
    return {name: con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for (name,) in names}


def test_a_page_that_takes_the_place_of_its_entry_takes_the_claims_of_the_entry_off_the_tape(
    con: duckdb.DuckDBPyConnection,
) -> None:
    documents = TIMELINES["tl-dev-01"]
    first = read_of(documents[0])
    entry = replace(first, raw=replace(first.raw, kind="entry", document_id="entry"), article_id="entry")
    mentions = tuple(replace(m, deal_mention_id=f"entry {m.deal_mention_id}") for m in first.extraction.deal_mentions)
    entry = replace(entry, extraction=replace(first.extraction, deal_mentions=mentions))
    load_documents(con, [entry.raw])
    load_read(con, [entry], recorded_at=NOW)
    resolve(con)
    assert {next(iter(claims)).startswith("entry") for claims in tape_of(con)} == {True}
    load(con, documents)
    resolve(con)
    told = [tell(document, read_as_labelled) for document in documents]
    expected = resolve_tape([c for one in told for c in one.claims], [one.article for one in told])
    assert set(tape_of(con)) == {frozenset(c.mention.deal_mention_id for c in claims) for claims in expected.values()}
