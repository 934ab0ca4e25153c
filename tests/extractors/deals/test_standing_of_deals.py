"""What became of a deal: its status by its own clause and by later sentences, and what is no deal at all. Own words."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import Document


def told(title: str, body: str = "") -> list[str]:
    found = read_document(Document(document_id="d", title=title, body=body, published=date(2026, 5, 12)))
    return [f"{d.type} {d.status}" for d in found.deal_mentions]


LEASE = "Halden Cloud has leased 40 MW from Orvane Halls in Ghent for nine years."
LATER = [
    ("That lease was torn up in April.", "cancelled"),
    ("The agreement has since been terminated.", "cancelled"),
    ("The lease has been extended by two years.", "amended"),
    ("The agreement took effect on May 1.", "closed"),
    ("The lease will not be extended.", "announced"),
    ("The loan behind it was repaid.", "announced"),
]


@pytest.mark.parametrize(("sentence", "status"), LATER)
def test_a_later_sentence_says_what_became_of_a_deal(sentence: str, status: str) -> None:
    assert told("Halden Cloud takes space in Ghent", f"{LEASE}\n\n{sentence}") == [f"lease {status}"]


OWN_CLAUSE = [
    ("Quillon, which scrapped its Utah campus last year, will lease 60 MW from Orvane Halls.", "lease announced"),
    ("Quillon pulls $600 million bond offering", "debt cancelled"),
    ("Quillon agrees to buy Orvane Halls for $2 billion after Bexley Partners walked away", "acquisition announced"),
    ("Quillon Cloud takes 22 MW more at Orvane Halls, bringing what it leases there to 58 MW", "lease amended"),
    ("Bexley Partners held talks to buy Orvane Halls that ended without agreement", "acquisition cancelled"),
    ("Quillon Cloud will not go ahead with its $2 billion campus in Ghent", "build cancelled"),
    ("Quillon Cloud is talking to Orvane Halls about renting another 40 MW in Ghent", "lease rumored"),
    ("Quillon Cloud had intended to borrow $400 million from Bexley Bank", "debt cancelled"),
    ("Jotun Silicon shipped the last of 8,000 accelerators to Quillon Cloud", "chips closed"),
    ("Quillon Cloud has raised its commitment to Orvane Cloud to $1.1 billion", "compute amended"),
    ("Quillon Cloud denied a report that it was about to end its cloud contract with Okapi AI", "compute announced"),
    ("Quillon Cloud expands collaboration with Orvane Semiconductor", "partnership amended"),
]


@pytest.mark.parametrize(("title", "expected"), OWN_CLAUSE)
def test_the_clause_that_tells_the_deal_gives_its_status(title: str, expected: str) -> None:
    assert told(title)[-1:] == [expected]


NOTHING = [
    ("Is Quillon Cloud about to buy Orvane Halls? We doubt it", ""),
    ("Bexley Partners initiates coverage of Quillon Cloud with Buy rating", ""),
    ("Quillon Cloud holds a 58% stake in chip designer Orvane", ""),
    ("Quillon Flats data center proposal sparks curiosity", ""),
    ("Orvane Semiconductor builds the world's fastest AI supercomputer chip", ""),
    ("Quillon Cloud hires Goldman Sachs and Morgan Stanley for listing", ""),
    ("Quillon Cloud says it has no plan to use chips of Orvane Semiconductor", ""),
    ("Quillon Cloud sheds 90 jobs", "In a note seen by the Observer, Quillon Cloud called it a hard day."),
    ("Quillon Cloud reports", "Quillon Cloud signed $4 billion of new contracts last quarter."),
    ("Quillon Cloud reports", "Quillon Cloud, the operator of ten sites, will pay some $4 billion, analysts heard."),
    ("Equinix announces decision on data center moratorium", ""),
    ("Lawsuit seeks to block Equinix data center permit in Hobart", ""),
    ("Giving air a price", "Quillon Air and Orvane will set up a similar facility in Ghent, they said."),
    ("Inside a model", "Quillon Labs trained its model on Equinix clusters."),
    ("Quillon Chips reports", "Quillon Semiconductor sold accelerators worth 2 billion euros last year."),
    ("Quillon Cloud reports", "Quillon Cloud spends about $200 million a year with Orvane Cloud."),
    ("Quillon Cloud reports", "Quillon Cloud bought back $250 million of its shares in the quarter."),
    ("A view on cloud stocks", "My advice: Quillon Cloud should simply buy Orvane Halls. I think it will not."),
]


@pytest.mark.parametrize(("title", "body"), NOTHING)
def test_questions_advice_ratings_states_and_products_tell_no_deal(title: str, body: str) -> None:
    assert told(title, body) == []
