"""The registry's spellings found in a text: a dictionary on the first word, then the longest that fits."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.registry import (
    Accelerator,
    Company,
    Facility,
    Locality,
    Product,
    Publisher,
    Registry,
    Thing,
    Vehicle,
    load,
    load_words,
)

SAME_LENGTH = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-"})
FIRST_WORD = re.compile(r"[^\W_]+")
AI_WHAT = re.compile(  # what "AI" describes, so that it ends no name
    r" (?:capex|campus|chip|cloud|cluster|compute|computing|data|factor|hardware|hub|infrastructure|processor|server|"
    r"spending|supercomputer|superfactory|training cluster)",
    re.I,
)
LETTERS_FOR_ANY_CASE = 5  # shorter spellings are matched as written: "AMD", "Arm", "Meta"
KIND_OF_THING: dict[type[Thing], str] = {
    Company: "company",
    Vehicle: "vehicle",
    Facility: "facility",
    Product: "product",
    Accelerator: "accelerator",
    Locality: "place",
    Publisher: "publisher",
}


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write one thing."""

    text: str
    kind: str  # the mention kind
    thing_id: str
    name: str  # the thing's canonical name
    owner_id: str  # the company behind it: its own id for a company
    any_case: bool  # may be written in other capitals
    needs_context: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Where spellings stand in the text; more than one where things share their words."""

    start: int
    end: int
    spellings: tuple[Spelling, ...]


def plain(text: str) -> str:
    """The text with typographic apostrophes, blanks and hyphens made plain, every character in its place."""
    return text.translate(SAME_LENGTH)


@functools.cache
def spelling_index() -> dict[str, tuple[tuple[str, tuple[Spelling, ...]], ...]]:
    """First word in lower case -> (spelling in lower case, its meanings), longest first."""
    meanings: dict[str, list[Spelling]] = {}
    for spelling in _spellings(load()):
        same = meanings.setdefault(spelling.text.casefold(), [])
        if spelling not in same:
            same.append(spelling)
    by_first: dict[str, list[tuple[str, tuple[Spelling, ...]]]] = {}
    for text, same in meanings.items():
        first = FIRST_WORD.search(text)
        if first is not None:
            by_first.setdefault(first[0], []).append((text, tuple(same)))
    return {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in by_first.items()}


@functools.cache
def candidate_words() -> re.Pattern[str]:
    """Every word that may begin a name: capitalised, with a digit, camel case, or registered in lower case."""
    lower = sorted(
        {FIRST_WORD.findall(s.text)[0] for s in _spellings(load()) if s.text[0].islower() and s.text[:3].islower()}
    )
    names = "|".join(rf"{re.escape(word)}(?![^\W_])" for word in lower) or "(?!)"
    return re.compile(rf"(?<![^\W_])(?:[^\W_a-z][^\W_]*|[a-z]{{1,2}}-?[A-Z][^\W_]*|{names})")


def meanings_of(text: str) -> tuple[Spelling, ...]:
    """What a registered spelling, written exactly so, may name."""
    first = FIRST_WORD.match(text)
    entries = spelling_index().get(first[0].casefold(), ()) if first else ()
    return tuple(s for key, meanings in entries if key == text.casefold() for s in meanings if s.text == text)


def find_hits(text: str) -> Iterator[Hit]:
    """Every registered spelling in a plain text, leftmost and longest, on word boundaries, in its case."""
    index = spelling_index()
    resume = 0
    for word in candidate_words().finditer(text):
        start = word.start()
        if start < resume:
            continue
        first = FIRST_WORD.match(text, start)
        if first is None:
            continue
        for key, meanings in index.get(first[0].casefold(), ()):
            end = start + len(key)
            surface = text[start:end]
            if surface.casefold() != key or not _ends_word(text, end):
                continue
            if (
                key.endswith(" ai")
                and AI_WHAT.match(text, end)
                and any(k == key[:-3] for k, _ in index[first[0].casefold()])
            ):
                continue  # "Meta AI data center": Meta's
            fitting = tuple(
                s for s in meanings if surface == s.text or (s.any_case and _is_capitalised_like(surface, s.text))
            )
            if fitting:
                resume = end
                yield Hit(start, end, fitting)
                break


def _is_capitalised_like(surface: str, spelling: str) -> bool:
    """Whether every word has its capital: "Stack Infrastructure" for "STACK Infrastructure", not "CoreWeave cloud"."""
    return all(
        written[:1].isupper() or not known[:1].isupper()
        for written, known in zip(surface.split(), spelling.split(), strict=False)
    )


def _ends_word(text: str, end: int) -> bool:
    if end >= len(text):
        return True
    after = text[end]
    if after.isalnum() or after == "_":
        return False
    return not (after == "." and text[end + 1 : end + 2].islower()) and text[end : end + 2] != "@"


def _spellings(registry: Registry) -> Iterator[Spelling]:
    yield from _ticker_spellings(registry)
    things: Iterable[Thing] = (
        *registry.companies.values(),
        *registry.vehicles.values(),
        *registry.facilities.values(),
        *registry.products.values(),
        *registry.accelerators.values(),
        *registry.places.values(),
        *registry.publishers.values(),
    )
    common = load_words("common")
    company_names = frozenset(text for company in registry.companies.values() for text in company.spellings)
    for thing in things:
        thing_id = getattr(thing, thing.__slots__[0])
        needs_context = getattr(thing, "needs_context", ())
        for text in thing.spellings:
            plain_text = plain(text)
            single_common = plain_text.casefold() in common
            if isinstance(thing, Publisher) and single_common:
                continue
            if isinstance(thing, Facility) and _begins_with_company(plain_text, company_names):
                continue  # "Galaxy Helios": the company is named, then its site
            yield Spelling(
                text=plain_text,
                kind=KIND_OF_THING[type(thing)],
                thing_id=thing_id,
                name=thing.name,
                owner_id=getattr(thing, "company_id", ""),
                any_case=len(text) >= LETTERS_FOR_ANY_CASE and text not in needs_context and not single_common,
                needs_context=text in needs_context,
            )


def _begins_with_company(spelling: str, company_names: frozenset[str]) -> bool:
    words = spelling.split()
    return any(" ".join(words[:count]) in company_names for count in range(1, len(words)))


def _ticker_spellings(registry: Registry) -> Iterator[Spelling]:
    """Tickers of four letters and more, as headlines use them: "QCOM jumps"."""
    for company in registry.companies.values():
        for ticker in company.tickers:
            symbol = ticker.split(":")[1]
            if len(symbol) >= 4 and symbol.isalpha() and symbol.casefold() not in load_words("common"):
                yield Spelling(symbol, "company", company.company_id, company.name, company.company_id, False, False)
