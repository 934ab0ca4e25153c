"""An article with all that it is compared by, computed once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.parties.identity import Identity, fold_name, identify
from extractors.records import StoryArticle, StoryClaim
from extractors.registry import load
from extractors.stories.likeness import Wording, wording_of
from extractors.stories.steps import step_of
from extractors.stories.wording import own_words, shingles, sketch, telling_words, words_of

LEAD_CHARS = 900  # where a news text says its news
RECAP_DEALS = 3
RECAP_TITLE = re.compile(
    r"\b(?:review|recap|round-?up|scoreboard|timeline|explainer|in four lines|where .+ stand|who \w+ whom)\b"
    r"|what is in the bag|\b(?:the|half[- ]) ?(?:year|quarter|month|week) in\b|^(?:five|seven|ten|\d+) \w+s? that\b",
    re.IGNORECASE,
)
CORRECTION_TITLE = re.compile(r"^(?:correction|corrected|clarification)\b", re.IGNORECASE)
LIST_ITEM = re.compile(r"\s*(?:[-*•–]|\d+[.)])\s")
REGULATORS = frozenset({"SEC", "SEC EDGAR", "EDGAR", "U.S. Securities and Exchange Commission"})
# The one side of a deal and the other, for the roles that a deal cannot do without.
SIDE = {
    "supplier": "gives", "customer": "takes",
    "investor": "gives", "investee": "takes",
    "lender": "gives", "borrower": "takes",
    "acquirer": "gives", "target": "takes",
    "developer": "gives", "partner": "partner",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """What an article is compared by."""

    article: StoryArticle
    shingles: frozenset[int]
    sketch: frozenset[int]
    title_words: frozenset[str]  # telling words of the title, the companies' names left out
    words: frozenset[str]  # telling words of title and lead
    wording: Wording
    companies: tuple[Identity, ...]
    title_companies: tuple[Identity, ...]
    title_places: tuple[str, ...]
    primary: tuple[StoryClaim, ...]  # the first is the article's main claim
    step: str
    is_recap: bool
    is_correction: bool
    is_filing: bool

    @property
    def company_keys(self) -> frozenset[str]:
        """Keys to look the article up by."""
        return frozenset(key for company in self.companies for key in company.keys)


@functools.lru_cache(maxsize=16384)  # asked for its keys first, then for its links
def features_of(article: StoryArticle) -> Features:
    """Compute what an article is compared by."""
    own = own_words(article.body)
    companies = _companies(article)
    title = tuple(words_of(article.title))
    told = _without_echoes([claim for claim in article.claims if claim.focus == "primary"])
    primary = tuple(sorted(told, key=lambda claim: -_weight(claim, title)))
    in_title = tuple(company for company in companies if _is_named(company, title))
    names = {word for company in companies for words in company.names for word in words}
    places = {*article.places, *(place for claim in article.claims for place in claim.locations)}
    return Features(
        article=article,
        shingles=shingles(own),
        sketch=sketch(own),
        title_words=telling_words(article.title) - telling_words(" ".join(names)),
        words=telling_words(article.title) | telling_words(own[:LEAD_CHARS]),
        wording=wording_of(article.title, own[:LEAD_CHARS]),
        companies=companies,
        title_companies=in_title,
        title_places=tuple(sorted(place for place in places if _runs_through(fold_name(place.split(",")[0]), title))),
        primary=primary,
        step=step_of(article.title, primary[0].status if primary else ""),
        is_recap=_is_recap(article, primary),
        is_correction=bool(CORRECTION_TITLE.match(article.title)),
        is_filing="filing" in article.publisher.casefold() or article.publisher in REGULATORS,
    )


@functools.lru_cache(maxsize=65536)
def identity_of(key: str) -> Identity:
    """What a party of a StoryClaim is known by; ``key`` is its company_id, else its name."""
    company = load().companies.get(key)
    if company is None:
        return identify(name=key)
    known = identify(name=company.name, company_id=key)
    spelled = frozenset(fold_name(spelling) for spelling in company.spellings)
    return Identity(known.company_ids, known.families, known.names | spelled)


def _companies(article: StoryArticle) -> tuple[Identity, ...]:
    named = dict.fromkeys([*(key for claim in article.claims for _, key in claim.parties), *article.companies])
    return tuple(identity_of(name) for name in named)


def _without_echoes(claims: list[StoryClaim]) -> tuple[StoryClaim, ...]:
    """The claims without those that say of one side only what another claim says of both."""
    return tuple(
        claim
        for claim in claims
        if not any(
            other is not claim and claim.type == other.type and set(claim.parties) < set(other.parties)
            for other in claims
        )
    )


def _weight(claim: StoryClaim, title: tuple[str, ...]) -> int:
    """How much a claim is the news: one for each side that it names, one for each company of it in the headline."""
    named = [identity_of(name) for role, name in claim.parties if role in SIDE]
    return min(2, len(named)) + min(2, sum(_is_named(company, title) for company in named))


def _is_named(company: Identity, title: tuple[str, ...]) -> bool:
    """Whether a title names the company, in full or by the first word of its name."""
    return any(_runs_through(name, title) or (len(name[0]) > 3 and name[0] in title) for name in company.names if name)


def _runs_through(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return bool(name) and any(words[k : k + len(name)] == name for k in range(len(words) - len(name) + 1))


def _is_recap(article: StoryArticle, primary: Iterable[StoryClaim]) -> bool:
    """Whether the article goes through several deals and reports none of them."""
    if RECAP_TITLE.search(article.title):
        return True
    items = [line for line in article.body.split("\n") if LIST_ITEM.match(line)]
    deals = {tuple(sorted(key for _, key in claim.parties)) for claim in article.claims}
    return (len(items) >= RECAP_DEALS and len(deals) != 1) or (len(deals) >= RECAP_DEALS and not tuple(primary))
