"""The inflections of English verbs: the rules of spelling, and ``deal_verbs.csv`` where they do not reach."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from extractors.registry.loader import FOLDER


def verb_forms(lemma: str) -> set[str]:
    """The lemma with its inflections.

    >>> sorted(verb_forms("acquire"))
    ['acquire', 'acquired', 'acquires', 'acquiring']
    """
    first, space, rest = lemma.partition(" ")
    if space:
        return {f"{form} {rest}" for form in verb_forms(first)}
    if lemma in _irregular():
        return {lemma, *_irregular()[lemma]}
    if lemma.endswith("ee"):
        return {lemma, lemma + "s", lemma + "d", lemma + "ing"}
    if lemma.endswith("e"):
        return {lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"}
    if re.search(r"[^aeiou]y$", lemma):
        return {lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    third = lemma + ("es" if re.search(r"(?:s|x|z|ch|sh)$", lemma) else "s")
    return {lemma, third, lemma + "ed", lemma + "ing"}


def forms_of(lemmas: Iterable[str]) -> frozenset[str]:
    """Every form of the verbs.

    >>> sorted(forms_of(["go", "lead"]))
    ['go', 'goes', 'going', 'gone', 'lead', 'leading', 'leads', 'led', 'went']
    """
    return frozenset(form for lemma in lemmas for form in verb_forms(lemma))


@functools.cache
def _irregular() -> Mapping[str, tuple[str, ...]]:
    """Lemma -> its other forms, for verbs that the rules of spelling do not reach."""
    text = (FOLDER / "deal_verbs.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return MappingProxyType({row["lemma"]: tuple(row["forms"].split("|")) for row in csv.DictReader(lines)})
