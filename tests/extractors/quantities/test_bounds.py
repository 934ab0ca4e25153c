"""What the words on both sides of an amount say of it, and when they say nothing."""

from __future__ import annotations

import pytest

from extractors.quantities import find_money, find_power

BOUNDS = {
    "at_least": [
        "not less than $5 billion",
        "no fewer than $5 billion",
        "a touch over $5 billion",
        "could top $5 billion",
        "should pass $5 billion",
        "$5 billion and change",
        "$5 billion at a minimum",
        "$5-plus billion",
        "$5+ billion",
        "$2 billion a year or more",
        "a $5 billion plus order",
    ],
    "about": [
        "a little under $5 billion",
        "a shade below $5 billion",
        "just shy of $5 billion",
        "the better part of $2 billion",
        "something like $5 billion",
        "in the ballpark of $5 billion",
        "$5 billion, give or take",
        "$30-odd billion",
        "not quite $5 billion",
        "$5 billion or thereabouts",
    ],
    "up_to": [
        "topping out at $5 billion",
        "capped at $5 billion",
        "no higher than $5 billion",
        "$5 billion at most",
        "$5 billion at the outside",
        "well under $5 billion",
    ],
    "exact": [
        "fully $5 billion",
        "to the tune of $5 billion",
        "$5 billion plus interest",
        "signed under a $5 billion contract",
        "under its $30 billion commitment",
        "Nordvik hosts it under $1.1bn pact",
        "talks over $800m injection",
        "talks about a $3 billion loan",
        "is close to a $3 billion loan",
        "handed over $5 billion",
    ],
}


@pytest.mark.parametrize(("phrase", "bound"), [(phrase, bound) for bound in BOUNDS for phrase in BOUNDS[bound]])
def test_words_beside_an_amount_bound_it_unless_they_govern_it(phrase: str, bound: str) -> None:
    assert [money.bound for money in find_money(phrase)] == [bound]


@pytest.mark.parametrize(
    ("phrase", "mw", "bound"),
    [
        ("300-odd megawatts", "300", "about"),
        ("in discussions about eight megawatts", "8", "exact"),
        ("some 300 MW", "300", "about"),
        ("takes over 300 MW", "300", "exact"),
        ("signs for over 300 MW", "300", "at_least"),
    ],
)
def test_power_is_bounded_by_the_same_words(phrase: str, mw: str, bound: str) -> None:
    assert [(str(power.mw), power.bound) for power in find_power(phrase)] == [(mw, bound)]
