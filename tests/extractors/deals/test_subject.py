"""The gate before reading: only what is about AI infrastructure and its trades is read for deals."""

from __future__ import annotations

import time
from datetime import date

import pytest

from extractors.deals.subject import is_subject
from extractors.read import read_document
from extractors.records import Document


def read(title: str, body: str = "") -> tuple[str, ...]:
    document = Document(
        document_id="d", title=title, body=body, published=date(2026, 3, 4), publisher="The Daily Courier"
    )
    return tuple(deal.type for deal in read_document(document).deal_mentions)


@pytest.mark.parametrize(
    "title",
    [
        "City museum buys Flemish painting for $4 million at auction",
        "Brackley United acquire striker from Halden Rovers in $30 million transfer",
        "Northway Air orders 40 jets worth $9 billion at the air show",
        "Two newspaper chains agree to merge in $800 million deal",
        "Student council hosts beach clean-up with local charity",
    ],
)
def test_a_deal_outside_the_subject_is_no_claim(title: str) -> None:
    assert not is_subject(title)
    assert read(title) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Quillmark leases 90 MW from Ostrava Halls for 12 years",
        "Tarn Valley Power to supply Quillmark campus from its gas turbines",
        "Quillmark weighs sale of a stake to Bellhaven Partners",
        "CoreWeave buys Quillmark",
    ],
)
def test_a_headline_need_not_name_the_subject_where_it_speaks_of_nothing_else(title: str) -> None:
    assert is_subject(title)


def test_a_passing_word_does_not_make_a_long_text_the_subject() -> None:
    story = "The council voted to repair the old bridge before winter, and residents asked who would pay for it. " * 30
    assert not is_subject(f"Bridge repair voted\n\n{story} An AI firm bought the mill next door.")


def test_a_long_text_about_the_subject_passes() -> None:
    story = (
        "The operator will fill three data centers with GPUs, and the utility adds 200 MW for the servers there. " * 30
    )
    assert is_subject(f"Three halls for Quillmark\n\n{story}")


def test_judging_a_megabyte_takes_a_moment() -> None:
    text = "words of nothing in particular " * 40_000
    start = time.process_time()
    assert not is_subject(text)
    assert time.process_time() - start < 10  # well under one on a quiet machine; a quadratic step takes minutes


@pytest.mark.parametrize(
    "title",
    [
        "CoreWeave appoints Ilsa Marrant as Managing Director for Europe",
        "Nscale hires Tobin Reyle to be its chief operating officer",
        "Mistral hosts AI Tinkerers for a weekend of building agents",
    ],
)
def test_people_hired_and_guests_hosted_are_no_deals(title: str) -> None:
    assert read(title) == ()


@pytest.mark.parametrize(
    "words",
    ["serves two trillion tokens a month", "ships optical modules of 800G", "sells memory chips and a reasoning model"],
)
def test_words_of_the_trade_open_the_gate(words: str) -> None:
    rest = "The board met on the same day and the chairman thanked all who came for their patience and trust. " * 10
    assert is_subject(f"Quillmark tells its holders\n\nQuillmark, which {words}, spoke. {rest[:650]}")
    assert not is_subject(f"Quillmark tells its holders\n\nQuillmark spoke. {rest[:650]}")
