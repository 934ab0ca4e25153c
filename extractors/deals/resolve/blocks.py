"""Which known deals a claim could speak of, without looking at the others: found by the parties that they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from extractors.deals.resolve.dossier import Dossier, identity_of
from extractors.parties.identity import Identity
from extractors.records import Claim

# A claim with one party, or with none of its pairs known, is compared with the deals of that party nearest in time.
NEAREST = 50


class Blocks:
    """An index of deals by pair of parties, and by single party where only one is told."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, str], dict[str, Dossier]] = defaultdict(dict)
        self._singles: dict[str, dict[str, Dossier]] = defaultdict(dict)

    def put(self, deal: Dossier) -> None:
        """File the deal under all its parties; again after a claim brought it a new one."""
        identities = [identity for known in deal.parties.values() for identity in known]
        for pair in _pairs(identities):
            self._pairs[pair][deal.deal_id] = deal
        for key in {key for identity in identities for key in identity.keys}:
            self._singles[key][deal.deal_id] = deal

    def candidates(self, claim: Claim) -> list[Dossier]:
        """The deals with which to compare the claim, each once, in the order of their ids."""
        identities = [identity_of(party) for party in claim.mention.parties]
        found: dict[str, Dossier] = {}
        for pair in _pairs(identities):
            found |= self._pairs.get(pair, {})
        if not found:
            for key in {key for identity in identities for key in identity.keys}:
                found |= self._nearest(key, claim)
        return [found[deal_id] for deal_id in sorted(found)]

    def _nearest(self, key: str, claim: Claim) -> dict[str, Dossier]:
        held = self._singles.get(key, {})
        if len(held) <= NEAREST:
            return held
        ranked = sorted(held.values(), key=lambda deal: (deal.nearest_days(claim) or 0.0, deal.deal_id))
        return {deal.deal_id: deal for deal in ranked[:NEAREST]}


def _pairs(identities: Iterable[Identity]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(identities, 2):
        for a in one.keys:
            for b in other.keys:
                yield (a, b) if a <= b else (b, a)
