"""The static report: one file, the same bytes for the same release, harmless whatever the news says."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest

from dashboards.report import main, write_report
from tests.dashboards.build import build_published
from tests.dashboards.deals import DEALS

VOID = {"meta", "link", "br", "hr", "img", "input", "rect", "line"}


class Page(HTMLParser):
    """Which tags a page has, with their attributes; notes tags that are closed in the wrong order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)
        if tag in VOID and not (tag == "rect" and "class" in dict(attrs)):
            self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)


@pytest.fixture(scope="module")
def report(published: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("report") / "report.html"
    write_report(published, out)
    return out.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hostile_report(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("report") / "report.html"
    write_report(hostile, out)
    return out.read_text(encoding="utf-8")


def test_the_same_release_gives_the_same_bytes_wherever_it_lies(published: Path, tmp_path: Path) -> None:
    other = build_published(tmp_path, DEALS)
    sizes = [write_report(path, tmp_path / f"{n}.html") for n, path in enumerate((published, other))]
    assert (tmp_path / "0.html").read_bytes() == (tmp_path / "1.html").read_bytes()
    assert sizes == [(tmp_path / "0.html").stat().st_size] * 2
    assert sorted(path.name for path in tmp_path.glob("*.html")) == ["0.html", "1.html"]


def test_it_shows_headlines_sentences_links_and_what_it_rests_on(report: str) -> None:
    for text in (
        "Twelve months to April 2026",
        '<dd class="figure">$39.3bn</dd>',
        '<dd class="figure">2.03 GW</dd>',
        "“The contract now covers 110 MW and its total value rises to $3.9 billion from $2.4 billion.”",
        '<a href="https://therackreport.example/2026-02-10" rel="noopener noreferrer nofollow">The Rack Report</a>',
        "Talen Energy (supplier); Amazon (customer)",
        "Rumored, not counted above",
        "Cancelled, not counted above",
        "1 without a date of announcement",
        "June 2025, Power: $18bn",
    ):
        assert text in report, text


def test_it_needs_nothing_from_outside(report: str) -> None:
    page = Page(report)
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _ in page.tags}
    assert not [
        attrs for _, attrs in page.tags if "src" in attrs or "style" in attrs or any(a[:2] == "on" for a in attrs)
    ]
    assert page.crossed == []
    assert page.open == []
    assert "url(" not in report
    assert "@import" not in report


def test_the_policy_allows_its_own_style_and_nothing_else(report: str) -> None:
    style = re.search(r"<style>(.*?)</style>", report, re.S)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'" in report


def test_hostile_news_stays_text(hostile_report: str) -> None:
    page = Page(hostile_report)
    assert "script" not in {tag for tag, _ in page.tags}
    assert not [attrs for tag, attrs in page.tags if tag == "a"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in hostile_report
    assert not set(hostile_report) & {"\u202e", "\u202c", "\x1b"}


def test_every_chart_has_a_name_and_every_bar_its_figure(report: str) -> None:
    charts = re.findall(r"<svg viewBox.*?</svg>", report, re.S)
    assert len(charts) == 4
    for chart in charts:
        assert 'role="img"' in chart
        bars = re.findall(r"<rect [^>]+><title>([^<]+)</title></rect>", chart)
        assert bars
        assert len(bars) == chart.count("<rect")


def test_no_published_file_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.html"
    assert main(["--published", str(tmp_path / "none.duckdb"), "--out", str(out)]) == 1
    assert "nothing is published there" in capsys.readouterr().err
    assert not out.exists()


def test_an_empty_release_still_gives_a_report(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    write_report(build_published(tmp_path, []), out)
    assert "No deal yet." in out.read_text(encoding="utf-8")


def test_the_page_is_html_without_a_parse_error(report: str, hostile_report: str) -> None:
    for page in (report, hostile_report):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(page)
        assert [code for _, code, _ in parser.errors] == []
