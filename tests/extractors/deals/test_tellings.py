"""Idioms, lists, anaphors and later sentences: a line is one manner of telling, with the deal that it tells."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.deals.idioms import plain_words
from extractors.read import read_document
from extractors.records import Document

Told = tuple[str, frozenset[tuple[str, str]]]


def told(title: str, body: str = "") -> list[Told]:
    document = Document(document_id="d", title=title, body=body, published=date(2026, 3, 4), publisher="")
    claims = read_document(document).deal_mentions
    return sorted((c.type, frozenset((p.role, p.name) for p in c.parties)) for c in claims)


def deal(kind: str, **roles: str) -> Told:
    return kind, frozenset((role, name) for role, names in roles.items() for name in names.split(", "))


ONE_DEAL = {
    "a verb without a frame of its own moves a measured thing": (
        "Kestrel AI to suck 60 MW from Halyard Hosting's Reno campus",
        "",
        deal("lease", supplier="Halyard Hosting", customer="Kestrel AI"),
    ),
    "an idiom is read in plain words": (
        "Kestrel AI put pen to paper with Zephrane Compute for 4,096 B200 GPUs",
        "",
        deal("compute", supplier="Zephrane Compute", customer="Kestrel AI"),
    ),
    "a list goes on over a clause about its first member": (
        "",
        "Kestrel AI raised $90 million from Marrow Ventures, which led, Tidemark Capital and the chip designer Ostrava "
        "Silicon.",
        deal("equity", investee="Kestrel AI", investor="Marrow Ventures, Tidemark Capital, Ostrava Silicon"),
    ),
    "chips are put into halls that somebody lets": (
        "Kestrel AI to put 24,000 GB300s in Halyard Hosting halls",
        "",
        deal("lease", supplier="Halyard Hosting", customer="Kestrel AI"),
    ),
    "what is owned in shares is a joint venture": (
        "Halyard Hosting and Velmora Energy to build a 200 MW data center in Ohio",
        "The two will each own half of it.",
        deal("joint_venture", partner="Halyard Hosting, Velmora Energy"),
    ),
    "goods are worth an amount": (
        "",
        "Ostrava Silicon will supply Kestrel AI with stacked memory worth at least 1.9 trillion won until 2028.",
        deal("chips", supplier="Ostrava Silicon", customer="Kestrel AI"),
    ),
    "a refinancing is a debt": (
        "Halyard Hosting secures A$16 billion refinancing, largest ever for a data centre platform",
        "",
        deal("debt", borrower="Halyard Hosting"),
    ),
    "a proposal for a site is no bid for a company": (
        "",
        "Halyard Hosting withdrew its proposal for a 230 MW data center at Red Oak, Texas.",
        deal("build", developer="Halyard Hosting"),
    ),
    "what is paid for a site is its price": (
        "Kestrel AI pays $700M for planned data center site in Ohio",
        "",
        deal("acquisition", acquirer="Kestrel AI"),
    ),
    "investing in something else is no part in a round": (
        "",
        "The move mirrors thinking at competitors like Halyard Hosting, which has backed the data center operator "
        "Kestrel AI and invested in rockets, and Ostrava Silicon, which owns old sites.",
        deal("equity", investee="Kestrel AI", investor="Halyard Hosting"),
    ),
    "access to chips is compute": (
        "Zephrane Compute will provide Kestrel AI with dedicated access to 16,384 GPUs",
        "",
        deal("compute", supplier="Zephrane Compute", customer="Kestrel AI"),
    ),
    "money given for new shares is a stake": (
        "Marrow Ventures advanced Kestrel AI $15 million in exchange for new shares",
        "",
        deal("equity", investor="Marrow Ventures", investee="Kestrel AI"),
    ),
    "a facility from a bank is a loan": (
        "Halyard Hosting has drawn a $210 million facility with Northbridge Bank",
        "",
        deal("debt", borrower="Halyard Hosting", lender="Northbridge Bank"),
    ),
}


@pytest.mark.parametrize(("title", "body", "expected"), ONE_DEAL.values(), ids=ONE_DEAL)
def test_a_manner_of_telling_gives_its_deal(title: str, body: str, expected: Told) -> None:
    assert told(title, body) == [expected]


def test_a_party_is_called_after_the_role_that_it_was_told_to_play() -> None:
    body = (
        "Kestrel AI will rent 40 MW from Halyard Hosting in Reno. "
        "The tenant has also borrowed $120 million from Northbridge Bank."
    )
    assert deal("debt", borrower="Kestrel AI", lender="Northbridge Bank") in told("", body)


def test_the_former_and_the_latter_are_the_two_named_last() -> None:
    body = (
        "Velmora Energy met Kestrel AI in May. "
        "The former will deliver 220 MW of solar electricity to the latter's data center in Reno."
    )
    assert told("", body) == [deal("power", supplier="Velmora Energy", customer="Kestrel AI")]


def test_a_rivals_bid_is_for_the_company_that_is_being_bought() -> None:
    title = "Halyard Hosting to be bought by Marrow Capital for $2 billion"
    body = "A rival approach by Tidemark Capital was rejected in March."
    assert deal("acquisition", acquirer="Tidemark Capital", target="Halyard Hosting") in told(title, body)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("it tore up the lease", "terminated"),
        ("it will tear up the lease", "terminate"),
        ("tearing up the lease", "terminating"),
        ("a tie-up with", "alliance"),
    ],
)
def test_an_idiom_keeps_its_form(text: str, plain: str) -> None:
    assert [p.words for p in plain_words(text, 0, len(text))] == [plain]


MORE_DEALS = {
    "money raised from banks is a loan": (
        "Halyard Hosting obtained $1.7 billion from nine banks, with OCBC and Maybank in the lead.",
        deal("debt", borrower="Halyard Hosting", lender="OCBC, Maybank"),
    ),
    "a club made up of banks": (
        "Halyard Hosting is borrowing $850 million from a club made up of Maybank and Northbridge Bank.",
        deal("debt", borrower="Halyard Hosting", lender="Maybank, Northbridge Bank"),
    ),
    "what is made into a site is a build": (
        "Halyard Hosting will turn the former steelworks into a 300 MW data center in Ohio.",
        deal("build", developer="Halyard Hosting"),
    ),
    "a thing given to a name before its count": (
        "Quantrax Systems will hand Kestrel AI 36,000 GB300s for its campus in Ohio.",
        deal("chips", supplier="Quantrax Systems", customer="Kestrel AI"),
    ),
    "their agreement is the subjects'": (
        "Kestrel AI and Zephrane Compute ended their compute agreement, worth $1.4 billion.",
        deal("compute", supplier="Zephrane Compute", customer="Kestrel AI"),
    ),
}


@pytest.mark.parametrize(("body", "expected"), MORE_DEALS.values(), ids=MORE_DEALS)
def test_a_sentence_of_a_text_gives_its_deal(body: str, expected: Told) -> None:
    assert told("", body) == [expected]
