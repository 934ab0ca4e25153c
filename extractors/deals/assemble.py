"""From events to claims: types, roles, terms and status put together, several sentences of one deal made one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractors.deals import attach, context
from extractors.deals.capacity import find_capacity, is_running
from extractors.deals.capex import find_capex
from extractors.deals.cast import Actor
from extractors.deals.events import Event, find_events
from extractors.deals.frames import load_things
from extractors.deals.phrases import Hit, Scene, thing_at
from extractors.deals.places import find_places, most_specific
from extractors.deals.roles import PAIRS, Bound, assign_roles, decide_type
from extractors.deals.sentences import Sentence
from extractors.deals.siderole import find_side_roles
from extractors.deals.tree import Tree
from extractors.records import (
    Accelerators,
    CapacityMention,
    CapexMention,
    DealMention,
    Document,
    Mention,
    Money,
    Party,
    Period,
    Place,
    Power,
    Quantity,
    Share,
)

SUPPLY = frozenset({"compute", "chips", "lease", "power"})
STATUS_RANK = {"cancelled": 4, "amended": 3, "closed": 2, "announced": 1, "rumored": 0}
NEAR = 40  # a claim is compared with the first and the last so many: a page of thousands stays linear
ALONE = frozenset({"build", "debt", "equity", "acquisition"})  # one named party is enough to tell such a deal


@dataclass(slots=True)
class Draft:
    """A claim while it is being put together."""

    type: str
    type_confidence: float
    parties: dict[str, Bound]
    sentence: Sentence
    trigger: tuple[int, int]
    status: str
    focus: str
    rules: list[str]
    slots: dict[str, Quantity] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    target: tuple[int, int] | None = None
    is_negated: bool = False
    strength: float = 0.0
    paragraph: int = 0  # where it was told last
    is_habit: bool = False  # "makers such as Dell, which buy its processors": a practice rather than a deal


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
        self.topic = {t: 0.25 * w for t, w in _topic(document.title).items()}
        self.is_roundup = bool(ROUNDUP.search(document.title))

    def add(self, sentence: Sentence, tree: Tree | None) -> None:
        """Read one sentence; ``tree`` is None where it was not parsed."""
        text, scene = self.document.text, self.scene
        if self.is_roundup and sentence.kind == "body":
            sentence = replace(sentence, is_item=True)
        _, inside = scene.between(sentence.start_char, sentence.end_char)
        quantities = [q for q in inside if not isinstance(q, Mention)]
        spoken = scene.actors.get(scene.recent[0]) if scene.recent else None
        self._spoken.append((sentence, spoken))
        if sentence.is_boilerplate:
            self._note(sentence, None)
            return
        guidance = self._guidance(sentence, spoken, quantities)
        if guidance is not None:
            self.capex.append(guidance)
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
            draft = self._draft(sentence, tree, event) if tree is not None else None
            if draft is not None:
                new.append((event, draft))
        new = _without_doubles([*new, *self._sites(new)])
        if tree is not None:
            self._side_roles(tree, [d for _, d in new])
        if new and tree is not None:
            self._attach(sentence, tree, new, quantities)
        elif self._continues(sentence):
            self._continue(sentence, quantities)
        for _, draft in new:
            self._keep(draft)
        self._note(sentence, tree)
        self.last_paragraph = sentence.paragraph

    def _guidance(
        self, sentence: Sentence, spoken: Actor | None, quantities: Sequence[Quantity]
    ) -> CapexMention | None:
        money = [q for q in quantities if isinstance(q, Money)]
        if not money:
            return None
        periods = [q for q in quantities if isinstance(q, Period)]
        actors = [(m.start_char, a) for m, a in self._named(sentence)]
        found = find_capex(self.document, sentence, spoken, actors, money, periods)
        if found is not None and any(c.company == found.company and c.period == found.period for c in self.capex):
            return None
        return found

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
            if _is_told(d)
            for key in (_measure(d.slots.get("power")), _measure(d.slots.get("accelerators")))
            if key is not None
        )
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
            for item in find_capacity(self.document, sentence, spoken, actors, inside, quantities, taken):
                found.setdefault((item.metric, item.amount), item)
        return tuple(found.values())

    def _sites(self, new: list[tuple[Event, Draft]]) -> list[tuple[Event, Draft]]:
        """Land bought for a campus tells that the campus is to be built, too."""
        text, out = self.document.text, []
        for event, draft in new:
            if draft.type != "acquisition" or "land" not in draft.rules or draft.status in ("cancelled", "rumored"):
                continue
            if not FOR_A_SITE.search(text, draft.trigger[1], draft.sentence.end_char):
                continue
            buyers = {k: Bound(b.hit, "developer", 0.7) for k, b in draft.parties.items() if b.role == "acquirer"}
            if buyers:
                build = replace(
                    draft,
                    type="build",
                    parties=buyers,
                    status="announced",
                    rules=["land_for_site"],
                    slots={},
                    places=[],
                    target=None,
                )
                out.append((event, build))
        return out

    # one event -> draft

    def _draft(self, sentence: Sentence, tree: Tree, event: Event) -> Draft | None:
        text = self.document.text
        word = tree.words[event.trigger]
        if text[sentence.end_char - 1 : sentence.end_char] == "?" or context.is_hypothetical(
            text, sentence.start_char, word.end_char
        ):
            return None
        deal_type, confidence = decide_type(event, self._context_votes(tree, event))
        if not deal_type:
            return None
        if event.type == "" and event.pos == "noun" and not event.bindings:
            return None
        parties = {b.hit.actor.key: b for b in assign_roles(event, deal_type)}
        if deal_type == "equity" and {"n_round", "join_round", "n_investment"} & set(event.frames):
            self._name_investee(tree, event, parties)
        parties = _plausible(deal_type, parties)
        denied = event.is_negated and bool({"n_talks", "n_bid"} & set(event.frames))
        if not parties or (event.is_negated and not denied):
            return None
        status, rule = context.status_of(
            text,
            sentence.label_start_char if sentence.label else sentence.start_char,
            sentence.end_char,
            word.start_char,
            word.end_char,
        )
        if denied:
            status, rule = "cancelled", "denied_talks"
        if (
            status == "announced"
            and deal_type == "acquisition"
            and word.lower in BOUGHT
            and word.tag == "VBD"
            and sentence.kind == "body"
        ):
            status, rule = "closed", "simple_past"
        if event.status and status == "announced":
            status, rule = event.status, event.frames[0]
        return Draft(
            type=deal_type,
            type_confidence=confidence,
            parties=parties,
            sentence=sentence,
            trigger=(word.start_char, word.end_char),
            status=status,
            focus="background"
            if _is_aside(tree, event)
            else self._focus(sentence, word.start_char, word.end_char, parties),
            rules=[*event.frames, *(["land"] if event.kinds & {"land"} else []), *([rule] if rule else [])],
            target=event.target,
            strength=confidence,
            paragraph=sentence.paragraph,
            is_habit=event.pos == "verb"
            and sentence.kind == "body"
            and (word.tag in ("VBP", "VBZ") or word.lower in ("using", "use", "used", "deploy", "access"))
            and len(event.words) == 1,
        )

    def _name_investee(self, tree: Tree, event: Event, parties: dict[str, Bound]) -> None:
        """ "Mistral valued at $14 billion after a round led by ASML": the company named before is the one invested in."""
        if not parties or any(b.role == "investee" for b in parties.values()):
            return
        for word in tree.words[: event.trigger]:
            actor = self.scene.actor_at(word.ref)
            if actor is not None and actor.key not in parties and word.dep in ("nsubj", "nsubjpass", "ROOT", "poss"):
                part = self.scene.parts[word.ref]
                parties[actor.key] = Bound(Hit(actor, part.start_char, part.end_char, "head"), "investee", 0.6)
                return

    def _context_votes(self, tree: Tree, event: Event) -> dict[str, float]:
        """Votes of things elsewhere in the sentence, weak."""
        if event.type and event.type != "partnership":
            return {}
        votes = dict(self.topic)
        for i, word in enumerate(tree.words):
            if i in event.words:
                continue
            thing = thing_at(tree, i)
            if thing is not None and thing.kind not in ("deal",):
                for deal_type, weight in thing.votes.items():
                    votes[deal_type] = max(votes.get(deal_type, 0), 0.3 * weight)
            elif word.ref >= 0 and isinstance(self.scene.parts[word.ref], Accelerators):
                votes["chips"] = max(votes.get("chips", 0), 0.3)
                votes["compute"] = max(votes.get("compute", 0), 0.4)
        return votes

    def _focus(self, sentence: Sentence, start: int, end: int, parties: dict[str, Bound]) -> str:
        if sentence.kind == "title" or sentence.is_item or self.is_roundup:
            return "primary"
        if context.is_background(self.document.text, sentence.start_char, sentence.end_char, start, end):
            return "background"
        primaries = [set(d.parties) for d in self.drafts if d.focus == "primary"]
        if sentence.paragraph > 2 and primaries and not any(set(parties) & p for p in primaries):
            return "background"
        return "primary"

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
                if slot and self._fits(slot, quantity, draft):
                    steps = min(tree.distance(at, w) for w in event.words) if at is not None else 0
                    linear = abs(quantity.start_char - draft.trigger[0]) / 40
                    ranked.append((steps + linear, number, slot))
            if ranked:
                _, number, slot = min(ranked)
                _fill(new[number][1], slot, quantity)
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
                if nearest.type != "debt":
                    nearest.places.append(place)

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
                _fill(draft, slot, quantity)
                draft.paragraph = sentence.paragraph
        if draft.type not in ("equity", "acquisition", "partnership", "debt") and not draft.places:
            _, inside = self.scene.between(sentence.start_char, sentence.end_char)
            draft.places += find_places(text, sentence.start_char, sentence.end_char, inside)

    # bookkeeping

    def _actors_in(self, sentence: Sentence) -> list[Actor]:
        return [actor for _, actor in self._named(sentence)]

    def _keep(self, draft: Draft) -> None:
        for known in [*self.drafts[:NEAR], *self.drafts[max(NEAR, len(self.drafts) - NEAR) :]]:
            if _same_deal(known, draft):
                _merge(known, draft)
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
            _settle_control(draft)
        drafts = [d for d in self.drafts if _is_told(d)]
        return tuple(_claim(self.document, d, n, reader_version) for n, d in enumerate(drafts))


FOR_A_SITE = re.compile(
    r"\bfor (?:\S+ ){0,7}?(?:data cent(?:er|re)|datacent(?:er|re)|campus|technology park|hub|supercomputer|facility)",
    re.I,
)
BOUGHT = frozenset("bought acquired purchased absorbed".split())
ROUNDUP = re.compile(
    r"\b(?:digest|diary|round-?up|factbox|in brief|(?:the|this) (?:week|month)\b|monthly|"
    r"weekly|who bought what|deals? (?:of|so far)|recap|at a glance|news in|briefs?)\b",
    re.I,
)
LEGAL_TEXT = re.compile(r"forward-looking|reliance|securities act", re.I)
CONTINUES = re.compile(
    r"\b(?:it|the (?:\S+ ){0,3}(?:deal|agreement|contract|lease|loan|pact|order|transaction|"
    r"investment|financing|facility|round|project|campus|site|complex|venture|"
    r"first|price|terms?|value|company|companies|two|capacity|acquisition|purchase|work|"
    r"program|systems|racks|money|debt|notes|bonds|plant|supply)|"
    r"deliver(?:y|ies)|suppl(?:y|ies)|construction|terms|worth|valued|price|building work|"
    r"work|operations|completion|they|under|power|this|that|each)\b",
    re.I,
)


def _is_aside(tree: Tree, event: Event) -> bool:
    """ "Anthropic, which has raised billions, wants …": a perfect in a clause about the subject recalls."""
    for at in (event.trigger, *tree.ancestors(event.trigger)):
        word = tree.words[at]
        if word.dep == "relcl" and tree.is_verb(at):
            perfect = any(tree.text(c) in ("has", "have", "had") for c in tree.children(at, "aux"))
            return perfect and tree.words[word.head].dep in ("nsubj", "nsubjpass")
    return False


def _topic(title: str) -> dict[str, float]:
    """What the headline is about: the strongest vote of its words for each deal type."""
    things = load_things()
    words = re.findall(r"[a-z]+", title.lower())
    votes: dict[str, float] = {}
    for length in (1, 2, 3):
        for n in range(len(words) - length + 1):
            thing = things.get(" ".join(words[n : n + length]))
            for deal_type, weight in thing.votes.items() if thing else ():
                votes[deal_type] = max(votes.get(deal_type, 0), weight)
    return votes


def _measure(quantity: object) -> tuple[str, Decimal] | None:
    if isinstance(quantity, Power):
        return "power_mw", quantity.mw
    if isinstance(quantity, Accelerators) and quantity.count:
        return "accelerators", Decimal(quantity.count)
    return None


def _word_of(tree: Tree, quantity: Quantity) -> int | None:
    inside = [w.i for w in tree.words if w.start_char < quantity.end_char and quantity.start_char < w.end_char]
    if not inside:
        return None
    return min(inside, key=lambda i: len(list(tree.ancestors(i))))


def _fill(draft: Draft, slot: str, quantity: Quantity) -> None:
    known = draft.slots.get(slot)
    if known is None:
        draft.slots[slot] = quantity
    elif (
        isinstance(known, Money | Power)
        and isinstance(quantity, Money | Power)
        and known.bound == "exact" != quantity.bound
        and _size(known) == _size(quantity)
    ):
        draft.slots[slot] = quantity  # "a $500 million loan", then "up to $500 million": the careful telling counts
    elif (
        slot == "value"
        and isinstance(known, Money)
        and isinstance(quantity, Money)
        and known.currency == "USD" != quantity.currency
    ):
        draft.slots[slot] = quantity  # the original currency, where a dollar equivalent is also given
    elif slot == "accelerators" and isinstance(known, Accelerators) and isinstance(quantity, Accelerators):
        draft.slots[slot] = _joined_chips(known, quantity)


def _size(quantity: object) -> object:
    return quantity.amount if isinstance(quantity, Money) else quantity.mw if isinstance(quantity, Power) else None


def _joined_chips(known: Accelerators, told: Accelerators) -> Accelerators:
    """A count told in one place and a model in another are one amount."""
    if known.count is None and told.count is not None and told.model is None:
        known, told = told, known
    if known.model is None and told.model is not None and told.count is None:
        return Accelerators(
            count=known.count,
            bound=known.bound,
            model=told.model,
            start_char=known.start_char,
            end_char=known.end_char,
            surface=known.surface,
            is_increment=known.is_increment,
        )
    return known if known.count is not None else told


NO_POWER = frozenset("chipmaker server_maker network_equipment lab software internet storage".split())


def _plausible(deal_type: str, parties: dict[str, Bound]) -> dict[str, Bound]:
    """The parties, or none where they contradict the type: a chip "powers" a computer, but sells no electricity."""
    if deal_type == "power" and any(b.role == "supplier" and b.hit.actor.kinds & NO_POWER for b in parties.values()):
        return {}
    return parties


def _without_doubles(new: list[tuple[Event, Draft]]) -> list[tuple[Event, Draft]]:
    """Of drafts of one sentence that tell the same deal, the fuller one, with the other's parties added."""
    kept: list[tuple[Event, Draft]] = []
    for event, draft in new:
        for other_event, other in kept:
            if _same_deal(other, draft):
                _merge(other, draft)
                other_event.words |= event.words
                break
        else:
            kept.append((event, draft))
    return kept


def _same_deal(known: Draft, told: Draft) -> bool:
    """Same type, a common party, and no role filled by different companies."""
    if known.type != told.type:
        return _is_general(known, told)
    common = set(known.parties) & set(told.parties)
    if not common:
        return _completes(known, told)
    if known.sentence.is_item and told.sentence.is_item and known.sentence.paragraph != told.sentence.paragraph:
        return False
    if any(known.parties[k].role != told.parties[k].role for k in common):
        weak = [d for d in (known, told) if len(d.parties) == 1 and next(iter(d.parties.values())).confidence < 0.8]
        return bool(weak) or (len(common) > 1 and PAIRS[known.type][0] != PAIRS[known.type][1])
    if (
        known.type == "acquisition"
        and known.sentence.kind == "title"
        and told.sentence.paragraph <= 1
        and told.focus == "primary"
    ):
        return any(known.parties[k].role == told.parties[k].role for k in common)
    for role in {b.role for b in told.parties.values()}:
        one = {k for k, b in known.parties.items() if b.role == role}
        other = {k for k, b in told.parties.items() if b.role == role}
        if one and other and not one & other:
            return False
    if known.focus != told.focus and known.status != "rumored" and not set(told.parties) <= set(known.parties):
        return False
    if known.focus != told.focus and "value" in known.slots and "value" in told.slots:
        return _amount(known) == _amount(told)
    if (
        len(common) == 1
        and known.type in ("build", "debt", "equity", "acquisition")
        and "value" in known.slots
        and "value" in told.slots
    ):
        return _amount(known) == _amount(told)
    return True


def _is_general(known: Draft, told: Draft) -> bool:
    """One speaks of a "partnership" or of megawatts alone, the other says what it is about."""
    if told.is_habit:
        return False
    if "take_mw" in known.rules and len(known.parties) == 1 and told.type in SUPPLY and known.focus == told.focus:
        key, bound = next(iter(known.parties.items()))
        return key in told.parties and told.parties[key].role == bound.role
    if set(known.parties) != set(told.parties) or len(known.parties) < 2 or known.focus != told.focus:
        return False
    types = {known.type, told.type}
    return "partnership" in types and bool(types & {"compute", "chips", "lease", "power", "joint_venture"})


def _completes(known: Draft, told: Draft) -> bool:
    """Two neighbouring sentences that each tell one side of a deal: "X plans to reopen its plant. Google will buy the power"."""
    if known.type == "equity":
        sides = [{b.role for b in d.parties.values()} for d in (known, told)]
        led = {"join_round", "n_round", "n_investment"} & set(told.rules)
        return (
            sides == [{"investee"}, {"investor"}]
            and bool(led)
            and told.sentence.paragraph - known.sentence.paragraph <= 1
        )
    if known.type not in SUPPLY or abs(told.sentence.paragraph - known.sentence.paragraph) > (
        0 if told.sentence.is_item else 1
    ):
        return False
    if told.sentence.start_char - known.sentence.end_char > 3 or known.focus != told.focus:
        return False
    sides = [{b.role for b in d.parties.values()} for d in (known, told)]
    return sides in ([{"supplier"}, {"customer"}], [{"customer"}, {"supplier"}])


def _amount(draft: Draft) -> object:
    money = draft.slots.get("value")
    return money.amount if isinstance(money, Money) else None


def _merge(known: Draft, told: Draft) -> None:
    if known.type != told.type:  # see _is_general: what is said in particular counts
        if told.type != "partnership":
            known.type, known.parties = told.type, dict(told.parties)
        told.parties = {}
    if known.type == "acquisition" and known.sentence.kind == "title":
        _reconcile(known, told)
    for key, bound in told.parties.items():
        if key not in known.parties or bound.confidence > known.parties[key].confidence:
            known.parties[key] = bound
    for slot, quantity in told.slots.items():
        _fill(known, slot, quantity)
    known.places += told.places
    known.target = known.target or told.target
    if told.focus == known.focus:
        known.status = _status(known, told)
    if told.focus == "primary":
        known.focus = "primary"
    known.rules += [r for r in told.rules if r not in known.rules]
    known.paragraph = max(known.paragraph, told.paragraph)
    known.strength = max(known.strength, told.strength)
    known.is_habit = known.is_habit and told.is_habit


CONTROL = {"acquirer": "investor", "target": "investee", "investor": "acquirer", "investee": "target"}


def _settle_control(draft: Draft) -> None:
    """Half a company or more is an acquisition, less is a stake."""
    stake = draft.slots.get("stake")
    sold = {"sell_stake", "n_stake_sale"} & set(draft.rules)
    if sold and draft.type == "acquisition" and stake is None:
        alone = len(draft.parties) == 1  # "weighs a sale of shares": its own
        roles = {**CONTROL, "seller": "investee"} if alone else CONTROL
        draft.type = "equity"
        draft.parties = {k: Bound(b.hit, roles.get(b.role, b.role), b.confidence) for k, b in draft.parties.items()}
        return
    if not isinstance(stake, Share) or draft.type not in ("equity", "acquisition"):
        return
    wanted = "acquisition" if stake.pct >= 50 else "equity"
    if wanted != draft.type and {
        "sell_stake",
        "buy_stake",
        "n_stake_sale",
        "n_stake_purchase",
        "pay_stake",
        "n_stake",
    } & set(draft.rules):
        draft.type = wanted
        draft.parties = {k: Bound(b.hit, CONTROL.get(b.role, b.role), b.confidence) for k, b in draft.parties.items()}


def _reconcile(known: Draft, told: Draft) -> None:
    """Who buys is told best in the body; who sells is not the business that is sold."""
    if any(b.role == "acquirer" for b in told.parties.values()):
        known.parties = {k: b for k, b in known.parties.items() if b.role != "acquirer" or k in told.parties}
    if any(b.role == "seller" for b in known.parties.values()):
        told.parties = {
            k: b for k, b in told.parties.items() if b.role != "seller" or k in known.parties or b.confidence >= 0.9
        }


def _status(known: Draft, told: Draft) -> str:
    """What the document says in all: plain telling never makes a rumor firm, a title's "to buy" may turn out to be talks."""
    if told.status in ("cancelled", "amended") and STATUS_RANK[told.status] > STATUS_RANK[known.status]:
        return told.status
    if (
        known.sentence.kind == "title"
        and known.status == "announced"
        and told.status == "rumored"
        and told.sentence.paragraph <= 1
    ):
        return "rumored"
    return known.status


def _is_told(draft: Draft) -> bool:
    if draft.is_habit and not draft.slots:
        return False
    if draft.type == "build" and draft.sentence.kind != "title":
        return bool(draft.slots or draft.places)
    if draft.type == "acquisition" and not (
        draft.target
        or any(b.role == "target" for b in draft.parties.values())
        or {"buy_land", "land", "pay_for_site", "sell_business"} & set(draft.rules)
        or "value" in draft.slots
    ):
        return False
    if draft.type in ALONE:
        return True
    if len({b.role for b in draft.parties.values()}) > 1 or (len(draft.parties) > 1 and draft.type not in SUPPLY):
        return True
    if draft.sentence.kind == "title" and {"n_lease", "n_ppa"} & set(draft.rules):
        return True
    chips = draft.slots.get("accelerators")
    counted = isinstance(chips, Accelerators) and chips.count is not None
    return draft.type in SUPPLY and (counted or bool({"value", "power"} & draft.slots.keys()))


def _claim(document: Document, draft: Draft, number: int, reader_version: str) -> DealMention:
    text = document.text
    digest = hashlib.sha256(f"{document.document_id}\n{reader_version}\n{number}".encode()).hexdigest()
    parties = [
        Party(
            role=b.role,
            name=b.hit.actor.name,
            mention=_mention(b, text),
            company_id=b.hit.actor.company_id,
            start_char=b.hit.start_char,
            end_char=b.hit.end_char,
            confidence=b.confidence,
        )
        for b in draft.parties.values()
    ]
    if draft.target is not None and not any(p.role == "target" for p in parties):
        a, b = draft.target
        parties.append(
            Party(role="target", name=text[a:b], mention=text[a:b], start_char=a, end_char=b, confidence=0.7)
        )
    slots = draft.slots
    return DealMention(
        deal_mention_id=digest[:32],
        type=draft.type,
        status=draft.status,
        focus=draft.focus,
        parties=tuple(sorted(parties, key=lambda p: (p.start_char, p.role))),
        value=slots.get("value"),  # type: ignore[arg-type]
        valuation=slots.get("valuation"),  # type: ignore[arg-type]
        power=slots.get("power"),  # type: ignore[arg-type]
        accelerators=slots.get("accelerators"),  # type: ignore[arg-type]
        term=slots.get("term"),  # type: ignore[arg-type]
        stake=slots.get("stake"),  # type: ignore[arg-type]
        start=slots.get("start"),  # type: ignore[arg-type]
        end=slots.get("end"),  # type: ignore[arg-type]
        locations=most_specific(draft.places) if draft.type not in ("equity", "acquisition") else (),
        trigger_start_char=draft.trigger[0],
        trigger_end_char=draft.trigger[1],
        sentence_start_char=draft.sentence.start_char,
        sentence_end_char=draft.sentence.end_char,
        confidence=round(min(draft.strength, min((b.confidence for b in draft.parties.values()), default=0.5)), 3),
        rules=tuple(dict.fromkeys(draft.rules)),
    )


def _mention(bound: Bound, text: str) -> str:
    return text[bound.hit.start_char : bound.hit.end_char]
