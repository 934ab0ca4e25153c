"""Items of lists and tables that tell a deal without a verb: "Tenant: X; 4 years; $620m", "X / Y: 150 MW, ten years".

Who stands on which side is told by a word of role beside the name, else by what the companies are; the other side may
be the company that the list is about. A line is such an item where nothing but names and words of role stands before
its first colon, dash or semicolon, or where a bullet or label introduces a line without a verb.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.deals import context
from extractors.deals.deal_type import decide_type
from extractors.deals.drafts import Draft, fill
from extractors.deals.event import Event
from extractors.deals.frames import load_things, verb_lemmas
from extractors.deals.meaning import meaning_of
from extractors.deals.places import find_places
from extractors.deals.roles import assign_roles, is_moneyed
from extractors.deals.scene import Hit, Scene
from extractors.deals.sentences import Sentence
from extractors.records import Accelerators, Duration, Mention, Money, Place, Power, Quantity, Share

ROLE_WORDS: Mapping[str, str] = {
    **dict.fromkeys("buyer customer client offtaker tenant lessee user occupier off-taker".split(), "customer"),
    **dict.fromkeys("seller supplier vendor provider landlord lessor host generator operator".split(), "supplier"),
    **dict.fromkeys("lender lenders bank banks arranger arrangers bookrunner bookrunners".split(), "lender"),
    **dict.fromkeys("borrower issuer".split(), "borrower"),
    **dict.fromkeys("investor investors lead backer backers".split(), "investor"),
    **dict.fromkeys("investee recipient".split(), "investee"),
    **dict.fromkeys("acquirer purchaser bidder".split(), "acquirer"),
    **dict.fromkeys("target".split(), "target"),
    **dict.fromkeys("developer owner builder".split(), "developer"),
    **dict.fromkeys("partner partners".split(), "partner"),
    **dict.fromkeys("guarantor guarantors".split(), "guarantor"),
}
VOTE_OF_ROLE = {
    "tenant": "lease", "landlord": "lease", "lessee": "lease", "lessor": "lease", "occupier": "lease",
    "offtaker": "power", "off-taker": "power", "generator": "power",
    "lender": "debt", "lenders": "debt", "borrower": "debt", "issuer": "debt", "arranger": "debt", "arrangers": "debt",
    "bookrunner": "debt", "bookrunners": "debt",
    "investor": "equity", "investors": "equity", "investee": "equity", "acquirer": "acquisition",
    "target": "acquisition", "bidder": "acquisition",
}  # fmt: skip
SALE_ROLES = {"customer": "acquirer", "supplier": "seller"}
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
HEAD_END = re.compile(r"\s*(?::|;|\||\.\s|\s[-–—]{1,2}\s|\t)")
IN_BRACKETS = re.compile(r"\s*\((?:the )?([\w-]+)\)")
FINITE = frozenset("is are was were will would has have had said says can could may might must does did".split())


class Items:
    """Reads the verbless items of one document; ``votes`` are what its headline and headings are about."""

    def __init__(self, scene: Scene, votes: Mapping[str, float]) -> None:
        self.scene = scene
        self.votes = dict(votes)
        self._head_roles: dict[str, str] = {}  # the company of the heading over the list, with its role

    def heading(self, sentence: Sentence) -> None:
        """Note what a line without amounts says of the list under it: "Leases signed in June:", "Landlord: X"."""
        text = self.scene.text
        words = [w.lower() for w in WORD.findall(text, _first(sentence), sentence.end_char)]
        _, inside = self.scene.between(_first(sentence), sentence.end_char)
        if len(words) > 12 or any(isinstance(p, Money | Power | Accelerators) for p in inside):
            return
        for word, role in self._beside(sentence).items():
            self._head_roles = {word: role}
        for deal_type, weight in votes_of(words).items():
            self.votes[deal_type] = max(self.votes.get(deal_type, 0), 0.5 * weight)

    def draft(self, sentence: Sentence, quantities: Sequence[Quantity]) -> Draft | None:
        """The deal that a verbless item tells, or None where the line is none or leaves a side or the type open."""
        text, scene = self.scene.text, self.scene
        first = _first(sentence)
        named = scene.named(first, sentence.end_char)
        told = [q for q in quantities if isinstance(q, Money | Power | Accelerators | Duration)]
        words = [w.lower() for w in WORD.findall(text, first, sentence.end_char)]
        if not named or not (told or _tells_of_deal(words)) or not self._is_item(sentence, named):
            return None
        roles = self._beside(sentence)
        headed = [(m, a) for m, a in named if m.end_char <= sentence.start_char]
        if len(headed) > 1:  # who else is named stands beside the deal
            named = [(m, a) for m, a in named if (m, a) in headed or a.key in roles]
        bindings: list[tuple[Hit, str, bool]] = []
        for mention, actor in named:
            hit = Hit(actor, mention.start_char, mention.end_char, "head")
            if all(h.actor.key != actor.key for h, _, _ in bindings):
                bindings.append((hit, roles.get(actor.key, "side"), True))
        if len(bindings) == 1:
            bindings += self._other_side(bindings[0], named[0][0])
        if len(bindings) < 2 and not roles:
            if not self._is_of_rounds(bindings[0][0], words, told):
                return None
            bindings, words = [(bindings[0][0], "investee", True)], [*words, "round"]
        votes = votes_of(words)
        votes |= {t: votes.get(t, 0) + 2 for w in words if (t := VOTE_OF_ROLE.get(w, "")) and roles}
        chips = [q for q in quantities if isinstance(q, Accelerators)]
        if chips:
            votes = {**votes, "compute": votes.get("compute", 0) + 0.4, "chips": votes.get("chips", 0) + 0.3}
        kinds = frozenset({"company"} if "target" in roles.values() else ())
        event = Event(0, "noun", "", ["item"], bindings, votes=votes, kinds=kinds)
        deal_type, confidence = decide_type(event, self.votes)
        if not deal_type or deal_type in ("partnership", "build", "joint_venture"):
            return None
        if deal_type == "acquisition":  # "Buyer: X; target: Y"
            bindings = [(h, SALE_ROLES.get(role, role), near) for h, role, near in bindings]
            event = replace(event, bindings=bindings)
        parties = {b.hit.actor.key: b for b in assign_roles(event, deal_type)}
        mention = named[0][0]
        status, rule = context.status_of(
            text, first, sentence.end_char, mention.start_char, mention.end_char, deal_type
        )
        if status == "announced" and sentence.label:
            status, rule = context.status_of_label(sentence.label, deal_type)
        draft = Draft(
            type=deal_type,
            type_confidence=confidence,
            parties=parties,
            sentence=sentence,
            trigger=(mention.start_char, mention.end_char),
            status=status,
            focus="primary",
            rules=["item", *([rule] if rule else [])],
            strength=confidence,
            paragraph=sentence.paragraph,
        )
        self.attach(draft, sentence, quantities)
        return draft

    def attach(self, draft: Draft, sentence: Sentence, quantities: Sequence[Quantity]) -> None:
        """The terms of an item: bare ones count, since nothing else says what they are."""
        text = self.scene.text
        for quantity in quantities:
            meaning = meaning_of(quantity, draft.type, text, _first(sentence), sentence.end_char)
            slot = meaning.slot or ("" if meaning.rule_id else _bare_slot(quantity, draft.type))
            if slot and slot not in draft.slots:
                fill(draft, slot, quantity)
        if draft.type not in ("equity", "acquisition", "debt"):
            draft.places += self._places(sentence)

    def _places(self, sentence: Sentence) -> list[Place]:
        _, inside = self.scene.between(_first(sentence), sentence.end_char)
        found = list(find_places(self.scene.text, sentence.start_char, sentence.end_char, inside))
        bare = [p for p in inside if isinstance(p, Mention) and p.kind == "place"]
        return found or [Place(name=p.surface, start_char=p.start_char, end_char=p.end_char) for p in bare[:1]]

    def _other_side(self, one: tuple[Hit, str, bool], mention: Mention) -> list[tuple[Hit, str, bool]]:
        """The company that the list is about, for an item that names only one."""
        headed = next(iter(self._head_roles), "")
        key = headed or self.scene.topic
        actor = self.scene.actors.get(key)
        if actor is None or actor.key == one[0].actor.key:
            return []
        hit = Hit(actor, mention.start_char, mention.end_char, "anaphor")
        return [(hit, self._head_roles.get(key, "other" if one[1] == "side" else "side"), True)]

    def _is_of_rounds(self, hit: Hit, words: Sequence[str], told: Sequence[Quantity]) -> bool:
        """Whether an item that names one company is of a list of rounds: "Kestrel Labs, $2 billion"."""
        votes = votes_of(words) or self.votes
        is_best = votes.get("equity", 0) == max(votes.values(), default=1)
        return is_best and not is_moneyed(hit.actor) and any(isinstance(q, Money) for q in told)

    def _is_item(self, sentence: Sentence, named: Sequence[tuple[Mention, object]]) -> bool:
        text = self.scene.text
        at = start = _first(sentence)
        for mention, _ in named:
            if not _is_filler(text[at : mention.start_char]):
                break
            at = mention.end_char
            role = IN_BRACKETS.match(text, at)
            if role and role.group(1).lower() in ROLE_WORDS:
                at = role.end()
        is_headed = at > start and HEAD_END.match(text, at) is not None
        if is_headed and sentence.paragraph > 0:
            told, both = text[at : min(at + 60, sentence.end_char)], len(named) > 1 and bool(sentence.label)
            return not (_acts(told) if both else _has_verb(told))
        return sentence.is_item and not _has_verb(text[sentence.start_char : sentence.end_char])

    def _beside(self, sentence: Sentence) -> dict[str, str]:
        """Roles told by a word right beside a name: "Tenant: X", "X (buyer)", "lender X"."""
        text, found = self.scene.text, {}
        for mention, actor in self.scene.named(_first(sentence), sentence.end_char):
            after = IN_BRACKETS.match(text, mention.end_char)
            before = re.search(r"([\w-]+)\s*(?::|=|–|-)?\s*$", text[_first(sentence) : mention.start_char])
            for told in (after, before):
                role = ROLE_WORDS.get(told.group(1).lower(), "") if told else ""
                if role:
                    found[actor.key] = role
                    break
        return found


def _first(sentence: Sentence) -> int:
    return sentence.label_start_char if sentence.label else sentence.start_char


def _is_filler(gap: str) -> bool:
    words = WORD.findall(gap)
    return len(gap) < 40 and all(w.lower() in ROLE_WORDS or w.lower() in ("and", "with", "x", "the") for w in words)


def _has_verb(told: str) -> bool:
    """Whether a word can only be a finite verb: "is", "said", "signed"; "orders" and "leases" may be nouns."""
    words = [w.lower() for w in WORD.findall(told)]
    return any(w in FINITE or (verb_lemmas().get(w, w) != w and w.endswith("ed")) for w in words)


def _acts(told: str) -> bool:
    """Whether what follows two names says what they do: "Signed a lease", not "Series B: £120m raised"."""
    words = [w.lower() for w in WORD.findall(told)]
    return _has_verb(" ".join(words[:1])) or any(w in FINITE for w in words)


def _tells_of_deal(words: Sequence[str]) -> bool:
    """Whether a line says outright that it is about a deal, whatever its size: "Order withdrawn by the buyer"."""
    return any((thing := load_things().get(word)) is not None and thing.kind == "deal" for word in words)


def votes_of(words: Sequence[str]) -> dict[str, float]:
    """What the words say of the type of deal: the strongest vote of each registered thing."""
    votes: dict[str, float] = {}
    for length in (1, 2, 3):
        for n in range(len(words) - length + 1):
            thing = load_things().get(" ".join(words[n : n + length]))
            for deal_type, weight in thing.votes.items() if thing else ():
                votes[deal_type] = max(votes.get(deal_type, 0), weight)
    return votes


def _bare_slot(quantity: Quantity, deal_type: str) -> str:
    if isinstance(quantity, Duration) and deal_type in ("compute", "chips", "lease", "power", "debt"):
        return "term"
    if isinstance(quantity, Share) and deal_type in ("equity", "acquisition"):
        return "stake"
    return ""
