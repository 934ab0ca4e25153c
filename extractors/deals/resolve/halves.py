"""Deals of which one article told the one side and another article the other: "borrows $1.4 billion", "banks lend"."""

from __future__ import annotations

from datetime import timedelta

from extractors.deals.resolve.compatible import SIDES
from extractors.deals.resolve.dossier import Dossier
from extractors.deals.resolve.figures import Relation, figure_of, relate
from extractors.deals.resolve.merge import FIGURES
from extractors.parties.places import Places, compare_places
from extractors.records import Claim

EVENT = timedelta(days=5)
MANY = 6  # a deal with more claims than this has been told whole


def are_halves(deal: Dossier, other: Dossier) -> bool:
    """Whether the two tell the two sides of one deal, and some article speaks of both."""
    if max(len(deal.claims), len(other.claims)) > MANY:
        return False
    if deal.state.type != other.state.type or _sides(deal) & _sides(other):
        return False
    if not (_sides(deal) and _sides(other)) or compare_places(deal.said.places, other.said.places) is Places.CONFLICT:
        return False
    articles = {claim.article_id for claim in deal.claims} & {claim.article_id for claim in other.claims}
    return bool(articles) and any(_same_terms(claim, other) for claim in deal.claims)


def _sides(deal: Dossier) -> set[str]:
    return {SIDES[party.role] for party in deal.state.parties} - {"beside"}


def _same_terms(claim: Claim, other: Dossier) -> bool:
    days = other.said.nearest_days(claim)
    if days is None or days > EVENT.days:
        return False
    relations = {
        relate(held, told)
        for slot in FIGURES
        if (told := figure_of(getattr(claim.mention, slot)))
        for held in other.said.figures.get(slot, ())
    }
    return Relation.SAME in relations
