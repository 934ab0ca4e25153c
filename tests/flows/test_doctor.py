"""The doctor names each fault and its way out; metrics are what Prometheus reads; a full disk stops a run before it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.metrics import render
from flows.settings import Settings
from flows.steps.doctor import examine
from flows.steps.publish import publish
from flows.steps.read import read
from flows.steps.space import DiskSpaceError
from tests.warehouse import samples
from warehouse.connection import open_writer
from warehouse.health import measure, open_observer
from warehouse.load import load_polls


def findings(settings: Settings) -> dict[str, tuple[str, str]]:
    return {one.check: (one.level, one.message) for one in examine(settings)}


def faults(settings: Settings) -> dict[str, str]:
    return {check: level for check, (level, _) in findings(settings).items() if level != "ok"}


@pytest.fixture
def healthy(desk: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A published tape, seen at the time of the machine."""
    publish(desk)
    monkeypatch.setenv("GIGAWIRE_NOW", datetime.now(UTC).isoformat())
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    return desk.model_copy(update={"contact": "desk@example.com"})


def test_a_healthy_folder_has_no_fault_and_stays_as_it_is(healthy: Settings) -> None:
    before = sorted(healthy.data_dir.rglob("*"))
    assert faults(healthy) == {}
    assert sorted(healthy.data_dir.rglob("*")) == before


def test_each_fault_is_named(healthy: Settings) -> None:
    archived = next(healthy.archive.glob("*/*.gz"))
    archived.write_bytes(b"rot")
    (healthy.data_dir / "releases" / ".aside-1").mkdir()
    healthy.watchlists.write_text("[[watch]]\nnonsense = 1\n")
    with open_writer(healthy.warehouse) as con:
        load_polls(con, [samples.poll(), samples.failed_poll()])
    broken = {"spacy_model": "no_such_model", "contact": "", "min_free_bytes": 10**18}
    assert faults(healthy.model_copy(update=broken)) == {
        "model": "wrong",
        "contact": "warning",
        "disk": "wrong",
        "leftovers": "warning",
        "watchlists": "wrong",
        "archive": "wrong",
        "feeds": "wrong",
        "pages": "warning",
        "reader": "warning",  # its version names the model
    }
    assert archived.stem in findings(healthy)["archive"][1]


def test_an_empty_folder_is_told_to_run(tmp_path: Path) -> None:
    assert faults(Settings(data_dir=tmp_path / "none", contact="a@b.example")) == {
        "release": "wrong",
        "warehouse": "warning",
    }


def test_a_warehouse_in_use_is_said_with_its_process(healthy: Settings) -> None:
    quick = healthy.model_copy(update={"lock_seconds": 0.1})
    with open_writer(healthy.warehouse):
        level, message = findings(quick)["lock"]
    assert level == "warning"
    assert "lives" in message


def test_a_prefect_server_that_is_not_there_is_said(healthy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    assert faults(healthy) == {"prefect": "wrong"}


def test_metrics_are_read_by_prometheus(healthy: Settings) -> None:
    parser = pytest.importorskip("prometheus_client.parser")
    with open_writer(healthy.warehouse) as con:
        load_polls(con, [samples.poll()])
    with open_observer(healthy.warehouse) as (con, _):
        health = measure(con, samples.NOW)
    text = render(health, now=samples.NOW, free_bytes=5)
    told = {
        (sample.name, *sample.labels.values()): sample.value
        for family in parser.text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert told["gigawire_feed_week_entries", "wire"] == 3
    assert told["gigawire_feed_last_poll_timestamp_seconds", "wire"] == samples.NOW.timestamp()
    assert told["gigawire_stage_waiting", "read"] == 0
    assert told["gigawire_disk_free_bytes",] == 5


def test_a_publish_leaves_its_metrics(healthy: Settings) -> None:
    assert "gigawire_publish_timestamp_seconds" in healthy.metrics.read_text()


def test_a_run_does_not_begin_on_a_full_disk(healthy: Settings) -> None:
    release = (healthy.data_dir / "release").readlink()
    with pytest.raises(DiskSpaceError, match="make space"):
        read(healthy.model_copy(update={"min_free_bytes": 10**18}))
    assert (healthy.data_dir / "release").readlink() == release
