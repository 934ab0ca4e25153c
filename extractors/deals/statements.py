"""What a document says beside its deals: capacity that stands or is planned, guidance on spending."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.deals.capacity import find_capacity
from extractors.deals.capex import find_capex
from extractors.deals.cast import Actor
from extractors.deals.drafts import Draft, fill, is_told, measure
from extractors.deals.guidance_change import compared_later, revised_later
from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence
from extractors.records import CapacityMention, CapexMention, Document, Mention, Money, Period, Power, Quantity

LEGAL_TEXT = re.compile(r"forward-looking|reliance|securities act", re.I)
THE_SITE = re.compile(
    r"(?:the|an?) (?:(?:first|second|third|new|older|last) )?"
    r"(?:campus|site|complex|project|facility|data ?cent(?:er|re)|cluster|building|hall|phase|stage)\b",
    re.I,
)
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
        self._meant: dict[int, Sequence[tuple[int, Actor]]] = {}  # by start_char of the sentence: its nameless subjects
        self._titled = [a for _, a in scene.named(0, len(document.title))]  # companies of the headline

    def hear(self, sentence: Sentence, spoken: Actor | None, meant: Sequence[tuple[int, Actor]] = ()) -> None:
        """Remember a sentence, whom it may mean by "the company" and (start_char, actor) whom its subjects mean."""
        self._meant[sentence.start_char] = meant
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
        if sentence.kind == "body":  # what the headline told in short
            told = {(f.company, f.period) for f in found}
            title_end = len(self.document.title)
            self.capex = [c for c in self.capex if c.start_char >= title_end or (c.company, c.period) not in told]
        fresh = [f for f in found if not any(c.company == f.company and c.period == f.period for c in self.capex)]
        if not fresh and follows is not None:
            text = self.document.text
            self.capex[-1] = revised_later(compared_later(follows, text, sentence, money), text, sentence, money)
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
            actors = sorted([*actors, *self._meant[sentence.start_char]], key=lambda told: told[0])
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

    def give_sizes(self, drafts: Sequence[Draft]) -> None:
        """Give a site that is built, and whose size no sentence about it tells, the one size planned right after it."""
        built = [d for d in drafts if d.type == "build" and d.focus == "primary" and is_told(d)]
        lacking = [d for d in built if "power" not in d.slots]
        planned = [c for c in self.capacity(drafts) if c.status == "planned"] if len(lacking) == 1 else []
        for draft in lacking:
            near = [
                c
                for c in planned
                if draft.sentence.paragraph <= self._paragraph(c.start_char) <= draft.paragraph + 1
                and c.owner in {b.hit.actor.name for b in draft.parties.values()}
            ]
            if len(near) == 1 and near[0].metric == "power_mw":
                _, inside = self.scene.between(near[0].start_char, near[0].end_char)
                fill(draft, "power", next(part for part in inside if isinstance(part, Power)))

    def _paragraph(self, at: int) -> int:
        """The paragraph of the sentence that holds a place of the text."""
        return next((s.paragraph for s, _ in self._heard if s.start_char <= at < s.end_char), -1)

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
        told = [d for d in drafts if is_told(d) and (not sentence.is_item or d.paragraph == sentence.paragraph)]
        sides = [b for d in told if d.type == "lease" for b in d.parties.values()]
        landlord = next((b.hit.actor for b in sides if b.role == "supplier"), None)
        if sentence.is_item:  # an item speaks of its own site, not of the headline's
            return landlord
        builders = [actor for actor in self._titled if not actor.kinds & POWER_KINDS]
        return landlord or next(iter([*builders, *self._titled]), None)
