"""Which known deals a claim could speak of, without looking at the others: found by the parties that they share."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations

from extractors.deals.resolve.dossier import identity_of
from extractors.parties.identity import Identity
from extractors.records import Claim

# A claim that names one party only is compared with so many deals of that party before it, and so many after it.
NEAREST = 25


class Blocks:
    """An index of deal ids by pair of parties, and by party for what names only one (or a ticker, which has no key)."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._all = _ByDate()
        self._incomplete = _ByDate()

    def put(self, deal_id: str, parties: Iterable[Identity], moments: Iterable[datetime]) -> None:
        """File a deal under its parties; again after a claim of some other moment, or with another party."""
        identities = list(parties)
        for pair in _pairs(identities):
            self._pairs[pair].add(deal_id)
        for key in {key for identity in identities for key in identity.keys}:
            for moment in moments:
                self._all.put(key, moment, deal_id)
                if _is_incomplete(identities):
                    self._incomplete.put(key, moment, deal_id)

    def candidates(self, claim: Claim) -> list[str]:
        """Ids of the deals with which to compare the claim, sorted."""
        identities = [identity_of(party) for party in claim.mention.parties]
        found: set[str] = set()
        for pair in _pairs(identities):
            found |= self._pairs.get(pair, set())
        by_party = self._all if _is_incomplete(identities) else self._incomplete
        for key in {key for identity in identities for key in identity.keys}:
            found |= by_party.near(key, claim.as_of)
        return sorted(found)


class _ByDate:
    """Deal ids by party, in the order of the moments at which they were told of."""

    def __init__(self) -> None:
        self._deals: dict[str, list[tuple[datetime, str]]] = defaultdict(list)

    def put(self, key: str, moment: datetime, deal_id: str) -> None:
        bisect.insort(self._deals[key], (moment, deal_id))

    def near(self, key: str, moment: datetime) -> set[str]:
        held = self._deals.get(key, [])
        k = bisect.bisect(held, (moment, ""))
        return {deal_id for _, deal_id in held[max(0, k - NEAREST) : k + NEAREST]}


def _is_incomplete(identities: list[Identity]) -> bool:
    return len(identities) < 2 or any(identity.tickers for identity in identities)


def _pairs(identities: Iterable[Identity]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(identities, 2):
        for a in one.keys:
            for b in other.keys:
                yield (a, b) if a <= b else (b, a)
