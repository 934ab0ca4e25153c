"""Ways in which reporters tell a deal: the verb, the light verb, the label, the owner of whoever acts."""

from __future__ import annotations

import pytest

from extractors.read import read_document
from extractors.records import Document
from tests.extractors.deals.reading import told

TOLD = {
    "Galaxy will house CoreWeave's chips at its Helios site in Texas.": (
        "lease customer:CoreWeave supplier:Galaxy_Digital"
    ),
    "Under the terms, Vultr will make 5,000 MI355X GPUs available to Aleph Labs from July.": (
        "compute customer:Aleph_Labs supplier:Vultr"
    ),
    "Apollo is to lend Nscale $3.5 billion for Nvidia chips.": ("debt borrower:Nscale lender:Apollo_Global_Management"),
    "Amazon is to buy 150 GWh a year from Iberdrola's wind farm.": "power customer:Amazon supplier:Iberdrola",
    "Firmus said Canva would be the first customer on its Tasmanian cluster.": (
        "compute customer:Canva supplier:Firmus_Technologies"
    ),
    "A new company, owned 60% by Mainstay Capital and 40% by Orix, will develop the data center campus.": (
        "joint_venture partner:Mainstay_Capital partner:Orix"
    ),
    "Verdance Labs will also reserve 6,144 Nvidia GB300 GPUs in Kumogata Cloud's northern region.": (
        "compute customer:Verdance_Labs supplier:Kumogata_Cloud"
    ),
    "Start Campus has broken ground on its second building in Sines, Portugal, rated at 180 MW.": (
        "build developer:Start_Campus"
    ),
    "Deutsche Telekom's industrial cloud will be equipped with 10,000 of Nvidia's Blackwell GPUs.": (
        "chips customer:Deutsche_Telekom supplier:Nvidia"
    ),
    "Quanta Computer said that its American subsidiary has bought 47 acres of land in Texas for a server plant.": (
        "acquisition acquirer:Quanta_Computer"
    ),
    "DigitalBridge's owners have agreed to sell the company to SoftBank.": (
        "acquisition acquirer:SoftBank target:DigitalBridge"
    ),
    "Google gave Celestica a contract to make racks for its data centers.": (
        "chips customer:Google supplier:Celestica"
    ),
    "Larsen & Toubro has won an order to build a 30 MW data centre for Yotta in Navi Mumbai.": (
        "build developer:Yotta_Data_Services"
    ),
    "Vantage is taking over five European sites from Yondr.": "acquisition acquirer:Vantage_Data_Centers seller:Yondr",
    "MGX joined the $20 billion round of funding that xAI is raising.": "equity investee:xAI investor:MGX",
}


@pytest.mark.parametrize(("sentence", "expected"), TOLD.items())
def test_a_manner_of_telling_names_the_deal_and_its_sides(sentence: str, expected: str) -> None:
    assert told("", sentence) == [expected]


NO_DEALS = [
    "Galaxy Digital expects to deliver 133 MW in the first half of the year.",
    "Each of CoreWeave, Nebius and Lambda would be a customer of the others, the analyst said.",
]


@pytest.mark.parametrize("sentence", NO_DEALS)
def test_halls_coming_and_customers_of_one_another_are_no_deals(sentence: str) -> None:
    assert told("", sentence) == []


LABELLED = {
    "Extended: our contract with Pallasite Cloud for 4,000 GPUs.": "amended",
    "Ended: the colocation contract with Obsidian Ridge in Reno.": "cancelled",
    "In talks: a lease of 20 MW with Norvane Halls.": "rumored",
}


@pytest.mark.parametrize(("item", "status"), LABELLED.items())
def test_the_label_of_an_item_is_the_verb_that_it_lacks(item: str, status: str) -> None:
    body = f"Larkspur AI publishes this note on its data center contracts.\n\n• {item}"
    document = Document(document_id="d", title="Larkspur AI update", body=body, published=None, publisher="")
    assert [d.status for d in read_document(document).deal_mentions] == [status]


def test_a_title_that_takes_notes_from_a_call_issues_none() -> None:
    assert told("Notes from DigitalBridge's call on data centers") == []


def test_who_is_told_to_be_the_largest_customer_signs_nothing() -> None:
    assert told("", "Vireo Labs makes inference chips. Its largest customer is Meta.") == []


VENTURES = {
    "Cisco, AMD and Humain venture to deploy up to 1 GW by 2030": (
        "joint_venture partner:AMD partner:Cisco partner:Humain"
    ),
    "Brookfield to pour $7.4 bln into data centres in Spain with Telefonica venture": (
        "joint_venture partner:Brookfield partner:Telefónica"
    ),
}


@pytest.mark.parametrize(("title", "expected"), VENTURES.items())
def test_all_that_a_headline_lists_before_a_venture_own_it(title: str, expected: str) -> None:
    assert told(title) == [expected]


TITLES = {
    "ServiceNow commits $1.2 billion to Google Cloud over five years": "compute customer:ServiceNow supplier:Google",
    "TeraWulf eyes $3bn raise through high-yield notes": "debt borrower:TeraWulf",
    "Core Scientific shareholders vote down CoreWeave deal": "acquisition acquirer:CoreWeave target:Core_Scientific",
    "Amazon leads A$20bn push into Australian data centres": "build developer:Amazon",
    "Nvidia, Deutsche Telekom to develop industrial AI cloud for Germany": (
        "partnership partner:Deutsche_Telekom partner:Nvidia"
    ),
    "Aligned Data Centers breaks ground - Glendale mayor praises it": "build developer:Aligned_Data_Centers",
}


@pytest.mark.parametrize(("title", "expected"), TITLES.items())
def test_a_headline_tells_its_one_deal(title: str, expected: str) -> None:
    assert told(title) == [expected]


def test_an_item_names_the_buyer_of_a_company() -> None:
    item = "Buyer: Keystone Infrastructure; target: AirTrunk; price: $640m"
    assert told("Deal table: data centre transactions", f"The week's deals.\n\n{item}") == [
        "acquisition acquirer:Keystone_Infrastructure target:AirTrunk"
    ]
