"""Disclosures that are forms: each line is a term of one deal. All are our own."""

from __future__ import annotations

import pytest

from extractors.read import read_document
from extractors.records import Document
from tests.extractors.deals.reading import told

SALE = """1. Description of contract: Supply of server memory for AI data centers

2. Contract value: $640 million

3. Counterparty: Velmora Systems Inc. Relationship with the company: none

4. Contract period: from March 1, 2026 to February 28, 2029 (36 months)

5. Other matters for investors: the price may be revised once a year."""

LEASE = """Company: Tolvane Hosting plc
Name of the tenant: Nimblerack
Capacity: 40 MW
Term: 12 years
Site: Falkirk, Scotland"""

PURCHASE = """a) Subject: Purchase of 4,000 GPUs for the training cluster
b) Supplier: Arbitrix Systems
c) Consideration (net of tax): €90 million
d) Delivery: from May 2026"""

TOLD = {
    "a supply contract": (
        "Baekdu Memory Co.: Disclosure of a sales or supply contract",
        SALE,
        ["chips customer:Velmora_Systems supplier:Baekdu_Memory"],
    ),
    "a lease with the company on a line": (
        "Stock exchange notice: data centre lease",
        LEASE,
        ["lease customer:Nimblerack supplier:Tolvane_Hosting"],
    ),
    "a purchase": (
        "Quillon Compute: notice of a contract",
        PURCHASE,
        ["chips customer:Quillon_Compute supplier:Arbitrix_Systems"],
    ),
    "lines that name no other side": (
        "Orvane Data Centers: site facts",
        "Site: Falkirk, Scotland\nCapacity: 40 MW\nCompany: Orvane Data Centers plc",
        [],
    ),
}


@pytest.mark.parametrize(("title", "body", "deals"), TOLD.values(), ids=TOLD)
def test_a_form_tells_one_deal(title: str, body: str, deals: list[str]) -> None:
    assert told(title, body) == deals


def test_the_lines_of_a_form_are_its_terms() -> None:
    document = Document(
        document_id="d",
        title="Baekdu Memory Co.: Disclosure of a supply contract",
        body=SALE,
        published=None,
        publisher="",
    )
    (deal,) = read_document(document).deal_mentions
    assert deal.value is not None
    assert deal.value.amount == 640_000_000
    assert deal.term is not None
    assert (deal.start and deal.start.period, deal.end and deal.end.period) == ("2026-03-01", "2029-02-28")
