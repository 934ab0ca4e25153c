"""Names in a text: companies, products, sites, chips, ventures and places of the registry, and those in no registry."""

from __future__ import annotations

from extractors.parties.companies import company_kind, company_of, resolve_company
from extractors.parties.finder import read_names
from extractors.records import Mention

__all__ = ["company_kind", "company_of", "find_names", "resolve_company"]


def find_names(text: str) -> tuple[Mention, ...]:
    """Every name in the text, in order, none overlapping another. Never raises.

    ``surface == text[start_char:end_char]``.

    Kinds: company, product, facility, accelerator, vehicle, place (with a ``registry_id`` where registered),
    organisation (in no registry; ``name`` is the fullest form that the text gives it) and person.
    """
    return tuple(
        Mention(
            kind=name.kind,
            start_char=name.start,
            end_char=name.end,
            surface=name.surface,
            name=name.name,
            registry_id=name.thing_id,
        )
        for name in read_names(text)
    )
