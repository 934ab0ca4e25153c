"""Funding rounds by name: who comes late to a Series C is one more investor of it, not a deal of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from extractors.deals.resolve.dossier import identity_of
from extractors.records import Claim, DealState, StoryArticle

NAMED_ROUND = re.compile(r"\b(?:series ([a-k])\b|(pre-seed|seed) (?:round|funding|financing))", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")


class Rounds:
    """Which deals are of which named round of which company, as far as the articles at hand tell."""

    def __init__(self, known: Iterable[DealState], articles: Mapping[str, StoryArticle]) -> None:
        self._articles = articles
        self._deals: dict[tuple[str, str], set[str]] = defaultdict(set)
        for state in known:
            for claim in state.claims:
                self.put(state.deal_id, claim)

    def put(self, deal_id: str, claim: Claim) -> None:
        """File a deal under the round that a claim of it names."""
        for key in self._keys(claim):
            self._deals[key].add(deal_id)

    def of(self, claim: Claim) -> set[str]:
        """Ids of the deals that are the round which the claim names."""
        return {deal_id for key in self._keys(claim) for deal_id in self._deals.get(key, ())}

    def _keys(self, claim: Claim) -> list[tuple[str, str]]:
        name = self._name(claim)
        if not name:
            return []
        raised = [identity_of(party) for party in claim.mention.parties if party.role == "investee"]
        return [(key, name) for identity in raised for key in identity.keys]

    def _name(self, claim: Claim) -> str:
        """ "c" for a claim told with a Series C; "" where no round is named with it, or several are."""
        article = self._articles.get(claim.article_id)
        if article is None or claim.mention.type != "equity":
            return ""
        text = "\n\n".join(part for part in (article.title, article.body) if part)
        own = text[claim.mention.sentence_start_char : claim.mention.sentence_end_char].strip()
        told = [] if SENTENCE_END.search(own) else [own]
        if (value := claim.mention.value) and value.surface:
            told += [sentence for sentence in SENTENCE_END.split(text) if value.surface in sentence]
        names = {(letter or seed).lower() for sentence in told for letter, seed in NAMED_ROUND.findall(sentence)}
        return names.pop() if len(names) == 1 else ""
