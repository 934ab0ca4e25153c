"""Claims to deals: which deal each claim speaks of, and what the deal is then known to be.

Told everything (the claims, the known deals), it decides and returns intents; it reads no clock and no store.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

from extractors.deals.resolve.blocks import Blocks
from extractors.deals.resolve.compatible import CLEARLY, ENOUGH, OWNERSHIP, fit
from extractors.deals.resolve.dossier import Dossier, identity_of
from extractors.deals.resolve.echoes import echoed_by
from extractors.deals.resolve.figures import figure_of
from extractors.deals.resolve.merge import FIGURES
from extractors.deals.resolve.recognise import likelier
from extractors.deals.resolve.rounds import Rounds
from extractors.parties.affiliations import find_affiliations
from extractors.parties.identity import DIFFERENT, Identity, fold_name, likeness
from extractors.records import Claim, DealIntent, DealMention, DealState, Issue, Party, StoryArticle, in_order

CORRECTION_TITLE = re.compile(r"(?:correction|corrected|clarification)\b", re.IGNORECASE)
CORRECTION_SPAN = timedelta(days=14)
SAME_ROUND = 6.0  # weight of a round's name
CORRECTED = 2.0  # weight of being a correction of what was said of the deal

__all__ = ["deal_id_of", "known_after", "resolve_deals"]


def resolve_deals(
    claims: list[Claim], known: list[DealState], *, articles: Iterable[StoryArticle] = ()
) -> list[DealIntent]:
    """One intent for each claim, in order; after them one for each later revision that a late claim changes.

    ``new``: the first claim of a deal; ``revised``: the deal is known better or otherwise after it, as of
    ``state.last_as_of``; ``repeated``: nothing changes. What could be either of two deals stays apart, with an Issue.
    A claim that a known deal holds already is left out, so that resolving twice equals resolving once.
    """
    articles = list(articles)
    claims = _under_their_parents(claims, articles)
    ledger = _Ledger(known, claims, articles)
    intents: list[DealIntent] = []
    for article in _articles(claims):
        intents += ledger.resolve([c for c in article if c.mention.deal_mention_id not in ledger.resolved])
    place = {claim.mention.deal_mention_id: k for k, claim in enumerate(in_order(claims))}
    return sorted(intents, key=lambda intent: place.get(intent.deal_mention_id, len(place)))


def known_after(known: Iterable[DealState], intents: Iterable[DealIntent]) -> list[DealState]:
    """The known deals after the intents: of each the state with the most claims, numbered with its last revision."""
    deals = {state.deal_id: state for state in known}
    for intent in intents:
        before = deals.get(intent.deal_id, intent.state)
        fuller = max(before, intent.state, key=lambda state: (len(state.claims), state.revision))
        deals[intent.deal_id] = replace(fuller, revision=max(before.revision, intent.state.revision))
    return list(deals.values())


def deal_id_of(claim: Claim, taken: Container[str] = ()) -> str:
    """The id of the deal whose first claim this is: a hash of what it says, whatever the run that resolves it."""
    said = _distinguishing(claim)
    for more in ("", claim.article_id, claim.mention.deal_mention_id):
        deal_id = hashlib.sha256("\x1f".join([*said, more]).encode()).hexdigest()[:16]
        if deal_id not in taken:
            return deal_id
    return deal_id


def _distinguishing(claim: Claim) -> list[str]:
    mention = claim.mention
    parties = sorted(f"{p.role}:{p.company_id or ' '.join(fold_name(p.name))}" for p in mention.parties)
    filled = (figure_of(getattr(mention, slot)) for slot in FIGURES)
    figures = [f"{figure.amount.normalize()} {figure.unit}" if figure else "" for figure in filled]
    places = sorted(" ".join(fold_name(place.name)) for place in mention.locations)
    return [mention.type, *parties, claim.as_of.isoformat(), *figures, *places]


def _under_their_parents(claims: list[Claim], articles: Iterable[StoryArticle]) -> list[Claim]:
    """The claims with each brand, unit and ticker that some article explains under the name of its company."""
    stands_for = {child: parent for article in articles for child, parent in find_affiliations(article.body)}
    return [replace(claim, mention=_under_parents(claim.mention, stands_for)) for claim in claims]


def _under_parents(mention: DealMention, stands_for: Mapping[str, str]) -> DealMention:
    if mention.type in OWNERSHIP:  # a unit that is sold is no name of its seller
        return mention
    parties = tuple(
        replace(party, name=stands_for[party.name]) if party.name in stands_for and not party.company_id else party
        for party in mention.parties
    )
    return replace(mention, parties=parties) if parties != mention.parties else mention


def _articles(claims: list[Claim]) -> Iterator[list[Claim]]:
    """The claims of each article together, articles in the order of their first claims."""
    first: dict[str, int] = {}
    ordered = list(in_order(claims))
    for k, claim in enumerate(ordered):
        first.setdefault(claim.article_id, k)
    ordered.sort(key=lambda claim: first[claim.article_id])
    for _, group in groupby(ordered, key=lambda claim: claim.article_id):
        yield list(group)


class _Ledger:
    """The deals known so far, while a batch is resolved."""

    def __init__(self, known: list[DealState], claims: list[Claim], articles: Iterable[StoryArticle] = ()) -> None:
        """``claims``: what is to be resolved; known deals that share no party with it are not looked at."""
        self._articles = {article.article_id: article for article in articles}
        self._rounds = Rounds(known, self._articles)
        self._known = {state.deal_id: state for state in known}
        self._ids = set(self._known)
        self._deals: dict[str, Dossier] = {}  # those looked at
        self._blocks = Blocks()
        self.resolved = {claim.mention.deal_mention_id for state in known for claim in state.claims}
        self.resolved |= {mention_id for state in known for _, mention_id in state.sources}
        wanted = {key for claim in claims for party in claim.mention.parties for key in identity_of(party).keys}
        for state in known:
            named = {*state.parties, *(party for claim in state.claims for party in claim.mention.parties)}
            if any(key in wanted for party in named for key in identity_of(party).keys):
                moments = {state.first_as_of, state.last_as_of, *(claim.as_of for claim in state.claims)}
                self._blocks.put(state.deal_id, _identities(named), moments)

    def _deal(self, deal_id: str) -> Dossier:
        """The deal of that id; its history is told when it is first asked for."""
        if deal_id not in self._deals:
            self._deals[deal_id] = Dossier(deal_id, self._known[deal_id])
        return self._deals[deal_id]

    def resolve(self, claims: list[Claim]) -> Iterator[DealIntent]:
        """Intents for the claims of one article, the surest first: they are as many deals as they can be."""
        taken: dict[str, list[Claim]] = {}
        echoes = {claim.mention.deal_mention_id: fuller for claim in claims if (fuller := echoed_by(claim, claims))}
        waiting = [claim for claim in claims if claim.mention.deal_mention_id not in echoes]
        while waiting:
            ranked = [(self._best(claim, taken), -k, claim) for k, claim in enumerate(waiting)]
            (_, choice, issue), _, claim = max(ranked, key=lambda row: (row[0][2] is None, row[0][0], row[1]))
            waiting.remove(claim)
            deal = choice or self._open(claim)
            taken.setdefault(deal.deal_id, []).append(claim)
            yield from self._add(deal, claim, issue)
        for claim in claims:
            if fuller := echoes.get(claim.mention.deal_mention_id):
                while further := echoes.get(fuller.mention.deal_mention_id):
                    fuller = further
                yield from self._add(self._deal_with(fuller, taken), claim, None)

    def _deal_with(self, claim: Claim, taken: dict[str, list[Claim]]) -> Dossier:
        return next(self._deals[deal_id] for deal_id, claims in taken.items() if claim in claims)

    def _best(self, claim: Claim, taken: dict[str, list[Claim]]) -> tuple[float, Dossier | None, Issue | None]:
        """(weight, the deal that the claim speaks of or None for a new one, an Issue where that is in doubt)."""
        same_round = self._rounds.of(claim)
        fits = [
            (found.weight, deal)
            for deal in map(self._deal, self._blocks.candidates(claim))
            if (found := fit(claim, deal)).weight is not None and found.weight >= ENOUGH
        ]
        fits = [pair for pair in fits if pair[1].deal_id not in same_round]
        fits += [(SAME_ROUND, self._deal(deal_id)) for deal_id in same_round]
        fits = [(weight + CORRECTED * self._corrects(claim, deal), deal) for weight, deal in fits]
        free = [(weight, deal) for weight, deal in fits if deal.deal_id not in taken]
        fits = free or [(w, deal) for w, deal in fits if _restates(claim, taken[deal.deal_id])]
        fits.sort(key=lambda pair: (-pair[0], pair[1].deal_id))
        if not fits:
            return 0.0, None, None
        if len(fits) > 1 and fits[0][0] - fits[1][0] < CLEARLY:
            article = self._articles.get(claim.article_id)
            close = [deal for weight, deal in fits if fits[0][0] - weight < CLEARLY]
            if article and (meant := likelier(article, close)):
                return fits[0][0], meant, None
            return fits[0][0], None, _ambiguous(claim, [deal.deal_id for _, deal in fits[:2]])
        return fits[0][0], fits[0][1], None

    def _corrects(self, claim: Claim, deal: Dossier) -> bool:
        """Whether the claim stands in a correction of what its publisher said of the deal these days."""
        article = self._articles.get(claim.article_id)
        return bool(article and CORRECTION_TITLE.match(article.title)) and any(
            told.publisher == claim.publisher and abs(claim.as_of - told.as_of) <= CORRECTION_SPAN
            for told in deal.claims
        )

    def _open(self, claim: Claim) -> Dossier:
        deal = Dossier(deal_id_of(claim, self._ids))
        self._deals[deal.deal_id] = deal
        self._ids.add(deal.deal_id)
        return deal

    def _add(self, deal: Dossier, claim: Claim, issue: Issue | None) -> Iterator[DealIntent]:
        is_new = not deal.steps
        own, *later = deal.add(claim)
        self._blocks.put(deal.deal_id, [i for known in deal.said.parties.values() for i in known], [claim.as_of])
        self._rounds.put(deal.deal_id, claim)
        self.resolved.add(claim.mention.deal_mention_id)
        kind = "new" if is_new else "revised" if own.is_changed else "repeated"
        issues = tuple([issue] if issue else []) + tuple(_conflict(claim, deal, slot) for slot in own.conflicts)
        yield DealIntent(
            deal_id=deal.deal_id,
            deal_mention_id=claim.mention.deal_mention_id,
            kind=kind,
            state=_with_claims(own.state, deal),
            issues=issues,
        )
        for step in later:
            yield DealIntent(
                deal_id=deal.deal_id,
                deal_mention_id=step.claim.mention.deal_mention_id if step.claim else "",
                kind="revised",
                state=_with_claims(step.state, deal),
            )


def _identities(parties: Iterable[Party]) -> list[Identity]:
    """One identity for each company among the parties: spellings of one are put together."""
    found: list[Identity] = []
    for party in sorted(parties, key=lambda party: (party.name, party.mention, party.company_id)):
        identity = identity_of(party)
        twin = next((k for k, other in enumerate(found) if likeness(identity, other) != DIFFERENT), None)
        if twin is None:
            found.append(identity)
        else:
            found[twin] |= identity
    return found


def _with_claims(state: DealState, deal: Dossier) -> DealState:
    return replace(state, claims=deal.claims)


def _restates(claim: Claim, others: list[Claim]) -> bool:
    """Whether the claim says of a deal only what others of its article say: same parties, no other figure or place."""
    for other in others:
        deal = Dossier("")
        deal.add(other)
        found = fit(claim, deal)
        if found.weight is None or any("another" in reason for reason in found.reasons):
            return False
    return True


def _ambiguous(claim: Claim, deal_ids: list[str]) -> Issue:
    return Issue(
        stage="resolve",
        subject_id=claim.mention.deal_mention_id,
        code="ambiguous_deal",
        message=f"could be a claim of {' or '.join(deal_ids)}: kept as a deal of its own, a person may join them",
    )


def _conflict(claim: Claim, deal: Dossier, slot: str) -> Issue:
    return Issue(
        stage="resolve",
        subject_id=claim.mention.deal_mention_id,
        code=f"conflicting_{slot}",
        message=f"{claim.publisher or 'the article'} gives another {slot} than deal {deal.deal_id} holds",
    )
