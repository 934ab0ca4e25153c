"""The claims at hand, grouped into strands: one strand for each deal, as far as it is resolved.

A strand has no id: it is the claims in it, and its first claim stands for it. What was told before some moment is
asked for by ``upto``, so that a decision in the middle of history sees what a decision at that time would have seen.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from extractors.deals.resolve.apart import Apart
from extractors.deals.resolve.dossier import Dossier
from extractors.deals.resolve.keys import keys_of, seekers_of
from extractors.records import Claim, StoryArticle

LAST = "\U0010ffff"  # stands after every id
NEAREST = 25  # so many deals of one key, those told of last, are compared with a claim

Unit = tuple[datetime, str]  # an article in the order of resolving: when it was published, its id


def unit_of(claim: Claim) -> Unit:
    """The place of the claim's article in the order of resolving."""
    return claim.as_of, claim.article_id


class Strand:
    """The claims of one deal, in the order of their articles."""

    __slots__ = ("_count", "_dossier", "_units", "claims", "label")

    def __init__(self, label: str = "") -> None:
        self.label = label  # the deal_id of the store, "" for one that is new
        self.claims: list[Claim] = []
        self._units: list[tuple[Unit, str]] = []
        self._dossier, self._count = Dossier(""), 0

    def put(self, claim: Claim) -> None:
        """Take a claim in, at its place."""
        row = (unit_of(claim), claim.mention.deal_mention_id)
        k = bisect.bisect(self._units, row)
        self._units.insert(k, row)
        self.claims.insert(k, claim)
        if k < self._count:
            self._count, self._dossier = 0, Dossier("")

    def remove(self, claim: Claim) -> None:
        """Take a claim out."""
        k = self._units.index((unit_of(claim), claim.mention.deal_mention_id))
        del self._units[k], self.claims[k]
        if k < self._count:
            self._count, self._dossier = 0, Dossier("")

    @property
    def first(self) -> tuple[Unit, str]:
        """What stands for the strand: the place and the id of its first claim."""
        return self._units[0]

    def has_before(self, unit: Unit) -> bool:
        """Whether some article before this one tells of it."""
        return bool(self._units) and self._units[0][0] < unit

    def upto(self, unit: Unit) -> Dossier:
        """The deal as told by the articles up to this one; to be read before the next ``upto`` or change."""
        count = bisect.bisect(self._units, (unit, LAST))
        if count < self._count:
            self._count, self._dossier = 0, Dossier("")
        for claim in self.claims[self._count : count]:
            self._dossier.add(claim)
        self._count = count
        self._dossier.deal_id = self.first[1] if self._units else ""
        return self._dossier


class Tape:
    """Claims by article, by strand and by key."""

    def __init__(
        self,
        claims: Iterable[Claim],
        articles: Iterable[StoryArticle] = (),
        *,
        deal_of: Mapping[str, str] | None = None,
        keys: Mapping[str, frozenset[str]] | None = None,
        ready: set[Unit] | None = None,
        apart: Apart | None = None,
    ) -> None:
        """``deal_of``: deal_mention_id -> deal of the claims that are resolved; ``keys``: of claims that have them;
        ``ready``: articles of which all is at hand that deciding them takes (None: all); ``apart``: what a person told
        apart."""
        self.apart = apart or Apart()
        self._ready = ready
        self._filed: set[str] = set()
        self.articles = {article.article_id: article for article in articles}
        self.units: dict[Unit, list[Claim]] = defaultdict(list)
        self.strand_of: dict[str, Strand] = {}
        self.keys: dict[str, frozenset[str]] = dict(keys or {})
        self._index: dict[str, list[tuple[Unit, str]]] = defaultdict(list)
        self._labelled: dict[str, Strand] = {}
        self.add(claims, deal_of or {})

    def add(self, claims: Iterable[Claim], deal_of: Mapping[str, str]) -> None:
        """Take further claims in, each once; those that are resolved into the strands of their deals."""
        for claim in claims:
            mention_id = claim.mention.deal_mention_id
            if mention_id in self._filed:
                continue
            self._file(claim)
            if deal_id := deal_of.get(mention_id):
                self.assign(claim, self.labelled(deal_id))

    def labelled(self, deal_id: str) -> Strand:
        """The strand of a deal of the store, as it was before anything was decided again."""
        if deal_id not in self._labelled:
            self._labelled[deal_id] = Strand(deal_id)
        return self._labelled[deal_id]

    def hint(self, key: str, unit: Unit, deal_mention_id: str, deal_id: str) -> None:
        """File a claim of the store that is not at hand: that it is there, and of which deal."""
        if deal_mention_id not in self._filed:
            self._enter(key, (unit, deal_mention_id))
            self.strand_of.setdefault(deal_mention_id, self.labelled(deal_id))

    def get_ready(self, units: Iterable[Unit]) -> None:
        """Note that now all is at hand that deciding these articles takes."""
        if self._ready is not None:
            self._ready.update(units)

    def is_ready(self, unit: Unit) -> bool:
        """Whether all is at hand that deciding the article takes."""
        return self._ready is None or unit in self._ready

    def _file(self, claim: Claim) -> None:
        mention_id = claim.mention.deal_mention_id
        self._filed.add(mention_id)
        self.units[unit_of(claim)].append(claim)
        if mention_id not in self.keys:
            self.keys[mention_id] = keys_of(claim, self.articles.get(claim.article_id))
        for key in self.keys[mention_id]:
            self._enter(key, (unit_of(claim), mention_id))

    def _enter(self, key: str, row: tuple[Unit, str]) -> None:
        held = self._index[key]
        k = bisect.bisect_left(held, row)
        if k == len(held) or held[k] != row:  # a hint may have been there before
            held.insert(k, row)

    def assign(self, claim: Claim, strand: Strand) -> None:
        """Let the claim speak of the deal."""
        strand.put(claim)
        self.strand_of[claim.mention.deal_mention_id] = strand

    def forget(self, claim: Claim) -> Strand | None:
        """Drop a claim that counts no more; gives the strand that it was of."""
        row = (unit_of(claim), claim.mention.deal_mention_id)
        self.units[row[0]].remove(claim)
        for key in self.keys[row[1]]:
            self._index[key].remove(row)
        return self.release(claim)

    def release(self, claim: Claim) -> Strand | None:
        """Let the claim speak of nothing; gives the strand that it was of."""
        strand = self.strand_of.pop(claim.mention.deal_mention_id, None)
        if strand:
            strand.remove(claim)
        return strand

    @property
    def strands(self) -> list[Strand]:
        """All strands that have claims, by their first claims."""
        found = {id(strand): strand for strand in self.strand_of.values() if strand.claims}
        return sorted(found.values(), key=lambda strand: strand.first)

    def knows(self, key: str) -> bool:
        """Whether some claim is filed under the key."""
        return key in self._index

    def before(self, keys: Iterable[str], unit: Unit) -> list[Strand]:
        """Of each key the strands told of last before this article, NEAREST of them; by their first claims."""
        found: dict[int, Strand] = {}
        for key in keys:
            of_key: dict[int, Strand] = {}
            held = self._index.get(key, [])
            for k in range(bisect.bisect_left(held, (unit, "")) - 1, -1, -1):
                strand = self.strand_of.get(held[k][1])
                if strand:
                    of_key[id(strand)] = strand
                if len(of_key) == NEAREST:
                    break
            found |= of_key
        return sorted(found.values(), key=lambda strand: strand.first)

    def after(self, strand: Strand, unit: Unit, lost: Iterable[str] = ()) -> set[Unit]:
        """The articles after this one with claims that could have been compared with the strand.

        ``lost``: keys of claims that it had and that count no more.
        """
        found = {unit_of(claim) for claim in strand.claims if unit_of(claim) > unit}
        for key in {*lost, *(key for claim in strand.claims for key in self.keys[claim.mention.deal_mention_id])}:
            until = self._last_compared(strand, key, unit)
            held = self._index.get(seekers_of(key), [])
            for entry in held[bisect.bisect(held, (unit, LAST)) :]:
                if until and entry[0] > until:
                    break
                found.add(entry[0])
        return found

    def _last_compared(self, strand: Strand, key: str, unit: Unit) -> Unit | None:
        """The last article at which the strand is among the NEAREST of a key; None: at all of them."""
        held = self._index.get(key, [])
        others: set[int] = set()
        for later, mention_id in held[bisect.bisect(held, (unit, LAST)) :]:
            other = self.strand_of.get(mention_id)
            if other is strand:
                others.clear()
            elif other:
                others.add(id(other))
            if len(others) > NEAREST:
                return later
        return None


def under_their_parents(claims: Iterable[Claim], stands_for: Mapping[str, str]) -> list[Claim]:
    """The claims with each brand, unit and ticker under the name of its company."""
    return [_under_parents(claim, stands_for) for claim in claims]


def _under_parents(claim: Claim, stands_for: Mapping[str, str]) -> Claim:
    mention = claim.mention
    if mention.type in ("equity", "acquisition"):  # a unit that is sold is no name of its seller
        return claim
    parties = tuple(
        replace(party, name=stands_for[party.name]) if party.name in stands_for and not party.company_id else party
        for party in mention.parties
    )
    return replace(claim, mention=replace(mention, parties=parties)) if parties != mention.parties else claim
