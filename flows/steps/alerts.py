"""Alerts: decide what the new records are worth, keep it, then send; a kill at any place loses and repeats nothing."""

from __future__ import annotations

from ipaddress import ip_network

from extractors.records import AlertDelivery, PendingMessage
from flows.alerts.decide import compose, decide
from flows.alerts.deliver import GIVE_UP_AFTER, deliver, is_due
from flows.alerts.watchlists import Watchlists, load_watchlists
from flows.alone import alone
from flows.clock import now
from flows.failpoints import pass_failpoint
from flows.log import event
from flows.settings import Settings
from flows.steps.counts import Alerted
from flows.tape import open_tape
from warehouse import alerts as outbox
from warehouse.connection import is_there

UNKNOWN_TARGET = "its target is not in alerts.toml any more"


def alert(settings: Settings) -> Alerted:
    """Decides on what was recorded since the last look, then sends what waits. Raises WatchlistsError.

    The first look of a warehouse only sets the mark: what was there before anybody watched is no news.
    """
    lists = load_watchlists(settings.watchlists)
    decided = look(settings, lists)
    return send(settings, lists).plus(Alerted(decided=decided))


def look(settings: Settings, lists: Watchlists, *, silent: str = "") -> int:
    """Moves the mark to the newest record; gives how many alerts were decided. ``silent``: why there are to be none."""
    at = now()
    with open_tape(settings) as con:
        upto, mark = outbox.newest_record(con), outbox.last_mark(con)
        if upto is None or (mark is not None and upto <= mark):
            return 0
        backfilled = "backfill" if settings.backfill_mark.exists() else ""
        reason = silent or backfilled or ("seed" if mark is None else "news")
        news = outbox.news_since(con, mark) if mark is not None and reason == "news" and lists.watch else []
        found = decide(news, lists, outbox.last_told(con), today=at.date()) if news else []
        count = outbox.load_alerts(con, found, upto=upto, reason=reason, recorded_at=at)
    if backfilled:
        with alone(settings.backfill_mark) as is_killed:
            if is_killed:  # what a killed backfill had brought is no news either; what comes after it is
                settings.backfill_mark.unlink(missing_ok=True)
    return count


def send(settings: Settings, lists: Watchlists) -> Alerted:
    """Makes messages of the alerts that wait and tries those that are due, each once; one sender at a time."""
    total = Alerted()
    if not is_there(settings.warehouse):
        return total
    with alone(settings.data_dir / "alerts.lock") as is_alone:
        if not is_alone:
            return total
        for message in _messages(settings, lists):
            total = total.plus(_try(settings, lists, message))
    return total


def _messages(settings: Settings, lists: Watchlists) -> list[PendingMessage]:
    """The messages to try now; new ones are kept under their key before anything is sent."""
    at = now()
    with open_tape(settings) as con:
        sent = outbox.last_messages(con)
        for target in lists.target:
            messages = compose(target.name, outbox.waiting_alerts(con, target.name), lists, sent, now=at)
            outbox.load_messages(con, messages, recorded_at=at)
        pending = outbox.pending_messages(con)
    pass_failpoint("alerts_kept")
    is_quiet = lists.quiet is not None and lists.quiet.holds(at)
    return [] if is_quiet else [message for message in pending if is_due(message, at)]


def _try(settings: Settings, lists: Watchlists, message: PendingMessage) -> Alerted:
    target = next((target for target in lists.target if target.name == message.target), None)
    networks = [ip_network(text) for text in settings.allow_private_addresses]
    error = deliver(message, target, now(), allowed=networks) if target else UNKNOWN_TARGET
    pass_failpoint("alert_sent")
    if not error:
        outcome = "delivered"
    else:
        outcome = "given_up" if target is None or message.failures + 1 >= GIVE_UP_AFTER else "failed"
    _keep(
        settings, AlertDelivery(message_id=message.message_id, attempted_at=now(), outcome=outcome, error_message=error)
    )
    event("alert_sent", message_id=message.message_id, target=message.target, outcome=outcome, error_message=error)
    told = (f"alert to {message.target} not delivered: {error}",) if error else ()
    return Alerted(delivered=int(not error), failed=int(bool(error)), errors=told)


def _keep(settings: Settings, delivery: AlertDelivery) -> None:
    with open_tape(settings) as con:
        outbox.load_delivery(con, delivery)
