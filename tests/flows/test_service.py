"""Real PostgreSQL, real Prefect server, real worker: deployed, run, failed, retried, cancelled, killed and healed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from flows.service.deployments import read_deployments
from tests.flows.conftest import NOW, Command
from tests.flows.processes import processes_with
from tests.flows.receiver import Receiver, receiver
from tests.flows.site import Site, kill_group, site_on_postgres, until
from tests.flows.tables import Tables, differences, left_aside, release_of, tables_of
from tests.flows.wire import DEALS, rss

pytestmark = [pytest.mark.prefect, pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(600)]


class Gate:
    """Two feeds, of which `press` answers while the gate is open, and tells when it was asked."""

    def __init__(self) -> None:
        self.open, self.asked = Event(), Event()
        self.open.set()
        gate = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/press":
                    gate.asked.set()
                    gate.open.wait(60)
                feed = rss(DEALS[1:3], feed="press", day=2) if self.path == "/press" else rss(DEALS[:3])
                try:
                    self.send_response(200)
                    self.send_header("Content-Type", "application/rss+xml")
                    self.end_headers()
                    self.wfile.write(feed.encode())
                except OSError:
                    pass  # whoever asked was killed

            def log_message(self, format: str, *arguments: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """A run that comes here stays until the block ends."""
        self.open.clear()
        self.asked.clear()
        try:
            yield
        finally:
            self.open.set()

    def form(self, folder: Path) -> dict[str, Any]:
        """What a run is told."""
        feeds = folder / "feeds.csv"
        feeds.write_text("feed_id,url\nwire,http://gate.example/wire\npress,http://gate.example/press\n")
        more = {"feeds": str(feeds), "host_map": {"gate.example": f"127.0.0.1:{self.server.server_address[1]}"}}
        more |= {"host_delay_seconds": 0, "request_seconds": 90}
        return {"data_dir": str(folder / "data"), "fetch_pages": False, "poll_all": True, "more": more}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_on_postgres(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate()


@pytest.fixture(scope="module")
def hook() -> Iterator[Receiver]:
    """Where the site's webhook leads, once it has been told so."""
    with receiver() as hook:
        yield hook


@pytest.fixture
def operator(site: Site, hook: Receiver) -> Receiver:
    """Somebody who is told."""
    if "gigawire: failed or late" not in {one["name"] for one in site.ask("/automations/filter", {})}:
        assert site.gigawire("setup", "--webhook", hook.url).returncode == 0
        site.pause()
    return hook


def is_told(operator: Receiver, words: bytes) -> bool:
    """Whether a message with these words has come."""
    return any(words in body for bodies in operator.bodies.values() for body in bodies)


@pytest.fixture(scope="module")
def undisturbed(
    gate: Gate, gigawire: Command, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Tables, dict[str, str]]:
    """What a run leaves that nothing happened to."""
    import json

    folder = tmp_path_factory.mktemp("undisturbed")
    form = gate.form(folder)
    env = {"GIGAWIRE_NOW": NOW, "GIGAWIRE_HOST_MAP": json.dumps(form["more"]["host_map"])}
    more = ["--feeds", form["more"]["feeds"], "--no-pages", "--no-server", "--data-dir", form["data_dir"]]
    done = gigawire("run", *more, env=env | {"GIGAWIRE_HOST_DELAY_SECONDS": "0"})
    assert done.returncode == 0, done.stderr
    return tables_of(folder / "data"), release_of(folder / "data")


def assert_as_undisturbed(data: Path, undisturbed: tuple[Tables, dict[str, str]]) -> None:
    assert differences(undisturbed[0], tables_of(data)) == []
    assert release_of(data) == undisturbed[1]
    assert left_aside(data) == []


def test_setup_called_again_adds_what_is_new_and_touches_nothing_else(site: Site, hook: Receiver) -> None:
    before = {one["name"]: one["id"] for one in site.ask("/automations/filter", {})}
    done = site.gigawire("setup", "--webhook", hook.url)
    assert done.returncode == 0, done.stderr
    assert "each that has a schedule has runs to come" in done.stderr
    after = {one["name"]: one["id"] for one in site.ask("/automations/filter", {})}
    assert after.keys() - before.keys() == {"gigawire: failed or late", "gigawire: nothing fresh"}
    assert before.items() <= after.items()
    assert [line for line in done.stderr.splitlines() if "created" in line or "updated" in line] == [
        "automation gigawire: failed or late: created",
        "automation gigawire: nothing fresh: created",
    ]
    deployed = {one["name"]: one for one in site.ask("/deployments/filter", {})}
    assert deployed.keys() == {one.name for one in read_deployments()}
    for one in deployed.values():
        if one["name"] == "shards":
            continue
        assert one["global_concurrency_limit"]["limit"] == 1
        assert one["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        assert one["parameter_openapi_schema"]["definitions"]  # the form
    site.pause()


def test_a_run_outlives_its_server_its_database_and_one_that_reads_for_it(
    site: Site, gate: Gate, undisturbed: tuple[Tables, dict[str, str]], tmp_path: Path
) -> None:
    form = gate.form(tmp_path)
    form["more"] |= {"read_on": "prefect", "shard_documents": 2}
    with gate.closed():
        run = site.run("by-cadence", **form)
        until(90, gate.asked.is_set)
        kill_group(site.server)
        site.database.kill()
        site.database.start()
        site.start_server()
    site.start_reader()
    killed = until(90, lambda: [one for one in site.runs("shards") if one["infrastructure_pid"]])[0]
    os.kill(int(killed["infrastructure_pid"].rsplit(":", 1)[-1]), signal.SIGKILL)
    assert site.ended(run) == "COMPLETED", site.log()
    ended = [(one["parameters"]["folder"][-5:], one["state"]["type"]) for one in site.runs("shards")]
    assert sorted(ended) == sorted(
        [(killed["parameters"]["folder"][-5:], "CRASHED"), *((f"0000{k}", "COMPLETED") for k in range(3))]
    )
    kill_group(site.reader)
    assert_as_undisturbed(tmp_path / "data", undisturbed)
    found = site.ask(f"/flow_runs/{run}")
    assert found["name"].startswith("collect all feeds, 20")
    keys = {one["key"] for one in site.ask("/artifacts/filter", {})}
    assert {"collected", "feeds", "read", "published", "release", "report-file", "release-folder"} <= keys
    assert not (site.folder / "home" / "storage").exists()  # no result is left behind


def test_a_run_cancelled_then_one_killed_with_its_worker_are_made_good_by_the_next(
    site: Site, gate: Gate, undisturbed: tuple[Tables, dict[str, str]], operator: Receiver, tmp_path: Path
) -> None:
    form = gate.form(tmp_path)
    with gate.closed():
        run = site.run("news-queries", **form)
        until(90, gate.asked.is_set)
        site.ask(f"/flow_runs/{run}/set_state", {"state": {"type": "CANCELLING"}})
        assert site.ended(run) == "CANCELLED"
    with gate.closed(), site.waiting_only(45, "gigawire: zombie"):  # a heartbeat comes each 30 s
        run = site.run("newswires", **form)
        until(90, gate.asked.is_set)
        until(90, lambda: site.told_of(run, "prefect.flow-run.heartbeat"))  # a run that never gave one is the night's
        kill_group(site.worker)
        kill_runs(site)
        hanging = site.run("backfill")
        site.set_state(hanging, "RUNNING")  # and never gave a sign of life, so no automation waits for the next
        old = site.run("by-hand")
        site.set_state(old, "COMPLETED")
        site.database.execute(f"UPDATE flow_run SET end_time = now() - INTERVAL '31 days' WHERE id = '{old}'")
        free = site.run("nightly", data_dir=form["data_dir"], longest_run_hours=0.0001)
        with site.waiting_only(15, "gigawire: stuck pending"):  # a process begins later than that
            taken = site.run("mornings")
            site.set_state(taken, "PENDING")  # as a worker does that dies before it begins
            assert {site.state(run), site.state(taken)} == {"RUNNING", "PENDING"}  # nobody is left to say otherwise
            assert site.ended(taken) == "CRASHED"
        assert site.ended(run) == "CRASHED"
        until(60, lambda: is_told(operator, b"prefect.flow-run.Late"))
    site.start_worker()
    assert site.ended(free) == "COMPLETED", site.log()
    assert site.state(hanging) == "CRASHED"
    assert old not in {one["id"] for one in site.runs("by-hand")}
    again = site.run("newswires", **form)  # its place is free again
    assert site.ended(again) == "COMPLETED", site.log()
    assert_as_undisturbed(tmp_path / "data", undisturbed)
    for words in (b"no sign of life from the run", b"taken by a worker, never begun"):
        until(60, lambda words=words: is_told(operator, words))


def test_a_run_that_failed_says_why_and_is_retried(site: Site, gate: Gate, operator: Receiver, tmp_path: Path) -> None:
    form = gate.form(tmp_path)
    feeds = tmp_path / "feeds.csv"
    right = feeds.read_text()
    feeds.write_text("feed_id,url\nwire,ftp://gate.example/wire\n")
    run = site.run("by-cadence", **form)
    assert site.ended(run) == "FAILED"
    assert "must begin with http" in site.ask(f"/flow_runs/{run}")["state"]["message"]
    until(60, lambda: is_told(operator, b"must begin with http"))
    feeds.write_text(right)
    # A worker of Prefect 3.8.8 that is given the run again before it has let go of it ends itself.
    until(60, lambda: not processes_with(f"PREFECT__FLOW_RUN_ID={run}"))
    time.sleep(3)
    site.ask(f"/flow_runs/{run}/set_state", {"state": {"type": "SCHEDULED", "name": "AwaitingRetry"}, "force": True})
    assert site.ended(run) == "COMPLETED", site.log()


def kill_runs(site: Site) -> None:
    """kill -9 to the processes of runs; they are in groups of their own or were orphaned with their worker."""
    for pid, command in processes_with(f"PREFECT_HOME={site.folder / 'home'}"):
        if "server start" not in command:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
