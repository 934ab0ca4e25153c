"""Which news of the tape is worth an alert, and which alerts go out together; pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from extractors.records import Alert, AlertMessage
from flows.alerts.watchlists import Watch, Watchlists

Row = Mapping[str, Any]

# A deal is told again when one of these has changed.
STATE = (
    "status", "value_amount", "value_currency_code", "value_basis", "power_mw", "accelerator_count", "term_months",
)  # fmt: skip
TOLD = (
    "deal_id", "type", *STATE, "parties", "value_bound", "amount_usd", "accelerator_model", "locations",
    "announced_on", "last_changed_on", "sentence", "title", "publisher", "url",
)  # fmt: skip


def decide(
    news: Iterable[Row], lists: Watchlists, told: Mapping[tuple[str, str], Alert], *, today: date
) -> list[Alert]:
    """The alerts of the news, for each watch.

    ``news``: changed deals as ``warehouse.alerts.news_since`` gives them; ``told``: (watch, deal_id) -> the last alert.
    Old, undated and merely recalled news gives none; what was told before and has changed since always does.
    """
    oldest = today - timedelta(days=lists.max_age_days)
    alerts = []
    for row in news:
        for watch in lists.watch:
            before = told.get((watch.name, row["deal_id"]))
            if before is None and not (_is_news(row, oldest) and matches(watch, row)):
                continue
            state = state_hash(row)
            if before is None or before.state_hash != state:
                alerts.append(_alert(watch, row, _kind(row, before), state, before))
    return alerts


def matches(watch: Watch, row: Row) -> bool:
    """Whether a watch asks for a deal."""
    names = {name.casefold() for name in row["names"]}
    places = (row["locations"] or "").casefold()
    return (
        (not watch.types or row["type"] in watch.types)
        and (not watch.statuses or row["status"] in watch.statuses)
        and (not watch.companies or any(name.casefold() in names for name in watch.companies))
        and (not watch.places or any(place.casefold() in places for place in watch.places))
        and (watch.minimum_usd is None or (row["amount_usd"] or 0) >= watch.minimum_usd)
        and (watch.minimum_mw is None or (row["power_mw"] or 0) >= watch.minimum_mw)
        and (not watch.corroboration or row["corroboration"] in watch.corroboration)
    )


def state_hash(row: Row) -> str:
    """Stands for what is known of a deal: the same hash, nothing new to tell."""
    return _hash(*("" if row[name] is None else str(row[name]) for name in STATE), str(row["is_gone"]))


def compose(
    target: str,
    waiting: Mapping[str, Sequence[Alert]],
    lists: Watchlists,
    sent: Mapping[tuple[str, str], datetime],
    *,
    now: datetime,
) -> list[AlertMessage]:
    """The messages that go to a target now, none in quiet hours.

    ``waiting``: watch -> its alerts that no message to the target carries yet, oldest first; ``sent``: (target, watch)
    -> when the last message was made. A watch that cools down keeps its alerts back, but for corrections of what was
    told. Many alerts of one watch are rolled up into one message.
    """
    if lists.quiet and lists.quiet.holds(now):
        return []
    messages = []
    for watch in (watch for watch in lists.watch if target in watch.targets):
        last = sent.get((target, watch.name))
        cools = last is not None and now - last < timedelta(minutes=watch.cooldown_minutes)
        due = [alert for alert in waiting.get(watch.name, ()) if alert.is_correction or not cools]
        groups = [due] if len(due) >= lists.roll_up_from else [[alert] for alert in due]
        messages += [_message(target, watch.name, tuple(alert.alert_id for alert in group)) for group in groups]
    return messages


def _message(target: str, watch: str, alert_ids: tuple[str, ...]) -> AlertMessage:
    return AlertMessage(message_id=_hash(target, *alert_ids), target=target, watch=watch, alert_ids=alert_ids)


def _is_news(row: Row, oldest: date) -> bool:
    changed = row["last_changed_on"]
    return not row["is_gone"] and row["focus"] == "primary" and row["has_news"] and changed and changed >= oldest


def _kind(row: Row, before: Alert | None) -> str:
    if row["is_gone"]:
        return "retracted"
    if before is None:
        return "new"
    return "cancelled" if row["status"] == "cancelled" else "revised"


def _alert(watch: Watch, row: Row, kind: str, state: str, before: Alert | None) -> Alert:
    told = {name: _plain(row[name]) for name in TOLD}
    if before is not None:
        earlier = json.loads(before.told)
        if row["is_gone"]:  # what is told of it is what was told before
            told = {name: earlier[name] for name in TOLD}
        told["before"] = {name: earlier[name] for name in STATE}
    return Alert(
        alert_id=_hash(watch.name, row["deal_id"], kind, state, before.alert_id if before else ""),
        watch=watch.name,
        deal_id=row["deal_id"],
        kind=kind,
        state_hash=state,
        told=json.dumps(told, ensure_ascii=False, sort_keys=True),
    )


def _plain(value: Any) -> Any:
    """A value as JSON takes it; whole numbers stay whole."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    number = float(value)
    return int(number) if number.is_integer() else number


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
