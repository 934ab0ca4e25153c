"""Whether a frame fits what a verb is told with, and how well it does beside the verb's other frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from extractors.deals.arguments import Argument
from extractors.deals.event import DIRECT
from extractors.deals.frames import Frame
from extractors.deals.light_verbs import VOUCHED
from extractors.deals.matter import MONEY, Matter, matter_of, thing_at
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


@dataclass(frozen=True, slots=True)
class Telling:
    """A verb with its arguments as one of its frames would read them; ``heard`` are those that the parser gives."""

    tree: Tree
    verb: int
    frame: Frame
    arguments: Sequence[Argument]
    heard: Sequence[Argument]
    matter: Matter
    scene: Scene

    def words(self, *relations: str) -> list[int]:
        """The heads of the phrases that stand in one of these relations to the verb."""
        return [a.word for a in self.arguments if a.relation in relations]

    def is_measured(self) -> bool:
        return bool({"mw", "gpus"} & self.matter.kinds)


def is_fitting(told: Telling) -> bool:
    """Whether the verb may tell what the frame does: its theme is there, and what else the frame asks for."""
    frame, kinds = told.frame, told.matter.kinds
    if frame.things and not frame.things & kinds:
        return False
    if frame.things and frame.theme != ("subject",) and "deal" not in frame.things and _is_deal_noun(told):
        return False
    if frame.theme == ("with",) and not frame.things & {"money", "loan"} and _is_money(told):
        return False  # "providing X with $1.4 billion for a cluster"
    if frame.type == "debt" and any(told.tree.text(i) in VOUCHED for i in told.words("object")):
        return False  # "provides a guarantee for the loan"
    return ASKED[frame.frame_id](told) if frame.frame_id in ASKED else True


def fit(told: Telling) -> float:
    """How well a fitting frame reads the verb: what speaks for its type, and for the roles that it gives."""
    frame, matter = told.frame, told.matter
    score = dict(matter.votes).get(frame.type, 0.0) if frame.type else 0.1
    if frame.type not in SUPPLY and "company" in frame.things & matter.kinds and _is_company_head(told):
        score += 1.5
    if frame.frame_id in TO_WHOM:
        score += 2.0
    if _trades_works(told) or (frame.frame_id == "use_chips" and _is_hosted(told)):
        score += 4.0
    if frame.frame_id == "buy_business" and any(told.tree.text(i) in PORTFOLIOS for i in told.words("object")):
        score += 3.0  # "a portfolio of power plants"
    if frame.frame_id == "pay_for_site" and told.tree.text(told.verb).startswith(("pay", "paid")):
        score += 0.3
    if frame.type and frame.theme == ("for",):
        score += 0.3  # "pay $40m for": what for tells
    return score + (0.4 if frame.things & matter.kinds else 0.0) + _explained(told)


def _explained(told: Telling) -> float:
    """What speaks for a frame that has a role for whoever is named "to", "from" or "for", and against one without."""
    score = 0.0
    for argument in told.arguments:
        if argument.relation not in ("to", "from", "for") or argument.relation in told.frame.theme:
            continue
        if argument.is_near and _names(told, argument.word):
            score += 0.3 if argument.relation in told.frame.roles else -0.6
    return score


def _names(told: Telling, i: int, *, before: int | None = None) -> bool:
    """Whether the phrase at word ``i`` names a company outright."""
    return any(h.how in DIRECT for h in actors_of(told.tree, i, told.scene, before=before))


def _is_company_head(told: Telling) -> bool:
    return any(_names(told, a.word, before=a.before) for a in told.arguments if a.relation in told.frame.theme)


def _is_deal_noun(told: Telling) -> bool:
    """Whether the theme is headed by a word like "contract": then that noun is the event."""
    tree, theme = told.tree, told.frame.theme
    themes = [thing_at(tree, i) for i in told.words(*theme)]
    signed = "object" in theme or tree.text(told.verb).startswith(("sign", "expand", "extend", "widen"))  # "for 6 GW"
    objects = [thing_at(tree, i) for i in told.words("object") if signed]
    return bool(themes) and (
        all(t is not None and t.kind == "deal" for t in themes)
        or any(t is not None and t.kind == "deal" for t in objects)
    )


def _is_money(told: Telling) -> bool:
    """Whether what somebody is provided with is money itself, not "$38 billion of computing power"."""
    beside = {told.tree.text(c) for i in told.words("with") for c in told.tree.children(i, "prep")}
    return "money" in told.matter.kinds and "of" not in beside


def _names_whom(told: Telling) -> bool:
    """Whether a company is named in that relation: "to Hafnarfell Data", not "to $1 billion"."""
    relation = TO_WHOM[told.frame.frame_id]
    return any(_names(told, a.word) for a in told.heard if a.relation == relation)


def _names_giver(told: Telling) -> bool:
    """Whether somebody is named in a role of the frame: "the power is dear" says not whose it is."""
    return any(a.relation in told.frame.roles for a in told.arguments) and not told.tree.children(told.verb, "xcomp")


def _is_with_whom(told: Telling) -> bool:
    """Whether a company is named where the frame has its supplier: "runs its models on X"."""
    places = [relation for relation, role in told.frame.roles.items() if role == "supplier"]
    hits = (h for i in told.words(*places) for h in actors_of(told.tree, i, told.scene))
    return any(h.how in (*DIRECT, "product") for h in hits)


def _is_hosted(told: Telling) -> bool:
    """Whether chips stand with whoever lets them out: "reserve 6,000 GPUs in X's Fukuoka region"."""
    hits = (h for i in told.words("in", "on", "at") for h in actors_of(told.tree, i, told.scene))
    return any(h.actor.kinds & LETTING for h in hits)


def _are(works: frozenset[str], told: Telling) -> bool:
    """Whether works change hands as they stand: "18 gas-fired plants", "its 90 MW data centre"."""
    tree = told.tree
    themes = told.words(*told.frame.theme)
    of_what = [
        p for i in themes for c in tree.children(i, "prep") if tree.text(c) == "of" for p in tree.children(c, "pobj")
    ]
    return any(tree.text(i) in works for i in (*themes, *of_what))  # "310 MW of gas plants"


def _is_named_site(told: Telling) -> bool:
    """Whether what is traded is called a site: "Bay Halls, a 33 MW facility"."""
    called = (c for i in told.words("object") for c in told.tree.children(i, "appos"))
    return any(told.tree.text(c) in SITES for c in called)


def _pays_for_plants(told: Telling) -> bool:
    """Whether "pay for" is followed by power plants alone; turbines paid for a site are power."""
    return told.frame.frame_id == "pay_for_site" and told.matter.kinds & told.frame.things == {"plant_gear"}


def _trades_works(told: Telling) -> bool:
    """Whether a fitting frame says of plants, halls or a site, rather than of their output, that they change hands."""
    if told.frame.frame_id in PLANTS_TRADED or _pays_for_plants(told):
        return True
    is_sold = told.frame.frame_id in WORKS_SOLD and told.is_measured()
    return is_sold or (told.frame.frame_id in COMPANY_TRADED and _is_named_site(told))


def _pays_for_what(told: Telling) -> bool:
    """Whether a site, a company or plants are named, not "pay for it"."""
    names_company = any(told.scene.company_at(told.tree.words[i].ref) for i in told.words(*told.frame.theme))
    is_named = "company" not in told.matter.kinds or names_company
    return is_named and (not _pays_for_plants(told) or _are(PLANTS, told))


def _are_works(told: Telling) -> bool:
    return not told.is_measured() or _are(HALLS, told)  # "sells 40 MW of space" sells no works


def _says_how_much(told: Telling) -> bool:
    return bool(told.words("object")) or bool(MONEY & told.matter.kinds)


def _offers_money(told: Telling) -> bool:
    """Whether what is offered is an amount of money: "had offered $4.8 billion for the operator"."""
    return any("money" in matter_of(told.tree, i, told.scene).kinds for i in told.words("object"))


def _joins_alone(told: Telling) -> bool:
    """ "A joined, along with B", tells of a round."""
    return not any(told.tree.text(c) == "along" for c in told.tree.children(told.verb, "prep"))


def _is_for_others(told: Telling) -> bool:
    """ "Has reserved 120 MW at Y's campus" is for itself."""
    return "reserve" not in told.tree.text(told.verb) or bool(told.words("for"))


ASKED: Mapping[str, Callable[[Telling], bool]] = MappingProxyType(  # frame -> what it asks for beside its theme
    {
        **dict.fromkeys(TO_WHOM, _names_whom),  # "raised its credit line to $1 billion": its own
        **dict.fromkeys(WHENCE, _names_giver),
        **dict.fromkeys(SPENT, _says_how_much),  # "pays for space and power": how much is not told
        **dict.fromkeys(COMPANY_TRADED, lambda told: not told.is_measured() or _is_named_site(told)),
        **dict.fromkeys(PLANTS_TRADED, lambda told: _are(PLANTS, told)),  # turbines bought for a site are power
        **dict.fromkeys(WORKS_SOLD, _are_works),
        "sell_halls": lambda told: bool(told.words("to", "for")) and _are_works(told),  # "sells space": its business
        "boost_power": lambda told: bool(told.words("for")),  # "expands its power to 2 GW": its own
        "expand_in": lambda told: not told.words("object"),
        "join_with": _joins_alone,
        "offer_for": _offers_money,  # "offered 40 MW for OpenAI" offers none
        "pay_for_site": _pays_for_what,
        "pick_place": lambda told: "company" not in told.matter.kinds,  # "picks Velmora for its campus": no place
        "run_work_on": _is_with_whom,
        "set_aside": _is_for_others,
    }
)
