"""Companies meant without their names, deals taken back, works sold as such: a line a rule, with what it tells."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import DealMention, Document


def claims(body: str, title: str = "") -> tuple[DealMention, ...]:
    document = Document(document_id="d", title=title, body=body, published=date(2026, 3, 4), publisher="")
    return read_document(document).deal_mentions


def told(body: str, title: str = "") -> list[tuple[str, str, frozenset[str]]]:
    """(type, status, "role name" of each party) of every deal."""
    return [(c.type, c.status, frozenset(f"{p.role} {p.name}" for p in c.parties)) for c in claims(body, title)]


TOLD = {
    "a company called by its country is from there, and not the subject": (
        "Brookfield is a large owner of dams. Microsoft signed up for 900 MW of wind power from the Canadian group.",
        ("power", "announced", frozenset({"supplier Brookfield", "customer Microsoft"})),
    ),
    "a described company beside a named one is still described": (
        "Velmora Energy, a wind developer, met Kestrel AI. The wind developer and Halyard Hosting will erect a "
        "120 MW data center at Pecos, Texas, for Kestrel AI.",
        (
            "build",
            "announced",
            frozenset({"developer Velmora Energy", "developer Halyard Hosting", "customer Kestrel AI"}),
        ),
    ),
    "a site that is dropped is cancelled": (
        "Halyard Hosting has dropped its proposed 140 MW data center near Leeds.",
        ("build", "cancelled", frozenset({"developer Halyard Hosting"})),
    ),
    "what a correction takes back is cancelled": (
        "We said that Kestrel AI was buying land in Darwin from Halyard Hosting. It is not.",
        ("acquisition", "cancelled", frozenset({"acquirer Kestrel AI", "seller Halyard Hosting"})),
    ),
    "new shares sold in a round are a round": (
        "Kestrel AI sold $110 million of new shares in a round led by Marrow Ventures.",
        ("equity", "announced", frozenset({"investee Kestrel AI", "investor Marrow Ventures"})),
    ),
    "what an agreement is called is no clause": (
        "Kestrel AI has signed what it calls the largest lease in Ohio with Halyard Hosting.",
        ("lease", "announced", frozenset({"customer Kestrel AI", "supplier Halyard Hosting"})),
    ),
    "who has its chips made at another's plant buys them": (
        "Kestrel Silicon will have its inference chips made at Ostrava Foundry's plant in Taylor, Texas.",
        ("chips", "announced", frozenset({"customer Kestrel Silicon", "supplier Ostrava Foundry"})),
    ),
    "plants bought as they stand are an acquisition": (
        "Velmora Energy will buy a portfolio of power plants from Orrin Generation for $1.2 billion.",
        (
            "acquisition",
            "announced",
            frozenset({"acquirer Velmora Energy", "seller Orrin Generation", "target portfolio of power plants"}),
        ),
    ),
    "a unit that is sold is the target, its owner the seller": (
        "Halyard Hosting completed the sale of its Argentine computing unit to Marrow Capital.",
        (
            "acquisition",
            "closed",
            frozenset({"seller Halyard Hosting", "acquirer Marrow Capital", "target Argentine computing unit"}),
        ),
    ),
    "who opens a joint laboratory works together": (
        "Kestrel AI and Ostrava Silicon are opening a joint chip-test laboratory.",
        ("partnership", "announced", frozenset({"partner Kestrel AI", "partner Ostrava Silicon"})),
    ),
    "a loan refused is cancelled": (
        "Northbridge Bank has refused Halyard Hosting a loan of $90 million.",
        ("debt", "cancelled", frozenset({"lender Northbridge Bank", "borrower Halyard Hosting"})),
    ),
}


@pytest.mark.parametrize(("body", "expected"), TOLD.values(), ids=TOLD)
def test_a_deal_is_told_so(body: str, expected: tuple[str, str, frozenset[str]]) -> None:
    assert expected in told(body)


NO_DEAL = {
    "clusters that others run": "Kestrel AI's clusters, operated by Zephrane Compute, hold 140,000 accelerators.",
    "a price paid in stock": "Orrin Generation is to receive $600 million in cash and $280 million in Velmora stock.",
}


@pytest.mark.parametrize("body", NO_DEAL.values(), ids=NO_DEAL)
def test_a_state_or_a_payment_is_no_deal(body: str) -> None:
    assert told(body) == []


def test_a_move_of_the_share_price_is_no_stake() -> None:
    body = "Marrow Capital will invest $200 million in Kestrel AI. Kestrel AI shares leapt 26% to a record."
    assert [c.stake for c in claims(body)] == [None]


def test_what_leases_yield_over_their_term_is_their_value() -> None:
    (lease,) = claims(
        "Kestrel AI signed two leases for 250 MW with Halyard Hosting, each running about 15 years, which together "
        "should yield around $7 billion in revenue."
    )
    assert (lease.value and lease.value.amount, lease.term and lease.term.months) == (7_000_000_000, 180)


def test_a_larger_size_of_a_venture_amends_it() -> None:
    (venture,) = claims(
        "Kestrel AI and Halyard Hosting added $40 million to their Osaka joint venture, bringing it to $220 million."
    )
    assert (venture.status, venture.value and venture.value.amount) == ("amended", 220_000_000)
