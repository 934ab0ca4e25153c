"""What stands already beside the news, whose site a clause only describes, and who vouches for what is owed."""

from __future__ import annotations

import pytest

from extractors.read import read_document
from extractors.records import Document
from tests.extractors.deals.reading import told

LEAD = "Orrick Cloud has raised $400 million from Temasek to build data centers, it said on Monday.\n\n"


def _focus(body: str) -> dict[str, str]:
    document = Document(
        document_id="d", title="Orrick Cloud raises $400 million", body=body, published=None, publisher=""
    )
    return {deal.type: deal.focus for deal in read_document(document).deal_mentions if deal.type != "equity"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Orrick Cloud has a contract with Microsoft for 12,000 Nvidia GB300 GPUs.",
        "Its plans rest on Finland. Orrick Cloud has a 15-year lease with Stonecrop for 40 MW there.",
        "Orrick Cloud has a power purchase agreement with Vattenfall for 64 MW.",
    ],
)
def test_a_contract_that_somebody_has_is_no_news(sentence: str) -> None:
    assert set(_focus(f"{LEAD}The company is based in Helsinki.\n\n{sentence}").values()) == {"background"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The chief executive did say that Vattenfall had promised it 64 MW of power for 12 years.",
        "She also told investors that Stonecrop had leased 40 MW of space to Orrick Cloud.",
        "It let slip that Dell had sold it 900 servers.",
    ],
)
def test_a_pluperfect_in_what_is_said_is_news(sentence: str) -> None:
    assert set(_focus(LEAD + sentence).values()) == {"primary"}


@pytest.mark.parametrize(
    ("body", "deal"),
    [
        (
            "The servers will stand in a hall that Orrick Cloud is to lease from Stonecrop near Oulu.",
            "lease customer:Orrick_Cloud supplier:Stonecrop",
        ),
        (
            "Half of the chips go to a hall that Velmora is to rent from Halden Ridge.",
            "lease customer:Velmora supplier:Halden_Ridge",
        ),
        (
            "The cards fill data halls that Velmora is to take from Equinix.",
            "lease customer:Velmora supplier:Equinix",
        ),
    ],
)
def test_a_clause_tells_what_somebody_is_to_rent(body: str, deal: str) -> None:
    assert deal in told("AI data centre news", body)


@pytest.mark.parametrize(
    "sentence",
    [
        "Google is backing $1.3 billion of those payments.",
        "Google will cover part of the tenant's rent.",
        "Google supports the tenant's obligations for the first five years.",
    ],
)
def test_who_vouches_for_what_is_owed_is_the_guarantor(sentence: str) -> None:
    body = f"Velmora will lease 168 MW of data center space from TeraWulf for 25 years. {sentence}"
    assert told("AI data centre news", body) == ["lease customer:Velmora guarantor:Google supplier:TeraWulf"]


@pytest.mark.parametrize(
    "body",
    [
        "Amazon has pulled out of talks to take space in a data center that Vantage is developing for Oracle in Ohio.",
        "Anthropic has dropped out of talks to lease a hall in the campus that Vantage is building for Oracle in Ohio.",
        "Meta has cancelled a lease of space in the campus that Vantage is building for Oracle in Ohio.",
    ],
)
def test_what_becomes_of_another_deal_is_not_the_fate_of_a_site(body: str) -> None:
    document = Document(document_id="d", title="AI data centre news", body=body, published=None, publisher="")
    sites = [deal for deal in read_document(document).deal_mentions if deal.type == "build"]
    assert {deal.status for deal in sites} <= {"announced"}
