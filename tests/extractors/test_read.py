"""The promises of ``read_document``: it never raises, is pure, keeps its spans, and spares the parser."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.gold import document_from_json, extraction_to_json
from extractors.read import READER_VERSION, read_document
from extractors.records import Document

WORDS = st.sampled_from(
    "Meta OpenAI Nvidia the to will has of for with from in a $5 billion 90 MW 40,000 GPUs "
    "leases signs deal buys invests "
    "data center loan stake 10% 2027 it company which and , . ; ( ) - “ ” ’s \n\n talks walked away round".split(" ")
)


def document(title: str, body: str = "") -> Document:
    return Document(document_id="d", title=title, body=body, published=date(2026, 5, 6))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=200))
def test_no_text_makes_reading_fail_and_every_span_holds_its_words(title: str, body: str) -> None:
    extraction = read_document(document(title, body))
    text = extraction.document.text
    assert extraction.issues == ()
    for mention in extraction.mentions:
        assert mention.surface == text[mention.start_char : mention.end_char]
    for deal in extraction.deal_mentions:
        assert 0 <= deal.confidence <= 1
        assert deal.sentence_start_char <= deal.trigger_start_char < deal.trigger_end_char <= deal.sentence_end_char
        for party in deal.parties:
            assert party.mention == text[party.start_char : party.end_char]


def test_the_same_document_reads_the_same() -> None:
    told = document("Meta to rent GPUs from CoreWeave for $14 billion")
    assert read_document(told) == read_document(told)


def test_a_document_without_a_deal_never_loads_the_parser() -> None:
    script = (
        "import sys\n"
        "from extractors.read import read_document\n"
        "from extractors.records import Document\n"
        "read_document(Document(document_id='d', title='A quiet week', body='Rain fell on Oslo. Nobody minded.'))\n"
        "assert 'spacy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_cost_grows_with_the_length_of_the_text_and_no_faster() -> None:
    sentence = "Meta leased 90 MW in Ohio from Crusoe. Nvidia rose 3%. Rain fell on Oslo and nobody minded at all. "
    read_document(document("warm", sentence))
    took = []
    for copies in (40, 160):
        start = time.process_time()
        read_document(document("t", sentence * copies))
        took.append(time.process_time() - start)
    assert took[1] < 4 * took[0] * 2.5


def test_the_gold_form_goes_in_and_comes_out() -> None:
    record = {
        "id": "x",
        "title": "SoftBank to acquire Ampere for $6.5 billion",
        "body": "",
        "published": "2025-03-19",
        "publisher": "",
    }
    line = extraction_to_json(read_document(document_from_json(record)))
    assert line["id"] == "x"
    assert line["deals"][0]["value"] == {"amount": 6_500_000_000, "currency": "USD", "bound": "exact", "basis": "total"}
    assert {(p["mention"], p["role"]) for p in line["deals"][0]["parties"]} == {
        ("SoftBank", "acquirer"),
        ("Ampere", "target"),
    }


def test_spending_guidance_and_capacity_stand_beside_deals() -> None:
    extraction = read_document(
        document(
            "Brackwell Hosting grows",
            "Brackwell Hosting now expects capital expenditures of $2.4 billion to $2.7 billion in "
            "2026, up from $2 billion. "
            "It ended June with 520 MW in operation.",
        )
    )
    (capex,) = extraction.capex
    assert (capex.company, capex.period, int(capex.low), int(capex.high), capex.change) == (
        "Brackwell Hosting",
        "2026",
        2_400_000_000,
        2_700_000_000,
        "raised",
    )
    (capacity,) = extraction.capacity
    assert (capacity.metric, int(capacity.amount), capacity.status) == ("power_mw", 520, "operating")
    assert extraction.deal_mentions == ()


def test_the_reader_has_a_version() -> None:
    assert READER_VERSION
