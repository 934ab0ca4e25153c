"""The warehouse at size: 1,000,000 articles, 10,000,000 mentions, 200,000 deals (GIGAWIRE_BENCH_ARTICLES: another).

Load of new articles against DuckDB's own bare insert of the same Arrow table, a whole release and the one after a day
of news, every question of docs/sql.md and of the dashboard on the published file, nine trend queries against Polars,
chDB and SQLite on the raw tables. Ends with 1 where a ratio or a time is beyond what is asked. GIGAWIRE_BENCH_DIR keeps
the tape.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import duckdb
import pyarrow as pa

from dashboards import queries as dashboard
from dashboards.filters import Filters
from extractors import registry
from extractors.registry.rates import load_rates
from flows.steps.registry import registry_hash, registry_tables
from tests.benchmarks import trends
from tests.benchmarks.big_tape import READER, asked_size, make
from warehouse.append import append, arrow_batch
from warehouse.connection import open_reader, open_writer, transaction
from warehouse.publish import publish
from warehouse.registry import load_registry
from warehouse.sandbox import answer
from warehouse.serving import KEPT

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "sql.md"
NEWS = Path(__file__).with_name("day_of_news.sql")
QUESTIONS = re.compile(r"^### (\d+)\. (.+?)\n.*?```sql\n(.+?)```", re.DOTALL | re.MULTILINE)
LOAD_RATIO, QUESTION_SECONDS, DASHBOARD_SECONDS, WHOLE_SECONDS, NEXT_SECONDS = 1.5, 0.5, 0.15, 60, 10
FASTER_THAN = {"polars": 2, "chdb": 2, "sqlite": 40}


def main() -> int:
    """Runs all parts; gives the exit code."""
    kept = os.environ.get("GIGAWIRE_BENCH_DIR")
    with tempfile.TemporaryDirectory(prefix="gigawire-bench-") as temporary:
        folder = Path(kept or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        size = asked_size()
        seconds, path = timed(lambda: make(folder, size))
        print(f"tape of {size.articles:,} articles, {size.mentions:,} mentions, {size.deals:,} deals: {seconds:.0f} s")
        failed = release_times(path, folder)
        failed += load_ratio(path, folder, max(1000, size.articles // 10))
        failed += question_times(folder / "published.duckdb")
        failed += trend_times(path, folder)
    for line in failed:
        print(f"BEYOND WHAT IS ASKED: {line}")
    return 1 if failed else 0


def release_times(path: Path, folder: Path) -> list[str]:
    """A whole release and the one after a day of news. Processor seconds stand beside."""
    failed = []
    with open_writer(path) as con:
        known, rates = registry.load(), load_rates()
        load_registry(con, registry_tables(known), rates, registry_hash=registry_hash(known, rates))
        for name in ("release", "published.duckdb", KEPT):
            (folder / name).unlink(missing_ok=True)
        whole = released(con, folder, "whole release", WHOLE_SECONDS)
        stamp = con.execute("SELECT count(*) FROM core.articles").fetchall()[0][0]
        add_news(con, f"+{stamp}")
        following = released(con, folder, "release after 400 new articles", NEXT_SECONDS)
    if whole > WHOLE_SECONDS:
        failed.append(f"the whole release took {whole:.0f} s")
    if following > NEXT_SECONDS:
        failed.append(f"the release after it took {following:.0f} s")
    return failed


def released(con: duckdb.DuckDBPyConnection, folder: Path, name: str, asked: int) -> float:
    """Publish and print; gives the seconds."""
    before = time.process_time()
    seconds, release = timed(lambda: publish(con, folder))
    cpu = time.process_time() - before
    print(f"{name}: {seconds:.1f} s, {cpu:.1f} s of processors, new: {release.is_new} (asked: {asked})")
    return seconds


def add_news(con: duckdb.DuckDBPyConnection, mark: str) -> None:
    """A day of news: articles, what they name and what they claim of known deals."""
    con.execute("SET VARIABLE mark = ?", [mark])
    for statement in con.extract_statements(NEWS.read_text(encoding="utf-8")):
        con.execute(statement)
    con.execute("CHECKPOINT")


def load_ratio(path: Path, folder: Path, count: int) -> list[str]:
    """Our load of new articles against a bare INSERT of the same from Arrow, the better of two turns.

    Each begins with a copy of the tape: how much a commit writes depends on how full the last rows' block is.
    """
    seconds: dict[str, list[float]] = {"ours": [], "bare": []}
    for name in list(seconds) * 2:
        copy = Path(shutil.copyfile(path, folder / "load.duckdb"))
        with open_writer(copy) as con:
            rows = new_articles(con, count)
            batch = arrow_batch(con, "core.articles", rows)
            load = (lambda: loaded(con, rows)) if name == "ours" else (lambda: inserted(con, batch))  # noqa: B023
            seconds[name].append(timed(load)[0])
        copy.unlink()
    ours, bare = (min(turns) for turns in seconds.values())
    print(f"load of {count:,} articles: {ours:.1f} s, bare insert {bare:.1f} s: {ours / bare:.2f} times it")
    return [f"load takes {ours / bare:.2f} times the bare insert"] if ours / bare > LOAD_RATIO else []


def loaded(con: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> None:
    """Our load: a batch without repeats, its keys asked of the table, in a transaction."""
    with transaction(con):
        assert append(con, "core.articles", rows) == len(rows)


def inserted(con: duckdb.DuckDBPyConnection, batch: pa.Table) -> None:
    """DuckDB's own insert of the same columns."""
    con.register("bare_batch", batch)
    with transaction(con):
        con.execute("INSERT INTO core.articles BY NAME SELECT * FROM bare_batch")
    con.unregister("bare_batch")


def new_articles(con: duckdb.DuckDBPyConnection, count: int) -> list[dict[str, Any]]:
    """Rows of articles that are not there yet, with the texts of some that are."""
    found = con.execute("SELECT * FROM core.articles LIMIT ?", [count])
    columns = [column[0] for column in found.description]
    rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    for number, row in enumerate(rows):
        row.update(article_id=f"new-{number}", document_id=f"d-new-{number}", item_id=f"i-new-{number}")
    return rows


def question_times(published: Path) -> list[str]:
    """Each question of docs/sql.md and of the dashboard, warm: the best of three."""
    failed = []
    with open_reader(published, memory_limit="4GB") as con:
        for number, title, sql in QUESTIONS.findall(PAGE.read_text(encoding="utf-8")):
            best = best_of(3, lambda sql=sql: list(answer(con, sql)))
            print(f"  question {number:>2} {best * 1000:6.0f} ms  {title}")
            if best > QUESTION_SECONDS:
                failed.append(f"question {number} took {best:.2f} s")
        deal_id = con.execute(
            "SELECT deal_id FROM mart.deals ORDER BY articles_count DESC, deal_id LIMIT 1"
        ).fetchall()[0][0]
        for name, ask in dashboard_questions(con, deal_id).items():
            best = best_of(3, ask)
            print(f"  dashboard {name:18}{best * 1000:6.0f} ms")
            if best > DASHBOARD_SECONDS:
                failed.append(f"the dashboard's {name} took {best:.2f} s")
    return failed


def dashboard_questions(con: duckdb.DuckDBPyConnection, deal_id: str) -> dict[str, Callable[[], Any]]:
    """What the dashboard asks, by name."""
    whole = Filters()
    filtered = (
        dashboard.deals,
        dashboard.totals,
        dashboard.monthly,
        dashboard.busiest_parties,
        dashboard.largest_deals,
    )
    of_deal = (dashboard.deal, dashboard.parties, dashboard.evidence, dashboard.revisions, dashboard.articles_of)
    return {
        **{ask.__name__: (lambda ask=ask: ask(con, whole)) for ask in filtered},
        **{f"{ask.__name__} of a deal": (lambda ask=ask: ask(con, deal_id)) for ask in of_deal},
        "latest_deals": lambda: dashboard.latest_deals(con, limit=20),
        "feeds": lambda: dashboard.feeds(con),
        "coverage": lambda: dashboard.coverage(con),
    }


def trend_times(path: Path, folder: Path) -> list[str]:
    """The nine trend queries by each engine: totals of the best of three, and how much faster the published file is."""
    raw = trends.export_raw(path, folder / "raw", READER)
    totals = {name: sum(engine(raw, folder)) for name, engine in trends.ENGINES.items()}
    ours = totals["published"]
    for name, seconds in totals.items():
        print(f"  nine trend queries, {name:10}{seconds * 1000:9.0f} ms  {seconds / ours:8.1f} times ours")
    return [
        f"the trend queries are only {totals[name] / ours:.1f} times faster than {name}"
        for name, asked in FASTER_THAN.items()
        if name in totals and totals[name] / ours < asked
    ]


def best_of(times: int, ask: Callable[[], Any]) -> float:
    """Seconds of the best of several runs."""
    return min(timed(ask)[0] for _ in range(times))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what the work gave."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    sys.exit(main())
