"""Sites, their places and their dates: what a deal says of where and when. All sentences are our own."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import DealMention, Document


def read(title: str, body: str = "") -> DealMention:
    found = read_document(Document(document_id="d", title=title, body=body, published=date(2026, 5, 12))).deal_mentions
    return found[0]


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Ohio regulators approve Ferrule Networks' 300 MW data center near Columbus", "announced"),
        ("Halden Cloud wins approval for 90 MW data centre in Slough", "announced"),
        ("Halden Cloud receives planning permission for 90 MW data centre in Slough", "announced"),
        ("Council rejects Halden Cloud's data centre at Slough", "cancelled"),
        ("Halden Cloud halts work on Leeds data centre", "cancelled"),
        ("Halden Cloud puts Leeds campus on ice", "cancelled"),
    ],
)
def test_who_permits_or_stops_a_site_is_no_party(title: str, status: str) -> None:
    deal = read(title)
    assert (deal.type, deal.status, [p.role for p in deal.parties]) == ("build", status, ["developer"])


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("Halden Cloud to build 80 MW data center in western New York", ["western New York"]),
        ("Halden Cloud to build 80 MW data centre in Finland's Lappeenranta", ["Lappeenranta, Finland"]),
        ("Tucson council rejects Equinix data center", ["Tucson"]),
        ("Equinix selects Louisiana for $12B data center campus", ["Louisiana"]),
        ("Equinix data center planned for east Kentucky", ["east Kentucky"]),
        ("Equinix breaks ground on 540 MW campus in Northwest Texas", ["Northwest Texas"]),
        ("Okapi AI signs 200 MW power purchase agreement with Enel for Dutch data centres", []),
    ],
)
def test_a_place_has_its_direction_and_country_and_no_adjective(title: str, places: list[str]) -> None:
    assert [p.name for p in read(title).locations] == places


def test_first_capacity_starts_and_completion_ends_a_build() -> None:
    deal = read(
        "Ferrule Networks breaks ground on $2 billion data center in Mesa, Arizona",
        "The 200 MW site is expected to be operational in the third quarter of 2027, with full build-out by 2029.",
    )
    assert deal.power is not None
    assert (int(deal.power.mw), deal.start and deal.start.period, deal.end and deal.end.period) == (
        200,
        "2027-Q3",
        "2029",
    )


@pytest.mark.parametrize(
    ("title", "deal_type"),
    [
        ("Halden Cloud sells its 90 MW Leeds data centre to Verdane", "acquisition"),
        ("Halden Cloud buys a 90 MW data centre in Leeds from Verdane", "acquisition"),
        ("Halden Cloud sells 90 MW of wind power to Verdane", "power"),
    ],
)
def test_a_measured_hall_that_changes_hands_is_an_acquisition(title: str, deal_type: str) -> None:
    assert read(title).type == deal_type


@pytest.mark.parametrize(
    "title",
    [
        "Halden Cloud to team up with Verdane to build 500 MW data center in Morocco",
        "Halden Cloud signs partnership with Verdane to develop 500 MW data centre in Morocco",
    ],
)
def test_what_two_companies_agree_to_build_is_built_by_both(title: str) -> None:
    deal = read(title)
    assert (deal.type, [p.role for p in deal.parties]) == ("build", ["developer", "developer"])
