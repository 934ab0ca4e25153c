"""A sentence and what it names: whether a company, a place or a figure of a known deal stands in it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extractors.deals.context import status_of
from extractors.deals.frames import load_frames, load_things
from extractors.deals.resolve.figures import Figure, figure_of
from extractors.deals.resolve.keys import rounds_in
from extractors.deals.sentences import Sentence, split_sentences
from extractors.parties.identity import PLAIN_WORDS, Identity, fold_name, spells
from extractors.quantities import find_quantities, may_hold_amounts
from extractors.records import Accelerators, Document, Duration, Money, Power, Quantity, Share, StoryArticle
from extractors.registry import load
from extractors.registry.verbs import forms_of


@dataclass(frozen=True)
class Scope:
    """A sentence with its words and amounts. What it says is looked up when it is asked for: most is not."""

    document: Document
    sentence: Sentence
    text: str

    @functools.cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in their plain form."""
        return fold_name(self.text)

    @functools.cached_property
    def capitals(self) -> frozenset[str]:
        """Those of its words that are written with a capital or a digit."""
        return frozenset(word for run in re.findall(r"\b[A-Z0-9]\S*", self.text) for word in fold_name(run))

    @functools.cached_property
    def tickers(self) -> tuple[str, ...]:
        """What may be a ticker in it, in small letters."""
        return tuple(map(str.lower, re.findall(r"\b[A-Z]{3,5}\b", self.text)))

    @functools.cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The amounts in it."""
        if not may_hold_amounts(self.text):
            return ()
        told = self.document
        return tuple(find_quantities(self.text, published=told.published, publisher=told.publisher))

    @functools.cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Sums of money, power and accelerators in it."""
        return tuple(_figures(self.quantities))

    @functools.cached_property
    def rounds(self) -> set[str]:
        """Funding rounds that it names."""
        return rounds_in(self.text)

    @property
    def months(self) -> frozenset[int]:
        """Lengths of time in it."""
        return frozenset(q.months for q in self.quantities if isinstance(q, Duration))

    @property
    def shares(self) -> frozenset[Decimal]:
        """Shares in it."""
        return frozenset(q.pct for q in self.quantities if isinstance(q, Share))

    def holds(self, name: tuple[str, ...]) -> bool:
        """Whether the words of a name stand here one after the other, the first with a capital."""
        if not name or name[0] not in self.capitals:
            return False
        return any(self.words[k : k + len(name)] == name for k in range(len(self.words) - len(name) + 1))

    @functools.cached_property
    def _named(self) -> dict[Identity, bool]:
        """Of the companies asked for so far, whether they stand here."""
        return {}

    def names(self, company: Identity) -> bool:
        """Whether the company stands here: by a name of it, its first word, its ticker, or letters that spell it."""
        if company not in self._named:
            self._named[company] = self._is_named(company)
        return self._named[company]

    def _is_named(self, company: Identity) -> bool:
        if any(self.holds(name) for name in _spellings(company)):
            return True
        return any(
            ticker in _tickers(company)
            or (not company.company_ids and any(spells(ticker, name) for name in company.names))
            for ticker in self.tickers
        )

    def has_word_of(self, deal_type: str) -> bool:
        """Whether such deals are told with one of the words, or the sentence says what became of something."""
        return any(word in _type_words(deal_type) for word in self.words) or self.status != "announced"

    @functools.cached_property
    def status(self) -> str:
        """What the words say of a deal: rumored, amended, closed, cancelled; else announced."""
        return status_of(self.text, 0, len(self.text), 0, len(self.text))[0]


def scopes_of(article: StoryArticle) -> list[Scope]:
    """The sentences of an article, the headline's first; boilerplate is left out."""
    document = Document(
        document_id=article.article_id,
        title=article.title,
        body=article.body,
        published=article.published_at.date() if article.published_at else None,
        publisher=article.publisher,
    )
    return [_scope(document, each) for each in split_sentences(document) if not each.is_boilerplate]


def _scope(document: Document, sentence: Sentence) -> Scope:
    start = sentence.label_start_char if sentence.label else sentence.start_char
    return Scope(document, sentence, document.text[start : sentence.end_char])


def _figures(quantities: Iterable[Quantity]) -> Iterable[Figure]:
    slots = (q for q in quantities if isinstance(q, Money | Power | Accelerators))
    return (figure for slot in slots if (figure := figure_of(slot)))


@functools.lru_cache(maxsize=4096)
def _spellings(company: Identity) -> frozenset[tuple[str, ...]]:
    registered = [load().companies[key] for key in company.company_ids if key in load().companies]
    if registered:
        return company.names | {fold_name(spelling) for each in registered for spelling in each.spellings}
    first = {(n[0],) for n in company.names if len(n) > 1 and len(n[0]) > 3 and n[0] not in PLAIN_WORDS}
    return company.names | first


@functools.lru_cache(maxsize=4096)
def _tickers(company: Identity) -> frozenset[str]:
    registered = [load().companies[key] for key in company.company_ids if key in load().companies]
    told = {ticker.rpartition(":")[2].lower() for each in registered for ticker in each.tickers}
    return company.tickers | told


@functools.cache
def _type_words(deal_type: str) -> frozenset[str]:
    """Words that such deals are told with: their things, their verbs, and "deal" itself."""
    things = {form for form, thing in load_things().items() if deal_type in thing.votes or thing.kind == "deal"}
    verbs = forms_of(
        lemma.partition(" ")[0] for frame in load_frames() if frame.type == deal_type for lemma in frame.lemmas
    )
    return frozenset(things | verbs)
