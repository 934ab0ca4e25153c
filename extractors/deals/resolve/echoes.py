"""Claims of one article that say once more, or in part, what another claim of it says: no deals of their own."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.deals.resolve.dossier import identity_of
from extractors.deals.resolve.figures import Figure, Relation, figure_of, relate
from extractors.deals.resolve.merge import FIGURES
from extractors.parties.identity import DIFFERENT, likeness
from extractors.parties.places import Places, compare_places
from extractors.records import Claim

# Types that one deal is told as in one article: the halls, the machines in them and what runs on both.
SUPPLY = frozenset({"compute", "lease", "chips", "power", "build", "partnership", "joint_venture"})
OWNERSHIP = frozenset({"equity", "acquisition"})
VENTURE = frozenset({"joint_venture", "equity"})  # "the partners will contribute $800 million"
SURE = 0.5  # a claim of one company that is surer than this stands for itself, if it names a sum


def echoed_by(claim: Claim, others: Sequence[Claim]) -> Claim | None:
    """The claim of the same article that says more of the same deal; None where the claim stands for itself."""
    fuller = [
        other for other in others if other is not claim and _rank(other) > _rank(claim) and _is_echo(claim, other)
    ]
    return max(fuller, key=_rank, default=None)


def _rank(claim: Claim) -> tuple[int, float, str]:
    mention = claim.mention
    return len(mention.parties), mention.confidence, mention.deal_mention_id


def _is_echo(claim: Claim, other: Claim) -> bool:
    ours, theirs = claim.mention, other.mention
    if not _are_neighbours(ours.type, theirs.type) or not _are_among(claim, other):
        return False
    if len(ours.parties) == len(theirs.parties) and not _at_one_point(claim, other):
        return False
    if compare_places([p.name for p in ours.locations], [p.name for p in theirs.locations]) is Places.CONFLICT:
        return False
    relations = [
        relate(told, held)
        for slot in FIGURES
        if (told := figure_of(getattr(ours, slot))) and (held := figure_of(getattr(theirs, slot)))
    ]
    if Relation.DIFFERENT in relations:
        return False
    if ours.type == theirs.type:
        return True
    if len(ours.parties) > 1 or ours.value is None:
        return len(ours.parties) > 1 or ours.type != "build" or ours.confidence < SURE
    return Relation.SAME in relations or ours.confidence < SURE


def _at_one_point(claim: Claim, other: Claim) -> bool:
    """Whether the two stand alike to the deal: not the one as news and the other recalled, nor as what is added."""
    added = [[bool(figure and figure.is_increment) for figure in _figures(each)] for each in (claim, other)]
    is_like = claim.mention.focus == other.mention.focus and any(added[0]) == any(added[1])
    return is_like and (claim.mention.status == other.mention.status or claim.mention.type != other.mention.type)


def _figures(claim: Claim) -> list[Figure | None]:
    return [figure_of(getattr(claim.mention, slot)) for slot in FIGURES]


def _are_neighbours(one: str, other: str) -> bool:
    return one == other or {one, other} <= SUPPLY or {one, other} <= OWNERSHIP or {one, other} == VENTURE


def _are_among(claim: Claim, other: Claim) -> bool:
    """Whether each company of the claim is a party of the other one, in whatever role."""
    theirs = [identity_of(party) for party in other.mention.parties]
    ours = [identity_of(party) for party in claim.mention.parties]
    return all(any(likeness(a, b) != DIFFERENT for b in theirs) for a in ours)
