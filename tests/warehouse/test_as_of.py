"""What the tape said at a moment: the log answers as a replay of all that was recorded until then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.samples import NOW
from tests.warehouse.test_marts import give
from warehouse.macros import macro_sql


@dataclass(frozen=True)
class Event:
    """Something that was recorded: a version accepted, a revision of a deal, an ending or return of one, or what people
    say of one now: DECIDED."""

    kind: str
    version: str
    deal: str
    number: int  # places events of one moment in order

    @property
    def mention(self) -> str:
        """The claim of a revision."""
        return f"{self.version}-{self.deal}-{self.number}"


Log = list[tuple[int, Event]]
# what is recorded of a deal after a decision: its standing, and whether it has a state by people
DECIDED = {
    "fix": ("machine", True),
    "alias": ("machine", True),
    "reject": ("withdrawn", False),
    "same": ("merged", False),
    "same, the one that stays": ("standing", True),
    "different": ("standing", False),
    "taken back": ("machine", False),
}


def at(hour: int) -> datetime:
    return NOW + timedelta(hours=hour)


@st.composite
def logs(draw: st.DrawFn) -> list[tuple[int, Event]]:
    """(hour, event) in the order of recording; r1 is accepted first, a deal ends only after it was told."""
    found = [(0, Event("accepted", "r1", "", 0))]
    hour, told = 0, set()
    for number in range(1, draw(st.integers(1, 14)) + 1):
        hour += draw(st.integers(0, 2))
        version, deal = draw(st.sampled_from(["r1", "r2"])), draw(st.sampled_from(["d1", "d2"]))
        kinds = ["revised", "accepted"]
        kinds += ["withdrawn", "restored", *DECIDED] if (version, deal) in told else []
        kind = draw(st.sampled_from(kinds))
        if kind == "revised":
            told.add((version, deal))
        found.append((hour, Event(kind, version, deal, number)))
    return found


def replayed(log: Log, hour: int) -> dict[str, tuple[str, str]]:
    """deal -> claim of the revision that the tape showed at that hour, and the status that it gave the deal."""
    shown: dict[tuple[str, str], str] = {}
    gone: set[tuple[str, str]] = set()
    decided: dict[tuple[str, str], Event] = {}
    in_force = ""
    for when, event in log:
        if when > hour:
            break
        own = event.version, event.deal
        if event.kind == "accepted":
            in_force = event.version
        elif event.kind == "revised":
            shown[own] = event.mention
        elif event.kind == "withdrawn":
            gone.add(own)
        elif event.kind == "restored":
            gone.discard(own)
        else:
            decided[own] = event
    found = {}
    for own, mention in shown.items():
        standing, has_state = DECIDED[decided[own].kind] if own in decided else ("machine", False)
        is_shown = own not in gone if standing == "machine" else standing == "standing"
        if own[0] == in_force and is_shown:
            found[own[1]] = mention, decided[own].mention if has_state else "announced"
    return found


def tables_of(log: Log) -> dict[str, list[dict[str, object]]]:
    """The rows that a run would have recorded."""
    tables: dict[str, list[dict[str, object]]] = {
        f"core.{name}": [] for name in ("reader_versions", "deals", "deal_revisions", "deal_endings", "decided_deals")
    }
    known = set()
    for when, event in log:
        own = {"deal_id": event.deal, "reader_version": event.version, "recorded_at": at(when)}
        if event.kind == "accepted":
            tables["core.reader_versions"].append(
                {"acceptance": event.number, "reader_version": event.version, "recorded_at": at(when)}
            )
        elif event.kind == "revised":
            if (event.deal, event.version) not in known:
                tables["core.deals"].append({**own, "type": "lease"})
                known.add((event.deal, event.version))
            tables["core.deal_revisions"].append(
                {**own, "revision": event.number, "deal_mention_id": event.mention, "status": "announced", "edition": 1}
            )
        elif event.kind in DECIDED:
            standing, has_state = DECIDED[event.kind]
            told = {"standing": standing, "has_state": has_state, "status": event.mention if has_state else None}
            tables["core.decided_deals"].append({**own, **told, "decided": event.number})
        else:
            tables["core.deal_endings"].append({**own, "ending": event.number, "kind": event.kind})
    return tables


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Empty tables with their views and the macro."""
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        give(con, {"core.reader_versions": []})
        con.execute(f"CREATE MACRO deals_as_of(moment) AS TABLE\n{macro_sql('deals_as_of')}")
        yield con


@settings(max_examples=20, deadline=None)
@given(log=logs())
def test_deals_as_of_any_moment_are_a_replay_of_the_log(con: duckdb.DuckDBPyConnection, log: Log) -> None:
    for table, found in tables_of(log).items():
        con.execute(f"DELETE FROM {table}")
        for row in found:
            con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()])
    for hour in {-1, *(hour for hour, _ in log), log[-1][0] + 1}:
        asked = at(hour).replace(tzinfo=None)
        found = con.execute("SELECT deal_id, deal_mention_id, status FROM deals_as_of(?)", [asked]).fetchall()
        assert sorted(found) == sorted((deal, *told) for deal, told in replayed(log, hour).items())
