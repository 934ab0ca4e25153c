"""How well a frame fits what a verb is said to do: whether its theme is there, and what else speaks for it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.deals.arguments import Argument
from extractors.deals.event import DIRECT
from extractors.deals.frames import Frame
from extractors.deals.light_verbs import VOUCHED
from extractors.deals.matter import Matter, matter_of, thing_at
from extractors.deals.phrases import actors_of
from extractors.deals.roles import SUPPLY
from extractors.deals.scene import Scene
from extractors.deals.targets import PORTFOLIOS
from extractors.deals.tree import Tree

PLANTS = frozenset("plants stations farms parks dams peakers".split())
HALLS = frozenset(
    "building campus campuses center centers centre centres datacenter datacenters facilities facility halls site "
    "sites".split()
)
SITES = HALLS | {"plant", "station", "complex"}
PLANTS_TRADED = frozenset({"buy_plants", "sell_plants"})
COMPANY_TRADED = frozenset({"sell_company", "buy_company"})
WORKS_SOLD = frozenset({"sell_halls", "sell_business", "buy_land"})
TO_WHOM = {"place_debt": "for", "lend_more": "to", "run_for": "for"}  # frames that say for whom by a preposition
SPENT = frozenset({"spend_power", "spend_chips", "spend_compute"})
LETTING = frozenset("neocloud cloud miner_host".split())
WHENCE = frozenset(
    {"come_from", "loan_comes", "funding_comes", "go_to", "order_from"}
)  # goods are from, or go to, whom they name


def fit(
    tree: Tree,
    verb: int,
    frame: Frame,
    arguments: list[Argument],
    all_arguments: list[Argument],
    matter: Matter,
    scene: Scene,
) -> float | None:
    """How much speaks for the frame, whose theme is of ``matter``; None where the verb tells something else.

    ``arguments`` are those of the frame's own verb and particle, ``all_arguments`` as the parser has them.
    """
    if (
        frame.theme != ("subject",)
        and frame.things
        and "deal" not in frame.things
        and _is_deal_noun(tree, verb, frame, arguments)
    ):
        return None
    if frame.things and not frame.things & matter.kinds:
        return None
    told = {a.relation for a in arguments}
    if frame.theme == ("with",) and not frame.things & {"money", "loan"} and _is_money(tree, arguments, matter):
        return None  # "providing X with $1.4 billion for a cluster"
    if frame.type == "debt" and any(a.relation == "object" and tree.text(a.word) in VOUCHED for a in arguments):
        return None  # "provides a guarantee for the loan"
    if frame.frame_id == "join_with" and any(tree.text(c) == "along" for c in tree.children(verb, "prep")):
        return None  # "A joined, along with B": a round
    if frame.frame_id in TO_WHOM and not _names_whom(tree, TO_WHOM[frame.frame_id], all_arguments, scene):
        return None  # "sold $2 billion of notes", "raised its credit line to $1 billion": its own
    if frame.frame_id in WHENCE and (not frame.roles.keys() & told or tree.children(verb, "xcomp")):
        return None  # "the power is dear" says not whose it is
    if frame.frame_id == "boost_power" and "for" not in told:
        return None  # "expands its power to 2 GW": its own
    if frame.frame_id == "expand_in" and "object" in told:
        return None
    if frame.frame_id == "set_aside" and "reserve" in tree.text(verb) and "for" not in told:
        return None  # "has reserved 120 MW at Y's campus": for itself
    if frame.frame_id in SPENT and "object" not in told and not {"money", "priced"} & matter.kinds:
        return None  # "pays for space and power": how much is not told
    if frame.frame_id == "run_work_on" and not _is_with_whom(tree, frame, arguments, scene):
        return None
    for_company = frame.frame_id == "pay_for_site" and "company" in matter.kinds
    if for_company and not _names_company(tree, frame, arguments, scene):
        return None  # "pay for it"
    if frame.frame_id == "pick_place" and "company" in matter.kinds:
        return None  # "picks Velmora for its campus" chooses no place
    named_site = frame.frame_id in COMPANY_TRADED and _is_named_site(tree, arguments)
    if frame.frame_id in COMPANY_TRADED and {"mw", "gpus"} & matter.kinds and not named_site:
        return None
    measured = frame.frame_id in WORKS_SOLD and bool({"mw", "gpus"} & matter.kinds)
    if measured and not _are(HALLS, tree, arguments, frame.theme):
        return None  # "sells 40 MW of space"
    pays_for_plants = frame.frame_id == "pay_for_site" and matter.kinds & frame.things == {"plant_gear"}
    if (frame.frame_id in PLANTS_TRADED or pays_for_plants) and not _are(PLANTS, tree, arguments, frame.theme):
        return None  # turbines bought for a site are power
    if frame.frame_id == "offer_for" and not _offers_money(tree, arguments, scene):
        return None  # "offered 40 MW for OpenAI"
    if frame.frame_id == "sell_halls" and not any(a.relation in ("to", "for") for a in arguments):
        return None  # "sells space": its business
    votes = dict(matter.votes)
    score = votes.get(frame.type, 0.0) if frame.type else 0.1
    score += 0.3 if frame.frame_id == "pay_for_site" and tree.text(verb).startswith(("pay", "paid")) else 0.0
    score += (
        1.5
        if frame.type not in SUPPLY
        and frame.things & {"company"}
        and "company" in matter.kinds
        and _is_company_head(tree, frame, arguments, scene)
        else 0.0
    )
    score += 2.0 if frame.frame_id in TO_WHOM else 0.0
    score += 4.0 if frame.frame_id in PLANTS_TRADED or pays_for_plants or measured or named_site else 0.0
    score += 3.0 if frame.frame_id == "buy_business" and _is_portfolio(tree, arguments) else 0.0
    score += 0.4 if frame.things & matter.kinds else 0.0
    score += _explained(tree, frame, arguments, scene)
    score += 0.3 if frame.type and frame.theme == ("for",) else 0.0  # "pay $40m for": what for tells
    score += 4.0 if frame.frame_id == "use_chips" and _is_hosted(tree, arguments, scene) else 0.0
    return score


def _is_money(tree: Tree, arguments: list[Argument], matter: Matter) -> bool:
    """Whether what somebody is provided with is money itself, not "$38 billion of computing power"."""
    given = [a.word for a in arguments if a.relation == "with"]
    return "money" in matter.kinds and not any(tree.text(c) == "of" for w in given for c in tree.children(w, "prep"))


def _names_whom(tree: Tree, relation: str, arguments: list[Argument], scene: Scene) -> bool:
    """Whether a company is named in that relation: "to Hafnarfell Data", not "to $1 billion"."""
    named = (a.word for a in arguments if a.relation == relation)
    return any(h.how in DIRECT for i in named for h in actors_of(tree, i, scene))


def _are(works: frozenset[str], tree: Tree, arguments: list[Argument], theme: Sequence[str]) -> bool:
    """Whether works change hands as they stand: "18 gas-fired plants", "its 90 MW data centre"."""
    return any(
        tree.text(whole) in works for a in arguments if a.relation in theme for whole in _with_whole(tree, a.word)
    )


def _is_named_site(tree: Tree, arguments: list[Argument]) -> bool:
    """Whether what is traded is called a site: "Bay Halls, a 33 MW facility"."""
    called = (c for a in arguments if a.relation == "object" for c in tree.children(a.word, "appos"))
    return any(tree.text(c) in SITES for c in called)


def _with_whole(tree: Tree, i: int) -> list[int]:
    """A word and what it is so much of: "310 MW of gas plants"."""
    return [i, *(p for c in tree.children(i, "prep") if tree.text(c) == "of" for p in tree.children(c, "pobj"))]


def _offers_money(tree: Tree, arguments: list[Argument], scene: Scene) -> bool:
    """Whether what is offered is an amount of money: "had offered $4.8 billion for the operator"."""
    return any(a.relation == "object" and "money" in matter_of(tree, a.word, scene).kinds for a in arguments)


def _is_with_whom(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> bool:
    """Whether a company is named where the frame has its supplier: "runs its models on X"."""
    places = {relation for relation, role in frame.roles.items() if role == "supplier"}
    beside = (a for a in arguments if a.relation in places)
    return any(h.how in (*DIRECT, "product") for a in beside for h in actors_of(tree, a.word, scene))


def _is_hosted(tree: Tree, arguments: list[Argument], scene: Scene) -> bool:
    """Whether chips stand with whoever lets them out: "reserve 6,000 GPUs in X's Fukuoka region"."""
    beside = (a for a in arguments if a.relation in ("in", "on", "at"))
    return any(h.actor.kinds & LETTING for a in beside for h in actors_of(tree, a.word, scene))


def _is_portfolio(tree: Tree, arguments: list[Argument]) -> bool:
    """Whether what is bought is a collection of works: "a portfolio of power plants"."""
    return any(a.relation == "object" and tree.text(a.word) in PORTFOLIOS for a in arguments)


def _explained(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> float:
    """What speaks for a frame that has a role for whoever is named "to", "from" or "for", and against one without."""
    score = 0.0
    for argument in arguments:
        if not argument.is_near or argument.relation not in ("to", "from", "for") or argument.relation in frame.theme:
            continue
        if any(h.how in DIRECT for h in actors_of(tree, argument.word, scene)):
            score += 0.3 if argument.relation in frame.roles else -0.6
    return score


def _is_deal_noun(tree: Tree, verb: int, frame: Frame, arguments: list[Argument]) -> bool:
    """Whether the theme is headed by a word like "contract": then that noun is the event."""
    themes = [thing_at(tree, a.word) for a in arguments if a.relation in frame.theme]
    signed = "object" in frame.theme or tree.text(verb).startswith(("sign", "expand", "extend", "widen"))  # "for 6 GW"
    objects = [thing_at(tree, a.word) for a in arguments if a.relation == "object" and signed]
    return bool(themes) and (
        all(t is not None and t.kind == "deal" for t in themes)
        or any(t is not None and t.kind == "deal" for t in objects)
    )


def _is_company_head(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> bool:
    return any(
        h.how in DIRECT
        for a in arguments
        if a.relation in frame.theme
        for h in actors_of(tree, a.word, scene, before=a.before)
    )


def _names_company(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> bool:
    themes = [a.word for a in arguments if a.relation in frame.theme]
    return any(scene.company_at(tree.words[i].ref) for i in themes)
