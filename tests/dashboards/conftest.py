"""Published files for the dashboard's tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dashboards.build import build_published
from tests.dashboards.deals import DEALS, HOSTILE_DEALS

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of six deals: USD, EUR, rumored, cancelled, amended, undated."""
    return build_published(tmp_path_factory.mktemp("published"), DEALS)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the recorded sample, made by the real steps."""
    data = tmp_path_factory.mktemp("demo") / "data"
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIGAWIRE_", "PREFECT_"))}
    program = [sys.executable, "-m", "flows.cli", "demo", "--no-server", "--data-dir", str(data)]
    subprocess.run(program, cwd=ROOT, env=kept, check=True, capture_output=True)
    return data / "published.duckdb"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of one deal whose every text tries something."""
    return build_published(tmp_path_factory.mktemp("hostile"), HOSTILE_DEALS, release_id="badbadbadbadbad0")


@pytest.fixture(scope="module")  # while Playwright is open its event loop runs in this thread, and no asyncio.run() may
def chromium() -> Iterator[Any]:
    """Headless Chromium of the machine, driven by Playwright; skipped by name where there is none."""
    path = os.environ.get("GIGAWIRE_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(path).exists():
        pytest.skip(f"needs Chromium: none at {path}; set GIGAWIRE_CHROMIUM")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path,
            args=CHROMIUM_ARGUMENTS,
        )
        yield browser
        browser.close()
