"""Headline grammar: a line is one habit of headline writers, with the deal that it tells."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import Document

Told = tuple[str, str, frozenset[tuple[str, str]]]


def told(title: str, publisher: str = "") -> list[Told]:
    document = Document(document_id="d", title=title, body="", published=date(2026, 3, 4), publisher=publisher)
    claims = read_document(document).deal_mentions
    return sorted((c.type, c.status, frozenset((p.role, p.name) for p in c.parties)) for c in claims)


def deal(kind: str, status: str = "announced", **parties: str) -> Told:
    return kind, status, frozenset((role, name) for role, names in parties.items() for name in names.split(" + "))


HABITS = {
    "a verb that is also a noun": (
        "Velmora Semiconductor bags secret $4 billion AI chip order",
        deal("chips", supplier="Velmora Semiconductor"),
    ),
    "nears, closes in on": (
        "Kestrel AI nears $6 billion private credit deal for Nevada data center",
        deal("debt", "rumored", borrower="Kestrel AI"),
    ),
    "a passive without its auxiliary": (
        "Norvane Hosting snapped up by Bexley Capital in 3.5 billion euro deal",
        deal("acquisition", acquirer="Bexley Capital", target="Norvane Hosting"),
    ),
    "sold to": (
        "Norvane Hosting sold to Bexley Capital in deal worth $5.8bn",
        deal("acquisition", acquirer="Bexley Capital", target="Norvane Hosting"),
    ),
    "a noun after one company is no verb": (
        "CoreWeave's $5bn Norvane Hosting purchase cleared by antitrust regulators",
        deal("acquisition", acquirer="CoreWeave", target="Norvane Hosting"),
    ),
    "no verb at all": (
        "Crusoe, Halyard Hosting in $3.4 Billion Texas Data Center Tie-Up",
        deal("partnership", partner="Crusoe + Halyard Hosting"),
    ),
    "backers before a name are no party": (
        "Bexley-backed Crusoe breaks ground on Harlan County data center campus",
        deal("build", developer="Crusoe"),
    ),
    "what the market made of it": (
        "Oracle shares leap 11% after $90 billion Mistral AI contract",
        deal("compute", supplier="Oracle", customer="Mistral AI"),
    ),
    "said to": (
        "CoreWeave Said to Weigh Bid for Rival Lambda",
        deal("acquisition", "rumored", acquirer="CoreWeave", target="Lambda"),
    ),
    "behind a site": (
        "Meta likely behind $4.8bn data center in Harlan County, Texas",
        deal("build", developer="Meta Platforms"),
    ),
    "a campus is to open": (
        "Crusoe's 900MW campus in Harlan County to open in 2028",
        deal("build", developer="Crusoe"),
    ),
    "a place between commas": (
        "Microsoft expands plans for Harlan, Texas, data center campus",
        deal("build", developer="Microsoft"),
    ),
    "plans pulled": (
        "Microsoft pulls plug on plans for 244-acre data center in Harlan",
        deal("build", "cancelled", developer="Microsoft"),
    ),
    "a letter of intent by its initials": (
        "Crusoe and GE Vernova Execute LOI for 1.1 GW of Gas Turbine Equipment",
        deal("power", supplier="GE Vernova", customer="Crusoe"),
    ),
    "a plant approved to serve somebody": (
        "Entergy wins approval for 750-MW gas plant to serve Google data center",
        deal("power", supplier="Entergy", customer="Google"),
    ),
    "a phrase before the subject": (
        "After setback for Nvidia, Meta signs $6B deal with CoreWeave",
        deal("compute", supplier="CoreWeave", customer="Meta Platforms"),
    ),
}


@pytest.mark.parametrize(("title", "expected"), HABITS.values(), ids=HABITS)
def test_a_headline_is_read_as_the_sentence_that_it_shortens(title: str, expected: Told) -> None:
    assert told(title) == [expected]


def test_orders_that_slip_are_no_verb_of_the_company_before_them() -> None:
    assert told("Oracle stock tumbles as Kestrel AI orders slip into next year") == []


def test_a_block_of_a_town_blocks_nothing() -> None:
    assert told("Equinix To Add New Data Center To Old Town Block") == [deal("build", developer="Equinix")]
