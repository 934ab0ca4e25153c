"""Names in a text: registered companies, products, sites, chips, ventures and places, and organisations that nobody knows yet."""

from __future__ import annotations

import functools

from extractors.parties.gazetteer import find_hits, plain
from extractors.records import Mention
from extractors.registry import Company, load

__all__ = ["company_kind", "company_of", "find_names", "resolve_company"]


def find_names(text: str) -> tuple[Mention, ...]:
    """Every name in the text, in order, none overlapping another; ``surface == text[start_char:end_char]``. Never raises."""
    found = []
    for hit in find_hits(plain(text)):
        spelling = hit.spellings[0]
        found.append(
            Mention(
                kind=spelling.kind,
                start_char=hit.start,
                end_char=hit.end,
                surface=text[hit.start : hit.end],
                name=spelling.name,
                registry_id=spelling.thing_id,
            )
        )
    return tuple(found)


@functools.cache
def _companies_by_spelling() -> dict[str, Company]:
    return {plain(text).casefold(): company for company in load().companies.values() for text in company.spellings}


def resolve_company(name: str) -> Company | None:
    """The registered company of that name, alias or former name; None where there is none."""
    return _companies_by_spelling().get(plain(name).strip().casefold())


def company_of(mention: Mention) -> Company | None:
    """The company behind a mention: itself, or who sells the product or chip, or who runs the site; else None."""
    registry = load()
    if mention.kind == "company":
        return registry.companies.get(mention.registry_id)
    rows = {
        "product": registry.products,
        "accelerator": registry.accelerators,
        "facility": registry.facilities,
    }.get(mention.kind, {})
    thing = rows.get(mention.registry_id)
    return registry.companies.get(thing.company_id) if thing else None


def company_kind(mention: Mention) -> str:
    """The kind of company that a mention names (one of COMPANY_KINDS), "" where nothing tells."""
    company = company_of(mention)
    return company.kind if company else ""
