"""The dashboard over a large release in headless Chromium: seconds to the first figures and from a filter to its table.

Shows GIGAWIRE_BENCH_DIR/published.duckdb, else a release of a tape of GIGAWIRE_BENCH_ARTICLES articles (1,000,000) made
for it. Prints medians, and the same of an empty Streamlit page, for what the machine at hand is. Nothing is asserted.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dashboards.release import open_published
from dashboards.rows import rows
from tests.benchmarks.big_tape import asked_size, release
from tests.dashboards.browser import served

TURNS = 5
VISIT_SECONDS, FILTER_SECONDS = 3, 1
EMPTY = "import streamlit as st\nst.title('Empty')\n"
COUNT = re.compile(r"^[\d,]+ deals?")
BUSIEST = "SELECT name FROM mart.companies ORDER BY deals_count DESC, name LIMIT ?"


def main() -> None:
    """Runs all parts."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="gigawire-bench-") as temporary, sync_playwright() as playwright:
        folder = Path(os.environ.get("GIGAWIRE_BENCH_DIR") or temporary)
        published = release(folder, asked_size())
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with empty_page(Path(temporary)) as address:
            empty = visits(chromium, address, "Empty")
            print(f"first visit of an empty page: {empty:.2f} s")
        for address in served(published):
            first = visits(chromium, address, "What was signed?")
            asked = f"asked: {VISIT_SECONDS}"
            print(f"first visit of the deals: {first:.2f} s, {first / empty:.1f} times the empty page ({asked})")
            change = filter_changes(chromium, address, busiest(published))
            print(f"a filter's change: {change:.2f} s (asked: {FILTER_SECONDS})")
        chromium.close()


@contextmanager
def empty_page(folder: Path) -> Iterator[str]:
    """The address of a Streamlit page with nothing on it."""
    script = folder / "empty.py"
    script.write_text(EMPTY, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close())
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def until(attempt: Callable[[], Any], seconds: float = 60) -> None:
    """Tries until it works."""
    end = time.monotonic() + seconds
    while True:
        try:
            attempt()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def visits(chromium: Any, address: str, title: str) -> float:
    """Median seconds from an empty browser to the page's title and, where there are any, its first figures."""
    seconds = []
    for _ in range(TURNS):
        context = chromium.new_context()
        page = context.new_page()
        start = time.perf_counter()
        page.goto(address)
        page.get_by_role("heading", name=title).wait_for(timeout=60_000)
        if title != "Empty":
            page.get_by_test_id("stMetricValue").first.wait_for(timeout=60_000)
            page.get_by_test_id("stDataFrame").first.wait_for(timeout=60_000)
        seconds.append(time.perf_counter() - start)
        context.close()
    return median(seconds)


def busiest(published: Path) -> list[str]:
    """Names of the companies with most deals."""
    with closing(open_published(published)) as con:
        return [row["name"] for row in rows(con, BUSIEST, [TURNS])]


def filter_changes(chromium: Any, address: str, names: list[str]) -> float:
    """Median seconds from a filter's Enter to the number of deals that it leaves, each filter new to the server."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    count = page.get_by_role("heading", name=COUNT)
    count.wait_for(timeout=60_000)
    seconds = []
    for name in names:
        before = count.inner_text()
        box = page.get_by_label("Party")
        box.fill(name)
        start = time.perf_counter()
        box.press("Enter")
        page.get_by_text(before, exact=True).wait_for(state="detached", timeout=60_000)
        seconds.append(time.perf_counter() - start)
    context.close()
    return median(seconds)


if __name__ == "__main__":
    main()
