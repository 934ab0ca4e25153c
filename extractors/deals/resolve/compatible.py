"""Whether a claim speaks of a known deal: what speaks for it and against it, weighed.

Parties decide first (another customer, bidder or lender is another deal, however alike the amounts), then the place,
then the figures, the time and what the deal had come to. Text is never compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extractors.deals.resolve.dossier import Dossier, identity_of
from extractors.deals.resolve.figures import Relation, figure_of, relate
from extractors.deals.resolve.merge import FIGURES
from extractors.deals.resolve.revise import fingerprint
from extractors.parties.identity import DIFFERENT, Identity, likeness
from extractors.parties.places import Places, compare_places
from extractors.records import Claim, Party

ENOUGH = 2.5  # from this weight on a claim belongs to the deal
CLEARLY = 0.5  # two deals that weigh closer than this: the claim is ambiguous

# A role's counterpart: who fills the one side of a deal cannot be met on the other.
SIDES = {
    "supplier": "gives", "customer": "takes",
    "developer": "gives",
    "lender": "gives", "borrower": "takes",
    "investor": "gives", "investee": "takes",
    "acquirer": "gives", "target": "takes",
    "partner": "partner",
    "seller": "beside", "guarantor": "beside",
}  # fmt: skip

# Types that two reporters may give to one deal. A stake beside a supply contract is not among them.
STEPS = frozenset({"closed", "cancelled", "amended"})  # what only becomes of something that was told before
OWNERSHIP = frozenset({"equity", "acquisition"})
SAME_SUPPLY = frozenset({"compute", "lease", "chips", "power"})
ALSO_TOLD_AS_PARTNERSHIP = frozenset({"compute", "lease", "chips", "power", "joint_venture"})
PARTNERSHIP_DAYS = 7.0
OTHER_TYPE_DAYS = 400.0
TALKS_DAYS = 60.0
SAME_NEWS_DAYS = 5.0
FINISHED_DAYS = 30.0  # a new announcement this long after a completion is a new round, loan, or bid
ENDS_WITH_COMPLETION = frozenset({"equity", "debt", "acquisition"})
COPY, BOTH_SIDES, ONE_SIDE, SINGLE = 10.0, 3.0, 1.0, 2.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a claim fits a deal; ``weight`` is None where something rules it out. ``reasons`` say why."""

    weight: float | None
    reasons: tuple[str, ...]


def fit(claim: Claim, deal: Dossier) -> Fit:
    """Weigh what speaks for and against the claim being one of the deal's."""
    reasons: list[str] = []
    weight = 0.0
    for part in (_types, _parties, _places, _figures, _time, _course):
        found = part(claim, deal)
        reasons += found.reasons
        if found.weight is None:
            return Fit(None, tuple(reasons))
        weight += found.weight
    if fingerprint(claim) in deal.said.fingerprints:
        return Fit(weight + COPY, (*reasons, "copy"))
    return Fit(weight, tuple(reasons))


def _types(claim: Claim, deal: Dossier) -> Fit:
    pair = {claim.mention.type, deal.state.type}
    if len(pair) == 1:
        return Fit(0.0, ())
    days = deal.said.nearest_days(claim) or 0.0  # an undated article may be of any day
    if pair <= SAME_SUPPLY and days <= OTHER_TYPE_DAYS:
        return Fit(-1.0, ("other type",))
    if pair == OWNERSHIP and days <= OTHER_TYPE_DAYS:
        return Fit(-1.5, ("a stake or the whole",))
    if "build" in pair and pair - {"build"} <= SAME_SUPPLY and days <= OTHER_TYPE_DAYS and _has_customers(claim, deal):
        return Fit(-1.0, ("built for the customer",))
    if "partnership" in pair and claim.mention.status in ("rumored", "cancelled") and days <= TALKS_DAYS:
        return Fit(-0.5, ("talks of no told kind",))
    if (
        "partnership" in pair
        and pair - {"partnership"} <= ALSO_TOLD_AS_PARTNERSHIP
        and (days <= PARTNERSHIP_DAYS or (claim.mention.status in STEPS and _names_both(claim, deal)))
    ):
        return Fit(-0.5, ("told as a partnership",))
    if _is_same_sum(claim, deal):
        return Fit(-1.5, ("another type, the same sum",))
    if deal.state.type == "acquisition" and claim.mention.status in STEPS and _names_both(claim, deal):
        return Fit(-1.5, ("another type, but a step of a deal of the two",))
    if "acquisition" in pair and pair & SAME_SUPPLY and days <= SAME_NEWS_DAYS and _is_bare_of_both(claim, deal):
        return Fit(-1.0, ("another type, and nothing but the two names",))
    return Fit(None, ("another type",))


def _is_bare_of_both(claim: Claim, deal: Dossier) -> bool:
    """Whether the claim names the deal's companies and no term: "X to buy Y Winds" is not about wind."""
    mention = claim.mention
    filled = [getattr(mention, slot) for slot in (*FIGURES, "term", "stake")]
    return not any(filled) and not mention.locations and _names_both(claim, deal)


def _is_same_sum(claim: Claim, deal: Dossier) -> bool:
    """Whether the same two companies are told of with a sum that the deal has had: one of the types was misread."""
    told = figure_of(claim.mention.value)
    held = deal.said.figures.get("value", ())
    if told is None or all(relate(figure, told) is not Relation.SAME for figure in held):
        return False
    return _names_both(claim, deal)


def _names_both(claim: Claim, deal: Dossier) -> bool:
    known = [identity for identities in deal.said.parties.values() for identity in identities]
    theirs = [identity_of(party, claim.as_of.date()) for party in claim.mention.parties]
    return len(theirs) > 1 and all(any(likeness(a, b) != DIFFERENT for b in known) for a in theirs)


def _has_customers(claim: Claim, deal: Dossier) -> bool:
    told = {party.role for party in claim.mention.parties}
    return "customer" in told and "customer" in deal.said.parties


def _parties(claim: Claim, deal: Dossier) -> Fit:
    told, known = _by_side(claim.mention.parties, claim.as_of.date()), _known_by_side(deal)
    if "partner" in told or "partner" in known:
        return _partners(told, known)
    other_way = sum(
        any(likeness(a, b) != DIFFERENT for a in told.get(side, []) for b in known.get(counter, []))
        for side, counter in (("gives", "takes"), ("takes", "gives"))
    )
    weight, agreeing = 0.0, 0
    for side in ("gives", "takes"):
        theirs, ours = told.get(side, []), known.get(side, [])
        best = max((likeness(a, b) for a in theirs for b in ours), default=None)
        if best is not None and best == DIFFERENT and other_way < 2:
            return Fit(None, (f"another party {side}",))
        if best:
            agreeing += 1
            weight += best
    if (
        other_way == 2
        and not agreeing
        and (claim.mention.type == deal.state.type or claim.mention.status in STEPS or _is_same_sum(claim, deal))
    ):
        is_misread = claim.mention.type != deal.state.type  # which weighs there already
        return Fit(BOTH_SIDES - (not is_misread), ("both sides, the other way round",))
    if not agreeing:
        return Fit(None, ("no party agrees",))
    beside = any(likeness(a, b) != DIFFERENT for a in told.get("beside", []) for b in known.get("beside", []))
    if agreeing == 2:
        return Fit(BOTH_SIDES - (2 - weight), ("both sides",))
    alone = SINGLE if claim.mention.type == "build" else ONE_SIDE
    recalled = claim.mention.focus == "background"  # "Amazon, an investor, …": of any of its deals, or of none
    return Fit(alone + 0.5 * beside - 0.5 * recalled, ("one side",))


def _partners(told: dict[str, list[Identity]], known: dict[str, list[Identity]]) -> Fit:
    theirs, ours = ([i for side in sides.values() for i in side] for sides in (told, known))
    shared = sum(any(likeness(a, b) != DIFFERENT for b in ours) for a in theirs)
    if shared >= 2 and shared >= min(len(theirs), len(ours)):
        return Fit(BOTH_SIDES, ("all partners",))
    if shared and shared == min(len(theirs), len(ours)):
        return Fit(ONE_SIDE, ("one partner",))
    return Fit(None, ("other partners",))


def _by_side(parties: Iterable[Party], on: date) -> dict[str, list[Identity]]:
    sides: dict[str, list[Identity]] = {}
    for party in parties:
        sides.setdefault(SIDES[party.role], []).append(identity_of(party, on))
    return sides


def _known_by_side(deal: Dossier) -> dict[str, list[Identity]]:
    sides: dict[str, list[Identity]] = {}
    for role, identities in deal.said.parties.items():
        sides.setdefault(SIDES[role], []).extend(identities)
    return sides


def _places(claim: Claim, deal: Dossier) -> Fit:
    match compare_places([place.name for place in claim.mention.locations], deal.said.places):
        case Places.MATCH:
            return Fit(1.5, ("same place",))
        case Places.CONFLICT if claim.mention.status == "amended":
            return Fit(-1.5, ("another place, but an amendment",))
        case Places.CONFLICT:
            return Fit(None, ("another place",))
    return Fit(0.0, ())


def _figures(claim: Claim, deal: Dossier) -> Fit:
    weight = 0.0
    reasons: list[str] = []
    months = claim.mention.term.months if claim.mention.term else None
    if months and deal.said.months:
        weight += 0.5 if months in deal.said.months else -0.5
        reasons.append("same term" if months in deal.said.months else "another term")
    found = [_one_figure(slot, claim, deal) for slot in FIGURES]
    reasons += [reason for _, reason in found if reason]
    against = min(
        (points for points, _ in found), default=0.0
    )  # a larger deal is larger in all its figures: count once
    return Fit(weight + min(against, 0.0) + sum(max(points, 0.0) for points, _ in found), tuple(reasons))


def _one_figure(slot: str, claim: Claim, deal: Dossier) -> tuple[float, str]:
    told = figure_of(getattr(claim.mention, slot))
    held = deal.said.figures.get(slot, ())
    if told is None or not held or told.is_increment:
        return 0.0, ""
    now = figure_of(getattr(deal.state_at(claim.as_of), slot))
    if now and relate(now, told) is Relation.SAME:
        return 1.0 + (slot == "value"), f"same {slot}"
    relations = {relate(figure, told) for figure in held}
    if Relation.SAME in relations:
        return 0.5 + 0.5 * (slot == "value"), f"same {slot}, told before or since"
    if relations & {Relation.COARSER, Relation.FINER, Relation.CONVERTED}:
        return 0.75, f"same {slot}, rounded or converted"
    if claim.mention.status in ("amended", "closed", "cancelled") or claim.mention.type == "acquisition":
        return -0.25, f"another {slot}"
    ratios = [
        max(figure.amount, told.amount) / min(figure.amount, told.amount)
        for figure in held
        if figure.unit == told.unit and figure.amount > 0 and told.amount > 0
    ]
    return (-3.0, f"far another {slot}") if ratios and min(ratios) > 3 else (-1.0, f"another {slot}")


def _time(claim: Claim, deal: Dossier) -> Fit:
    days = deal.said.nearest_days(claim)
    if days is None:
        return Fit(0.5, ("undated",))
    if days <= 1.5:
        return Fit(1.5, ("same day",))
    if days <= 5:
        return Fit(1.0, ("same days",))
    if days <= 60:
        return Fit(0.5, ("same weeks",))
    return Fit(0.0 if days <= 500 else -1.0, () if days <= 500 else ("long ago",))


def _course(claim: Claim, deal: Dossier) -> Fit:
    """What a deal has come to and what is now said of it: a round that closed is not in talks again."""
    said, now = claim.mention.status, deal.state.status
    days = deal.said.nearest_days(claim) or 0.0
    is_fresh = claim.mention.focus == "primary" and said in ("rumored", "announced")
    told = [figure_of(getattr(claim.mention, slot)) for slot in FIGURES]
    is_more = any(figure and figure.is_increment for figure in told)
    is_over = now == "closed" and deal.state.type in ENDS_WITH_COMPLETION
    if is_over and is_fresh and (days > FINISHED_DAYS or (is_more and days > SAME_NEWS_DAYS)):
        return Fit(-3.0, ("after completion",))
    if now == "cancelled" and is_fresh and deal.state.type not in ENDS_WITH_COMPLETION:
        return Fit(-0.5, ("after cancellation",))
    if said == "rumored" and now in ("announced", "amended") and is_fresh and days > FINISHED_DAYS:
        return Fit(-1.5, ("talks after the agreement",))
    if said in STEPS and now != "cancelled":
        return Fit(1.0, ("a step of a deal that is known",))
    if said == now:
        return Fit(0.5, ("next in course",))
    return Fit(0.5 if now == "rumored" else 0.0, ())
