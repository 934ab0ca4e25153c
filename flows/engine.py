"""A run on Prefect: on the server named by PREFECT_API_URL, else on a temporary one that lives as long as the run.

The temporary server keeps its database in the data folder and nothing elsewhere. We start it ourselves, because the one
that Prefect starts outlives a run that is killed.
"""

from __future__ import annotations

import asyncio
import atexit
import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from flows.settings import Settings
from flows.steps.counts import RunCounts
from warehouse.errors import WarehouseUnwritableError

START_SECONDS = 120
# Measured: with these batches the server needs a third of the processor time for each task run.
SERVER_ENVIRONMENT = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(START_SECONDS),
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE": "50",
}
# A server that stays: the history of runs ends by itself, and what is held by leases outlives a server that is killed
# (kept in memory, as by default, a place that was taken then would never be free again).
SERVICE_ENVIRONMENT = SERVER_ENVIRONMENT | {
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "2592000",
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "2d",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "gigawire",
}


class EngineError(Exception):
    """The engine did not start; the message says what to do."""


class EngineBusyError(EngineError):
    """Another run on this data folder has its server up."""


def run_on_engine(settings: Settings, *, verbose: bool = False) -> RunCounts:
    """The pipeline as a Prefect flow in this process. Raises EngineError and what the steps raise."""
    start_engine(settings, verbose=verbose)
    from flows.pipeline import pipeline

    return asyncio.run(pipeline(settings))


def start_engine(settings: Settings, *, verbose: bool = False) -> None:
    """Makes Prefect ready to be imported: its environment set, a server answering until this process ends."""
    # the console of a run is ours; the server keeps the whole log of every run
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "INFO" if verbose else "CRITICAL")
    if os.environ.get("PREFECT_API_URL"):
        return
    _start_at(settings.prefect_home.resolve(), ("127.0.0.1", 0), SERVER_ENVIRONMENT, "run")


def start_service(settings: Settings, host: str, port: int) -> None:
    """As ``start_engine``, with a scheduler and the UI at a known address, and a home that no `gigawire run` uses."""
    if os.environ.get("PREFECT_API_URL"):
        return
    named = {"PREFECT_SERVER_API_HOST": host, "PREFECT_SERVER_API_PORT": str(port)}
    _start_at(settings.service_home.resolve(), (host, port), SERVICE_ENVIRONMENT | named, "service")


def _start_at(home: Path, address: tuple[str, int], environment: dict[str, str], kind: str) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        _claim(home / "run.lock")
    except OSError as error:
        raise WarehouseUnwritableError(f"{home} cannot be written ({error.strerror})") from error
    os.environ.update(environment | {"PREFECT_HOME": str(home)})
    _start_server(home / "server.log", address, kind)


def _claim(path: Path) -> None:
    """Keeps a second run away from the server's home; the kernel lets go of it when this process ends."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = os.pread(lock, 32, 0).decode(errors="replace").strip() or "unknown"
        os.close(lock)
        raise EngineBusyError(
            f"another run on this data folder is under way (process {pid}): wait until it ends, or stop it"
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)


def _start_server(log: Path, where: tuple[str, int], kind: str) -> None:
    """A new server, named by PREFECT_API_URL; it ends with this process however this process ends."""
    try:
        listener = socket.create_server(where)
    except OSError as error:
        raise EngineError(
            f"nothing can listen at {where[0]}:{where[1]} ({error.strerror}): --port names another"
        ) from None
    with listener, log.open("wb") as log_file:
        address = f"http://{where[0]}:{listener.getsockname()[1]}"
        server = subprocess.Popen(
            [sys.executable, "-m", "flows.engine_server", str(listener.fileno()), kind],
            stdin=subprocess.PIPE,  # held open by us alone: its end is how the server learns of ours
            stdout=log_file,
            stderr=log_file,
            pass_fds=[listener.fileno()],
        )
    # registered before Prefect is imported, so called after Prefect has sent its last logs and events
    atexit.register(_stop, server)
    os.environ["PREFECT_API_URL"] = f"{address}/api"  # read once, when Prefect is imported
    import prefect  # noqa: F401  (takes seconds, so while the server starts)

    _wait_until_ready(address, server, log)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise EngineError(f"the Prefect server did not start, see {log}; --no-server runs without it")
        try:
            with opener.open(f"{address}/api/ready", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    raise EngineError(f"the Prefect server was not ready after {START_SECONDS} seconds; --no-server runs without it")
