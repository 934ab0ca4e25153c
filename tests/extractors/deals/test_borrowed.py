"""Money that is owed, by whatever word it is told. All sentences are our own."""

from __future__ import annotations

import pytest

from tests.extractors.deals.reading import told

BORROWED = {
    "notes are subscribed for": (
        "Castellan Systems will subscribe for convertible notes of Brae Lorne in the amount of £15 million.",
        "debt borrower:Brae_Lorne lender:Castellan_Systems",
    ),
    "the placement is of notes": (
        "Halden Cloud completed the placement of $325 million of senior secured notes due 2030.",
        "debt borrower:Halden_Cloud",
    ),
    "money with maturities": (
        "Halden Cloud raised $20 billion in the United States, with maturities of up to 40 years.",
        "debt borrower:Halden_Cloud",
    ),
    "things are paid for with a loan": (
        "Halden Cloud will finance the purchase with an interim facility of £900 million, underwritten by Brae Bank.",
        "debt borrower:Halden_Cloud lender:Brae_Bank",
    ),
    "looking for debt": (
        "Halden Cloud is looking for about $800 million in project debt.",
        "debt borrower:Halden_Cloud",
    ),
    "who pays with a loan owes it": (
        "Halden Cloud is paying for the first building with a $1.4 billion loan, which closed last week.",
        "debt borrower:Halden_Cloud",
    ),
    "a first sentence names whose bonds they are": (
        "Halden Cloud will grow. Bonds of $1.2 billion, sold on Thursday and due in 2034, will pay for almost half.",
        "debt borrower:Halden_Cloud",
    ),
    "so many in notes": (
        "Halden Cloud will grow. A sale of $1.15 billion in convertible notes, completed in May, covers the outlay.",
        "debt borrower:Halden_Cloud",
    ),
    "on the same date two amended their agreement": (
        "On the same date Halden Cloud and Brae Credit, as sole lender, amended the Credit Agreement of May 2024, "
        "which lifts the commitments to $1.1 billion.",
        "debt borrower:Halden_Cloud lender:Brae_Credit",
    ),
    "a line put in place": (
        "Halden Cloud put in place a $150 million equipment line from Brae Leasing.",
        "debt borrower:Halden_Cloud lender:Brae_Leasing",
    ),
}


@pytest.mark.parametrize("case", BORROWED, ids=str)
def test_money_that_is_owed_is_a_loan_by_whatever_word(case: str) -> None:
    body, expected = BORROWED[case]
    assert told("News of the data center trade", body) == [expected]


def test_two_loans_with_amounts_of_their_own_in_one_sentence_are_two() -> None:
    body = "Halden Cloud has a $300 million line with Brae Bank, and it closed a $1.15 billion convertible note in May."
    assert told("News of the data center trade", body) == [
        "debt borrower:Halden_Cloud",
        "debt borrower:Halden_Cloud lender:Brae_Bank",
    ]
