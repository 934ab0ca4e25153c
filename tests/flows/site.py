"""A whole site for tests: PostgreSQL, a Prefect server on it, a worker; each may be killed and started again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from flows.engine import SERVICE_ENVIRONMENT
from tests.flows.conftest import NOW, ROOT, environment
from tests.flows.postgres import Postgres, postgres

PREFECT = str(Path(sys.executable).with_name("prefect"))
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
RUN_ENVIRONMENT = {
    "GIGAWIRE_LOCK_SECONDS": "60",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    "PREFECT_CLIENT_MAX_RETRIES": "20",
}

Answer = TypeVar("Answer")


@dataclass
class Site:
    """What runs, and where."""

    folder: Path
    database: Postgres
    port: int
    env: dict[str, str]
    server: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    reader: subprocess.Popen[bytes] | None = None
    workers: int = 0
    deployments: dict[str, str] = field(default_factory=dict)  # name -> id

    def ask(self, path: str, body: object = None, method: str | None = None) -> Any:
        """The answer of the Prefect API."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def gigawire(self, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """A command against this site."""
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", *arguments],
            cwd=self.folder,
            env=self.env | (env or {}),
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def start_server(self) -> None:
        """Comes back when the API answers."""
        self.server = self._start("server.log", "server", "start", "--host", "127.0.0.1", "--port", str(self.port))
        until(120, lambda: self.ask("/ready"))

    def start_worker(self) -> None:
        """A new worker; it asks every two seconds."""
        self.worker = self._start_worker("gigawire")

    def start_reader(self) -> None:
        """A worker that reads shards, as on another machine."""
        self.reader = self._start_worker("gigawire-readers")

    def _start_worker(self, pool: str) -> subprocess.Popen[bytes]:
        self.workers += 1
        name = f"{pool}-{self.workers}"
        return self._start(f"{pool}.log", "worker", "start", "--pool", pool, "--name", name, "--limit", "2")

    def _start(self, log: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / log).open("ab") as out:
            return subprocess.Popen(
                [PREFECT, *arguments], cwd=self.folder, env=self.env, stdout=out, stderr=out, start_new_session=True
            )

    def pause(self) -> None:
        """Nothing runs by itself: what is scheduled polls the internet."""
        for one in self.ask("/deployments/filter", {}):
            self.ask(f"/deployments/{one['id']}/pause_deployment", {})

    def run(self, deployment: str, **form: object) -> str:
        """A run by hand, all but the night's at a stopped clock; gives its id."""
        if not self.deployments:
            self.deployments = {one["name"]: one["id"] for one in self.ask("/deployments/filter", {})}
        env = RUN_ENVIRONMENT | ({} if deployment == "nightly" else {"GIGAWIRE_NOW": NOW})
        body = {"parameters": {"form": form}, "job_variables": {"env": env}}
        return str(self.ask(f"/deployments/{self.deployments[deployment]}/create_flow_run", body)["id"])

    def state(self, run: str) -> str:
        """COMPLETED, RUNNING, …"""
        return str(self.ask(f"/flow_runs/{run}")["state"]["type"])

    def set_state(self, run: str, state: str) -> None:
        """The state that a worker or a flow would tell of the run."""
        self.ask(f"/flow_runs/{run}/set_state", {"state": {"type": state}, "force": True})

    def told_of(self, run: str, event: str) -> list[Any]:
        """The events of this kind that the server keeps of the run."""
        wanted = {"event": {"name": [event]}, "resource": {"id": [f"prefect.flow-run.{run}"]}}
        return list(self.ask("/events/filter", {"filter": wanted})["events"])

    @contextmanager
    def waiting_only(self, seconds: int, *automations: str) -> Iterator[None]:
        """These automations wait for so few seconds while the block runs; the least that Prefect takes is 10."""
        found = [one for one in self.ask("/automations/filter", {}) if one["name"] in automations]
        assert len(found) == len(automations)
        for one in found:
            self._put_automation(one["id"], one | {"trigger": one["trigger"] | {"within": seconds}})
        try:
            yield
        finally:
            for one in found:
                self._put_automation(one["id"], one)

    def _put_automation(self, automation_id: str, told: dict[str, Any]) -> None:
        fields = ("name", "description", "enabled", "trigger", "actions")
        self.ask(f"/automations/{automation_id}", {name: told[name] for name in fields}, method="PUT")

    def runs(self, deployment: str) -> list[Any]:
        """All runs of a deployment, the oldest first."""
        wanted = {"deployments": {"name": {"any_": [deployment]}}, "sort": "EXPECTED_START_TIME_ASC"}
        return list(self.ask("/flow_runs/filter", wanted))

    def ended(self, run: str, seconds: float = 240) -> str:
        """How the run ended."""
        try:
            return until(seconds, lambda: state if (state := self.state(run)) in ENDED else "")
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.ask('/flow_runs/' + run)['state']}\n{self.log()}") from None

    def log(self) -> str:
        """The end of what the worker and its runs have said."""
        return (self.folder / "gigawire.log").read_text(errors="replace")[-6000:]


def until(seconds: float, question: Callable[[], Answer]) -> Answer:
    """The first answer that is not empty; a server that does not answer has not answered yet."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if answer := question():
                return answer
        except OSError:
            pass
        time.sleep(0.3)
    raise AssertionError(f"no answer in {seconds} seconds")


def kill_group(process: subprocess.Popen[bytes] | None) -> None:
    """kill -9 to the process and its children."""
    if process is not None and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def site_on_postgres(folder: Path) -> Iterator[Site]:
    """A server with everything set up by `gigawire setup`, and a worker."""
    with postgres() as database:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        env = environment(
            SERVICE_ENVIRONMENT
            | {
                "PREFECT_HOME": str(folder / "home"),
                "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
                "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"postgresql+asyncpg://{database.address}",
                "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "5",  # as a rule 15
                "PREFECT_WORKER_QUERY_SECONDS": "2",
                "PREFECT_CLIENT_MAX_RETRIES": "20",
                "PYTHONPATH": str(ROOT),
            }
        )
        site = Site(folder, database, port, env)
        try:
            site.start_server()
            done = site.gigawire("setup")
            assert done.returncode == 0, done.stderr
            site.pause()
            site.start_worker()
            yield site
        finally:
            kill_group(site.worker)
            kill_group(site.reader)
            kill_group(site.server)
