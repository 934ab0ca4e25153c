"""Dask and Ray clusters of two workers on this machine, as somebody else would have started them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.flows.conftest import environment
from tests.flows.processes import processes_with
from tests.flows.site import until

TAG = "GIGAWIRE_TEST_CLUSTER"
QUIET = {"RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0"}


@dataclass(frozen=True)
class Kind:
    """How clusters of an engine are started."""

    name: str  # as in `read_on`
    library: str
    commands: Callable[[int, Path], list[list[str]]]  # port that clients call, a folder
    ready: str  # what stands in the log once work is taken


def _dask(port: int, folder: Path) -> list[list[str]]:
    dask = [sys.executable, "-m", "dask"]
    workers = ["--nworkers", "2", "--nthreads", "1", "--local-directory", str(folder), "--no-dashboard"]
    return [
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        [*dask, "worker", f"tcp://127.0.0.1:{port}", *workers],
    ]


def _ray(port: int, folder: Path) -> list[list[str]]:
    ray = str(Path(sys.executable).with_name("ray"))
    ports = ["--port", "0", "--ray-client-server-port", str(port), "--min-worker-port", "0", "--max-worker-port", "0"]
    node = ["--num-cpus", "2", "--temp-dir", str(folder), "--include-dashboard", "false", "--disable-usage-stats"]
    return [[ray, "start", "--head", "--block", *ports, *node]]


DASK = Kind("dask", "distributed", _dask, "Registered to")
RAY = Kind("ray", "ray", _ray, "Ray runtime started")


class Cluster:
    """What runs, by a mark in its environment that nothing else has."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"{kind.name}://127.0.0.1:{port}"
        self._mark = uuid4().hex
        env = environment(QUIET | {TAG: self._mark})
        with (folder / "log").open("ab") as log:
            self._started = [
                subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True)
                for command in kind.commands(port, folder)
            ]

    def kill_a_reader(self) -> None:
        """kill -9 to whichever process of the cluster first has a shard's half-written readings open."""
        os.kill(until(60, self._reader), signal.SIGKILL)

    def _reader(self) -> int | None:
        for pid, _ in processes_with(f"{TAG}={self._mark}"):
            if any(name.endswith("readings.jsonl.part") for name in open_files(pid)):
                return pid
        return None

    def end(self) -> None:
        """kill -9 to all of it."""
        for pid, _ in processes_with(f"{TAG}={self._mark}"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for process in self._started:
            process.wait()


@contextmanager
def running(kind: Kind) -> Iterator[Cluster]:
    """A cluster that takes work, while the block runs."""
    with tempfile.TemporaryDirectory(prefix="cluster-", ignore_cleanup_errors=True) as folder:  # Ray needs short paths
        cluster = Cluster(kind, Path(folder))
        try:
            until(120, lambda: kind.ready in Path(folder, "log").read_text(errors="replace"))
            yield cluster
        finally:
            cluster.end()


def open_files(pid: int) -> list[str]:
    """The paths of what a process has open; none where it is gone."""
    with suppress(OSError):
        return [os.readlink(file) for file in Path(f"/proc/{pid}/fd").iterdir()]
    return []
