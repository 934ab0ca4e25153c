"""The dashboard in a browser that is watched: its address, its pages, what a page said and whom it asked."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboards.release import open_published
from dashboards.rows import rows

ROOT = Path(__file__).resolve().parents[2]
WAIT = 30_000  # milliseconds: a loaded machine may take its time
# Streamlit looks for its server below the page's own path first and then above it; the first try is answered 404.
STREAMLIT_PROBES = ("/_stcore/health", "/_stcore/host-config")
PAGES = {
    "": "What was signed?",
    "capacity": "How much capacity is coming?",
    "relations": "Who depends on whom?",
    "prices": "What does it cost?",
    "changes": "What changed?",
    "company?company=OpenAI": "Company",
    "story": "Which story?",
    "sql": "Ask in SQL",
    "health": "What does it rest on?",
}

# Numbers what can be seen and takes a click or a key; a group of buttons is one stop, within it the arrows lead on.
MARK_USABLE = """() => {
    const found = [...document.querySelectorAll("a[href], button, input, textarea, [role=combobox], [tabindex='0']")]
        .filter(one => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }))
        .filter(one => !one.disabled && one.tabIndex >= 0 && one.getClientRects().length);
    const stops = new Map();
    for (const one of found) {
        const stop = one.closest("[role=radiogroup], [role=toolbar]") ?? one;
        if (!stops.has(stop)) stops.set(stop, stops.size);
        one.dataset.usable = stops.get(stop);
    }
    return stops.size;
}"""


class Watched:
    """A page that remembers what it said and what it asked for."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.page = browser.new_context(**options).new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def _heard(self, message: Any) -> None:
        if message.type == "error" and not message.location.get("url", "").endswith(STREAMLIT_PROBES):
            self.complaints.append(message.text)

    def hosts(self) -> set[str]:
        """Hosts that were asked for anything."""
        return {urlsplit(url).netloc for url in self.requests if urlsplit(url).scheme in {"http", "https", "ws"}}


def opened(browser: Any, address: str, width: int = 1360) -> Watched:
    """The page at the address, drawn to its end."""
    watched = Watched(browser, viewport={"width": width, "height": 900})
    watched.page.set_default_timeout(WAIT)
    watched.page.goto(address)
    watched.page.get_by_role("heading", level=1).first.wait_for()
    watched.page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
    return watched


def served(published: Path) -> Iterator[str]:
    """The address of a dashboard that shows this release, for as long as it is wanted."""
    pytest.importorskip("streamlit", reason="needs the dashboard extra")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-m", "dashboards", "--published", str(published), "--port", str(port), "--headless"]
    server = subprocess.Popen(
        program,
        cwd=ROOT,
        env=os.environ | {"HOME": str(published.parent)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                assert server.poll() is None, "the dashboard's server ended"
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def serious_violations(page: Any) -> list[str]:
    """What axe-core calls serious or critical, with the element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def largest(published: Path, path: str) -> str:
    """The id that a page of one thing needs."""
    con = open_published(published)
    try:
        if path.startswith("deal?"):
            return str(
                rows(con, "SELECT deal_id FROM mart.deals ORDER BY amount_usd DESC NULLS LAST LIMIT 1")[0]["deal_id"]
            )
        if path.startswith("story?"):
            return str(rows(con, "SELECT story_id FROM mart.stories ORDER BY deals_count DESC LIMIT 1")[0]["story_id"])
        return ""
    finally:
        con.close()


def out_of_reach(page: Any) -> list[str]:
    """What can be seen and used on a page but is not reached by its Tab key, as HTML."""
    count = page.evaluate(MARK_USABLE)
    reached = set()
    for _ in range(count + 20):  # the way leads through the browser's own controls, too
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement?.closest('[data-usable]')?.dataset.usable"))
    left = [number for number in range(count) if str(number) not in reached]
    return [
        page.evaluate("n => document.querySelector(`[data-usable='${n}']`)?.outerHTML.slice(0, 120)", n) for n in left
    ]
