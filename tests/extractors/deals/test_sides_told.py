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


@pytest.mark.parametrize(
    ("body", "deals"),
    [
        (
            "OSLO and TURIN, 17 June – Halden Compute, a national champion in cooling, and Orrin Minds, whose models "
            "are used by four million developers, today unveiled a strategic alliance.",
            ["partnership partner:Halden_Compute partner:Orrin_Minds"],
        ),
        (
            "Halden Networks has signed a lease with Okapi AI for 88 MW. To support delivery, the Company has "
            "increased its syndicated facility from $1.4 billion to $2.25 billion.",
            ["debt borrower:Halden_Networks", "lease customer:Okapi_AI supplier:Halden_Networks"],
        ),
    ],
)
def test_two_that_act_together_are_found_beside_what_is_said_of_each(body: str, deals: list[str]) -> None:
    assert told("Halden news", body) == deals


def test_the_body_parts_the_sides_that_a_headline_leaves_together() -> None:
    body = "SK Hynix will provide AMD with HBM4 stacks for the MI450 under a supply agreement."
    assert told("SK Hynix, AMD lock in memory for next accelerators", body) == ["chips customer:AMD supplier:SK_Hynix"]


def test_a_cheque_written_is_part_of_the_larger_round_told_before() -> None:
    body = "Halden AI pulled in $1.35 billion of new money. Wexley Capital wrote the biggest check, of $500 million."
    assert told("Halden AI", body) == ["equity investee:Halden_AI investor:Wexley_Capital"]


def test_money_not_yet_borrowed_and_talks_not_held_tell_nothing() -> None:
    assert told("Costs", "Halden Cloud says that building it will cost $4.9 billion, most of it borrowed.") == []
    body = "Halden Data had turned down an approach from Wexley Capital worth $520 million, without holding any talks."
    assert told("No sale", body) == ["acquisition acquirer:Wexley_Capital target:Halden_Data"]


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        (
            "Halden Cloud bought chips. The Orrin group firm will pay Nvidia more than $2 billion for the processors.",
            "chips customer:Halden_Cloud supplier:Nvidia",
        ),
        (
            "Halden Cloud is small. It is also in talks for a round of $1.2 billion.",
            "equity investee:Halden_Cloud",
        ),
        (
            "Halden Chips is reportedly close to a $3 billion loan from Jinzhou Bank.",
            "debt borrower:Halden_Chips lender:Jinzhou_Bank",
        ),
        (
            "Halden AI raised $275 million in a Series C round led by Wexley Capital. Microsoft's M12 fund, an early "
            "backer, took part in the round as well.",
            "equity investee:Halden_AI investor:M12 investor:Wexley_Capital",
        ),
    ],
)
def test_whom_a_description_a_copula_or_a_fund_means_is_found(body: str, deal: str) -> None:
    assert told("Halden news", body) == [deal]


def test_whose_part_is_sold_sells_it_unless_another_does() -> None:
    body = "The government turned down the $1.9 billion sale of Macquarie Technology's Sydney data centres to a bidder."
    assert told("No sale", body) == ["acquisition seller:Macquarie_Technology target:Sydney_data_centres"]


def test_what_a_venture_would_build_is_no_deal_of_its_own() -> None:
    body = "Schwarz Group and SAP are discussing a joint venture that would build a gigafactory near Lübbenau."
    assert told("Two talk", body) == ["joint_venture partner:SAP partner:Schwarz_Group"]


def test_what_somebody_builds_separately_is_sold_to_nobody_told_before() -> None:
    body = "Google will put $2.8 billion into a campus at Lebanon. AES is separately building 1 GW of batteries."
    assert told("Google goes to Lebanon", body) == ["build developer:Google"]


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        (
            "Tessel has collected $640 million in a round. Lightspeed and Quarrier Ventures led it together; existing "
            "backers Samsung and Temasek joined, along with new investor Saffron Capital.",
            "equity investee:Tessel investor:Lightspeed_Venture_Partners investor:Quarrier_Ventures investor:"
            "Saffron_Capital investor:Samsung_Electronics investor:Temasek",
        ),
        (
            "Kestrel Cloud has borrowed $1.2 billion from a group of lenders led by Sable Fund, with Ares and Blue Owl "
            "also taking part.",
            "debt borrower:Kestrel_Cloud lender:Ares_Management lender:Blue_Owl_Capital lender:Sable_Fund",
        ),
        (
            "Halden Data is owned by Brookfield and GIC. The pair put $600 million of fresh equity into it.",
            "equity investee:Halden_Data investor:Brookfield investor:GIC",
        ),
        (
            "Brightwater Power will sell 220 MW from its Juniper Flats wind farm to Okapi AI, the laboratory backed by "
            "Google and Sequoia.",
            "power customer:Okapi_AI supplier:Brightwater_Power",
        ),
    ],
)
def test_who_joins_who_is_the_pair_and_who_only_backs_a_party(body: str, deal: str) -> None:
    assert told("News of the day", body) == [deal]


def test_an_older_deal_of_the_same_two_with_other_figures_is_another() -> None:
    body = (
        "Corvane Compute has reserved 75 MW at a campus that Halden Data is building outside Lima. It already rents "
        "18 MW from Halden Data under a lease that dates from 2023."
    )
    assert told("Corvane secures capacity", body) == ["lease customer:Corvane_Compute supplier:Halden_Data"] * 2


def test_each_that_signs_up_has_a_deal_of_its_own() -> None:
    body = "Halden Data said that ByteDance and Oracle have each signed up for 80 MW at its park in Johor."
    assert told("A park fills", body) == [
        "lease customer:ByteDance supplier:Halden_Data",
        "lease customer:Oracle supplier:Halden_Data",
    ]


@pytest.mark.parametrize(
    ("body", "deals"),
    [
        (
            "Boreal Sites has secured $500 million of equity from Wexley Partners and Kite Infrastructure. Each will "
            "own 30% of the company.",
            ["equity investee:Boreal_Sites investor:Kite_Infrastructure investor:Wexley_Partners"],
        ),
        (
            "Bitcoin miner Halden Mining has let 90 MW to Fluidstack; Google gets a 6% stake in the miner.",
            [
                "equity investee:Halden_Mining investor:Google",
                "lease customer:Fluidstack supplier:Halden_Mining",
            ],
        ),
        (
            "Stratus Networks has left Mesa. Corvane AI's chips are financed by Wexley Credit, which lent the "
            "company $700 million in May.",
            ["debt borrower:Corvane_AI lender:Wexley_Credit"],
        ),
    ],
)
def test_a_share_of_a_company_told_of_is_its_own_and_no_venture(body: str, deals: list[str]) -> None:
    assert told("News of the day", body) == deals


@pytest.mark.parametrize(
    "body",
    [
        "Schwarz Group and SAP each own half of a company that will build data centres in Leeds.",
        "Schwarz Group will own 75% of a joint venture that is to develop the campus, with SAP keeping the rest.",
        "Schwarz Group and SAP own half each of the venture that is building the campus.",
        "Schwarz Group takes 60% of a new company, and SAP keeps the balance.",
    ],
)
def test_who_owns_how_much_of_a_company_tells_a_venture(body: str) -> None:
    assert told("Two build", body) == ["joint_venture partner:SAP partner:Schwarz_Group"]


def test_a_venture_recalled_at_another_place_is_another_venture() -> None:
    body = (
        "Schwarz Group will own 75% of a joint venture that is to build a campus in Leeds, with SAP keeping the rest. "
        "Last October SAP and Schwarz Group set up a joint venture in Ghent."
    )
    assert told("Two build", body) == ["joint_venture partner:SAP partner:Schwarz_Group"] * 2


IN_CLAUSES = {
    "the contract that it signed": (
        "Shares in Halden Cloud rose 12% after the $1.4 billion contract that it signed with Okapi AI on Friday.",
        "compute customer:Okapi_AI supplier:Halden_Cloud",
    ),
    "a lease that somebody signed": (
        "Under a lease that Okapi AI signed with Castellan Data last week, the startup takes 75 MW in Reno.",
        "lease customer:Okapi_AI supplier:Castellan_Data",
    ),
    "from which somebody agreed to buy": (
        "Brae Energy, from which Okapi AI has agreed to buy 250 MW for 15 years, is based in Reno.",
        "power customer:Okapi_AI supplier:Brae_Energy",
    ),
    "the head of a company and her company": (
        "The chief executive of Halden Cloud said her company had ordered 9,000 B300s from Castellan Systems.",
        "chips customer:Halden_Cloud supplier:Castellan_Systems",
    ),
    "what a contract enables": (
        "Thanks to a contract with Okapi AI worth $4 billion, Halden Cloud has raised its forecast.",
        "compute customer:Okapi_AI supplier:Halden_Cloud",
    ),
    "what money given enables": (
        "After a $1.1 billion investment from Brae Capital, Halden Cloud hired 200 people.",
        "equity investee:Halden_Cloud investor:Brae_Capital",
    ),
    "the sale of its own": (
        "Castellan Data announced the sale of its Leeds data centre to Brae Capital for £120 million.",
        "acquisition acquirer:Brae_Capital seller:Castellan_Data target:Leeds_data_centre",
    ),
    "the customer after a colon": (
        "Halden Cloud signed a five-year contract on Tuesday for computing power. The customer: Okapi AI.",
        "compute customer:Okapi_AI supplier:Halden_Cloud",
    ),
    "having won an order": (
        "Having won a $900 million order from Okapi AI, server maker Castellan Systems plans a factory in Mexico.",
        "chips customer:Okapi_AI supplier:Castellan_Systems",
    ),
    "two who are the subject are the pair": (
        "Halden Cloud and Brae Energy said the pair would spend $600 million on a data center in Reno.",
        "build developer:Brae_Energy developer:Halden_Cloud",
    ),
}


@pytest.mark.parametrize("case", IN_CLAUSES, ids=str)
def test_sides_are_read_from_the_clauses_that_tell_of_a_deal(case: str) -> None:
    body, expected = IN_CLAUSES[case]
    assert told("News of the AI infrastructure trade", body) == [expected]
