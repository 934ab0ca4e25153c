"""Whether a confidence of 0.8 is right eight times in ten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from labelled import Json, Read, scorer

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
# slot of the scorer -> slot of slot_confidence
SLOTS = {
    "value": "value",
    "valuation": "valuation",
    "power": "power",
    "accelerators.count": "accelerators",
    "accelerators.model": "accelerators",
    "term_months": "term_months",
    "stake_pct": "stake_pct",
    "start": "start",
    "end": "end",
    "status": "status",
    "type": "type",
}
Judged = tuple[float, bool]  # confidence, was right


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims whose confidence lies in one stretch."""

    low: float
    high: float
    claims: int
    claimed: float  # mean confidence
    right: float  # share that was right


def judge_deals(reads: Iterable[Read]) -> list[Judged]:
    """Confidence of every deal read, and whether type, parties and roles are those of a label."""
    judged = []
    for read in reads:
        pairs = pairs_of(read.label, read.prediction)
        for i, mention in enumerate(read.extraction.deal_mentions):
            judged.append((mention.confidence, is_frame_right(pairs.get(i), read.prediction["deals"][i])))
    return judged


def judge_slots(reads: Iterable[Read]) -> list[Judged]:
    """Confidence of every slot and party filled, and whether the label of that deal has the same."""
    judged = []
    for read in reads:
        pairs = pairs_of(read.label, read.prediction)
        for i, mention in enumerate(read.extraction.deal_mentions):
            label, told = pairs.get(i), read.prediction["deals"][i]
            own = dict(mention.slot_confidence)
            for slot, is_right in right_slots(label, told).items():
                judged.append((own.get(slot, mention.confidence), is_right))
            for party, shown in zip(mention.parties, told["parties"], strict=True):
                judged.append((party.confidence, is_party_right(label, shown)))
    return judged


def right_slots(label: Json | None, told: Json) -> dict[str, bool]:
    """Every slot filled, as slot_confidence names it -> whether the label of that deal has the same there."""
    score = scorer()
    wanted = score.scalar_slots(label) if label else {}
    right: dict[str, bool] = {}
    for slot, value in score.scalar_slots(told).items():
        if slot in SLOTS:
            is_right = slot in wanted and bool(score.same(wanted[slot], value))
            right[SLOTS[slot]] = right.get(SLOTS[slot], True) and is_right
    return right


def is_party_right(label: Json | None, shown: Json) -> bool:
    """Whether the label of a deal has this company in this role."""
    score = scorer()
    return label is not None and any(
        score.names(p) & score.names(shown) and p["role"] == shown["role"] for p in label["parties"]
    )


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """The claims by stretch of confidence; empty stretches are left out."""
    bins = []
    for low, high in pairwise(EDGES):
        inside = [(c, ok) for c, ok in judged if low <= c < high or (high == EDGES[-1] and c >= high)]
        if inside:
            claimed = sum(c for c, _ in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), claimed, sum(ok for _, ok in inside) / len(inside)))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance between claimed and right, weighted by the number of claims (0 is perfect)."""
    claims = sum(b.claims for b in bins)
    return sum(b.claims * abs(b.claimed - b.right) for b in bins) / claims if claims else 0.0


def pairs_of(label: Json, told: Json) -> dict[int, Json]:
    """Position of a predicted deal -> the label that the scorer pairs it with."""
    score = scorer()
    golds, preds = label["deals"], told["deals"]
    return {j: golds[i] for i, j in score.align(golds, preds, score.affinity)}


def is_frame_right(label: Json | None, told: Json) -> bool:
    """Whether type, all parties and their roles are those of the label."""
    if label is None or label["type"] != told["type"]:
        return False
    return bool(scorer().pair_parties(label, told)[0] == len(label["parties"]) == len(told["parties"]))
