"""What is still to be done: each stage's work list, computed from the tables, so that a killed run simply goes on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from extractors.records import (
    Claim,
    DealMention,
    FeedState,
    HostHold,
    Party,
    Place,
    RawDocument,
)
from warehouse.slots import NOWHERE, Span, slots_from, split

Connection = duckdb.DuckDBPyConnection
FOLDER = Path(__file__).parent / "queries"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STATE_TIMES = ("last_polled_at", "last_changed_at", "next_poll_at", "last_body_at", "last_entry_at", "proposed_at")
STATE_TEXTS = ("etag", "last_modified", "content_hash", "error_code", "error_message", "moved_url", "proposed_url")


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingPage:
    """A news item whose page is to be retrieved, with what the feed said of it."""

    item_id: str
    url: str
    feed_id: str
    entry_id: str
    title: str
    publisher: str
    published_at: datetime | None


class Evidence(NamedTuple):
    """The words that a slot of a claim was read from, and its value as text."""

    value: str
    start_char: int
    end_char: int
    surface: str
    confidence: float


def feed_states(con: Connection) -> dict[str, FeedState]:
    """feed_id -> what its last poll left behind."""
    told = {name: f"epoch_us({name}) AS {name}" for name in STATE_TIMES}  # as numbers, see moment
    told |= {name: f"coalesce({name}, '') AS {name}" for name in STATE_TEXTS}
    names = FeedState._fields
    found = con.execute(
        f"SELECT {', '.join(told.get(name, name) for name in names)} FROM raw.feed_state ORDER BY feed_id"
    )
    # column by column: every run reads all rows of the table
    values: dict[str, Iterable[Any]] = found.to_arrow_table().to_pydict()
    values |= {name: map(moment, values[name]) for name in STATE_TIMES}
    values |= {name: map(split, values[name]) for name in ("skip_days", "alarm_codes")}
    values["skip_hours"] = (tuple(map(int, split(text))) for text in values["skip_hours"])
    return {state.feed_id: state for state in map(FeedState, *(values[name] for name in names))}


def feed_alarms(con: Connection) -> list[dict[str, Any]]:
    """Alarms of feeds with whether they last, newest first."""
    return select(
        con,
        "SELECT feed_alarms.*, coalesce("
        "    list_contains(string_split(feed_state.alarm_codes, '; '), feed_alarms.code)"
        "    AND raised_at = max(raised_at) OVER (PARTITION BY feed_alarms.feed_id, code), false"
        ") AS is_lasting "
        "FROM raw.feed_alarms LEFT JOIN raw.feed_state USING (feed_id) ORDER BY raised_at DESC, feed_id, code",
    )


def host_holds(con: Connection) -> dict[str, HostHold]:
    """host -> until when it is to be left alone, also where that is over."""
    return {row["host"]: HostHold(**row) for row in select(con, "SELECT * FROM raw.host_state ORDER BY host")}


def entries_without_page(con: Connection, *, max_attempts: int = 5) -> list[PendingPage]:
    """News items whose page is to be retrieved, newest first, without those that failed ``max_attempts`` times."""
    found = select_file(con, "entries_without_page", {"max_attempts": max_attempts})
    return [PendingPage(**told(row, ("publisher",))) for row in found]


def accepted_version(con: Connection) -> str | None:
    """The version of the reader that the tape is kept by; None before anything was resolved."""
    found = select(con, "SELECT reader_version FROM core.current_reader_version")
    return found[0]["reader_version"] if found else None


def documents_to_read(con: Connection, reader_version: str) -> list[RawDocument]:
    """The document of each news item that counts and that this version has not read, oldest first."""
    texts = ("url", "content_type", "feed_id", "entry_id", "title", "publisher")
    found = select_file(con, "documents_to_read", {"reader_version": reader_version})
    return [RawDocument(**told(row, texts)) for row in found]


def claims(con: Connection, reader_version: str, ids: Sequence[str]) -> list[Claim]:
    """The claims with these deal_mention_ids, as they were made: by time, then by id."""
    if not ids:
        return []
    parties: dict[str, list[Party]] = defaultdict(list)
    for mention_id, role, name, surface, company_id, start_char, end_char, confidence in con.execute(
        "SELECT deal_mention_id, role, name, surface, company_id, start_char, end_char, confidence "
        "FROM core.deal_mention_parties "
        "WHERE deal_mention_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY deal_mention_id, position",
        [ids],
    ).fetchall():
        parties[mention_id].append(
            Party(
                role=role,
                name=name,
                mention=surface,
                company_id=company_id or "",
                start_char=start_char,
                end_char=end_char,
                confidence=confidence,
            )
        )
    evidence: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for mention_id, slot, *told in con.execute(
        "SELECT deal_mention_id, slot, value, start_char, end_char, surface, confidence FROM core.slot_evidence "
        "WHERE deal_mention_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY deal_mention_id, slot",
        [ids],
    ).fetchall():
        evidence[mention_id][slot] = Evidence(*told)
    return [
        Claim(
            mention=deal_mention(row, parties[row["deal_mention_id"]], evidence[row["deal_mention_id"]]),
            article_id=row["article_id"],
            published_at=moment(row["published_at"]),
            first_seen_at=EPOCH + timedelta(microseconds=row["first_seen_at"]),
            publisher=row["publisher"] or "",
            is_own_word=row["is_own_word"],
        )
        for row in select_file(con, "claims", {"reader_version": reader_version, "ids": ids})
    ]


def deal_mention(row: dict[str, Any], parties: Iterable[Party], evidence: Mapping[str, Evidence]) -> DealMention:
    """A stored claim as the record it was; ``evidence`` by slot."""
    places = sorted((s for s in evidence if s.startswith("location:")), key=lambda s: int(s.partition(":")[2]))

    def span_of(slot: str) -> Span:
        found = evidence.get(slot)
        return (found.start_char, found.end_char, found.surface) if found else NOWHERE

    trigger = evidence["trigger"]
    return DealMention(
        deal_mention_id=row["deal_mention_id"],
        type=row["type"],
        status=row["status"],
        focus=row["focus"],
        parties=tuple(parties),
        **slots_from(row, span_of),
        locations=tuple(
            Place(name=found.value, start_char=found.start_char, end_char=found.end_char)
            for found in map(evidence.__getitem__, places)
        ),
        trigger_start_char=trigger.start_char,
        trigger_end_char=trigger.end_char,
        sentence_start_char=row["sentence_start_char"],
        sentence_end_char=row["sentence_end_char"],
        confidence=row["confidence"],
        rules=split(row["rules"]),
        slot_confidence=tuple(
            (slot, found.confidence) for slot, found in evidence.items() if found.confidence != row["confidence"]
        ),
        is_reduction=row["is_reduction"],
    )


def grouped(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """deal_mention_id -> its rows."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["deal_mention_id"]].append(row)
    return found


def told(row: dict[str, Any], texts: Iterable[str]) -> dict[str, Any]:
    """The row with "" for null in these columns: records say "" where nothing was told."""
    return {**row, **{name: row[name] or "" for name in texts}}


def select_file(con: Connection, name: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of ``queries/<name>.sql``."""
    return select(con, query_sql(name), parameters)


@cache
def query_sql(name: str) -> str:
    """The text of a query file."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def select(con: Connection, sql: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Rows by column name; times in UTC."""
    result = con.execute(sql, parameters or None)
    names = [column[0] for column in result.description]
    times = [column[0] for column in result.description if column[1] == "TIMESTAMP WITH TIME ZONE"]
    found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    for row in found if times else ():
        row.update({name: in_utc(row[name]) for name in times})
    return found


def moment(microseconds: int | None) -> datetime | None:
    """The time so long after 1970: DuckDB's driver takes longer over a time than over a row of numbers."""
    return None if microseconds is None else EPOCH + timedelta(microseconds=microseconds)


def in_utc(value: datetime | None) -> datetime | None:
    """DuckDB hands out times in the session's zone as pytz objects; ours are plain UTC."""
    return value.astimezone(UTC) if value else None
