"""Which places a deal means without naming them: "will build four halls there", "power for the campus"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.deals.drafts import Draft
from extractors.deals.localities import is_broad, most_specific
from extractors.deals.places import SITE, find_places
from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence
from extractors.records import Place

SITED = frozenset({"lease", "build", "joint_venture", "power"})  # deals that are always somewhere
NEIGHBOURS = 8  # deals before and after one that may share its site
REACH = 4  # paragraphs back in which the site that is meant was told; the headline is never out of reach
MEANS_A_SITE = re.compile(
    r"\bthere\b(?! (?:is|are|was|were|will|would|has|have|had|may|might|can|could|should|remains?)\b)"
    r"|\b(?:the|this|that|these|those|both|said|same|its|their|whose) (?:[a-z0-9-]+ ){0,2}?"
    rf"(?!facility)(?:{SITE}|space|shell|stage|units?|property)\b(?! (?:of|in|at|near)\b)",
    re.I,
)


class Sites:
    """The places that the sentences of one document tell, in order, for the deals that only point at one."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._heard: list[Sentence] = []
        self._told: dict[int, tuple[Place, ...]] = {}

    def hear(self, sentence: Sentence) -> None:
        """Remember a sentence; its places are looked for only where a deal points at them."""
        if not sentence.is_boilerplate:
            self._heard.append(sentence)

    def places(self, sentence: Sentence) -> tuple[Place, ...]:
        """The places that a sentence names as where something is."""
        if sentence.start_char not in self._told:
            _, inside = self.scene.between(sentence.start_char, sentence.end_char)
            found = find_places(self.scene.text, sentence.start_char, sentence.end_char, inside)
            self._told[sentence.start_char] = found
        return self._told[sentence.start_char]

    def meant(self, sentence: Sentence) -> Sequence[Place]:
        """The place that a sentence points at: the one told last before it, () where it points at none."""
        if not MEANS_A_SITE.search(self.scene.text, sentence.start_char, sentence.end_char):
            return ()
        if sentence.is_item:
            return self._told_before(sentence, 0)
        return self._told_before(sentence, REACH) or self._titled()[-1:]

    def settle(self, drafts: Sequence[Draft], title: str) -> None:
        """Give a deal that is always somewhere, and is told nowhere, a place that is told close by.

        That is the place of another deal of one of its parties, else the last of its paragraph, else the headline's.
        """
        titled = {actor.key for _, actor in self.scene.named(0, len(title))}
        for number, draft in enumerate(drafts):
            if draft.type not in SITED or draft.places or draft.focus != "primary":
                continue
            is_item = draft.sentence.is_item
            draft.places += () if is_item else _beside(drafts, number)
            draft.places += () if draft.places else self._told_before(draft.sentence, 0)
            if not (draft.places or is_item) and titled & draft.parties.keys() and len(self._titled()) == 1:
                draft.places += self._titled()

    def _told_before(self, sentence: Sentence, reach: int) -> Sequence[Place]:
        """The last place smaller than a country that a body tells before a sentence, at most ``reach`` paragraphs."""
        for before in reversed(self._heard):
            if before.start_char >= sentence.start_char:
                continue
            if before.kind == "title" or sentence.paragraph - before.paragraph > reach:
                break
            if told := self._specific(before):
                return told[-1:]
        return ()

    def _titled(self) -> Sequence[Place]:
        return [place for s in self._heard if s.kind == "title" for place in self._specific(s)]

    def _specific(self, sentence: Sentence) -> Sequence[Place]:
        return [place for place in most_specific(self.places(sentence)) if not is_broad(place.name)]


def _beside(drafts: Sequence[Draft], number: int) -> Sequence[Place]:
    """The places of another deal of one of a deal's parties, told in the paragraph before, its own or the next."""
    draft = drafts[number]
    beside = [
        d
        for d in drafts[max(0, number - NEIGHBOURS) : number + NEIGHBOURS]
        if d.places
        and d.focus == "primary"
        and d.type in SITED | {"debt", "acquisition"}
        and d.parties.keys() & draft.parties.keys()
        and abs(d.sentence.paragraph - draft.sentence.paragraph) <= 1
    ]
    return min(beside, key=lambda d: abs(d.sentence.start_char - draft.sentence.start_char)).places if beside else ()
