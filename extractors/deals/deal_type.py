"""Which type of deal an event is: the frame says it, else things and the kinds of the companies vote."""

from __future__ import annotations

from extractors.deals.cast import Actor
from extractors.deals.drafts import AGREED
from extractors.deals.event import Event
from extractors.deals.frames import load_pair_votes
from extractors.deals.matter import ONE_SITE
from extractors.deals.roles import SUPPLY, is_maker_of_thing, pull

MEASURED_SUPPLY = frozenset({"take_mw", "buy_mw", "get_mw", "make_available", "set_aside"})
HOSTS = frozenset({"datacenter_operator", "reit", "neocloud", "miner_host", "cloud"})
GUESS = 0.7
MOST_SIDES = 3  # of companies that work together, one may yet serve the others


def decide_type(event: Event, context_votes: dict[str, float]) -> tuple[str, float]:
    """The deal type with the most evidence and how sure that is (0..1). "" where nothing speaks for any."""
    if event.type == "chips" and _is_rented(event):
        return "compute", 0.8
    if _is_joint(event):
        return "partnership", 0.7
    if _backs_lab(event):
        return "equity", 0.7
    if _builds_for_itself(event) or _build_together(event) or _agree_to_build(event):
        return "build", 0.75
    if "do_jointly" in event.frames and event.type in SUPPLY and _serve_others(event):
        return "partnership", 0.7  # "agreed to bid jointly, hoping to sell wind power"
    if event.type == "chips" and "make_chips" in event.frames and {"n_partnership", "partner"} & set(event.frames):
        return "partnership", 0.7  # "their tie-up to assemble racks": neither buys from the other
    if event.type and event.type != "partnership":
        return event.type, 0.9
    votes = dict(event.votes)
    actors = list({hit.actor.key: hit.actor for hit, _, _ in event.bindings}.values())
    for n, one in enumerate(actors):
        for other in actors[n + 1 :]:
            if one.key != other.key:
                for kind, weight in pair_votes(one, other).items():
                    votes[kind] = votes.get(kind, 0) + weight * (0.5 if event.type == "partnership" else 1.0)
    for kind, weight in context_votes.items():
        votes[kind] = votes.get(kind, 0) + weight
    if not votes and event.contract_side == "supplier" and "mw" in event.kinds:
        lets_space = any(actor.kinds & {"datacenter_operator", "reit", "miner_host", "real_estate"} for actor in actors)
        votes = {"lease": 1.0} if lets_space else votes  # "NextDC wins 250 MW commitment"
    if "contract" in event.kinds and not {"equity", "acquisition"} & event.votes.keys():
        for kind in ("equity", "acquisition"):  # what a fund contracts for is no stake
            votes.pop(kind, None)
    if _is_served(event) and "debt" not in event.votes and "debt" not in context_votes:
        votes.pop("debt", None)
        if not votes and any(actor.kinds & {"neocloud", "cloud"} for actor in actors):
            votes["compute"] = 1.0
    if _is_lab_deal(actors) and votes.get("build", 0) + votes.get("lease", 0) + votes.get("compute", 0) > 1:
        votes["compute"] = votes.get("compute", 0) + 1.2
    if event.contract_side or event.type == "":
        if len({a.key for a in actors}) > 1 or event.contract_side == "supplier":  # who wins a site's order builds none
            votes.pop("build", None)
        if "n_deal" in event.frames and any(role == "other" for _, role, _ in event.bindings):
            votes.pop("build", None)  # "an arrangement with X for a site": one builds with nobody's consent
        votes.pop("acquisition", None) if not event.kinds & {"business", "company", "land"} else None
    if MEASURED_SUPPLY & set(event.frames):  # "signs for 3 GW of Brookfield hydropower": a fund that supplies
        votes = {t: w + 0.5 for t, w in votes.items() if t in SUPPLY or t == "build"}
    if event.type == "partnership":
        if "partner" in event.frames and len({a.key for a in actors}) > MOST_SIDES:
            return "partnership", 0.7
        if {"partner", "build"} <= set(event.frames):  # "team up to build AI factories": neither lets to the other
            votes.pop("lease", None)
        votes["partnership"] = 2.2 if event.pos == "noun" or "launch_together" in event.frames else 1.4
    if "standing" in event.frames and not votes:
        return "", 0.0
    if not votes:
        return ("partnership", 0.4) if event.pos == "noun" and len({a.key for a in actors}) > 1 else ("", 0.0)
    best = max(sorted(votes), key=lambda t: votes[t])
    if best == "chips" and _is_rented(event):
        best = "compute"
        votes[best] = max(votes.get(best, 0), votes["chips"])
    total = sum(votes.values())
    if votes[best] < 0.5:
        return ("partnership", 0.4) if event.pos == "noun" and len({a.key for a in actors}) > 1 else ("", 0.0)
    most = 0.9 if best in event.votes or best in context_votes else GUESS  # known by who they are alone
    return best, min(most, 0.4 + 0.5 * votes[best] / total)


def _is_served(event: Event) -> bool:
    """Whether a bank in the deal is a customer like others: it chooses somebody, or what is agreed on is no money."""
    return event.contract_side == "customer" or bool(SUPPLY & event.votes.keys())


def _is_joint(event: Event) -> bool:
    """A deal of two subjects to deploy something together: neither serves the other."""
    sides = {role for _, role, _ in event.bindings}
    together = {"develop_mw", "n_deal"} <= set(event.frames)
    return together and sides == {"side"} and len({hit.actor.key for hit, _, _ in event.bindings}) > 1


def _serve_others(event: Event) -> bool:
    """Whether several companies stand on the supplying side and none on the other."""
    roles = {role for _, role, _ in event.bindings}
    return "supplier" in roles and "customer" not in roles and len({h.actor.key for h, _, _ in event.bindings}) > 1


def _backs_lab(event: Event) -> bool:
    """ "Microsoft committed $5 billion to Anthropic": who sells to labs buys nothing of them."""
    payers = [h.actor for h, role, _ in event.bindings if role == "customer"]
    paid = [h.actor for h, role, _ in event.bindings if role == "supplier"]
    backs = bool(payers and paid) and all("lab" in a.kinds for a in paid)
    return backs and event.frames == ["commit_to"] and not any("lab" in a.kinds for a in payers)


def _build_together(event: Event) -> bool:
    """ "A teams up with B to build a 500 MW data center": what they agree on is one site, or sites of such a size."""
    roles = {role for _, role, _ in event.bindings}
    told = set(event.frames)
    together = bool({"build", "n_site"} & told) and bool({"partner", "n_partnership", "do_jointly"} & told)
    return together and bool({"mw", ONE_SITE} & event.kinds) and roles <= {"partner", "developer"}


def _agree_to_build(event: Event) -> bool:
    """ "A has agreed with B to develop 800 MW": both build, where A is nobody that lets space to others."""
    agreed = "build_space" in event.frames and bool(AGREED & set(event.frames))
    builders = [hit.actor for hit, role, _ in event.bindings if role == "supplier"]
    for_whom = any(role == "customer" for _, role, _ in event.bindings)
    return agreed and bool(builders) and not for_whom and all(pull("lease", actor) <= 0 for actor in builders)


def _builds_for_itself(event: Event) -> bool:
    """ "X plans to develop another 96 MW in Johor": a host of machines alone with megawatts builds."""
    actors = {hit.actor.key: hit.actor for hit, _, _ in event.bindings}
    together = len(actors) > 1 and {role for _, role, _ in event.bindings} == {"side"}  # "X, Y to deploy 1 GW"
    hosts = len(actors) == 1 and all(a.kinds & HOSTS for a in actors.values())
    return event.frames == ["develop_mw"] and (together or hosts)


def _is_rented(event: Event) -> bool:
    """Accelerators from a company that rents them out are capacity, not hardware."""
    named = [hit for hit, role, _ in event.bindings if role == "supplier"]
    suppliers = [h.actor for h in named if not is_maker_of_thing(h, of=True)]  # "Nvidia chips at X's data center"
    return any(a.kinds & {"neocloud", "cloud", "miner_host"} for a in suppliers) and not any(
        a.kinds & {"chipmaker", "server_maker", "network_equipment", "storage"} for a in suppliers
    )


def _is_lab_deal(actors: list[Actor]) -> bool:
    lets_space = any(a.kinds & {"datacenter_operator", "reit", "real_estate"} for a in actors)
    return len({a.key for a in actors}) > 1 and any("lab" in a.kinds for a in actors) and not lets_space


def pair_votes(one: Actor, other: Actor) -> dict[str, float]:
    """What two companies of these kinds usually agree on."""
    votes: dict[str, float] = {}
    for first in one.kinds or {"unknown"}:
        for second in other.kinds or {"unknown"}:
            key = (first, second) if first <= second else (second, first)
            for deal_type, weight in load_pair_votes().get(key, {}).items():
                votes[deal_type] = max(votes.get(deal_type, 0), weight)
    return votes
