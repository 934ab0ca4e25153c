"""Known deals recognised in articles that speak of them though no claim was read there.

A reader that never heard of a deal misses "Clinton reactor finds a buyer in Meta". Who knows that Meta buys the power
of Clinton does not. What is recognised carries no figures: it says that the article speaks of the deal and, where the
headline or the lead says so, what became of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from extractors.deals.resolve.compatible import SIDES
from extractors.deals.resolve.dossier import Dossier, identity_of
from extractors.deals.resolve.figures import Relation, relate
from extractors.deals.resolve.merge import FIGURES
from extractors.deals.resolve.scope import Scope, scopes_of
from extractors.parties.identity import DIFFERENT, Identity, fold_name, is_one, likeness, union
from extractors.records import Claim, DealMention, StoryArticle

RECALLED = timedelta(days=500)  # articles recall deals of so long ago
FORESEEN = timedelta(days=3.5)  # reports of the event whose first claim was read elsewhere

IN_SENTENCE, IN_TITLE, CLOSE_BY = 1.0, 0.75, 0.4
FIGURE, ROUNDED, TERM, PLACE, WORD = 1.0, 0.75, 0.5, 1.0, 0.5
ENOUGH = 2.2  # both sides and a word of such deals; one side, its place and the word
ENOUGH_OF_A_SITE = 1.7  # who builds it and where
CLEARLY = 0.4  # two deals that fit one sentence closer than this: it is not said which
RULE = ("recognised",)
SOLID = 0.4  # a deal of which no claim is surer than this is not looked for


@dataclass(frozen=True, slots=True)
class Known:
    """A deal with what it is looked for by."""

    deal: Dossier
    sides: dict[str, list[Identity]]
    is_solid: bool
    is_told: bool  # some claim of the article is of it
    rounds: frozenset[str]  # its names as a funding round, which stand for its investors

    @property
    def is_site(self) -> bool:
        """Whether it has one side only, and a place in the other one's stead."""
        return self.deal.state.type == "build" and len(self.sides) == 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """What of a deal stands in a sentence."""

    parties: float = 0.0
    place: float = 0.0
    figures: float = 0.0
    word: float = 0.0
    is_whole: bool = False  # both sides are named in the sentence or in the headline
    terms: frozenset[tuple[str, object]] = field(default_factory=frozenset)  # its figures, shares, places in the words

    @property
    def weight(self) -> float:
        """How surely the sentence speaks of the deal."""
        return self.parties + self.place + self.figures + self.word


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sentence that speaks of a known deal."""

    known: Known
    scope: Scope
    weight: float


def recognise(
    article: StoryArticle, deals: Sequence[Dossier], rounds: Mapping[str, frozenset[str]]
) -> list[tuple[str, Claim]]:
    """(deal_id, claim) for each deal that the article speaks of though no claim of it says so.

    ``rounds``: deal_id -> the names of a deal that is a named funding round.
    """
    near = [_known(deal, article, rounds.get(deal.deal_id, frozenset())) for deal in deals if _is_near(article, deal)]
    told = [known for known in near if known.is_told]
    claims = [claim for known in told for claim in known.deal.claims if claim.article_id == article.article_id]
    looked_for = [known for known in near if known.is_solid and not known.is_told]
    found: dict[str, Recognised] = {}
    for scope, title, before in _scenes(article) if looked_for else ():
        for known in looked_for:
            own = _weigh(known, scope, title, before)
            if not (own.is_whole or not told):
                continue
            if own.weight < (ENOUGH_OF_A_SITE if known.is_site else ENOUGH) or _is_site_of_another(own, scope, claims):
                continue
            rivals = (rival for rival in near if _rival(known, rival))
            if not all(_is_clear(own, _weigh(r, scope, title, before), is_told=r.is_told) for r in rivals):
                continue
            best = found.get(known.deal.deal_id)
            if best is None or best.weight < own.weight:
                found[known.deal.deal_id] = Recognised(known, scope, own.weight)
    has_news = any(claim.mention.focus == "primary" for claim in claims)
    return [(deal_id, _claim(article, one, has_news=has_news)) for deal_id, one in found.items()]


def is_recognised(claim: Claim) -> bool:
    """Whether the claim was made here, not read."""
    return claim.mention.rules == RULE


def likelier(article: StoryArticle, deals: Sequence[Dossier]) -> Dossier | None:
    """Of deals that a claim of the article could be of, the one whose place and figures clearly stand in the article.

    Not the one whose companies do: it is their names that leave the choice, and a deal may be told under an alias.
    """
    best = {deal.deal_id: 0.0 for deal in deals}
    for scope, title, _ in _scenes(article):
        for deal in deals:
            terms = _place(deal, scope, title)[0] + _figures(deal, scope)[0]
            best[deal.deal_id] = max(best[deal.deal_id], terms)
    ranked = sorted(deals, key=lambda deal: -best[deal.deal_id])
    if len(ranked) > 1 and best[ranked[0].deal_id] - best[ranked[1].deal_id] < CLEARLY:
        return None
    return ranked[0]


def _known(deal: Dossier, article: StoryArticle, rounds: frozenset[str]) -> Known:
    sides = _by_side(deal)
    is_whole = len(sides) > 1 or deal.state.type == "build" or any(deal.said.figures.values())
    return Known(
        deal=deal,
        sides=sides,
        is_solid=is_whole and any(claim.mention.confidence >= SOLID for claim in deal.claims),
        is_told=any(claim.article_id == article.article_id for claim in deal.claims),
        rounds=rounds,
    )


def _is_near(article: StoryArticle, deal: Dossier) -> bool:
    if article.published_at is None or not deal.said.dates:
        return False
    return deal.said.dates[0] - FORESEEN <= article.published_at <= deal.said.dates[-1] + RECALLED


def _is_clear(own: Evidence, other: Evidence, *, is_told: bool) -> bool:
    """Whether the sentence means this deal, not another of the same companies; one told already needs terms against."""
    if is_told:
        return bool(own.terms - other.terms) and own.place + own.figures - other.place - other.figures >= CLEARLY
    return own.weight - other.weight >= CLEARLY or bool(own.terms - other.terms)


def _is_site_of_another(own: Evidence, scope: Scope, claims: Iterable[Claim]) -> bool:
    """Whether the place stands here as that of a claim: "will sell X power for its campus in Yuma"."""
    if own.figures or not own.place:
        return False
    here = range(scope.sentence.start_char, scope.sentence.end_char)
    return any(claim.mention.locations and claim.mention.sentence_start_char in here for claim in claims)


def _rival(known: Known, other: Known) -> bool:
    """Whether the two have a company in common on each side: a sentence may mean the one or the other."""
    if other is known or not (other.is_told or other.is_solid) or len(known.sides) != len(other.sides):
        return False
    return all(any(_meet(side, others) for others in other.sides.values()) for side in known.sides.values())


def _meet(some: Iterable[Identity], others: Sequence[Identity]) -> bool:
    return any(likeness(a, b) != DIFFERENT for a in some for b in others)


def _scenes(article: StoryArticle) -> Iterator[tuple[Scope, Scope, Sequence[Scope]]]:
    """Each sentence, with the headline and the sentence before it."""
    scopes = scopes_of(article)
    for k, scope in enumerate(scopes):
        yield scope, scopes[0], scopes[max(1, k - 1) : k]


def _weigh(known: Known, scope: Scope, title: Scope, before: Sequence[Scope]) -> Evidence:
    """Who and what of the deal stands in the sentence, in the headline, just before."""
    sides = [
        IN_SENTENCE
        if side == "gives" and known.rounds & scope.rounds
        else max((_side_weight(company, scope, title, before) for company in companies), default=0.0)
        for side, companies in known.sides.items()
    ]
    if not sides or (max(sides) < IN_TITLE and not all(sides)):
        return Evidence()
    place, places = _place(known.deal, scope, title)
    if not place and not all(sides):
        return Evidence()
    figures, terms = _figures(known.deal, scope)
    is_whole = all(side >= IN_TITLE for side in sides) or (all(sides) and figures >= FIGURE + TERM)
    if not (is_whole or any(side >= IN_TITLE for side in sides)):
        return Evidence()
    if not place and not (figures and is_whole) and not (is_whole and len(sides) > 1):
        return Evidence()
    word = WORD * scope.has_word_of(known.deal.state.type)
    return Evidence(sum(sides), place, figures, word, is_whole, terms | places)


def _side_weight(company: Identity, scope: Scope, title: Scope, before: Sequence[Scope]) -> float:
    if scope.names(company):
        return IN_SENTENCE
    if title.names(company):
        return IN_TITLE
    return CLOSE_BY * any(other.names(company) for other in before)


def _place(deal: Dossier, scope: Scope, title: Scope) -> tuple[float, frozenset[tuple[str, object]]]:
    names = {fold_name(place.split(",", maxsplit=1)[0]) for place in deal.said.places}
    here = frozenset(("place", name) for name in names if scope.holds(name))
    if here:
        return PLACE, here
    there = frozenset(("place", name) for name in names if title.holds(name))
    return PLACE * IN_TITLE * bool(there), there


def _figures(deal: Dossier, scope: Scope) -> tuple[float, frozenset[tuple[str, object]]]:
    weights, terms = [], set()
    for slot in FIGURES:
        relations = [(relate(held, told), told) for held in deal.said.figures.get(slot, ()) for told in scope.figures]
        same = {(slot, told.amount) for relation, told in relations if relation is Relation.SAME}
        rounded = {
            (slot, told.amount) for relation, told in relations if relation in (Relation.COARSER, Relation.FINER)
        }
        terms |= same or rounded
        weights += [FIGURE] if same else [ROUNDED] if rounded else []
    stake = deal.state.stake
    if stake and stake.pct in scope.shares:
        weights.append(FIGURE)
        terms.add(("stake", stake.pct))
    return min(2 * FIGURE, sum(weights)) + TERM * bool(deal.said.months & scope.months), frozenset(terms)


def _by_side(deal: Dossier) -> dict[str, list[Identity]]:
    """The companies on each side of the deal, each with all that it was called."""
    sides: dict[str, list[Identity]] = {}
    called = [identity for identities in deal.said.parties.values() for identity in identities]
    for party in deal.state.parties:
        own = identity_of(party)
        side = SIDES[party.role]
        if side == "partner":
            side = f"partner {min(1, len(sides))}"
        if side != "beside":
            sides.setdefault(side, []).append(union([own, *(other for other in called if is_one(own, other))]))
    return sides


def _claim(article: StoryArticle, found: Recognised, *, has_news: bool) -> Claim:
    """A claim without figures. It changes the deal's status only where it is the news of the article, and calls the
    deal off only where the article tells no news of a deal of its own: that one is off then.
    """
    scope, deal = found.scope, found.known.deal
    is_news = scope.sentence.kind == "title" or (scope.sentence.paragraph <= 1 and not has_news)
    said = scope.status if is_news and not (has_news and scope.status == "cancelled") else ""
    seed = f"{article.article_id}\x1f{deal.deal_id}\x1frecognised"
    return Claim(
        mention=DealMention(
            deal_mention_id=hashlib.sha256(seed.encode()).hexdigest()[:16],
            type=deal.state.type,
            status=said if said in ("cancelled", "closed", "amended") else deal.state_at(article.as_of).status,
            focus="primary" if is_news else "background",
            parties=(),
            trigger_start_char=scope.sentence.start_char,
            trigger_end_char=scope.sentence.end_char,
            sentence_start_char=scope.sentence.start_char,
            sentence_end_char=scope.sentence.end_char,
            confidence=min(0.9, 0.2 * found.weight),
            rules=RULE,
        ),
        article_id=article.article_id,
        published_at=article.published_at,
        first_seen_at=article.first_seen_at,
        publisher=article.publisher,
    )
