"""Figures that may not fall: ``floors.json``, lifted when something is read better, lowered only with a word why."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from figures import HEADLINES, count, total
from labelled import Read

FILE = Path(__file__).resolve().parent / "floors.json"
MARGIN = 0.02  # two or three documents: less is noise between two versions of the reader
FEW = 10  # labels; a figure over fewer jumps with each of them and is not guarded
PRECISE = ("slot:value", "slot:power", "slot:term_months")  # a wrong number costs more than a missing one
OVER_TIME = ("stories: pairs", "stories: BCubed", "deals found", "mentions found", "deal identity: pairs", "revisions")
Floors = dict[str, dict[str, float]]  # set -> "all slots f1" -> least


def reached(reads: Mapping[str, Sequence[Read]], timelines: Mapping[str, Mapping[str, float]]) -> Floors:
    """The guarded figures as they are now: F1 of the headlines, precision of numbers, F1 over time."""
    now: Floors = {}
    for name, documents in reads.items():
        figures = {
            key: figure
            for key, figure in total([count(document) for document in documents]).items()
            if figure.labelled >= FEW
        }
        now[name] = {f"{key} f1": figures[key].f1 for key in HEADLINES if key in figures}
        now[name] |= {f"{key} precision": figures[key].precision for key in PRECISE if key in figures}
    return now | ({"timelines": over_time(timelines)} if timelines else {})


def over_time(timelines: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The guarded figures of a set of timelines: stories, deals, revisions as a whole."""
    return {f"{name} f1": f["f1"] for name, f in timelines.items() if "f1" in f and not name.startswith("revisions: ")}


def read() -> Floors:
    """The floors as kept; none where there is no file yet."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def below(now: Floors, least: Floors) -> list[str]:
    """One line for each figure that fell below its floor or is no longer there."""
    return [
        f"{name}: {key} is {now.get(name, {}).get(key, 0.0):.3f}, its floor is {floor:.3f}"
        for name, keys in least.items()
        for key, floor in keys.items()
        if now.get(name, {}).get(key, 0.0) < floor
    ]


def lift(now: Floors) -> None:
    """Raises every floor to just under what is reached now; those that are higher stay."""
    kept = read()
    lifted = kept | {
        name: {key: max(kept.get(name, {}).get(key, 0.0), _under(value)) for key, value in sorted(keys.items())}
        for name, keys in now.items()
    }
    FILE.write_text(json.dumps(lifted, indent=1) + "\n", encoding="utf-8")


def _under(value: float) -> float:
    return math.floor(max(0.0, value - MARGIN) * 1000) / 1000
