"""Idioms said plainly for the parser: "puts pen to paper with" is "signs a deal with", a "tie-up" an "alliance".

Only the parser sees the plain words; status, spans and evidence keep to the text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from extractors.deals.frames import registry_rows
from extractors.registry.verbs import verb_forms

# nouns that the parser would cut at their hyphen, or take for something else
PLAIN_NOUNS = MappingProxyType(
    {
        "build-out": "expansion",
        "buy-out": "buyout",
        "carve-out": "sale",
        "co-operation": "cooperation",
        "heads of agreement": "agreement",
        "heads of terms": "agreement",
        "hook-up": "alliance",
        "joint-venture": "joint venture",
        "link-up": "alliance",
        "off-take": "offtake",
        "off-taker": "offtaker",
        "pre-lease": "lease",
        "pre-leased": "leased",
        "pre-leases": "leases",
        "pre-let": "let",
        "roll-out": "expansion",
        "sell-off": "sale",
        "spin-off": "sale",
        "start-up": "startup",
        "start-ups": "startups",
        "sub-lease": "sublease",
        "take-over": "takeover",
        "take-private": "takeover",
        "team-up": "alliance",
        "tie-up": "alliance",
        "tie-ups": "alliances",
    }
)


class Plain(NamedTuple):
    """A stretch of text and what the parser sees instead; ``headline`` is a finite verb's form after "will", or ""."""

    start_char: int
    end_char: int
    words: str
    headline: str


MODAL = re.compile(r"\b(?:to|will|would|may|might|could|can|should|shall|must|not|ll)\s+$", re.I)


@functools.cache
def _plain() -> Mapping[str, tuple[str, str]]:
    """Idiom in lower case -> (as plain words, the same after "to" or "will")."""
    table = {noun: (plain, plain) for noun, plain in PLAIN_NOUNS.items()}
    for _, row in registry_rows("deal_idioms.csv"):
        for form in verb_forms(row["verb"]):
            inflected = [_inflected(row["plain_verb"], row["verb"], form), row["plain_verb"]]
            said = tuple(f"{verb} {row['plain_rest']}".strip() for verb in inflected)
            table[f"{form} {row['rest']}"] = (said[0], said[1])
    return MappingProxyType(table)


@functools.cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(_plain(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.I)


def plain_words(text: str, start: int, end: int) -> Iterator[Plain]:
    """Every idiom in text[start:end], in order, not overlapping."""
    for match in _pattern().finditer(text, start, end):
        inflected, base = _plain()[match.group().lower()]
        after_modal = MODAL.search(text, max(start, match.start() - 8), match.start())
        finite = inflected != base and not inflected.partition(" ")[0].endswith(("ed", "ing"))
        yield Plain(match.start(), match.end(), base if after_modal else inflected, base if finite else "")


def _inflected(plain: str, verb: str, form: str) -> str:
    """The plain verb in the form that the idiom's verb has; where past and infinitive look alike, the past.

    >>> _inflected("sign", "put", "putting"), _inflected("sign", "tear", "torn")
    ('signing', 'signed')
    """
    first, _, rest = plain.partition(" ")
    forms = sorted(verb_forms(first), key=len)
    if form.endswith("ing"):
        found = next(f for f in forms if f.endswith("ing"))
    elif form.endswith("s") and form != verb and form not in ("was",):
        found = next((f for f in forms if f != first and f.endswith("s")), first)
    else:
        past = [f for f in forms if f != first and not f.endswith(("ing", "s"))]
        found = (
            past[0]
            if past and (form != verb or (form + "s" in verb_forms(verb) and len(verb_forms(verb)) == 3))
            else first
        )
    return f"{found} {rest}".strip()
