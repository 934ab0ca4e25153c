"""Two names that are one: "Thistle and Vane, the Edinburgh group, has sold" speaks of a single company."""

from __future__ import annotations

import itertools
import re

from extractors.parties.layout import Layout
from extractors.parties.names import Name
from extractors.parties.starts import headline_verbs

ALONE = re.compile(r" (has|is|was|plans|says|(?:[A-Za-z]+s))\b")
CALLED = r", (?:an?|the|its) (?:[\w'-]+ ){0,5}"
AS_ONE = re.compile(CALLED + r"[\w'-]+(?: (?:of|in|from) [^,.;\n]{1,30})?, (?:has|is|was|plans|says|[a-z]+s)\b")
OF_ITS_OWN = re.compile(CALLED + r"(?:company|group|firm|operator|developer|bank|fund|maker|lender|utility)\b")
# "the alliance between X and Y was ended": the verb speaks of what stands before them
LED = re.compile(r"\b(?:against|among|between|by|for|from|of|to|with)\s$")
LONGEST_LEAD = 9
MOST_WORDS = 2


def join_names(layout: Layout, names: list[Name]) -> list[Name]:
    """The names, two joined by "and" as one where the text speaks of one: its verb, or its description, is singular."""
    together = {
        (before.surface, name.surface)
        for before, name in itertools.pairwise(names)
        if _may_be_one(layout.text, before, name)
        and _is_one(layout.text, name.end)
        and not LED.search(layout.text, max(0, before.start - LONGEST_LEAD), before.start)
    }
    if not together:
        return names
    alone = _standing_alone(layout.text, names, together)
    joined: list[Name] = []
    for name in names:
        before = joined[-1] if joined else None
        pair = (before.surface, name.surface) if before is not None else ("", "")
        if before is not None and pair in together - alone and _may_be_one(layout.text, before, name):
            joined[-1] = Name(before.start, name.end, layout.text[before.start : name.end], "organisation")
        else:
            joined.append(name)
    return joined


def _may_be_one(text: str, before: Name, name: Name) -> bool:
    return (
        before.kind == name.kind == "organisation"
        and text[before.end : name.start].casefold() == " and "
        and len(before.words) <= MOST_WORDS
        and len(name.words) <= MOST_WORDS
    )


def _is_one(text: str, end: int) -> bool:
    verb = ALONE.match(text, end)
    if verb is not None:
        return verb[1] in ("has", "is", "was") or (verb[1].casefold() in headline_verbs() and verb[1].endswith("s"))
    return AS_ONE.match(text, end) is not None or OF_ITS_OWN.match(text, end) is not None


def _standing_alone(text: str, names: list[Name], pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs of which either part also stands without the other."""
    apart = set()
    for at, name in enumerate(names):
        follows = at + 1 < len(names) and _may_be_one(text, name, names[at + 1])
        leads = at > 0 and _may_be_one(text, names[at - 1], name)
        apart |= {pair for pair in pairs if not follows and not leads and name.surface in pair}
    return apart
