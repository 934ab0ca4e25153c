"""What was resolved as decisions to be stored: ids that stay, claims that move, deals that leave the tape or return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from extractors.deals.resolve.revise import history
from extractors.deals.resolve.standing import Standing
from extractors.deals.resolve.tape import Strand
from extractors.records import (
    Assignment,
    Claim,
    DealEnding,
    DealHistory,
    Issue,
    KnownDeal,
    Revision,
    in_order,
)

EMPTIED = ("same_deal", "no_claims")  # reasons of endings: all claims went elsewhere
NEVER = datetime.max.replace(tzinfo=UTC)  # stands for the time at which a new deal was recorded


@dataclass(slots=True)
class Names:
    """The deal_id of each strand, and the deals whose claims all went elsewhere."""

    of_strand: dict[int, str] = field(default_factory=dict)
    emptied: dict[str, str] = field(default_factory=dict)  # deal_id -> the one that has its claims now, "" for none

    def __getitem__(self, strand: Strand) -> str:
        return self.of_strand[id(strand)]


def name_strands(
    strands: Iterable[Strand],
    deal_of: Mapping[str, str],
    known: Mapping[str, KnownDeal],
    new_id: Callable[[Claim, set[str]], str],
) -> Names:
    """Ids for the strands: each known deal keeps its id, with most of its claims, those recorded first choosing first.

    ``deal_of``: deal_mention_id -> deal_id as stored. What is left over is new, or was merged into another deal. An id
    that lost all its claims once is free for who begins with the same claim.
    """
    strands = sorted((strand for strand in strands if strand.claims), key=lambda strand: strand.first)
    by_id = {id(strand): strand for strand in strands}
    shares: dict[str, Counter[int]] = {}
    for strand in strands:
        for claim in strand.claims:
            if deal_id := deal_of.get(claim.mention.deal_mention_id, ""):
                shares.setdefault(deal_id, Counter())[id(strand)] += 1
    names = Names()
    for deal_id in sorted(shares, key=lambda deal_id: (known[deal_id].recorded_at, deal_id)):
        ranked = sorted(shares[deal_id], key=lambda k: (-shares[deal_id][k], by_id[k].first))
        free = next((k for k in ranked if k not in names.of_strand), None)
        if free is None:
            names.emptied[deal_id] = names.of_strand[ranked[0]]
        else:
            names.of_strand[free] = deal_id
    taken = {deal_id for deal_id, deal in known.items() if deal.reason not in EMPTIED} | names.emptied.keys()
    for strand in strands:
        if id(strand) not in names.of_strand:
            names.of_strand[id(strand)] = new_id(strand.claims[0], taken)
            taken.add(names.of_strand[id(strand)])
    return names


def decisions_of(
    strand: Strand, deal_id: str, recognised: Iterable[Claim], deal_of: Mapping[str, str]
) -> list[Assignment]:
    """A decision for each claim of the strand that the store does not have so."""
    found = []
    for step in history(deal_id, list(in_order([*strand.claims, *recognised]))):
        mention_id = step.claim.mention.deal_mention_id
        if deal_of.get(mention_id) != deal_id:
            kind = "revised" if step.is_changed else "repeated"
            found.append(
                Assignment(
                    deal_mention_id=mention_id,
                    deal_id=deal_id,
                    kind="new" if step.claim is strand.claims[0] and deal_of.get(mention_id) is None else kind,
                    first_as_of=step.state.first_as_of,
                    last_as_of=step.state.last_as_of,
                )
            )
    return found


def main_of(standing: Standing, names: Names, known: Mapping[str, KnownDeal]) -> Strand:
    """The strand that gives the standing deal its id: of two halves the one that was recorded first."""

    def rank(strand: Strand) -> tuple[datetime, object]:
        deal = known.get(names[strand])
        return deal.recorded_at if deal else NEVER, strand.first

    return min(standing.strands, key=rank)


def history_of(standing: Standing, deal_id: str) -> tuple[DealHistory, list[Issue]]:
    """The revisions of a standing deal, and an issue for each claim that says otherwise and was not followed."""
    steps = history(deal_id, list(in_order(list(standing.claims))))
    revisions = tuple(
        Revision(deal_mention_id=step.claim.mention.deal_mention_id, as_of=step.claim.as_of, state=step.state)
        for step in steps
        if step.is_changed
    )
    issues = [
        Issue(
            stage="resolve",
            subject_id=step.claim.mention.deal_mention_id,
            code=f"conflicting_{slot}",
            message=f"{step.claim.publisher or 'the article'} gives another {slot} than deal {deal_id} holds",
        )
        for step in steps
        for slot in step.conflicts
    ]
    return DealHistory(deal_id=deal_id, revisions=revisions), issues


def endings_of(standings: Iterable[Standing], names: Names, known: Mapping[str, KnownDeal]) -> list[DealEnding]:
    """How the standing of each deal differs from what the store says."""
    wanted: dict[str, tuple[str, str, str]] = {}
    for standing in standings:
        main = names[main_of(standing, names, known)]
        for strand in standing.strands:
            is_half = names[strand] != main
            wanted[names[strand]] = ("merged", main, "other_half") if is_half else ("", "", "")
        if standing.doubt:
            wanted[main] = ("withdrawn", "", standing.doubt)
    for deal_id, into in names.emptied.items():
        wanted[deal_id] = ("merged", into, "same_deal") if into else ("withdrawn", "", "no_claims")
    found = []
    for deal_id, (kind, into, reason) in sorted(wanted.items()):
        deal = known.get(deal_id)
        if ((deal.ending, deal.into_deal_id) if deal else ("", "")) == (kind, into):
            continue
        found.append(
            DealEnding(deal_id=deal_id, kind=kind or "restored", into_deal_id=into, reason=reason or "told_in_full")
        )
    return found


def doubts_of(doubts: Mapping[str, tuple[Strand, ...]], names: Names) -> list[Issue]:
    """An issue for each claim that could be of either of two deals."""
    return [
        Issue(
            stage="resolve",
            subject_id=mention_id,
            code="ambiguous_deal",
            message=f"could be a claim of {' or '.join(names[strand] for strand in strands)}: "
            "kept as a deal of its own, a person may join them",
        )
        for mention_id, strands in sorted(doubts.items())
        if all(id(strand) in names.of_strand for strand in strands)
    ]
