"""From names to companies and their kinds."""

from __future__ import annotations

import functools

from extractors.parties.gazetteer import plain
from extractors.parties.words import is_legal_form, words_of
from extractors.records import Mention
from extractors.registry import Company, load

LONGEST_APPOSITIVE = 7  # words


@functools.cache
def _companies_by_spelling() -> dict[str, Company]:
    return {plain(text).casefold(): company for company in load().companies.values() for text in company.spellings}


def resolve_company(name: str) -> Company | None:
    """The registered company of that name, alias or former name, with or without legal form; else None."""
    words = plain(name).split()
    companies = _companies_by_spelling()
    while words:
        company = companies.get(" ".join(words).casefold().rstrip(",."))
        if company or len(words) == 1 or not is_legal_form(words[-1].rstrip(".,")):
            return company
        words.pop()
    return None


def company_of(mention: Mention) -> Company | None:
    """The company behind a mention: itself, or who sells the product or chip, or who runs the site; else None."""
    registry = load()
    if mention.kind == "company":
        return registry.companies.get(mention.registry_id)
    if mention.kind == "product" and mention.registry_id in registry.products:
        return registry.companies.get(registry.products[mention.registry_id].company_id)
    if mention.kind == "accelerator" and mention.registry_id in registry.accelerators:
        return registry.companies.get(registry.accelerators[mention.registry_id].company_id)
    if mention.kind == "facility" and mention.registry_id in registry.facilities:
        return registry.companies.get(registry.facilities[mention.registry_id].company_id)
    return None


def company_kind(mention: Mention, text: str = "") -> str:
    """The kind of company that a mention names (one of COMPANY_KINDS), "" where nothing tells.

    A registered company has its own; another is read from its words ("Tessaro Energy") and, where ``text`` is given,
    first from what the text calls it ("Corvane, a Dublin-based utility"; "chipmaker Beilan").
    """
    company = company_of(mention)
    if company is not None:
        return company.kind
    if mention.kind != "organisation":
        return ""
    return (kind_in_text(text, mention) if text else "") or kind_of_name(mention.name)


def kind_of_name(name: str) -> str:
    """The kind that a name's own last telling word gives it: "Thornbeck Cloud" is a neocloud."""
    kinds = words_of("organisation")
    found = ""
    for word in name.split()[1:]:
        kind = kinds.get(word.rstrip(".,"), "")
        if kind and not (found and kind in ("enterprise", "investor", "software")):
            found = kind
    return found


def kind_in_text(text: str, mention: Mention) -> str:
    """The kind that an apposition after the name, or the words before it, give it; "" where none does."""
    after = plain(text[mention.end_char : mention.end_char + 120])
    if after.startswith((", a ", ", an ", ", the ")):
        phrase = after[2:].split(",")[0].split(".")[0].split(" that ")[0].split(" which ")[0]
        kind = _kind_of_phrase(phrase.split()[1 : LONGEST_APPOSITIVE + 1])
        if kind:
            return kind
    before = plain(text[max(0, mention.start_char - 60) : mention.start_char]).split("\n")[-1]
    if not before.endswith(" "):
        return ""
    words = before.split()[-3:]
    for count in (3, 2, 1):
        kind = words_of("appositive").get(" ".join(words[-count:]).casefold(), "") if len(words) >= count else ""
        if kind and kind != "enterprise":
            return kind
    return ""


def _kind_of_phrase(words: list[str]) -> str:
    """The kind of the longest known noun phrase among the words, the first one that is more than "a company"."""
    kinds = words_of("appositive")
    general = ""
    for start in range(len(words)):
        for stop in range(min(len(words), start + 5), start, -1):
            kind = kinds.get(" ".join(words[start:stop]).rstrip(".,;").casefold(), "")
            if kind and kind != "enterprise":
                return kind
            general = general or kind
    return general
