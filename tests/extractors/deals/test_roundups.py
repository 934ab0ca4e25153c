"""Round-ups, and deals told in a clause about their noun. All sentences are our own."""

from __future__ import annotations

import pytest

from extractors.read import read_document
from extractors.records import Document
from tests.extractors.deals.reading import told

STORIES = (
    "Halden Cloud rented 4,000 GB300s to Okapi AI for two years.",
    "Castellan Hosting completed a $300 million data centre at Marrowgate.",
    "Bright Acre scrapped the second hall that it had promised Reno.",
    "Tri-Rivers Electric will sell Quillon 90 MW of wind for twelve years.",
)


def test_paragraphs_about_other_companies_each_tell_a_deal_that_is_news() -> None:
    assert told("Left over from Friday", "\n\n".join(STORIES)) == [
        "build developer:Bright_Acre",
        "build developer:Castellan_Hosting",
        "compute customer:Okapi_AI supplier:Halden_Cloud",
        "power customer:Quillon supplier:Tri-Rivers_Electric",
    ]


IN_A_CLAUSE = {
    "who signed what the noun names": (
        "The $2 billion cloud contract that Halden Cloud signed with Okapi AI in March is not included.",
        ["compute customer:Okapi_AI supplier:Halden_Cloud"],
    ),
    "who gave whom what the noun names": (
        "It follows a $3 billion loan that Blackstone gave CoreWeave last year.",
        ["debt borrower:CoreWeave lender:Blackstone"],
    ),
    "what is changed, and with whom it was signed": (
        "OpenAI would enlarge the $38 billion cloud contract it signed with Amazon in November.",
        ["compute customer:OpenAI supplier:Amazon"],
    ),
    "who expects a deal makes none": (
        "The deal that analysts had expected Oracle to sign with the AI lab Cohere did not come.",
        [],
    ),
}


@pytest.mark.parametrize("case", IN_A_CLAUSE, ids=str)
def test_a_clause_tells_who_made_the_deal_that_its_noun_names(case: str) -> None:
    sentence, expected = IN_A_CLAUSE[case]
    assert told("AI infrastructure", sentence) == expected


TWO_SITES = "Halden Cloud has given up on a data center in Marrowgate. It will put $2.8 billion into a campus in Reno."
STILL_RENTS = "Quillon and Castellan ended their alliance. Quillon will go on renting 4,000 H200s from Castellan."


def statuses(body: str) -> set[tuple[str, str]]:
    document = Document(document_id="d", title="AI infrastructure", body=body, published=None, publisher="")
    return {(deal.type, deal.status) for deal in read_document(document).deal_mentions}


def test_a_site_that_is_given_up_is_not_the_one_that_is_built_instead() -> None:
    assert statuses(TWO_SITES) == {("build", "cancelled"), ("build", "announced")}


def test_what_ends_leaves_in_force_what_goes_on_between_the_same_two() -> None:
    assert statuses(STILL_RENTS) == {("partnership", "cancelled"), ("compute", "announced")}


def test_a_contract_that_runs_out_is_not_called_off() -> None:
    told_of = "Quillon is renting 4,000 H200s from Halden Cloud until its contract lapses in 2027."
    assert statuses(told_of) == {("compute", "announced")}


def test_companies_with_their_amounts_in_brackets_have_a_deal_each() -> None:
    signed = "Castellan Hosting has leased space to Oracle (120 MW) and Microsoft (80 MW) in Ohio."
    assert told("AI infrastructure", signed) == [
        "lease customer:Microsoft supplier:Castellan_Hosting",
        "lease customer:Oracle supplier:Castellan_Hosting",
    ]
