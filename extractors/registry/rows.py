"""The rows of the registry's files that hold words and rules."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from types import MappingProxyType

from extractors.errors import RegistryError


def registry_rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a registry file with their line numbers; lines that begin with # are remarks."""
    text = resources.files("extractors.registry").joinpath(name).read_text(encoding="utf-8")
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    for number, row in zip((n for n, _ in lines[1:]), csv.DictReader([line for _, line in lines]), strict=True):
        if None in row or None in row.values():
            raise RegistryError(name, f"line {number}: {len(row)} cells do not fit the header")
        yield number, row


def phrases_by_effect(name: str) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """Effect -> the phrases of a file of rules that have it, in the order of the file."""
    table: dict[str, list[re.Pattern[str]]] = {}
    for _, row in registry_rows(name):
        table.setdefault(row["effect"], []).append(re.compile(row["phrase"], re.I))
    return MappingProxyType({effect: tuple(patterns) for effect, patterns in table.items()})
