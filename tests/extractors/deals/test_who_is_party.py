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
