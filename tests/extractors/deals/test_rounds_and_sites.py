"""Sites that two agree to build, money for a site, and who took part in a round. All sentences are our own."""

from __future__ import annotations

import pytest

from tests.extractors.deals.reading import told

SITES = {
    "a memorandum to put up one site": (
        "AI lab Kestrel Labs concluded a memorandum with Hanbit Telecom to put up an AI data centre in Busan.",
        ["build developer:Hanbit_Telecom developer:Kestrel_Labs"],
    ),
    "an agreement to develop so many megawatts": (
        "AI lab Kestrel Labs said it had agreed with Hanbit Telecom to develop 800 megawatts of data center capacity.",
        ["build developer:Hanbit_Telecom developer:Kestrel_Labs"],
    ),
    "a government that is agreed with builds nothing": (
        "Orvane Cloud, a startup, signed a memorandum with the government to erect a supercomputer for $10 billion.",
        ["build developer:Orvane_Cloud"],
    ),
    "sites in general are no site": (
        "Kestrel Labs and Hanbit Telecom signed a memorandum of understanding on cooling for AI data centres.",
        ["partnership partner:Hanbit_Telecom partner:Kestrel_Labs"],
    ),
    "money that is being spent": (
        "Kurobane Electric is spending 310 billion yen on a data centre campus at Chitose.",
        ["build developer:Kurobane_Electric"],
    ),
    "money that is promised": (
        "Last month Google promised $15 billion over five years for an AI hub in Visakhapatnam.",
        ["build developer:Google"],
    ),
    "chips that are set aside at a site are for somebody": (
        "Al Noor Compute has set aside 3,000 accelerators at its data centre in Dammam for Kestrel Labs.",
        ["compute customer:Kestrel_Labs supplier:Al_Noor_Compute"],
    ),
}

ROUND = "AI lab Kestrel Labs raised $400 million in a round led by Harbor Peak Ventures. "
TOOK_PART = {
    "among those that followed": "Nvidia and Temasek were among those that followed.",
    "came along": "Nvidia and Temasek came along.",
    "returned": "Existing backers Nvidia and Temasek returned.",
}


@pytest.mark.parametrize("case", SITES, ids=str)
def test_one_site_or_money_for_it_is_built_by_whoever_agrees_or_pays(case: str) -> None:
    line, expected = SITES[case]
    assert told("Data center news", line) == expected


@pytest.mark.parametrize("case", TOOK_PART, ids=str)
def test_whoever_is_said_to_have_followed_is_an_investor_of_the_round(case: str) -> None:
    expected = "equity investee:Kestrel_Labs investor:Harbor_Peak_Ventures investor:Nvidia investor:Temasek"
    assert told("AI funding", ROUND + TOOK_PART[case]) == [expected]


def test_an_item_of_a_list_of_rounds_that_names_one_company_is_of_its_round() -> None:
    items = "1. Kestrel Labs, $2 billion. Nvidia led and the lab is now worth $8 billion.\n\n2. Orvane AI, $80 million."
    assert told("October's big checks in AI", items) == [
        "equity investee:Kestrel_Labs investor:Nvidia",
        "equity investee:Orvane_AI",
    ]


def test_rupees_written_with_a_stop_end_no_sentence() -> None:
    line = "Data center operator Sarayu Data Parks took a term loan of Rs. 1,100 crore from Bharat Udyog Bank."
    assert told("Sarayu borrows", line) == ["debt borrower:Sarayu_Data_Parks lender:Bharat_Udyog_Bank"]
