"""What an article can be found by: two articles that may be linked have a key in common, few others do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from extractors.records import StoryKeys
from extractors.stories.features import Features, identity_of
from extractors.stories.likeness import SPAN
from extractors.stories.minhash import bands, shingles_of, signatures
from extractors.stories.telling import Terms, words_behind
from extractors.stories.wording import FEWEST_SHINGLES, own_words

REACH, CORRECTION_REACH = SPAN.days, 14  # days
EVER = 100_000  # days: what has no date may be of any time
TITLE_TERMS, LEAD_TERMS = 12, 8
WORTH = 0.7  # the weights of two words together, from which articles are looked up by the pair
MEETING = 12  # companies of an article without a claim, of which pairs are looked up by


def keys_of(articles: Sequence[Features]) -> list[StoryKeys]:
    """The keys of each article, those of copies and those of events apart."""
    hashes, text_of = shingles_of([own_words(one.article.body) for one in articles])
    banded = bands(signatures(hashes, text_of, len(articles)))
    shingles = np.bincount(text_of, minlength=len(articles))
    return [
        StoryKeys(
            article_id=one.article.article_id,
            as_of=one.article.as_of,
            reach_days=_reach(one),
            copy_keys=tuple(sorted({*row.tolist(), *one.sketch})) if count >= FEWEST_SHINGLES else (),
            event_keys=tuple(sorted(set(map(_hashed, _event_keys(one))))),
        )
        for one, row, count in zip(articles, banded, shingles, strict=True)
    ]


def pairs_of(keys: Iterable[StoryKeys]) -> list[tuple[str, str]]:
    """(lesser article_id, greater one) of the articles that have a key in common, in order."""
    found: set[tuple[str, str]] = set()
    holders: dict[tuple[bool, int], list[StoryKeys]] = {}
    for one in keys:
        for is_copy, theirs in ((True, one.copy_keys), (False, one.event_keys)):
            for key in theirs:
                others = holders.setdefault((is_copy, key), [])
                found.update(_pair(one, other) for other in others if is_copy or _is_within_reach(one, other))
                others.append(one)
    return sorted(found)


def _pair(one: StoryKeys, other: StoryKeys) -> tuple[str, str]:
    return min(one.article_id, other.article_id), max(one.article_id, other.article_id)


def _is_within_reach(one: StoryKeys, other: StoryKeys) -> bool:
    days = abs((one.as_of.date() - other.as_of.date()).days)
    return days <= max(one.reach_days, other.reach_days)


def _reach(one: Features) -> int:
    if one.article.published_at is None:
        return EVER
    return CORRECTION_REACH if one.is_correction else REACH


def _event_keys(one: Features) -> Iterator[str]:
    yield from _term_pairs(one.wording.title, one.wording.text, words_behind(one.article.title))
    for claim in one.primary:
        parties = sorted({key for _, name in claim.parties for key in identity_of(name).keys})
        yield from (f"party {a} {b}" for a, b in combinations(parties, 2))
        yield from (f"{claim.type} {party}" for party in parties)
    companies = sorted(one.company_keys)[:MEETING]
    yield from (f"party {a} {b}" for a, b in combinations(companies, 2))


def _term_pairs(title: Terms, text: Terms, behind: Mapping[str, set[str]]) -> Iterator[str]:
    """Pairs of telling words of which the one stands in the headline; never a word with its own meaning."""
    front = _most_telling(title, TITLE_TERMS)
    lead = _most_telling({term: weight for term, weight in text.items() if term not in title}, LEAD_TERMS)
    for k, (term, weight) in enumerate(front):
        for other, beside in (*front[k + 1 :], *lead):
            is_said_twice = other not in behind or len(behind[term] | behind[other]) > 1
            if weight + beside >= WORTH and is_said_twice:
                yield f"words {min(term, other)} {max(term, other)}"


def _most_telling(terms: Terms, most: int) -> list[tuple[str, float]]:
    return sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:most]


def _hashed(key: str) -> int:
    """63 bits, as DuckDB's BIGINT takes them."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1
