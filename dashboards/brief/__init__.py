"""The brief of a day or a week: what was signed, what changed, who is new, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from dashboards import queries
from dashboards.analysis import Analysis, analyse_deal
from dashboards.brief import questions
from dashboards.filters import Filters
from dashboards.rows import Row
from dashboards.words import MEASURES

__all__ = ["PERIODS", "Brief", "Headline", "Period", "compose"]

PERIODS = {"daily": 1, "weekly": 7}  # days
LARGEST, ANALYSED, NEW_NAMES = 10, 3, 12


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``since`` to ``until``, both counted."""

    since: date
    until: date

    @property
    def before(self) -> Period:
        """As many days, just before."""
        days = self.until - self.since + timedelta(days=1)
        return Period(self.since - days, self.since - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure of the period beside the same figure of the period before, in words."""

    name: str
    now: str
    before: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a brief says; all texts of others are raw, the templates make them harmless."""

    kind: str  # daily, weekly
    period: Period
    headlines: Sequence[Headline]
    largest: Sequence[Row]  # counted deals announced in the period
    rumored: Sequence[Row]
    changes: Sequence[Row]  # revisions told in the period of deals known before
    cancelled: Sequence[Row]
    corrections: Sequence[Row]  # articles that correct what was said of a deal
    new_names: Sequence[Row]  # companies that stand in a deal for the first time
    sentences: dict[str, Row]  # deal_id -> the sentence that tells it best
    analyses: dict[str, Analysis]  # deal_id -> the detailed analysis, of the largest
    coverage: Row
    failing: Sequence[Row]  # feeds that bring nothing at the moment

    @property
    def is_quiet(self) -> bool:
        """Whether the period brought no news of deals."""
        return not (self.largest or self.rumored or self.changes or self.cancelled)


def compose(con: duckdb.DuckDBPyConnection, kind: str, until: date, *, data_on: date | None) -> Brief:
    """The brief of the days that end with ``until``; ``kind`` is one of ``PERIODS``."""
    period = Period(until - timedelta(days=PERIODS[kind] - 1), until)
    announced = Filters(since=period.since, until=period.until)
    largest = questions.signed(con, period.since, period.until, limit=LARGEST)
    rumored = queries.deals(con, Filters(since=period.since, until=period.until, statuses=("rumored",)), limit=LARGEST)
    changes = questions.changes(con, period.since, period.until)
    cancelled = [row for row in changes if row["status"] == "cancelled"]
    told = {row["deal_id"] for row in (*largest, *rumored, *changes)}
    analyses = {row["deal_id"]: analyse_deal(con, row["deal_id"], data_on=data_on) for row in largest[:ANALYSED]}
    return Brief(
        kind=kind,
        period=period,
        headlines=_headlines(queries.totals(con, announced), _totals_of(con, period.before)),
        largest=largest,
        rumored=rumored,
        changes=[row for row in changes if row["status"] != "cancelled"],
        cancelled=cancelled,
        corrections=questions.corrections(con, period.since, period.until),
        new_names=questions.new_names(con, period.since, period.until, limit=NEW_NAMES),
        sentences=queries.sentences(con, sorted(told)),
        analyses={deal_id: analysis for deal_id, analysis in analyses.items() if analysis},
        coverage=questions.coverage(con, period.since, period.until),
        failing=[feed for feed in queries.feeds(con) if feed["is_failing"]],
    )


def _totals_of(con: duckdb.DuckDBPyConnection, period: Period) -> Row:
    return queries.totals(con, Filters(since=period.since, until=period.until))


def _headlines(now: Row, before: Row) -> list[Headline]:
    return [
        Headline(
            measure.headline, measure.wording(now[name] or 0), measure.wording(before[name] or 0), measure.definition
        )
        for name, measure in MEASURES.items()
    ]
