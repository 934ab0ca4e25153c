"""When two names are one company."""

from __future__ import annotations

import pytest

from extractors.parties.identity import DIFFERENT, Identity, identify, likeness

ONE = [
    ("Norvane Cloud, Inc.", "NORVANE CLOUD"),
    ("Norvane", "Norvane Cloud"),
    ("The Zelkova Power Group", "Zelkova"),
    ("Energy Department", "U.S. Department of Energy"),
    ("Électricité de Norvane", "Electricite de Norvane"),
    ("NVNE", "Norvane Cloud"),
    ("ZLKP", "Zelkova Power"),
]
TWO = [
    ("Norvane Cloud", "Norvane Energy"),
    ("Cloud", "Norvane Cloud"),
    ("First", "First Solar"),
    ("Ostrander Bank", "Lindqvist Bank"),
    ("NVNE", "Velmora AI"),
    ("IBM", "Norvane Cloud"),
]


def known_as(name: str, company_id: str = "") -> Identity:
    return identify(name=name, company_id=company_id)


@pytest.mark.parametrize(("one", "other"), ONE)
def test_these_names_are_one_company(one: str, other: str) -> None:
    assert likeness(known_as(one), known_as(other)) != DIFFERENT
    assert likeness(known_as(other), known_as(one)) != DIFFERENT


@pytest.mark.parametrize(("one", "other"), TWO)
def test_these_names_are_two_companies(one: str, other: str) -> None:
    assert likeness(known_as(one), known_as(other)) == DIFFERENT


@pytest.mark.parametrize(("one", "other"), [pair for pair in ONE if not pair[0].isupper()])
def test_names_of_one_company_share_a_key(one: str, other: str) -> None:
    assert known_as(one).keys & known_as(other).keys


def test_a_subsidiary_is_its_parent_but_two_companies_of_one_parent_are_two() -> None:
    assert likeness(known_as("AWS", "aws"), known_as("Amazon", "amazon")) != DIFFERENT
    assert likeness(known_as("AirTrunk", "airtrunk"), known_as("AWS", "aws")) == DIFFERENT


def test_two_registered_companies_are_two_however_alike_their_names() -> None:
    assert likeness(known_as("Meta", "meta"), known_as("Meta", "meta-materials")) == DIFFERENT


def test_every_spelling_that_was_resolved_once_is_remembered() -> None:
    brand = identify(name="Zelkova Power Group", mention="Sundrift")
    assert likeness(brand, known_as("Sundrift")) != DIFFERENT
    assert likeness(brand, known_as("Zelkova Power")) != DIFFERENT
