"""Decide: what people said of deals and names goes before what the machine reads, at every run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from extractors.deals.decided import apply_decisions
from extractors.parties.identity import fold_name
from extractors.records import Decision
from extractors.registry import load
from flows.overrides import Overrides, read_overrides
from flows.settings import Settings, did_you_mean
from flows.tape import open_tape
from warehouse.connection import is_there
from warehouse.decisions import decidable_deals, has_decisions, load_decided, unknown_parties
from warehouse.load import Connection
from warehouse.pending import select


def standing(overrides: Overrides) -> list[Decision]:
    """The decisions of the file that count: of companies that there are."""
    return [decision for decision in overrides.decisions if not dangling(decision)]


def decide(con: Connection, decisions: Sequence[Decision], version: str, at: datetime) -> int:
    """Applies the decisions to the tape of a version; gives the number of rows that this added."""
    if not decisions and not has_decisions(con, version):
        return 0
    folded = {fold_name(decision.name) for decision in decisions if decision.kind == "alias"}
    names = [name for name in unknown_parties(con, version) if fold_name(name) in folded] if folded else []
    deals = decidable_deals(con, version, decisions, names)
    decided = apply_decisions(decisions, deals)
    return load_decided(con, decisions, deals, decided, reader_version=version, recorded_at=at)


def dangling(decision: Decision) -> str:
    """Why a decision speaks of a company that the registry has not; "" where it does not."""
    companies = load().companies
    if decision.kind != "alias" or decision.company_id in companies:
        return ""
    return f"no company {decision.company_id!r} in the registry{did_you_mean(decision.company_id, companies)}"


def complaints_about_overrides(settings: Settings) -> list[str]:
    """A line for each entry that is wrong, dangles or does not apply to the tape that is shown."""
    overrides = read_overrides(settings.overrides)
    lines = list(overrides.complaints)
    by_id = {decision.decision_id: decision for decision in overrides.decisions}
    for decision_id, line in overrides.lines.items():
        if why := dangling(by_id[decision_id]):
            lines.append(f"{settings.overrides}:{line}: {why}; the entry is left out")
    if not overrides.decisions or not is_there(settings.warehouse):
        return lines
    with open_tape(settings) as con:
        idle = select(
            con, "SELECT decision_id, kind, message FROM core.current_decisions WHERE outcome = 'not_applicable'"
        )
    for row in idle:
        if row["decision_id"] in overrides.lines:
            place = f"{settings.overrides}:{overrides.lines[row['decision_id']]}"
            lines.append(f"{place}: this {row['kind']} does not apply now: {row['message']}")
    return sorted(lines)
