"""What a site costs, told by or of whoever builds it: "X said the campus would cost £10 billion"."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.deals.event import DIRECT, Event, is_negated_at
from extractors.deals.matter import matter_of, thing_at
from extractors.deals.phrases import actors_of
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.records import Money
from extractors.registry.verbs import forms_of

COSTING = forms_of(("cost",))
RAISING = frozenset("building constructing developing erecting finishing completing".split())
SITES = frozenset({"site", "business_site", "cluster"})
BUILDERS = frozenset("datacenter_operator reit miner_host neocloud cloud internet".split())


def site_cost_event(tree: Tree, verb: int, scene: Scene) -> Event | None:
    """A commitment to build at a price, where it is said whose site has it; None for any other verb or price."""
    if tree.text(verb) not in COSTING or not _is_priced(tree, verb, scene):
        return None
    above = tree.words[verb].head
    said_of = tree.children(verb, "nsubj", "csubj")
    if tree.words[verb].dep == "xcomp" and not said_of:  # "the campus is expected to cost"
        said_of = tree.children(above, "nsubj", "nsubjpass", "csubj", "csubjpass")
    site = next((s for s in said_of if _is_site(tree, s)), None)
    if site is None:
        return None
    bindings = [(hit, "developer", True) for hit in (_owner(tree, verb, site, scene) or _teller(tree, verb, scene))]
    if not bindings:
        return None
    matter = matter_of(tree, site, scene)
    return Event(
        trigger=verb,
        pos="verb",
        type="build",
        frames=["site_costs"],
        bindings=bindings,
        votes={"build": 3.0},
        kinds=matter.kinds | {"site", "money"},
        is_negated=is_negated_at(tree, verb),
        words={verb},
    )


def _is_priced(tree: Tree, verb: int, scene: Scene) -> bool:
    objects = tree.children(verb, "dobj", "attr", "npadvmod", "dative")
    parts = (scene.parts[tree.words[o].ref] for o in objects if tree.words[o].ref >= 0)
    return any(isinstance(part, Money) for part in parts)


def _is_site(tree: Tree, i: int) -> bool:
    """Whether a subject is one site that somebody has in mind, or work on it: "the campus", "building the halls"."""
    if tree.text(i) in RAISING:
        things = (thing_at(tree, o) for o in tree.children(i, "dobj"))
        return any(t is not None and t.kind in SITES for t in things)
    thing = thing_at(tree, i)
    told = {tree.text(c) for c in tree.children(i, "det", "poss")}
    owned = bool(tree.children(i, "poss"))
    return thing is not None and thing.kind in SITES and (owned or "the" in told)


def _owner(tree: Tree, verb: int, site: int, scene: Scene) -> list[Hit]:
    """Whose site it is: "X's campus", "the campus will cost X £10 billion"."""
    paying = [w for w in tree.children(verb, "dative", "dobj") if scene.company_at(tree.words[w].ref)]
    owners = [*tree.children(site, "poss"), *paying]
    return [hit for w in owners for hit in actors_of(tree, w, scene) if hit.how in (*DIRECT, "its")]


def _teller(tree: Tree, verb: int, scene: Scene) -> Iterator[Hit] | list[Hit]:
    """The builder of sites who says what it costs."""
    word = tree.words[verb]
    if word.dep == "xcomp":
        word = tree.words[word.head]
    if word.dep != "ccomp":
        return []
    told = (hit for s in tree.children(word.head, "nsubj") for hit in actors_of(tree, s, scene))
    return [hit for hit in told if hit.how in DIRECT and hit.actor.kinds & BUILDERS]
