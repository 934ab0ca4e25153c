"""The registry as rows of the warehouse: who the companies, facilities, accelerators and publishers are. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractors.records import ReferenceRate
from extractors.registry import Registry, load_sites
from extractors.registry.loader import read_rows
from extractors.registry.things import Publisher

Row = dict[str, Any]
FORM = "1"  # of these rows; another number loads them anew


def registry_hash(registry: Registry, rates: Sequence[ReferenceRate] = ()) -> str:
    """The same for the same content: what tells that the tables are current."""
    return hashlib.sha256(f"{FORM}{registry!r}{rates!r}".encode()).hexdigest()


def with_own_publishers(known: Registry, path: Path) -> Registry:
    """The registry with the publishers of a file of the same columns, where there is one. Raises RegistryError."""
    if not path.is_file():
        return known
    return replace(known, publishers={**known.publishers, **read_rows(path, Publisher)})


def registry_tables(registry: Registry) -> dict[str, list[Row]]:
    """Table name -> its rows."""
    sites = load_sites()
    return {
        "core.companies": [*map(_company, registry.companies.values()), *map(_vehicle, registry.vehicles.values())],
        "core.facilities": [
            {
                "facility_id": one.facility_id,
                "name": one.name,
                "company_id": one.company_id,
                "place": one.place,
                "country_code": one.country,
                "source": one.source,
                "latitude": site.latitude if site else None,
                "longitude": site.longitude if site else None,
            }
            for one in registry.facilities.values()
            for site in [sites.get(one.facility_id)]
        ],
        "core.accelerators": [
            {
                "accelerator_id": one.accelerator_id,
                "name": one.name,
                "company_id": one.company_id,
                "tdp_watts": one.tdp_watts,
                "memory_gb": one.memory_gb,
                "source": one.source,
            }
            for one in registry.accelerators.values()
        ],
        "core.publishers": [
            {
                "publisher_id": one.publisher_id,
                "name": one.name,
                "kind": one.kind,
                "family": one.family or one.publisher_id,
                "tier": one.tier,
                "country_code": one.country,
                "source": one.source,
            }
            for one in registry.publishers.values()
        ],
        "core.registry_names": [
            *_names("company", registry.companies),
            *_names("company", registry.vehicles),
            *_names("facility", registry.facilities),
            *_names("accelerator", registry.accelerators),
            *_names("publisher", registry.publishers),
            *(
                row
                for one in registry.publishers.values()
                for row in _spellings("domain", one.publisher_id, one.domains)
            ),
        ],
    }


def _company(one: Any) -> Row:
    return {
        "company_id": one.company_id,
        "name": one.name,
        "kind": one.kind,
        "country_code": one.country,
        "parent_id": one.parent_id,
        "tickers": "; ".join(one.tickers),
        "source": one.source,
    }


def _vehicle(one: Any) -> Row:
    """A vehicle with one sponsor is that sponsor's; one with several stands alone."""
    return {
        "company_id": one.vehicle_id,
        "name": one.name,
        "kind": one.kind,
        "country_code": None,
        "parent_id": one.sponsor_ids[0] if len(one.sponsor_ids) == 1 else None,
        "tickers": None,
        "source": one.source,
    }


def _names(thing: str, known: dict[str, Any]) -> Iterable[Row]:
    return (row for key, one in known.items() for row in _spellings(thing, key, one.spellings))


def _spellings(thing: str, registry_id: str, names: Iterable[str]) -> Iterable[Row]:
    return (
        {"thing": thing, "registry_id": registry_id, "folded_name": name.lower(), "name": name, "position": position}
        for position, name in enumerate(names)
    )
