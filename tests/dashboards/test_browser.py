"""The dashboard and the report in real headless Chromium, with every request watched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboards.brief.__main__ import written
from dashboards.report import write_report
from dashboards.writing import write_aside
from tests.dashboards.browser import PAGES, WAIT, Watched, largest, opened, out_of_reach, serious_violations, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def dashboard(published: Path, chromium: Any) -> Iterator[str]:
    yield from served(published)


@pytest.fixture(scope="module")
def demo_dashboard(demo: Path, chromium: Any) -> Iterator[str]:
    yield from served(demo)


@pytest.fixture(scope="module")
def hostile_dashboard(hostile: Path, chromium: Any) -> Iterator[str]:
    yield from served(hostile)


def test_from_a_filter_to_a_deal_s_sentence_and_back(dashboard: str, chromium: Any) -> None:
    watched = Watched(chromium, viewport={"width": 1360, "height": 1300})
    page = watched.page
    page.set_default_timeout(WAIT)
    page.goto(dashboard)
    page.get_by_text("6 deals").wait_for()
    page.get_by_label("Party").fill("lumenfold")
    page.keyboard.press("Enter")
    page.get_by_text("1 deal", exact=True).wait_for()
    assert "party=lumenfold" in page.url
    page.get_by_role("combobox", name="Open a deal").click()
    page.get_by_role("option").first.click()
    sentence = "“The contract now covers 110 MW and its total value rises to $3.9 billion from $2.4 billion.”"
    page.get_by_text(sentence).first.wait_for()
    assert page.url.endswith("/deal?deal=d-cobalt")
    link = page.get_by_role("link", name="Open the article").first
    assert link.get_attribute("href") == "https://therackreport.example/2026-02-10"
    page.get_by_role("link", name="All deals").click()
    page.get_by_text("1 deal", exact=True).wait_for()
    assert page.get_by_label("Party").input_value() == "lumenfold"
    assert watched.complaints == []
    assert watched.hosts() == {urlsplit(dashboard).netloc}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [400, 1360])
def test_every_page_opens_on_every_screen_and_asks_nobody_else(
    demo_dashboard: str, chromium: Any, path: str, width: int
) -> None:
    watched = Watched(chromium, viewport={"width": width, "height": 900})
    page = watched.page
    page.set_default_timeout(WAIT)
    page.goto(f"{demo_dashboard}/{path}")
    page.get_by_role("heading", name=PAGES[path], exact=True).wait_for()
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.complaints == []
    assert watched.hosts() == {urlsplit(demo_dashboard).netloc}


@pytest.mark.parametrize("path", [*PAGES, "story?story=", "deal?deal="])
def test_axe_finds_no_serious_or_critical_violation(demo: Path, demo_dashboard: str, chromium: Any, path: str) -> None:
    assert serious_violations(opened(chromium, f"{demo_dashboard}/{path}{largest(demo, path)}").page) == []


@pytest.mark.parametrize("path", [*PAGES, "story?story=", "deal?deal="])
def test_the_keyboard_reaches_everything(demo: Path, demo_dashboard: str, chromium: Any, path: str) -> None:
    assert out_of_reach(opened(chromium, f"{demo_dashboard}/{path}{largest(demo, path)}").page) == []


def test_axe_finds_no_violation_in_report_and_brief(demo: Path, chromium: Any, tmp_path: Path) -> None:
    write_report(demo, tmp_path / "report.html")
    write_aside(tmp_path / "brief.html", written(demo, "weekly", None, "html"))
    for name in ("report.html", "brief.html"):
        page = Watched(chromium, bypass_csp=True).page
        page.goto((tmp_path / name).as_uri())
        assert serious_violations(page) == []


def test_a_company_s_page_counts_its_deals_and_a_story_carries_the_analysis(demo_dashboard: str, chromium: Any) -> None:
    page = Watched(chromium, viewport={"width": 1360, "height": 1300}).page
    page.set_default_timeout(WAIT)
    page.goto(f"{demo_dashboard}/company?company=OpenAI")
    page.get_by_text("Kind: lab").wait_for()
    page.goto(f"{demo_dashboard}/?party=oracle&type=Compute")
    page.get_by_text("1 deal", exact=True).wait_for()
    page.get_by_role("combobox", name="Open a deal").click()
    page.get_by_role("option").first.click()
    page.get_by_text("Oracle provides OpenAI with computing capacity was announced on 11 Sep 2025").wait_for()


def test_a_view_can_be_sent_as_an_address(dashboard: str, chromium: Any) -> None:
    watched = Watched(chromium)
    watched.page.set_default_timeout(WAIT)
    watched.page.goto(f"{dashboard}/?type=Power&measure=Power")
    watched.page.get_by_text("1 deal", exact=True).wait_for()
    watched.page.goto(f"{dashboard}/deal?deal=d-talen")
    watched.page.get_by_text("“Talen will supply Amazon with up to 1,920 megawatts").first.wait_for()
    assert watched.complaints == []


def test_hostile_news_runs_nothing_and_fetches_nothing(hostile_dashboard: str, chromium: Any) -> None:
    watched = Watched(chromium)
    page = watched.page
    page.set_default_timeout(WAIT)
    page.goto(hostile_dashboard)
    page.get_by_text("1 deal", exact=True).wait_for()
    page.goto(f"{hostile_dashboard}/deal?deal=d-hostile")
    page.get_by_text("<script>alert(1)</script>").first.wait_for()
    assert page.get_by_role("link", name="Open the article").count() == 0
    assert page.locator("a[href*='beacon']").count() == 0
    assert (watched.dialogs, watched.complaints) == ([], [])
    assert watched.hosts() == {urlsplit(hostile_dashboard).netloc}


@pytest.mark.parametrize("width", [375, 1200])
def test_the_report_opens_without_a_word_to_anybody(published: Path, chromium: Any, tmp_path: Path, width: int) -> None:
    report = tmp_path / "report.html"
    assert write_report(published, report) < 2_000_000
    watched = Watched(chromium, viewport={"width": width, "height": 900}, java_script_enabled=False)
    watched.page.goto(report.as_uri())
    watched.page.get_by_text("“The contract now covers 110 MW").first.wait_for()
    assert watched.page.get_by_role("img", name="Power by month").is_visible()
    assert watched.complaints == []
    assert watched.requests == [report.as_uri()]


def test_the_report_fits_a_phone_and_its_policy_lets_its_style_through(
    published: Path, chromium: Any, tmp_path: Path
) -> None:
    report = tmp_path / "report.html"
    write_report(published, report)
    watched = Watched(chromium, viewport={"width": 375, "height": 800})
    watched.page.goto(report.as_uri())
    assert watched.page.evaluate("document.documentElement.scrollWidth") == 375
    assert watched.page.evaluate("getComputedStyle(document.querySelector('.cards')).display") == "grid"
    assert watched.complaints == []
