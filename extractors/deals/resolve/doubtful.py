"""Deals that no tape should carry: what was told half and without terms, and misreadings of deals told beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from extractors.deals.resolve.compatible import SIDES
from extractors.deals.resolve.dossier import Dossier, identity_of
from extractors.deals.resolve.figures import Figure, Relation, figure_of, relate
from extractors.deals.resolve.merge import FIGURES
from extractors.deals.resolve.recognise import is_recognised
from extractors.parties.identity import DIFFERENT, fold_name, likeness
from extractors.parties.places import Places, compare_places
from extractors.records import Claim, Party

UNSURE = 0.35  # a claim of one company that is less sure than this says nothing alone
SAME_DAY = timedelta(hours=12)
FEW = 3  # a deal with more claims than this stands, whatever they look like
OWNERSHIP = {"equity", "acquisition"}
SUPPLY = frozenset({"compute", "lease", "chips", "power", "build", "partnership", "joint_venture"})


def doubt_of(deal: Dossier, among: Iterable[Dossier]) -> str:
    """Why to leave the deal out, by the stronger ones told in its articles: half_told or misread; "" for no reason."""
    claims = [claim for claim in deal.claims if not is_recognised(claim)]
    if len(claims) > FEW:
        return ""
    if _is_half_told(claims):
        return "half_told"
    stronger = [other for other in among if _strength(other) > _strength(deal)]
    by_article = {claim.article_id: [o for o in stronger if _is_told_in(claim.article_id, o)] for claim in claims}
    return "misread" if _is_misread(claims, by_article) else ""


def _is_told_in(article_id: str, deal: Dossier) -> bool:
    return any(claim.article_id == article_id for claim in deal.claims)


def _strength(deal: Dossier) -> tuple[int, float, str]:
    read = [claim for claim in deal.claims if not is_recognised(claim)]
    return len(read), _sureness(read), deal.deal_id


def _sureness(claims: Iterable[Claim]) -> float:
    return max((claim.mention.confidence for claim in claims), default=0.0)


def _is_half_told(claims: Iterable[Claim]) -> bool:
    """Whether no claim names both sides, and none gives a figure or is sure of what it says."""
    return all(_is_weak(claim) for claim in claims)


def _is_weak(claim: Claim) -> bool:
    mention = claim.mention
    sides = {SIDES[party.role] for party in mention.parties} - {"beside"}
    if not sides:
        return True
    if len(mention.parties) > 1:
        return False
    if mention.type == "build":  # how much somebody runs or builds in all is told like that
        is_bare = mention.value is None and not mention.locations
    else:
        is_bare = not any(figure_of(getattr(mention, slot)) for slot in FIGURES)
    return is_bare or mention.confidence < UNSURE


def _is_misread(claims: Iterable[Claim], by_article: Mapping[str, list[Dossier]]) -> bool:
    """Whether all that its claims say is said of the other deals of their articles."""
    return all(_is_explained(claim, by_article[claim.article_id]) for claim in claims)


def _is_explained(claim: Claim, others: Sequence[Dossier]) -> bool:
    mention = claim.mention
    if not others or not all(any(_is_known(party, deal) for deal in others) for party in mention.parties):
        return False
    told = [figure for slot in FIGURES if (figure := figure_of(getattr(mention, slot)))]
    if any(_is_ownership(claim, deal) for deal in others):
        return True
    if not all(any(_holds(deal, figure, claim.as_of + SAME_DAY) for deal in others) for figure in told):
        return False
    for place in mention.locations:
        if not any(_is_at(place.name, deal) for deal in others):
            return False
    for deal in others:
        if len(mention.parties) > 1 and all(_is_known(party, deal) for party in mention.parties):
            is_kin = mention.type == deal.state.type or {mention.type, deal.state.type} <= SUPPLY
            if not is_kin and not told:
                return False  # a stake beside a supply contract needs no figures
    return True


def _is_ownership(claim: Claim, deal: Dossier) -> bool:
    """Whether the claim gives a stake in what the deal buys whole, or the other way round: what is paid in shares."""
    return {claim.mention.type, deal.state.type} == OWNERSHIP and all(
        _is_known(party, deal) for party in claim.mention.parties
    )


def _is_known(party: Party, deal: Dossier) -> bool:
    """Whether the company is a party of the deal, or no company but its place."""
    identity = identity_of(party)
    if any(likeness(identity, other) != DIFFERENT for others in deal.said.parties.values() for other in others):
        return True
    return not party.company_id and fold_name(party.name) in {fold_name(p.split(",")[0]) for p in deal.said.places}


def _holds(deal: Dossier, figure: Figure, until: datetime) -> bool:
    """Whether some claim of the deal had told the figure by then."""
    slots = (getattr(claim.mention, slot) for claim in deal.claims if claim.as_of <= until for slot in FIGURES)
    relations = {relate(held, figure) for slot in slots if (held := figure_of(slot))}
    return bool(relations - {Relation.DIFFERENT})


def _is_at(place: str, deal: Dossier) -> bool:
    if compare_places([place], deal.said.places) is Places.MATCH:
        return True
    names = {words for others in deal.said.parties.values() for other in others for words in other.names}
    return any(fold_name(place) == words[: len(fold_name(place))] for words in names)
