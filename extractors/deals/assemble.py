"""From events to claims: types, roles, terms and status put together, several sentences of one deal made one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.deals.by_whom import sides_told
from extractors.deals.cast import Actor
from extractors.deals.complete import complete_from_before, complete_sides, complete_title, is_half_told
from extractors.deals.drafting import Drafter
from extractors.deals.drafts import Draft, is_told, make_claim, settle_control, settle_sellers
from extractors.deals.event import Event
from extractors.deals.events import find_events
from extractors.deals.for_sites import campuses
from extractors.deals.items import Items
from extractors.deals.loose import is_parted, loose_event
from extractors.deals.matter import prices_under, thing_at
from extractors.deals.ownership import owned_venture
from extractors.deals.phrases import GENERIC, actors_of
from extractors.deals.recalled import recalls
from extractors.deals.reference import deal_meant, load_references
from extractors.deals.restated import restated
from extractors.deals.revise import as_build, as_venture, named_again, settle_ventures
from extractors.deals.roles import Bound, take_in
from extractors.deals.same_deal import merge, restate, same_deal, without_doubles
from extractors.deals.scene import VENTURE, Hit, Scene
from extractors.deals.sentences import Sentence
from extractors.deals.siderole import GUARANTEED, SideRole, find_side_roles
from extractors.deals.statements import Statements
from extractors.deals.terms import Terms
from extractors.deals.tree import Tree
from extractors.deals.waiting import settle_waiting
from extractors.records import (
    CapacityMention,
    CapexMention,
    DealMention,
    Document,
    Mention,
    Money,
    Quantity,
)

NEAR = 40  # a claim is compared with the first and the last so many: a page of thousands stays linear
LEAD = 40  # characters in which a story's first sentence names whom it is about
TOLD_BESIDE = 0.8  # how sure a role is that is told beside the deal: "the tenant is X"
LOOSE = 0.6  # how sure a deal is that no frame told
LISTED = 4  # companies in a headline that is a list

OWNED = frozenset({"site", "business_site", "plant_gear", "space"})
PRESENTS = re.compile(r"\b(?:is|was|are|were|comes|came|turn (?:of|to)|on to)\s$")
SAYS_NOTHING = re.compile(
    r"\b(?:(?:declined|refused) to (?:comment|elaborate|discuss|respond|answer)|(?:did|does|would|do)(?: not|n['’]t) "
    r"(?:immediately |comment\b|respond|reply|return|answer)|(?:has|have) not (?:responded|replied|commented)"
    r"|could not (?:immediately )?be reached|had no comment)\b",
    re.I,
)
TAKEN_TOGETHER = re.compile(  # one figure for several deals, which says of none what it is worth
    r"\b(?:in total|altogether|all told|taken together|combined|between them|in all|in aggregate|collectively)\b", re.I
)
OF_EACH = re.compile(  # what is said of several deals told together
    r"(?:both|each|neither|all|the (?:two|three|four|pair)|the (?:\w+ )?(?:agreements|contracts|deals|leases|loans|"
    r"orders|commitments|purchases|ppas|pacts))\b",
    re.I,
)


class Assembler:
    """Takes the parsed sentences of one document in order and keeps the claims so far."""

    def __init__(self, document: Document, scene: Scene) -> None:
        self.document = document
        self.scene = scene
        self.drafts: list[Draft] = []
        self.last: Draft | None = None
        self.last_paragraph = -1
        self._group: list[Draft] = []  # the deals of the sentence that told deals last
        self._opened: Draft | None = None  # the deal whose terms a list gives: "Under the agreement:"
        self.drafter = Drafter(document, scene)
        self.statements = Statements(document, scene)
        self.terms = Terms(document, scene)
        self.titled = len({actor.key for _, actor in scene.named(0, len(document.title))})
        self.items = Items(scene, self.drafter.topic)
        scene.topic = _topic(document, scene, limit=2 if self.drafter.is_roundup else LISTED)

    def add(self, sentence: Sentence, tree: Tree | None) -> None:
        """Read one sentence; ``tree`` is None where it was not parsed."""
        scene = self.scene
        if self.drafter.is_roundup and sentence.kind == "body":
            sentence = replace(sentence, is_item=True)
        _, inside = scene.between(sentence.start_char, sentence.end_char)
        quantities = [q for q in inside if not isinstance(q, Mention)]
        spoken = scene.actors.get(scene.recent[0]) if scene.recent else None
        self.statements.hear(sentence, spoken, self._meant(tree) if tree is not None else ())
        self.terms.sites.hear(sentence)
        if sentence.is_boilerplate:
            self._note(sentence, None)
            return
        if self.statements.guidance(sentence, quantities):
            self._note(sentence, tree)
            self.last_paragraph = sentence.paragraph
            return
        self._label(sentence)
        events = find_events(tree, scene) if tree is not None else []
        events = [
            e for e in events if e.frames[0] != "build_it" or (self.last is not None and self.last.type == "build")
        ]
        if sentence.paragraph != self.last_paragraph and sentence.is_item and not self._lists_terms(sentence):
            self.last = None
        new: list[tuple[Event, Draft]] = []
        self.drafter.before = self.last
        for event in events:
            draft = self.drafter.draft(sentence, tree, event, events) if tree is not None else None
            if draft is not None:
                new.append((event, draft))
                self.drafter.before = draft
        if not new and tree is not None and (loose := self._loose(sentence, tree)) is not None:
            new = [loose]
        new = owned_venture(self.document, scene, sentence, events, new)
        prices = {e.trigger: prices_under(tree, e, scene) for e, _ in new} if tree is not None and len(new) > 1 else {}
        new = without_doubles([*new, *campuses(self.document.text, new)], prices)
        if tree is not None:
            self._side_roles(tree, [d for _, d in new])
            complete_sides(tree, new, scene)
            if sentence.kind == "title":
                complete_title(new)
            if sentence.kind == "body" or sentence.start_char > 0:
                same_item = sentence.paragraph == self.last_paragraph or not sentence.is_item
                about = same_item or self.titled == 1  # items under a headline that names several are about any of them
                complete_from_before(tree, new, scene, same_item=same_item, may_be_topic=about)
            for event, draft in new:
                as_build(draft, event, tree.text(event.trigger))
        new = [(e, d) for e, d in new if not is_half_told(d, self.drafts[-NEAR:])]
        if new and tree is not None:
            self.terms.attach(sentence, tree, new, quantities)
            if sentence.kind == "body" and not self.drafts and len(new) == 1:
                self.terms.from_headline(new[0][1])
            for _, draft in new:
                settle_control(draft, self.document.text)  # 80% is an acquisition, and so may be one told before
        elif sentence.kind == "body":
            self._verbless(sentence, quantities)
        else:
            self.terms.hear_headline(sentence, quantities)
        self._revise(sentence, events, [d for _, d in new])
        kept = [self._keep(draft) for _, draft in new]
        if tree is not None and not kept and len(beside := self._named_together(tree)) > 1:
            self.scene.pair = beside
        self.last = next((d for d in reversed(kept) if not d.is_described), self.last)
        self._group = kept or self._group
        self._note(sentence, tree)
        self.last_paragraph = sentence.paragraph

    def add_form(self, draft: Draft) -> None:
        """Take the deal of a form, of whose lines each says a term of it; again and again changes nothing."""
        if all(known is not draft for known in self.drafts):
            self._keep(draft)
            self.scene.note(draft.parties)

    def _loose(self, sentence: Sentence, tree: Tree) -> tuple[Event, Draft] | None:
        """The deal of two companies that no deal told before has, where no frame fits the verb."""
        event = loose_event(tree, self.scene) if tree.words else None
        if event is None:
            return None
        keys = {hit.actor.key for hit, _, _ in event.bindings}
        if any(keys <= known.parties.keys() for known in self.drafts):
            return None
        draft = self.drafter.draft(sentence, tree, event, [event])
        if draft is None or not is_parted(draft.type, event) or len({b.role for b in draft.parties.values()}) < 2:
            return None
        draft.type_confidence = draft.strength = min(draft.strength, LOOSE)
        return event, draft

    def _verbless(self, sentence: Sentence, quantities: Sequence[Quantity]) -> None:
        """What a sentence without a trigger tells: a deal of its own, terms of the last one, or what a list is of."""
        told_here = self.last is not None and self.last.paragraph == sentence.paragraph
        item = None if told_here else self.items.draft(sentence, quantities)
        if item is not None:
            self._keep(item)
        elif self._lists_terms(sentence) and self.last is not None:
            self.terms.follow(self.last, sentence, quantities)
        elif len(self._group) > 1 and self._is_shared_sum(sentence, quantities):
            return
        elif len(self._group) > 1 and OF_EACH.match(self.document.text, sentence.start_char):
            for draft in self._group:
                self.terms.follow(draft, sentence, quantities)
        elif (known := deal_meant(self.scene, sentence, self.drafts[-NEAR:], self.last)) is not None:
            self.terms.follow(known, sentence, quantities)
            known.parties |= {side.hit.actor.key: side for side in sides_told(known, sentence, self.scene)}
            status, noun = restated(self.document.text, sentence.start_char, sentence.end_char)
            if known.type in load_references().get(noun, {known.type}):
                restate(known, status)
        elif self.last is None:
            self.items.heading(sentence)
        elif self.terms.is_about(sentence, self.last):
            self.terms.time(self.last, sentence, quantities)
        text = self.document.text
        if text[sentence.end_char - 1] == ":" and not sentence.is_item:
            self._opened = self.last

    def _is_shared_sum(self, sentence: Sentence, quantities: Sequence[Quantity]) -> bool:
        """Whether a sentence tells what several deals are worth together."""
        is_money = any(isinstance(q, Money) for q in quantities)
        return (
            is_money and TAKEN_TOGETHER.search(self.document.text, sentence.start_char, sentence.end_char) is not None
        )

    def _lists_terms(self, sentence: Sentence) -> bool:
        """Whether an item stands in a list of the last deal's terms, opened with a colon, and names nobody new."""
        if self.last is None or self._opened is not self.last or not sentence.is_item:
            return False
        named = self.scene.named(sentence.start_char, sentence.end_char)
        return all(actor.key in self.last.parties for _, actor in named)

    def _label(self, sentence: Sentence) -> None:
        """A list item's label names whom the item is about."""
        if not sentence.label:
            return
        end = sentence.label_start_char + len(sentence.label)
        for mention, actor in self.scene.named(sentence.label_start_char, end):
            if mention.start_char - sentence.label_start_char < 3:
                self.scene.note([actor.key])

    def _side_roles(self, tree: Tree, new: list[Draft]) -> None:
        """Guarantors, lead lenders, "the seller, X": roles told beside the deal itself."""
        for told in find_side_roles(tree, self.scene):
            is_guarantor = told.roles is GUARANTEED
            for draft in new if is_guarantor else ():
                self._vouch(draft, told)
            fitting = [
                d
                for d in [*new, *reversed(self.drafts)]
                if d.type in told.roles and (told.hit.actor.key not in d.parties or _is_crowded(d, told))
            ]
            if told.rule == "took_part":  # "a loan from lenders led by X" tells of X itself
                is_told = any(told.hit.actor.key in d.parties for d in new)
                fitting = [d for d in fitting if d in new or (d is self.last and not (is_told and d.type == "debt"))]
            if told.beside:
                fitting = [d for d in fitting if told.beside & d.parties.keys()] or fitting
            if is_guarantor:  # somebody's obligation to somebody, before a site that one alone builds
                fitting.sort(key=lambda d: d.type == "build")
                if fitting and fitting[0].type == "build" and any(d.type == "joint_venture" for d in new):
                    continue  # what the partners of a venture owe is no matter of the site
            if fitting and (
                fitting[0] in new or fitting[0] is self.last or not is_guarantor or fitting[0].focus == "primary"
            ):
                role = told.roles[fitting[0].type]
                take_in(fitting[0].parties, Bound(told.hit, role, TOLD_BESIDE), fitting[0].type)
                fitting[0].rules.append(told.rule)

    def _vouch(self, draft: Draft, told: SideRole) -> None:
        """ "Google will backstop X's obligations under its lease with Y": the lease is X's."""
        taken = draft.parties.get(told.hit.actor.key)
        owing = sorted(told.beside - draft.parties.keys())
        if taken is not None and taken.hit.how in ("anaphor", "its") and len(owing) == 1:
            del draft.parties[told.hit.actor.key]
            hit = Hit(self.scene.actors[owing[0]], *draft.trigger, "anaphor")
            draft.parties[owing[0]] = Bound(hit, taken.role, taken.confidence)

    def _revise(self, sentence: Sentence, events: Sequence[Event], new: Sequence[Draft]) -> None:
        """Let the sentence say what its own deals are, or the one told last."""
        near = self.last is not None and sentence.kind == "body" and sentence.paragraph - self.last.paragraph <= 1
        if self.last is not None and near:
            for event in events:
                named_again(self.last, event)
        for draft in new or ([self.last] if self.last is not None and near else []):
            as_venture(draft, self.document.text, sentence.start_char, sentence.end_char)

    def _keep(self, draft: Draft) -> Draft:
        """The deal that a draft tells: one told before, to which it is added, or itself."""
        if draft.type == "joint_venture" and len(draft.parties) > 1:
            self.scene.actors.setdefault(VENTURE.key, VENTURE)
        for known in [*self.drafts[:NEAR], *self.drafts[max(NEAR, len(self.drafts) - NEAR) :]]:
            if same_deal(known, draft):
                merge(known, draft)
                self.last = known
                break
        else:
            if not self.drafter.is_roundup and recalls(self.document.text, draft, self.drafts):
                draft.focus = "background"
            self.drafts.append(draft)
            self.last = draft
        if len(self.last.parties) > 1:
            self.scene.pair = _side_by_side(self.last)
        self.scene.told.append({key: bound.role for key, bound in self.last.parties.items()})
        return self.last

    def _note(self, sentence: Sentence, tree: Tree | None) -> None:
        named = self.scene.named(sentence.start_char, sentence.end_char)
        subjects: list[str] = []
        if tree is not None:
            subjects = [key for w in tree.words if (key := self._spoken_of(tree, w.i))]
        elif named and named[0][0].start_char - sentence.start_char < 12:
            subjects = [named[0][1].key]
        alone = len({actor.key for _, actor in named}) == 1
        if alone and SAYS_NOTHING.search(self.document.text, sentence.start_char, sentence.end_char):
            return  # nobody is spoken of because nothing could be heard from them
        if named and not subjects and self._presents(sentence, named):
            subjects = [named[0][1].key]
        if tree is not None or named:
            self.scene.note(subjects, [a.key for _, a in named])
        if tree is not None:
            self.scene.site_owner = self._site_owner(tree) or self.scene.site_owner

    def _spoken_of(self, tree: Tree, i: int) -> str:
        """Key of the company that a subject names or means by a noun ("the operator"), "" for any other word."""
        word = tree.words[i]
        if word.dep not in ("nsubj", "nsubjpass") and not _is_presented(tree, i):
            return ""
        actor = self.scene.actor_at(word.ref)
        if actor is not None:
            return actor.key
        if word.ref < 0 and (owner := self._owner(tree, i)):
            return owner
        meant = actors_of(tree, i, self.scene) if word.ref < 0 and word.tag == "NN" else []
        return meant[0].actor.key if len(meant) == 1 and meant[0].how == "anaphor" else ""

    def _meant(self, tree: Tree) -> list[tuple[int, Actor]]:
        """(start_char, actor) of each subject that tells what a company is: "the operator", "the cloud company"."""
        meant = []
        for word in tree.words:
            is_described = word.lower not in GENERIC or tree.children(word.i, "amod", "compound")
            if word.dep == "nsubj" and word.ref < 0 and word.tag == "NN" and is_described:
                hits = actors_of(tree, word.i, self.scene)
                if len(hits) == 1 and hits[0].how == "anaphor":
                    meant.append((word.start_char, hits[0].actor))
        return meant

    def _owner(self, tree: Tree, i: int) -> str:
        """Key of the company whose site or plant a subject is, "" where nobody is named: "X's first power plant"."""
        thing = thing_at(tree, i)
        owners = tree.children(i, "poss") if thing is not None and thing.kind in OWNED else []
        actor = self.scene.actor_at(tree.words[owners[0]].ref) if owners else None
        return actor.key if actor is not None else ""

    def _site_owner(self, tree: Tree) -> str:
        """Key of the company whose site or halls a sentence names last, "" where it names nobody's."""
        for word in reversed(tree.words):
            thing = thing_at(tree, word.i) if word.ref < 0 and tree.children(word.i, "poss") else None
            if thing is not None and thing.kind in ("site", "space"):
                whose = [h for c in tree.children(word.i, "poss") for h in actors_of(tree, c, self.scene)]
                if len(whose) == 1:
                    return whose[0].actor.key
        return ""

    def _named_together(self, tree: Tree) -> tuple[str, ...]:
        """Keys of the companies that a sentence last joins with "and": "is owned by X and Y"."""
        for word in reversed(tree.words):
            if word.dep != "conj" and tree.children(word.i, "conj"):
                actors = [self.scene.actor_at(tree.words[k].ref) for k in sorted(tree.conjuncts(word.i))]
                if all(actor is not None for actor in actors):
                    return tuple(dict.fromkeys(actor.key for actor in actors if actor is not None))
        return ()

    def _presents(self, sentence: Sentence, named: Sequence[tuple[Mention, Actor]]) -> bool:
        """Whether a sentence brings in the one company that it names: "The latest is X.", "Is this X's only deal?"."""
        if len({actor.key for _, actor in named}) > 1:
            return False
        text = self.document.text
        is_question = text[sentence.end_char - 1] == "?"
        return is_question or bool(PRESENTS.search(text, sentence.start_char, named[0][0].start_char))

    def capacity(self) -> tuple[CapacityMention, ...]:
        """Capacity beside the deals, each amount once."""
        return self.statements.capacity(self.drafts)

    def capex(self) -> tuple[CapexMention, ...]:
        """The guidance that the document gives."""
        return tuple(self.statements.capex)

    def claims(self, reader_version: str) -> tuple[DealMention, ...]:
        """The finished claims, primary ones as told."""
        self.drafts = settle_ventures(settle_waiting(self.drafts))
        for draft in self.drafts:
            settle_control(draft, self.document.text)
            settle_sellers(draft)
        drafts = [d for d in self.drafts if is_told(d)]
        self.statements.give_sizes(drafts)
        self.terms.sites.settle(drafts, self.document.title)
        return tuple(make_claim(self.document, d, n, reader_version) for n, d in enumerate(drafts))


def _side_by_side(draft: Draft) -> tuple[str, ...]:
    """Keys of the companies that "the pair" and "they" mean: those on one side of a deal of three, else all of it."""
    sides: dict[str, list[str]] = {}
    for key, bound in draft.parties.items():
        sides.setdefault(bound.role, []).append(key)
    together = [keys for keys in sides.values() if len(keys) > 1]
    return tuple(together[0] if len(together) == 1 else draft.parties)


def _is_crowded(draft: Draft, told: SideRole) -> bool:
    """Whether who guarantees a deal was taken for one more on a side: "Z has guaranteed the rent of Y"."""
    taken = draft.parties.get(told.hit.actor.key)
    if told.roles is not GUARANTEED or taken is None:
        return False
    return sum(b.role == taken.role for b in draft.parties.values()) > 1


def _topic(document: Document, scene: Scene, *, limit: int) -> str:
    """The headline's company that the text speaks of most; "" where it names none, or so many that it lists them."""
    titled = list(dict.fromkeys(actor.key for _, actor in scene.named(0, len(document.title))))
    if len(titled) > 1:  # what only the headline names may be no company: "KEY TAKEAWAYS"
        titled = [key for key in titled if len(scene.actors[key].mentions) > 1] or titled
    if not 0 < len(titled) < limit:
        return ""
    lead = [actor.key for _, actor in scene.named(document.body_start_char, document.body_start_char + LEAD)[:1]]
    return max([*lead, *titled] if len(titled) > 1 else titled, key=lambda k: len(scene.actors[k].mentions))


def _is_presented(tree: Tree, i: int) -> bool:
    """Whether a name is what "is": "The latest is Oberon Data", "Then there is Cinder Cloud"."""
    word = tree.words[i]
    return word.dep == "attr" and tree.text(word.head) in ("is", "was", "'s", "comes", "came")
