"""Which type of deal an event is, and who plays which role: frames first, then the companies' kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractors.deals.cast import Actor
from extractors.deals.event import DIRECT, Event
from extractors.deals.frames import load_kind_pulls
from extractors.deals.scene import Hit

PAIRS = {
    "compute": ("supplier", "customer"),
    "chips": ("supplier", "customer"),
    "lease": ("supplier", "customer"),
    "power": ("supplier", "customer"),
    "equity": ("investor", "investee"),
    "debt": ("lender", "borrower"),
    "acquisition": ("acquirer", "target"),
    "build": ("developer", "developer"),
    "joint_venture": ("partner", "partner"),
    "partnership": ("partner", "partner"),
}
ALLOWED = {
    **{t: frozenset({*pair, "guarantor"}) for t, pair in PAIRS.items()},
    "build": frozenset({"developer", "customer", "guarantor"}),
    "acquisition": frozenset({"acquirer", "target", "seller", "guarantor"}),
    "equity": frozenset({"investor", "investee", "seller", "guarantor"}),
}
OPPOSITE = {"supplier": "customer", "customer": "supplier"}
UNPARTED = 0.8  # of one side that several companies share and nobody faces
SURE = 0.95  # of a role that is said outright
TOLD = 0.9  # confidence in a role that the frame itself gives
SURE_LENDER = 1.8  # pull of banks and credit firms; other investors lend and borrow
TAKES_MONEY = frozenset({"borrower", "investee"})
MAKERS = frozenset({"chipmaker", "server_maker", "network_equipment", "storage"})
SUPPLY = frozenset({"compute", "chips", "lease", "power"})

POWERS = frozenset("utility power_producer nuclear fuel_cell energy_equipment oil_gas".split())
PREMISES = frozenset({"site", "land", "space", "business_site"})
MONEYED = frozenset("lender investor private_equity pension_fund sovereign_fund insurer".split())


@dataclass(frozen=True, slots=True)
class Bound:
    """A company in its role."""

    hit: Hit
    role: str
    confidence: float


def pull(deal_type: str, actor: Actor) -> float:
    """How much this company is the giving side of such a deal: -2..2, 0 unknown."""
    pulls = [load_kind_pulls().get((deal_type, kind), 0.0) for kind in actor.kinds]
    return sum(pulls) / len(pulls) if pulls else 0.0


def is_moneyed(actor: Actor) -> bool:
    """Whether a company is known to lend or invest and to do nothing else."""
    return bool(actor.kinds) and actor.kinds <= MONEYED


def assign_roles(event: Event, deal_type: str) -> tuple[Bound, ...]:
    """Every company of the event in one role of ``deal_type``: the one that the document defines it by, if any."""
    return tuple(_as_called(bound, deal_type) for bound in _assigned(event, deal_type))


def _as_called(bound: Bound, deal_type: str) -> Bound:
    """ "Harrow Digital Corp. (the "Borrower")": in a loan, it borrows."""
    role = next((r for r in bound.hit.actor.called if r in ALLOWED[deal_type]), "")
    return Bound(bound.hit, role, SURE) if role else bound


def _assigned(event: Event, deal_type: str) -> tuple[Bound, ...]:
    give, take = PAIRS[deal_type]
    allowed = ALLOWED[deal_type]
    bound: dict[str, Bound] = {}
    open_sides: dict[str, tuple[Hit, str]] = {}
    for hit, role, near in event.bindings:
        key = hit.actor.key
        if deal_type == "acquisition" and role == "investee":
            role = "target"  # "parted with its stake in X"
        if "government" in hit.actor.kinds and not _may_contract(hit, role, deal_type, near=near):
            continue  # authorities permit deals, they are hardly ever party to them
        if role in TAKES_MONEY and is_maker_of_thing(hit) and "stake" not in event.kinds:
            continue  # "a loan for Nvidia chips": whose chips they are does not borrow
        if role == "customer" and not near and pull(deal_type, hit.actor) >= 1 and hit.how == "compound":
            continue  # "sell Nvidia chips": the maker, no customer
        if role == "customer" and deal_type in SUPPLY and is_maker_of_thing(hit):
            continue  # "ships 60,000 Nvidia chips to the Emirates"
        if role == "supplier" and hit.how == "compound" and _is_only_maker(hit, event):
            continue  # "a deal with CoreWeave to use Nvidia chips"
        if role in allowed:
            fresh = Bound(hit, role, 0.95 if near else 0.75)
            known = bound.get(key)
            if known is None or _says_more(fresh, known):
                bound[key] = fresh
        elif role in ("side", "other", "partner", "supplier", "customer"):
            open_sides.setdefault(key, (hit, "side" if role in ("partner", "supplier", "customer") else role))
    for key in bound:
        open_sides.pop(key, None)
    if deal_type in ("compute", "chips"):
        _leave_makers_out(bound, deal_type)
    if any(b.role == "supplier" for b in bound.values()):  # "sold X servers with Nvidia chips"
        open_sides = {k: v for k, v in open_sides.items() if not is_maker_of_thing(v[0])}
    if {give, take} <= {b.role for b in bound.values()}:  # both sides are told: no pronoun adds to them
        told = _tells_both(bound, give, take)
        open_sides = {k: v for k, v in open_sides.items() if v[0].how not in ("anaphor", "product") and not told}
    if (
        deal_type == "build"
        and event.contract_side == "supplier"
        and {"customer", "developer"} <= {b.role for b in bound.values()}
    ):  # "X wins order to build Y's hall": Y builds it
        bound = {k: Bound(b.hit, "developer", b.confidence) for k, b in bound.items() if b.role == "customer"}
    if deal_type == "build" and len(bound) == 1 and all(b.role == "customer" for b in bound.values()):
        bound = {
            key: Bound(b.hit, "developer", 0.6) for key, b in bound.items()
        }  # "work starts on Microsoft data center"
    if deal_type == "acquisition":
        _complete_sale(bound, event)
        _part_merger(bound, event)
    if deal_type in SUPPLY:
        _part_sides(bound, deal_type)
        _turn_round(bound, deal_type, event.sources)
    if give == take:
        for key, (hit, _) in open_sides.items():
            bound[key] = Bound(hit, give, 0.8)
        return tuple(bound.values())
    if not open_sides:
        return tuple(bound.values())
    side_role = _side_role(event, deal_type, bound, open_sides)
    for key, (hit, side) in open_sides.items():
        role = side_role.get(key) or (side_role["side"] if side == "side" else side_role["other"])
        bound[key] = Bound(hit, role, 0.7)
    if deal_type in SUPPLY:  # "a producer wins a PPA from Google"
        _turn_round(bound, deal_type, event.sources)
    return tuple(bound.values())


def _tells_both(bound: dict[str, Bound], give: str, take: str) -> bool:
    """Whether a supply verb names both sides outright: whatever else its contract is "from" is where the goods are."""
    near = {b.role for b in bound.values() if b.confidence > TOLD and b.hit.how in DIRECT}
    return give == "supplier" and {give, take} <= near


def powered(deal_type: str, parties: Mapping[str, Bound], *, by_supplier: bool = False) -> str:
    """The type, "power" where machines come from makers of plants alone, or megawatts go to utilities alone.

    ``by_supplier``: also where a utility "is supplier to" somebody's halls.
    """
    side = "supplier" if by_supplier else {"chips": "supplier", "lease": "customer"}.get(deal_type)
    if deal_type not in ("chips", "lease"):
        return deal_type
    kinds = [b.hit.actor.kinds for b in parties.values() if b.role == side]
    return "power" if kinds and all(k and k <= POWERS for k in kinds) else deal_type


def _may_contract(hit: Hit, role: str, deal_type: str, *, near: bool) -> bool:
    """Whether a state or agency can be party to such a deal: it lends and invests, and buys computing as others do."""
    if role in ("investor", "lender"):
        return True
    return near and hit.how == "head" and role in ("customer", "other", "side") and deal_type in ("compute", "chips")


def take_in(parties: dict[str, Bound], told: Bound, deal_type: str) -> None:
    """Add a company whose role is told; who was only guessed to be in that role, alone, has the other one.

    "X has let its halls. The tenant is Y": X is the landlord.
    """
    same = [b for b in parties.values() if b.role == told.role]
    if deal_type in SUPPLY and len(same) == len(parties) == 1 and same[0].confidence < told.confidence:
        parties[same[0].hit.actor.key] = Bound(same[0].hit, OPPOSITE.get(told.role, told.role), same[0].confidence)
    parties[told.hit.actor.key] = told


def is_maker_of_thing(hit: Hit, *, of: bool = False) -> bool:
    """Whether a company is only named before what it makes: "Nvidia chips", "AMD's MI450"."""
    only_named = hit.how in ("compound", "product") or (of and hit.how in ("of", "poss"))
    return only_named and bool(hit.actor.kinds) and hit.actor.kinds <= MAKERS


def _leave_makers_out(bound: dict[str, Bound], deal_type: str) -> None:
    """ "Rents Nvidia B200s from Skyline": who made the chips does not supply them, where somebody else does."""
    suppliers = {key: b for key, b in bound.items() if b.role == "supplier"}
    sold_by_others = any(b.hit.how in DIRECT for b in suppliers.values())  # "15,000 of Nvidia's chips from Dell"
    of = deal_type == "compute" or sold_by_others
    makers = [key for key, b in suppliers.items() if is_maker_of_thing(b.hit, of=of)]
    if len(makers) < len(suppliers) or (deal_type == "compute" and len(bound) > len(makers)):
        for key in makers:
            del bound[key]


def _says_more(fresh: Bound, known: Bound) -> bool:
    """Whether a company's second role counts: what its name is bound to counts before what "the company" is."""
    named, known_named = (any(m.start_char == b.hit.start_char for m in b.hit.actor.mentions) for b in (fresh, known))
    return named if named != known_named else fresh.confidence > known.confidence


def _is_only_maker(hit: Hit, event: Event) -> bool:
    """Whether a company before a noun only says whose chips somebody else sells or rents out."""
    sellers = [
        h for h, role, _ in event.bindings if role in ("supplier", "other") and h.how in ("head", "member", "of")
    ]
    return bool(hit.actor.kinds & MAKERS) and any(
        h.actor.key != hit.actor.key and h.actor.kinds and not h.actor.kinds & (MAKERS | {"lab"}) for h in sellers
    )


def _part_sides(bound: dict[str, Bound], deal_type: str) -> None:
    """ "A and B sign a deal to source power" puts both on one side; their kinds part them where these are clear."""
    roles = {b.role for b in bound.values()}
    if len(bound) < 2 or len(roles) != 1:
        return
    pulls = {key: pull(deal_type, b.hit.actor) for key, b in bound.items()}
    if max(pulls.values()) - min(pulls.values()) < 1 or min(pulls.values()) > -0.5:
        for key, b in bound.items():  # "X, Y lock in memory": who sells to whom is told elsewhere, if at all
            bound[key] = Bound(b.hit, b.role, min(b.confidence, UNPARTED))
        return
    give, take = PAIRS[deal_type]
    for key, b in bound.items():
        bound[key] = Bound(b.hit, give if pulls[key] > 0.5 else take, 0.7)


def _turn_round(bound: dict[str, Bound], deal_type: str, sources: frozenset[str]) -> None:
    """ "X is to install turbines at Y's site": a verb of either side, where both kinds say the other way round.

    Not where the supplier is one of the ``sources``, whom something is told to come "from".
    """
    sides = {role: [b for b in bound.values() if b.role == role] for role in OPPOSITE}
    if not sides["supplier"] or not sides["customer"] or any(b.hit.actor.key in sources for b in sides["supplier"]):
        return
    lean = {role: sum(pull(deal_type, b.hit.actor) for b in group) / len(group) for role, group in sides.items()}
    is_told = all(b.confidence > TOLD for group in sides.values() for b in group)  # "X will supply Y with chips"
    may_turn = lean["customer"] >= 1.5 and lean["supplier"] <= 0 and not is_told
    if lean["customer"] - lean["supplier"] >= 2 or may_turn:
        for key, b in bound.items():
            bound[key] = Bound(b.hit, OPPOSITE.get(b.role, b.role), 0.6)


def _part_merger(bound: dict[str, Bound], event: Event) -> None:
    """ "X and Y are to merge": the first named is taken for the buyer."""
    if "merge" in event.frames and {b.role for b in bound.values()} == {"acquirer"} and len(bound) > 1:
        *_, last = bound
        bound[last] = Bound(bound[last].hit, "target", 0.6)


def _complete_sale(bound: dict[str, Bound], event: Event) -> None:
    """ "The company's sale to X": who is sold, where nothing else is named as sold."""
    roles = {b.role for b in bound.values()}
    if (
        "target" not in roles
        and event.target is None
        and not event.kinds & PREMISES  # "the company's sale of two sites to X"
        and "acquirer" in roles
        and "seller" in roles
        and "n_sale" in event.frames
    ):
        for key, b in bound.items():
            if b.role == "seller":
                bound[key] = Bound(b.hit, "target", 0.7)


def _side_role(
    event: Event, deal_type: str, bound: dict[str, Bound], open_sides: dict[str, tuple[Hit, str]]
) -> dict[str, str]:
    """Roles for "side" and "other" (and for single companies, where both stand on one side)."""
    give, take = PAIRS[deal_type]
    present = {b.role for b in bound.values()}
    if give in present and take not in present:
        return {"side": take, "other": take}
    if take in present and give not in present:
        return {"side": give, "other": give}
    sides = [h for h, side in open_sides.values() if side == "side"]
    others = [h for h, side in open_sides.values() if side == "other"]
    if sides and others:
        lean = _mean(deal_type, sides) - _mean(deal_type, others)
        if abs(lean) < 0.5 and deal_type in SUPPLY:
            lean = {"supplier": 1.0, "customer": -1.0}.get(event.contract_side, 0.2 if lean >= 0 else -0.2)
        elif abs(lean) < 0.5:
            lean = 1.0 if deal_type in ("acquisition", "equity") else -1.0
        return {"side": give, "other": take} if lean >= 0 else {"side": take, "other": give}
    group = sides or others
    if len(group) == 1 or not sides:
        lean = _mean(deal_type, group)
        if abs(lean) < 0.5 or (deal_type == "debt" and 0 < lean < SURE_LENDER):  # a fund alone with a loan owes it
            lean = min(lean, 0.0)
            unsaid = 0.1 if deal_type in ("compute", "acquisition") else -0.1
            told = event.contract_side if deal_type in SUPPLY else ""  # who wins a loan does not lend it
            lean = {"supplier": 1.0, "customer": -1.0}.get(told, lean or unsaid)
        role = give if lean > 0 else take
        return {"side": role, "other": role}
    ranked = sorted(group, key=lambda h: -pull(deal_type, h.actor))
    best, worst = pull(deal_type, ranked[0].actor), pull(deal_type, ranked[-1].actor)
    if deal_type == "debt" and worst >= SURE_LENDER:  # "hired A and B to arrange bonds": no bank borrows
        return {"side": give, "other": give}
    if best == worst:  # nothing to tell them apart: the first named gives
        return {"side": take, "other": take, group[0].actor.key: give}
    middle = (best + worst) / 2
    return {
        "side": give,
        "other": take,
        **{h.actor.key: give if pull(deal_type, h.actor) > middle else take for h in group},
    }


def _mean(deal_type: str, hits: list[Hit]) -> float:
    return sum(pull(deal_type, h.actor) for h in hits) / len(hits)
