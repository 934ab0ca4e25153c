"""Sides told elsewhere: the developer, the other side of an agreement, each of two, who "it" and "they" are not.

All sentences are our own.
"""

from __future__ import annotations

import pytest

from tests.extractors.deals.reading import told


def test_a_site_that_a_council_lets_through_is_built_by_whom_the_text_calls_its_developer() -> None:
    body = "Planners voted 8-3 in favour. The developer, Tarnhill Data Centres, says the scheme will bring 130 jobs."
    expected = ["build developer:Tarnhill_Data_Centres"]
    assert told("Councillors wave through £850m data centre despite 1,400 objections", body) == expected


def test_the_agreement_with_somebody_gives_the_deal_told_before_its_other_side() -> None:
    body = (
        "Barqa Digital will take delivery of 22,000 accelerators instead of the 35,000 announced last autumn. "
        "The revised purchase agreement with American chip designer Tesselon is now worth $880 million."
    )
    assert told("Barqa trims first order", body) == ["chips customer:Barqa_Digital supplier:Tesselon"]


def test_a_filings_company_is_the_parent_that_stands_before_its_definition() -> None:
    body = (
        'CR Lubbock LLC, an indirect subsidiary of Calder Ridge Inc. (the "Company"), owns a data center. '
        "The Company entered into a $150 million credit facility with Tollgate Credit."
    )
    assert told("8-K", body) == ["debt borrower:Calder_Ridge lender:Tollgate_Credit"]


def test_the_heading_of_a_paragraph_in_capitals_says_what_its_deal_is_of() -> None:
    body = "CLOUD. Pelagos Labs renewed with Nimblerack for three years at $60 million a year."
    assert told("Deal sheet, week 21: AI infrastructure", body) == ["compute customer:Pelagos_Labs supplier:Nimblerack"]


def test_what_a_company_does_all_the_time_is_no_first_telling_of_a_deal_the_other_way() -> None:
    body = (
        "Lambda, which rents out Nvidia processors by the hour, has hired a finance chief. Nvidia is a shareholder. "
        "This autumn it agreed to rent back 18,000 of its own GPUs from the startup for $1.5 billion over four years."
    )
    assert told("Lambda grows", body) == ["compute customer:Nvidia supplier:Lambda"]


def test_a_utility_that_builds_a_data_centre_lets_its_halls() -> None:
    body = (
        "Kurobane Electric is spending 310 billion yen on a data centre campus at Chitose. "
        "Pelagos Labs has reserved 90 megawatts for ten years."
    )
    expected = ["build developer:Kurobane_Electric", "lease customer:Pelagos_Labs supplier:Kurobane_Electric"]
    assert told("Kurobane's campus", body) == expected


LINES = {
    "the price of one share buys no stake": (
        "SoftBank agreed to acquire DigitalBridge, a data center investor, paying $16 in cash for every share.",
        ["acquisition acquirer:SoftBank target:DigitalBridge"],
    ),
    "whose plant a buyer draws on supplies": (
        "Power company Vistra said an unidentified buyer had signed up for 1,200 megawatts from its nuclear station.",
        ["power supplier:Vistra"],
    ),
    "a reseller is a partner": (
        "Samsung SDS becomes a reseller of OpenAI's ChatGPT Enterprise in Korea.",
        ["partnership partner:OpenAI partner:Samsung_SDS"],
    ),
    "its partner is somebody else's": (
        "IT group Tata Consultancy Services has found an ally. TPG will be its partner in HyperVault, a joint venture.",
        ["joint_venture partner:TPG partner:Tata_Consultancy_Services"],
    ),
    "money raised to date is no round": ("To date the AI cloud Wavecrest has raised $391 million.", []),
    "agreeing that one will do something is what that one does": (
        "Last month OpenAI and Nvidia agreed that the chipmaker would put up to $100 billion into the startup.",
        ["equity investee:OpenAI investor:Nvidia"],
    ),
}


@pytest.mark.parametrize("case", LINES, ids=str)
def test_a_side_is_whoever_the_words_around_it_leave(case: str) -> None:
    line, expected = LINES[case]
    assert told("AI data center news", line) == expected
