"""Whom a deal noun names itself: its possessor, its prepositions, the words before it."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.deals.argument import Argument
from extractors.deals.event import DIRECT
from extractors.deals.frames import Frame
from extractors.deals.matter import matter_of
from extractors.deals.phrases import actors_of, dealing
from extractors.deals.roles import is_moneyed
from extractors.deals.scene import Hit, Scene
from extractors.deals.targets import CENTRES
from extractors.deals.tree import Tree

GOODS = frozenset({"chips", "gpus", "compute", "power"})
GRANTED = frozenset("credit facility financing line loan loans mortgage".split())


def bind_noun(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> Iterator[tuple[Hit, str, bool]]:
    """Whom the noun's own phrases name: (hit, role, whether it stands near the noun)."""
    is_bought = has_buyer(arguments, tree, scene)
    to_whom = any(a.relation == "to" and actors_of(tree, a.word, scene) for a in arguments)
    for argument in arguments:
        role = frame.roles.get(argument.relation, "")
        if not role:
            continue
        whom = dealing if argument.relation in ("with", "between") else actors_of
        for hit in whom(tree, argument.word, scene, before=argument.before):
            if frame.frame_id == "n_acquisition" and argument.relation == "poss" and is_bought:
                role = "target"  # "X's acquisition by Y"
            if frame.frame_id == "n_loan" and argument.relation == "poss" and to_whom:
                role = "lender"  # "X's loan to Y"
            if role == "borrower" and argument.relation == "compound" and _is_lenders(tree, argument.word, hit):
                role = "lender"  # "a JPMorgan loan"
            is_part = frame.type == "acquisition" and role == "target" and hit.how in ("poss", "compound")
            if frame.frame_id == "n_stake_sale" and role == "target" and hit.how in ("its", "poss"):
                yield hit, "seller", hit.how == "poss"  # "the sale of its 40% holding in X"
                continue
            if is_part and _is_business(tree, argument.word, scene, owned=hit.how == "poss"):
                yield hit, "seller", True
                continue
            sold = frame.frame_id == "n_reseller" or role in ("supplier", "other")  # "a reseller of ChatGPT"
            if hit.how == "product" and not sold and argument.relation != "compound":
                continue
            if role == "developer" and argument.relation == "with" and hit.how not in DIRECT:
                continue  # "an AI hub with X's GPUs"
            if role == "borrower" and hit.how == "compound" and GOODS & matter_of(tree, argument.word, scene).kinds:
                continue  # "debt deal for Nvidia chips"
            if (
                argument.relation == "compound"
                and not scene.company_at(tree.words[argument.word].ref)
                and hit.how == "head"
            ):
                continue
            if hit.how in DIRECT or hit.how == "product" or argument.relation not in ("poss", "compound"):
                yield hit, role, hit.how in DIRECT and argument.relation != "compound"


def makers(tree: Tree, arguments: list[Argument], bindings: list[tuple[Hit, str, bool]], scene: Scene) -> Iterator[Hit]:
    """Whose plant a deal is for: "a deal for 500 MW of X fuel cells"."""
    bound = {h.actor.key for h, _, _ in bindings}
    for argument in arguments:
        if argument.relation == "for" and "plant_gear" in matter_of(tree, argument.word, scene).kinds:
            hits = actors_of(tree, argument.word, scene)
            yield from (h for h in hits if h.how in ("of", "compound") and h.actor.key not in bound)


def _is_lenders(tree: Tree, name: int, hit: Hit) -> bool:
    """Whether a loan is called after a bank or fund, which has granted it; a bond is its issuer's."""
    return is_moneyed(hit.actor) and tree.text(tree.words[name].head) in GRANTED


def listed_before(tree: Tree, noun: int, scene: Scene) -> list[tuple[Hit, str, bool]]:
    """The other owners in "A, B and C venture", where the parser takes the venture for the last of a list."""
    first = noun
    while tree.words[first].dep == "conj":
        first = tree.words[first].head
    named = [(at, scene.actor_at(tree.words[at].ref)) for at in tree.conjuncts(first) if at < noun]
    hits = [
        Hit(actor, tree.words[at].start_char, tree.words[at].end_char, "head")
        for at, actor in named
        if actor is not None
    ]
    return [(hit, "partner", True) for hit in hits] if first < noun else []


def has_buyer(arguments: list[Argument], tree: Tree, scene: Scene) -> bool:
    """Whether a buyer is named with "by"."""
    return any(a.relation == "by" and actors_of(tree, a.word, scene) for a in arguments)


def _is_business(tree: Tree, i: int, scene: Scene, *, owned: bool) -> bool:
    """Whether the phrase is a part of a company: "ABB's robotics division", "X's Sydney data centres"."""
    if scene.actor_at(tree.words[i].ref) is not None:
        return False
    kinds = matter_of(tree, i, scene, deep=False).kinds
    is_works = bool({"business_site", "plant_gear"} & kinds) or tree.text(i) in CENTRES
    return "business" in kinds or (owned and is_works)


def headless(tree: Tree, noun: int, frame: Frame, scene: Scene) -> list[tuple[Hit, str, bool]]:
    """A headline without a verb ("Microsoft $1 billion data center expansion"): its head is the subject."""
    for above in tree.ancestors(noun):
        actor = scene.actor_at(tree.words[above].ref)
        if (
            actor is not None
            and tree.words[above].head == above
            and tree.words[noun].dep in ("dobj", "appos", "npadvmod", "dep", "pobj")
        ):
            part = scene.parts[tree.words[above].ref]
            return [(Hit(actor, part.start_char, part.end_char, "head"), frame.roles["subject"], False)]
    return []


def invested(
    frame: Frame, bindings: list[tuple[Hit, str, bool]], arguments: list[Argument], tree: Tree, scene: Scene
) -> list[tuple[Hit, str, bool]]:
    """ "Thorngate pulls out of $400m Quillon investment", "after $400m investment from Thorngate, Quillon grew"."""
    if frame.frame_id != "n_investment":
        return bindings
    told = {
        relation: {h.actor.key for a in arguments if a.relation == relation for h in actors_of(tree, a.word, scene)}
        for relation in ("compound", "from")
    }
    investing = {h.actor.key for h, role, _ in bindings if role == "investor"}
    taking = investing - told["from"] if told["from"] else told["compound"]
    if not investing - taking:
        return bindings
    return [(h, "investee" if h.actor.key in taking else role, near) for h, role, near in bindings]


def sold_by_others(
    target: tuple[int, int] | None, bindings: list[tuple[Hit, str, bool]]
) -> list[tuple[Hit, str, bool]]:
    """ "A and B kick off sale of Vocus fibre arm": whose name the target has does not sell it where others do."""
    first, last = target or (0, 0)
    inside = {h.actor.key for h, role, _ in bindings if role == "seller" and first <= h.start_char < last}
    if not {h.actor.key for h, role, _ in bindings if role == "seller" and h.how in DIRECT} - inside:
        return bindings
    return [b for b in bindings if b[0].actor.key not in inside]


def apart(
    bindings: list[tuple[Hit, str, bool]], arguments: list[Argument], tree: Tree, scene: Scene
) -> list[tuple[Hit, str, bool]]:
    """ "Velmora trims Norvane contract": a name before the noun is the other side of whoever else is named."""
    before = {h.actor.key for a in arguments if a.relation == "compound" for h in actors_of(tree, a.word, scene)}
    if not {h.actor.key for h, role, _ in bindings if role == "side"} - before:
        return bindings
    return [(h, "other" if role == "side" and h.actor.key in before else role, near) for h, role, near in bindings]


def without_goods(bindings: list[tuple[Hit, str, bool]]) -> list[tuple[Hit, str, bool]]:
    """ "Velmora's TPU deal with Norvane": a product says what is dealt in, where the other side is named."""
    sides = {role: {h.actor.key for h, r, _ in bindings if r == role and h.how in DIRECT} for role in ("side", "other")}
    if not sides["side"] or not sides["other"]:
        return bindings
    named = sides["side"] | sides["other"]
    return [b for b in bindings if b[0].how != "product" or b[1] != "other" or b[0].actor.key in named]


def someone_else(hit: Hit, bindings: list[tuple[Hit, str, bool]], scene: Scene) -> Hit:
    """Whom an anaphor means where its first reading is already a party: "the corporation had a deal with Oracle"."""
    bound = {h.actor.key for h, _, _ in bindings}
    other = next((k for k in scene.recent if k not in bound), None)
    return hit if other is None else Hit(scene.actors[other], hit.start_char, hit.end_char, hit.how)
