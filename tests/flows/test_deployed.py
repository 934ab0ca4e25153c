"""`prefect deploy --all` plus a worker runs the same code, down to a cron deployment that gets its scheduled runs."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.feeds import write_feeds
from flows.feeds_dir import serve_folder
from tests.flows.conftest import ROOT, environment
from tests.flows.postgres import running_postgres
from tests.flows.wire import write_wire
from warehouse.connection import open_reader

pytestmark = [pytest.mark.prefect, pytest.mark.slow]
DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
PREFECT = [str(Path(sys.executable).with_name("prefect"))]


@dataclass(frozen=True)
class Site:
    """A Prefect server of our own."""

    url: str
    env: dict[str, str]

    def ask(self, path: str, body: object = None) -> Any:
        request = urllib.request.Request(
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def prefect(self, *arguments: str) -> None:
        done = subprocess.run(
            [*PREFECT, *arguments],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def until(seconds: float, question: Any) -> Any:
    """The first answer that is not empty."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if answer := question():
                return answer
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"no answer in {seconds} seconds")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server on a database of its own kind, with everything deployed."""
    home = tmp_path_factory.mktemp("prefect-home")
    with running_postgres() if request.param == "postgresql" else nullcontext("") as database:
        yield from _served(home, {DATABASE: f"postgresql+asyncpg://{database}"} if database else {})


def _served(home: Path, more: dict[str, str]) -> Iterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    env = environment(
        {
            "PREFECT_HOME": str(home),
            "PREFECT_API_URL": url,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            **more,
        }
    )
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            cwd=home,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    found = Site(url, env)
    try:
        until(120, lambda: found.ask("/ready"))
        found.prefect("work-pool", "create", "gigawire", "--type", "process")
        found.prefect("--no-prompt", "deploy", "--all")
        yield found
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def test_the_cron_deployment_gets_its_scheduled_runs(site: Site) -> None:
    runs = until(
        60,
        lambda: site.ask(
            "/flow_runs/filter",
            {
                "deployments": {"name": {"any_": ["every-15-minutes"]}},
                "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
                "sort": "EXPECTED_START_TIME_ASC",
            },
        ),
    )
    assert len(runs) >= 3
    assert all(run["auto_scheduled"] for run in runs)
    assert {run["expected_start_time"][14:16] for run in runs} <= {"00", "15", "30", "45"}


def test_only_the_pipeline_is_scheduled_and_nothing_overlaps(site: Site) -> None:
    deployments = {found["name"]: found for found in site.ask("/deployments/filter", {})}
    active = {name for name, found in deployments.items() if any(one["active"] for one in found["schedules"])}
    assert active == {"every-15-minutes"}
    assert deployments.keys() == {"every-15-minutes", "collect-hourly", "read-hourly", "publish-mornings"}
    for found in deployments.values():
        assert found["global_concurrency_limit"]["limit"] == 1
        assert found["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"


def test_a_worker_runs_the_same_pipeline(site: Site, tmp_path: Path) -> None:
    with serve_folder(write_wire(tmp_path / "feeds")) as served:
        write_feeds(tmp_path / "feeds.csv", served.feeds)
        [deployment] = site.ask("/deployments/filter", {"deployments": {"name": {"any_": ["every-15-minutes"]}}})
        settings = {
            "data_dir": str(tmp_path / "data"),
            "feeds": str(tmp_path / "feeds.csv"),
            "host_map": served.host_map,
            "follow_versions": True,
            "fetch_pages": False,
        }
        run = site.ask(f"/deployments/{deployment['id']}/create_flow_run", {"parameters": {"settings": settings}})
        with (tmp_path / "worker.log").open("wb") as log:
            worker = subprocess.Popen(
                [*PREFECT, "worker", "start", "--pool", "gigawire", "--name", "test", "--limit", "1"],
                cwd=tmp_path,
                env=site.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            ended = until(150, lambda: ended_state(site, run["id"]))
        finally:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
    assert ended == "COMPLETED", (tmp_path / "worker.log").read_text()
    with open_reader(tmp_path / "data" / "published.duckdb") as con:
        assert con.execute("SELECT sum(items_count) FROM mart.feeds").fetchone() == (6,)


def ended_state(site: Site, run_id: str) -> str:
    """COMPLETED, FAILED, CRASHED or CANCELLED; "" while the run is under way."""
    state = site.ask(f"/flow_runs/{run_id}")["state"]["type"]
    return state if state in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else ""
