"""Power told by what stands for it: a plant, "all of it", a list after a colon. All sentences are our own."""

from __future__ import annotations

import pytest

from extractors.read import read_document
from extractors.records import Document
from tests.extractors.deals.reading import told

TOLD = {
    "a plant sells for its owner": (
        "Brae Energy's wind farm will supply Okapi AI with 90 MW of power.",
        ["power customer:Okapi_AI supplier:Brae_Energy"],
    ),
    "all of what the sentence measured": (
        "Brae Energy is to raise reactors for Okapi AI. Two reactors should be producing 620 MW by 2034, and "
        "Okapi has undertaken to purchase all of it.",
        ["power customer:Okapi_AI supplier:Brae_Energy"],
    ),
    "megawatts are drawn": (
        "Okapi AI will draw 35 MW around the clock from Brae Geo's new station for 15 years.",
        ["power customer:Okapi_AI supplier:Brae_Geo"],
    ),
    "what a contract is for stands after a colon": (
        "Halden Hosting has signed its largest lease: 40 MW in Reno with Okapi AI for ten years.",
        ["lease customer:Okapi_AI supplier:Halden_Hosting"],
    ),
    "a plant that the power is from buys none of it": (
        "Brae Energy will sell 300 MW of nuclear output to Okapi AI from Surry in a 12-year agreement.",
        ["power customer:Okapi_AI supplier:Brae_Energy"],
    ),
    "a utility promises power": (
        "Okapi AI builds in Reno. The utility, Brae Lorne, has promised 120 MW under a 20-year service contract.",
        ["power customer:Okapi_AI supplier:Brae_Lorne"],
    ),
    "the utility, by its name": (
        "Okapi AI has signed a contract with its utility, Brae Lorne, for 120 MW.",
        ["power customer:Okapi_AI supplier:Brae_Lorne"],
    ),
}


@pytest.mark.parametrize("case", TOLD, ids=str)
def test_power_is_told_by_what_stands_for_it(case: str) -> None:
    body, expected = TOLD[case]
    assert told("News of the data center trade", body) == expected


def test_a_model_number_is_no_company() -> None:
    body = "Castellan Systems has shipped the last of 8,000 Z3 training cards to Okapi AI."
    assert told("Chips travel", body) == ["chips customer:Okapi_AI supplier:Castellan_Systems"]


@pytest.mark.parametrize(
    "body",
    [
        "Halden Power will buy two gas plants from Orrin Partners for $1.9 billion. Together they have 880 MW.",
        "Halden Hosting sold its Tulsa campus, 880 MW and fully let, to Orrin Partners for $455 million.",
        "Halden Power has acquired Orrin Energy. The portfolio consists of three gas plants with 880 MW.",
    ],
)
def test_the_size_of_plants_and_sites_that_are_bought_is_the_deals(body: str) -> None:
    document = Document(document_id="d", title="Data center power deals", body=body, published=None)
    (deal,) = read_document(document).deal_mentions
    assert (deal.type, deal.power and int(deal.power.mw)) == ("acquisition", 880)
