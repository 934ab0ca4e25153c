"""Every claim, party and slot says how sure it is, by rows that people can read."""

from __future__ import annotations

import pytest

from extractors.deals.confidence import LEAST, MOST, load_weights, share
from extractors.read import read_document
from extractors.records import DealMention, Document


def read(title: str, body: str = "") -> DealMention:
    return read_document(Document(document_id="d", title=title, body=body, publisher="")).deal_mentions[0]


def test_claims_parties_and_slots_each_have_weights() -> None:
    assert all(load_weights()[judged] for judged in ("claim", "party", "slot"))


def test_every_filled_slot_has_its_own_confidence() -> None:
    claim = read("Nebius signs $3 billion, five-year deal to supply Meta with 20,000 GB300 GPUs")
    told = dict(claim.slot_confidence)
    assert {"type", "status", "value", "term_months", "accelerators"} <= told.keys()
    assert all(
        LEAST <= one <= MOST for one in (claim.confidence, *told.values(), *(p.confidence for p in claim.parties))
    )


def test_a_party_alone_is_surer_than_type_and_all_parties_together() -> None:
    claim = read("Nebius signs $3 billion deal to supply Meta with GPUs")
    assert min(party.confidence for party in claim.parties) > claim.confidence


@pytest.mark.parametrize("judged", ["claim", "party", "slot"])
def test_a_share_stays_within_its_ends_for_any_features(judged: str) -> None:
    assert share(judged, dict.fromkeys(load_weights()[judged], 1000000.0)) in (LEAST, MOST)
    assert share(judged, {"no such feature": 1.0}) == 0.5
