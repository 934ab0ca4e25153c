"""The brief: what a day or a week brought, the same bytes for the same release, harmless whatever the news says."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboards.brief import Brief, compose
from dashboards.brief.__main__ import written
from dashboards.release import NotPublishedError, open_published
from tests.dashboards.build import build_published
from tests.dashboards.deals import DEALS, claim

CORRECTED: dict[str, Any] = {
    "deal_id": "d-corrected",
    "type": "build",
    "status": "announced",
    "party_list": [("developer", "Tarnwell Power")],
    "claims": [
        claim(
            date(2026, 2, 9),
            "PressLine",
            "Correction: Tarnwell Power builds in Ohio",
            "Tarnwell Power builds in Ohio, not in Iowa.",
            {},
        )
    ],
}


@pytest.fixture(scope="module")
def tape(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_published(tmp_path_factory.mktemp("brief"), [*DEALS, CORRECTED])


def brief(tape: Path, kind: str, until: date) -> Brief:
    con = open_published(tape)
    try:
        return compose(con, kind, until, data_on=date(2026, 4, 30))
    finally:
        con.close()


def ids(rows: Any) -> list[str]:
    return [row["deal_id"] for row in rows]


def test_a_week_lists_what_was_announced_in_its_seven_days_and_compares_with_the_seven_before(tape: Path) -> None:
    week = brief(tape, "weekly", date(2025, 9, 14))
    assert ids(week.largest) == ["d-nebius"]
    assert [(h.name, h.now, h.before) for h in week.headlines][:2] == [
        ("Deals", "1", "0"),
        ("Stated value", "$17.4bn", "$0"),
    ]
    assert ids(brief(tape, "weekly", date(2025, 9, 16)).largest) == []


def test_a_day_is_one_day(tape: Path) -> None:
    assert ids(brief(tape, "daily", date(2025, 9, 9)).largest) == ["d-nebius"]
    assert brief(tape, "daily", date(2025, 9, 10)).is_quiet


def test_a_change_tells_what_moved_and_is_no_new_deal(tape: Path) -> None:
    day = brief(tape, "daily", date(2026, 2, 10))
    assert (ids(day.largest), ids(day.changes)) == ([], ["d-cobalt"])
    assert "Announced → Amended; \\$2.4bn → \\$3.9bn; 60 MW → 110 MW" in written(tape, "daily", date(2026, 2, 10), "md")


def test_cancelled_and_rumored_deals_stand_apart_and_are_not_counted(tape: Path) -> None:
    off, rumor = brief(tape, "daily", date(2025, 11, 12)), brief(tape, "daily", date(2026, 4, 20))
    assert (ids(off.cancelled), off.headlines[0].now) == (["d-pinemoor"], "0")
    assert (ids(rumor.rumored), rumor.headlines[0].now) == (["d-kestrel"], "0")


def test_corrections_and_names_that_are_new_are_listed(tape: Path) -> None:
    day = brief(tape, "daily", date(2026, 2, 9))
    assert ids(day.corrections) == ["d-corrected"]
    assert [row["name"] for row in day.new_names] == ["Tarnwell Power"]


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_largest_deals_carry_an_analysis_their_sentence_and_the_link(tape: Path, form: str) -> None:
    text = written(tape, "weekly", date(2025, 9, 14), form)
    assert "Detailed analysis" in text
    assert (
        "A contract under which Nebius provides Microsoft with computing capacity was announced on 9 Sep 2025." in text
    )
    assert "Nebius serves Microsoft from Vineland, New Jersey" in text
    assert "https://therackreport.example/2025-09-09" in text


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_same_release_and_day_give_the_same_bytes(tape: Path, tmp_path: Path, form: str) -> None:
    other = build_published(tmp_path, [*DEALS, CORRECTED])
    assert written(tape, "weekly", None, form) == written(other, "weekly", None, form)


def test_nothing_that_an_article_says_is_markup(hostile: Path) -> None:
    html = written(hostile, "daily", date(2026, 1, 1), "html")
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html
    text = written(hostile, "daily", date(2026, 1, 1), "md")
    assert not re.search(r"(?<!\\)(?:!\[|\]\(|<script|\*\*bold|:material|\$x)", text)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_command_writes_the_file_or_standard_output(tape: Path, tmp_path: Path) -> None:
    program = [sys.executable, "-m", "dashboards.brief", "--published", str(tape), "--until", "2025-09-09"]
    told = subprocess.run(program, capture_output=True, text=True, check=True)
    subprocess.run([*program, "--out", str(tmp_path / "brief.md")], check=True)
    assert told.stdout == (tmp_path / "brief.md").read_text(encoding="utf-8") != ""


def test_a_missing_release_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="nothing is published there"):
        written(tmp_path / "published.duckdb", "daily", None, "md")
