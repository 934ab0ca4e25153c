"""Known deals recognised in articles that speak of them though no claim was read there.

A reader that never heard of a deal misses "Clinton reactor finds a buyer in Meta". Who knows that Meta buys the power
of Clinton does not. What is recognised carries no figures: it says that the article speaks of the deal and, where the
headline or the lead says so, what became of it.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from extractors.deals.context import status_of
from extractors.deals.frames import load_frames, load_things, verb_forms
from extractors.deals.resolve.compatible import SIDES
from extractors.deals.resolve.dossier import Dossier, identity_of
from extractors.deals.resolve.figures import Figure, Relation, figure_of, relate
from extractors.deals.resolve.merge import FIGURES
from extractors.deals.sentences import Sentence, split_sentences
from extractors.parties.identity import DIFFERENT, PLAIN_WORDS, Identity, fold_name, likeness, spells, union
from extractors.quantities import find_quantities
from extractors.records import Accelerators, Claim, DealMention, Document, Duration, Money, Party, Power, StoryArticle
from extractors.registry import load

RECALLED = timedelta(days=500)  # articles recall deals of so long ago
FORESEEN = timedelta(days=3.5)  # reports of the event whose first claim was read elsewhere

IN_SENTENCE, IN_TITLE, CLOSE_BY = 1.0, 0.75, 0.4
FIGURE, ROUNDED, TERM, PLACE, WORD = 1.0, 0.75, 0.5, 1.0, 0.5
ENOUGH = 2.2  # both sides and a word of such deals; one side, its place and the word
CLEARLY = 0.4  # two deals that fit one sentence closer than this: it is not said which
RULE = ("recognised",)
SOLID = 0.4  # a deal of which no claim is surer than this is not looked for


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence with what it names."""

    sentence: Sentence
    text: str
    words: tuple[str, ...]
    capitals: frozenset[str]
    figures: tuple[Figure, ...]
    months: frozenset[int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What of a deal stands in a sentence."""

    parties: float = 0.0
    terms: float = 0.0  # its figures and its place
    word: float = 0.0
    is_whole: bool = True  # both sides are named in the sentence or in the headline

    @property
    def weight(self) -> float:
        """How surely the sentence speaks of the deal."""
        return self.parties + self.terms + self.word


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sentence that speaks of a known deal."""

    deal: Dossier
    scope: Scope
    evidence: Evidence


def recognise(article: StoryArticle, deals: Sequence[Dossier]) -> list[tuple[str, Claim]]:
    """(deal_id, claim) for each deal that the article speaks of though no claim of it says so."""
    near = [deal for deal in deals if _is_near(article, deal)]
    told = [deal for deal in near if any(claim.article_id == article.article_id for claim in deal.claims)]
    wanted = [deal for deal in near if deal not in told and _is_solid(deal)]
    found: dict[str, Recognised] = {}
    for scope, evidence in _weighed(article, near):
        for deal in wanted:
            own = evidence[deal.deal_id]
            rivals = [other for other in near if other is not deal and _is_rival(deal, other)]
            is_open = all(
                _is_clear(own, evidence[other.deal_id], is_told=other in told)
                for other in rivals
                if other in told or _is_solid(other)
            )
            is_best = deal.deal_id not in found or found[deal.deal_id].evidence.weight < own.weight
            if own.weight >= ENOUGH and (own.is_whole or not told) and is_open and is_best:
                found[deal.deal_id] = Recognised(deal, scope, own)
    has_news = any(
        claim.mention.focus == "primary"
        for deal in told
        for claim in deal.claims
        if claim.article_id == article.article_id
    )
    return [(one.deal.deal_id, _claim(article, one, has_news=has_news)) for one in found.values()]


def is_recognised(claim: Claim) -> bool:
    """Whether the claim was made here, not read."""
    return claim.mention.rules == RULE


def likelier(article: StoryArticle, deals: Sequence[Dossier]) -> Dossier | None:
    """Of deals that a claim of the article could be of, the one that the article's words clearly speak of."""
    best = {deal.deal_id: 0.0 for deal in deals}
    for _, evidence in _weighed(article, deals):
        best = {deal_id: max(weight, evidence[deal_id].weight) for deal_id, weight in best.items()}
    ranked = sorted(deals, key=lambda deal: -best[deal.deal_id])
    if len(ranked) > 1 and best[ranked[0].deal_id] - best[ranked[1].deal_id] < CLEARLY:
        return None
    return ranked[0]


def _is_clear(own: Evidence, other: Evidence, *, is_told: bool) -> bool:
    """Whether the sentence means this deal, not another of the same companies; one told already needs terms against."""
    return (own.terms - other.terms if is_told else own.weight - other.weight) >= CLEARLY


def _weighed(article: StoryArticle, deals: Sequence[Dossier]) -> Iterator[tuple[Scope, dict[str, Evidence]]]:
    scopes = _scopes(article)
    for k, scope in enumerate(scopes):
        if not scope.sentence.is_boilerplate:
            before = scopes[max(1, k - 1) : k]
            yield scope, {deal.deal_id: _weigh(deal, scope, scopes[0], before) for deal in deals}


def _is_near(article: StoryArticle, deal: Dossier) -> bool:
    if article.published_at is None or not deal.said.dates:
        return False
    return deal.said.dates[0] - FORESEEN <= article.published_at <= deal.said.dates[-1] + RECALLED


def _is_solid(deal: Dossier) -> bool:
    """Whether some claim is no guess and names all that such a deal needs, or one side and a figure."""
    is_whole = len(_by_side(deal)) > 1 or deal.state.type == "build" or any(deal.said.figures.values())
    return is_whole and any(claim.mention.confidence >= SOLID for claim in deal.claims)


def _is_rival(deal: Dossier, other: Dossier) -> bool:
    """Whether the two deals have a company in common on each side: a sentence may mean the one or the other."""
    ours, theirs = ([*_by_side(one).values()] for one in (deal, other))
    if len(ours) != len(theirs):
        return False
    return all(any(_meet(side, other_side) for other_side in theirs) for side in ours)


def _meet(some: Iterable[Identity], others: Sequence[Identity]) -> bool:
    return any(likeness(a, b) != DIFFERENT for a in some for b in others)


def _scopes(article: StoryArticle) -> list[Scope]:
    """The sentences; the headline first, as one."""
    published = article.published_at.date() if article.published_at else None
    document = Document(
        document_id=article.article_id,
        title=article.title,
        body=article.body,
        published=published,
        publisher=article.publisher,
    )
    text = document.text
    found = []
    for sentence in split_sentences(document):
        start = sentence.label_start_char if sentence.label else sentence.start_char
        own = text[start : sentence.end_char]
        quantities = find_quantities(own, published=published, publisher=article.publisher)
        slots = [q for q in quantities if isinstance(q, Money | Power | Accelerators)]
        found.append(
            Scope(
                sentence=sentence,
                text=own,
                words=fold_name(own),
                capitals=frozenset(w for s in re.findall(r"\b[A-Z0-9]\S*", own) for w in fold_name(s)),
                figures=tuple(figure for slot in slots if (figure := figure_of(slot))),
                months=frozenset(q.months for q in quantities if isinstance(q, Duration)),
            )
        )
    return found


def _weigh(deal: Dossier, scope: Scope, title: Scope, before: Sequence[Scope]) -> Evidence:
    """Who and what of the deal stands in the sentence, in the headline, just before."""
    sides = [
        max((_side_weight(identity, scope, title, before) for identity in identities), default=0.0)
        for identities in _by_side(deal).values()
    ]
    if not any(side >= IN_TITLE for side in sides):
        return Evidence()
    place = max((_place_weight(place, scope, title) for place in deal.said.places), default=0.0)
    figures = _figure_weight(deal, scope)
    is_whole = bool(sides) and all(side >= IN_TITLE for side in sides)
    if not place and not (figures and is_whole) and not (is_whole and len(sides) > 1):
        return Evidence()
    is_told = any(word in _type_words(deal.state.type) for word in scope.words) or _status(scope) != "announced"
    return Evidence(sum(sides), place + figures, WORD * is_told, is_whole)


def _side_weight(identity: Identity, scope: Scope, title: Scope, before: Sequence[Scope]) -> float:
    if _names(identity, scope):
        return IN_SENTENCE
    if _names(identity, title):
        return IN_TITLE
    return CLOSE_BY * any(_names(identity, other) for other in before)


def _place_weight(place: str, scope: Scope, title: Scope) -> float:
    name = fold_name(place.split(",", maxsplit=1)[0])
    if _stands_in(name, scope):
        return PLACE
    return PLACE * IN_TITLE * _stands_in(name, title)


def _figure_weight(deal: Dossier, scope: Scope) -> float:
    weights = []
    for slot in FIGURES:
        relations = {relate(held, told) for held in deal.said.figures.get(slot, ()) for told in scope.figures}
        if Relation.SAME in relations:
            weights.append(FIGURE)
        elif relations & {Relation.COARSER, Relation.FINER}:
            weights.append(ROUNDED)
    return min(2 * FIGURE, sum(weights)) + TERM * bool(deal.said.months & scope.months)


def _names(identity: Identity, scope: Scope) -> bool:
    """Whether the sentence names the company: by a name of it, its first word, or letters that spell it."""
    if any(_stands_in(name, scope) for name in _spellings(identity)):
        return True
    tickers = re.findall(r"\b[A-Z]{3,5}\b", scope.text)
    return any(
        ticker.lower() in _tickers(identity)
        or (not identity.company_ids and any(spells(ticker.lower(), name) for name in identity.names))
        for ticker in tickers
    )


def _stands_in(name: tuple[str, ...], scope: Scope) -> bool:
    if not name or name[0] not in scope.capitals:
        return False
    return any(scope.words[k : k + len(name)] == name for k in range(len(scope.words) - len(name) + 1))


@functools.lru_cache(maxsize=4096)
def _spellings(identity: Identity) -> frozenset[tuple[str, ...]]:
    companies = [load().companies[key] for key in identity.company_ids if key in load().companies]
    known = {fold_name(spelling) for company in companies for spelling in company.spellings}
    first = set()
    if not companies:
        first = {(n[0],) for n in identity.names if len(n) > 1 and len(n[0]) > 3 and n[0] not in PLAIN_WORDS}
    return frozenset(known | identity.names | first)


@functools.lru_cache(maxsize=4096)
def _tickers(identity: Identity) -> frozenset[str]:
    companies = [load().companies[key] for key in identity.company_ids if key in load().companies]
    told = {ticker.rpartition(":")[2].lower() for company in companies for ticker in company.tickers}
    return frozenset(told | identity.tickers)


def _by_side(deal: Dossier) -> dict[str, list[Identity]]:
    """The companies on each side of the deal, each with all that it was called."""
    sides: dict[str, list[Identity]] = {}
    called = [identity for identities in deal.said.parties.values() for identity in identities]
    for party in deal.state.parties:
        own = identity_of(party)
        identity = union([own, *(other for other in called if likeness(own, other) != DIFFERENT)])
        side = SIDES[party.role]
        if side == "partner":
            side = f"partner {min(1, len(sides))}"
        if side != "beside":
            sides.setdefault(side, []).append(identity)
    return sides


@functools.cache
def _type_words(deal_type: str) -> frozenset[str]:
    """Words that such deals are told with: their things, their verbs, and "deal" itself."""
    things = {form for form, thing in load_things().items() if deal_type in thing.votes or thing.kind == "deal"}
    verbs = {
        form
        for frame in load_frames()
        if frame.type == deal_type
        for lemma in frame.lemmas
        for form in verb_forms(lemma.partition(" ")[0])
    }
    return frozenset(things | verbs)


def _status(scope: Scope) -> str:
    return status_of(scope.text, 0, len(scope.text), 0, len(scope.text))[0]


def _claim(article: StoryArticle, found: Recognised, *, has_news: bool) -> Claim:
    """A claim without figures. It changes the deal's status only where it is the news of the article."""
    scope, deal = found.scope, found.deal
    is_news = scope.sentence.kind == "title" or (scope.sentence.paragraph <= 1 and not has_news)
    said = _status(scope) if is_news else ""
    is_step = said in ("cancelled", "closed", "amended")
    state = deal.state_at(article.as_of)
    seed = f"{article.article_id}\x1f{deal.deal_id}\x1frecognised"
    return Claim(
        mention=DealMention(
            deal_mention_id=hashlib.sha256(seed.encode()).hexdigest()[:16],
            type=deal.state.type,
            status=said if is_step else state.status,
            focus="primary" if is_news else "background",
            parties=tuple(_named_parties(deal, scope)),
            trigger_start_char=scope.sentence.start_char,
            trigger_end_char=scope.sentence.end_char,
            sentence_start_char=scope.sentence.start_char,
            sentence_end_char=scope.sentence.end_char,
            confidence=min(0.9, 0.2 * found.evidence.weight),
            rules=RULE,
        ),
        article_id=article.article_id,
        published_at=article.published_at,
        first_seen_at=article.first_seen_at,
        publisher=article.publisher,
    )


def _named_parties(deal: Dossier, scope: Scope) -> Iterator[Party]:
    yield from (party for party in deal.state.parties if _names(identity_of(party), scope))
