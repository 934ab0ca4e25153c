"""Roles told beside a deal: who guarantees it, who led the loan, who the seller was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.deals.arguments import noun_arguments, verb_arguments
from extractors.deals.phrases import actors_of
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.registry.verbs import forms_of

UNDERWRITING = forms_of(["underwrite"])
GUARANTEE_VERBS = forms_of(("guarantee", "backstop")) | UNDERWRITING
GUARANTEE_NOUNS = frozenset("guarantee guaranty backstop guarantees guaranties backing backstops".split())
BACKED = frozenset("deal lease loan agreement contract leases debt financing".split())
GUARANTEED = frozenset({"lease", "debt", "compute", "build", "power", "chips"})
ROLE_NOUNS = {
    "seller": ("seller", frozenset({"acquisition"})),
    "vendor": ("seller", frozenset({"acquisition"})),
    "buyer": ("acquirer", frozenset({"acquisition"})),
    "acquirer": ("acquirer", frozenset({"acquisition"})),
    "lender": ("lender", frozenset({"debt"})),
    "lenders": ("lender", frozenset({"debt"})),
    "arranger": ("lender", frozenset({"debt"})),
    "bookrunners": ("lender", frozenset({"debt"})),
    "guarantor": ("guarantor", GUARANTEED),
    "investor": ("investor", frozenset({"equity"})),
    "investors": ("investor", frozenset({"equity"})),
    "backer": ("investor", frozenset({"equity"})),
    "backers": ("investor", frozenset({"equity"})),
    "participants": ("investor", frozenset({"equity"})),
    "subscribers": ("investor", frozenset({"equity"})),
    "arrangers": ("lender", frozenset({"debt"})),
    "agent": ("lender", frozenset({"debt"})),
    "borrower": ("borrower", frozenset({"debt"})),
    "issuer": ("borrower", frozenset({"debt"})),
    "purchaser": ("acquirer", frozenset({"acquisition"})),
    "lessor": ("supplier", frozenset({"lease"})),
    "lessee": ("customer", frozenset({"lease"})),
    "bidder": ("acquirer", frozenset({"acquisition"})),
    "bidders": ("acquirer", frozenset({"acquisition"})),
    "suitor": ("acquirer", frozenset({"acquisition"})),
    "suitors": ("acquirer", frozenset({"acquisition"})),
    "sellers": ("seller", frozenset({"acquisition"})),
    "buyers": ("acquirer", frozenset({"acquisition"})),
    "tenant": ("customer", frozenset({"lease"})),
    "landlord": ("supplier", frozenset({"lease"})),
    "offtaker": ("customer", frozenset({"power"})),
}
ACTING = frozenset(
    "act acts acted acting serve serves served serving came come comes joined join joins participated".split()
)
ROUNDS = frozenset("round rounds funding financing fundraising raise deal investment it series".split())
TAKING_PART = forms_of(  # without an object: "Temasek led and GIC joined in"
    ("participate", "join", "lead", "co-lead", "invest", "contribute", "follow")
)
VENTURES = frozenset("venture company firm startup business project".split())
LEADING = forms_of(("lead", "co-lead"))
ALSO = frozenset("did do does have has".split())
LISTING = frozenset("include includes included are were is was comprise comprises comprised".split())
GATHERED = frozenset("group syndicate consortium club team".split())
OWED = frozenset("rent rents payment payments lease leases obligation obligations commitment commitments dues".split())


@dataclass(frozen=True, slots=True)
class SideRole:
    """A company in a role of a deal of one of ``types``; ``beside`` are companies that the deal should have."""

    hit: Hit
    role: str
    types: frozenset[str]
    beside: frozenset[str]
    rule: str


def find_side_roles(tree: Tree, scene: Scene) -> Iterator[SideRole]:
    """All side roles that one sentence tells."""
    for i, word in enumerate(tree.words):
        if word.ref >= 0:
            continue
        if word.lower in GUARANTEE_VERBS and tree.is_verb(i):
            yield from _guarantors(tree, i, scene, verb=True)
        elif word.lower in GUARANTEE_NOUNS and word.tag.startswith("NN"):
            yield from _guarantors(tree, i, scene, verb=False)
        elif word.lower == "backed" and tree.text(word.head) in BACKED:
            for child in tree.children(i, "npadvmod", "compound", "nmod", "nsubj"):
                for hit in actors_of(tree, child, scene):
                    if hit.how == "head":
                        yield SideRole(hit, "guarantor", GUARANTEED, frozenset(), "backed_deal")
        elif word.lower in TAKING_PART and word.dep == "acl" and tree.text(word.head) == "others":
            governor = tree.words[word.head].head  # "Others taking part were X and Y"
            yield from _taking_part(tree, _listed_by(tree, governor), scene)
        elif word.lower == "others" and _is_of_round(tree, i):
            yield from _taking_part(tree, _listed_by(tree, word.head), scene)
        elif word.lower in ALSO and word.dep == "advcl" and tree.text(word.head) in TAKING_PART:
            yield from _taking_part(tree, tree.children(i, "nsubj"), scene)  # "X also took part, as did Y"
        elif word.dep == "acl" and word.lower in TAKING_PART and tree.text(word.head) in VENTURES:
            continue  # "a venture led by X"
        elif word.lower in TAKING_PART and tree.is_verb(i) and _takes_no_object(tree, i):
            arguments = verb_arguments(tree, i)
            elsewhere = any(a.relation == "in" and tree.text(a.word) not in ROUNDS for a in arguments)
            if not elsewhere:  # "invested in nuclear power" is another matter
                taking = [a.word for a in arguments if a.relation == "subject"]
                yield from _taking_part(tree, [*taking, *_beside_them(tree, i)], scene)
        elif word.lower in ROLE_NOUNS:
            yield from _named_role(tree, i, scene)


def _taking_part(tree: Tree, phrases: list[int], scene: Scene) -> Iterator[SideRole]:
    """Who takes part in the round or loan told of right before."""
    for hit in (h for i in phrases for h in actors_of(tree, i, scene) if h.how == "head"):
        yield SideRole(hit, "investor", frozenset({"equity"}), frozenset(), "took_part")
        yield SideRole(hit, "lender", frozenset({"debt"}), frozenset(), "took_part")


def _listed_by(tree: Tree, governor: int) -> list[int]:
    """What "are" or "include" lists."""
    return tree.children(governor, "attr", "dobj") if tree.text(governor) in LISTING else []


def _takes_no_object(tree: Tree, i: int) -> bool:
    """Whether a verb stands alone, as in "X joined", or has only "it" for its object: "X led it"."""
    return all(tree.text(c) == "it" and tree.text(i) in LEADING for c in tree.children(i, "dobj"))


def _beside_them(tree: Tree, i: int) -> list[int]:
    """Who else: "A and B joined, along with C"."""
    along = [c for c in tree.children(i, "prep") if tree.text(c) in ("along", "together", "alongside")]
    inner = [w for c in along for w in tree.children(c, "prep") if tree.text(w) == "with"]
    return [p for c in [*along, *inner] for p in tree.children(c, "pobj")]


def _is_of_round(tree: Tree, i: int) -> bool:
    """Whether "others" are those "in the round"."""
    within = (p for c in tree.children(i, "prep") if tree.text(c) == "in" for p in tree.children(c, "pobj"))
    return any(tree.text(p) in ROUNDS for p in within)


def _guarantors(tree: Tree, i: int, scene: Scene, *, verb: bool) -> Iterator[SideRole]:
    arguments = verb_arguments(tree, i) if verb else noun_arguments(tree, i)
    head = tree.words[i].head
    owed = {tree.text(a.word) for a in arguments if a.relation == "object"}
    if tree.text(i) in UNDERWRITING and not owed & OWED:
        return  # a loan or a bond issue: who underwrites it lends
    givers = [a for a in arguments if a.relation in (("subject", "by") if verb else ("from", "by", "poss"))]
    if not verb and not givers and tree.is_verb(head):
        givers = [a for a in verb_arguments(tree, head) if a.relation == "subject"]
    hits = [h for a in givers for h in actors_of(tree, a.word, scene)]
    direct = [h for h in hits if h.how in ("head", "anaphor", "member")] or hits
    others = [
        h.actor.key
        for a in arguments
        if a.relation not in ("subject", "by", "from")
        for h in actors_of(tree, a.word, scene)
    ]
    for hit in direct:
        yield SideRole(hit, "guarantor", GUARANTEED, frozenset(others) - {hit.actor.key}, "guarantor")


def _named_role(tree: Tree, i: int, scene: Scene) -> Iterator[SideRole]:
    """ "The seller, X, …", "X acted as lead lenders", "with X as anchor tenant"."""
    role, types = ROLE_NOUNS[tree.text(i)]
    hits = [h for c in tree.children(i, "appos") for h in actors_of(tree, c, scene) if h.how == "head"]
    head = tree.words[i].head
    if not hits and tree.words[i].dep == "pobj" and tree.text(head) == "as":
        governor = tree.words[head].head
        if tree.text(governor) in ACTING:
            beside = [a for a in noun_arguments(tree, i) if a.relation == "alongside"]
            hits = [h for a in beside for h in actors_of(tree, a.word, scene)]
            hits += [
                h
                for a in verb_arguments(tree, governor)
                if a.relation == "subject"
                for h in actors_of(tree, a.word, scene)
            ]
    if not hits:
        hits = _listed(tree, i, scene)
    for hit in hits:
        if hit.how in ("head", "member"):
            yield SideRole(hit, role, types, frozenset(), f"role_{tree.text(i)}")


def _listed(tree: Tree, i: int, scene: Scene) -> list[Hit]:
    """ "The backers include X and Y", "the lender group comprises X and Y", "X as sole arranger"."""
    if tree.words[i].dep == "compound" and tree.text(tree.words[i].head) in GATHERED:
        i = tree.words[i].head
    word = tree.words[i]
    if word.dep == "pobj" and tree.text(word.head) == "as" and word.lower != "bookrunners":
        before = word.head - (2 if word.head > 1 and tree.text(word.head - 1) == "," else 1)
        actor = scene.actor_at(tree.words[before].ref) if before >= 0 else None
        if actor is None:
            return []
        part = scene.parts[tree.words[before].ref]
        return [Hit(actor, part.start_char, part.end_char, "head")]
    governor = tree.words[word.head].head if word.dep == "pobj" and tree.text(word.head) == "among" else word.head
    if tree.text(governor) not in LISTING or word.lower == "bookrunners" or word.dep not in ("nsubj", "pobj", "attr"):
        return []
    told = [c for c in tree.children(governor, "dobj", "attr", "nsubj") if c != i]
    told += [
        p for c in tree.children(governor, "prep") if tree.text(c) == "including" for p in tree.children(c, "pobj")
    ]
    return [h for c in told for h in actors_of(tree, c, scene) if h.how == "head"]
