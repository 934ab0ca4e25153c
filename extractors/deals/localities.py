"""What holds what among the places of the registry, and which of several places tells best where something is."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from extractors import registry
from extractors.records import Place
from extractors.registry.things import Locality

BROAD = frozenset({"country", "continent"})
REGIONS = BROAD | {"state", "province"}
DIRECTED = re.compile(r"^(?:the |north\w*|south\w*|east\w*|west\w*|central|upstate)[ -]+")
COUNTY_NAME = re.compile(r" (?:County|Parish|Township)$")


def most_specific(places: Iterable[Place]) -> tuple[Place, ...]:
    """Without repeats and without places that are only the wider part of another; a country only where no town is."""
    kept: list[Place] = []
    for place in places:
        head = place.name.split(",")[0].casefold()
        if any(head in [part.strip().casefold() for part in p.name.split(",")] for p in kept):
            continue
        wider = [
            p for p in kept if p.name.casefold() in [part.strip().casefold() for part in place.name.split(",")[1:]]
        ]
        kept = [p for p in kept if p not in wider] + [place]
    return tuple(p for p in kept if not any(_is_within(q.name, p.name) for q in kept if q is not p))


def _is_within(name: str, wider: str) -> bool:
    """Whether a place is told, or known, to be in the wider one: Macon in Georgia, "west Dublin" in Dublin."""
    head = name.partition(",")[0]
    if DIRECTED.sub("", head.casefold()) == wider.casefold() != head.casefold():
        return True
    if not is_region(wider) or is_region(head):
        return False
    holders = {p.place_id for p in _named(wider)} | {p.country for p in _named(wider) if p.kind == "country"}
    return any(holders & _holders(p) for p in _named(head))


def _holders(place: Locality) -> set[str]:
    """The ids of what holds a place, and its country's ISO code."""
    places, found = registry.load().places, {place.country}
    while place.within and place.within not in found and place.within in places:
        found.add(place.within)
        place = places[place.within]
    return found


def is_broad(name: str) -> bool:
    """Whether a name is a country's or a continent's and no town's."""
    return {p.kind for p in _named(name)} <= BROAD and bool(_named(name))


def is_region(name: str) -> bool:
    """Whether a name is a state's, province's or country's and no town's."""
    return {p.kind for p in _named(name)} <= REGIONS and bool(_named(name))


def is_known(name: str) -> bool:
    """Whether the registry has a place of that name."""
    return bool(_named(name.partition(",")[0]))


def is_town(name: str) -> bool:
    """Whether a name is a town's or a county's, known or by its last word."""
    head = name.partition(",")[0]
    return bool(COUNTY_NAME.search(head) or (_named(head) and not is_region(head)))


def _named(name: str) -> Sequence[Locality]:
    return _localities().get(DIRECTED.sub("", name.casefold()), ())


@functools.cache
def _localities() -> Mapping[str, Sequence[Locality]]:
    """Spelling in lower case -> the places of that name."""
    table: dict[str, list[Locality]] = {}
    for place in registry.load().places.values():
        for spelling in place.spellings:
            table.setdefault(spelling.casefold(), []).append(place)
    return MappingProxyType(table)
