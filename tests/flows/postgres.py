"""A PostgreSQL server of our own for one test module: no password, loopback only, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def binaries() -> Path:
    """The folder with initdb and postgres; the test is skipped where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or list(filter(None, [shutil.which("initdb")]))
    if not found:
        pytest.skip("needs PostgreSQL: no initdb found")
    return Path(found[-1]).parent


@contextmanager
def running_postgres() -> Iterator[str]:
    """``user@address:port/database`` of a server that runs while the block does."""
    programs = binaries()
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="gigawire-pg-"))  # pytest's folders are closed to other users
    if user:
        shutil.chown(folder, user)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    store = folder / "data"
    subprocess.run(
        [programs / "initdb", "-D", store, "-U", "prefect", "-A", "trust", "-E", "UTF8", "--no-sync"],
        user=user,
        cwd=folder,
        check=True,
        capture_output=True,
    )
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", store, "-p", str(port), *options],
            user=user,
            cwd=folder,
            stdout=log,
            stderr=log,
        )
    try:
        ready = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-t", "30"]
        for _ in range(60):
            if subprocess.run(ready).returncode == 0:
                break
        else:
            raise AssertionError((folder / "log").read_text(errors="replace")[-2000:])
        yield f"prefect@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)
