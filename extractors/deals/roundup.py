"""Whether a document is a round-up: several stories, a paragraph each, none about the company of another."""

from __future__ import annotations

import re
from collections import Counter

from extractors.deals.scene import Scene
from extractors.records import Document

TITLED = re.compile(
    r"\b(?:digest|diary|round-?up|factbox|in brief|(?:the|this) (?:week|month)\b|monthly|"
    r"weekly|who bought what|deals? (?:of|so far)|recap|at a glance|news in|briefs?|"
    r"timeline|chronology|tracker|scoreboard|scorecard|in numbers|subsequent events|shorts|fortnight|wrap|"
    r"(?:two|three|four|five|six|seven|eight|ten|\d+) (?:things|deals|contracts|transactions))\b",
    re.I,
)
FEWEST = 4  # stories that make a round-up
OF_OTHERS = 0.7  # share of its paragraphs naming companies that name none of those named before
OFTEN = 2  # in how many paragraphs a company of a round-up may be named: its own, and a mention


def is_roundup(document: Document, scene: Scene) -> bool:
    """Whether the headline says so, or names nobody in particular over paragraphs that each name others."""
    return TITLED.search(document.title) is not None or (not _is_titled(document, scene) and _changes(document, scene))


def _is_titled(document: Document, scene: Scene) -> bool:
    """Whether the headline names one company or two, of whom the text then tells."""
    return 0 < len({actor.key for _, actor in scene.named(0, len(document.title))}) < 3


def _changes(document: Document, scene: Scene) -> bool:
    """Whether nearly every paragraph that names companies tells of none that were told of before."""
    told: Counter[str] = Counter()
    paragraphs = naming = others = 0
    at = document.body_start_char
    for paragraph in document.text[at:].split("\n\n"):
        named = {actor.key for _, actor in scene.named(at, at + len(paragraph))}
        paragraphs += 1
        naming += bool(named)
        others += bool(named) and told.keys().isdisjoint(named)
        told.update(named)
        at += len(paragraph) + 2
    is_rule = others >= max(FEWEST, OF_OTHERS * naming) and 2 * naming > paragraphs
    return is_rule and max(told.values()) <= OFTEN
