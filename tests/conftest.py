"""What all tests share: no skip passes unnoticed in CI, and where ../shared lies."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A gate must give the same answer twice; at a desk the draws differ from run to run and find more.
settings.register_profile("gate", derandomize=True, deadline=None)
if os.environ.get("GIGAWIRE_FAIL_ON_SKIP"):
    settings.load_profile("gate")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# A test that needs the team's shared folder says so in this form; a clone that stands alone may skip it.
NEEDS_SHARED = "needs ../shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder beside the checkout; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip(NEEDS_SHARED)
    return SHARED


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes give a test no name: gzip's carry the second, and then two processes of one run collect different tests."""
    return argname if isinstance(val, bytes) and not val.isascii() else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under GIGAWIRE_FAIL_ON_SKIP (CI, `make check`) a skipped test is a failed one."""
    report = yield
    if os.environ.get("GIGAWIRE_FAIL_ON_SKIP") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NEEDS_SHARED not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped where nothing may be skipped: {reason}"
    return report


@pytest.fixture(scope="session")
def httpserver_listen_address() -> tuple[str, int]:
    """A port of its own for the server of each process of tests; asked for port 0, two of them may share one."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return "localhost", int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `gigawire demo` leaves it, made once a session without the Prefect server."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "demo", "--no-server", "--data-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return folder
