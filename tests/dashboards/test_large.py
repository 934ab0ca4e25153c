"""Every page over a release of 1,000,000 articles and 200,000 deals, or as GIGAWIRE_BENCH_ARTICLES says.

GIGAWIRE_BENCH_DIR keeps the tape and its release, as for the benchmarks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboards import queries
from dashboards.filters import Filters
from dashboards.release import open_published
from dashboards.report import write_report
from dashboards.rows import rows
from tests.benchmarks.big_tape import asked_size, release
from tests.dashboards.browser import PAGES, WAIT, Watched, largest, opened, serious_violations, served

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(1200)]
OF_ONE_THING = ("story?story=", "deal?deal=")
BUSIEST = "SELECT name, deals_count FROM mart.companies ORDER BY deals_count DESC, name LIMIT 1"
SENTENCE = "SELECT sentence FROM mart.deal_evidence WHERE deal_id = ? ORDER BY length(sentence) DESC LIMIT 1"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of a large tape."""
    kept = os.environ.get("GIGAWIRE_BENCH_DIR")
    return release(Path(kept) if kept else tmp_path_factory.mktemp("large"), asked_size())


@pytest.fixture(scope="module")
def dashboard(published: Path, chromium: Any) -> Iterator[str]:
    yield from served(published)


@pytest.mark.parametrize("path", [*PAGES, *OF_ONE_THING])
def test_every_page_opens_says_no_error_and_fits_a_phone(
    published: Path, dashboard: str, chromium: Any, path: str
) -> None:
    watched = opened(chromium, f"{dashboard}/{path}{largest(published, path)}", width=400)
    page = watched.page
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert watched.complaints == []
    assert watched.hosts() == {urlsplit(dashboard).netloc}
    assert serious_violations(page) == []


def test_from_a_filter_to_a_sentence_in_two_clicks(published: Path, dashboard: str, chromium: Any) -> None:
    with closing(open_published(published)) as con:
        name = rows(con, BUSIEST)[0]["name"]
        filters = Filters(party=name)
        count = queries.totals(con, filters)["all_count"]
        first = queries.deals(con, filters, limit=1)[0]["deal_id"]
        sentence = rows(con, SENTENCE, [first])[0]["sentence"]
    watched = Watched(chromium, viewport={"width": 1360, "height": 1300})
    page = watched.page
    page.set_default_timeout(WAIT)
    page.goto(dashboard)
    page.get_by_label("Party").fill(name)
    page.keyboard.press("Enter")
    page.get_by_text(f"{count:,} deals").first.wait_for()
    page.get_by_role("combobox", name="Open a deal").click()
    page.get_by_role("option").first.click()
    page.get_by_text(f"“{sentence}”").first.wait_for()
    assert watched.complaints == []


def test_the_report_stays_small_and_asks_nobody(published: Path, chromium: Any, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    assert write_report(published, report) < 2_000_000
    watched = Watched(chromium, java_script_enabled=False)
    watched.page.goto(report.as_uri())
    watched.page.get_by_role("heading", level=1).first.wait_for()
    assert (watched.complaints, watched.requests) == ([], [report.as_uri()])
