"""How sure a claim is: shares that a claim, a party or a slot so told is right, learned on labelled documents.

A claim is right when its type and all its parties with their roles are; a party or a slot is judged alone. The weights
(``registry/deal_confidence.csv``) are those of logistic regressions over a few features that people can check;
``python tests/evaluation/calibrate.py`` computes them again.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from extractors.records import DealMention, Document, Party
from extractors.registry.rows import registry_rows

Features = Mapping[str, float]
SLOTS = ("value", "valuation", "power", "accelerators", "term", "stake", "start", "end")  # fields of a claim
SLOT_NAMES = {"term": "term_months", "stake": "stake_pct"}  # as the record calls them
LONG_SENTENCE_CHARS = 220
LEAST, MOST = 0.02, 0.98  # nothing that is read is quite sure


@functools.cache
def load_weights() -> Mapping[str, Features]:
    """What is judged (claim, party, slot) -> feature -> weight."""
    table: dict[str, dict[str, float]] = {"claim": {}, "party": {}, "slot": {}}
    for _, row in registry_rows("deal_confidence.csv"):
        table[row["judged"]][row["feature"]] = float(row["weight"])
    return MappingProxyType(table)


def with_confidence(claims: Sequence[DealMention], document: Document) -> tuple[DealMention, ...]:
    """The claims of one document with the confidence of each, of its parties and of its slots."""
    return tuple(_judged(claim, claims, document) for claim in claims)


def _judged(claim: DealMention, claims: Sequence[DealMention], document: Document) -> DealMention:
    features = claim_features(claim, claims, document)
    parties = tuple(
        replace(party, confidence=share("party", {**features, **party_features(claim, party)}))
        for party in claim.parties
    )
    slots = tuple((slot, share("slot", {**features, **own})) for slot, own in slot_features(claim))
    return replace(claim, confidence=share("claim", features), parties=parties, slot_confidence=slots)


def share(judged: str, features: Features) -> float:
    """The share of right ones among those with such features, between LEAST and MOST."""
    weights = load_weights()[judged]
    score = sum(weights.get(name, 0.0) * amount for name, amount in features.items())
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))))), 3)


def claim_features(claim: DealMention, claims: Sequence[DealMention], document: Document) -> dict[str, float]:
    """What speaks for or against a claim as a whole."""
    known = sum(bool(party.company_id) for party in claim.parties)
    inside = sum(_is_inside(claim, party.start_char) for party in claim.parties)
    count = max(1, len(claim.parties))
    in_title = claim.sentence_start_char < document.body_start_char or not document.body
    features = {
        "always": 1.0,
        "raw": claim.confidence,
        f"type:{claim.type}": 1.0,
        f"status:{claim.status}": 1.0,
        "background": float(claim.focus == "background"),
        "title": float(in_title),
        "title_alone": float(not document.body),
        "parties:1": float(len(claim.parties) == 1),
        "parties:3+": float(len(claim.parties) > 2),
        "known": known / count,
        "outside": 1 - inside / count,
        "other_deals": math.log(max(1, len(claims))),
        "rules": float(len(claim.rules) > 2),
        "long_sentence": float(claim.sentence_end_char - claim.sentence_start_char > LONG_SENTENCE_CHARS),
        "slots": min(3.0, sum(getattr(claim, slot) is not None for slot in SLOTS)),
    }
    return {name: amount for name, amount in features.items() if amount}


def party_features(claim: DealMention, party: Party) -> dict[str, float]:
    """What speaks for or against one party, besides what its claim has."""
    return {
        "party_raw": party.confidence,
        f"role:{party.role}": 1.0,
        "party_known": float(bool(party.company_id)),
        "party_outside": float(not _is_inside(claim, party.start_char)),
    }


def slot_features(claim: DealMention) -> Iterator[tuple[str, dict[str, float]]]:
    """Every filled slot, type and status too, with what speaks for or against it besides what its claim has."""
    for slot in ("type", "status"):
        yield slot, {f"slot:{slot}": 1.0}
    for field in SLOTS:
        found = getattr(claim, field)
        if found is None:
            continue
        slot = SLOT_NAMES.get(field, field)
        yield (
            slot,
            {
                f"slot:{slot}": 1.0,
                "slot_outside": float(not _is_inside(claim, found.start_char)),
                "slot_far": min(2.0, abs(found.start_char - claim.trigger_start_char) / 100),
                "slot_bound": float(getattr(found, "bound", "exact") != "exact"),
            },
        )


def _is_inside(claim: DealMention, start_char: int) -> bool:
    return claim.sentence_start_char <= start_char < claim.sentence_end_char
