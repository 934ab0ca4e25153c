"""Words that tell what a capitalised word is: legal forms, organisation words, titles, calendar (registry data)."""

from __future__ import annotations

import csv
import functools
import re

from extractors.errors import RegistryError
from extractors.registry import load_words
from extractors.registry.loader import FOLDER

WORD_CLASSES = frozenset(
    {
        "abbreviation",  # a full stop after it ends no sentence
        "head_before_and",  # "Ministry of Trade and Industry"
        "head_before_of",  # "Bank of", "University for"
        "hyphen_tail",  # "-backed", "-year": what is before the hyphen stands alone
        "invested_in",  # "a stake in Hexmoor": what follows is no place
        "place_tail",  # Road, County
        "small_in_title",  # written small in title case
        "verb_too",  # organisation words that headlines use as verbs
        "ai_manner",  # "Generative AI", "Sovereign AI": kinds of it, no companies
        "agent_verb",  # what only companies (or people) do, as lemma: sign, lease; pay, but not grow
        "document",  # how the names of papers end: Purchase Agreement, Plan
        "acronym",  # capitals that name no organisation: AI, GPU, MW
        "appositive",  # "a Dublin-based utility": noun phrase -> company kind
        "calendar",
        "company_verb",  # what companies do in headlines: signs, secures, to
        "defined_term",  # filings: the "Lease", the "Registrant"
        "demonym",
        "function",  # closed-class words, never the first word of a name at a sentence's start
        "generic_head",
        "name_prefix",  # "Tri-Rivers Electric": what a hyphen joins to a plain word of a name
        "legal_form",  # Inc, LLC, GmbH
        "not_a_name",
        "organisation",  # words that end an organisation's name -> company kind
        "person_title",
        "person_title_lower",
        "plain_subject",  # who or what acts in a headline without being a name: startup, county, investors, deal
        "site_noun",  # what follows the name of a site
        "stop_phrase",  # capitals that name no party: Wall Street, Big Tech
        "thing_noun",  # what follows the name of a product
    }
)


@functools.cache
def _classes() -> dict[str, dict[str, str]]:
    classes: dict[str, dict[str, str]] = {word_class: {} for word_class in WORD_CLASSES}
    path = FOLDER / "name_words.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for line_number, row in enumerate(csv.DictReader(stream), 2):
            if row["word_class"] not in classes:
                raise RegistryError(f"name_words.csv:{line_number}", f"{row['word_class']!r} is no word class")
            classes[row["word_class"]][row["word"]] = row["value"]
    return classes


def words_of(word_class: str) -> dict[str, str]:
    """The words of a class -> their value ("" where the class has none)."""
    return _classes()[word_class]


@functools.cache
def common_words() -> frozenset[str]:
    """English words, lower case, that are written small inside a sentence."""
    return load_words("common")


@functools.cache
def first_names() -> frozenset[str]:
    """Given names, capitalised."""
    return load_words("first_names")


@functools.cache
def known_surnames() -> frozenset[str]:
    """Surnames that the news uses alone: Musk, Altman."""
    return load_words("known_surnames")


def is_common(word: str) -> bool:
    """Whether a word, however written, is an English word that is no name by itself."""
    return word.casefold() in common_words() or word in words_of("calendar")


SUFFIXES = (
    (re.compile(r"(?:'s|s|es|ed|d|ing|er|ers|or|ors|ly|ness|less|ish|able)$"), ("", "e")),
    (re.compile(r"(?:ies|ied|ier|iest|ily)$"), ("y",)),
    (re.compile(r"(.)\1(?:ed|ing|er|ers)$"), (r"\1",)),
    (re.compile(r"(?:ates?|ated|ating|ations?|ators?)$"), ("", "e", "ation", "y")),
    (
        re.compile(r"(?:i[sz]es?|i[sz]ed|i[sz]ing|i[sz]ations?|ifies|ified|ifying)$"),
        ("", "e", "y", "ise", "ize", "ify"),
    ),
)
PREFIX = re.compile(r"^(?:re|un|out|over|under|pre|non|mis|de|dis|anti|mega|super|multi|hyper|cyber)-?(?=[a-z]{3})")


@functools.lru_cache(maxsize=65536)
def is_derived(word: str) -> bool:
    """Whether a word is English, or made of English words by its rules: "Outgrow", "Rebalances", "Two-Story".

    Names are coined the same way ("Outlyer"), so it is asked only in a headline, where all words are capitalised, and
    of the word before a known company's short name.
    """
    small = word.casefold()
    if "-" in small:
        return all(is_derived(part) for part in small.split("-") if part)
    for stem in {small, PREFIX.sub("", small)}:
        if stem in common_words():
            return True
        for ending, repairs in SUFFIXES:
            if any(
                len(root) > 2 and root in common_words()
                for repair in repairs
                if (root := ending.sub(repair, stem)) != stem
            ):
                return True
    return False


def ends_organisation(word: str) -> bool:
    """Whether a word ends organisations' names, also in a line in capitals: "Energy", "ENERGY", "LLC"."""
    known = words_of("organisation")
    return word in known or is_legal_form(word) or (len(word) > 3 and word.isupper() and word.capitalize() in known)


def is_legal_form(word: str) -> bool:
    """Whether a word is a company's legal form, with or without its dot."""
    return word.rstrip(".") in words_of("legal_form") or word.replace(".", "") in words_of("legal_form")
