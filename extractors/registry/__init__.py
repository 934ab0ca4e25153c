"""What we know of companies, products, sites, chips, ventures, publishers and places.

The rows are CSV files beside this module, sorted by id, one line a thing (see ``docs/registry.md`` for their origin).
``load()`` reads them once; ``rules.broken_rules()`` says what is wrong with them and is run by the tests.
"""

from __future__ import annotations

from extractors.registry.loader import (
    Registry,
    load,
    load_ownerships,
    load_sites,
    load_words,
)
from extractors.registry.things import (
    COMPANY_KINDS,
    PLACE_KINDS,
    PRODUCT_KINDS,
    PUBLISHER_KINDS,
    VEHICLE_KINDS,
    Accelerator,
    Company,
    Facility,
    Locality,
    Ownership,
    Product,
    Publisher,
    Thing,
    Vehicle,
)

__all__ = [
    "COMPANY_KINDS",
    "PLACE_KINDS",
    "PRODUCT_KINDS",
    "PUBLISHER_KINDS",
    "VEHICLE_KINDS",
    "Accelerator",
    "Company",
    "Facility",
    "Locality",
    "Ownership",
    "Product",
    "Publisher",
    "Registry",
    "Thing",
    "Vehicle",
    "load",
    "load_ownerships",
    "load_sites",
    "load_words",
]
