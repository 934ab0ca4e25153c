"""``python -m dashboards.report --published PATH --out PATH``: one self-contained page of a release.

The same release gives the same bytes: nothing in it knows when it was made.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dashboards import figures, queries
from dashboards.bars import BarChart, stacked
from dashboards.filters import Filters
from dashboards.guard import plain, web_link
from dashboards.months import months_back
from dashboards.palette import STATUS_WORDS, TYPE_COLOURS, TYPE_WORDS
from dashboards.release import NotPublishedError, Release, open_published, release_of
from dashboards.words import COUNTED, MEASURES, undated
from dashboards.writing import page_style, templates, write_aside

MONTHS = 12  # that headline figures and charts cover, up to the month of the newest article
LARGEST, LATEST, OPEN_OR_OFF, BUSIEST = 12, 12, 8, 10


def write_report(published: Path, out: Path) -> int:
    """Write the report of the release behind ``published``; gives its size in bytes. Raises NotPublishedError."""
    con = open_published(published)
    try:
        page = render(con, release_of(con, published))
    finally:
        con.close()
    write_aside(out, page)
    return len(page.encode())


def render(con: duckdb.DuckDBPyConnection, release: Release) -> str:
    """The whole page as text."""
    environment = templates()
    environment.filters.update(plain=plain, web_link=web_link, day=figures.day, blank=blank)
    environment.globals.update(figures=figures, TYPE_WORDS=TYPE_WORDS, STATUS_WORDS=STATUS_WORDS)
    return environment.get_template("report.html.jinja").render(
        release=release,
        measures=MEASURES,
        counted=COUNTED,
        **page_style(),
        **sections(con, release.data_on),
    )


def sections(con: duckdb.DuckDBPyConnection, data_on: date | None) -> dict[str, Any]:
    """What the page shows, section by section."""
    monthly = queries.monthly(con, Filters())
    last = data_on or (monthly[-1]["month"] if monthly else None)
    months = months_back(last, MONTHS) if last else []
    covered = [row for row in monthly if row["month"] in months]
    year = Filters(since=months[0], until=last) if months else Filters()
    latest = queries.latest_deals(con, limit=LATEST)
    listed = {
        status: queries.deals(con, Filters(statuses=(status,)), limit=OPEN_OR_OFF)
        for status in ("rumored", "cancelled")
    }
    largest = queries.largest_deals(con, year, limit=LARGEST)
    shown = [*latest, *largest, *listed["rumored"], *listed["cancelled"]]
    return {
        "months": months,
        "headlines": [headline(covered, months, name) for name in MEASURES],
        "charts": charts(covered, months),
        "types": [name for name in TYPE_COLOURS if any(row["type"] == name for row in covered)],
        "table": [month_line(covered, month) for month in reversed(months)],
        "largest": largest,
        "latest": latest,
        "rumored": listed["rumored"],
        "cancelled": listed["cancelled"],
        "busiest": queries.busiest_parties(con, year, limit=BUSIEST),
        "sentences": queries.sentences(con, sorted({row["deal_id"] for row in shown})),
        "undated": undated(queries.totals(con, Filters())["undated_count"]),
        "coverage": queries.coverage(con),
        "feeds": queries.feeds(con),
    }


def headline(rows: Sequence[dict[str, Any]], months: Sequence[date], name: str) -> dict[str, str]:
    """One figure over all months, and how the last three compare with the three before."""
    measure = MEASURES[name]

    def told(chosen: Sequence[date]) -> str:
        return measure.wording(sum(row[name] or 0 for row in rows if row["month"] in chosen))

    return {
        "name": measure.headline,
        "figure": told(months),
        "recent": f"{told(months[-3:])} in the last 3 months, {told(months[-6:-3])} in the 3 before",
    }


def charts(rows: Sequence[dict[str, Any]], months: Sequence[date]) -> list[BarChart]:
    """A chart for each measure that has anything to show."""
    return [stacked(rows, months, measure) for measure in MEASURES.values() if any(row[measure.name] for row in rows)]


def month_line(rows: Sequence[dict[str, Any]], month: date) -> dict[str, Any]:
    """The table's line of a month: every measure, and how many of its deals have no value in US dollars."""
    of_month = [row for row in rows if row["month"] == month]
    sums = {name: sum(row[name] or 0 for row in of_month) for name in (*MEASURES, "deals_without_value_count")}
    told = {name: measure.wording(sums[name]) if sums[name] else "" for name, measure in MEASURES.items()}
    return {"month": f"{month:%b %Y}", "without_value": sums["deals_without_value_count"] or ""} | told


def blank(text: str) -> str:
    """The text, or nothing where it stands for nothing."""
    return "" if text == figures.NONE else text


def main(argv: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboards.report", description="Write a release as one HTML page."
    )
    parser.add_argument("--published", type=Path, required=True, help="published.duckdb")
    parser.add_argument("--out", type=Path, required=True, help="the page to write")
    asked = parser.parse_args(argv)
    try:
        size = write_report(asked.published, asked.out)
    except NotPublishedError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{asked.out}: {size:,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
