"""Who of the companies that a sentence names is party to its deal."""

from __future__ import annotations

import pytest

from tests.extractors.deals.reading import told


@pytest.mark.parametrize(
    ("title", "body", "deals"),
    [
        (
            "Velmora to rent 9,000 Nvidia B200s from Skyline GPU for $310 million",
            "",
            ["compute customer:Velmora supplier:Skyline_GPU"],
        ),
        ("xAI Weighs $12.5 Billion Debt Deal for Nvidia Chips", "", ["debt borrower:xAI"]),
        (
            "Tin Roof hires banks for IPO",
            "Tin Roof has hired Goldman Sachs and Morgan Stanley to prepare a listing next year.",
            [],
        ),
        (
            "South coast news",
            "The Crown Estate has leased 90 acres to Orrin Minds for a data centre. Orrin Minds, a joint venture "
            "of Wexley and Halden Cloud, expects to finish in 2029.",
            ["lease customer:Orrin_Minds supplier:Crown_Estate"],
        ),
        (
            "US to take 10% stake in Quantalys",
            "",
            ["equity investee:Quantalys investor:United_States_government"],
        ),
        (
            "A power agreement",
            'On March 30, HRE Weld County LLC (the "Seller"), a subsidiary of Halden Ridge Energy Corporation, entered '
            'into a Power Purchase Agreement with Pemmican Data Holdings, L.P. ("Buyer"). Under the agreement, Buyer '
            "will purchase 185 megawatts of electricity.",
            ["power customer:Pemmican_Data_Holdings supplier:HRE_Weld_County"],
        ),
    ],
)
def test_makers_advisers_and_owners_told_in_passing_are_no_parties(title: str, body: str, deals: list[str]) -> None:
    assert told(title, body) == deals


@pytest.mark.parametrize(
    ("title", "deals"),
    [
        ("CoreWeave expands GPU and TPU deal with Mistral", ["compute customer:Mistral_AI supplier:CoreWeave"]),
        ("Mistral signs Azure deal with Microsoft", ["compute customer:Mistral_AI supplier:Microsoft"]),
    ],
)
def test_a_product_before_the_deal_is_no_party_where_the_other_side_is_named(title: str, deals: list[str]) -> None:
    assert told(title) == deals


@pytest.mark.parametrize(
    ("body", "deals"),
    [
        ("Halden Cloud will spend $900 million on two halls of 40 MW each in Leeds.", ["build developer:Halden_Cloud"]),
        ("Halden Cloud has promised to construct 60 MW there by 2029.", ["build developer:Halden_Cloud"]),
        (
            "Halden Cloud will construct 60 MW of data center space for Okapi AI.",
            ["lease customer:Okapi_AI supplier:Halden_Cloud"],
        ),
    ],
)
def test_who_is_alone_in_raising_space_builds_for_itself(body: str, deals: list[str]) -> None:
    assert told("Halden Cloud grows", body) == deals


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Verdane completes $900 million sale of Brisbane sites to Halden Cloud",
            "acquisition acquirer:Halden_Cloud seller:Verdane target:Brisbane_sites",
        ),
        (
            "Verdane to sell Valencia data centre to Halden Cloud for $90 million",
            "acquisition acquirer:Halden_Cloud seller:Verdane target:Valencia_data_centre",
        ),
        ("Verdane to sell UK sites to Halden Cloud", "acquisition acquirer:Halden_Cloud seller:Verdane"),
    ],
)
def test_sites_of_a_town_are_told_apart_as_what_is_sold(title: str, expected: str) -> None:
    assert told(title) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Verdane is selling its 12% of Okapi AI to Halden Cloud.", "investee:Okapi_AI investor:Halden_Cloud"),
        (
            "Halden Cloud bought $150 million of preferred shares from Okapi AI.",
            "investee:Okapi_AI investor:Halden_Cloud",
        ),
        ("In January Nvidia paid $2 billion for CoreWeave shares.", "investee:CoreWeave investor:Nvidia"),
        ("In return Halden Cloud gets warrants over 4% of Okapi AI.", "investee:Okapi_AI investor:Halden_Cloud"),
    ],
)
def test_shares_have_an_investor_and_an_investee_and_no_seller(sentence: str, expected: str) -> None:
    assert told("Data centers in brief", sentence) == [f"equity {expected}"]


def test_two_companies_after_a_preposition_are_two_whatever_the_number_of_the_verb() -> None:
    body = "The tie-up between Quillon AI and Bexley Cloud was ended by mutual consent."
    assert told("Pacts in brief", body) == ["partnership partner:Bexley_Cloud partner:Quillon_AI"]
