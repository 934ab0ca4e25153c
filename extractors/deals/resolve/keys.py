"""What a claim is filed under and looked for by: pairs of its companies, a company where it names one, its round.

Two claims that can be of one deal share a key. A key is a text, so that a store can keep it in a column:
``nvidia|openai`` for a pair, ``openai`` for a company of any claim, ``?openai`` for one of a claim that names one side
only (or a ticker, which has no key of its own), ``round:c:velmora`` for a funding round by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import combinations

from extractors.deals.resolve.dossier import identity_of
from extractors.parties.identity import PLAIN_WORDS, Identity, fold_name, identify
from extractors.records import Claim, Party, StoryArticle
from extractors.registry import load

NAMED_ROUND = re.compile(r"\b(?:series ([a-k])\b|(pre-seed|seed) (?:round|funding|financing))", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")
ROUND, ONE_SIDED, PAIR = "round:", "?", "|"
TICKER = re.compile(r"\b[A-Z]{3,5}\b")
TICKERED = "$"  # a mark: of articles only, under which no claim is filed; so is "round:c", where a Series C is named
CAPITALISED = re.compile(r"\b[A-Z0-9]\S*")


def keys_of(claim: Claim, article: StoryArticle | None = None) -> frozenset[str]:
    """All keys that the claim is filed under; a round is named in the words of its article."""
    on = claim.as_of.date()
    identities = [identity_of(party, on) for party in claim.mention.parties]
    single = {key for identity in identities for key in identity.keys}
    keys = single | set(_pairs(identities))
    if len(identities) < 2 or any(identity.tickers for identity in identities):
        keys |= {ONE_SIDED + key for key in single}
    return frozenset(keys | set(_rounds(claim, article)))


def keys_of_party(party: Party, on: date) -> frozenset[str]:
    """The keys of one company on a day, each alone."""
    return identity_of(party, on).keys


def sought_by(keys: Iterable[str]) -> frozenset[str]:
    """The keys under which a claim with these keys finds the deals that it could speak of."""
    keys = frozenset(keys)
    is_one_sided = any(key.startswith(ONE_SIDED) for key in keys)
    plain = {key for key in keys if PAIR in key or key.startswith(ROUND)}
    single = {key for key in keys if PAIR not in key and not key.startswith((ONE_SIDED, ROUND))}
    return frozenset(plain | (single if is_one_sided else {ONE_SIDED + key for key in single}))


def seekers_of(key: str) -> str:
    """The key under which those claims are filed that look under ``key``, and some more."""
    if PAIR in key or key.startswith(ROUND):
        return key
    return key.removeprefix(ONE_SIDED) if key.startswith(ONE_SIDED) else ONE_SIDED + key


def keys_named_in(article: StoryArticle) -> frozenset[str]:
    """Keys of all that the article may name: its companies, and every word with a capital, since readers miss names.

    And its marks: the rounds that it names, whether a ticker stands in the headline.
    """
    registered = load().companies
    ids = [company_id for company_id in article.companies if company_id in registered]
    companies = (identify(name=registered[each].name, company_id=each, on=article.as_of.date()) for each in ids)
    tickers = {fold_name(found)[0] for found in TICKER.findall(article.title)} - PLAIN_WORDS
    words = {word for run in CAPITALISED.findall(f"{article.title} {article.body}") for word in fold_name(run)}
    return frozenset(
        {key for identity in companies for key in identity.keys if " " not in key}
        | {f"={word}" for word in words - PLAIN_WORDS}
        | {ROUND + name for name in rounds_in(f"{article.title} {article.body}")}
        | ({TICKERED} if tickers else set())
    )


def is_mark(key: str) -> bool:
    """Whether the key is one of articles only."""
    return key == TICKERED or (key.startswith(ROUND) and key.count(":") == 1)


def round_of(key: str) -> str:
    """The mark of articles that name the round of this key, "" for a key of none.

    >>> round_of("round:c:=ondine"), round_of("=ondine")
    ('round:c', '')
    """
    return ":".join(key.split(":")[:2]) if key.startswith(ROUND) else ""


def rounds_in(text: str) -> set[str]:
    """Funding rounds by name, in small letters: "c" for a Series C, "seed"."""
    return {(letter or seed).lower() for letter, seed in NAMED_ROUND.findall(text)}


def sought_with(keys: Iterable[str]) -> frozenset[str]:
    """The keys of the deals that an article naming these could speak of: of any two of them, or told of one side only.

    Where a ticker stands in the headline, which has no key, of each one company too; where a round is named, of that.
    """
    keys = frozenset(keys)
    marks = set(filter(is_mark, keys))
    single = sorted(keys - marks)
    found = set(map(PAIR.join, combinations(single, 2))) | {ONE_SIDED + key for key in single}
    found |= {f"{mark}:{key}" for mark in marks - {TICKERED} for key in single}
    return frozenset(found | set(single)) if TICKERED in marks else frozenset(found)


def _pairs(identities: Iterable[Identity]) -> Iterable[str]:
    for one, other in combinations(identities, 2):
        for a in one.keys:
            for b in other.keys:
                yield PAIR.join(sorted((a, b)))


def _rounds(claim: Claim, article: StoryArticle | None) -> Iterable[str]:
    name = _round_name(claim, article) if article else ""
    raised = [identity_of(party, claim.as_of.date()) for party in claim.mention.parties if party.role == "investee"]
    return (f"{ROUND}{name}:{key}" for identity in raised for key in identity.keys if name)


def _round_name(claim: Claim, article: StoryArticle) -> str:
    """ "c" for a claim told with a Series C; "" where no round is named with it, or several are."""
    if claim.mention.type != "equity":
        return ""
    text = "\n\n".join(part for part in (article.title, article.body) if part)
    own = text[claim.mention.sentence_start_char : claim.mention.sentence_end_char].strip()
    told = [] if SENTENCE_END.search(own) else [own]
    if (value := claim.mention.value) and value.surface:
        told += [sentence for sentence in SENTENCE_END.split(text) if value.surface in sentence]
    names = {name for sentence in told for name in rounds_in(sentence)}
    return names.pop() if len(names) == 1 else ""
