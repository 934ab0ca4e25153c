"""What a message says: a subject and a text for people, JSON for programs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from extractors.records import Alert, PendingMessage
from flows.alerts.decide import TOLD
from flows.terminal import plain

KINDS = {"new": "New", "revised": "Changed", "cancelled": "Cancelled", "retracted": "Taken back"}
FORM = "gigawire-alerts/1"  # of the JSON; a change that breaks receivers raises the number


def subject(message: PendingMessage) -> str:
    """One line: the news, or how many there are."""
    if len(message.alerts) == 1:
        return f"Gigawire · {_line(message.alerts[0])}"
    return f"Gigawire · {message.watch}: {len(message.alerts)} deals"


def text(message: PendingMessage) -> str:
    """The alerts in plain text, each with its sentence, its publisher and the link."""
    return "\n\n".join(_block(alert) for alert in message.alerts)


def body(message: PendingMessage) -> bytes:
    """The message as JSON; a second try has the same bytes."""
    told = {
        "form": FORM,
        "message_id": message.message_id,
        "watch": message.watch,
        "alerts": [
            {"alert_id": alert.alert_id, "kind": alert.kind, "deal": json.loads(alert.told)} for alert in message.alerts
        ],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def _line(alert: Alert) -> str:
    deal = json.loads(alert.told)
    sizes = [size for size in (_money(deal), _power(deal)) if size]
    return plain(f"{KINDS[alert.kind]}: {deal['type']}, {deal['parties']}" + (f", {', '.join(sizes)}" if sizes else ""))


def _block(alert: Alert) -> str:
    deal = json.loads(alert.told)
    lines = [_line(alert)]
    if alert.is_correction:
        now = "off the tape" if alert.kind == "retracted" else _state(deal)
        lines.append(f"Told before: {_state(deal['before'])}. Now: {now}.")
    if deal["sentence"]:
        lines.append(f"“{plain(deal['sentence'])}”")
    lines.append(plain(" · ".join(filter(None, (deal["publisher"], deal["last_changed_on"], deal["url"])))))
    return "\n".join(lines)


def _state(deal: dict[str, Any]) -> str:
    return ", ".join(filter(None, (deal["status"], _money(deal), _power(deal))))


def _money(deal: dict[str, Any]) -> str:
    if deal["value_amount"] is None:
        return ""
    bound = {"up_to": "up to ", "at_least": "over ", "about": "about "}.get(deal.get("value_bound") or "", "")
    return f"{bound}{deal['value_currency_code']} {deal['value_amount']:,}"


def _power(deal: dict[str, Any]) -> str:
    return "" if deal["power_mw"] is None else f"{deal['power_mw']:,} MW"


def trial(target: str, at: datetime) -> PendingMessage:
    """A message in the form of a real one that says of itself that it is a test."""
    told = dict.fromkeys(TOLD) | {
        "deal_id": "test",
        "type": "compute",
        "status": "announced",
        "parties": "Gigawire (test)",
        "title": "Test of an alert",
        "sentence": "This is a test: no deal was signed.",
        "last_changed_on": f"{at:%Y-%m-%d}",
    }
    alert = Alert(alert_id="test", watch="test", deal_id="test", kind="new", state_hash="", told=json.dumps(told))
    key = f"test-{at:%Y%m%dT%H%M%S%f}"
    return PendingMessage(
        message_id=key, target=target, watch="test", alerts=(alert,), failures=0, last_attempt_at=None
    )
