"""What one sentence claims of whom: a phrasing, and the deal that it tells. All sentences are our own."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import DealMention, Document


def read(title: str, body: str = "") -> tuple[DealMention, ...]:
    document = Document(document_id="d", title=title, body=body, published=date(2026, 5, 6), publisher="Example Wire")
    return read_document(document).deal_mentions


def told(deal: DealMention) -> str:
    """'compute: Anthropic customer, SpaceX supplier', parties by name."""
    return f"{deal.type}: " + ", ".join(sorted(f"{p.name} {p.role}" for p in deal.parties))


ROLES = [
    ("Meta to rent GPUs from CoreWeave for $14 billion", "compute: CoreWeave supplier, Meta Platforms customer"),
    ("Microsoft signs $9 billion cloud contract with Nebius", "compute: Microsoft customer, Nebius supplier"),
    ("Nebius wins $9 billion cloud contract from Microsoft", "compute: Microsoft customer, Nebius supplier"),
    ("AMD, OpenAI strike chip deal", "chips: AMD supplier, OpenAI customer"),
    ("Google to buy 200 MW of geothermal power from Fervo Energy", "power: Fervo Energy supplier, Google customer"),
    ("Constellation, Meta sign 20-year power deal", "power: Constellation Energy supplier, Meta Platforms customer"),
    ("TeraWulf leases 200 MW to Fluidstack for ten years", "lease: Fluidstack customer, TeraWulf supplier"),
    ("Fluidstack leases 200 MW from TeraWulf", "lease: Fluidstack customer, TeraWulf supplier"),
    ("SoftBank to acquire Ampere for $6.5 billion", "acquisition: Ampere Computing target, SoftBank acquirer"),
    ("Nvidia to invest $5 billion in Intel", "equity: Intel investee, Nvidia investor"),
    ("CoreWeave borrows $2.3 billion from Blackstone", "debt: Blackstone lender, CoreWeave borrower"),
    ("Amazon plans $10 billion data center campus in Ohio", "build: Amazon developer"),
    ("Equinix and GIC form joint venture to build data centers", "joint_venture: Equinix partner, GIC partner"),
]


@pytest.mark.parametrize(("title", "expected"), ROLES, ids=[title for title, _ in ROLES])
def test_roles_follow_frame_and_kind_of_company(title: str, expected: str) -> None:
    assert told(read(title)[0]) == expected


STATUSES = [
    ("Oracle in talks with Meta on $20 billion cloud deal", "rumored"),
    ("Oracle signs $20 billion cloud deal with Meta", "announced"),
    ("SoftBank completes $6.5 billion acquisition of Ampere", "closed"),
    ("OpenAI expands CoreWeave cloud contract by $6.5 billion", "amended"),
    ("CoreWeave walks away from $9 billion takeover of Core Scientific", "cancelled"),
    ("OpenAI denies talks with CoreWeave on cloud deal", "cancelled"),
]


@pytest.mark.parametrize(("title", "expected"), STATUSES, ids=[title for title, _ in STATUSES])
def test_status_comes_from_the_words_around_the_trigger(title: str, expected: str) -> None:
    assert [deal.status for deal in read(title)] == [expected]


def test_names_that_nobody_knows_are_parties_too() -> None:
    (deal,) = read(
        "Brackwell Hosting signs Ondura AI",
        "Data center operator Brackwell Hosting said it had leased 48 MW at its Reno campus to Ondura AI for 12 years.",
    )
    assert told(deal) == "lease: Brackwell Hosting supplier, Ondura AI customer"
    assert deal.power is not None
    assert deal.power.mw == 48
    assert deal.term is not None
    assert deal.term.months == 144


def test_amounts_go_to_the_deal_that_they_are_told_of() -> None:
    deals = read("AMD sells OpenAI 50,000 chips for $2 billion; Nvidia to invest $5 billion in Intel")
    assert {deal.type: int(deal.value.amount) for deal in deals if deal.value} == {
        "chips": 2_000_000_000,
        "equity": 5_000_000_000,
    }


def test_a_valuation_is_no_value() -> None:
    (deal,) = read("Mistral raises $2 billion at a $14 billion valuation")
    assert deal.value is not None
    assert deal.valuation is not None
    assert (deal.value.amount, deal.valuation.amount) == (2_000_000_000, 14_000_000_000)


def test_options_and_revenue_are_left_out() -> None:
    (deal,) = read(
        "Fluidstack leases 100 MW from TeraWulf",
        "Fluidstack holds an option on a further 60 MW. TeraWulf had revenue of $140 million last year.",
    )
    assert deal.power is not None
    assert deal.power.mw == 100
    assert deal.value is None


def test_a_guarantor_joins_the_lease_it_guarantees() -> None:
    (deal,) = read(
        "Fluidstack leases 168 MW from Cipher Mining", "Google will backstop $1.4 billion of Fluidstack's obligations."
    )
    assert ("Google", "guarantor") in {(p.name, p.role) for p in deal.parties}
    assert deal.value is None


def test_the_company_is_whom_the_text_spoke_of() -> None:
    (deal,) = read(
        "Ondura AI looks for capacity",
        "Ondura AI is growing fast. The company has signed a five-year contract worth $800 million with CoreWeave "
        "for computing power.",
    )
    assert told(deal) == "compute: CoreWeave supplier, Ondura AI customer"


def test_an_earlier_deal_that_is_recalled_is_background() -> None:
    deals = read(
        "Nvidia to invest $5 billion in Intel",
        "The deal comes after SoftBank agreed last month to buy $2 billion of Intel shares.",
    )
    assert {deal.focus for deal in deals if any(p.name == "Nvidia" for p in deal.parties)} == {"primary"}
    assert {deal.focus for deal in deals if any(p.name.startswith("SoftBank") for p in deal.parties)} == {"background"}


def test_what_a_company_held_up_for_comparison_has_done_is_background() -> None:
    deals = read(
        "Mistral signs compute deal with CoreWeave",
        "Mistral will rent computing power from CoreWeave. The plan resembles that of rivals like Microsoft, which has "
        "invested in OpenAI, and leaves nothing to chance.",
    )
    assert {deal.focus for deal in deals if any(p.name == "OpenAI" for p in deal.parties)} == {"background"}


NO_DEALS = [
    ("Nvidia posts record revenue of $57 billion", ""),
    ("AWS raises GPU prices by 15%", ""),
    ("Is Broadcom the best chip stock to buy?", ""),
    ("OpenAI releases a faster model", "It competes with offerings from Google, Anthropic and xAI."),
    ("About our coverage", "About Example Corp. Example Corp. buys power from Constellation."),
]


@pytest.mark.parametrize(("title", "body"), NO_DEALS, ids=[title for title, _ in NO_DEALS])
def test_news_without_an_agreement_tells_no_deal(title: str, body: str) -> None:
    assert [told(deal) for deal in read(title, body)] == []


def test_a_lab_that_partners_over_data_centers_buys_compute_and_competitors_are_no_party() -> None:
    deals = read(
        "Anthropic strikes SpaceX data center deal",
        "Anthropic has entered into a data center agreement with SpaceX. GitHub Copilot, OpenAI and CoreWeave compete "
        "for the same customers. Anthropic, which has raised billions in investment, including commitments from Amazon "
        "and Google, can afford it.",
    )
    assert [(told(deal), deal.focus) for deal in deals] == [
        ("compute: Anthropic customer, SpaceX supplier", "primary"),
        ("equity: Amazon investor, Anthropic investee, Google investor", "background"),
    ]
    assert deals[0].value is None
