"""Documents that tell several deals: each with its own parties and terms. All sentences are our own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extractors.gold import extraction_to_json
from extractors.read import read_document
from extractors.records import Document


def read(title: str, *paragraphs: str) -> list[dict[str, Any]]:
    document = Document(
        document_id="d", title=title, body="\n\n".join(paragraphs), published=date(2026, 3, 4), publisher=""
    )
    return list(extraction_to_json(read_document(document))["deals"])


def told(deals: list[dict[str, Any]]) -> list[str]:
    """ "compute supplier:A customer:B" of each deal, names in order of role."""
    return sorted(
        " ".join([d["type"], *sorted(f"{p['role']}:{p['name']}".replace(" ", "_") for p in d["parties"])])
        for d in deals
    )


FROM_BEFORE = {
    "we are the company of the headline": (
        ("Halden Cloud: letter to shareholders", "We ordered 20,000 GB300s from Castellan Systems."),
        ["chips customer:Halden_Cloud supplier:Castellan_Systems"],
    ),
    "a customer without a supplier buys from the company of the headline": (
        ("Halden Cloud reports results", "Okapi AI committed to $260 million of inference capacity over two years."),
        ["compute customer:Okapi_AI supplier:Halden_Cloud"],
    ),
    "a loan without a borrower is the company's of the headline": (
        ("Halden Cloud to expand", "Marrowgate Credit agreed to lend $400 million for five years."),
        ["debt borrower:Halden_Cloud lender:Marrowgate_Credit"],
    ),
    "an unnamed other side stays unnamed": (
        ("Halden Cloud reports results", "A hyperscaler will lease 40 MW from Castellan Hosting for ten years."),
        ["lease supplier:Castellan_Hosting"],
    ),
}


@pytest.mark.parametrize("case", FROM_BEFORE, ids=str)
def test_a_side_that_a_sentence_leaves_out_is_the_company_spoken_of(case: str) -> None:
    (title, body), expected = FROM_BEFORE[case]
    assert told(read(title, body)) == expected
