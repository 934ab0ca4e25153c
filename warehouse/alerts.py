"""The outbox of alerts: what was decided, which messages carry it, what became of each try. Rows are only added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb

from extractors.records import Alert, AlertDelivery, AlertMessage, PendingMessage
from warehouse.append import append
from warehouse.connection import transaction
from warehouse.pending import query_sql, select

Connection = duckdb.DuckDBPyConnection
ALERT = "alert_id, watch, deal_id, kind, state_hash, told"


def last_mark(con: Connection) -> datetime | None:
    """Up to when what was recorded has been looked at for alerts; None: never."""
    found = con.execute("SELECT max(upto_at) FROM core.alert_marks").fetchone()
    return found[0] if found else None


def newest_record(con: Connection) -> datetime | None:
    """When the tape was changed last; None where it is empty."""
    found = con.execute(query_sql("newest_record")).fetchone()
    return found[0] if found else None


def news_since(con: Connection, since: datetime) -> list[dict[str, Any]]:
    """The deals of which something was recorded after a moment, with the columns of ``queries/alert_news.sql``."""
    return select(con, query_sql("alert_news"), {"since": since})


def last_told(con: Connection) -> dict[tuple[str, str], Alert]:
    """(watch, deal_id) -> the alert that was decided last."""
    found = con.execute(
        f"SELECT {ALERT} FROM core.alerts QUALIFY row_number() OVER "
        "(PARTITION BY watch, deal_id ORDER BY recorded_at DESC, alert_id) = 1"
    ).fetchall()
    return {(row[1], row[2]): _alert(row) for row in found}


def load_alerts(con: Connection, alerts: Sequence[Alert], *, upto: datetime, reason: str, recorded_at: datetime) -> int:
    """Keeps the alerts and moves the mark, in one transaction; gives how many are new."""
    with transaction(con):
        added = append(con, "core.alerts", [_row(alert) | {"recorded_at": recorded_at} for alert in alerts])
        append(con, "core.alert_marks", [{"upto_at": upto, "reason": reason, "recorded_at": recorded_at}])
    return added


def waiting_alerts(con: Connection, target: str) -> dict[str, list[Alert]]:
    """watch -> its alerts that no message to the target carries yet, oldest first."""
    found = con.execute(
        f"""SELECT {ALERT} FROM core.alerts WHERE NOT EXISTS (
            SELECT 1 FROM core.alert_messages AS sent WHERE sent.alert_id = alerts.alert_id AND sent.target = ?
        ) ORDER BY recorded_at, alert_id""",
        [target],
    ).fetchall()
    waiting = defaultdict(list)
    for row in found:
        waiting[row[1]].append(_alert(row))
    return dict(waiting)


def last_messages(con: Connection) -> dict[tuple[str, str], datetime]:
    """(target, watch) -> when its last message was made."""
    found = con.execute("SELECT target, watch, max(recorded_at) FROM core.alert_messages GROUP BY ALL").fetchall()
    return {(target, watch): at for target, watch, at in found}


def load_messages(con: Connection, messages: Sequence[AlertMessage], *, recorded_at: datetime) -> int:
    """Keeps which message carries which alerts, before the first try to deliver it."""
    rows = [
        {
            "message_id": message.message_id,
            "target": message.target,
            "watch": message.watch,
            "alert_id": alert_id,
            "recorded_at": recorded_at,
        }
        for message in messages
        for alert_id in message.alert_ids
    ]
    with transaction(con):
        return append(con, "core.alert_messages", rows)


def pending_messages(con: Connection) -> list[PendingMessage]:
    """The messages that are neither delivered nor given up, oldest first."""
    found = select(con, query_sql("pending_messages"))
    messages: dict[str, PendingMessage] = {}
    for row in found:
        alert = _alert(tuple(row[name] for name in ALERT.split(", ")))
        before = messages[row["message_id"]].alerts if row["message_id"] in messages else ()
        messages[row["message_id"]] = PendingMessage(
            message_id=row["message_id"],
            target=row["target"],
            watch=row["watch"],
            alerts=(*before, alert),
            failures=row["failures"],
            last_attempt_at=row["last_attempt_at"],
        )
    return list(messages.values())


def load_delivery(con: Connection, delivery: AlertDelivery) -> int:
    """Keeps what became of one try."""
    row = {
        "message_id": delivery.message_id,
        "attempted_at": delivery.attempted_at,
        "outcome": delivery.outcome,
        "error_message": delivery.error_message,
    }
    with transaction(con):
        return append(con, "core.alert_deliveries", [row])


def alert_log(con: Connection, *, limit: int) -> list[dict[str, Any]]:
    """The alerts decided last, newest first: with their targets, and what became of the last try."""
    return select(con, query_sql("alert_log"), {"limit": limit})


def _row(alert: Alert) -> dict[str, Any]:
    return {name: getattr(alert, name) for name in ALERT.split(", ")}


def _alert(row: tuple[Any, ...]) -> Alert:
    return Alert(**dict(zip(ALERT.split(", "), row, strict=True)))
