"""The scoreboard counts what the scorer counts, and says how sure a figure is."""

from __future__ import annotations

import copy
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import board
from calibration import Bin, calibration_error, reliability
from figures import Figure, count, interval, total
from labelled import Json, Read, in_fold, labels


def perfect(label: Json) -> Read:
    """A reader that says just what the label says."""
    told = copy.deepcopy(label)
    for deal in told["deals"]:
        for party in deal["parties"]:
            party["name"] = party["name"][0] if isinstance(party["name"], list) else party["name"]
    return Read("dev", label, None, told)


def test_the_labels_score_one_against_themselves() -> None:
    figures = total([count(perfect(label)) for label in labels("dev")])
    assert {name: figure.f1 for name, figure in figures.items()} == dict.fromkeys(figures, 1.0)


def test_folds_part_the_documents() -> None:
    ids = [label["id"] for label in labels("dev")]
    held_out = [i for i in ids if in_fold(i, "0/3")]
    assert held_out == [i for i in ids if not in_fold(i, "!0/3")]
    assert 0 < len(held_out) < len(ids) / 2


def test_figures_are_precision_recall_and_their_mean() -> None:
    figure = Figure(right=3, predicted=4, labelled=6)
    assert (figure.precision, figure.recall, figure.f1) == (0.75, 0.5, 0.6)
    assert Figure(0, 0, 0).f1 == 1.0
    assert Figure(0, 2, 0).f1 == 0.0


def test_an_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    counts = [{"all slots": (right, 4, 4)} for right in (0, 1, 2, 3, 4)] * 8
    low, high = interval(counts, "all slots", draws=300)
    assert 0.3 < low < total(counts)["all slots"].f1 < high < 0.7
    assert (low, high) == interval(counts, "all slots", draws=300)


def test_reliability_sets_what_was_claimed_beside_what_was_right() -> None:
    bins = reliability([(0.92, True), (0.94, True), (0.55, False), (0.55, True), (1.0, True)])
    assert bins == [
        Bin(0.5, 0.6, 2, 0.55, 0.5),
        Bin(0.9, 0.95, 2, pytest.approx(0.93), 1.0),
        Bin(0.95, 1.0, 1, 1.0, 1.0),
    ]
    assert calibration_error(bins) == pytest.approx((2 * 0.05 + 2 * 0.07) / 5)


def test_the_readme_keeps_all_but_its_marked_block(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{board.BEGIN}\nold\n{board.END}\nafter\n", encoding="utf-8")
    board.write(tmp_path, "the page\n", r"new \1 figures")
    assert readme.read_text(encoding="utf-8") == f"before\n{board.BEGIN}\nnew \\1 figures\n{board.END}\nafter\n"
    assert (tmp_path / "docs" / "accuracy.md").read_text(encoding="utf-8") == "the page\n"
