"""Whether two articles report one event: the same step of the same deal, or else the same news in like words.

Different steps of one deal (talks, denial, agreement, expansion, completion) are different events, and so are like
steps of look-alike deals: another party or another place parts them however alike the texts are.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from extractors.parties.identity import DIFFERENT, Identity, identify, likeness
from extractors.parties.places import Places, compare_places
from extractors.records import StoryArticle, StoryClaim
from extractors.registry import load
from extractors.stories.wording import (
    COPY_SHARE,
    own_words,
    share_of_shorter,
    shingles,
    sketch,
    telling_words,
)

COPY, SAME_EVENT, TOLD_BESIDE, LIKE_WORDS = 1.0, 0.9, 0.8, 0.6
EVENT_SPAN = timedelta(days=3.5)  # reports of one event; local papers come last
SAME_DAY = timedelta(hours=30)
CORRECTION_SPAN = timedelta(days=14)
LIKE_WORDS_SPAN = timedelta(days=2)
LIKE_WORDS_SHARE = 0.5
ROUNDING = Decimal("0.12")
RECAP_CLAIMS = 3
RECAP_TITLE = re.compile(
    r"\b(?:review|recap|round-?up|scoreboard|timeline|explainer|in four lines|where .+ stand|who \w+ whom)\b"
    r"|what is in the bag|\b(?:the|half[- ]) ?(?:year|quarter|month|week) in\b|^(?:five|seven|ten|\d+) \w+s? that\b",
    re.IGNORECASE,
)
CORRECTION_TITLE = re.compile(r"^(?:correction|corrected|clarification|update \d*[-:]?corrected)\b", re.IGNORECASE)
REGULATORS = frozenset({"SEC", "SEC EDGAR", "EDGAR", "U.S. Securities and Exchange Commission"})
STEPS_OF_ONE_DAY = frozenset({"announced", "amended", "closed"})
SIDE = {
    "supplier": 0,
    "customer": 1,
    "investor": 0,
    "investee": 1,
    "lender": 0,
    "borrower": 1,
    "acquirer": 0,
    "target": 1,
}


@dataclass(frozen=True, slots=True)
class Features:
    """An article with what it is compared by, computed once."""

    article: StoryArticle
    shingles: frozenset[int]
    sketch: frozenset[int]
    title_words: frozenset[str]
    words: frozenset[str]
    primary: tuple[StoryClaim, ...]
    companies: frozenset[str]
    is_recap: bool
    is_correction: bool
    is_filing: bool


def features_of(article: StoryArticle) -> Features:
    """What an article is compared by."""
    own = own_words(article.body)
    primary = tuple(claim for claim in article.claims if claim.focus == "primary")
    named = {key for claim in article.claims for _, key in claim.parties} | set(article.companies)
    return Features(
        article=article,
        shingles=shingles(own),
        sketch=sketch(own),
        title_words=telling_words(article.title),
        words=telling_words(article.title) | telling_words(own[:1500]),
        primary=primary,
        companies=frozenset(key for name in named for key in identity_of(name).keys),
        is_recap=_is_recap(article, primary),
        is_correction=bool(CORRECTION_TITLE.match(article.title)),
        is_filing="filing" in article.publisher.casefold() or article.publisher in REGULATORS,
    )


def link(new: Features, old: Features) -> float:
    """How surely the two report one event, 0 (they do not) to 1 (the one is a copy of the other)."""
    if is_copy(new, old):
        return COPY
    if new.is_recap or old.is_recap or new.is_filing != old.is_filing:
        return 0.0
    gap = _gap(new.article, old.article)
    if new.is_correction or old.is_correction:
        is_near = gap is not None and gap <= CORRECTION_SPAN
        return SAME_EVENT if is_near and any(_same_deal(p, q) for p in new.primary for q in old.primary) else 0.0
    if any(_same_event(p, q, gap) for p in new.primary for q in old.primary):
        return SAME_EVENT
    if _tells_beside(new, old, gap) or _tells_beside(old, new, gap):
        return TOLD_BESIDE
    return LIKE_WORDS if _in_like_words(new, old, gap) else 0.0


def is_copy(new: Features, old: Features) -> bool:
    """Whether the one text is (nearly) the other, or a part of it."""
    return share_of_shorter(new.shingles, old.shingles) >= COPY_SHARE


def _gap(new: StoryArticle, old: StoryArticle) -> timedelta | None:
    """Time between the two publications; None where one has no date."""
    if new.published_at is None or old.published_at is None:
        return None
    return abs(new.published_at - old.published_at)


def _same_event(p: StoryClaim, q: StoryClaim, gap: timedelta | None) -> bool:
    if gap is not None and gap > EVENT_SPAN:
        return False
    is_same_step = p.status == q.status
    if not is_same_step and not (gap is not None and gap <= SAME_DAY and {p.status, q.status} <= STEPS_OF_ONE_DAY):
        return False
    if not _same_deal(p, q):
        return False
    return p.status == "amended" or q.status == "amended" or not is_same_step or _figures_agree(p, q)


def _same_deal(p: StoryClaim, q: StoryClaim) -> bool:
    if p.deal_id and p.deal_id == q.deal_id:
        return True
    supply = {"compute", "lease", "chips", "partnership"}
    if p.type != q.type and not {p.type, q.type} <= supply:
        return False
    return _parties_agree(p, q) and compare_places(p.locations, q.locations) is not Places.CONFLICT


def _parties_agree(p: StoryClaim, q: StoryClaim) -> bool:
    """At least one company in common, and none that is another company in the same place of the deal."""
    agreeing = 0
    for role, name in p.parties:
        if role not in SIDE and p.type != "build" and role != "partner":
            continue
        same = [likeness(identity_of(name), identity_of(other)) != DIFFERENT for _, other in q.parties]
        rivals = [other for other_role, other in q.parties if other_role == role]
        if any(same):
            agreeing += 1
        elif rivals and p.type == q.type and role != "investor":
            return False
    return agreeing >= min(2, len(p.parties), len(q.parties)) and agreeing > 0


def _figures_agree(p: StoryClaim, q: StoryClaim) -> bool:
    if p.amount and q.amount and p.currency == q.currency:
        if abs(p.amount - q.amount) <= ROUNDING * max(p.amount, q.amount):
            return True
        return p.deal_id != "" and p.deal_id == q.deal_id  # resolving has weighed it already
    return True


def _tells_beside(one: Features, other: Features, gap: timedelta | None) -> bool:
    """Whether the one article's side remark is the other's news of the same day, and their news share a company."""
    if gap is None or gap > SAME_DAY or not one.primary:
        return False
    recalled = [claim for claim in one.article.claims if claim.focus != "primary"]
    beside = any(_same_deal(p, q) and _figures_agree(p, q) and p.amount for p in recalled for q in other.primary)
    return beside and any(
        likeness(identity_of(a), identity_of(b)) != DIFFERENT
        for p in one.primary
        for q in other.primary
        for _, a in p.parties
        for _, b in q.parties
    )


def _in_like_words(new: Features, old: Features, gap: timedelta | None) -> bool:
    """Whether the one title's words stand in the other text, with a company in common and no claim that parts them."""
    if gap is not None and gap > LIKE_WORDS_SPAN:
        return False
    if not new.companies & old.companies:
        return False
    if new.primary and old.primary and not (gap is None and _share_parties(new, old)):
        return False  # what both claim has been compared already
    shorter, longer = sorted((new, old), key=lambda f: len(f.words))
    needed = LIKE_WORDS_SHARE if gap is not None else 0.75
    title = shorter.title_words or longer.title_words
    text = longer.words if shorter.title_words else shorter.words
    return len(title) >= 3 and len(title & text) / len(title) >= needed


def _share_parties(new: Features, old: Features) -> bool:
    return any(_parties_agree(p, q) for p in new.primary for q in old.primary)


def _is_recap(article: StoryArticle, primary: tuple[StoryClaim, ...]) -> bool:
    """Whether the article goes through several deals and reports none of them."""
    if RECAP_TITLE.search(article.title):
        return True
    items = [line for line in article.body.split("\n") if re.match(r"\s*(?:[-*•–]|\d+[.)])\s", line)]
    told = {tuple(sorted(key for _, key in claim.parties)) for claim in article.claims}
    return (len(items) >= RECAP_CLAIMS and len(told) != 1) or (len(told) >= RECAP_CLAIMS and not primary)


@functools.lru_cache(maxsize=65536)
def identity_of(key: str) -> Identity:
    """What a party of a StoryClaim is known by; ``key`` is its company_id, else its name."""
    company = load().companies.get(key)
    return identify(name=company.name, company_id=key) if company else identify(name=key)
