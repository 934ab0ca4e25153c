"""`gigawire serve`: one command on one machine that schedules, runs what is asked for, and ends whole."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.service.deployments import read_deployments
from tests.flows.conftest import environment
from tests.flows.processes import processes_with
from tests.flows.site import ENDED, kill_group, until

pytestmark = [pytest.mark.prefect, pytest.mark.long]


class Served:
    """The command, and questions to the server that it brings."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.home = folder / "data" / "prefect-service"
        command = [sys.executable, "-m", "flows.cli", "serve", "--data-dir", str(folder / "data")]
        feeds = folder / "feeds.csv"
        feeds.write_text("feed_id,url\nnowhere,http://127.0.0.1:9/feed\n")  # what is scheduled shall call nobody
        with (folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self._port)],
                cwd=folder,
                env=environment({"GIGAWIRE_FEEDS": str(feeds)}),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def ask(self, path: str, body: object = None) -> Any:
        """The answer of the Prefect API."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}/api{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def deployed(self) -> dict[str, Any]:
        """The deployments by their names."""
        return {one["name"]: one for one in self.ask("/deployments/filter", {})}

    def processes(self) -> list[tuple[int, str]]:
        """What runs with this home."""
        return processes_with(f"PREFECT_HOME={self.home}")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    try:
        yield served
    finally:
        kill_group(served.process)


def test_it_schedules_runs_and_ends_with_its_server_also_when_killed(served: Served, tmp_path: Path) -> None:
    wanted = read_deployments()
    deployed = until(150, lambda: found if len(found := served.deployed()) == len(wanted) else {})
    scheduled = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    waiting = until(90, lambda: runs if len(runs := served.ask("/flow_runs/filter", scheduled)) >= 5 else [])
    assert {run["deployment_id"] for run in waiting} <= {deployed[one.name]["id"] for one in wanted if one.is_scheduled}
    assert {one["name"] for one in served.ask("/automations/filter", {})} == {
        "gigawire: zombie",
        "gigawire: stuck pending",
    }
    run = served.ask(f"/deployments/{deployed['nightly']['id']}/create_flow_run", {})["id"]
    state = until(120, lambda: told if (told := served.ask(f"/flow_runs/{run}")["state"])["type"] in ENDED else {})
    assert state["type"] == "COMPLETED", state["message"]

    os.kill(served.process.pid, signal.SIGTERM)
    assert served.process.wait(60) == 0
    until(30, lambda: not served.processes())
    again = Served(tmp_path)
    try:
        assert not any(one["paused"] for one in until(150, again.deployed).values())  # a restart goes on
        again.process.kill()
        until(30, lambda: not again.processes())
    finally:
        kill_group(again.process)
