"""Claims to deals: which deal each claim speaks of, and what the deal is then known to be.

Told the claims and the articles, it decides; it reads no clock and no store. What comes out depends on what is told,
not on the order in which it is told (``replay``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable

from extractors.deals.resolve.figures import figure_of
from extractors.deals.resolve.keys import keys_named_in
from extractors.deals.resolve.merge import FIGURES
from extractors.deals.resolve.replay import replay
from extractors.deals.resolve.standing import Tellings, recognised_in, standings, stands_for
from extractors.deals.resolve.tape import Tape, under_their_parents
from extractors.parties.affiliations import find_affiliations
from extractors.parties.identity import fold_name
from extractors.records import Claim, StoryArticle

__all__ = ["deal_id_of", "resolve_tape"]


def resolve_tape(claims: Iterable[Claim], articles: Iterable[StoryArticle] = ()) -> dict[str, tuple[Claim, ...]]:
    """deal_id -> the claims of each deal that stands on the tape, of nothing but what is told here."""
    articles = list(articles)
    known_as = stands_for(pair for article in articles for pair in find_affiliations(article.body))
    tape = Tape(under_their_parents(claims, known_as), articles)
    replay(tape, tape.units)
    recognised = [found for article in articles for found in recognised_in(tape, article, keys_named_in(article))]
    deals: dict[str, tuple[Claim, ...]] = {}
    for standing in standings(tape.strands, Tellings(tape.strands, recognised)):
        if not standing.doubt:
            deals[deal_id_of(standing.strands[0].claims[0], deals)] = standing.claims
    return deals


def deal_id_of(claim: Claim, taken: Container[str] = ()) -> str:
    """The id of the deal whose first claim this is: a hash of what it says, whatever the run that resolves it."""
    return next((deal_id for deal_id in deal_ids_of(claim) if deal_id not in taken), deal_ids_of(claim)[-1])


def deal_ids_of(claim: Claim) -> list[str]:
    """The ids that a deal with this first claim can have, the first that is free is taken."""
    said = _distinguishing(claim)
    return [
        hashlib.sha256("\x1f".join([*said, more]).encode()).hexdigest()[:16]
        for more in ("", claim.article_id, claim.mention.deal_mention_id)
    ]


def _distinguishing(claim: Claim) -> list[str]:
    mention = claim.mention
    parties = sorted(f"{p.role}:{p.company_id or ' '.join(fold_name(p.name))}" for p in mention.parties)
    filled = (figure_of(getattr(mention, slot)) for slot in FIGURES)
    figures = [f"{figure.amount.normalize()} {figure.unit}" if figure else "" for figure in filled]
    places = sorted(" ".join(fold_name(place.name)) for place in mention.locations)
    return [mention.type, *parties, claim.as_of.isoformat(), *figures, *places]
