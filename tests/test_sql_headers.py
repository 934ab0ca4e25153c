"""Every SQL file has a face: what it is, its grain and key, what null means, who reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warehouse import catalog

ROOM = Path(__file__).resolve().parents[1] / "warehouse"
FILES = sorted(ROOM.rglob("*.sql"))
PARTS = {
    "schema": ("grain", "key", "null"),
    "views": ("grain", "key", "units", "reader"),
    "queries": ("parameters",),
    "macros": ("parameters", "grain", "units", "reader"),
}


BANNED = (
    r"->(?!>)\s*\w+\s*[,)]",  # lambdas of 1.5 that 2.0 refuses
    r"\b(PRIMARY KEY|UNIQUE|REFERENCES|CREATE INDEX|ENUM|GENERATED|DEFAULT)\b",
    r"\bnow\(|\bcurrent_(date|timestamp)\b",
)


def header_of(path: Path) -> list[str]:
    """The comment lines at the top, without their dashes."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return lines


def layer_of(path: Path) -> str:
    return path.relative_to(ROOM).parts[0]


def name_of(path: Path) -> str:
    """The name that the file's header must begin with."""
    return f"{path.parent.name}.{path.stem}" if layer_of(path) in {"schema", "views"} else path.stem


def part_of(path: Path, part: str) -> str:
    found = [line.partition(": ")[2] for line in header_of(path) if line.startswith(f"{part}:")]
    assert found, f"{path.relative_to(ROOM)} does not say its {part}"
    return found[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOM)))
def test_the_header_says_what_the_file_is(path: Path) -> None:
    name = name_of(path) if layer_of(path) != "migrations" else path.stem[:4]
    header = header_of(path)
    assert header, "the file has no header"
    assert header[0].startswith(f"{name}: ")
    assert len(header[0]) > len(name) + 15
    for part in PARTS.get(layer_of(path), ()):
        assert part_of(path, part)


@pytest.mark.parametrize("path", [p for p in FILES if layer_of(p) in {"schema", "views"}], ids=name_of)
def test_grain_and_key_are_those_of_the_catalog(path: Path) -> None:
    table = catalog.load().table(name_of(path))
    assert part_of(path, "key") == ", ".join(table.key)


def test_every_table_and_view_of_the_catalog_has_its_file() -> None:
    files = {(layer_of(p), name_of(p)) for p in FILES if layer_of(p) in {"schema", "views"}}
    told = {("schema", t.name) for t in catalog.load().tables} | {("views", v.name) for v in catalog.load().views}
    assert files == told


@pytest.mark.parametrize("path", [p for p in FILES if layer_of(p) != "migrations"], ids=lambda path: path.stem)
def test_the_sql_runs_on_every_duckdb_and_on_ducklake(path: Path) -> None:
    """Dialect of 1.5 and 2.0 both; no keys, enumerations, generated columns or defaults that a lake does not know."""
    sql = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    banned = "|".join(BANNED)
    found = re.search(banned, sql, re.IGNORECASE)
    assert found is None, found


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.parts[-2:] == ("views", "mart")], ids=lambda p: p.stem)
def test_a_mart_names_its_columns(path: Path) -> None:
    assert not re.search(r"select\s+(\w+\.)?\*", path.read_text(encoding="utf-8"), re.IGNORECASE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_lines_fit_the_page(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        assert len(line) <= 125, f"line {number}"
        assert line == line.rstrip(), f"line {number}"
