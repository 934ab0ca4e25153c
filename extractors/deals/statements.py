"""What a document says beside its deals: capacity that stands or is planned, guidance on spending."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.deals.capacity import find_capacity
from extractors.deals.capex import compared_later, find_capex
from extractors.deals.cast import Actor
from extractors.deals.drafts import Draft, is_told, measure
from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence
from extractors.records import CapacityMention, CapexMention, Document, Mention, Money, Period, Quantity

LEGAL_TEXT = re.compile(r"forward-looking|reliance|securities act", re.I)
THE_SITE = re.compile(r"the (?:campus|site|complex|project|facility|data ?cent(?:er|re)|cluster)\b", re.I)
POWER_KINDS = frozenset("utility power_producer nuclear energy_equipment fuel_cell".split())
SAYS_IT = re.compile(r"(?:(?!the |its |our |we )[^,;]{0,30}\b)?(?:it|they)\b", re.I)


class Statements:
    """Collects the capacity and the guidance that the sentences of one document state."""

    def __init__(self, document: Document, scene: Scene) -> None:
        self.document = document
        self.scene = scene
        self.capex: list[CapexMention] = []
        self._guided_until = -1  # the paragraph that gave guidance last
        self._heard: list[tuple[Sentence, Actor | None]] = []  # whom each sentence may mean by "the company"
        self._titled = [a for _, a in scene.named(0, len(document.title))]  # companies of the headline

    def hear(self, sentence: Sentence, spoken: Actor | None) -> None:
        """Remember a sentence and whom it may mean by "the company"."""
        self._heard.append((sentence, self._speaker(sentence, spoken)))

    def guidance(self, sentence: Sentence, quantities: Sequence[Quantity]) -> bool:
        """Note the guidance that the sentence heard last states; whether it states any."""
        money = [q for q in quantities if isinstance(q, Money)]
        follows = self.capex[-1] if self.capex and self._guided_until == sentence.paragraph else None
        if not money:
            return False
        periods = [q for q in quantities if isinstance(q, Period)]
        actors = [(m.start_char, a) for m, a in self.scene.named(sentence.start_char, sentence.end_char)]
        _, speaker = self._heard[-1]
        found = find_capex(self.document, sentence, speaker, actors, money, periods, follows=follows)
        fresh = [f for f in found if not any(c.company == f.company and c.period == f.period for c in self.capex)]
        if not fresh and follows is not None:
            self.capex[-1] = compared_later(follows, self.document.text, sentence, money)
            return self.capex[-1] is not follows
        self.capex += fresh
        if fresh:
            self._guided_until = sentence.paragraph
        return bool(fresh)

    def capacity(self, drafts: Sequence[Draft]) -> tuple[CapacityMention, ...]:
        """Capacity beside the deals, each amount once."""
        taken = frozenset(
            key
            for d in drafts
            if is_told(d)
            for key in (measure(d.slots.get("power")), measure(d.slots.get("accelerators")))
            if key is not None
        )
        telling = {d.sentence.start_char for d in drafts if is_told(d)}
        found: dict[tuple[str, object], CapacityMention] = {}
        for sentence, speaker in self._heard:
            if sentence.kind == "title" or (
                sentence.is_boilerplate
                and LEGAL_TEXT.search(self.document.text, sentence.start_char, sentence.end_char)
            ):
                continue
            _, inside = self.scene.between(sentence.start_char, sentence.end_char)
            quantities = [q for q in inside if not isinstance(q, Mention)]
            if not quantities:
                continue
            actors = [(m.start_char, a) for m, a in self.scene.named(sentence.start_char, sentence.end_char)]
            found_here = find_capacity(
                self.document,
                sentence,
                self._owner_of_site(sentence, drafts) or speaker,
                actors,
                inside,
                quantities,
                taken,
                tells_deal=sentence.start_char in telling,
            )
            for item in found_here:
                found.setdefault((item.metric, item.amount), item)
        return tuple(found.values())

    def _speaker(self, sentence: Sentence, spoken: Actor | None) -> Actor | None:
        """Whom "the company" or "management" means where a sentence names nobody: whom the headline is about.

        "It" is whom the sentence before spoke of.
        """
        titled = self._titled
        if spoken is not None and SAYS_IT.match(self.document.text, sentence.start_char, sentence.end_char):
            before, speaker = self._heard[-1] if self._heard else (sentence, spoken)
            is_named = bool(self.scene.named(before.start_char, before.end_char))
            return spoken if is_named or before.paragraph != sentence.paragraph else speaker
        if sentence.is_item or not titled or (spoken is not None and any(a.key == spoken.key for a in titled)):
            return spoken
        return titled[0]

    def _owner_of_site(self, sentence: Sentence, drafts: Sequence[Draft]) -> Actor | None:
        """Whose "the campus" is: the landlord's, else whom the headline names first, its power supplier last."""
        if not THE_SITE.match(self.document.text, sentence.start_char, sentence.end_char):
            return None
        sides = [b for d in drafts if d.type == "lease" and is_told(d) for b in d.parties.values()]
        landlord = next((b.hit.actor for b in sides if b.role == "supplier"), None)
        builders = [actor for actor in self._titled if not actor.kinds & POWER_KINDS]
        return landlord or next(iter([*builders, *self._titled]), None)
