"""The registry's files as frozen records, read once a process."""

from __future__ import annotations

import csv
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from extractors.errors import RegistryError
from extractors.registry.things import (
    Accelerator,
    Company,
    Facility,
    Locality,
    Ownership,
    Product,
    Publisher,
    Site,
    Vehicle,
)

FOLDER = Path(__file__).parent
SEPARATOR = ";"
LIST_COLUMNS = frozenset({"tickers", "aliases", "former_names", "needs_context", "sponsor_ids", "domains"})
NUMBER_COLUMNS = frozenset({"tdp_watts", "memory_gb", "tier"})
DEGREE_COLUMNS = frozenset({"latitude", "longitude"})
FILES = ("companies", "products", "facilities", "accelerators", "vehicles", "publishers", "places")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Everything known, each kind a dict by id in the order of its file."""

    companies: dict[str, Company]
    products: dict[str, Product]
    facilities: dict[str, Facility]
    accelerators: dict[str, Accelerator]
    vehicles: dict[str, Vehicle]
    publishers: dict[str, Publisher]
    places: dict[str, Locality]


def read_rows(path: Path, build: Callable[..., T]) -> dict[str, T]:
    """The rows of one file by the id in its first column.

    Raises RegistryError, with file and line, where a row cannot be read: missing or surplus columns, a number that is
    none, an id given twice.
    """
    things: dict[str, T] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream, strict=True)
        columns = next(lines, [])
        kinds = [_cell_kind(column) for column in columns]
        for line_number, cells in enumerate(lines, 2):
            if len(cells) != len(columns):
                raise _error(path, line_number, f"has {len(cells)} columns, the header {len(columns)}")
            try:
                values = {column: read(cell) for column, read, cell in zip(columns, kinds, cells, strict=True) if cell}
                thing = build(**values)
            except (TypeError, ValueError) as error:
                raise _error(path, line_number, str(error)) from error
            if cells[0] in things:
                raise _error(path, line_number, f"the id {cells[0]!r} is given twice")
            things[cells[0]] = thing
    return things


def read_registry(folder: Path) -> Registry:
    """The registry in a folder. Raises RegistryError."""
    return Registry(
        companies=read_rows(folder / "companies.csv", Company),
        products=read_rows(folder / "products.csv", Product),
        facilities=read_rows(folder / "facilities.csv", Facility),
        accelerators=read_rows(folder / "accelerators.csv", Accelerator),
        vehicles=read_rows(folder / "vehicles.csv", Vehicle),
        publishers=read_rows(folder / "publishers.csv", Publisher),
        places=read_rows(folder / "places.csv", Locality),
    )


@functools.cache
def load() -> Registry:
    """The registry that comes with this package, read once a process. Raises RegistryError."""
    return read_registry(FOLDER)


@functools.cache
def load_ownerships() -> dict[str, tuple[Ownership, ...]]:
    """company_id -> its dated owners, the first one first. Raises RegistryError."""
    found: dict[str, list[Ownership]] = {}
    for ownership in read_rows(FOLDER / "ownership.csv", Ownership).values():
        found.setdefault(ownership.company_id, []).append(ownership)
    return {company_id: tuple(sorted(dated, key=lambda one: one.since)) for company_id, dated in found.items()}


@functools.cache
def load_sites() -> dict[str, Site]:
    """facility_id -> where it lies, of those whose coordinates are known. Raises RegistryError."""
    return read_rows(FOLDER / "sites.csv", Site)


@functools.cache
def load_words(name: str) -> frozenset[str]:
    """The words of ``words/NAME.txt``, one a line, ``#`` lines left out."""
    lines = (FOLDER / "words" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _cell_kind(column: str) -> Callable[[str], object]:
    if column in LIST_COLUMNS:
        return _split
    if column in DEGREE_COLUMNS:
        return float
    return int if column in NUMBER_COLUMNS else str


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(SEPARATOR))


def _error(path: Path, line_number: int, rule: str) -> RegistryError:
    return RegistryError(f"{path.name}:{line_number}", rule)
