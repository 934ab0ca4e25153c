"""New claims on the tape: with the part of it at hand that they can touch, and as if all had come at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
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
        url="",
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
    columns = "as_of_at, revisions.deal_mention_id, type, status, value_amount, value_currency_code, power_mw, sources"
    for deal_id, *told in con.execute(
        f"SELECT deal_id, {columns}, (SELECT string_agg(role || name, ';' ORDER BY position) FROM core.deal_parties "
        "    WHERE deal_parties.deal_id = revisions.deal_id AND deal_parties.revision = revisions.revision) "
        "FROM core.deal_revisions AS revisions "
        "WHERE EXISTS (SELECT 1 FROM core.current_revisions AS newest WHERE newest.deal_id = revisions.deal_id "
        "    AND newest.edition = revisions.edition) ORDER BY deal_id, revision"
    ).fetchall():
        found.setdefault(deals[deal_id], []).append(tuple(told))
    return found


@pytest.mark.parametrize("name", TIMELINES)
def test_the_pipeline_resolves_as_timelines_does(con: duckdb.DuckDBPyConnection, name: str) -> None:
    told = [tell(document, read_as_labelled) for document in TIMELINES[name]]
    expected = resolve_tape([c for one in told for c in one.claims], [one.article for one in told])
    load(con, TIMELINES[name])
    resolve(con)
    assert set(tape_of(con)) == {frozenset(c.mention.deal_mention_id for c in claims) for claims in expected.values()}
