"""How well our own labelled AI news is sorted into stories: figures that may not fall."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from extractors.timelines import stories_of

FILE = Path(__file__).parent / "own" / "stories.jsonl"
Partition = Mapping[str, str]  # document -> story


def pairs_f1(gold: Partition, told: Partition) -> float:
    """F1 of the pairs of documents that are in one story."""
    pairs = list(combinations(gold, 2))
    ours = {pair for pair in pairs if told[pair[0]] == told[pair[1]]}
    theirs = {pair for pair in pairs if gold[pair[0]] == gold[pair[1]]}
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def bcubed_f1(gold: Partition, told: Partition) -> float:
    """F1 of BCubed precision and recall, each document counting the same."""
    precision, recall = bcubed_share(gold, told), bcubed_share(told, gold)
    return 2 * precision * recall / (precision + recall)


def bcubed_share(one: Partition, other: Partition) -> float:
    """Of a document's company in ``other``, the share that is its company in ``one`` too; the mean over documents."""
    groups: dict[str, list[str]] = defaultdict(list)
    for document, story in other.items():
        groups[story].append(document)
    return sum(
        sum(one[document] == one[beside] for beside in groups[other[document]]) / len(groups[other[document]])
        for document in one
    ) / len(one)


@pytest.mark.parametrize(
    ("left_out", "pairs", "bcubed"),
    [((), 0.88, 0.93), (("body",), 0.81, 0.89), (("published",), 0.74, 0.86)],
    ids=["as they are", "headlines alone", "without dates"],
)
def test_own_news_is_sorted_into_stories(left_out: tuple[str, ...], pairs: float, bcubed: float) -> None:
    documents: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    gold = {one["id"]: one["story"] for one in documents}
    told = stories_of([{**one, **dict.fromkeys(left_out, "")} for one in documents])
    found = {one["id"]: one["story_id"] for one in told}
    assert pairs_f1(gold, found) >= pairs
    assert bcubed_f1(gold, found) >= bcubed


def test_the_figures_fall_with_stories_torn_apart_and_thrown_together() -> None:
    gold = {"a": "1", "b": "1", "c": "2", "d": "2"}
    assert (pairs_f1(gold, gold), bcubed_f1(gold, gold)) == (1.0, 1.0)
    assert pairs_f1(gold, dict.fromkeys(gold, "1")) == 0.5
    assert bcubed_f1(gold, dict.fromkeys(gold, "1")) == pytest.approx(2 / 3)
