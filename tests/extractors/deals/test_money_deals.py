"""Rounds, stakes, loans, bonds and takeovers: a phrasing, and the deal that it tells. All sentences are our own."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import DealMention, Document


def told(title: str, body: str) -> list[str]:
    """'equity announced: Quillon investee, Thorngate investor', one a deal."""
    document = Document(document_id="d", title=title, body=body, published=date(2026, 5, 5), publisher="Wire")
    return [line(deal) for deal in read_document(document).deal_mentions]


def line(deal: DealMention) -> str:
    parties = ", ".join(sorted(f"{p.name.split()[0]} {p.role}" for p in deal.parties))
    return f"{deal.type} {deal.status}: {parties}"


HEADLINES = [
    ("Quillon hauls in $120 million from Thorngate Ventures", "equity announced: Quillon investee, Thorngate investor"),
    ("Thorngate writes $50 million cheque for Quillon", "equity announced: Quillon investee, Thorngate investor"),
    ("Quillon valued at $2.1bn after fresh funding", "equity announced: Quillon investee"),
    ("Thorngate ups stake in Quillon to 24%", "equity announced: Quillon investee, Thorngate investor"),
    ("Bexley to shed its stake in Quillon", "equity announced: Bexley seller, Quillon investee"),
    ("Bexley sells most of its Quillon shares for $880 million", "equity announced: Bexley seller, Quillon investee"),
    ("Quillon upsizes convertible offering to $1.15bn", "debt amended: Quillon borrower"),
    ("Quillon snags $400M credit line", "debt announced: Quillon borrower"),
    ("Quillon agrees to be bought by Bexley for $3.2bn", "acquisition announced: Bexley acquirer, Quillon target"),
    ("Bexley takes Quillon private in $3.2bn deal", "acquisition announced: Bexley acquirer, Quillon target"),
    ("Quillon snapped up by Bexley", "acquisition announced: Bexley acquirer, Quillon target"),
    ("Quillon rebuffs Bexley's $2bn approach", "acquisition cancelled: Bexley acquirer, Quillon target"),
    ("Quillon spurns $2bn offer from Bexley", "acquisition cancelled: Bexley acquirer, Quillon target"),
    ("Bexley drops pursuit of Quillon", "acquisition cancelled: Bexley acquirer, Quillon target"),
    ("Bexley eyes Quillon in potential $5bn deal", "acquisition rumored: Bexley acquirer, Quillon target"),
    ("Quillon denies sale talks with Bexley", "acquisition cancelled: Bexley acquirer, Quillon target"),
    ("Quillon in line for $600m loan from Marrow Bank", "debt rumored: Marrow lender, Quillon borrower"),
    ("Thorngate pulls out of $400m Quillon investment", "equity cancelled: Quillon investee, Thorngate investor"),
    ("Bexley, Quillon to merge", "acquisition announced: Bexley acquirer, Quillon target"),
]

SENTENCES = [
    ("Quillon sold a minority stake to Thorngate.", "equity announced: Quillon investee, Thorngate investor"),
    ("Quillon sold a 4% holding to Thorngate.", "equity announced: Quillon investee, Thorngate investor"),
    ("Quillon sold its 4% holding to Thorngate.", "equity announced: Quillon seller, Thorngate investor"),
    (
        "Thorngate took a $1 billion stake in data-center builder Quillon.",
        "equity announced: Quillon investee, Thorngate investor",
    ),
    (
        "Thorngate will subscribe for new Quillon shares worth $500 million.",
        "equity announced: Quillon investee, Thorngate investor",
    ),
    (
        "Bexley will acquire all of the outstanding shares of Quillon for about $2.6 billion.",
        "acquisition announced: Bexley acquirer, Quillon target",
    ),
    (
        "The board of Quillon rejected Bexley's $2.4 billion bid as too low.",
        "acquisition cancelled: Bexley acquirer, Quillon target",
    ),
    ("The regulator blocked Bexley from buying Quillon.", "acquisition cancelled: Bexley acquirer, Quillon target"),
    ("Bexley said its offer for Quillon had lapsed.", "acquisition cancelled: Bexley acquirer, Quillon target"),
    (
        "Backers of Quillon's $200 million round include Thorngate and Marrow Capital.",
        "equity announced: Marrow investor, Quillon investee, Thorngate investor",
    ),
    (
        "Shareholders of Quillon approved the $1.5 billion takeover by Bexley.",
        "acquisition announced: Bexley acquirer, Quillon target",
    ),
    (
        "Quillon signed a $1.2 billion term loan facility with Marrow Bank as administrative agent and "
        "Thorngate Bank as joint lead arranger.",
        "debt announced: Marrow lender, Quillon borrower, Thorngate lender",
    ),
    (
        "Quillon's acquisition by Bexley was cleared by the watchdog.",
        "acquisition announced: Bexley acquirer, Quillon target",
    ),
]


@pytest.mark.parametrize(("title", "expected"), HEADLINES, ids=[title for title, _ in HEADLINES])
def test_a_headline_tells_who_puts_money_into_whom(title: str, expected: str) -> None:
    assert told(title, "") == [expected]


@pytest.mark.parametrize(("body", "expected"), SENTENCES, ids=[body for body, _ in SENTENCES])
def test_a_sentence_tells_who_puts_money_into_whom(body: str, expected: str) -> None:
    assert told("News of the day", body) == [expected]


def test_what_a_company_said_it_had_done_is_no_background() -> None:
    body = "Quillon said on Monday it had raised $210 million in a Series D financing led by Thorngate Ventures."
    document = Document(document_id="d", title="News", body=body, published=date(2026, 5, 5), publisher="Wire")
    assert [deal.focus for deal in read_document(document).deal_mentions] == ["primary"]


def test_a_lender_that_extends_a_loan_amends_nothing() -> None:
    body = "Marrow Bank said it would extend a loan of $600 million to Quillon."
    assert told("News", body) == ["debt announced: Marrow lender, Quillon borrower"]


STATUSES = [
    ("Bexley and Quillon have ended their supply agreement for chips.", "cancelled"),
    ("Bexley dropped out of the race to buy Quillon.", "cancelled"),
    ("Quillon in May agreed to sell its chip unit to Bexley for $3 billion.", "announced"),
    ("Bexley is discussing a takeover of Quillon.", "rumored"),
    ("Bexley expects to complete its $2 billion purchase of Quillon in June.", "announced"),
    ("Bexley completed its $2 billion purchase of Quillon.", "closed"),
]


@pytest.mark.parametrize(("body", "expected"), STATUSES, ids=[body for body, _ in STATUSES])
def test_the_words_around_a_deal_give_its_status(body: str, expected: str) -> None:
    assert [words.partition(":")[0].split()[1] for words in told("News", body)] == [expected]


def test_a_deal_told_late_in_a_document_is_no_background_for_that() -> None:
    body = "Bexley bought Quillon for $2 billion.\n\nIt is big.\n\nMany cheered.\n\nThorngate lent Marrow $90 million."
    document = Document(document_id="d", title="News", body=body, published=date(2026, 5, 5), publisher="Wire")
    assert {deal.focus for deal in read_document(document).deal_mentions} == {"primary"}
