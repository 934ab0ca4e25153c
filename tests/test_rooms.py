"""The law of the house: who may import whom, and which room owns which side effect (docs/design.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("flows", "extractors", "warehouse", "dashboards")
MAY_IMPORT = {
    "flows": {"extractors", "warehouse"},
    "extractors": set(),
    "warehouse": {"extractors.records"},
    "dashboards": set(),
}
OWNED_BY = {
    "prefect": {"flows"},
    "httpx": {"flows"},
    "httpcore": {"flows"},
    "duckdb": {"warehouse", "dashboards"},
    "feedparser": {"extractors"},
    "bs4": {"extractors"},
    "trafilatura": {"extractors"},
    "spacy": {"extractors"},
    "streamlit": {"dashboards"},
}
# Inside extractors, a module may import only from rooms below its own.
FLOORS = (
    {"__init__"},
    {"timelines"},
    {"read"},
    {"gold"},
    {"deals", "stories"},
    {"quantities", "parties", "feeds", "articles"},
    {"registry", "nlp", "formats"},
    {"records", "errors"},
)
CLOCKS = {"now", "utcnow", "today"}
STARTS_FAST = {"prefect", "spacy", "streamlit", "trafilatura", "pyarrow", "duckdb", "httpx"}


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> list[tuple[int, str]]:
    """(line, dotted name) of everything that a module imports, at its top or inside a function."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_the_design_lets_it(room: str) -> None:
    strangers = [
        f"{where(path, line)} imports {name}"
        for path in modules(room)
        for line, name in imports(path)
        if name.split(".")[0] in {*ROOMS, "tests"} - {room}
        and not any(name == door or name.startswith(door + ".") for door in MAY_IMPORT[room])
    ]
    assert not strangers, "move the code to the room that may import this, see docs/design.md:\n" + "\n".join(strangers)


@pytest.mark.parametrize("room", ROOMS)
def test_a_library_is_named_only_in_the_room_that_owns_its_side_effect(room: str) -> None:
    strangers = [
        f"{where(path, line)} imports {name}"
        for path in modules(room)
        for line, name in imports(path)
        if room not in OWNED_BY.get(name.split(".")[0], {room})
    ]
    assert not strangers, "\n".join(strangers)


@pytest.mark.parametrize("room", ["extractors", "warehouse", "dashboards"])
def test_only_flows_reads_the_clock(room: str) -> None:
    readers = []
    for path in modules(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value)
                if (node.func.attr in CLOCKS and owner.split(".")[-1] in {"datetime", "date"}) or (
                    owner == "time" and node.func.attr in {"time", "time_ns"}
                ):
                    readers.append(f"{where(path, node.lineno)} {ast.unparse(node)}")
    assert not readers, "pass the time in as an argument:\n" + "\n".join(readers)


def floor_of(module: str) -> int | None:
    return next((k for k, names in enumerate(FLOORS) if module in names), None)


def test_extractors_import_downwards_only() -> None:
    climbers = []
    for path in modules("extractors"):
        own = path.relative_to(ROOT / "extractors").parts[0].removesuffix(".py")
        level = floor_of(own)
        assert level is not None, f"extractors/{own} has no floor: name it in FLOORS and in docs/design.md"
        for line, name in imports(path):
            parts = name.split(".")
            if parts[0] != "extractors" or len(parts) < 2 or parts[1] == own:
                continue
            other = floor_of(parts[1])
            if other is None or other <= level:
                climbers.append(f"{where(path, line)} imports {name}")
    assert not climbers, "\n".join(climbers)


@pytest.mark.parametrize("room", ["extractors", "warehouse", "flows"])
def test_heavy_libraries_are_imported_where_they_are_used(room: str) -> None:
    """`gigawire --help` and a run that finds nothing to read must not pay for spaCy or Prefect."""
    exempt = {"prefect": "flows", "duckdb": "warehouse", "pyarrow": "warehouse", "httpx": "flows", "httpcore": "flows"}
    heavy = []
    for path in modules(room):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                heavy += [
                    f"{where(path, node.lineno)} imports {name}"
                    for name in names
                    if name.split(".")[0] in STARTS_FAST and exempt.get(name.split(".")[0]) != room
                ]
    assert not heavy, "import inside the function that needs it:\n" + "\n".join(heavy)


def test_no_file_hides_behind_a_vague_name() -> None:
    vague = {"utils", "util", "common", "helpers", "helper", "lib", "misc", "core"}
    found = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.stem in vague and path.suffix in {"", ".py"} and not is_sql_layer(path)
    ]
    assert not found, f"name these after what they hold: {found}"


def is_sql_layer(path: Path) -> bool:
    """schema/core and views/core are the warehouse layer of that name."""
    return path.is_dir() and path.parent.name in {"schema", "views"}


def test_the_top_level_holds_no_other_code_folder() -> None:
    allowed = {*ROOMS, "tests"}
    folders = {path.parts[0] for path in (p.relative_to(ROOT) for p in ROOT.rglob("*.py")) if len(path.parts) > 1}
    strangers = {f for f in folders if f not in allowed and not f.startswith((".", "build", "data"))}
    assert not strangers, f"another code folder stands beside the rooms: {strangers}"
