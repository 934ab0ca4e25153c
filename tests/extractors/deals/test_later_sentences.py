"""What later sentences tell, or do not: shared sums, suppositions, who would not comment."""

from __future__ import annotations

import pytest

from extractors.read import read_document
from extractors.records import DealMention, Document


def deals(title: str, *paragraphs: str) -> list[DealMention]:
    document = Document(document_id="d", title=title, body="\n\n".join(paragraphs), published=None, publisher="")
    return list(read_document(document).deal_mentions)


@pytest.mark.parametrize(
    "text",
    [
        "The rents come to €1.7 billion in total.",
        "Taken together the leases are worth $900 million.",
        "The combined rents are some £640 million.",
    ],
)
def test_what_deals_are_worth_together_is_the_value_of_none(text: str) -> None:
    told = "Okapi AI rented 30 MW from Brackwater Data in Leeds and 50 MW from Stonecrop Data in Malmö."
    found = deals("Okapi AI takes space in two countries", told, text)
    assert [d.value for d in found] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "If it is needed, a €200 million placing would dilute holders.",
        "But if demand fell, the lease would cost it $40 million to leave.",
        "Analysts at one bank think that if the site were sold it would fetch $700 million.",
    ],
)
def test_what_is_supposed_tells_no_terms(text: str) -> None:
    found = deals("Okapi AI rents halls", "Okapi AI has leased 22 MW in Leeds from Brackwater Data.", text)
    assert [d.value for d in found] == [None]


@pytest.mark.parametrize(
    "text", ["declined to comment.", "did not immediately respond to a request.", "had no comment."]
)
def test_who_would_not_comment_is_not_the_company_spoken_of(text: str) -> None:
    found = deals(
        "Okapi AI takes space in Leeds",
        "Okapi AI rented 30 MW in Leeds from Brackwater Data and is close to ordering chips from Velmora Silicon.",
        f"Velmora Silicon {text}",
        "Until now the company has bought all its computing capacity from Stonecrop Cloud.",
    )
    sides = {p.name: p.role for d in found if d.type == "compute" for p in d.parties}
    assert sides == {"Okapi AI": "customer", "Stonecrop Cloud": "supplier"}


@pytest.mark.parametrize("time", ["over the next four years", "during the next four years", "for the next four years"])
def test_the_years_to_come_are_the_term_of_a_supply(time: str) -> None:
    found = deals("Okapi AI picks Arista", f"Okapi AI has chosen Arista to supply switches for its clusters {time}.")
    assert [d.term.months if d.term else None for d in found] == [48]
