"""A trigger with the companies that it binds."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.deals.scene import Hit
from extractors.deals.tree import Tree

DIRECT = frozenset({"head", "anaphor", "member"})


DEFINITE = frozenset("the that this its their".split())


NEGATIONS = frozenset("no not without n't never".split())


@dataclass(slots=True)
class Event:
    """A trigger with its parties; ``bindings`` are (company, role or side, came directly)."""

    trigger: int
    pos: str
    type: str
    frames: list[str]
    bindings: list[tuple[Hit, str, bool]]
    votes: dict[str, float] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    status: str = ""
    contract_side: str = ""
    is_definite: bool = False
    is_negated: bool = False
    target: tuple[int, int] | None = None  # words that name a business bought, where it is no company of the cast
    sources: frozenset[str] = frozenset()  # keys of the companies that the verb has something come "from"
    reach: tuple[int, int] | None = None  # stretch of the text with its terms, where a sentence shares out one event
    nth: int | None = None  # place in a list whose amounts follow "respectively"
    words: set[int] = field(default_factory=set)  # triggers of merged events too


def is_negated_at(tree: Tree, i: int) -> bool:
    return any(tree.text(c) in NEGATIONS for c in tree.children(i, "neg", "det", "prep", "advmod"))
