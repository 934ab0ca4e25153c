"""Deals told by what a company becomes: "lands X as tenant", "X becomes anchor tenant at Y's campus"."""

from __future__ import annotations

from extractors.deals.arguments import verb_arguments
from extractors.deals.event import DEFINITE, DIRECT, Event, is_negated_at
from extractors.deals.matter import matter_of
from extractors.deals.noun_arguments import noun_arguments
from extractors.deals.phrases import actors_of, dealing
from extractors.deals.roles import OPPOSITE
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.registry.verbs import forms_of

STANDINGS = {
    **dict.fromkeys("tenant tenants lessee sublessee occupier occupant subtenant".split(), ("lease", "customer")),
    **dict.fromkeys("landlord lessor".split(), ("lease", "supplier")),
    "anchor": ("", "customer"),
    **dict.fromkeys("customer client user buyer offtaker".split(), ("", "customer")),
    **dict.fromkeys("supplier provider vendor host".split(), ("", "supplier")),
    **dict.fromkeys("investor backer shareholder".split(), ("equity", "investor")),
    "lender": ("debt", "lender"),
}
ACROSS = {**OPPOSITE, "investor": "investee", "lender": "borrower"}
BEING = forms_of(("become", "remain", "be")) | frozenset("is are was were been being".split())
TAKING = forms_of(
    "land win sign secure add gain name pick choose select bring announce reveal confirm unveil "
    "get sign up bag snag nab book lose drop hook capture attract welcome appoint have retain keep".split()
)
FINDING = forms_of(("find", "land", "gain", "win", "get", "have", "secure"))
LARGEST = frozenset("largest biggest main top key major only existing longtime current".split())
MODALS = frozenset("will would shall".split())
OF_WHOM = frozenset("of at for to in with poss".split())


def standing_event(tree: Tree, i: int, scene: Scene) -> Event | None:
    """The deal that makes somebody a tenant or customer, where the sentence names both sides."""
    told = STANDINGS.get(tree.text(i))
    word = tree.words[i]
    if told is None or not word.tag.startswith("NN"):
        return None
    deal_type, role = told
    governor = tree.words[word.head].head if word.dep == "pobj" and tree.text(word.head) == "as" else -1
    holders: list[Hit] = []
    others: list[Hit] = []
    kinds = matter_of(tree, i, scene, modifiers=True)
    is_sized = bool({"mw", "gpus", "money", "priced", "compute", "cluster", "power", "space"} & kinds.kinds)
    if governor >= 0 and tree.text(governor) in TAKING:
        arguments = verb_arguments(tree, governor)
        holders = [h for a in arguments if a.relation == "object" for h in actors_of(tree, a.word, scene)]
        others = [h for a in arguments if a.relation in ("subject", "by") for h in actors_of(tree, a.word, scene)]
    elif (
        word.dep == "attr"
        and tree.text(word.head) in BEING
        and (is_sized or _is_to_be(tree, word.head) or (role in OPPOSITE and deal_type))
    ):
        governor = word.head
        arguments = verb_arguments(tree, governor)
        holders = [h for a in arguments if a.relation == "subject" for h in actors_of(tree, a.word, scene)]
        if tree.words[governor].dep == "ccomp":  # "X said Y would be its first customer"
            teller = verb_arguments(tree, tree.words[governor].head)
            others = [h for a in teller if a.relation == "subject" for h in dealing(tree, a.word, scene)]
    elif (
        word.dep == "nsubj" and tree.text(word.head) in BEING and role in OPPOSITE
    ):  # "the tenant of its Leeds building is X"
        governor = word.head
        named = [c for c in tree.children(governor, "attr") if scene.company_at(tree.words[c].ref)]
        holders = [h for c in named for h in actors_of(tree, c, scene)]
    elif word.dep == "dobj" and tree.text(word.head) in FINDING:  # "finds a tenant in X"
        governor = word.head
        within = tree.objects_of(i, "in")
        within += tree.objects_of(governor, "in")
        called = [h for h in actors_of(tree, i, scene) if h.how == "head"]  # "won its first customer: X"
        holders = called + [h for p in within if scene.company_at(tree.words[p].ref) for h in actors_of(tree, p, scene)]
        others = [
            h for a in verb_arguments(tree, governor) if a.relation == "subject" for h in actors_of(tree, a.word, scene)
        ]
    elif word.dep == "ROOT" and role in OPPOSITE and tree.text(min(i + 1, len(tree.words) - 1)) == ":":
        holders = [h for c in tree.children(i, "appos") for h in actors_of(tree, c, scene)]  # "The customer: X"
    elif word.dep == "appos" and scene.company_at(tree.words[word.head].ref) and deal_type and is_sized:
        holders = actors_of(tree, word.head, scene)[:1]  # "X, already the tenant for the first 800 MW, has signed"
    elif role in OPPOSITE and tree.children(i, "poss") and tree.children(i, "appos"):  # "Lodestone's supplier, X, …"
        holders = [h for c in tree.children(i, "appos") for h in actors_of(tree, c, scene) if h.how == "head"]
    holders = [h for h in holders if h.how in DIRECT]
    if not holders:
        return None
    taken = {h.actor.key for h in holders}
    beside = verb_arguments(tree, governor) if governor >= 0 else []
    for argument in [*noun_arguments(tree, i), *beside]:
        if argument.relation in OF_WHOM:
            others += [h for h in actors_of(tree, argument.word, scene) if h.how != "its"]
    others = [h for h in others if h.actor.key not in taken]
    if not deal_type and not is_sized and LARGEST & {tree.text(c) for c in tree.children(i, "amod")}:
        return None  # "its largest customer is X": how things are
    is_the = word.dep == "nsubj" and any(tree.text(c) == "the" for c in tree.children(i, "det"))
    if not (others or deal_type or is_sized or is_the) and governor >= 0 and tree.text(governor) in BEING:
        return None  # "each would be a customer of the others"
    return Event(
        trigger=i,
        pos="noun",
        type=deal_type,
        frames=["standing"],
        bindings=[(h, role, True) for h in holders] + [(h, ACROSS[role], h.how in DIRECT) for h in others],
        votes={deal_type: 3.0} if deal_type else dict(kinds.votes),
        kinds=kinds.kinds,
        contract_side="",
        is_definite=any(tree.text(c) in DEFINITE for c in tree.children(i, "det", "poss")),
        is_negated=governor >= 0 and is_negated_at(tree, governor),
        words={i, governor} - {-1},
    )


def standing_of(tree: Tree, company: int) -> str:
    """The role that somebody is taken along in, "" where none is told: "with X and Y as its first tenants"."""
    after = max(tree.conjuncts(company)) + 1
    if after >= len(tree.words) or tree.text(after) != "as":
        return ""
    return next((STANDINGS[tree.text(c)][1] for c in tree.children(after, "pobj") if tree.text(c) in STANDINGS), "")


def _is_to_be(tree: Tree, being: int) -> bool:
    """Whether somebody is only to become what he is called: "will be its first customer"."""
    is_turn = tree.text(being).startswith("becom") or tree.text(being) == "became"
    return is_turn or any(tree.text(c) in MODALS for c in tree.children(being, "aux"))
