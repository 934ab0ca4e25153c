"""How much each word of a text tells of the event: rare words and names much, words of every headline nothing.

The weights come from the registry, not from the articles at hand, so that two articles are compared alike whatever else
has been read.
"""

from __future__ import annotations

import csv
import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from extractors.registry import load, load_words
from extractors.registry.loader import FOLDER
from extractors.stories.wording import STEM, words_of

Terms = Mapping[str, float]  # term -> weight, 0..1

TEXTS = 10_000  # of so many news texts does ``news_words.csv`` give how many hold a word
RAREST = math.log(TEXTS)
PLAINEST = 0.22  # words that tell less are left out: every fifth text holds them
COMMON = 0.62  # an English word that the table does not hold; a name that it does not hold weighs 1
VERSIONED = 0.5  # what a version may stand behind: "Gemini 4", not "for 4"
NUMBER, VERSION = 0.5, 0.85  # "41", "Gemini 4"
CONCEPT = 0.8  # of the weight that words of like meaning have in common, beside their own
COMPANY = 0.5  # a company has many stories at a time: its name alone makes none
COMPANY_MARK, CONCEPT_MARK = "=", "~"
NUMERAL = re.compile(r"^(\d[\d.,]*)(?:bn|tn|mn|b|m|k|th|st|nd|rd)?$")


def terms_of(text: str) -> Terms:
    """The words that tell, with what they mean or belong to ("ChatGPT": ``=openai``, "sued": ``~lawsuit``).

    >>> sorted(terms_of("Novelists sued over ChatGPT 6"))
    ['=chatgpt', '=openai', 'chatgpt 6', 'novelist', 'over', 'sued', '~copyright', '~lawsuit']
    """
    found: dict[str, float] = {}
    before = ""
    for word in words_of(text):
        for term, weight in _terms_of_word(word, before):
            if weight > found.get(term, PLAINEST):
                found[term] = weight
        before = word
    return found


def words_behind(text: str) -> dict[str, set[str]]:
    """term -> the words of the text that it comes from: "sued" and what it means come from one."""
    found: dict[str, set[str]] = defaultdict(set)
    before = ""
    for word in words_of(text):
        for term, _ in _terms_of_word(word, before):
            found[term].add(word)
        before = word
    return found


def _terms_of_word(word: str, before: str) -> Iterable[tuple[str, float]]:
    number = NUMERAL.match(word) if word[0].isdigit() else None
    if not number:
        return _terms_alone(word)
    digits = number[1].rstrip(".,")
    if len(digits) < 4 and before.isalpha() and (before in _owners() or weight_of(stem(before)) > VERSIONED):
        return ((f"{before} {digits}", VERSION),)
    return () if len(digits) == 4 and digits.startswith("20") else ((digits, NUMBER),)


@functools.lru_cache(maxsize=65536)
def _terms_alone(word: str) -> tuple[tuple[str, float], ...]:
    """What a word that is no number tells wherever it stands; only what tells anything."""
    if len(word) < 2:
        return ()
    owners = _owners().get(word, {})
    if not owners:
        own = {stem(word): weight_of(stem(word))}
    elif COMPANY_MARK + word in owners:
        own = {}
    else:
        own = {COMPANY_MARK + word: COMPANY}  # a product's name, of which there are as many stories
    found = (*owners.items(), *own.items(), *_concepts().get(stem(word), ()))
    return tuple((term, weight) for term, weight in found if weight > PLAINEST)


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without the endings of number and tense."""
    return STEM.sub("", word)


@functools.lru_cache(maxsize=65536)
def weight_of(word: str) -> float:
    """How rare a stem is in the news, 0 (in every text) to 1 (in no text that was counted)."""
    share = _shares().get(word)
    if share is not None:
        return 1 - math.log(max(1, share)) / RAREST
    return COMMON if word in _common_stems() else 1.0


def length(terms: Terms) -> float:
    """The length of the vector."""
    return math.sqrt(sum(weight * weight for weight in terms.values()))


def shared(first: Terms, second: Terms) -> float:
    """The product of two vectors."""
    if len(second) < len(first):
        first, second = second, first
    return sum(weight * second[term] for term, weight in first.items() if term in second)


@functools.cache
def _shares() -> dict[str, int]:
    """stem -> in how many of TEXTS news texts it stands."""
    with (FOLDER / "news_words.csv").open(encoding="utf-8", newline="") as stream:
        return {row["stem"]: int(row["per_10000"]) for row in csv.DictReader(stream)}


@functools.cache
def _common_stems() -> frozenset[str]:
    return frozenset(map(stem, load_words("common")))


@functools.cache
def _concepts() -> dict[str, list[tuple[str, float]]]:
    """stem -> (``~concept``, weight): the rarer the words of a concept together, the more it tells."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    with (FOLDER / "story_concepts.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            stems = {stem(word) for word in row["words"].split()}
            share = min(TEXTS, sum(_shares().get(word, 1) for word in stems))
            weight = CONCEPT * (1 - math.log(max(1, share)) / RAREST)
            for word in stems:
                found[word].append((CONCEPT_MARK + row["concept"], weight))
    return found


@functools.cache
def _owners() -> dict[str, dict[str, float]]:
    """A word that is a whole name of a company or product -> (``=company``, weight) of whose it is, parents too."""
    registry = load()
    spellings: list[tuple[str, str]] = []
    for company in registry.companies.values():
        spellings += ((spelling, company.company_id) for spelling in (*company.spellings, *company.needs_context))
    for product in registry.products.values():
        spellings += ((s, product.company_id) for s in product.spellings if s not in product.needs_context)
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for spelling, company_id in spellings:
        words = words_of(spelling)
        if len(words) == 1 and company_id in registry.companies:
            for owner in filter(None, (company_id, registry.companies[company_id].parent_id)):
                found[words[0]][COMPANY_MARK + owner] = COMPANY
    return found
