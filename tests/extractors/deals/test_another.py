"""A further deal of the same two, and whom a sentence only turns out to name. All sentences are our own."""

from __future__ import annotations

import pytest

from extractors.read import read_document
from extractors.records import Document
from tests.extractors.deals.reading import told

FURTHER = {
    "a second order": (
        "Okapi Cloud ordered 9,000 servers from Castellan Systems in May for $300 million. "
        "It has since placed a second order, worth $400 million.",
        [300_000_000, 400_000_000],
    ),
    "another amount": (
        "Okapi Cloud ordered 9,000 servers from Castellan Systems in May for $300 million. "
        "In June it bought another $90 million of servers from Castellan.",
        [90_000_000, 300_000_000],
    ),
    "the same amount again is the same deal": (
        "Okapi Cloud has placed a second order for servers with Castellan Systems, worth $300 million. "
        "The second order that Okapi placed with Castellan is worth $300 million.",
        [300_000_000],
    ),
}


@pytest.mark.parametrize("case", FURTHER, ids=str)
def test_what_is_called_another_and_has_another_size_is_a_deal_of_its_own(case: str) -> None:
    body, expected = FURTHER[case]
    document = Document(document_id="d", title="Okapi Cloud buys servers", body=body, published=None, publisher="")
    assert sorted(int(d.value.amount) for d in read_document(document).deal_mentions if d.value) == expected


def test_the_customer_that_did_it_is_whoever_it_turns_out_to_be() -> None:
    assert told("A buyer is named", "The customer that leased 40 MW from Halden Hosting was Okapi AI.") == [
        "lease customer:Okapi_AI supplier:Halden_Hosting"
    ]


def test_an_investor_that_was_told_to_sell_power_may_be_meant_as_the_seller() -> None:
    body = (
        "Okapi AI will buy 300 MW of hydropower from Brookfield. In May 2024 Microsoft signed up for 900 MW of wind "
        "power from the Canadian group."
    )
    assert told("Hydropower in demand at Brookfield", body) == [
        "power customer:Microsoft supplier:Brookfield",
        "power customer:Okapi_AI supplier:Brookfield",
    ]


def test_who_tells_of_a_customers_megawatts_supplies_them() -> None:
    body = "Fervo Energy said on Tuesday that Google would buy 200 MW from the second phase of Cape Station."
    assert told("More heat from Utah", body) == ["power customer:Google supplier:Fervo_Energy"]


SEVERAL = {
    "the first and the second": (
        "Okapi AI signed two power deals. The first, with Brae Energy, is for 200 MW of wind; the second, with "
        "Lorne Power, covers 90 MW of solar.",
        ["power customer:Okapi_AI supplier:Brae_Energy", "power customer:Okapi_AI supplier:Lorne_Power"],
    ),
    "it follows one of the same two": (
        "Brae Energy's contract with Okapi AI covers 200 MW. It follows one for 90 MW that the two signed in May.",
        ["power customer:Okapi_AI supplier:Brae_Energy", "power customer:Okapi_AI supplier:Brae_Energy"],
    ),
    "the first such agreement": (
        "Brae Energy has signed a second agreement with Okapi AI, for 200 MW of power. The first such agreement, "
        "covering 90 MW, was approved last August.",
        ["power customer:Okapi_AI supplier:Brae_Energy", "power customer:Okapi_AI supplier:Brae_Energy"],
    ),
    "loans after a colon": (
        "Halden Cloud has two new loans: $400 million from Brae Bank and $150 million from Lorne Credit.",
        ["debt borrower:Halden_Cloud lender:Brae_Bank", "debt borrower:Halden_Cloud lender:Lorne_Credit"],
    ),
    "a loan for what its borrower builds": (
        "Halden Cloud's $900 million campus in Mesa will be financed with a $600 million loan from Brae Bank.",
        ["build developer:Halden_Cloud", "debt borrower:Halden_Cloud lender:Brae_Bank"],
    ),
    "whoever was lent money buys with it": (
        "Brae Bank lent Halden Cloud $400 million to pay for 9,000 GB300s, which it is buying from Castellan Systems.",
        ["chips customer:Halden_Cloud supplier:Castellan_Systems", "debt borrower:Halden_Cloud lender:Brae_Bank"],
    ),
}


@pytest.mark.parametrize("case", SEVERAL, ids=str)
def test_several_deals_told_together_are_parted(case: str) -> None:
    body, expected = SEVERAL[case]
    assert told("News of the AI infrastructure trade", body) == expected
