"""A run of documents told as stories, deals and their revisions, in the form of the gold record."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest

from extractors.records import DealMention, Document, Extraction
from extractors.timelines import read_timeline, stories_of
from tests.extractors.deals.factories import claim, money, months
from tests.extractors.deals.timeline_claims import read_as_labelled

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"

CLAIMS: dict[str, tuple[DealMention, ...]] = {
    "rumor": (claim(claim_id="1", status="rumored", value=money(3, bound="about")).mention,),
    "news": (claim(claim_id="2", value=money(3.2)).mention,),
    "cut": (claim(claim_id="3", status="amended", value=money(2.9)).mention,),
    "late": (claim(claim_id="4", value=money(3.2), term=months(60)).mention,),
}
DOCUMENTS = [
    {"id": "rumor", "title": "Norvane in talks with Velmora", "body": "", "published": "2026-01-10T09:00:00Z"},
    {"id": "news", "title": "Norvane signs Velmora", "body": "", "published": "2026-02-10T09:00:00Z"},
    {"id": "cut", "title": "Velmora trims Norvane contract", "body": "", "published": "2026-06-10T09:00:00Z"},
    {
        "id": "late",
        "title": "Inside Velmora's order with Norvane",
        "body": "",
        "published": "2026-02-11T09:00:00Z",
        "arrives": "2026-07-01T09:00:00Z",
    },
]


def read(document: Document) -> Extraction:
    return Extraction(document=document, deal_mentions=CLAIMS.get(document.document_id, ()))


def test_a_late_document_takes_its_place_in_the_history_of_the_deal() -> None:
    (deal,) = read_timeline({"id": "t", "documents": DOCUMENTS}, read=read)["deals"]
    facts = [(r["as_of"], r["status"], r["value"]["amount"], r["term_months"]) for r in deal["revisions"]]
    assert facts == [
        ("2026-01-10", "rumored", 3_000_000_000, None),
        ("2026-02-10", "announced", 3_200_000_000, None),
        ("2026-02-11", "announced", 3_200_000_000, 60),
        ("2026-06-10", "amended", 2_900_000_000, 60),
    ]
    assert deal["mentions"] == ["rumor", "news", "late", "cut"]


def test_rumor_agreement_and_cut_are_three_stories() -> None:
    stories = read_timeline({"id": "t", "documents": DOCUMENTS}, read=read)["stories"]
    assert sorted(map(sorted, stories)) == [["cut"], ["late", "news"], ["rumor"]]


def test_every_document_gets_a_story_in_the_order_given() -> None:
    told = stories_of(DOCUMENTS, read=read)
    assert [row["id"] for row in told] == [document["id"] for document in DOCUMENTS]
    assert told[1]["story_id"] == told[3]["story_id"]


def test_publishers_count_once_and_copies_do_not() -> None:
    body = "Norvane Cloud has agreed to supply Velmora AI with machines for five years, the two said on Tuesday."
    documents = [
        {"id": k, "title": k, "body": body, "published": f"2026-02-1{n}", "publisher": f"Paper {n}"}
        for n, k in enumerate(["one", "two"])
    ]
    mentions = {k: (claim(claim_id=k).mention,) for k in ("one", "two")}
    told = read_timeline(
        {"id": "t", "documents": documents},
        read=lambda document: Extraction(document=document, deal_mentions=mentions[document.document_id]),
    )
    assert told["syndicated"] == [["one", "two"]]
    assert told["deals"][0]["independent_publishers"] == 1


@pytest.mark.skipif(not GOLD.is_dir(), reason="needs ../shared/gold")
def test_with_a_perfect_reader_the_development_timelines_are_resolved(tmp_path: Path) -> None:
    """What resolving loses by itself: see step 4's floors (identity 0.92, false merges 2 %, revisions 0.80)."""
    timelines = [json.loads(line) for line in (GOLD / "timelines-dev.jsonl").read_text().splitlines()]
    told = tmp_path / "told.jsonl"
    told.write_text("\n".join(json.dumps(read_timeline(t, read=read_as_labelled)) for t in timelines))
    figures = score(told)
    assert figures["stories: pairs"]["f1"] >= 0.97
    assert figures["deal identity: pairs"]["f1"] >= 0.97
    assert figures["false merges"]["rate"] <= 0.005
    assert figures["revisions"]["f1"] >= 0.97
    copies = {tuple(pair) for line in told.read_text().splitlines() for pair in json.loads(line)["syndicated"]}
    assert copies == {tuple(pair) for timeline in timelines for pair in timeline["syndicated"]}


def score(told: Path) -> dict[str, dict[str, float]]:
    """The figures of score_timelines.py over all timelines."""
    sys.path.insert(0, str(GOLD))
    try:
        scorer = runpy.run_path(str(GOLD / "score_timelines.py"))
    finally:
        sys.path.remove(str(GOLD))
    golds = scorer["read"](str(GOLD / "timelines-dev.jsonl"))
    preds = {p["id"]: p for p in scorer["read"](str(told))}
    board = scorer["new_board"](scorer["SLOTS"])
    for gold in golds:
        pred = preds[gold["id"]]
        scorer["score_stories"](gold, pred, board, [])
        pairs = scorer["score_identity"](gold, pred, board, [])
        scorer["score_revisions"](gold, pred, pairs, scorer["SLOTS"], board, [])
    return {key: tally.figures() for key, tally in board.items()}
