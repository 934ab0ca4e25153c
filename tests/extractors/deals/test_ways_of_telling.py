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
    "Corvane AI has told Wascana Data Park that it will not go ahead with the 70 MW lease.": (
        "lease customer:Corvane_AI supplier:Wascana_Data_Park"
    ),
    "Brookfield will invest $2 billion for a quarter of Tarn Compute, the unit that houses the project.": (
        "equity investee:Tarn_Compute investor:Brookfield"
    ),
    "Equinix signed a power purchase agreement with Vattenfall for 64 MW from the Nordlund offshore wind farm.": (
        "power customer:Equinix supplier:Vattenfall"
    ),
    "Talen and Corvane AI sign a deal to power an Ohio campus.": "power customer:Corvane_AI supplier:Talen_Energy",
    "Kumo Shizen is to hold 49% of a joint venture that will own the park, Nusa Komputasi said.": (
        "joint_venture partner:Kumo_Shizen partner:Nusa_Komputasi"
    ),
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


def test_with_whom_a_site_is_built_as_tenant_is_its_customer() -> None:
    body = "Halden Data will build a $7 billion campus in Utah with Orrin AI and Velmora AI as its first tenants."
    assert told("Campus", body) == ["build customer:Orrin_AI customer:Velmora_AI developer:Halden_Data"]


@pytest.mark.parametrize(
    "body",
    [
        "Halden Data has sold its 40% holding in the Skerra battery project to Orrin Infrastructure for $95 million.",
        "Halden Data has completed the sale of its 40% holding in the Skerra battery project to Orrin Infrastructure.",
    ],
)
def test_a_share_of_a_project_is_invested_in_the_project(body: str) -> None:
    parties = "investee:Skerra_battery_project investor:Orrin_Infrastructure"
    assert told("Holdings", body) == [f"equity {parties}"]


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        (
            "Data centre operator Halden, taken private by Orrin Capital and Wexley Partners in an $11 billion "
            "acquisition completed in 2022, runs sites in Nevada.",
            "acquisition acquirer:Orrin_Capital acquirer:Wexley_Partners target:Halden",
        ),
        (
            "Amazon Web Services, a Marvell customer, received warrants in Marvell's shares that vest through 2030.",
            "equity investee:Marvell investor:Amazon_Web_Services",
        ),
        (
            "Halden Power will buy seven natural gas-fired power plants from Orrin Partners for $1.9 billion.",
            "acquisition acquirer:Halden_Power seller:Orrin_Partners target:seven_natural_gas-fired_power_plants",
        ),
        (
            "Nebius disclosed a contract with Microsoft worth $17.4 billion, to be served from Vineland, New Jersey.",
            "compute customer:Microsoft supplier:Nebius",
        ),
        (
            "Halden Cloud raised its loan to $310 million, with Quillon Credit and Wattle Bank providing the cash.",
            "debt borrower:Halden_Cloud lender:Quillon_Credit lender:Wattle_Bank",
        ),
    ],
)
def test_who_does_what_is_read_off_the_clause(body: str, deal: str) -> None:
    assert told("In the news", body) == [deal]


def test_money_put_into_sites_over_years_is_no_yearly_guidance() -> None:
    assert told("Google to pump $40 billion into Texas data centers through 2027", "") == ["build developer:Google"]


SHORTENED = {
    "Microsoft-backed OpenAI in advanced talks to rent capacity from Google Cloud": (
        "compute customer:OpenAI supplier:Google"
    ),
    "Brookfield and Qatar's QIA launch $20 billion AI infrastructure venture": (
        "joint_venture partner:Brookfield partner:Qatar_Investment_Authority"
    ),
    "AirTrunk raises A$16 billion in refinancing": "debt borrower:AirTrunk",
    "Microsoft signs 20-year deal to buy power from Three Mile Island": "power customer:Microsoft",
    "CoreWeave terminates merger agreement with Core Scientific": (
        "acquisition acquirer:CoreWeave target:Core_Scientific"
    ),
    "Hut 8 leases 245 MW at River Bend to Fluidstack in $7 billion deal backed by Google": (
        "lease customer:Fluidstack guarantor:Google supplier:Hut_8"
    ),
    "Halden and Orrin team up to bid for Velmora Data": (
        "acquisition acquirer:Halden acquirer:Orrin target:Velmora_Data"
    ),
    "Halden Data gets go-ahead for €900m, 84MW Hanover data centre": "build developer:Halden_Data",
    "Biggest AMD order yet comes from Humain: 500 MW of accelerators": "chips customer:Humain supplier:AMD",
}


@pytest.mark.parametrize(("title", "expected"), SHORTENED.items())
def test_what_a_headline_shortens_is_read_in_full(title: str, expected: str) -> None:
    assert told(title) == [expected]


WHOSE = {
    "Nvidia completes $5 billion investment in Intel": "equity investee:Intel investor:Nvidia",
    "Poolside, CoreWeave join up on 2-gigawatt Texas campus": "build developer:CoreWeave developer:Poolside",
}


@pytest.mark.parametrize(("title", "expected"), WHOSE.items())
def test_in_what_and_on_what_says_what_it_is(title: str, expected: str) -> None:
    assert told(title) == [expected]


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        (
            "The halls run under a supply deal with Vatnsorka that gives Halden Cloud 45 MW of power until 2040.",
            "power customer:Halden_Cloud supplier:Vatnsorka",
        ),
        (
            "Meta will take 2,609 megawatts from the Perrow and Skerra plants in Ohio in deals with Vistra.",
            "power customer:Meta_Platforms supplier:Vistra",
        ),
        (
            "Daehan Memory has won a contract to supply stacked memory for Halden Silicon's current AX500.",
            "chips customer:Halden_Silicon supplier:Daehan_Memory",
        ),
        (
            "Halden Data has ordered 80 megawatts of units from Gannet Storage for $142 million.",
            "power customer:Halden_Data supplier:Gannet_Storage",
        ),
        (
            "Halden Data has terminated the Purchase and Sale Agreement with Orrin Land LLC for 940 acres in Ohio.",
            "acquisition acquirer:Halden_Data seller:Orrin_Land",
        ),
        (
            "Orrin Capital agreed in June to buy 49% of Halden Data's Ohio data centre arm.",
            "equity investee:Halden_Data's_Ohio_data_centre_arm investor:Orrin_Capital",
        ),
    ],
)
def test_names_of_plants_products_and_parts_are_no_sides(body: str, deal: str) -> None:
    assert told("In the news", body) == [deal]


@pytest.mark.parametrize(
    ("title", "body", "deal"),
    [
        (
            "",
            "Nebius announced that Meta would pay it as much as $27 billion over five years for AI infrastructure.",
            "compute customer:Meta_Platforms supplier:Nebius",
        ),
        (
            "",
            "Halden Web Services will invest up to $50 billion to expand its AI and supercomputing capacity in Ohio.",
            "build developer:Halden_Web_Services",
        ),
        (
            "Halden Energy nears deal for 500 MW of Tidewell fuel cells",
            "",
            "power customer:Halden_Energy supplier:Tidewell",
        ),
        (
            "",
            "Halden Data has priced a RM1.6 billion Islamic bond with a seven-year tenor.",
            "debt borrower:Halden_Data",
        ),
    ],
)
def test_what_money_or_a_deal_is_for_says_what_it_buys(title: str, body: str, deal: str) -> None:
    assert told(title, body) == [deal]


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        (
            "Google will backstop $1.2 billion of Halden AI's obligations under its lease with Norvane Data.",
            "lease customer:Halden_AI guarantor:Google supplier:Norvane_Data",
        ),
        (
            "Halden AI has committed to 60 MW of Norvane Data's campus in Kent for ten years.",
            "lease customer:Halden_AI supplier:Norvane_Data",
        ),
        (
            "Quillon Ventures and Wattle Capital invested $150 million in Velmora.",
            "equity investee:Velmora investor:Quillon_Ventures investor:Wattle_Capital",
        ),
    ],
)
def test_whose_lease_site_or_shares_they_are(body: str, deal: str) -> None:
    assert told("In the news", body) == [deal]


def test_the_form_of_a_filing_is_no_part_of_a_name() -> None:
    body = "Halden Hash Inc. (the “Company”) entered into a hosting lease with Orrin AI, LLC for 75 MW."
    assert told("8-K Halden Hash Inc.", body) == ["lease customer:Orrin_AI supplier:Halden_Hash"]


def test_power_that_sites_have_under_contract_is_a_state() -> None:
    body = "Halden Compute runs large GPU clusters. Its sites in Wyoming and Idaho have 140 MW of power under contract."
    assert told("Halden Compute names finance chief", body) == []
