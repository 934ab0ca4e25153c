"""The rules that every row of the registry keeps; run by the tests, so that loading stays fast."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from extractors.errors import RegistryError
from extractors.registry.loader import FILES, FOLDER, Registry, read_registry
from extractors.registry.things import (
    COMPANY_KINDS,
    PLACE_KINDS,
    PRODUCT_KINDS,
    PUBLISHER_KINDS,
    VEHICLE_KINDS,
    Company,
    Locality,
    Publisher,
    Thing,
)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TICKER = re.compile(r"[A-Z]{2,8}:[A-Z0-9.&-]+")
MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
COUNTRY = re.compile(r"[A-Z]{2}")
DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
KINDS: Mapping[str, tuple[str, ...]] = {
    "companies": COMPANY_KINDS,
    "products": PRODUCT_KINDS,
    "vehicles": VEHICLE_KINDS,
    "publishers": PUBLISHER_KINDS,
    "places": PLACE_KINDS,
}


def check_registry(folder: Path = FOLDER) -> None:
    """Raise the first RegistryError of the registry in a folder; it names file, line and rule."""
    registry = read_registry(folder)
    for name in FILES:
        for line_number, rule in broken_rules(registry, name, _first_cells(folder / f"{name}.csv")):
            raise RegistryError(f"{name}.csv:{line_number}", rule)


def broken_rules(registry: Registry, name: str, ids_in_file: list[str]) -> Iterator[tuple[int, str]]:
    """Every broken rule of one file as (line number, rule), in the order of its lines."""
    things: dict[str, Thing] = getattr(registry, name)
    owners: dict[str, str] = {}
    before = ""
    for line_number, thing_id in enumerate(ids_in_file, 2):
        thing = things[thing_id]
        if not thing_id > before:
            yield line_number, f"ids are sorted: {thing_id!r} comes before {before!r}"
        before = thing_id
        for rule in (*_own_rules(thing, name), *_reference_rules(thing, registry)):
            yield line_number, rule
        for spelling in _claimed_spellings(thing):
            owner = owners.setdefault(spelling, thing_id)
            if owner != thing_id:
                yield line_number, f"{spelling!r} names {owner!r} already; mark it in needs_context of both"


def _own_rules(thing: Thing, name: str) -> Iterator[str]:
    thing_id = next(getattr(thing, slot) for slot in thing.__slots__)
    if not SLUG.fullmatch(thing_id):
        yield f"an id is lower case words joined by hyphens: {thing_id!r}"
    kind = getattr(thing, "kind", "")
    if name in KINDS and kind not in KINDS[name]:
        yield f"{kind!r} is no kind of {name}"
    if not thing.source:
        yield "every row names its source"
    country = getattr(thing, "country", "")
    if country and not COUNTRY.fullmatch(country):
        yield f"{country!r} is no ISO 3166-1 alpha-2 code"
    if any(not spelling or spelling != spelling.strip() for spelling in thing.spellings):
        yield "a spelling is empty or has blanks at its ends"
    if len(set(thing.spellings)) != len(thing.spellings):
        yield "a spelling is given twice"
    for spelling in getattr(thing, "needs_context", ()):
        if spelling not in thing.spellings:
            yield f"needs_context names {spelling!r}, which is no spelling of this row"
    if isinstance(thing, Company):
        yield from _company_rules(thing)
    if isinstance(thing, Publisher):
        yield from (f"{domain!r} is no domain" for domain in thing.domains if not DOMAIN.fullmatch(domain))
        if thing.tier not in (1, 2, 3):
            yield f"{thing.tier} is no tier"


def _company_rules(company: Company) -> Iterator[str]:
    yield from (f"{ticker!r} is no ticker" for ticker in company.tickers if not TICKER.fullmatch(ticker))
    if not MONTH.fullmatch(company.as_of):
        yield f"as_of is a month such as 2026-08, not {company.as_of!r}"


def _reference_rules(thing: Thing, registry: Registry) -> Iterator[str]:
    if isinstance(thing, Company):
        seen = {thing.company_id}
        parent_id = thing.parent_id
        while parent_id:
            if parent_id not in registry.companies:
                yield f"parent_id {parent_id!r} is no company"
                return
            if parent_id in seen:
                yield f"{parent_id!r} is its own parent"
                return
            seen.add(parent_id)
            parent_id = registry.companies[parent_id].parent_id
        return
    company_ids = (getattr(thing, "company_id", ""), *getattr(thing, "sponsor_ids", ()))
    yield from (f"{one!r} is no company" for one in company_ids if one and one not in registry.companies)
    if isinstance(thing, Locality) and thing.within and thing.within not in registry.places:
        yield f"within {thing.within!r} is no place"


def _claimed_spellings(thing: Thing) -> Iterator[str]:
    """The spellings that this row alone may have: towns and counties of one name are many, plain words are marked."""
    if isinstance(thing, Locality):
        return
    shared = set(getattr(thing, "needs_context", ()))
    yield from (spelling.casefold() for spelling in thing.spellings if spelling not in shared)


def _first_cells(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows, None)
        return [row[0] for row in rows]
