"""Decisions of people: the deals that they could mean, and what is kept of them. Rows are added, never changed."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb

from extractors.records import (
    Claim,
    DealDescription,
    DealState,
    DecidableDeal,
    Decided,
    DecidedDeal,
    Decision,
    DecisionOutcome,
    Party,
)
from warehouse.append import Row, append
from warehouse.connection import transaction
from warehouse.pending import EPOCH, claims, select, select_file
from warehouse.slots import NOWHERE, SLOTS, joined, slot_columns, slots_from, split, value_text

Connection = duckdb.DuckDBPyConnection
MACHINE = "machine"


def decidable_deals(
    con: Connection, reader_version: str, decisions: Sequence[Decision], names: Sequence[str] = ()
) -> list[DecidableDeal]:
    """The deals that these decisions could mean or that have a party of these names, as the machine tells them."""
    meant = [deal for decision in decisions for deal in decision.deals]
    found = select_file(
        con,
        "decidable_deals",
        {
            "reader_version": reader_version,
            "ids": sorted({deal.deal_id for deal in meant}),
            "urls": sorted({url for deal in meant for url in deal.articles}),
            "names": list(names),
        },
    )
    urls: dict[str, set[str]] = defaultdict(set)
    deal_of: dict[str, str] = {}
    for row in found:
        urls[row["deal_id"]] |= {url for url in (row["url"], row["canonical_url"]) if url}
        deal_of[row["deal_mention_id"]] = row["deal_id"]
    made_from: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims(con, reader_version, list(deal_of)):
        made_from[deal_of[claim.mention.deal_mention_id]].append(claim)
    endings = machine_endings(con, reader_version, list(urls))
    return [
        DecidableDeal(
            state=state,
            articles=frozenset(urls[state.deal_id]),
            ended=endings.get(state.deal_id, ("", ""))[0],
            into_deal_id=endings.get(state.deal_id, ("", ""))[1],
        )
        for state in machine_states(con, reader_version, made_from)
    ]


def unknown_parties(con: Connection, reader_version: str) -> list[str]:
    """Names of parties to deals that no registry knows."""
    rows = select(
        con,
        "SELECT DISTINCT name FROM core.deal_parties WHERE reader_version = $version AND company_id IS NULL ORDER BY 1",
        {"version": reader_version},
    )
    return [row["name"] for row in rows]


def machine_states(con: Connection, reader_version: str, made_from: Mapping[str, list[Claim]]) -> list[DealState]:
    """The newest state of these deals by the machine, with their claims, by deal_id."""
    wanted = {"version": reader_version, "ids": list(made_from)}
    of_these = "reader_version = $version AND list_contains($ids::VARCHAR[], deal_id)"
    parties: dict[tuple[str, int], list[Party]] = defaultdict(list)
    for row in select(con, f"SELECT * FROM core.deal_parties WHERE {of_these} ORDER BY deal_id, position", wanted):
        parties[row["deal_id"], row["revision"]].append(
            Party(
                role=row["role"],
                name=row["name"],
                mention=row["surface"],
                company_id=row["company_id"] or "",
                start_char=0,
                end_char=0,
                confidence=row["confidence"],
            )
        )
    newest = select(
        con,
        "SELECT * FROM core.deal_revisions "
        f"WHERE {of_these} QUALIFY row_number() OVER (PARTITION BY deal_id ORDER BY edition DESC, revision DESC) = 1 "
        "ORDER BY deal_id",
        wanted,
    )
    return [
        DealState(
            deal_id=row["deal_id"],
            type=row["type"],
            status=row["status"],
            parties=tuple(parties[row["deal_id"], row["revision"]]),
            **slots_from(row, lambda _: NOWHERE),
            locations=split(row["locations"]),
            first_as_of=min(claim.as_of for claim in made_from[row["deal_id"]]),
            last_as_of=max(claim.as_of for claim in made_from[row["deal_id"]]),
            revision=row["revision"],
            sources=tuple(sorted(json.loads(row["sources"]).items())),
            claims=tuple(made_from[row["deal_id"]]),
        )
        for row in newest
    ]


def machine_endings(con: Connection, reader_version: str, deal_ids: list[str]) -> dict[str, tuple[str, str]]:
    """deal_id -> (merged or withdrawn, the deal that it was merged into) of those off the tape."""
    rows = select(
        con,
        "SELECT deal_id, kind, into_deal_id FROM core.deal_endings "
        "WHERE reader_version = $version AND list_contains($ids::VARCHAR[], deal_id) "
        "QUALIFY row_number() OVER (PARTITION BY deal_id ORDER BY ending DESC) = 1",
        {"version": reader_version, "ids": deal_ids},
    )
    return {row["deal_id"]: (row["kind"], row["into_deal_id"] or "") for row in rows if row["kind"] != "restored"}


def decisions_on_record(con: Connection, reader_version: str, kinds: Sequence[str]) -> list[Decision]:
    """The decisions of these kinds that stood when the tape of this version was decided on last, by id."""
    rows = last_events(con, reader_version)
    return [_decision_of(row) for row in rows if row["kind"] in kinds and row["outcome"] != "lifted"]


def last_events(con: Connection, reader_version: str) -> list[dict[str, Any]]:
    """What came of each decision on the tape of this version the last time, by id."""
    return select(
        con,
        "SELECT * FROM core.decisions WHERE reader_version = $version "
        "QUALIFY row_number() OVER (PARTITION BY decision_id ORDER BY event DESC) = 1 ORDER BY decision_id",
        {"version": reader_version},
    )


def _decision_of(row: Mapping[str, Any]) -> Decision:
    """A stored decision as far as it speaks of names and articles."""
    subject = json.loads(row["subject"])
    deals = subject if isinstance(subject, list) else []
    return Decision(
        decision_id=row["decision_id"],
        kind=row["kind"],
        deals=tuple(
            DealDescription(
                deal_id=deal["deal_id"],
                type=deal["type"],
                parties=tuple(deal["parties"]),
                first_told=deal["first_told"],
                articles=tuple(deal["articles"]),
            )
            for deal in deals
        ),
        name="" if deals else subject["name"],
        company_id="" if deals else row["value"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        reason=row["reason"],
    )


def has_decisions(con: Connection, reader_version: str) -> bool:
    """Whether anything was ever decided on this tape."""
    found = con.execute("SELECT 1 FROM core.decisions WHERE reader_version = ? LIMIT 1", [reader_version]).fetchone()
    return found is not None


def load_decided(
    con: Connection,
    decisions: Sequence[Decision],
    deals: Sequence[DecidableDeal],
    decided: Decided,
    *,
    reader_version: str,
    recorded_at: datetime,
) -> int:
    """Keeps what people say now where that is not what they said last; gives the number of rows added."""
    with transaction(con):
        stamp = {"reader_version": reader_version, "recorded_at": recorded_at}
        said = deal_rows(con, decided.deals, reader_version)
        parties = [
            {"deal_id": deal.deal_id, "reader_version": reader_version, "decided": row["decided"], **party}
            for deal, row in said
            if deal.state
            for party in party_rows(deal.state)
        ]
        states = {deal.state.deal_id: deal.state for deal in deals}
        events = event_rows(con, decisions, decided.outcomes, states, reader_version)
        added = append(con, "core.decided_deals", [{**row, **stamp} for _, row in said])
        added += append(con, "core.decided_parties", parties)
        added += append(con, "core.decisions", [{**row, **stamp} for row in events])
    return added


def deal_rows(
    con: Connection, decided: Sequence[DecidedDeal], reader_version: str
) -> list[tuple[DecidedDeal, dict[str, Any]]]:
    """Rows of core.decided_deals for the deals of which something else is said than before."""
    rows = select(
        con,
        "SELECT deal_id, decided, state_hash, standing, has_state FROM core.decided_deals "
        "WHERE reader_version = $version "
        "QUALIFY row_number() OVER (PARTITION BY deal_id ORDER BY decided DESC) = 1 ORDER BY deal_id",
        {"version": reader_version},
    )
    last = {row["deal_id"]: row for row in rows}
    now = {deal.deal_id: deal for deal in decided}
    lifted = [
        DecidedDeal(deal_id=deal_id, standing=MACHINE)
        for deal_id, row in last.items()
        if deal_id not in now and (row["has_state"] or row["standing"] != MACHINE)
    ]
    found = []
    for deal in (*now.values(), *lifted):
        row = deal_row(deal)
        before = last.get(deal.deal_id)
        if before is None or before["state_hash"] != row["state_hash"]:
            found.append((deal, {**row, "decided": (before["decided"] if before else 0) + 1}))
    return found


def deal_row(deal: DecidedDeal) -> dict[str, Any]:
    """All that is said of a deal, with a hash over it."""
    state = deal.state
    columns = slot_columns(state) if state else dict.fromkeys(EMPTY_SLOTS)
    row = {
        "deal_id": deal.deal_id,
        "standing": deal.standing,
        "into_deal_id": deal.into_deal_id,
        "has_state": state is not None,
        "type": state and state.type,
        "status": state and state.status,
        **columns,
        "sources": json.dumps(dict(state.sources), sort_keys=True) if state else None,
        "decision_ids": joined(deal.decision_ids),
    }
    said = json.dumps([row, party_rows(state) if state else []], sort_keys=True, default=str)
    return {**row, "state_hash": hashlib.sha256(said.encode()).hexdigest()}


def party_rows(state: DealState) -> list[dict[str, Any]]:
    """The parties of a state, in order."""
    return [
        {"position": position, "role": party.role, "name": party.name, "company_id": party.company_id}
        for position, party in enumerate(state.parties)
    ]


def event_rows(
    con: Connection,
    decisions: Sequence[Decision],
    outcomes: Sequence[DecisionOutcome],
    states: Mapping[str, DealState],
    reader_version: str,
) -> list[Row]:
    """Rows of core.decisions for the decisions of which something else came than before, or that were taken back."""
    last = {row["decision_id"]: row for row in last_events(con, reader_version)}
    by_id = {decision.decision_id: decision for decision in decisions}
    found: list[Row] = []
    for outcome in outcomes:
        decision, before = by_id[outcome.decision_id], last.get(outcome.decision_id)
        came = (outcome.outcome, outcome.message, joined(outcome.deal_ids))
        if before and came == (before["outcome"], before["message"] or "", before["deal_ids"] or ""):
            continue
        found.append(
            {
                "decision_id": decision.decision_id,
                "event": before["event"] + 1 if before else 1,
                "kind": decision.kind,
                "subject": subject_of(decision),
                "slot": decision.slot,
                "value": decision.value or decision.company_id,
                "decided_by": decision.decided_by,
                "decided_at": decision.decided_at,
                "reason": decision.reason,
                "outcome": outcome.outcome,
                "message": outcome.message,
                "deal_ids": joined(outcome.deal_ids),
                "state_before": json.dumps(
                    {deal_id: state_texts(states[deal_id]) for deal_id in outcome.deal_ids}, sort_keys=True
                )
                if outcome.deal_ids
                else None,
            }
        )
    for decision_id, row in last.items():
        if decision_id not in by_id and row["outcome"] != "lifted":
            kept = {name: value for name, value in row.items() if name not in ("reader_version", "recorded_at")}
            found.append({**kept, "event": row["event"] + 1, "outcome": "lifted", "message": "taken back"})
    return found


def subject_of(decision: Decision) -> str:
    """What a decision is about, as JSON."""
    if decision.name:
        return json.dumps({"name": decision.name}, ensure_ascii=False)
    return json.dumps(
        [
            {
                "deal_id": deal.deal_id,
                "type": deal.type,
                "parties": list(deal.parties),
                "first_told": deal.first_told,
                "articles": list(deal.articles),
            }
            for deal in decision.deals
        ],
        ensure_ascii=False,
    )


def state_texts(state: DealState) -> dict[str, str]:
    """slot -> its value for reading, of the slots that are filled."""
    columns = slot_columns(state)
    texts = {
        "type": state.type,
        "status": state.status,
        "parties": joined(f"{party.name} ({party.role})" for party in state.parties),
        **{slot: value_text(slot, columns) for slot in SLOTS},
        "locations": joined(state.locations),
    }
    return {slot: text for slot, text in texts.items() if text}


def _empty_slots() -> tuple[str, ...]:
    """The columns of a state without any."""
    nothing = DealState(deal_id="", type="", parties=(), status="", first_as_of=EPOCH, last_as_of=EPOCH)
    return tuple(slot_columns(nothing))


EMPTY_SLOTS = _empty_slots()
