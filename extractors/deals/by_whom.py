"""A side that is told after the deal, by what somebody does in it: "They will be delivered by X", "bound for X"."""

from __future__ import annotations

import re

from extractors.deals.drafts import Draft
from extractors.deals.roles import PAIRS, Bound
from extractors.deals.scene import Hit, Scene
from extractors.deals.sentences import Sentence

WHO = r" (?:the |its )?(?:[a-z-]+ ){0,3}?"
SUPPLIED = "delivered|furnished|provided|shipped|sold|supplied"
FROM = rf"\b(?:comes?|came|coming|bought|sourced) from{WHO}$"
MONEY_BY = "advanced|arranged|contributed|extended|lent|led|provided|put up|underwritten"
DONE_BY_GIVER = {
    "chips": re.compile(rf"\b(?:{SUPPLIED}|assembled|built|made|manufactured) by{WHO}$|{FROM}"),
    "compute": re.compile(rf"\b(?:{SUPPLIED}|hosted|operated|run) by{WHO}$"),
    "debt": re.compile(rf"\b(?:{MONEY_BY}) by{WHO}$|{FROM}"),
    "equity": re.compile(rf"\b(?:{MONEY_BY}) by{WHO}$|{FROM}"),
    "power": re.compile(rf"\b(?:{SUPPLIED}|generated|produced) by{WHO}$"),
}
DONE_FOR_TAKER = dict.fromkeys(
    ("chips", "compute", "lease"),
    re.compile(rf"\b(?:(?:bound|destined|intended|meant|reserved) for|(?:go|goes|going|went) to){WHO}$"),
)
LISTED = re.compile(r"(?:, | and |, and )(?:the )?")
SURENESS = 0.6


def sides_told(draft: Draft, sentence: Sentence, scene: Scene) -> list[Bound]:
    """Who a later sentence says gives or takes what a deal is of, of a side that nobody is named for yet; else []."""
    for role, told in zip(PAIRS[draft.type], (DONE_BY_GIVER, DONE_FOR_TAKER), strict=True):
        pattern = told.get(draft.type)
        if pattern is None or any(b.role == role for b in draft.parties.values()):
            continue
        found: list[Bound] = []
        last = sentence.start_char
        for mention, actor in scene.named(sentence.start_char, sentence.end_char):
            is_next = bool(found) and LISTED.fullmatch(scene.text, last, mention.start_char)
            if is_next or (not found and pattern.search(scene.text, last, mention.start_char)):
                found.append(Bound(Hit(actor, mention.start_char, mention.end_char, "head"), role, SURENESS))
            last = mention.end_char
        if found:
            return [b for b in found if b.hit.actor.key not in draft.parties]
    return []
