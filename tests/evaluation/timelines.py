"""The labelled timelines, resolved document by document, and their figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from labelled import GOLD, scorer

DEV = GOLD / "timelines-dev.jsonl"
OWN = GOLD.parent / "own" / "timelines.jsonl"


def timeline_figures(path: Path = DEV) -> dict[str, dict[str, float]]:
    """Figure -> f1, precision, recall (or rate, merged, pairs), over all timelines of a file."""
    from extractors.timelines import read_timeline

    scorer("score")  # which the other imports by name
    score = scorer("score_timelines")
    board: dict[str, Any] = score.new_board(score.SLOTS)
    for line in path.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        told = read_timeline(label)
        score.score_stories(label, told, board, [])
        score.score_revisions(label, told, score.score_identity(label, told, board, []), score.SLOTS, board, [])
    return {name: tally.figures() for name, tally in board.items()}
