"""What a phrase is about: kinds of things, and votes for the types of deals that are about such things."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors import registry
from extractors.deals.cast import PARTY_KINDS, load_descriptors
from extractors.deals.event import Event
from extractors.deals.frames import load_things
from extractors.deals.scene import Scene
from extractors.deals.tree import Tree
from extractors.records import Accelerators, Area, Duration, Energy, Mention, Money, Power, Share

HEADS = frozenset(
    "compute cluster initiative chips power plant_gear space site business_site stake loan land business company deal "
    "funding".split()
)


MEASURES = frozenset("priced mw gpus land share place money named".split())


ONE_SITE = "one_site"  # kind of a matter that is a single site: "an AI data centre", no "data centres"


MONEY = frozenset({"money", "priced"})  # kinds of a matter that has a price


SHARES = frozenset(
    "% chunk eighth fifth fifths half lump majority percent "
    "piece portion quarter quarters sixth slice sliver tenth third thirds".split()
)


WORKSHOPS = frozenset("laboratory lab centre center institute programme program hub team academy".split())


ACCESS = frozenset("access use hours time rental hire capacity subscription".split())  # not the chips themselves


OFFERED = frozenset("issue issuance offering placement placing raise sale".split())


WHOLE = frozenset("all whole rest remainder most part parts".split())


@dataclass(frozen=True, slots=True)
class Matter:
    """What a phrase is about: kinds of things with the place of the word, votes for deal types."""

    kinds: frozenset[str]
    votes: tuple[tuple[str, float], ...]


def matter_of(tree: Tree, i: int, scene: Scene, *, deep: bool = True, modifiers: bool = False) -> Matter:
    """Kinds and votes of the phrase headed by ``i``: its head, modifiers, "of" and "for" complements and conjuncts."""
    kinds: set[str] = set()
    votes: dict[str, float] = {}
    is_thing = tree.words[i].ref >= 0 and not scene.company_at(tree.words[i].ref)  # "Frontier, a $25bn campus"
    heads = tree.conjuncts(i) + [
        c for c in tree.children(i, "appos") if is_thing or tree.text(c) in ("mw", "gw", "megawatts", "gigawatts")
    ]
    for head in heads:
        _weigh(tree, head, scene, kinds, votes, 1.0 if head == i else 0.7, head=True)
        if scene.actor_at(tree.words[head].ref) is not None:
            continue
        told: set[str] = set()
        for child in tree.children(head, "compound", "amod", "nmod", "nummod", "npadvmod", "poss", "dep", "quantmod"):
            for below in tree.subtree(child):
                _weigh(tree, below, scene, told, votes, 0.9, head=False)
        kinds |= told if modifiers or not kinds & HEADS else told & MEASURES
        if not deep:
            continue
        for child in tree.children(head, "prep"):
            if tree.text(child) in ("of", "for", "on", "to", "in", "into", "about", "over"):
                near = tree.text(child) == "of"
                for target in tree.children(child, "pobj"):
                    for below in [target, *tree.children(target, "compound", "amod", "nmod", "nummod")]:
                        _weigh(
                            tree,
                            below,
                            scene,
                            kinds,
                            votes,
                            0.8 if near else 0.5,
                            head=near and below == target and not scene.actor_at(tree.words[below].ref),
                        )
                    spoken_of = tree.text(target) == "it" or tree.text(target) in load_descriptors()[0]
                    if near and spoken_of and _is_share(tree, head, scene):  # "a fifth of the company"
                        kinds.add("stake")
                    if near and scene.actor_at(tree.words[target].ref):
                        kinds.add(
                            "stake"
                            if _is_share(tree, head, scene)
                            else "company"
                            if tree.text(head) in WHOLE
                            else "of_company"
                        )
                    if (near or (tree.text(child) in ("for", "on") and _is_measure(tree, target))) and (
                        tree.words[target].ref >= 0
                        or tree.words[target].tag == "CD"
                        or tree.text(target) in ("capacity", "worth", "amount")
                    ):
                        inner = matter_of(tree, target, scene)
                        kinds |= inner.kinds - {"company"}
                        for vote, weight in inner.votes:
                            votes[vote] = votes.get(vote, 0) + 0.6 * weight
    if "site" in kinds and _is_single(tree, i):
        kinds.add(ONE_SITE)
    if tree.text(i) in OFFERED and "loan" in kinds:  # "the placement of notes" is no round
        kinds, votes = kinds - {"funding"}, {vote: w for vote, w in votes.items() if vote != "equity"}
    if tree.text(i) in ACCESS and kinds & {"chips", "gpus"}:
        kinds, votes = {*(kinds - {"chips", "gpus"}), "compute"}, {**votes, "compute": 2.0, "chips": 0.0}
    return Matter(frozenset(kinds), tuple(sorted(votes.items())))


def _is_single(tree: Tree, i: int) -> bool:
    """Whether a noun is of one thing: "an AI data centre", "the biggest campus"."""
    told = {tree.text(c) for c in tree.children(i, "det")}
    is_first = "the" in told and any(tree.words[c].tag == "JJS" for c in tree.children(i, "amod"))
    return tree.words[i].tag == "NN" and (bool(told & {"a", "an"}) or is_first)


def _weigh(
    tree: Tree, i: int, scene: Scene, kinds: set[str], votes: dict[str, float], weight: float, *, head: bool
) -> None:
    word = tree.words[i]
    if word.ref >= 0:
        part = scene.parts[word.ref]
        if isinstance(part, Mention):
            if part.kind in PARTY_KINDS:
                if head:
                    kinds.add("company")
            elif part.kind == "accelerator":
                kinds.add("chips")
                votes["chips"] = votes.get("chips", 0) + 0.6 * weight
            elif part.kind == "facility":
                kinds |= {"named", "site"}
            elif part.kind == "place":
                kinds.add("place")
            elif part.kind == "product":
                kinds.add("product")
                _product(part, kinds, votes, weight)
        elif isinstance(part, Power):
            kinds.add("mw")
        elif isinstance(part, Energy):
            kinds.add("power")
            votes["power"] = votes.get("power", 0) + weight
        elif isinstance(part, Accelerators):
            kinds |= {"gpus", "chips"}
            votes["chips"] = votes.get("chips", 0) + 0.5 * weight
        elif isinstance(part, Money):
            kinds.add("money" if head else "priced")
        elif isinstance(part, Area):
            if re.search(r"acre|hectare", part.surface):
                kinds.add("land")
        elif isinstance(part, Share):
            kinds.add("share")
        elif not isinstance(part, Duration):
            return
        return
    if word.lower == "it" and head:
        kinds.add("mw" if is_amount_told(tree, i, scene) else "it")
    if head and word.lower in WORKSHOPS and any(tree.text(c) == "joint" for c in tree.children(i, "amod")):
        kinds.add("initiative")  # "a joint chip-test laboratory"
    thing = thing_at(tree, i) if word.tag != "VBG" or word.lower != "building" else None
    if thing is not None:
        if head or thing.kind not in ("business", "land"):
            kinds.add(thing.kind)
        for vote, amount in thing.votes.items():
            votes[vote] = votes.get(vote, 0) + amount * weight


def is_percentage(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether a word is a share told as a number: "49%"."""
    ref = tree.words[i].ref
    return ref >= 0 and isinstance(scene.parts[ref], Share)


def _is_share(tree: Tree, i: int, scene: Scene) -> bool:
    return tree.text(i) in SHARES or is_percentage(tree, i, scene)


def _is_measure(tree: Tree, i: int) -> bool:
    """Whether a word is a unit of power, whose "of" says what is meant: "an order for 90 MW of batteries"."""
    return tree.text(i) in ("mw", "gw", "megawatts", "gigawatts")


def _product(part: Mention, kinds: set[str], votes: dict[str, float], weight: float) -> None:
    product = registry.load().products.get(part.registry_id)
    kind = product.kind if product else ""
    if kind in ("service", "cloud", "platform"):
        kinds.add("compute")
        votes["compute"] = votes.get("compute", 0) + 1.2 * weight
    elif kind in ("chip", "accelerator", "processor", "server", "system", "memory", "network"):
        kinds.add("chips")
        votes["chips"] = votes.get("chips", 0) + 1.2 * weight


def is_amount_told(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether "it" is the megawatts that the sentence told before: "620 MW by 2034, and X will buy all of it"."""
    of = tree.words[i].head
    if tree.text(i) != "it" or tree.text(of) != "of" or tree.words[tree.words[of].head].tag.startswith("NNP"):
        return False
    return any(isinstance(scene.parts[word.ref], Power) for word in tree.words[:i] if word.ref >= 0)


def prices_under(tree: Tree, event: Event, scene: Scene) -> frozenset[int]:
    """Where the amounts of money stand that a debt or round has for its own, clauses about others left out."""
    if event.type not in ("debt", "equity"):
        return frozenset()
    phrases = [event.trigger] if event.pos == "noun" else tree.children(event.trigger, "dobj", "nsubjpass")
    below = {w for i in phrases for w in tree.subtree(i)}
    parts = ((w, tree.words[w].ref) for w in below)
    return frozenset(w for w, ref in parts if ref >= 0 and isinstance(scene.parts[ref], Money))


def thing_at(tree: Tree, i: int):  # type: ignore[no-untyped-def]
    """The longest registered phrase that ends at word ``i``, or None."""
    things = load_things()
    for length in (4, 3, 2, 1):
        first = i - length + 1
        if first < 0:
            continue
        phrase = joined(tree, first, i)
        if phrase in things:
            return things[phrase]
    return None


def joined(tree: Tree, first: int, last: int) -> str:
    """The words from ``first`` to ``last`` as one phrase, hyphens closed up: "tie-up"."""
    out = ""
    for k in range(first, last + 1):
        word = tree.words[k].lower
        word = word.rstrip(".") or word  # "its Series D." ends the sentence
        out += word if word == "-" or out.endswith("-") or not out else " " + word
    return out
