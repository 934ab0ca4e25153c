"""Each mart gives the rows expected for the rows given: mart/<view>/<case>/{given,expect}.yml.

``given.yml`` names tables and the columns that matter to the case, the others are null; ``expect.yml`` lists the rows
of the mart in their published order and types, each with the columns that matter. Another case needs no Python.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from warehouse import catalog, marts
from warehouse.migrations import migrate
from warehouse.views import create_views

FOLDER = Path(__file__).with_name("mart")
CASES = sorted(path.parent for path in FOLDER.glob("*/*/expect.yml"))
# Columns that stand for nothing in a case but are joined or counted.
DEFAULTS: dict[str, dict[str, Any]] = {
    "core.articles": {
        "reader_version": "r1",
        "kind": "entry",
        "body": "text",
        "has_body": True,
        "title": "A title",
        "publisher": "Paper",
    },
    "core.deal_mentions": {"reader_version": "r1", "status": "announced", "focus": "primary", "confidence": 0.5},
    "core.deals": {"reader_version": "r1"},
    "core.deal_revisions": {"reader_version": "r1", "revision": 1, "edition": 1},
    "core.deal_parties": {"reader_version": "r1", "revision": 1},
    "core.deal_evidence": {"reader_version": "r1", "decision": 1, "kind": "new"},
    "core.deal_endings": {"reader_version": "r1", "ending": 1, "reason": "half_told"},
    "core.stories": {"reader_version": "r1", "placement": 1},
    "core.mentions": {"reader_version": "r1"},
}


def load_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def give(con: duckdb.DuckDBPyConnection, tables: dict[str, list[dict[str, Any]]]) -> None:
    """Empty tables without NOT NULL in the place of the real ones, then the rows."""
    migrate(con)
    con.execute("CREATE SCHEMA original")
    for table in catalog.load().tables:
        con.execute(f"CREATE TABLE original.copy AS SELECT * FROM {table.name} LIMIT 0")
        con.execute(f"DROP TABLE {table.name}")
        con.execute(f"CREATE TABLE {table.name} AS SELECT * FROM original.copy")
        con.execute("DROP TABLE original.copy")
    create_views(con)
    rows = {"core.reader_versions": [{"reader_version": "r1", "recorded_at": "2026-01-01 00:00:00+00"}], **tables}
    if "core.publishers" not in tables:
        for table, known in known_publishers(tables).items():
            rows[table] = [*rows.get(table, []), *known]
    types = {deal["deal_id"]: deal.get("type") for deal in tables.get("core.deals", [])}
    for table, given in rows.items():
        for row in given:
            row = {**DEFAULTS.get(table, {}), **row}
            if table == "core.deal_revisions":  # has the type of its deal unless told otherwise
                row = {"type": types.get(row["deal_id"]), **row}
            columns = ", ".join(f'"{name}"' for name in row)
            con.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def known_publishers(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """A registry that knows each publisher of the case, as a family of its own, where the case tells of none."""
    told = [{**DEFAULTS["core.articles"], **row}["publisher"] for row in tables.get("core.articles", [])]
    names = sorted({name for name in told if name})
    return {
        "core.publishers": [{"publisher_id": n, "name": n, "kind": "press", "family": n, "tier": 2} for n in names],
        "core.registry_names": [
            {"thing": "publisher", "registry_id": n, "name": n, "folded_name": n.lower(), "position": 0} for n in names
        ],
    }


def plain(value: Any) -> Any:
    """Values as YAML tells them."""
    return float(value) if type(value).__name__ == "Decimal" else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_mart_gives_what_is_expected(case: Path) -> None:
    mart = catalog.load().table(f"mart.{case.parent.name}")
    expected = load_yaml(case / "expect.yml")
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'America/New_York'")
        give(con, load_yaml(case / "given.yml"))
        result = con.execute(marts.published_sql(mart.name, marts.columns(con, mart), mart.sort))
        names = [column[0] for column in result.description]
        found = [dict(zip(names, map(plain, row), strict=True)) for row in result.fetchall()]
    shown = [{name: row[name] for name in wanted} for row, wanted in zip(found, expected, strict=False)]
    assert shown == expected
    assert len(found) == len(expected)


def test_every_mart_has_a_case() -> None:
    assert {case.parent.name for case in CASES} == {mart.short_name for mart in catalog.load().marts}
