"""No change makes reading worse without saying so: every guarded figure stays at or above its floor.

A figure that fell shows in ``make evaluate``; where the fall is meant, lower its line in floors.json and say why in the
commit. ``python tests/evaluation/evaluate.py --raise-floors`` lifts the floors after an improvement.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import amounts
import floors
from labelled import SETS, UNSEEN, file_of, labels, read_set
from timelines import OWN, timeline_figures

HERE = [name for name in SETS if file_of(name)]
EACH_SET = [
    pytest.param(name, marks=pytest.mark.skipif(name not in HERE, reason=f"needs ../shared ({name}.jsonl)"))
    for name in SETS
]


@pytest.fixture(scope="module")
def now() -> floors.Floors:
    read = floors.reached({name: read_set(name) for name in HERE}, timeline_figures())
    return read | {"own timelines": floors.over_time(timeline_figures(OWN))}


@pytest.mark.parametrize("name", [*EACH_SET, "timelines", "own timelines"])
def test_no_figure_falls_below_its_floor(now: floors.Floors, name: str) -> None:
    assert not floors.below(now, {name: floors.read()[name]})


def test_a_figure_below_its_floor_is_told() -> None:
    assert floors.below({"dev": {"all slots f1": 0.7}}, {"dev": {"all slots f1": 0.8}}) == [
        "dev: all slots f1 is 0.700, its floor is 0.800"
    ]
    assert floors.below({}, {"dev": {"all slots f1": 0.8}})
    assert not floors.below({"dev": {"all slots f1": 0.8}}, {"dev": {"all slots f1": 0.8}})


@pytest.mark.parametrize("set_name", EACH_SET)
def test_labelled_amounts_are_found_in_the_text(set_name: str) -> None:
    recalls = amounts.recall_by_dimension(list(labels(set_name)))
    found = sum(recall.amount * recall.labelled for recall in recalls.values())
    assert found / sum(recall.labelled for recall in recalls.values()) >= (
        0.94 if set_name in ("own", UNSEEN) else 0.99
    )  # nobody tuned to the own set
