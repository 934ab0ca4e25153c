"""Alerts: what a watch asks for is told at least once, under a key, and never when it is old or known."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractors.records import Alert, Money
from flows.alerts.decide import compose, decide, matches
from flows.alerts.deliver import deliver
from flows.alerts.watchlists import Quiet, Target, Watch, Watchlists, WatchlistsError, load_watchlists
from flows.alerts.words import trial
from flows.settings import LOOPBACK, Settings
from flows.steps.alerts import alert
from tests.flows.conftest import ROOT, Command, environment
from tests.flows.receiver import Receiver, receiver
from tests.warehouse import samples
from warehouse import load, load_deals, resolving
from warehouse.connection import open_writer, transaction
from warehouse.pending import Connection

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FILE = """
[[target]]
name = "desk"
webhook = "{url}"
secret = "s3cret"

[[watch]]
name = "everything"
targets = ["desk"]
"""


def row(**changes: Any) -> dict[str, Any]:
    """News of a deal."""
    told = {
        "deal_id": "d1", "is_gone": False, "has_news": True, "names": ["Birch Compute", "Alder"], "type": "compute",
        "status": "announced", "focus": "primary", "corroboration": "reported", "parties": "Birch Compute (supplier)",
        "value_amount": Decimal(300), "value_currency_code": "USD", "value_bound": "exact", "value_basis": "total",
        "amount_usd": Decimal(300), "power_mw": None, "accelerator_count": None, "accelerator_model": None,
        "term_months": None, "locations": "Abilene, Texas", "announced_on": TODAY, "last_changed_on": TODAY,
        "sentence": "Alder agreed to buy.", "title": "T", "publisher": "P", "url": "https://p.example/1",
    }  # fmt: skip
    return told | changes


def lists(**changes: Any) -> Watchlists:
    watch = Watch(**({"name": "all", "targets": ("desk",)} | changes.pop("watch", {})))
    return Watchlists(target=(Target(name="desk", webhook="https://x.example/"),), watch=(watch,), **changes)


def decided(*rows: dict[str, Any], told: dict[tuple[str, str], Alert] | None = None, **changes: Any) -> list[Alert]:
    return decide(rows, lists(**changes), told or {}, today=TODAY)


@pytest.mark.parametrize(
    "watch",
    [
        {"companies": ("alder",)},
        {"types": ("compute", "lease")},
        {"places": ("texas",)},
        {"minimum_usd": 300},
        {"corroboration": ("reported",)},
    ],
)
def test_a_watch_asks_for_what_it_names(watch: dict[str, Any]) -> None:
    assert matches(Watch(name="w", targets=("desk",), **watch), row())


@pytest.mark.parametrize(
    "watch",
    [
        {"companies": ("Ald",)},
        {"types": ("lease",)},
        {"places": ("Ohio",)},
        {"minimum_usd": 301},
        {"minimum_mw": 1},
        {"statuses": ("cancelled",)},
        {"corroboration": ("confirmed",)},
    ],
)
def test_a_watch_leaves_out_what_it_does_not_name(watch: dict[str, Any]) -> None:
    assert not matches(Watch(name="w", targets=("desk",), **watch), row())


@pytest.mark.parametrize(
    "changes",
    [
        {"last_changed_on": TODAY - timedelta(days=8)},
        {"last_changed_on": None},
        {"focus": "background"},
        {"has_news": False},
        {"is_gone": True},
        {"status": "rumored"},
    ],
    ids=["old", "undated", "recalled", "first poll", "gone", "rumored"],
)
def test_what_is_no_news_gives_no_alert(changes: dict[str, Any]) -> None:
    assert decided(row(**changes)) == []


def test_the_same_state_is_told_once_and_a_changed_one_again_with_what_was_told_before() -> None:
    (first,) = decided(row())
    known = {("all", "d1"): first}
    assert decided(row(), told=known) == []
    (second,) = decided(row(value_amount=Decimal(500), amount_usd=Decimal(500)), told=known)
    assert (first.kind, second.kind) == ("new", "revised")
    assert json.loads(second.told)["before"]["value_amount"] == 300


def test_what_was_told_is_corrected_even_where_the_watch_would_not_ask_for_it_now() -> None:
    (first,) = decided(row(), watch={"minimum_usd": 300})
    known = {("all", "d1"): first}
    (less,) = decided(row(value_amount=Decimal(5), amount_usd=Decimal(5)), told=known, watch={"minimum_usd": 300})
    (off,) = decided(row(status="cancelled"), told=known)
    (gone,) = decided(row(is_gone=True), told=known)
    assert [a.kind for a in (less, off, gone)] == ["revised", "cancelled", "retracted"]


def messages(count: int, *, sent: datetime | None = None, now: datetime = NOW, **changes: Any) -> list[int]:
    """How many alerts each message would carry."""
    waiting = [decided(row(deal_id=f"d{number}"))[0] for number in range(count)]
    before = {("desk", "all"): sent} if sent else {}
    return [len(m.alert_ids) for m in compose("desk", {"all": waiting}, lists(**changes), before, now=now)]


def test_many_alerts_of_a_watch_are_rolled_up() -> None:
    assert (messages(3), messages(4)) == ([1, 1, 1], [4])


def test_a_watch_that_cools_down_keeps_its_alerts_back() -> None:
    cool = {"watch": {"cooldown_minutes": 60}}
    assert messages(1, sent=NOW - timedelta(minutes=59), **cool) == []
    assert messages(1, sent=NOW - timedelta(minutes=60), **cool) == [1]


def test_a_correction_waits_for_no_cooldown() -> None:
    (first,) = decided(row())
    (second,) = decided(row(status="cancelled"), told={("all", "d1"): first})
    cool = lists(watch={"cooldown_minutes": 60})
    assert len(compose("desk", {"all": [second]}, cool, {("desk", "all"): NOW}, now=NOW)) == 1


@pytest.mark.parametrize(("hour", "sends"), [(23, False), (6, False), (7, True), (21, True)])
def test_quiet_hours_may_go_over_midnight(hour: int, sends: bool) -> None:
    quiet = Quiet(since=time(22), until=time(7))
    assert bool(messages(1, now=NOW.replace(hour=hour), quiet=quiet)) is sends


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[watch", "cannot be read as TOML"),
        ('[[target]]\nname = "a"', "give either apprise = … or webhook = …"),
        ('[[target]]\nname = "a"\nwebhook = "file:///x"', "http"),
        ('[[watch]]\nname = "w"\ntargets = ["nobody"]', "'nobody' that is not defined"),
        ('[[watch]]\nname = "w"\ntargets = ["a"]\nsize = 3', "watch.0.size"),
        ('[[watch]]\nname = "w"\ntargets = ["a"]\ntypes = ["computer"]', "'computer' is none of compute"),
        ('[quiet]\nsince = 22:00:00\nuntil = 07:00:00\ntimezone = "Mars"', "'Mars' is no time zone"),
        ('[[target]]\nname = "a"\nwebhook = "${NO_SUCH_HOOK}"', "${NO_SUCH_HOOK} is not set"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "alerts.toml").write_text(text)
    with pytest.raises(WatchlistsError) as caught:
        load_watchlists(tmp_path / "alerts.toml")
    assert reason in str(caught.value)
    assert "alerts.toml" in str(caught.value)


def test_secrets_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "https://x.example/t0ken")
    (tmp_path / "alerts.toml").write_text('[[target]]\nname = "a"\nwebhook = "${HOOK}"')
    assert load_watchlists(tmp_path / "alerts.toml").target[0].webhook == "https://x.example/t0ken"


def test_a_webhook_on_this_machine_is_called_only_where_the_settings_allow_it() -> None:
    with receiver() as hook:
        target = Target(name="desk", webhook=hook.url)
        assert deliver(trial("desk", NOW), target, NOW) == "blocked_address"
        assert not hook.tried


def test_a_receiver_can_check_that_a_message_is_ours_and_fresh() -> None:
    import ipaddress

    with receiver() as hook:
        target = Target(name="desk", webhook=hook.url, secret="s3cret")
        assert deliver(trial("desk", NOW), target, NOW, allowed=[ipaddress.ip_network(LOOPBACK)]) == ""
        ((key, headers),) = hook.headers.items()
        (body,) = hook.bodies[key]
    moment, _, digest = headers["X-Gigawire-Signature"].partition(",v1=")
    signed = moment.removeprefix("t=").encode() + b"." + body
    assert digest == hmac.new(b"s3cret", signed, hashlib.sha256).hexdigest()
    assert moment == f"t={int(NOW.timestamp())}"


@pytest.fixture
def told(settings: Settings) -> Settings:
    """A warehouse whose first look is over: two deals are known, nothing was told."""
    record(settings, range(2), at=samples.NOW)
    return settings


def record(settings: Settings, numbers: range, *, at: datetime, **changes: Any) -> None:
    """What a run stores of these entries, each the only claim of a deal of its own."""
    readings = [samples.read(number, **changes) for number in numbers]
    with open_writer(settings.warehouse) as con:
        load.load_polls(con, [samples.poll(numbers=numbers, polled_at=at)], [samples.document(n) for n in numbers])
        load.load_read(con, readings, recorded_at=at)
        resolve(con, [reading.article_id for reading in readings], at)


def resolve(con: Connection, article_ids: list[str], moment: datetime, **changes: Any) -> None:
    """Stores that each claim of the articles is a deal of its own, or what ``changes`` say of them."""
    claims = resolving.claims_in(con, samples.READER, article_ids)
    with transaction(con):
        made = samples.resolution(*claims, **changes)
        load_deals.load_resolution(con, made, reader_version=samples.READER, recorded_at=moment)


def at(monkeypatch: pytest.MonkeyPatch, minutes: int) -> datetime:
    """Stops the clock so many minutes after the samples' own moment."""
    moment = samples.NOW + timedelta(minutes=minutes)
    monkeypatch.setenv("GIGAWIRE_NOW", moment.isoformat())
    return moment


@pytest.fixture
def hook(settings: Settings) -> Iterator[Receiver]:
    with receiver() as kept:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        settings.watchlists.write_text(FILE.format(url=kept.url))
        yield kept


def test_the_first_look_is_silent_and_then_news_is_told_once(
    told: Settings, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 1)
    assert alert(told).decided == 0
    record(told, range(2, 3), at=at(monkeypatch, 10))
    assert (alert(told).delivered, sum(hook.taken.values())) == (1, 1)
    at(monkeypatch, 20)
    assert alert(told) == type(alert(told))()
    assert set(hook.alert_ids().values()) == {1}


def test_what_the_first_poll_of_a_new_feed_brings_is_no_news(
    told: Settings, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 1)
    alert(told)
    moment = at(monkeypatch, 10)
    with open_writer(told.warehouse) as con:
        load.load_polls(con, [samples.poll("new-feed", range(7, 8), moment)], [samples.document(7)])
        load.load_read(con, [samples.read(7)], recorded_at=moment)
        resolve(con, [samples.read(7).article_id], moment)
    assert (alert(told).decided, dict(hook.tried)) == (0, {})


@pytest.mark.parametrize("trouble", ["500", "404", "die", "hang", "redirect"])
def test_a_receiver_in_trouble_gets_each_alert_at_last_and_none_twice_with_one_key(
    told: Settings, hook: Receiver, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr("flows.alerts.deliver.SECONDS", 0.5)
    at(monkeypatch, 1)
    alert(told)
    hook.behaviour += [trouble, trouble, "ok", trouble]
    record(told, range(2, 4), at=at(monkeypatch, 10))
    for minutes in range(10, 400, 30):
        at(monkeypatch, minutes)
        alert(told)
    assert set(hook.taken.values()) == {1}
    assert sorted(hook.alert_ids().values()) == [1, 1]
    assert all(len(bodies) == 1 for bodies in hook.bodies.values()), "a second try has the same bytes"


def test_a_failing_target_is_tried_less_and_less(
    told: Settings, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 1)
    alert(told)
    hook.behaviour += ["500"] * 99
    record(told, range(2, 3), at=at(monkeypatch, 10))
    for minutes in range(10, 70):
        at(monkeypatch, minutes)
        alert(told)
    assert sum(hook.tried.values()) == 4  # after 0, 1, 5 and 15 minutes


@pytest.mark.parametrize("place", ["alerts_kept", "alert_sent"])
def test_a_run_killed_while_it_tells_loses_nothing_and_repeats_only_under_the_same_key(
    told: Settings, hook: Receiver, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    at(monkeypatch, 1)
    alert(told)
    record(told, range(2, 4), at=at(monkeypatch, 10))
    send = [sys.executable, "-m", "flows.cli", "alerts", "send", "--data-dir", str(told.data_dir)]
    extra = {
        "GIGAWIRE_NOW": os.environ["GIGAWIRE_NOW"],
        "GIGAWIRE_ALLOW_PRIVATE_ADDRESSES": json.dumps([LOOPBACK]),
    }
    killed = subprocess.run(send, cwd=ROOT, env=environment(extra | {"GIGAWIRE_FAILPOINT": place}), check=False)
    assert killed.returncode == -signal.SIGKILL
    assert subprocess.run(send, cwd=ROOT, env=environment(extra), check=False).returncode == 0
    assert len(hook.alert_ids()) == 2
    assert sum(hook.tried.values()) == (2 if place == "alerts_kept" else 3)


def test_a_changed_deal_is_told_again_as_changed(
    told: Settings, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 1)
    alert(told)
    record(told, range(2, 3), at=at(monkeypatch, 10))
    alert(told)
    moment = at(monkeypatch, 20)
    record_revision(told, moment)
    alert(told)
    kinds = [json.loads(next(iter(hook.bodies[key])))["alerts"][0]["kind"] for key in hook.taken]
    assert kinds == ["new", "revised"]


def record_revision(settings: Settings, moment: datetime) -> None:
    """A later article gives the newest deal another value."""
    reading = samples.read(5, body=samples.BODY)
    more = Money(amount=Decimal(900_000_000), currency="USD", start_char=0, end_char=1, surface="9")
    with open_writer(settings.warehouse) as con:
        (deal_id,) = con.execute(
            "SELECT deal_id FROM core.deal_evidence ORDER BY recorded_at DESC, deal_id LIMIT 1"
        ).fetchall()[0]
        load.load_polls(con, [samples.poll(numbers=range(5, 6), polled_at=moment)], [samples.document(5)])
        load.load_read(con, [reading], recorded_at=moment)
        resolve(con, [reading.article_id], moment, kind="revised", deal_id=deal_id, value=more)


def test_the_commands_say_what_was_told_and_whether_a_target_can_be_reached(
    told: Settings, hook: Receiver, gigawire: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 1)
    alert(told)
    record(told, range(2, 3), at=at(monkeypatch, 10))
    alert(told)
    env = {"GIGAWIRE_ALLOW_PRIVATE_ADDRESSES": json.dumps([LOOPBACK])}
    listed = json.loads(gigawire("alerts", "list", "--json", "--data-dir", told.data_dir).stdout)
    assert [(one["watch"], one["targets"], one["outcome"]) for one in listed] == [("everything", "desk", "delivered")]
    tested = gigawire("alerts", "test", "--data-dir", told.data_dir, env=env)
    assert (tested.returncode, tested.stderr) == (0, "desk: delivered\n")
    hook.behaviour.append("500")
    failed = gigawire("alerts", "test", "desk", "--data-dir", told.data_dir, env=env)
    assert (failed.returncode, failed.stderr) == (3, "desk: answered 500\n")
    unknown = gigawire("alerts", "test", "nobody", "--data-dir", told.data_dir)
    assert unknown.returncode == 2
