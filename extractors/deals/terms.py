"""Terms: each amount and place to the deal that it tells of, in the sentence that tells the deal or one after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.deals import attach
from extractors.deals.capacity import is_in_service, is_running
from extractors.deals.drafts import Draft, fill
from extractors.deals.event import Event
from extractors.deals.places import find_places
from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence
from extractors.deals.tree import Tree
from extractors.records import Document, Money, Period, Power, Quantity

CONTINUES = re.compile(
    r"\b(?:it|the (?:\S+ ){0,3}(?:deal|agreement|contract|lease|loan|pact|order|transaction|"
    r"investment|financing|facility|round|project|campus|site|complex|venture|"
    r"first|price|terms?|value|company|companies|two|capacity|acquisition|purchase|work|"
    r"program|systems|racks|money|debt|notes|bonds|plant|supply|buildings?|halls?|units?|reactors?|turbines?|"
    r"phase|cells|output|electricity|arrangement|tenancy|load|servers|machines?|chips|fees|rent|data cent(?:er|re)s?|"
    r"farm|park|operations|opening|start|cluster|facilities)|turbines|first power|"
    r"deliver(?:y|ies)|suppl(?:y|ies)|construction|terms|worth|valued|price|building work|"
    r"work|operations|completion|they|under|power|this|that|each)\b",
    re.I,
)
FOR_THE_SITE = re.compile(  # what ties a loan to the site it pays for
    r"\b(?:for|fund\w*|financ(?:e|es|ing)|build\w*|equip\w*|complet\w+|secured (?:on|by)|against|behind|construct\w*|"
    r"develop\w*|expan\w+)\b"
)


class Terms:
    """Gives the drafts of one document their terms."""

    def __init__(self, document: Document, scene: Scene) -> None:
        self.document = document
        self.scene = scene
        self.published = document.published.isoformat() if document.published else ""

    def attach(
        self, sentence: Sentence, tree: Tree, new: list[tuple[Event, Draft]], quantities: Sequence[Quantity]
    ) -> None:
        """Each amount and place of a sentence goes to the nearest of its deals."""
        text = self.document.text
        for quantity in quantities:
            at = _word_of(tree, quantity)
            ranked = []
            for number, (event, draft) in enumerate(new):
                slot, _ = attach.slot_of(quantity, draft.type, text, sentence.start_char, sentence.end_char)
                if slot == "power" and self._is_built_already(sentence, quantity, draft):
                    continue
                if slot and self._fits(slot, quantity, draft):
                    steps = min(tree.distance(at, w) for w in event.words) if at is not None else 0
                    linear = abs(quantity.start_char - draft.trigger[0]) / 40
                    ranked.append((steps + linear, number, slot))
            if ranked:
                _, number, slot = min(ranked)
                fill(new[number][1], slot, quantity)
        _, inside = self.scene.between(sentence.start_char, sentence.end_char)
        places = find_places(text, sentence.start_char, sentence.end_char, inside)
        for place in places:
            ranked_places = [
                (abs(place.start_char - draft.trigger[0]), number)
                for number, (_, draft) in enumerate(new)
                if draft.type not in ("equity", "acquisition", "partnership")
            ]
            if ranked_places:
                nearest = new[min(ranked_places)[1]][1]
                if nearest.type != "debt" or FOR_THE_SITE.search(text, nearest.trigger[1], place.start_char):
                    nearest.places.append(place)

    def follow(self, draft: Draft, sentence: Sentence, quantities: Sequence[Quantity]) -> None:
        """Terms told in a following sentence: "It runs for 12 years and is worth $3 billion"."""
        text = self.document.text
        if sentence.paragraph - draft.paragraph > 2:
            return
        told = text[sentence.start_char : sentence.end_char]
        if not CONTINUES.search(told):
            return
        others = [a for _, a in self.scene.named(sentence.start_char, sentence.end_char) if a.key not in draft.parties]
        if len(others) > 1:
            return
        for quantity in quantities:
            slot, _ = attach.slot_of(quantity, draft.type, text, sentence.start_char, sentence.end_char)
            if slot == "power" and is_running(text, sentence, quantity):
                continue
            if slot and slot not in draft.slots and self._fits(slot, quantity, draft):
                fill(draft, slot, quantity)
                draft.paragraph = sentence.paragraph
        if draft.type not in ("equity", "acquisition", "partnership", "debt") and not draft.places:
            _, inside = self.scene.between(sentence.start_char, sentence.end_char)
            draft.places += find_places(text, sentence.start_char, sentence.end_char, inside)

    def _is_built_already(self, sentence: Sentence, quantity: Quantity, draft: Draft) -> bool:
        """Whether the sentence tells power in service beside what is to be built: "has 120 MW and will build …"."""
        to_come = draft.type == "build" and draft.status in ("announced", "rumored")
        return to_come and sentence.kind == "body" and is_in_service(self.document.text, sentence, quantity)

    def _fits(self, slot: str, quantity: Quantity, draft: Draft) -> bool:
        if isinstance(quantity, Period):
            return attach.is_later(quantity, self.published) or draft.focus == "background"
        return slot not in draft.slots or isinstance(quantity, Money | Power)


def _word_of(tree: Tree, quantity: Quantity) -> int | None:
    inside = [w.i for w in tree.words if w.start_char < quantity.end_char and quantity.start_char < w.end_char]
    if not inside:
        return None
    return min(inside, key=lambda i: len(list(tree.ancestors(i))))
