"""What a deal noun is of, beyond its own words: what is sought, sold, lent, and for whom."""

from __future__ import annotations

from extractors.deals.argument import Argument
from extractors.deals.arguments import verb_arguments
from extractors.deals.event import DIRECT
from extractors.deals.frames import Frame
from extractors.deals.light_verbs import light_verb
from extractors.deals.matter import matter_of
from extractors.deals.phrases import actors_of
from extractors.deals.scene import Scene
from extractors.deals.tree import Tree
from extractors.records import Money
from extractors.registry.verbs import forms_of

TAXED = frozenset("tax incentive abatement rebate settlement plea trade wage labor labour union peace".split())
BORROWING = forms_of("draw repay tap syndicate underwrite arrange refinance".split()) | frozenset(
    "undrawn drawdown revolving syndicated".split()
)
OF_BANKS = frozenset("bank banking lending debt loan credit revolving senior".split())
OBTAINING = forms_of(
    "secure obtain get close sign arrange raise land bag clinch win receive upsize extend agree".split()
)
VOTING = forms_of("approve accept back block endorse oppose reject spurn support veto".split())
HOLDERS = frozenset("shareholders stockholders holders investors".split())
RIVAL = frozenset("rival competing counter earlier takeover hostile unsolicited rejected cash all-share".split())


def sought(tree: Tree, noun: int, frames: list[Frame], arguments: list[Argument], scene: Scene) -> set[str]:
    """What a bid is for and a takeover is by: "a bid for X", "spurns an offer from Y", "the takeover by Z"."""
    ids = {f.frame_id for f in frames}
    approach = {"to"} if tree.text(noun).startswith("approach") else set()
    relations = {"for", "with", *approach} if "n_bid" in ids else {"by"} if "n_acquisition" in ids else set()
    governor, light = light_verb(tree, noun, "acquisition") if "n_bid" in ids else (None, None)
    if light is not None and light.frame_id == "light_refuse" and governor == tree.words[noun].head:
        return {"refused"}
    if "n_sale" in ids and _is_sold(tree, noun):
        relations = {"to"}
    if "n_deal_for" in ids and _is_for_company(tree, noun, arguments, scene):
        return {"sought"}
    if "n_loan_facility" in ids and _is_lent(tree, noun, arguments, scene):
        return {"lent"}
    if "n_bid" in ids and RIVAL & {tree.text(c) for c in tree.children(noun, "amod", "compound")}:
        relations = {*relations, "by", "from", "poss"}
    named = any(
        h.how in DIRECT
        for a in arguments
        if a.relation in relations
        for h in actors_of(tree, a.word, scene, before=a.before)
    )
    return {"company"} if named else set()


def _is_sold(tree: Tree, noun: int) -> bool:
    """Whether nothing but a price stands before "sale", and somebody agrees it: "agrees $4bn sale to X"."""
    goods = [c for c in tree.children(noun, "compound", "nmod") if tree.words[c].tag.startswith("NN")]
    _, light = light_verb(tree, noun, "acquisition")
    return light is not None and not goods


def _is_for_company(tree: Tree, noun: int, arguments: list[Argument], scene: Scene) -> bool:
    """Whether a deal is to get a company: "near a deal for X", not "wins a deal for X's site" nor "a deal with Y"."""
    if TAXED & {tree.text(c) for c in tree.children(noun, "compound", "amod", "nmod")}:
        return False
    governor, light = light_verb(tree, noun, "acquisition")
    of_verb = verb_arguments(tree, governor) if governor is not None else []
    named = {
        argument.relation
        for argument in [*arguments, *of_verb]
        if argument.relation in ("for", "with", "from", "compound", "between")
        and any(h.how in DIRECT for h in actors_of(tree, argument.word, scene, before=argument.before))
    }
    return light is not None and not light.contract_side and named == {"for"}


def _is_lent(tree: Tree, noun: int, arguments: list[Argument], scene: Scene) -> bool:
    """Whether a facility is money: drawn, repaid, syndicated, or got from a lender."""
    if any(tree.text(c) in OF_BANKS for c in tree.children(noun, "compound", "amod", "nmod")):
        return True  # "its committed senior bank facilities"
    over = {tree.text(a) for a in [*list(tree.ancestors(noun))[:2], *tree.children(noun, "acl", "amod")]}
    placed = any(tree.text(c) in ("in", "at", "near", "outside") for c in tree.children(noun, "prep"))
    sums = [c for c in tree.children(noun, "nummod", "compound", "amod", "nmod") if tree.words[c].ref >= 0]
    if (
        not placed
        and not OBTAINING.isdisjoint(over)
        and any(isinstance(scene.parts[tree.words[c].ref], Money) for c in sums)
    ):
        return True
    givers = [a for a in arguments if a.relation in ("from", "with", "by")]
    verb = tree.words[noun].head  # "the bank approved a $300 million facility"
    givers += [a for a in verb_arguments(tree, verb) if a.relation == "subject"] if sums and tree.is_verb(verb) else []
    lenders = any("lender" in h.actor.kinds for a in givers for h in actors_of(tree, a.word, scene))
    return lenders or not BORROWING.isdisjoint(over)


def only_describes(tree: Tree, noun: int, frames: list[Frame], scene: Scene) -> bool:
    """ "Pelham, a joint venture of Wexley and Orrin": what a company is, is told in passing."""
    word = tree.words[noun]
    return (
        word.dep == "appos"
        and scene.company_at(tree.words[word.head].ref)
        and any(frame.type == "joint_venture" for frame in frames)
        and any(tree.text(child) in ("a", "an") for child in tree.children(noun, "det"))
    )


def is_of_something_else(tree: Tree, noun: int, scene: Scene) -> bool:
    """Whether a round is none of money: "a round of layoffs"."""
    ofs = tree.objects_of(noun, "of")
    return tree.text(noun).startswith("round") and any(
        tree.words[p].ref < 0 and tree.words[p].tag == "NNS" and not matter_of(tree, p, scene).kinds for p in ofs
    )


def is_put_to_holders(tree: Tree, noun: int, scene: Scene) -> bool:
    """Whether a company's owners vote on it, who vote on takeovers: "X shareholders vote down Y deal"."""
    verb = tree.words[noun].head
    if tree.words[noun].dep != "dobj" or tree.text(verb) not in VOTING:
        return False
    bodies = [s for s in tree.children(verb, "nsubj") if tree.text(s) in HOLDERS]
    return any(
        scene.company_at(tree.words[c].ref) for s in bodies for c in tree.children(s, "poss", "compound", "nmod")
    )


def is_into_place(tree: Tree, arguments: list[Argument], kinds: set[str], scene: Scene) -> bool:
    """Whether money goes to a place, and to no company: "X's $10bn Ohio investment pledge"."""
    if not kinds & {"place", "site"}:
        return False
    into = (a for a in arguments if a.relation in ("in", "into", "of", "compound"))
    return not any(h.how in DIRECT for a in into for h in actors_of(tree, a.word, scene, before=a.before))
