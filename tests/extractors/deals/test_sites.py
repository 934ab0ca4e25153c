"""Sites, their places and their dates: what a deal says of where and when. All sentences are our own."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import DealMention, Document


def read(title: str, body: str = "") -> DealMention:
    return read_all(title, body)[0]


def read_all(title: str, body: str = "") -> tuple[DealMention, ...]:
    return read_document(Document(document_id="d", title=title, body=body, published=date(2026, 5, 12))).deal_mentions


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Ohio regulators approve Ferrule Networks' 300 MW data center near Columbus", "announced"),
        ("Halden Cloud wins approval for 90 MW data centre in Slough", "announced"),
        ("Halden Cloud receives planning permission for 90 MW data centre in Slough", "announced"),
        ("Council rejects Halden Cloud's data centre at Slough", "cancelled"),
        ("Halden Cloud halts work on Leeds data centre", "cancelled"),
        ("Halden Cloud puts Leeds campus on ice", "cancelled"),
        ("Judge blocks Halden Cloud data center", "cancelled"),
        ("Planners throw out Halden Cloud data centre", "cancelled"),
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


CALLED_OFF = {
    "a project": "Okapi Cloud and Brae Lorne called off their planned 40 MW project at Aalborg.",
    "long ago": "Okapi Cloud and Brae Lorne abandoned a smaller project in Antofagasta in 2023.",
}


@pytest.mark.parametrize("case", CALLED_OFF, ids=str)
def test_a_project_called_off_is_a_site_whenever_that_was(case: str) -> None:
    deal = read("Data centers in brief", CALLED_OFF[case])
    assert (deal.type, deal.status, len(deal.parties)) == ("build", "cancelled", 2)


def test_a_site_that_two_announced_is_no_passing_mention() -> None:
    told = "In July 2024 Okapi Cloud announced a 900 MW data center in Reno with Brae Lorne."
    deal = read("Okapi Cloud hires a chief", told)
    assert (deal.type, deal.focus, [p.name for p in deal.parties]) == (
        "build",
        "background",
        ["Okapi Cloud", "Brae Lorne"],
    )


def test_a_site_that_the_body_tells_as_a_venture_is_one() -> None:
    deal = read(
        "Okapi Cloud and Brae Lorne call off Cebu project",
        "Okapi Cloud and Brae Lorne have ended their joint venture to build a $900 million data centre in Cebu.",
    )
    assert (deal.type, deal.status) == ("joint_venture", "cancelled")


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("Enel, Okapi AI sign 12-year PPA for 90 MW Darłowo wind farm", ["Darłowo"]),
        ("Enel and Okapi AI agree 12-year PPA for 60 MW of Quebec hydro", ["Quebec"]),
        ("Enel to supply Okapi AI with 60 MW of solar power from Montpelier, Ohio", ["Montpelier, Ohio"]),
        ("Equinix boosts El Paso investment to $10 billion", ["El Paso"]),
        ("Equinix files plans for 80 MW data center in Melbourne's west", ["Melbourne"]),
        ("Equinix raises Ulsan AI data center plan to 1 GW from 103 MW", ["Ulsan"]),
        ("Equinix to build 80 MW data center near Halifax in Mecklenburg County", ["Mecklenburg County"]),
        ("Equinix to build 80 MW at its Larchmere campus in Storey County, Nevada", ["Storey County, Nevada"]),
        ("Equinix Signs 80 MW Lease Worth $5 Billion in Contracted Revenue", []),
    ],
)
def test_a_place_is_told_by_energy_by_plans_and_by_what_holds_it(title: str, places: list[str]) -> None:
    assert [p.name for p in read(title).locations] == places


@pytest.mark.parametrize(
    "sentence",
    [
        "Enel will sell Equinix 60 MW for the site.",
        "Equinix signed a 12-year power purchase agreement with Enel for 60 MW there.",
    ],
)
def test_a_deal_for_the_site_is_where_the_site_was_told_to_be(sentence: str) -> None:
    (deal,) = read_all(
        "Equinix bets on the Humber", f"The cranes went up at the Grimsby campus in March.\n\n{sentence}"
    )
    assert [p.name for p in deal.locations] == ["Grimsby"]


def test_a_deal_that_is_always_somewhere_takes_the_last_place_of_its_paragraph_and_else_the_headlines() -> None:
    told = "Equinix will put up a 90 MW campus in Grimsby. Enel is in talks to sell Equinix 60 MW."
    assert [[p.name for p in d.locations] for d in read_all("Enel and Equinix", told)] == [["Grimsby"], ["Grimsby"]]
    told = "Equinix said on Monday that Enel would sell it 60 MW of wind power for 12 years."
    assert [[p.name for p in d.locations] for d in read_all("Equinix opens Grimsby campus", told)][-1] == ["Grimsby"]


def test_equipment_is_where_a_later_sentence_puts_it() -> None:
    told = "Equinix will buy 8,000 GPUs from Dell for $400 million. The equipment will be installed in Leeds."
    assert [[p.name for p in d.locations] for d in read_all("Equinix buys GPUs from Dell", told)] == [["Leeds"]]


@pytest.mark.parametrize(
    "told",
    [
        "Okapi Cloud promised £1.5 billion for Scotland in September.",
        "Okapi Cloud pledged $10 billion to the county last June.",
        "Okapi Cloud will co-develop a €1.2 billion data centre in Ghent with Brae Lorne.",
    ],
)
def test_money_for_a_place_and_a_priced_site_that_two_develop_are_builds(told: str) -> None:
    assert read("News of the data center trade", told).type == "build"
