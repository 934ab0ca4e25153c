"""What the tape said on each day stays as it was said, whatever people decide and take back between; and it does not
count when they decide."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extractors.records import DealDescription, Decision
from flows.steps.decide import decide
from flows.steps.resolve import resolve_deals
from tests.flows.test_resolve import NOW, TIMELINES, VERSION, load
from warehouse.connection import open_writer
from warehouse.macros import macro_sql
from warehouse.pending import select

SHOWN = "deal_id, parties, status, value_amount, power_mw"
RUNS = 4


def shown(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """What readers see now."""
    return con.execute(f"SELECT {SHOWN} FROM mart.deals ORDER BY ALL").fetchall()


def resolved(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """The claims of each deal, by the machine."""
    return con.execute(
        "SELECT list(deal_mention_id ORDER BY deal_mention_id) AS claims FROM core.last_decisions "
        "WHERE deal_id IS NOT NULL GROUP BY deal_id ORDER BY claims"
    ).fetchall()


def words(con: duckdb.DuckDBPyConnection, dice: random.Random, at: datetime) -> Iterator[Decision]:
    """A word of each kind on deals of the tape, and one that splits a deal where one is told twice."""
    deals = [
        DealDescription(deal_id=row["deal_id"], parties=tuple(row["names"]), articles=tuple(row["urls"]))
        for row in select(
            con,
            "SELECT deal_id, list(DISTINCT name) AS names, list(DISTINCT url) AS urls "
            "FROM mart.deal_parties JOIN mart.deal_evidence USING (deal_id) WHERE url IS NOT NULL "
            "GROUP BY deal_id ORDER BY deal_id",
        )
    ]
    names = select(con, "SELECT DISTINCT name FROM core.deal_mention_parties WHERE company_id IS NULL ORDER BY name")
    if not deals:
        return
    one, other, third = dice.choices(deals, k=3)
    told: list[tuple[str, dict[str, Any]]] = [
        ("same", {"deals": (one, other)}),
        ("different", {"deals": (other, third)}),
        ("reject", {"deals": (third,)}),
        ("fix", {"deals": (one,), "slot": "power", "value": f"{dice.randrange(1, 99)} MW"}),
        ("alias", {"name": dice.choice(names)["name"], "company_id": "coreweave"}),
    ]
    for deal in deals:
        first, *rest = sorted(deal.articles)
        if rest:
            told.append(
                ("different", {"deals": (replace(deal, articles=(first,)), replace(deal, articles=tuple(rest)))})
            )
    for kind, about in told:
        made = f"{kind} {about} {at}"
        yield Decision(decision_id=made, kind=kind, decided_by="Ana", decided_at=at, reason="seen", **about)


@pytest.mark.parametrize(("name", "seed"), [("tl-dev-05", 1), ("tl-dev-09", 2)])
def test_deals_as_of_each_run_are_what_was_shown_after_it(tmp_path: Path, name: str, seed: int) -> None:
    dice, documents = random.Random(seed), TIMELINES[name]
    said: dict[datetime, list[tuple[object, ...]]] = {}
    standing: list[Decision] = []
    with open_writer(tmp_path / "grown.duckdb") as con:
        for k in range(RUNS):
            at = NOW + timedelta(days=k)
            load(con, documents[k::RUNS])
            resolve_deals(con, VERSION, at=at, decisions=standing)
            decide(con, standing, VERSION, at)
            said[at] = shown(con)
            offered = [*standing, *words(con, dice, at)]
            standing = dice.sample(offered, min(4, len(offered)))
        con.execute(f"CREATE MACRO deals_as_of(moment) AS TABLE\n{macro_sql('deals_as_of')}")
        for at, told in said.items():
            for moment in (at, at + timedelta(hours=23)):
                asked = f"SELECT {SHOWN} FROM deals_as_of(?) ORDER BY ALL"
                assert con.execute(asked, [moment.replace(tzinfo=None)]).fetchall() == told
        resolve_deals(con, VERSION, at=NOW, decisions=standing)
        grown = resolved(con)
    with open_writer(tmp_path / "at_once.duckdb") as con:
        load(con, documents)
        resolve_deals(con, VERSION, at=NOW, decisions=standing)
        assert resolved(con) == grown
