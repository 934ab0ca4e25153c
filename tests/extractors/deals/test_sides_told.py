"""Who stands on which side of a deal, where the sentence tells it in a roundabout way."""

from __future__ import annotations

import pytest

from tests.extractors.deals.reading import told


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        (
            "Halden Cloud agreed to rent Microsoft tens of thousands of Nvidia GPUs.",
            "compute customer:Microsoft supplier:Halden_Cloud",
        ),
        (
            "Orrin Hydro will sell Google 300 MW from its dams.",
            "power customer:Google supplier:Orrin_Hydro",
        ),
    ],
)
def test_the_first_of_two_objects_gets_the_second(body: str, deal: str) -> None:
    assert told("What was signed", body) == [deal]


@pytest.mark.parametrize(
    ("body", "parties"),
    [
        (
            "Halden Cloud has secured a $4 billion loan, running for twelve months, from JPMorgan and Mizuho.",
            "borrower:Halden_Cloud lender:JPMorgan_Chase lender:Mizuho",
        ),
        (
            "Halden Cloud has increased its loan facility to $2 billion. The lender group comprises Wattle Bank and "
            "Quillon Partners.",
            "borrower:Halden_Cloud lender:Quillon_Partners lender:Wattle_Bank",
        ),
        (
            "Quillon Partners has raised its credit line to Halden Data to $300 million from $150 million.",
            "borrower:Halden_Data lender:Quillon_Partners",
        ),
        (
            "Quillon Credit is close to providing Halden Data with about $1.4 billion for a cluster in Utah.",
            "borrower:Halden_Data lender:Quillon_Credit",
        ),
    ],
)
def test_lenders_are_told_after_a_term_as_a_group_or_by_whom_they_lend_to(body: str, parties: str) -> None:
    assert told("Loans", body) == [f"debt {parties}"]


@pytest.mark.parametrize(
    "more",
    [
        "Wexley Capital led the round, with Orrin Ventures following.",
        "Also in the round are Wexley Capital and Orrin Ventures.",
        "Wexley Capital led the round. Orrin Ventures was among the investors in the round.",
        "Wexley Capital led the round. Others in the deal were Orrin Ventures.",
    ],
)
def test_who_is_in_a_round_invests_however_that_is_told(more: str) -> None:
    body = f"Halden AI has raised $1.8 billion. {more}"
    assert told("Halden AI raises money", body) == [
        "equity investee:Halden_AI investor:Orrin_Ventures investor:Wexley_Capital"
    ]


def test_a_stake_sold_of_nobody_else_is_one_in_the_seller() -> None:
    assert told("Marram Compute in talks to sell 30% stake to Quillon Partners") == [
        "equity investee:Marram_Compute investor:Quillon_Partners"
    ]


def test_who_underwrites_rent_guarantees_it_and_who_underwrites_a_loan_does_not() -> None:
    lease = "Halden Data has leased 245 MW to Okapi AI, whose rent over 15 years is underwritten by Google."
    assert told("Lease", lease) == ["lease customer:Okapi_AI guarantor:Google supplier:Halden_Data"]
    loan = "Halden Data has leased 245 MW to Okapi AI. Deutsche Bank has underwritten its $1.4 billion loan."
    assert "guarantor" not in " ".join(told("Lease", loan))


@pytest.mark.parametrize(
    ("title", "deal"),
    [
        (
            "Halden Cloud leases 24 MW in Ohio from Equinix neighbor",
            "lease customer:Halden_Cloud",
        ),
        (
            "Halden Digital executes hosting agreement for 30 MW at Project Linden 2",
            "lease supplier:Halden_Digital",
        ),
        (
            "Macquarie, Aware Super kick off $2.5bn sale of Vocus fibre arm",
            "acquisition seller:Aware_Super seller:Macquarie target:Vocus_fibre_arm",
        ),
    ],
)
def test_neighbours_projects_and_the_name_of_a_part_sold_are_no_parties(title: str, deal: str) -> None:
    assert told(title) == [deal]


def test_a_venture_told_of_acts_for_itself() -> None:
    body = "Nscale and Aker set up a joint venture. The venture was in talks with DNB about a loan of NOK 12 billion."
    assert told("A venture", body) == [
        "debt borrower:joint_venture lender:DNB",
        "joint_venture partner:Aker partner:Nscale",
    ]
