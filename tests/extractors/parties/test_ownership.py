"""A company belongs to its buyer from the closing on, and to nobody else before."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.parties.identity import DIFFERENT, EXACT, identify, likeness
from extractors.parties.ownership import owners_at
from extractors.registry import load, load_ownerships


@pytest.mark.parametrize(
    ("company_id", "on", "owners"),
    [
        ("vmware", date(2023, 11, 21), ("vmware",)),
        ("vmware", date(2023, 11, 22), ("vmware", "broadcom")),
        ("x-corp", date(2025, 6, 1), ("x-corp", "xai")),
        ("x-corp", date(2026, 6, 1), ("x-corp", "xai", "spacex")),
        ("aws", date(2015, 1, 1), ("aws", "amazon")),
        ("vmware", None, ("vmware", "broadcom")),
        ("nobody-knows", date(2026, 1, 1), ("nobody-knows",)),
    ],
)
def test_owners_are_those_of_the_day(company_id: str, on: date | None, owners: tuple[str, ...]) -> None:
    assert owners_at(company_id, on) == owners


def test_the_target_is_not_its_buyer_while_the_deal_is_under_way() -> None:
    buyer = identify(name="IBM", company_id="ibm", on=date(2024, 4, 24))
    target = identify(name="HashiCorp", company_id="hashicorp", on=date(2024, 4, 24))
    assert likeness(buyer, target) == DIFFERENT
    assert likeness(buyer, identify(name="HashiCorp", company_id="hashicorp", on=date(2025, 4, 24))) == EXACT


def test_dated_owners_are_companies_and_end_in_the_one_of_today() -> None:
    companies = load().companies
    for company_id, dated in load_ownerships().items():
        assert {company_id, *(one.parent_id for one in dated)} <= companies.keys()
        assert all(date.fromisoformat(one.since) for one in dated)
        assert all(not one.until or one.since < one.until for one in dated)
        assert companies[company_id].parent_id == ("" if dated[-1].until else dated[-1].parent_id)
        assert [one.ownership_id for one in dated] == [f"{one.company_id}:{one.parent_id}" for one in dated]
