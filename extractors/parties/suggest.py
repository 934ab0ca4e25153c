"""Companies that an unknown name may stand for: for a person to choose from, never taken by themselves."""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass

from extractors.parties.identity import PLAIN_WORDS, fold_name
from extractors.parties.words import words_of
from extractors.registry import load

ENOUGH = 82.0  # of 100; below this names share no more than a syllable
BLOCK = 4  # letters that a telling word of both names begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A company of the registry and how alike its nearest spelling is to the name, 0..100."""

    company_id: str
    name: str
    score: float


def suggest_companies(name: str, *, limit: int = 3) -> tuple[Suggestion, ...]:
    """The companies whose spellings are nearest to the name, the likest first.

    Only those are compared that share the beginning of a telling word, so that the registry may grow.

    >>> [one.company_id for one in suggest_companies("Coreweave Europe")][:1]
    ['coreweave']
    """
    folded = fold_name(name)
    best = _alike(_telling(folded)) or _alike(folded)
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    companies = load().companies
    return tuple(
        Suggestion(company_id=company_id, name=companies[company_id].name, score=round(score, 1))
        for company_id, score in ranked
    )


def _alike(words: tuple[str, ...]) -> dict[str, float]:
    from rapidfuzz import fuzz

    told = " ".join(words)
    best: dict[str, float] = {}
    for key in _keys(words):
        for company_id, spelling in _blocks().get(key, ()):
            score = (fuzz.ratio(told, spelling) + fuzz.token_set_ratio(told, spelling)) / 2
            if score >= ENOUGH and score > best.get(company_id, 0.0):
                best[company_id] = score
    return best


@functools.cache
def _blocks() -> dict[str, list[tuple[str, str]]]:
    blocks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for company in load().companies.values():
        for words in dict.fromkeys(_telling(fold_name(spelling)) for spelling in company.spellings):
            for key in _keys(words):
                blocks[key].append((company.company_id, " ".join(words)))
    return blocks


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that are this company's own: "Westergaard" of "Westergaard Partners"."""
    own = tuple(word for word in words if word not in PLAIN_WORDS and word.capitalize() not in words_of("organisation"))
    return own or words


def _keys(words: tuple[str, ...]) -> set[str]:
    return {word[:BLOCK] for word in words}
