"""From events to claims: types, roles, terms and status put together, several sentences of one deal made one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.deals import attach
from extractors.deals.capacity import find_capacity, is_in_service, is_running
from extractors.deals.capex import compared_later, find_capex
from extractors.deals.cast import Actor
from extractors.deals.complete import complete_sides, is_half_told
from extractors.deals.drafting import Drafter
from extractors.deals.drafts import Draft, fill, is_told, make_claim, measure, settle_control
from extractors.deals.event import Event
from extractors.deals.events import find_events
from extractors.deals.places import find_places
from extractors.deals.roles import Bound
from extractors.deals.same_deal import merge, same_deal, without_doubles
from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence
from extractors.deals.siderole import find_side_roles
from extractors.deals.tree import Tree
from extractors.records import (
    CapacityMention,
    CapexMention,
    DealMention,
    Document,
    Mention,
    Money,
    Period,
    Power,
    Quantity,
)

NEAR = 40  # a claim is compared with the first and the last so many: a page of thousands stays linear


LEGAL_TEXT = re.compile(r"forward-looking|reliance|securities act", re.I)


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
SAYS_THE_SITE = re.compile(r"the (?:campus|site|complex|project|facility|data cent(?:er|re)|cluster)\b", re.I)
SAYS_IT = re.compile(r"(?:(?!the |its |our |we )[^,;]{0,30}\b)?(?:it|they)\b", re.I)


class Assembler:
    """Takes the parsed sentences of one document in order and keeps the claims so far."""

    def __init__(self, document: Document, scene: Scene) -> None:
        self.document = document
        self.scene = scene
        self.drafts: list[Draft] = []
        self.published = document.published.isoformat() if document.published else ""
        self.last: Draft | None = None
        self.last_paragraph = -1
        self.capex: list[CapexMention] = []
        self._spoken: list[tuple[Sentence, Actor | None]] = []  # whom each sentence may mean by "the company"
        self.drafter = Drafter(document, scene)
        self._guided_until = -1  # the paragraph that gave guidance last
        self._titled = [a for _, a in self._named_between(0, len(document.title))]  # companies of the headline

    def add(self, sentence: Sentence, tree: Tree | None) -> None:
        """Read one sentence; ``tree`` is None where it was not parsed."""
        scene = self.scene
        if self.drafter.is_roundup and sentence.kind == "body":
            sentence = replace(sentence, is_item=True)
        _, inside = scene.between(sentence.start_char, sentence.end_char)
        quantities = [q for q in inside if not isinstance(q, Mention)]
        spoken = scene.actors.get(scene.recent[0]) if scene.recent else None
        self._spoken.append((sentence, spoken))
        if sentence.is_boilerplate:
            self._note(sentence, None)
            return
        if self._guidance(sentence, spoken, quantities):
            self._note(sentence, tree)
            self.last_paragraph = sentence.paragraph
            return
        self._label(sentence)
        events = find_events(tree, scene) if tree is not None else []
        events = [
            e for e in events if e.frames[0] != "build_it" or (self.last is not None and self.last.type == "build")
        ]
        if sentence.paragraph != self.last_paragraph and sentence.is_item:
            self.last = None
        new: list[tuple[Event, Draft]] = []
        for event in events:
            draft = self.drafter.draft(sentence, tree, event) if tree is not None else None
            if draft is not None:
                new.append((event, draft))
        new = without_doubles([*new, *self.drafter.sites(new)])
        if tree is not None:
            self._side_roles(tree, [d for _, d in new])
            complete_sides(tree, new, scene)
            new = [(e, d) for e, d in new if not is_half_told(d, self.drafts[-NEAR:])]
        if new and tree is not None:
            self._attach(sentence, tree, new, quantities)
        elif self._continues(sentence):
            self._continue(sentence, quantities)
        for _, draft in new:
            self._keep(draft)
        self._note(sentence, tree)
        self.last_paragraph = sentence.paragraph

    def _guidance(self, sentence: Sentence, spoken: Actor | None, quantities: Sequence[Quantity]) -> bool:
        """Note the guidance that a sentence states; whether it states any."""
        money = [q for q in quantities if isinstance(q, Money)]
        follows = self.capex[-1] if self.capex and self._guided_until == sentence.paragraph else None
        if not money:
            return False
        periods = [q for q in quantities if isinstance(q, Period)]
        actors = [(m.start_char, a) for m, a in self._named(sentence)]
        speaker = self._speaker(sentence, spoken)
        found = find_capex(self.document, sentence, speaker, actors, money, periods, follows=follows)
        fresh = [f for f in found if not any(c.company == f.company and c.period == f.period for c in self.capex)]
        if not fresh and follows is not None:
            self.capex[-1] = compared_later(follows, self.document.text, sentence, money)
            return self.capex[-1] is not follows
        self.capex += fresh
        if fresh:
            self._guided_until = sentence.paragraph
        return bool(fresh)

    def _speaker(self, sentence: Sentence, spoken: Actor | None) -> Actor | None:
        """Whom "the company" or "management" means where a sentence names nobody: whom the headline is about."""
        titled = self._titled
        told = self.document.text[sentence.start_char : sentence.end_char]
        if (
            sentence.is_item
            or (spoken is not None and SAYS_IT.match(told))
            or not titled
            or (spoken is not None and any(a.key == spoken.key for a in titled))
        ):
            return spoken
        return titled[0]

    def _named(self, sentence: Sentence) -> list[tuple[Mention, Actor]]:
        return self._named_between(sentence.start_char, sentence.end_char)

    def _named_between(self, start: int, end: int) -> list[tuple[Mention, Actor]]:
        return [
            (p, actor)
            for p in self.scene.between(start, end)[1]
            if isinstance(p, Mention) and (actor := self.scene.by_mention.get(p.start_char)) is not None
        ]

    def capacity(self) -> tuple[CapacityMention, ...]:
        """Capacity beside the deals, each amount once."""
        taken = frozenset(
            key
            for d in self.drafts
            if is_told(d)
            for key in (measure(d.slots.get("power")), measure(d.slots.get("accelerators")))
            if key is not None
        )
        telling = {d.sentence.start_char for d in self.drafts if is_told(d)}
        found: dict[tuple[str, object], CapacityMention] = {}
        for sentence, spoken in self._spoken:
            if sentence.kind == "title" or (
                sentence.is_boilerplate
                and LEGAL_TEXT.search(self.document.text, sentence.start_char, sentence.end_char)
            ):
                continue
            _, inside = self.scene.between(sentence.start_char, sentence.end_char)
            quantities = [q for q in inside if not isinstance(q, Mention)]
            if not quantities:
                continue
            actors = [(m.start_char, a) for m, a in self._named(sentence)]
            found_here = find_capacity(
                self.document,
                sentence,
                self._speaker(sentence, spoken),
                actors,
                inside,
                quantities,
                taken,
                tells_deal=sentence.start_char in telling,
            )
            for item in found_here:
                found.setdefault((item.metric, item.amount), item)
        return tuple(found.values())

    def _label(self, sentence: Sentence) -> None:
        """A list item's label names whom the item is about."""
        if not sentence.label:
            return
        end = sentence.label_start_char + len(sentence.label)
        for mention, actor in self._named_between(sentence.label_start_char, end):
            if mention.start_char - sentence.label_start_char < 3:
                self.scene.note([actor.key])

    def _side_roles(self, tree: Tree, new: list[Draft]) -> None:
        """Guarantors, lead lenders, "the seller, X": roles told beside the deal itself."""
        for told in find_side_roles(tree, self.scene):
            fitting = [
                d
                for d in [*new, *reversed(self.drafts)]
                if d.type in told.types and told.hit.actor.key not in d.parties
            ]
            if told.beside:
                fitting = [d for d in fitting if told.beside & d.parties.keys()] or fitting
            if fitting and (
                fitting[0] in new
                or fitting[0] is self.last
                or told.role != "guarantor"
                or fitting[0].focus == "primary"
            ):
                fitting[0].parties[told.hit.actor.key] = Bound(told.hit, told.role, 0.8)
                fitting[0].rules.append(told.rule)

    # quantities

    def _attach(
        self, sentence: Sentence, tree: Tree, new: list[tuple[Event, Draft]], quantities: Sequence[Quantity]
    ) -> None:
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

    def _is_built_already(self, sentence: Sentence, quantity: Quantity, draft: Draft) -> bool:
        """Whether the sentence tells power in service beside what is to be built: "has 120 MW and will build …"."""
        to_come = draft.type == "build" and draft.status in ("announced", "rumored")
        return to_come and sentence.kind == "body" and is_in_service(self.document.text, sentence, quantity)

    def _fits(self, slot: str, quantity: Quantity, draft: Draft) -> bool:
        if isinstance(quantity, Period):
            return attach.is_later(quantity, self.published) or draft.focus == "background"
        return slot not in draft.slots or isinstance(quantity, Money | Power)

    def _continues(self, sentence: Sentence) -> bool:
        return self.last is not None and not sentence.is_boilerplate and sentence.kind == "body"

    def _continue(self, sentence: Sentence, quantities: Sequence[Quantity]) -> None:
        """Terms told in a following sentence: "It runs for 12 years and is worth $3 billion"."""
        draft = self.last
        text = self.document.text
        if draft is None or sentence.paragraph - draft.paragraph > 2:
            return
        told = text[sentence.start_char : sentence.end_char]
        if not CONTINUES.search(told):
            return
        others = [a for a in self._actors_in(sentence) if a.key not in draft.parties]
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

    # bookkeeping

    def _actors_in(self, sentence: Sentence) -> list[Actor]:
        return [actor for _, actor in self._named(sentence)]

    def _keep(self, draft: Draft) -> None:
        for known in [*self.drafts[:NEAR], *self.drafts[max(NEAR, len(self.drafts) - NEAR) :]]:
            if same_deal(known, draft):
                merge(known, draft)
                self.last = known
                break
        else:
            self.drafts.append(draft)
            self.last = draft
        if len(self.last.parties) > 1:
            self.scene.pair = tuple(self.last.parties)

    def _note(self, sentence: Sentence, tree: Tree | None) -> None:
        actors = self._actors_in(sentence)
        if tree is not None:
            subjects = [
                a.key
                for i, w in enumerate(tree.words)
                if w.dep in ("nsubj", "nsubjpass") and (a := self.scene.actor_at(w.ref)) is not None
            ]
            self.scene.note(subjects, [a.key for a in actors])
        elif actors:
            opening = self._named(sentence)[0][0].start_char - sentence.start_char < 12
            self.scene.note([actors[0].key] if opening else [], [a.key for a in actors])

    def claims(self, reader_version: str) -> tuple[DealMention, ...]:
        """The finished claims, primary ones as told."""
        for draft in self.drafts:
            settle_control(draft)
        drafts = [d for d in self.drafts if is_told(d)]
        return tuple(make_claim(self.document, d, n, reader_version) for n, d in enumerate(drafts))


def _word_of(tree: Tree, quantity: Quantity) -> int | None:
    inside = [w.i for w in tree.words if w.start_char < quantity.end_char and quantity.start_char < w.end_char]
    if not inside:
        return None
    return min(inside, key=lambda i: len(list(tree.ancestors(i))))
