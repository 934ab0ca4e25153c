"""One verb or noun that tells several deals: "10,000 chips from A and 30,000 from B", "A will take 100 MW and B 50".

Companies and amounts that alternate, joined by "and", are portions: each its own deal with its own stretch of the
sentence, in which its terms stand. What stands outside all of them ("both for ten years") belongs to each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.deals.cast import names_cloud
from extractors.deals.event import DIRECT, Event
from extractors.deals.phrases import product_owner
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.records import Accelerators, Mention, Money, Power, Quantity

SHARED = frozenset("from with to for by at in into of".split())
STANDS_FOR = frozenset("one another second third other".split())
AND = frozenset("and , ; plus while".split())
DEALS = frozenset("contracts agreements deals leases orders pacts ppas tenancies commitments purchases".split())
APART = frozenset("separate different individual respective".split())
JOINT = frozenset("joint jointly together combined three-way trilateral tripartite".split())
ONE_OF_SEVERAL = "one_of_several"  # a rule of drafts: a deal with one of those that the sentence lists
REACH = 9  # words between one portion and the next: "and a $17 billion one from"
TOGETHER = re.compile(
    r"\b(?:both|each|all of (?:it|them)|respectively|in total|combined)\b|, (?:the \w+|it|they) (?:said|says)", re.I
)


BRACKET = re.compile(r" ?\(")
LONGEST_BRACKET = 80  # characters
WORTH = re.compile(r"[ -](?:(?:pre|post)-money )?valuation\b", re.I)
VALUED_AT = re.compile(r"\b(?:valuation of|valu(?:es|ed|ing) \S+(?: \S+){0,3} at|worth) (?:\w+ ){0,3}$", re.I)


@dataclass(frozen=True, slots=True)
class Token:
    """A company, or an amount with its dimension, at a word of the sentence."""

    word: int
    hit: Hit | None = None
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Portion:
    """A company with the amount that is its own; ``start`` is where its stretch of the text begins."""

    hit: Hit
    word: int
    start: int


def distributed(tree: Tree, events: list[Event], scene: Scene) -> Iterator[Event]:
    """The events, one that portions share given to each of them."""
    runs = list(_runs(tree, scene))
    for event in events:
        for run in runs:
            keys = [p.hit.actor.key for p in run]
            role = next((r for h, r, _ in event.bindings if h.actor.key == keys[0]), "")
            taken = {h.actor.key for e in events if e is not event for h, _, _ in e.bindings}
            if role and event.trigger < run[1].word and not taken & set(keys[1:]):
                yield from _shared_out(tree, event, role, run)
                break
        else:
            yield from _one_each(tree, event, scene)


def _is_valuation(text: str, quantity: Mention | Quantity) -> bool:
    """Whether an amount is what a company is worth, which is nobody's portion."""
    before = text[max(0, quantity.start_char - 60) : quantity.start_char]
    return WORTH.match(text, quantity.end_char) is not None or VALUED_AT.search(before) is not None


def _one_each(tree: Tree, event: Event, scene: Scene) -> Iterator[Event]:
    """ "Will make chips for A and B under separate agreements": a deal with each of them."""
    told_once = [b for b in event.bindings if b[0].how in DIRECT]
    roles = {role for _, role, _ in told_once}
    several = [[b for b in told_once if b[1] == role] for role in roles]
    listed = next((group for group in several if len({h.actor.key for h, _, _ in group}) > 1), [])
    _, inside = scene.between(tree.words[0].start_char, tree.words[-1].end_char)
    amounts = sum(1 for part in inside if _dimension(part))
    ordered = _in_order(tree) and amounts % max(1, len(listed)) == 0
    is_snippet = len(scene.text.split("\n\n", 3)) < 3  # a headline, and a line under it, tell them as one
    alone = bool(listed) and not amounts and not is_snippet
    apart = (alone and _are_several(tree, event)) or (bool(listed) and _each_alone(tree, event, listed, alone=alone))
    if not listed or not (ordered or apart):
        yield event
        return
    common = [b for b in event.bindings if b[1] != listed[0][1]]
    for nth, binding in enumerate(listed):
        yield replace(
            event,
            bindings=[binding, *common],
            frames=[*event.frames, ONE_OF_SEVERAL],
            votes=dict(event.votes),
            words=set(event.words),
            nth=nth if ordered else None,
        )


def _in_order(tree: Tree) -> bool:
    """Whether the amounts of a sentence belong to its companies in turn: "respectively"."""
    return any(w.lower == "respectively" for w in tree.words)


def _are_several(tree: Tree, event: Event) -> bool:
    """Whether the sentence calls its deals separate, or signs several: "contracts with A and B"."""
    if any(w.lower in DEALS and any(tree.text(c) in APART for c in tree.children(w.i, "amod")) for w in tree.words):
        return len({role for hit, role, _ in event.bindings if hit.how in DIRECT}) == 2
    new = (
        tree.words[event.trigger].dep in ("dobj", "nsubjpass") and not event.is_definite
    )  # not "its latest deals with"
    signed = new and tree.text(event.trigger) in DEALS and any(role == "other" for _, role, _ in event.bindings)
    return signed and JOINT.isdisjoint(w.lower for w in tree.words)


def _each_alone(tree: Tree, event: Event, listed: Sequence[tuple[Hit, str, bool]], *, alone: bool) -> bool:
    """Whether each of several subjects acts for itself: "A and B are each in talks", "both have made offers for X"."""
    words = {w.lower for w in tree.words}
    rivals = event.type == "acquisition" and listed[0][1] == "acquirer" and "both" in words
    if "each" not in words or listed[0][1] in ("partner", "developer"):
        return alone and rivals
    return alone or "sign_up" in event.frames or listed[0][1] == "customer"  # "have each signed up for 80 MW"


def _shared_out(tree: Tree, event: Event, role: str, run: Sequence[Portion]) -> Iterator[Event]:
    keys = {p.hit.actor.key for p in run}
    common = [b for b in event.bindings if b[0].actor.key not in keys]
    first = next(b for b in event.bindings if b[0].actor.key == run[0].hit.actor.key)
    ends = [*(p.start for p in run[1:]), _end_of_last(tree, run[-1])]
    frames = [*event.frames, "distributed"]
    ordered = _in_order(tree)
    yield replace(
        event, bindings=[first, *common], frames=frames, reach=(run[0].start, ends[0]), nth=0 if ordered else None
    )
    for nth, (portion, end) in enumerate(zip(run[1:], ends[1:], strict=True), 1):
        yield replace(
            event,
            trigger=portion.word,
            bindings=[(portion.hit, role, True), *common],
            frames=frames,
            votes=dict(event.votes),
            words={portion.word},
            target=None,
            reach=(portion.start, end),
            nth=nth if ordered else None,
        )


def _end_of_last(tree: Tree, last: Portion) -> int:
    """Where what is said of all portions together begins, or the end of the sentence."""
    text = " ".join(w.lower for w in tree.words[last.word :])
    found = TOGETHER.search(text)
    at = last.word + len(text[: found.start()].split()) if found else len(tree.words) - 1
    return tree.words[min(at, len(tree.words) - 1)].end_char


def _runs(tree: Tree, scene: Scene) -> Iterator[list[Portion]]:
    """Runs of two portions or more, the amounts before the companies or after them."""
    tokens = list(_tokens(tree, scene))
    for amount_first in (True, False):
        run: list[Portion] = []
        previous: tuple[Token, Token] | None = None
        for one, two in pairwise(tokens):
            if (one.hit is None) is not amount_first or (two.hit is None) is amount_first:
                continue
            company, amount = (two, one) if amount_first else (one, two)
            if amount_first and not _brought_in(tree, company):
                continue
            joined = previous is not None and _is_joined(tree, previous, one, company, amount)
            if not joined and len(run) > 1:
                yield run
            run = run if joined else []
            if company.hit is not None and all(p.hit.actor.key != company.hit.actor.key for p in run):
                run.append(Portion(company.hit, amount.word if amount_first else company.word, _start(tree, one)))
            previous = (company, amount)
        if len(run) > 1:
            yield run


def _start(tree: Tree, token: Token) -> int:
    return token.hit.start_char if token.hit is not None else tree.words[token.word].start_char


def _is_joined(tree: Tree, previous: tuple[Token, Token], one: Token, company: Token, amount: Token) -> bool:
    """Whether a portion follows the one before it with an "and", no verb of its own, and the same preposition."""
    before, counted = previous
    gap = range(max(before.word, counted.word) + 1, one.word)
    if len(gap) > 2 * REACH:
        return False
    alike = "any" in (counted.dimension, amount.dimension) or counted.dimension == amount.dimension
    bare = (
        one is company and amount.word - company.word == 1 and tree.text(one.word - 1) in AND
    )  # ", Norvane 8,000 B200s"
    if not (alike or bare):
        return False
    if not any(tree.words[i].ref < 0 and tree.text(i) in AND for i in gap):
        return False
    inner = [*gap, *range(min(company.word, amount.word) + 1, max(company.word, amount.word))]
    if any(tree.is_verb(i) and tree.words[i].ref < 0 for i in inner):
        return False
    brought = _brought_in(tree, company)
    return not brought or brought == _brought_in(tree, before)


def _brought_in(tree: Tree, company: Token) -> str:
    """The preposition right before a company, at most two describing words between them."""
    for at in range(company.word - 1, max(-1, company.word - 4), -1):
        word = tree.words[at]
        if word.ref < 0 and word.lower in SHARED:
            return word.lower
        if word.ref >= 0 or not word.tag.startswith(("DT", "JJ", "NN", "PRP$")):
            return ""
    return ""


def _tokens(tree: Tree, scene: Scene) -> Iterator[Token]:
    """Companies and amounts in order; of several amounts in a row only the first."""
    _, inside = scene.between(tree.words[0].start_char, tree.words[-1].end_char)
    amounts = {q.start_char: d for q in inside if (d := _dimension(q)) and not _is_valuation(scene.text, q)}
    counted = False
    for i, word in enumerate(tree.words):
        hit = _company_at(word.ref, scene)
        if hit is not None:
            yield Token(i, hit=hit)
            beside = _in_brackets(scene.text, hit.end_char, amounts)
            counted = bool(beside)
            if beside:
                yield Token(i, dimension=beside)
            continue
        dimension = amounts.get(word.start_char, "")
        if word.ref < 0 and word.lower in STANDS_FOR and _leads_to_company(tree, i, scene):
            dimension = "any"
        if dimension and not counted:
            counted = True
            yield Token(i, dimension=dimension)


def _in_brackets(text: str, end: int, amounts: Mapping[int, str]) -> str:
    """The dimension of the amount in brackets right after a name, which the parser does not see: "Velmora (60 MW)"."""
    opened = BRACKET.match(text, end)
    inside = range(opened.end(), text.find(")", end, end + LONGEST_BRACKET)) if opened else ()
    return next((amounts[at] for at in inside if at in amounts), "")


def _company_at(ref: int, scene: Scene) -> Hit | None:
    """The company that a word names, itself or by its cloud ("$300 million to Azure")."""
    actor = scene.actor_at(ref)
    if actor is not None:
        part = scene.parts[ref]
        return Hit(actor, part.start_char, part.end_char, "head")
    named = scene.parts[ref] if ref >= 0 else None
    if not isinstance(named, Mention) or not names_cloud(named):
        return None
    return next(iter(product_owner(ref, scene)), None)


def _leads_to_company(tree: Tree, i: int, scene: Scene) -> bool:
    after = tree.words[i + 1 : i + 6]
    return any(w.ref < 0 and w.lower in SHARED for w in after) and any(scene.actor_at(w.ref) for w in after)


def _dimension(part: Mention | Quantity) -> str:
    if isinstance(part, Money | Power):
        return type(part).__name__
    return "Accelerators" if isinstance(part, Accelerators) and part.count else ""
