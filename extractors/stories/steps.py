"""Which step of a deal an article reports, by the words of its headline: talks, an offer, the agreement, its end."""

from __future__ import annotations

import csv
import functools
import re

from extractors.registry.loader import FOLDER

FIRM = "firm"  # announced, expanded, trimmed: what a headline means that says nothing else
STEP_OF_STATUS = {"rumored": "rumored", "cancelled": "off", "closed": "closed", "announced": FIRM, "amended": FIRM}


def step_of(title: str, status: str = "") -> str:
    """off, rumored, offered, closed or firm: what the headline says, else what the main claim says."""
    for step, phrase in _phrases():
        if phrase.search(title):
            return step
    return STEP_OF_STATUS.get(status, FIRM)


@functools.cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rows of ``story_steps.csv``; the first that fits decides."""
    with (FOLDER / "story_steps.csv").open(encoding="utf-8", newline="") as stream:
        return tuple((row["step"], re.compile(row["phrase"], re.IGNORECASE)) for row in csv.DictReader(stream))
