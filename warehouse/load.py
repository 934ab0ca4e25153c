"""Records into the warehouse: one transaction a call, and calling twice is calling once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import duckdb
import pyarrow as pa

from extractors.records import (
    POLL_TIMES,
    FeedPoll,
    HostHold,
    Issue,
    LoadCounts,
    PageFailure,
    RawDocument,
    ReadDocument,
    ReferenceRate,
)
from warehouse import rows
from warehouse.append import append
from warehouse.connection import transaction

CLOCK_SLIP = timedelta(days=1)
Connection = duckdb.DuckDBPyConnection


def load_polls(con: Connection, polls: Sequence[FeedPoll], documents: Sequence[RawDocument] = ()) -> LoadCounts:
    """What polls of feeds brought: fetches, entries, states and issues.

    The validators of a feed move in the transaction that stores its entries. ``documents`` may hold the entries' own
    texts, so that no run can be killed between an entry and its text.
    """
    with transaction(con):
        move_poll_times(con, [poll for poll in polls if poll.is_quiet])
        polls = [poll for poll in polls if not poll.is_quiet]
        if not polls:
            return LoadCounts()
        told = feed_errors(con)
        fetches = [
            rows.collected.feed_fetch(poll) for poll in polls if is_worth_a_row(poll, told.get(poll.state.feed_id))
        ]
        entries = [
            rows.collected.entry(poll.state.feed_id, seen, poll.polled_at)
            for poll in sorted(polls, key=lambda poll: poll.polled_at)
            for seen in poll.entries
        ]
        alarms = [rows.collected.feed_alarm(alarm) for poll in polls for alarm in poll.alarms]
        counts = LoadCounts(
            added=(
                ("raw.feed_fetches", append(con, "raw.feed_fetches", fetches)),
                ("raw.entries", append(con, "raw.entries", entries)),
                ("raw.documents", append(con, "raw.documents", map(rows.collected.document, documents))),
                ("raw.feed_alarms", append(con, "raw.feed_alarms", alarms)),
                ("core.issues", sum(add_issues(con, poll.issues, seen_at=poll.polled_at) for poll in polls)),
            )
        )
        add_rates(con, [rate for poll in polls for rate in poll.rates])
        replace_feed_states(con, polls)
        replace_host_holds(con, [poll.hold for poll in polls if poll.hold])
    return counts


def is_worth_a_row(poll: FeedPoll, told: tuple[str, int | None] | None) -> bool:
    """True where the poll brought a new body, or failed in another way than the poll before it."""
    if poll.outcome == "failed":
        return told != (poll.state.error_code, poll.state.last_status_code)
    return poll.outcome == "new"


def feed_errors(con: Connection) -> dict[str, tuple[str, int | None]]:
    """feed_id -> (error code, status code) of the last poll, "" and None where it went well."""
    found = con.execute("SELECT feed_id, coalesce(error_code, ''), last_status_code FROM raw.feed_state").fetchall()
    return {feed_id: (code, status_code) for feed_id, code, status_code in found}


def replace_feed_states(con: Connection, polls: Sequence[FeedPoll]) -> None:
    """Keep the state after the newest poll of each feed; a poll older than what is kept changes nothing.

    One that is older by more than a day does: the clock was wrong then, and would have to catch up first.
    """
    newest: dict[str, FeedPoll] = {}
    for poll in polls:
        known = newest.get(poll.state.feed_id)
        if known is None or poll.polled_at >= known.polled_at:
            newest[poll.state.feed_id] = poll
    kept = dict(con.execute("SELECT feed_id, last_polled_at FROM raw.feed_state").fetchall())
    later = [
        poll
        for feed_id, poll in newest.items()
        if not kept.get(feed_id) or not timedelta() < kept[feed_id] - poll.polled_at <= CLOCK_SLIP
    ]
    delete(con, "raw.feed_state", "feed_id", [poll.state.feed_id for poll in later])
    append(con, "raw.feed_state", [rows.collected.feed_state(poll.state) for poll in later])


def revive_feeds(con: Connection, feed_ids: Iterable[str]) -> set[str]:
    """Make feeds due that are gone or dormant; gives those that were."""
    with transaction(con):
        found = con.execute(
            "SELECT feed_id FROM raw.feed_state "
            "WHERE health IN ('gone', 'dormant') AND feed_id IN (SELECT unnest(?::VARCHAR[]))",
            [list(feed_ids)],
        ).fetchall()
        revived = [feed_id for (feed_id,) in found]
        con.execute(  # without RETURNING, which a lake does not know
            "UPDATE raw.feed_state SET health = 'failing', failure_units = 0, next_poll_at = NULL "
            "WHERE feed_id IN (SELECT unnest(?::VARCHAR[]))",
            [revived],
        )
    return set(revived)


def move_poll_times(con: Connection, polls: Sequence[FeedPoll]) -> None:
    """The times of polls that changed nothing else; most are of this kind, and writing whole states takes longer."""
    if not polls:
        return
    states = [poll.state for poll in polls]
    columns = {name: [getattr(state, name) for state in states] for name in ("feed_id", *POLL_TIMES)}
    con.register("moved", pa.table(columns))
    try:
        con.execute(
            f"UPDATE raw.feed_state SET {', '.join(f'{name} = moved.{name}' for name in POLL_TIMES)} FROM moved "
            "WHERE feed_state.feed_id = moved.feed_id AND feed_state.last_polled_at <= moved.last_polled_at"
        )
    finally:
        con.unregister("moved")


def replace_host_holds(con: Connection, holds: Sequence[HostHold]) -> None:
    """Keep the longest that each host asked for; what is over by now is dropped with the next one."""
    longest = {hold.host: hold for hold in sorted(holds, key=lambda hold: hold.held_until)}
    delete(con, "raw.host_state", "host", longest)
    append(con, "raw.host_state", map(rows.collected.host_hold, longest.values()))


def add_rates(con: Connection, rates: Sequence[ReferenceRate]) -> None:
    """Rates that are not known yet, inside a running transaction; a rate published once stays as it was."""
    if not rates:
        return
    columns = {
        "currency_code": [rate.currency_code for rate in rates],
        "base_code": [rate.base_code for rate in rates],
        "rate_on": [rate.rate_on for rate in rates],
        "rate": [rate.rate for rate in rates],
        "rate_source": [rate.source for rate in rates],
    }
    con.register("told", pa.table(columns))
    try:
        con.execute(
            "INSERT INTO core.reference_rates BY NAME "
            "SELECT * FROM told ANTI JOIN core.reference_rates USING (currency_code, base_code, rate_on, rate_source) "
            "QUALIFY row_number() OVER (PARTITION BY currency_code, base_code, rate_on, rate_source ORDER BY rate) = 1"
        )
    finally:
        con.unregister("told")


def load_documents(
    con: Connection, documents: Sequence[RawDocument], failures: Sequence[PageFailure] = ()
) -> LoadCounts:
    """Retrieved documents, and the pages that could not be had (counted, to be tried again)."""
    with transaction(con):
        added = append(con, "raw.documents", map(rows.collected.document, documents))
        delete(con, "raw.page_state", "item_id", [raw.item_id for raw in documents if raw.kind == "page"])
        note_page_failures(con, failures)
    return LoadCounts(added=(("raw.documents", added),))


def note_page_failures(con: Connection, failures: Sequence[PageFailure]) -> None:
    """Count attempts; one that is noted already, or whose page came meanwhile, counts nothing."""
    items = [failure.item_id for failure in failures]
    known = {
        item_id: (attempts, last_attempt_at)
        for item_id, attempts, last_attempt_at in con.execute(
            "SELECT item_id, attempts, last_attempt_at FROM raw.page_state "
            "WHERE item_id IN (SELECT unnest(?::VARCHAR[]))",
            [items],
        ).fetchall()
    }
    having_page = {
        item_id
        for (item_id,) in con.execute(
            "SELECT item_id FROM raw.documents WHERE kind = 'page' AND item_id IN (SELECT unnest(?::VARCHAR[]))",
            [items],
        ).fetchall()
    }
    noted = {}
    for failure in sorted(failures, key=lambda failure: failure.attempted_at):
        attempts, last_attempt_at = known.get(failure.item_id, (0, None))
        if failure.item_id in having_page or (last_attempt_at and failure.attempted_at <= last_attempt_at):
            continue
        known[failure.item_id] = (attempts + 1, failure.attempted_at)
        noted[failure.item_id] = {
            "item_id": failure.item_id,
            "url": failure.url,
            "attempts": attempts + 1,
            "last_attempt_at": failure.attempted_at,
            "error_code": failure.error_code,
            "error_message": failure.error_message,
        }
    delete(con, "raw.page_state", "item_id", noted)
    append(con, "raw.page_state", noted.values())


def load_read(con: Connection, read: Sequence[ReadDocument], *, recorded_at: datetime) -> LoadCounts:
    """Everything that was read in documents: articles, mentions, claims with parties and evidence, issues."""
    with transaction(con):
        first_seen = first_seen_at(con, read)
        tables = {
            "core.articles": [rows.read.article(one, first_seen[one.raw.item_id], recorded_at) for one in read],
            "core.article_words": [rows.read.article_words(one) for one in read if one.distinct_words],
            "core.mentions": [row for one in read for row in rows.read.mentions(one)],
            "core.deal_mentions": [row for one in read for row in rows.read.deal_mentions(one, recorded_at)],
            "core.deal_mention_parties": [row for one in read for row in rows.read.deal_mention_parties(one)],
            "core.slot_evidence": [row for one in read for row in rows.read.slot_evidence(one)],
            "core.capacity_mentions": [row for one in read for row in rows.read.capacity_mentions(one)],
            "core.capex_mentions": [row for one in read for row in rows.read.capex_mentions(one)],
            "core.issues": [row for one in read for row in rows.read.issues(one, recorded_at)],
        }
        return LoadCounts(added=tuple((table, append(con, table, batch)) for table, batch in tables.items()))


def first_seen_at(con: Connection, read: Sequence[ReadDocument]) -> dict[str, datetime]:
    """item_id -> when we first saw anything of the news item, in whichever feed or document."""
    items = sorted({one.raw.item_id for one in read})
    found = dict(
        con.execute(
            "SELECT item_id, min(seen_at) FROM ("
            "  SELECT item_id, first_seen_at AS seen_at FROM raw.entries"
            "  UNION ALL SELECT item_id, retrieved_at FROM raw.documents"
            ") WHERE item_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY item_id",
            [items],
        ).fetchall()
    )
    for one in read:
        found[one.raw.item_id] = min(found.get(one.raw.item_id, one.raw.retrieved_at), one.raw.retrieved_at)
    return found


def accept_version(con: Connection, reader_version: str, *, by: str, reason: str, at: datetime) -> None:
    """From now on the marts show this version. Must run inside a transaction; nothing that was known is rewritten."""
    last = con.execute("SELECT coalesce(max(acceptance), 0) FROM core.reader_versions").fetchone()
    row = {"reader_version": reader_version, "accepted_by": by, "reason": reason, "recorded_at": at}
    append(con, "core.reader_versions", [{"acceptance": (last[0] if last else 0) + 1, **row}])


def load_issues(con: Connection, issues: Sequence[Issue], *, seen_at: datetime, reader_version: str = "") -> LoadCounts:
    """Issues with no record of their own. With ``reader_version``, those of documents that it cannot read.

    A document with an issue of stage ``parse`` or ``read`` and no article is not read again by that version.
    """
    with transaction(con):
        return LoadCounts(
            added=(("core.issues", add_issues(con, issues, seen_at=seen_at, reader_version=reader_version)),)
        )


def add_issues(con: Connection, issues: Iterable[Issue], *, seen_at: datetime, reader_version: str = "") -> int:
    """Issues that are not known yet, inside a running transaction."""
    return append(con, "core.issues", [rows.read.issue(issue, reader_version, seen_at) for issue in issues])


def delete(con: Connection, table: str, column: str, values: Iterable[str]) -> None:
    """Remove the rows of an updated table that are about to be written anew."""
    con.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?::VARCHAR[]))", [list(values)])
