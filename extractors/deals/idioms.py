"""Idioms said plainly for the parser: "puts pen to paper with" is "signs a deal with", a "tie-up" an "alliance".

Only the parser sees the plain words; status, spans and evidence keep to the text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from extractors.registry.rows import registry_rows
from extractors.registry.verbs import verb_forms


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
    table: dict[str, tuple[str, str]] = {}
    for _, row in registry_rows("deal_idioms.csv"):
        if not row["verb"]:  # a noun or phrase that does not bend: "tie-up"
            table[row["rest"]] = (row["plain_rest"], row["plain_rest"])
            continue
        for form in verb_forms(row["verb"]):
            inflected = [_inflected(row["plain_verb"], row["verb"], form), row["plain_verb"]]
            said = tuple(f"{verb} {row['plain_rest']}".strip() for verb in inflected)
            table[f"{form} {row['rest']}".strip()] = (said[0], said[1])
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
        passive = text[match.end() : match.end() + 4] == " by "
        finite = inflected != base and not inflected.partition(" ")[0].endswith("ing") and not passive
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
