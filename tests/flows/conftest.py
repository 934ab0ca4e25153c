"""Servers that misbehave on purpose, and the command as a user calls it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from flows.settings import LOOPBACK, Settings

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-06-02T08:00:00+00:00"  # the day after the newest entry of the demo

Responder = Callable[[socket.socket, Event], None]
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings for a server on this machine: no politeness, quick to give up."""
    return Settings(
        data_dir=tmp_path / "data",
        allow_private_addresses=(LOOPBACK,),
        host_delay_seconds=0,
        host_concurrency=8,
        request_seconds=5,
        retry_wait_seconds=0.01,
        max_retry_wait_seconds=1,
    )


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a tape of three deals, to be copied."""
    from tests.flows.desk import fill

    root = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIGAWIRE_NOW", "2026-06-01T00:00:00+00:00")
        fill(Settings(data_dir=root / "data"), root / "pages")
    return root / "data"


@pytest.fixture
def desk(settings: Settings, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A tape of three deals, read on the first of June."""
    monkeypatch.setenv("GIGAWIRE_NOW", "2026-06-03T00:00:00+00:00")
    shutil.copytree(filled, settings.data_dir)
    return settings


@pytest.fixture
def raw_server() -> Iterator[Callable[[Responder], str]]:
    """Starts servers that write what they like to each connection after its request; gives their address."""
    ended = Event()
    listeners: list[socket.socket] = []

    def start(respond: Responder) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve() -> None:
            while not ended.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                Thread(target=answer, args=[connection], daemon=True).start()

        def answer(connection: socket.socket) -> None:
            with connection:
                try:
                    connection.recv(65_536)
                    respond(connection, ended)
                except OSError:
                    return

        Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    ended.set()
    for listener in listeners:
        listener.close()


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a command: ours without settings of whoever runs the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIGAWIRE_", "PREFECT_"))}
    # what stands before us on the path stays there: `make test-duckdb2` puts another DuckDB there
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(ROOT)]))
    return {**kept, "PYTHONPATH": path, "COLUMNS": "200", **(extra or {})}


@pytest.fixture(scope="session")
def gigawire() -> Command:
    """Runs ``gigawire ARGUMENTS`` in a process of its own."""

    def run(
        *arguments: object, env: Mapping[str, str] | None = None, timeout: float = 240
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", *map(str, arguments)],
            cwd=ROOT,
            env=environment(env),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run


@contextmanager
def held_open(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is writing to the warehouse."""
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom warehouse.connection import open_writer\n"
        "with open_writer(Path(sys.argv[1])):\n    print('open', flush=True)\n    time.sleep(60)\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        yield holder
    finally:
        holder.kill()
        holder.wait()
