"""What is deployed holds together with what the code expects, without a server."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from flows.engine import SERVICE_ENVIRONMENT
from flows.service.deployments import FILE, read_deployments
from flows.service.forms import Collecting, Keeping
from flows.settings import SettingsError

SYSTEMD = Path(__file__).resolve().parents[2] / "docs" / "systemd"


def test_each_deployment_names_a_flow_and_fills_its_form() -> None:
    from flows.service.serve import flow_at

    for one in read_deployments():
        given = flow_at(one.entrypoint).validate_parameters(
            one.parameters | ({"folder": "x"} if "shard" in one.tags else {})
        )
        if "shard" in one.tags:
            continue
        assert set(given) <= {"form"}
        assert one.concurrency_limit == {"limit": 1, "collision_strategy": "CANCEL_NEW", "grace_period_seconds": 120}


def test_every_feed_is_collected_by_exactly_one_deployment(tmp_path: Path) -> None:
    from flows.feeds import load_feeds

    forms = [Collecting(**one.parameters["form"]) for one in read_deployments() if "collect" in one.tags]
    parts = [
        {feed.feed_id for feed in load_feeds(form.model_copy(update={"data_dir": tmp_path}).settings())}
        for form in forms
    ]
    everything = {feed.feed_id for feed in load_feeds(Collecting(data_dir=tmp_path).settings())}
    assert sum(map(len, parts)) == len(everything)
    assert set().union(*parts) == everything


def test_schedules_have_names_of_their_own_and_a_timezone() -> None:
    for one in yaml.safe_load(FILE.read_text())["deployments"]:
        assert all({"cron", "timezone", "slug", "active"} == schedule.keys() for schedule in one["schedules"])


def test_what_a_form_says_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIGAWIRE_MAX_PAGES_PER_RUN", "7")
    monkeypatch.setenv("GIGAWIRE_CONCURRENCY", "3")
    settings = Collecting(max_pages_per_run=5, groups=["press"], more={"attempts": 2}).settings()
    assert (settings.max_pages_per_run, settings.groups, settings.attempts) == (5, ("press",), 2)
    assert settings.concurrency == 3


def test_a_wrong_word_in_a_form_is_named() -> None:
    with pytest.raises(SettingsError, match="atempts"):
        Collecting(more={"atempts": 2}).settings()
    with pytest.raises(ValidationError, match="keep_runs_days"):
        Keeping(keep_runs_days=0)


def test_the_server_of_systemd_is_set_as_that_of_serve() -> None:
    lines = (SYSTEMD / "server.env").read_text().splitlines()
    told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    alone = {"PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"}
    for name, value in SERVICE_ENVIRONMENT.items():
        assert name in alone or told[name] == value


def test_old_staging_goes_and_new_staging_stays(tmp_path: Path) -> None:
    import os
    from datetime import UTC, datetime

    from flows.steps.maintain import remove_staging

    for name, day in {"run=old": 1, "run=new": 20}.items():
        (tmp_path / name).mkdir()
        at = datetime(2026, 6, day, tzinfo=UTC).timestamp()
        os.utime(tmp_path / name, (at, at))
    assert remove_staging(tmp_path, datetime(2026, 6, 10, tzinfo=UTC)) == 1
    assert [folder.name for folder in tmp_path.iterdir()] == ["run=new"]
