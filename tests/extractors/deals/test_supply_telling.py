"""How compute, chips and space are told to be sold: a line is one manner of telling, with its deals."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import Document

Told = tuple[str, frozenset[tuple[str, str]]]


def told(title: str, body: str = "") -> list[Told]:
    document = Document(document_id="d", title=title, body=body, published=date(2026, 3, 4), publisher="")
    claims = read_document(document).deal_mentions
    return sorted((c.type, frozenset((p.role, p.name) for p in c.parties)) for c in claims)


def deal(kind: str, supplier: str, customer: str) -> Told:
    return kind, frozenset({("supplier", supplier), ("customer", customer)})


ONE_DEAL = {
    "a grammar that binds one side leaves the other company for the other": (
        "Kestrel AI will occupy Halyard Hosting's entire Reno campus",
        deal("lease", "Halyard Hosting", "Kestrel AI"),
    ),
    "booked at somebody": (
        "Kestrel AI books 16,000 GPUs at Zephrane Compute for two years",
        deal("compute", "Zephrane Compute", "Kestrel AI"),
    ),
    "landed as tenant": (
        "Halyard Hosting lands Kestrel AI as tenant for Reno",
        deal("lease", "Halyard Hosting", "Kestrel AI"),
    ),
    "becomes anchor tenant at": (
        "Kestrel AI becomes anchor tenant at Halyard Hosting's Ohio data center",
        deal("lease", "Halyard Hosting", "Kestrel AI"),
    ),
    "dropped as supplier": (
        "Kestrel AI drops Zephrane Compute as cloud supplier",
        deal("compute", "Zephrane Compute", "Kestrel AI"),
    ),
    "work is outsourced to": (
        "Kestrel AI outsources its training to Zephrane Compute for $210 million a year",
        deal("compute", "Zephrane Compute", "Kestrel AI"),
    ),
    "processors that are lent are capacity": (
        "Zephrane Compute will lend its GPUs to Kestrel AI for two years for $80 million",
        deal("compute", "Zephrane Compute", "Kestrel AI"),
    ),
}


@pytest.mark.parametrize(("title", "expected"), ONE_DEAL.values(), ids=ONE_DEAL)
def test_a_manner_of_telling_names_both_sides(title: str, expected: Told) -> None:
    assert told(title) == [expected]


TWO_DEALS = {
    "one stands for the lease": (
        "Kestrel AI signed a lease with Halyard Hosting for 33 MW and one with Norvane Campuses for 70 MW.",
        "lease",
        ("Halyard Hosting", "Norvane Campuses"),
    ),
    "a second count from a second maker": (
        "Kestrel AI ordered 10,000 chips from Orrin Silicon and 30,000 from Tessaly Semiconductor.",
        "chips",
        ("Orrin Silicon", "Tessaly Semiconductor"),
    ),
}


@pytest.mark.parametrize(("sentence", "kind", "suppliers"), TWO_DEALS.values(), ids=TWO_DEALS)
def test_a_parallel_phrase_tells_a_deal_of_its_own(sentence: str, kind: str, suppliers: tuple[str, str]) -> None:
    assert told("Orders", sentence) == sorted(deal(kind, supplier, "Kestrel AI") for supplier in suppliers)


def test_a_labelled_item_without_a_subject_is_told_of_its_label() -> None:
    body = (
        "VELLICO AI - Signed a lease with Velmora Hosting for 40 MW.\n\n"
        "KESTREL AI - Awarded a contract on Oct. 14 to Boldrack Systems for servers worth $72 million."
    )
    assert told("Round-up of deals", body) == [
        deal("chips", "Boldrack Systems", "KESTREL AI"),
        deal("lease", "Velmora Hosting", "VELLICO AI"),
    ]


def test_an_object_pronoun_is_not_the_subject_of_its_own_clause() -> None:
    body = "Kestrel AI wants more memory.\n\nOrrin Silicon is to furnish it with HBM4 stacks worth $9 million."
    assert deal("chips", "Orrin Silicon", "Kestrel AI") in told("Kestrel AI shops for memory", body)


def test_an_unnamed_side_stays_unnamed() -> None:
    body = "Halyard Hosting leased 40 MW to a hyperscaler, and Kestrel AI, a rival of neither, looked on."
    claims = told("Halyard Hosting lets a hall", body)
    assert all("Kestrel AI" not in {name for _, name in parties} for _, parties in claims)


def test_a_plain_verb_with_one_side_tells_no_deal() -> None:
    assert told("News", "Halyard Hosting contracted another 80 MW for the site.") == []


@pytest.mark.parametrize(
    ("body", "is_reduction"),
    [
        ("Haneul Cloud cut its order at Arcline Semiconductor by 12,000 accelerators.", True),
        ("Haneul Cloud cut its order at Arcline Semiconductor to 28,000 accelerators.", False),
        ("Haneul Cloud will buy another 12,000 accelerators from Arcline Semiconductor.", False),
    ],
)
def test_what_a_deal_loses_is_told_from_what_is_left(body: str, is_reduction: bool) -> None:
    document = Document(document_id="d", title="", body=body, published=date(2026, 3, 4), publisher="")
    (claim,) = read_document(document).deal_mentions
    assert claim.is_reduction is is_reduction
    assert claim.accelerators is not None
    assert claim.accelerators.is_increment or not is_reduction
