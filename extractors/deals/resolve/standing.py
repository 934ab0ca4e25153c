"""What of the resolved deals stands on the tape: recognised in further articles, halves joined, the doubtful left out.

Every verdict about a deal depends on its own claims and on the deals that its articles tell of beside it, nothing else:
so what a new article can change is found in the articles around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from extractors.deals.resolve.dossier import Dossier, dossier_of
from extractors.deals.resolve.doubtful import SAME_DAY, doubt_of
from extractors.deals.resolve.halves import EVENT, are_halves
from extractors.deals.resolve.keys import ROUND, is_mark, round_of, sought_with
from extractors.deals.resolve.recognise import FORESEEN, recognise
from extractors.deals.resolve.tape import LAST, Strand, Tape, Unit, unit_of
from extractors.records import Claim, StoryArticle


@dataclass(frozen=True, slots=True)
class Standing:
    """A deal as it is to be told: all its claims, of one strand or of two halves."""

    strands: tuple[Strand, ...]  # the first gives the deal its name
    claims: tuple[Claim, ...]
    doubt: str  # why it is left out, "" where it is not


def recognised_in(tape: Tape, article: StoryArticle, named: Collection[str]) -> list[tuple[Strand, Claim]]:
    """The deals that the article speaks of though no claim of it says so, as known in its days.

    ``named``: what ``keys_named_in`` says of the article.
    """
    until = article.as_of + FORESEEN, LAST
    keys = [key for key in named if tape.knows(key) or is_mark(key)]
    unit = article.as_of, article.article_id
    told = {id(s): s for c in tape.units.get(unit, []) if (s := tape.strand_of.get(c.mention.deal_mention_id))}
    near = told | {id(strand): strand for strand in tape.before(sought_with(keys), until)}
    strands = {strand.first[1]: strand for strand in sorted(near.values(), key=lambda strand: strand.first)}
    rounds = {name: _rounds(tape, strand, until) for name, strand in strands.items()}
    found = recognise(article, [strand.upto(until) for strand in strands.values()], rounds)
    speaking = [(strands[name], claim) for name, claim in found]
    return [(strand, claim) for strand, claim in speaking if not tape.apart.parts(claim, strand.claims)]


def _rounds(tape: Tape, strand: Strand, until: Unit) -> frozenset[str]:
    """The rounds that the deal is, by name."""
    told = (claim for claim in strand.claims if unit_of(claim) <= until)
    keys = {key for claim in told for key in tape.keys[claim.mention.deal_mention_id]}
    return frozenset(mark.removeprefix(ROUND) for mark in map(round_of, keys) if mark)


class Tellings:
    """All that is told of strands, read or recognised, by strand and by article."""

    def __init__(self, strands: Iterable[Strand], recognised: Iterable[tuple[Strand, Claim]]) -> None:
        self._recognised: dict[int, list[Claim]] = defaultdict(list)
        for strand, claim in recognised:
            self._recognised[id(strand)].append(claim)
        self._dossiers: dict[tuple[int, int], Dossier] = {}
        self._told_in: dict[str, list[Strand]] = defaultdict(list)
        for strand in strands:
            for article_id in {claim.article_id for claim in self.claims(strand)}:
                self._told_in[article_id].append(strand)

    def claims(self, strand: Strand) -> list[Claim]:
        """The claims of the strand, those recognised last."""
        return [*strand.claims, *self._recognised[id(strand)]]

    def recognised(self, strand: Strand) -> list[Claim]:
        """Those of its claims that were recognised."""
        return self._recognised[id(strand)]

    def dossier(self, strand: Strand, until: datetime) -> Dossier:
        """The deal that the strand tells, as known at a moment."""
        claims = [claim for claim in self.claims(strand) if claim.as_of <= until]
        key = id(strand), len(claims)
        if key not in self._dossiers:
            self._dossiers[key] = dossier_of(strand.first[1], claims)
        return self._dossiers[key]

    def beside(self, strands: Sequence[Strand]) -> list[Strand]:
        """The other strands that are told in the same articles, by their first claims."""
        articles = {claim.article_id for strand in strands for claim in self.claims(strand)}
        found = {id(other): other for article_id in articles for other in self._told_in[article_id]}
        return sorted((found[k] for k in found.keys() - set(map(id, strands))), key=lambda strand: strand.first)

    def half_of(self, strand: Strand) -> Strand | None:
        """The strand that tells the other half of this deal, where each is the other's only one."""
        halves = self._halves(strand)
        return halves[0] if len(halves) == 1 and self._halves(halves[0]) == [strand] else None

    def _halves(self, strand: Strand) -> list[Strand]:
        found = []
        for other in self.beside([strand]):
            until = max(strand.claims[0].as_of, other.claims[0].as_of) + EVENT
            if are_halves(self.dossier(strand, until), self.dossier(other, until)):
                found.append(other)
        return found


def standings(strands: Iterable[Strand], tellings: Tellings) -> list[Standing]:
    """The deals of these strands as they are to be told, each once, by their first claims."""
    found: dict[int, Standing] = {}
    for strand in strands:
        if id(strand) in found:
            continue
        half = tellings.half_of(strand)
        both = tuple(sorted((strand, half), key=lambda s: s.first)) if half else (strand,)
        claims = tuple(claim for one in both for claim in tellings.claims(one))
        deal = dossier_of(both[0].first[1], claims)
        until = max(claim.as_of for one in both for claim in one.claims) + SAME_DAY
        beside = [tellings.dossier(other, until) for other in tellings.beside(both) if other.claims[0].as_of <= until]
        standing = Standing(both, claims, doubt_of(deal, beside))
        found |= {id(one): standing for one in both}
    each = {id(standing): standing for standing in found.values()}
    return sorted(each.values(), key=lambda standing: standing.strands[0].first)


def stands_for(affiliations: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Brand, unit or ticker -> the company that it stands for; what most articles say, whatever their order."""
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for child, parent in affiliations:
        votes[child][parent] += 1
    return {child: max(parents, key=lambda name: (parents[name], name)) for child, parents in votes.items()}
