"""Where a company is from, as far as a phrase like "the Canadian group" or "the New Jersey company" says."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from extractors import registry
from extractors.deals.cast import Actor
from extractors.deals.scene import Scene
from extractors.deals.tree import Tree
from extractors.records import Mention
from extractors.registry.rows import registry_rows


@functools.cache
def load_demonyms() -> Mapping[str, str]:
    """Adjective in lower case -> ISO code of the country that it is of. Raises RegistryError."""
    return MappingProxyType(
        {word: row["country"] for _, row in registry_rows("deal_demonyms.csv") for word in row["words"].split("|")}
    )


def origin_of(tree: Tree, i: int, scene: Scene) -> str:
    """The country that the words before a noun name, "?" for a place whose country is not known, "" for none."""
    for child in tree.children(i, "amod", "compound", "nmod", "poss"):
        ref = tree.words[child].ref
        part = scene.parts[ref] if ref >= 0 else None
        if isinstance(part, Mention) and part.kind == "place":
            place = registry.load().places.get(part.registry_id)
            return place.country if place is not None and place.country else "?"
        if tree.text(child) in load_demonyms():
            return load_demonyms()[tree.text(child)]
    return ""


def may_be_from(actor: Actor, country: str) -> bool:
    """Whether a company is from that country, or its seat is not known."""
    company = registry.load().companies.get(actor.company_id)
    seat = company.country if company is not None else ""
    return "?" in (country, seat or "?") or seat == country
