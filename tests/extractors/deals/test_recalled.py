"""Deals that were there before the news. All sentences are our own."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import Document

NEWS = "Halden Cloud raised $400 million in a round led by Harbor Peak Ventures.\n\n"


def focus(told: str) -> list[str]:
    """The focus of each deal that is told after a funding round, but the round's."""
    document = Document(
        document_id="d", title="Halden Cloud reports results", body=NEWS + told, published=date(2026, 5, 12)
    )
    return [deal.focus for deal in read_document(document).deal_mentions if deal.type != "equity"]


@pytest.mark.parametrize(
    "told",
    [
        "The cloud company has a contract with Orvane Power for 200 megawatts of electricity in Iowa.",
        "Last week Halden Cloud borrowed $900 million from Bank of Trenholm.",
        "Jotun Silicon agreed to sell it servers for $30 million in a contract that the two signed last week.",
        "The 12-year agreement under which Orvane Power sells Halden Cloud 96 MW is in force.",
    ],
)
def test_what_was_there_before_the_news_is_background(told: str) -> None:
    assert focus(told) == ["background"]


@pytest.mark.parametrize(
    "told",
    [
        "Halden Cloud also said that it had signed an order for 20,000 accelerators from Jotun Silicon.",
        "Separately, Orvane Power will sell Halden Cloud 200 megawatts for 12 years.",
        "It will rent 40 MW from Tarn Estates in Ohio for ten years.",
    ],
)
def test_a_second_piece_of_news_is_news(told: str) -> None:
    assert focus(told) == ["primary"]
