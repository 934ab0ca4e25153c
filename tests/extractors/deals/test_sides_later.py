"""Sides and givers told in the next sentence, or by another verb than the deal's. All sentences are our own."""

from __future__ import annotations

import pytest

from tests.extractors.deals.reading import told

LATER = {
    "the supplier is named by what it is": (
        "Okapi AI has a power deal at last. The supplier is Brae Energy, and the contract is for 120 MW.",
        "power customer:Okapi_AI supplier:Brae_Energy",
    ),
    "the buyer is named by what it is": (
        "Brae Energy has sold the whole output of its Larne wind farm. The buyer is Okapi AI.",
        "power customer:Okapi_AI supplier:Brae_Energy",
    ),
    "they will be delivered by": (
        "Halden Cloud has ordered 9,000 GB300s. They will be delivered by Castellan Systems from June.",
        "chips customer:Halden_Cloud supplier:Castellan_Systems",
    ),
    "the facility was arranged by": (
        "Halden Cloud raised $400 million in debt. The facility, arranged by Brae Bank, matures in 2031.",
        "debt borrower:Halden_Cloud lender:Brae_Bank",
    ),
    "the power comes from a plant of": (
        "Okapi AI has secured electricity for Reno. The 120 MW will come from a gas plant that Brae Energy owns.",
        "power customer:Okapi_AI supplier:Brae_Energy",
    ),
    "who tells of the loan has it": (
        "The $400 million will be lent by Brae Bank, Halden Cloud said.",
        "debt borrower:Halden_Cloud lender:Brae_Bank",
    ),
    "a bank turned to for money lends it": (
        "Halden Cloud tapped Brae Bank for $400 million to buy chips.",
        "debt borrower:Halden_Cloud lender:Brae_Bank",
    ),
    "what halls are filled with was bought for them": (
        "Halden Cloud will fill its Reno halls with 9,000 GB300s bought from Castellan Systems.",
        "chips customer:Halden_Cloud supplier:Castellan_Systems",
    ),
    "memory is prepaid": (
        "Halden Cloud prepaid Umbra Memory $500 million for high-bandwidth memory through 2029.",
        "chips customer:Halden_Cloud supplier:Umbra_Memory",
    ),
    "construction starts at": (
        "Construction started on Monday at Halden Cloud's campus in Mesa, a $900 million project.",
        "build developer:Halden_Cloud",
    ),
    "will not build its site": (
        "Halden Cloud has bowed to protests and will not build its $900 million data center in Mesa.",
        "build developer:Halden_Cloud",
    ),
    "the seller is named by what it is": (
        "Okapi AI has agreed to buy 600 MW of nuclear power. The seller is Brae Energy, which owns two reactors.",
        "power customer:Okapi_AI supplier:Brae_Energy",
    ),
    "the buyer's name stands beside what it is": (
        "Brae Energy has sold 300 MW from its Larne plant to a cloud firm. The buyer, Okapi AI, starts in 2028.",
        "power customer:Okapi_AI supplier:Brae_Energy",
    ),
    "those who lead it come first": (
        "Halden Cloud closed a $250 million round. Leading it were Tidemark Ventures and Brae Capital; "
        "Lowmoor Growth also put in money.",
        "equity investee:Halden_Cloud investor:Brae_Capital investor:Lowmoor_Growth investor:Tidemark_Ventures",
    ),
    "those who provide it come first": (
        "Halden Cloud has lined up a $1.2 billion construction loan. Providing it are Brae Bank and Lowmoor Trust.",
        "debt borrower:Halden_Cloud lender:Brae_Bank lender:Lowmoor_Trust",
    ),
    "the money comes from several": (
        "Halden Cloud has raised $600 million. The money comes from Tidemark Ventures and Brae Capital.",
        "equity investee:Halden_Cloud investor:Brae_Capital investor:Tidemark_Ventures",
    ),
    "the money was put up by": (
        "Halden Cloud has taken out a five-year loan of $300 million. The money was put up by Brae Bank.",
        "debt borrower:Halden_Cloud lender:Brae_Bank",
    ),
    "they will come from": (
        "Halden Cloud has ordered servers worth $700 million. They will come from Castellan Systems.",
        "chips customer:Halden_Cloud supplier:Castellan_Systems",
    ),
    "they are destined for": (
        "Castellan Systems will ship 3,000 servers in an order worth $450 million. They are destined for Halden Cloud.",
        "chips customer:Halden_Cloud supplier:Castellan_Systems",
    ),
    "its target has a name": (
        "Brae Capital is buying a cloud company for $2 billion. Its target, Halden Cloud, runs 20,000 GPUs.",
        "acquisition acquirer:Brae_Capital target:Halden_Cloud",
    ),
    "who stands behind the tenant comes first": (
        "Castellan Data has leased 90 MW in Texas to Okapi AI. Standing behind the tenant's payments is Brae Holdings.",
        "lease customer:Okapi_AI guarantor:Brae_Holdings supplier:Castellan_Data",
    ),
}


@pytest.mark.parametrize("case", LATER, ids=str)
def test_sides_are_taken_from_where_they_are_told(case: str) -> None:
    body, expected = LATER[case]
    assert told("News of the AI infrastructure trade", body) == [expected]
