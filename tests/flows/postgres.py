"""A PostgreSQL server of our own for tests: no password, loopback only, gone afterwards; it may be killed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


def binaries() -> Path:
    """The folder with initdb and postgres; the test is skipped where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or list(filter(None, [shutil.which("initdb")]))
    if not found:
        pytest.skip("needs PostgreSQL: no initdb found")
    return Path(found[-1]).parent


@dataclass
class Postgres:
    """A server over a folder of its own, at one port for all its lives."""

    programs: Path
    folder: Path
    user: str | None
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """``user@host:port/database``."""
        return f"prefect@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Comes back when connections are taken."""
        options = [
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            f"unix_socket_directories={self.folder}",
            "-c",
            "fsync=off",
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", "-p", str(self.port), *options],
                user=self.user,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        ready = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-t", "30"]
        for _ in range(60):
            if subprocess.run(ready).returncode == 0:
                return
        raise AssertionError((self.folder / "log").read_text(errors="replace")[-2000:])

    def execute(self, sql: str) -> None:
        """A statement for what no interface lets a test do."""
        at = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "prefect", "-d", "postgres"]
        subprocess.run([self.programs / "psql", *at, "-q", "-v", "ON_ERROR_STOP=1", "-c", sql], check=True)

    def kill(self) -> None:
        """kill -9; its backends end with it."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server that runs while the block does."""
    programs = binaries()
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="gigawire-pg-"))  # pytest's folders are closed to other users
    if user:
        shutil.chown(folder, user)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", "prefect", "-A", "trust", "-E", "UTF8", "--no-sync"],
        user=user,
        cwd=folder,
        check=True,
        capture_output=True,
    )
    server = Postgres(programs, folder, user, port)
    try:
        server.start()
        yield server
    finally:
        if server.process is not None:
            server.process.terminate()
            server.process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[str]:
    """``user@address:port/database`` of a server that runs while the block does."""
    with postgres() as server:
        yield server.address
