"""Roles told beside a deal: who guarantees it, who led the loan, who the seller was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.deals.argument import Argument
from extractors.deals.arguments import verb_arguments, whole_of
from extractors.deals.noun_arguments import noun_arguments
from extractors.deals.phrases import actors_of
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.registry.verbs import forms_of

UNDERWRITING = forms_of(["underwrite"])
# verbs that vouch only for what somebody owes: "X is covering part of the rent"
VOUCHING_FOR = UNDERWRITING | forms_of("back cover support insure".split())
GUARANTEE_VERBS = forms_of(("guarantee", "backstop")) | VOUCHING_FOR
GUARANTEE_NOUNS = frozenset("guarantee guaranty backstop guarantees guaranties backing backstops".split())
BACKED = frozenset("deal lease loan agreement contract leases debt financing".split())
GUARANTEED: Mapping[str, str] = dict.fromkeys(("lease", "debt", "compute", "build", "power", "chips"), "guarantor")
ROLE_NOUNS: dict[str, Mapping[str, str]] = {  # what somebody is called, in which role that puts him by type of deal
    noun: roles
    for nouns, roles in (
        ("buyer buyers purchaser", {"acquisition": "acquirer", "power": "customer", "chips": "customer"}),
        ("acquirer bidder bidders suitor suitors", {"acquisition": "acquirer"}),
        ("target", {"acquisition": "target"}),
        ("seller sellers", {"acquisition": "seller", "power": "supplier", "chips": "supplier"}),
        ("vendor", {"acquisition": "seller", "chips": "supplier"}),
        ("lender lenders arranger arrangers agent bookrunners", {"debt": "lender"}),
        ("borrower issuer", {"debt": "borrower"}),
        ("investor investors backer backers participants subscribers", {"equity": "investor"}),
        ("tenant lessee", {"lease": "customer"}),
        ("landlord lessor", {"lease": "supplier"}),
        ("offtaker", {"power": "customer"}),
        ("guarantor", GUARANTEED),
    )
    for noun in nouns.split()
}
TAKES_PART: Mapping[str, str] = {"equity": "investor", "debt": "lender"}
ACTING = frozenset(
    "act acts acted acting serve serves served serving came come comes joined join joins participated".split()
)
ROUNDS = frozenset("round rounds funding financing fundraising raise deal investment it series".split())
TAKING_PART = forms_of(  # without an object: "Temasek led and GIC joined in"
    ("participate", "join", "lead", "co-lead", "invest", "contribute", "follow", "return", "re-up", "anchor")
)
VENTURES = frozenset("venture company firm startup business project".split())
PROVIDING = forms_of(("provide", "supply", "lend", "advance", "contribute", "put"))
MONIES = frozenset("money funds cash funding financing debt loan capital rest remainder balance".split())
FRONTED = frozenset("leading providing arranging backing underwriting joining anchoring funding financing".split())
LEADING = forms_of(("lead", "co-lead", "anchor"))
ALSO = frozenset("did do does have has".split())
BECOMING = frozenset("become becomes became".split())
LISTING = frozenset("include includes included are were is was be comprise comprises comprised".split())
THOSE = frozenset("others those backers investors names participants".split())
GATHERED = frozenset("group syndicate consortium club team".split())
PAID = frozenset("rent rents payment payments obligation obligations".split())
OWED = frozenset("rent rents payment payments lease leases obligation obligations commitment commitments dues".split())


@dataclass(frozen=True, slots=True)
class SideRole:
    """A company beside a deal, its role by the type of that; ``beside`` are companies that the deal should have."""

    hit: Hit
    roles: Mapping[str, str]
    beside: frozenset[str]
    rule: str


def find_side_roles(tree: Tree, scene: Scene) -> Iterator[SideRole]:
    """All side roles that one sentence tells."""
    for i, word in enumerate(tree.words):
        if word.ref >= 0:
            continue
        is_backed = word.lower == "backed" and tree.text(word.head) in BACKED
        if word.lower in GUARANTEE_VERBS and tree.is_verb(i) and not is_backed:
            yield from _guarantors(tree, i, scene, verb=True)
        elif word.lower in GUARANTEE_NOUNS and word.tag.startswith("NN"):
            yield from _guarantors(tree, i, scene, verb=False)
        elif is_backed:
            by_whom = [p for c in tree.children(i, "agent") for p in tree.children(c, "pobj")]
            for child in [*tree.children(i, "npadvmod", "compound", "nmod", "nsubj"), *by_whom]:
                for hit in actors_of(tree, child, scene):
                    if hit.how == "head":
                        yield SideRole(hit, GUARANTEED, frozenset(), "backed_deal")
        elif word.lower in TAKING_PART and word.dep in ("acl", "relcl") and tree.text(word.head) in THOSE:
            yield from _taking_part(tree, _listed_as(tree, word.head), scene)
        elif word.lower == "others" and _is_of_round(tree, i):
            yield from _taking_part(tree, _listed_by(tree, word.head), scene)
        elif word.lower in ALSO and word.dep == "advcl" and tree.text(word.head) in TAKING_PART:
            yield from _taking_part(tree, tree.children(i, "nsubj"), scene)  # "X also took part, as did Y"
        elif fronted := _fronted(tree, i):
            yield from _taking_part(tree, fronted, scene)
        elif word.dep == "acl" and word.lower in TAKING_PART and tree.text(word.head) in VENTURES:
            continue  # "a venture led by X"
        elif word.lower in TAKING_PART and tree.is_verb(i) and _takes_no_object(tree, i):
            arguments = verb_arguments(tree, i)
            elsewhere = any(a.relation == "in" and tree.text(a.word) not in ROUNDS for a in arguments)
            if not elsewhere:  # "invested in nuclear power" is another matter
                taking = [a.word for a in arguments if a.relation == "subject"]
                yield from _taking_part(tree, [*taking, *_beside_them(tree, i)], scene)
        elif word.lower in PROVIDING and _is_beside(tree, i) and _is_money_given(tree, i):
            yield from _taking_part(tree, tree.children(i, "nsubj"), scene)
        elif word.lower in ROLE_NOUNS:
            yield from _named_role(tree, i, scene)


def _taking_part(tree: Tree, phrases: list[int], scene: Scene) -> Iterator[SideRole]:
    """Who takes part in the round or loan told of right before."""
    for hit in (h for i in phrases for h in actors_of(tree, i, scene) if h.how in ("head", "member")):
        yield SideRole(hit, TAKES_PART, frozenset(), "took_part")


def _is_beside(tree: Tree, i: int) -> bool:
    """Whether a verb only adds to what is told: "with X and Y providing the money", "X also put in cash"."""
    return tree.words[i].dep == "pcomp" or any(tree.text(c) == "also" for c in tree.children(i, "advmod"))


def _is_money_given(tree: Tree, i: int) -> bool:
    """Whether a verb's object is the money of the deal just told: "the extra money", "most of the loan"."""
    within = tree.objects_of(i, "in")
    objects = [whole_of(tree, o) for o in tree.children(i, "dobj")] or within
    return any(tree.text(o) in MONIES for o in objects)


def _fronted(tree: Tree, i: int) -> list[int]:
    """Who "is" doing what a sentence begins with: "Leading it were X and Y", "Providing the loan is X"."""
    if tree.text(i) not in FRONTED or any(w.dep != "advmod" for w in tree.words[:i]):
        return []
    being = next((w.i for w in tree.words[i + 1 : i + 6] if w.lower in LISTING), i)
    given = {w.lower for w in tree.words[i + 1 : being]}
    governor = tree.words[being].head if tree.words[being].dep == "aux" else being
    told = [*tree.children(governor, "attr", "nsubj"), *tree.children(being, "attr")]
    return [c for c in told if c > being] if given & (ROUNDS | MONIES | {"them"}) else []


def _listed_by(tree: Tree, governor: int) -> list[int]:
    """What "are" or "include" lists."""
    return tree.children(governor, "attr", "dobj") if tree.text(governor) in LISTING else []


def _listed_as(tree: Tree, those: int) -> list[int]:
    """Who is said to be of them: "others taking part were X and Y", "X and Y were among those that followed"."""
    among = tree.words[those].head
    if tree.words[those].dep != "pobj" or tree.text(among) not in ("among", "of"):
        return _listed_by(tree, tree.words[those].head)
    return tree.children(tree.words[among].head, "nsubj") if tree.text(tree.words[among].head) in LISTING else []


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
    within = tree.objects_of(i, "in")
    return any(tree.text(p) in ROUNDS for p in within)


def _guarantors(tree: Tree, i: int, scene: Scene, *, verb: bool) -> Iterator[SideRole]:
    arguments = verb_arguments(tree, i) if verb else noun_arguments(tree, i)
    head = tree.words[i].head
    owed = {tree.text(w) for a in arguments if a.relation == "object" for w in (a.word, *tree.objects_of(a.word, "of"))}
    vouched = OWED if tree.text(i) in UNDERWRITING else PAID
    if tree.text(i) in VOUCHING_FOR and not owed & vouched:
        return  # a loan or a bond issue: who underwrites it lends
    givers = [a for a in arguments if a.relation in (("subject", "by") if verb else ("from", "by", "poss"))]
    if verb and tree.words[i].dep == "csubj":  # "Standing behind the tenant is X"
        givers = [Argument("subject", c) for c in tree.children(head, "attr")]
    if not verb and not givers and tree.is_verb(head):
        givers = [a for a in verb_arguments(tree, head) if a.relation == "subject"]
    is_aside = tree.words[i].dep == "pcomp"  # "with X guaranteeing payments": X, not who acts in the clause above
    hits = [h for a in givers if a.is_near or not is_aside for h in actors_of(tree, a.word, scene)]
    direct = [h for h in hits if h.how in ("head", "anaphor", "member")] or hits
    others = [
        h.actor.key
        for a in arguments
        if a.relation not in ("subject", "by", "from")
        for h in actors_of(tree, a.word, scene)
    ]
    for hit in direct:
        yield SideRole(hit, GUARANTEED, frozenset(others) - {hit.actor.key}, "guarantor")


def _named_role(tree: Tree, i: int, scene: Scene) -> Iterator[SideRole]:
    """ "The seller, X, …", "X acted as lead lenders", "with X as anchor tenant"."""
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
            yield SideRole(hit, ROLE_NOUNS[tree.text(i)], frozenset(), f"role_{tree.text(i)}")


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
    if word.dep == "attr" and tree.text(governor) in BECOMING and word.lower.endswith("s"):  # "joined as lenders"
        return [h for c in tree.children(governor, "nsubj") for h in actors_of(tree, c, scene) if h.how == "head"]
    if tree.text(governor) not in LISTING or word.lower == "bookrunners" or word.dep not in ("nsubj", "pobj", "attr"):
        return []
    told = [c for c in tree.children(governor, "dobj", "attr", "nsubj") if c != i]
    told += tree.objects_of(governor, "including")
    return [h for c in told for h in actors_of(tree, c, scene) if h.how == "head"]
