"""Articles that a person told apart: what the one tells of the companies in question is no deal of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extractors.deals.resolve.dossier import identity_of
from extractors.parties.identity import DIFFERENT, Identity, identify, likeness
from extractors.records import Claim, Decision


@dataclass(frozen=True, slots=True)
class Side:
    """One of two deals: the articles that tell of it and not of the other, its type and companies (none: any)."""

    articles: frozenset[str]  # article_id
    type: str = ""
    companies: tuple[Identity, ...] = ()

    def has(self, claim: Claim) -> bool:
        """Whether the claim is of this deal: told in its articles, of its type, of its companies alone."""
        if claim.article_id not in self.articles or (self.type and claim.mention.type != self.type):
            return False
        return not self.companies or all(
            any(likeness(identity_of(party), company) != DIFFERENT for company in self.companies)
            for party in claim.mention.parties
        )


class Apart:
    """Which claims may not be of one deal. Without any, nothing is looked at."""

    def __init__(self, pairs: Iterable[tuple[Side, Side]] = ()) -> None:
        self._against: dict[str, list[tuple[Side, Side]]] = defaultdict(list)  # article_id -> (its side, the other)
        for one, other in pairs:
            for own, against in ((one, other), (other, one)):
                for article_id in own.articles:
                    self._against[article_id].append((own, against))

    def __bool__(self) -> bool:
        return bool(self._against)

    def parts(self, claim: Claim, told: Iterable[Claim]) -> bool:
        """Whether the claim may not join a deal that these claims tell."""
        against = [other for own, other in self._against.get(claim.article_id, ()) if own.has(claim)]
        return bool(against) and any(other.has(each) for each in told for other in against)


def apart_of(decisions: Iterable[Decision], articles_at: Mapping[str, Iterable[str]]) -> Apart:
    """What the decisions of the kind ``different`` forbid; an article that tells of both deals parts nothing.

    ``articles_at``: address -> article_id of the articles there.
    """
    pairs = []
    for decision in decisions:
        if decision.kind == "different":
            told = [frozenset(i for url in deal.articles for i in articles_at.get(url, ())) for deal in decision.deals]
            both = frozenset.intersection(*told)
            one, other = (
                Side(own - both, deal.type, tuple(identify(name=name) for name in deal.parties))
                for own, deal in zip(told, decision.deals, strict=True)
            )
            pairs.append((one, other))
    return Apart(pairs)
