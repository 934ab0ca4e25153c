"""Figures over sets of documents, with the spread that another draw of documents would give."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from labelled import Json, Read, scorer

HEADLINES = (
    "all slots",
    "slot:party and role",
    "deal: type, parties and roles",
    "deal: and every term",
    "documents with a deal",
    "capacity",
    "capex",
)
Counts = dict[str, tuple[int, int, int]]  # figure -> right, predicted, labelled


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and F1 of one figure, 0..1, with what they were counted from."""

    right: int
    predicted: int
    labelled: int

    @property
    def precision(self) -> float:
        """1 where nothing was predicted and nothing labelled."""
        return self.right / self.predicted if self.predicted else float(not self.labelled)

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def count(read: Read, errors: list[str] | None = None) -> Counts:
    """What the scorer counts in one document; disagreements are appended to ``errors``."""
    score = scorer()
    tallies: dict[str, object] = defaultdict(score.Tally)
    score.score_document(read.label, read.prediction, tallies, errors if errors is not None else [])
    return {name: (t.right, t.predicted, t.labelled) for name, t in tallies.items()}  # type: ignore[attr-defined]


def total(counts: Sequence[Counts]) -> dict[str, Figure]:
    """The figures over some documents, by name."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for document in counts:
        for name, numbers in document.items():
            for i, number in enumerate(numbers):
                sums[name][i] += number
    return {name: Figure(*numbers) for name, numbers in sums.items()}


def interval(counts: Sequence[Counts], name: str, *, draws: int = 1000, seed: int = 7) -> tuple[float, float]:
    """The 95 % bootstrap interval of an F1: documents drawn with replacement; the same seed gives the same answer."""
    rows = [document.get(name, (0, 0, 0)) for document in counts]
    chance = random.Random(seed)
    scores = []
    for _ in range(draws):
        drawn = chance.choices(rows, k=len(rows))
        scores.append(Figure(*(sum(column) for column in zip(*drawn, strict=True))).f1)
    scores.sort()
    return scores[int(0.025 * draws)], scores[int(0.975 * draws) - 1]


def groups(reads: Sequence[Read]) -> dict[str, list[int]]:
    """Positions of the documents of each kind, of known and unknown companies, and with a deal of each type."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, read in enumerate(reads):
        found[f"kind: {read.label['kind']}"].append(i)
        if "synthetic" in read.label and read.set_name != "real-dev":  # which tells of real ones only
            found[f"companies: {'invented' if read.label['synthetic'] else 'real'}"].append(i)
        parties = [party for deal in read.label["deals"] for party in deal["parties"]]
        if parties:
            known = "all in the registry" if all(map(_is_known, parties)) else "some in no registry"
            found[f"parties: {known}"].append(i)
        for deal_type in {deal["type"] for deal in read.label["deals"]}:
            found[f"type: {deal_type}"].append(i)
    return dict(sorted(found.items()))


def _is_known(party: Json) -> bool:
    from extractors.parties import resolve_company

    names = party["name"] if isinstance(party["name"], list) else [party["name"]]
    return any(resolve_company(name) for name in names)
