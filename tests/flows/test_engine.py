"""`gigawire run` on its temporary Prefect server: the same result as without, and nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.flows.conftest import NOW, ROOT, Command, environment
from tests.flows.processes import processes_with
from tests.flows.tables import release_of
from tests.flows.wire import write_wire
from warehouse.connection import open_writer

pytestmark = [pytest.mark.prefect, pytest.mark.slow]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, gigawire: Command) -> tuple[Path, Path, str]:
    """(folder of feeds, data folder, what was said) after a run with the engine."""
    root = tmp_path_factory.mktemp("engine")
    folder = write_wire(root / "feeds")
    done = gigawire("run", "--feeds-dir", folder, "--data-dir", root / "data", env={"GIGAWIRE_NOW": NOW})
    assert done.returncode == 0, done.stderr
    return folder, root / "data", done.stderr


def test_the_engine_changes_nothing_in_the_result(
    ran: tuple[Path, Path, str], tmp_path: Path, gigawire: Command
) -> None:
    given = ("--no-server", "--feeds-dir", ran[0], "--data-dir", tmp_path, "--log-format", "json")
    done = gigawire("run", *given, env={"GIGAWIRE_NOW": NOW})
    assert done.returncode == 0, done.stderr
    assert release_of(ran[1]) == release_of(tmp_path)
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert len({event["run_id"] for event in told}) == 1
    assert {"polled", "document_read", "resolved", "published"} <= {event["event"] for event in told}
    with open_writer(tmp_path / "warehouse.duckdb") as con:
        kept = con.execute("SELECT article_id, document_id FROM core.articles").fetchall()
    assert {(event["article_id"], event["document_id"]) for event in told if event["event"] == "document_read"} == set(
        kept
    )


def test_the_engine_keeps_quiet_and_at_home(ran: tuple[Path, Path, str]) -> None:
    assert [line for line in ran[2].splitlines() if "prefect" in line.lower()] == [
        "starting the Prefect engine (--no-server does without)"
    ]
    assert (ran[1] / "prefect" / "prefect.db").is_file()
    assert servers_of(ran[1]) == []


def test_the_run_and_its_artifacts_are_on_record(ran: tuple[Path, Path, str]) -> None:
    with sqlite3.connect(ran[1] / "prefect" / "prefect.db") as db:
        flows = db.execute(
            "SELECT flow.name, flow_run.state_type FROM flow_run JOIN flow ON flow.id = flow_run.flow_id ORDER BY 1"
        ).fetchall()
        artifacts = dict(db.execute("SELECT key, data FROM artifact").fetchall())
    names = ("collect-news", "pipeline", "publish", "read-news", "send-alerts")
    assert flows == [(name, "COMPLETED") for name in names]
    assert {"collected", "feeds", "read", "published", "release"} <= artifacts.keys()
    assert "**7** new entries" in artifacts["collected"]
    assert "quarantined" in artifacts["feeds"]


def test_no_server_outlives_a_run_that_is_killed(tmp_path: Path) -> None:
    folder = write_wire(tmp_path / "feeds")
    env = environment({"GIGAWIRE_FAILPOINT": "polls_loaded", "GIGAWIRE_NOW": NOW})
    command = [sys.executable, "-m", "flows.cli", "run", "--feeds-dir", str(folder), "--data-dir", str(tmp_path / "d")]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, timeout=240, check=False)
    assert done.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while servers_of(tmp_path / "d") and time.monotonic() < deadline:
        time.sleep(0.2)
    assert servers_of(tmp_path / "d") == []


def servers_of(data_dir: Path) -> list[int]:
    """Process ids of the Prefect servers whose home is in the data folder."""
    home = f"PREFECT_HOME={(data_dir / 'prefect').resolve()}"
    return [pid for pid, command in processes_with(home) if "engine_server" in command and pid != os.getpid()]
