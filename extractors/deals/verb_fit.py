"""Whether a frame fits what a verb is told with, and how well it does beside the verb's other frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from extractors.deals.argument import Argument
from extractors.deals.event import DIRECT
from extractors.deals.frames import Frame, frame_named
from extractors.deals.light_verbs import VOUCHED
from extractors.deals.matter import MONEY, Matter, matter_of, thing_at
from extractors.deals.phrases import actors_of
from extractors.deals.roles import SUPPLY
from extractors.deals.scene import Scene
from extractors.deals.targets import PORTFOLIOS, STAKES
from extractors.deals.tree import Tree
from extractors.records import Duration, Money
from extractors.registry.verbs import forms_of

PLANTS = frozenset("plants stations farms parks dams peakers".split())
HALLS = frozenset(
    "building campus campuses center centers centre centres datacenter datacenters facilities facility halls site "
    "sites".split()
)
SITES = HALLS | {"plant", "station", "complex", "supercomputer", "cluster"}
WORK = frozenset("building construction work works".split())
PLANTS_TRADED = frozenset({"buy_plants", "sell_plants"})
COMPANY_TRADED = frozenset({"sell_company", "buy_company"})
WORKS_SOLD = frozenset({"sell_halls", "sell_business", "buy_land"})
TO_WHOM = {"place_debt": "for", "lend_more": "to", "run_for": "for"}  # frames that say for whom by a preposition
SPENT = frozenset({"spend_power", "spend_chips", "spend_compute"})
RECEIVING = forms_of(("receive", "get", "net"))
INVESTING = forms_of(("invest", "spend", "commit", "pledge", "earmark", "put", "pour", "plough", "plow"))
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
    if STAKES & frame.things and _is_stake_head(told):
        score += 3.0  # "its holding in a battery project" sells no power
    if frame.frame_id in TO_WHOM or frame.frame_id == "tap_for_money":
        score += 2.0
    if _trades_works(told):
        score += max(
            [4.0, *(vote + 1.0 for _, vote in matter.votes)]
        )  # "seven gas-fired power plants" is four words of power
    elif frame.frame_id == "use_chips" and _is_hosted(told):
        score += 4.0
    if frame.frame_id == "buy_business" and any(told.tree.text(i) in PORTFOLIOS for i in told.words("object")):
        score += 3.0  # "a portfolio of power plants"
    if frame.frame_id == "take_mw" and _is_of_somebodys_site(told):
        score += 1.0  # "commits to 60 MW of X's campus"
    if frame.frame_id == "pay_for_site" and told.tree.text(told.verb).startswith(("pay", "paid")):
        score += 0.3
    if frame.frame_id == "pay_stake":
        score += 2.0  # "is paying $400 million for 30% of X, the operator": no operator is picked
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


def _is_stake_head(told: Telling) -> bool:
    """Whether what changes hands is called a stake outright."""
    things = [thing_at(told.tree, i) for i in told.words("object")]
    return any(thing is not None and thing.kind == "stake" for thing in things)


def _is_of_somebodys_site(told: Telling) -> bool:
    """Whether what is taken is a part of a site that another owns: "60 MW of X's campus"."""
    tree = told.tree
    wholes = (
        p
        for i in told.words("object", "for", "to")
        for of in tree.children(i, "prep")
        if tree.text(of) in ("of", "at")
        for p in tree.children(of, "pobj")
    )
    return any(told.scene.company_at(tree.words[c].ref) for p in wholes for c in tree.children(p, "poss"))


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


def _is_order(told: Telling) -> bool:
    """Whether what comes from somebody is an order or another contract, not what is dealt in."""
    things = [thing_at(told.tree, i) for i in told.words("subject")]
    return any(thing is not None and thing.kind == "deal" for thing in things)


def _is_permit(told: Telling) -> bool:
    """Whether what somebody gets is leave to do something."""
    permits = frame_named("n_approval").lemmas
    return any(told.tree.text(i) in permits for i in told.words("object"))


def _is_invested(told: Telling) -> bool:
    """Whether money is put in to that end: "will invest $50 billion to expand AI capacity"."""
    tree, above = told.tree, told.tree.words[told.verb].head
    spent = tree.children(above, "dobj") if tree.words[told.verb].dep in ("advcl", "xcomp") else []
    sums = (told.scene.parts[tree.words[o].ref] for o in spent if tree.words[o].ref >= 0)
    return tree.text(above) in INVESTING and any(isinstance(part, Money) for part in sums)


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
    of_what = [p for i in themes for p in tree.objects_of(i, "of")]
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
    if any(told.tree.text(i) == "infrastructure" for i in told.words(*told.frame.theme)):
        return False  # "pays it $27 billion for AI infrastructure": for its use
    is_named = "company" not in told.matter.kinds or names_company
    return is_named and (not _pays_for_plants(told) or _are(PLANTS, told))


def _are_works(told: Telling) -> bool:
    return not told.is_measured() or _are(HALLS, told)  # "sells 40 MW of space" sells no works


def _says_how_much(told: Telling) -> bool:
    return bool(told.words("object")) or bool(MONEY & told.matter.kinds)


def _offers_money(told: Telling) -> bool:
    """Whether money is offered or bid for: "had offered $4.8 billion for the operator", "bids for a rival"."""
    is_bid = told.tree.text(told.verb).startswith("bid")
    return is_bid or any("money" in matter_of(told.tree, i, told.scene).kinds for i in told.words("object"))


def _asks_bank(told: Telling) -> bool:
    """Whether who is turned to for money lends: "tapped X for $400 million"."""
    hits = (h for i in told.words("object") for h in actors_of(told.tree, i, told.scene))
    return any("lender" in h.actor.kinds for h in hits)


def _joins_alone(told: Telling) -> bool:
    """ "A joined, along with B", tells of a round."""
    return not any(told.tree.text(c) == "along" for c in told.tree.children(told.verb, "prep"))


def _is_for_others(told: Telling) -> bool:
    """ "Has reserved 120 MW at Y's campus for ten years" is for itself."""
    refs = [told.tree.words[i].ref for i in told.words("for")]
    for_whom = [ref for ref in refs if ref < 0 or not isinstance(told.scene.parts[ref], Duration)]
    return "reserve" not in told.tree.text(told.verb) or bool(for_whom)


def _is_no_lender(told: Telling) -> bool:
    """Whether none but authorities approve: "the bank approved a facility" tells a loan."""
    hits = (h for i in told.words("subject") for h in actors_of(told.tree, i, told.scene))
    return not any("lender" in h.actor.kinds for h in hits)


def _is_per_share(told: Telling) -> bool:
    """Whether it is the price of one: "paying $16 for every share"."""
    dets = (c for i in told.words("for") for c in told.tree.children(i, "det"))
    return any(told.tree.text(c) in ("each", "every") for c in dets)


def _pays_for_stake(told: Telling) -> bool:
    """Whether a stake, or a percentage for a sum of money, is paid for: "$560 million for 40%"."""
    return "stake" in told.matter.kinds or any("money" in _kinds(told, i) for i in told.words("object"))


def _kinds(told: Telling, i: int) -> frozenset[str]:
    return matter_of(told.tree, i, told.scene).kinds


def _is_raised(told: Telling) -> bool:
    """Whether money comes from investors: not "completes its investment in X", not "will receive $7 million of it"."""
    paid = told.tree.text(told.verb) in RECEIVING and "funding" not in told.matter.kinds
    return not any(_names(told, i) for i in told.words("in")) and not (paid and not told.words("from"))


def _is_site_itself(told: Telling) -> bool:
    """Whether a site is the subject, not what is on one: "its bet on data centers is beginning to look wise"."""
    subjects = (matter_of(told.tree, i, told.scene, deep=False) for i in told.words("subject"))
    return any({"site", "cluster"} & matter.kinds for matter in subjects)


def _is_site_won(told: Telling) -> bool:
    """Whether a site is what somewhere gets, not what goes with it: "lands its first data centre customer"."""
    things = [thing_at(told.tree, i) for i in told.words("object")]
    return any(thing is not None and thing.kind == "site" for thing in things)


ASKED: Mapping[str, Callable[[Telling], bool]] = MappingProxyType(  # frame -> what it asks for beside its theme
    {
        **dict.fromkeys(TO_WHOM, _names_whom),  # "raised its credit line to $1 billion": its own
        **dict.fromkeys(WHENCE, _names_giver),
        **dict.fromkeys(SPENT, _says_how_much),  # "pays for space and power": how much is not told
        **dict.fromkeys(COMPANY_TRADED, lambda told: not told.is_measured() or _is_named_site(told)),
        **dict.fromkeys(("get_mw", "take_mw"), lambda told: not _is_permit(told)),  # "gets approval for 80 MW"
        **dict.fromkeys(PLANTS_TRADED, lambda told: _are(PLANTS, told)),  # turbines bought for a site are power
        **dict.fromkeys(WORKS_SOLD, _are_works),
        "sell_halls": lambda told: bool(told.words("to", "for")) and _are_works(told),  # "sells space": its business
        "raise": _is_raised,
        "come_from": lambda told: _names_giver(told) and not _is_order(told),  # "the order comes from X": X gave it
        "approve_site": _is_no_lender,
        "boost_power": lambda told: bool(told.words("for")),  # "expands its power to 2 GW": its own
        "tap_for_money": _asks_bank,
        "fit_with_chips": lambda told: bool(told.words("from")),  # "X equips Y with servers" supplies them
        "works_start": lambda told: any(told.tree.text(i) in WORK for i in told.words("subject")),
        "deal_with": lambda told: not told.tree.children(told.verb, "ccomp"),  # "agreed that X would": what X does
        "invest_in_place": _offers_money,  # "announced a plan for Ohio" spends nothing there
        "expand_capacity": _is_invested,
        "expand_in": lambda told: not told.words("object"),
        "join_with": _joins_alone,
        "offer_for": _offers_money,  # "offered 40 MW for OpenAI" offers none
        "land_site": _is_site_won,
        "pay_for_site": _pays_for_what,
        "pay_stake": lambda told: not _is_per_share(told) and _pays_for_stake(told),
        "pick_place": lambda told: "company" not in told.matter.kinds,  # "picks Velmora for its campus": no place
        "promise_build": lambda told: "money" in told.matter.kinds,  # chips are set aside for somebody
        "run_work_on": _is_with_whom,
        "build_space": lambda told: not _is_named_site(told),  # "builds Frontier, a 300 MW campus, for X"
        "set_aside": _is_for_others,
        "site_opens": _is_site_itself,
    }
)
