"""When two places can be one: "Lubbock" is in "Lubbock, Texas", "Ohio" holds "Lima, Ohio", Lubbock is not Cheyenne."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from enum import Enum

from extractors.parties.identity import fold_name
from extractors.registry import load

# Words of a site's name that are no part of where it is.
SITE_WORDS = frozenset({
    "campus", "site", "plant", "park", "center", "centre", "data", "hub", "facility", "farm", "project",
    "county", "near", "south", "north", "east", "west",
})  # fmt: skip


class Places(Enum):
    """How two sets of places relate."""

    MATCH = "match"
    UNKNOWN = "unknown"  # one is empty, or the one is a region and the other a place in no known region
    CONFLICT = "conflict"


def compare_places(first: Iterable[str], second: Iterable[str]) -> Places:
    """MATCH where a place of the one can be a place of the other, CONFLICT where none can, else UNKNOWN."""
    ours, theirs = _most_specific(first), _most_specific(second)
    relations = {_compare(a, b) for a in ours for b in theirs}
    if Places.MATCH in relations:
        return Places.MATCH
    return Places.UNKNOWN if Places.UNKNOWN in relations or not relations else Places.CONFLICT


def _most_specific(places: Iterable[str]) -> list[str]:
    """The places without the regions that only say more widely where another one is."""
    told = list(dict.fromkeys(places))
    sites = [region for site, region in map(_split, told) if site and region]
    return [place for place in told if _split(place)[0] or not any(_holds(_split(place)[1], r) for r in sites)]


def _compare(first: str, second: str) -> Places:
    (site_a, region_a), (site_b, region_b) = _split(first), _split(second)
    if region_a and region_b and not (_holds(region_a, region_b) or _holds(region_b, region_a)):
        return Places.CONFLICT
    if site_a and site_b:
        return Places.MATCH if site_a <= site_b or site_b <= site_a else Places.CONFLICT
    return Places.MATCH if region_a and region_b else Places.UNKNOWN


@functools.lru_cache(maxsize=65536)
def _split(place: str) -> tuple[frozenset[str], str]:
    """The words of the place itself, and the smallest region (state, country) that holds it or that it is ("")."""
    parts = [" ".join(fold_name(part)) for part in place.split(",")]
    own = [part for part in parts if part and part not in _regions()]
    named = [_regions()[part] for part in parts if part in _regions()]
    region = named[0] if named else own[1] if len(own) > 1 else ""  # "Vantaa, Uusimaa": what stands behind holds it
    words = frozenset(re.findall(r"\w+", own[0])) if own else frozenset()
    return (words - SITE_WORDS or words), region


def _holds(outer: str, inner: str) -> bool:
    """Whether the one region is the other or holds it (Ohio is in the United States)."""
    places, seen = load().places, set[str]()
    while inner and inner not in seen:
        if inner == outer:
            return True
        seen.add(inner)
        inner = places[inner].within if inner in places else ""
    return False


@functools.cache
def _regions() -> dict[str, str]:
    """Folded spelling -> place_id of each state, province and country of the registry."""
    kinds = {"state", "province", "country"}
    return {
        " ".join(fold_name(spelling)): place.place_id
        for place in load().places.values()
        if place.kind in kinds
        for spelling in place.spellings
    }
