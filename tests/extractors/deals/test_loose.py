"""Deals told loosely: whence goods come, who stands where, two companies and an amount. All sentences are our own."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import Document

CAST = (
    "Brightwell AI is a laboratory in London. Harrow Compute, a cloud provider, is in Leeds. Tallow Digital is a data "
    "centre operator. Marram Power is a utility. Corrib Semiconductor is a chipmaker. Pell Capital is an investor. "
    "Ashdown Bank is a lender.\n\n"
)


def told(body: str, title: str = "News of the day") -> list[str]:
    document = Document(document_id="d", title=title, body=CAST + body, published=date(2026, 5, 12))
    return [
        f"{deal.type} {deal.status}: " + ", ".join(sorted(f"{p.role}={p.name}" for p in deal.parties))
        for deal in read_document(document).deal_mentions
    ]


LEASE = "lease announced: customer=Brightwell AI, supplier=Tallow Digital"
POWER = "power announced: customer=Brightwell AI, supplier=Marram Power"
COMPUTE = "compute announced: customer=Brightwell AI, supplier=Harrow Compute"
CHIPS = "chips announced: customer=Harrow Compute, supplier=Corrib Semiconductor"
EQUITY = "equity announced: investee=Brightwell AI, investor=Pell Capital"
DEBT = "debt announced: borrower=Harrow Compute, lender=Ashdown Bank"
ACQUISITION = "acquisition announced: acquirer=Harrow Compute, target=Tallow Digital"


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        ("Harrow Compute's next 20,000 processors will come from Corrib Semiconductor.", CHIPS),
        ("The $500 million loan to Harrow Compute is from Ashdown Bank, not from Pell Capital.", DEBT),
        ("Tallow Digital's 40 MW Leeds building has gone to Brightwell AI.", LEASE),
        ("Some 32,000 processors rented to Brightwell AI by Harrow Compute stand in Leeds.", COMPUTE),
    ],
)
def test_goods_that_come_from_or_go_to_somebody_tell_a_deal(body: str, deal: str) -> None:
    assert told(body) == [deal]


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        ("Marram Power will keep Brightwell AI's lights on with 200 MW of hydropower for 15 years.", POWER),
        ("Ashdown Bank has thrown Harrow Compute a lifeline, a $500 million loan.", DEBT),
        ("Pell Capital has put $200 million behind Brightwell AI.", EQUITY),
    ],
)
def test_two_companies_and_an_amount_in_one_clause_tell_a_deal(body: str, deal: str) -> None:
    assert told(body) == [deal]


@pytest.mark.parametrize(
    "body",
    [
        "Harrow Compute competes with Brightwell AI for 8,000 GPUs.",
        "Harrow Compute's revenue of $400 million exceeded that of Brightwell AI.",
        "Analysts at Ashdown Bank value Harrow Compute at $500 million.",
        "Like Marram Power, Brightwell AI worries about 200 MW of wind.",
    ],
)
def test_comparison_and_comment_are_no_deal_however_many_companies_and_amounts(body: str) -> None:
    assert told(body) == []


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        ("The tenant of Tallow Digital's 40 MW Leeds building is Brightwell AI.", LEASE),
        ("Tallow Digital found a tenant in Brightwell AI for its 40 MW Leeds campus.", LEASE),
        ("Brightwell AI is now a $400 million cloud customer of Harrow Compute.", COMPUTE),
    ],
)
def test_who_is_told_to_be_tenant_or_customer_has_a_deal(body: str, deal: str) -> None:
    assert told(body) == [deal]


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        ("Harrow Compute is paying $3 billion for Tallow Digital.", ACQUISITION),
        ("Tallow Digital has agreed to a $3 billion takeover by Harrow Compute.", ACQUISITION),
        ("Tallow Digital will be folded into Harrow Compute in a $3 billion deal.", ACQUISITION),
        ("Ashdown Bank's $500 million loan to Harrow Compute runs for five years.", DEBT),
        ("Pell Capital stumped up $200 million for a tenth of Brightwell AI.", EQUITY),
    ],
)
def test_price_and_preposition_tell_who_buys_lends_and_invests(body: str, deal: str) -> None:
    assert told(body) == [deal]


@pytest.mark.parametrize(
    "body",
    [
        "Brightwell AI is negotiating with Tallow Digital for 40 MW in Leeds.",
        "Brightwell AI has been sounding out Tallow Digital about 40 MW of space in Leeds.",
        "Tallow Digital and Brightwell AI are haggling over a 40 MW lease.",
        "Brightwell AI is the likely tenant for Tallow Digital's 40 MW Leeds campus.",
    ],
)
def test_approaches_and_haggling_are_rumors(body: str) -> None:
    assert told(body) == [LEASE.replace("announced", "rumored")]


def test_contracts_with_several_are_a_deal_with_each() -> None:
    assert told("Harrow Compute has signed cloud contracts with Brightwell AI and Mirandola.") == [
        COMPUTE,
        COMPUTE.replace("Brightwell AI", "Mirandola"),
    ]


def test_rival_bidders_make_an_offer_each() -> None:
    first, second = told("Harrow Compute and Pell Capital have both made offers for Tallow Digital.")
    assert {first, second} == {
        "acquisition rumored: acquirer=Harrow Compute, target=Tallow Digital",
        "acquisition rumored: acquirer=Pell Capital, target=Tallow Digital",
    }


def test_no_longer_and_not_after_all_call_a_deal_off() -> None:
    assert told("Marram Power will not, after all, sell 80 MW of wind power to Brightwell AI.") == [
        POWER.replace("announced", "cancelled")
    ]


def test_who_pays_for_what_was_told_to_be_sold_is_its_buyer() -> None:
    body = "Tallow Digital is selling an old factory in Leeds. Harrow Compute will pay $40 million for it."
    assert told(body) == ["acquisition announced: acquirer=Harrow Compute, seller=Tallow Digital, target=old factory"]


def test_a_relative_clause_is_about_the_company_named_before_it() -> None:
    body = "Administrators of Tallow Digital, which rents 14 MW in Leeds to Brightwell AI, have until August."
    (deal,) = told(body)
    assert deal == LEASE


def test_rented_chips_are_not_supplied_by_who_made_them() -> None:
    body = "Brightwell AI has agreed to rent some 15,000 of Corrib Semiconductor's processors from Harrow Compute."
    assert told(body) == [COMPUTE]
