"""The past comes in from a dump once, whole after kill -9, in silence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.alerts.watchlists import load_watchlists
from flows.settings import Settings
from flows.steps import backfill as step
from flows.steps.alerts import look
from flows.steps.backfill import BackfillError, Wanted, backfill
from tests.flows.conftest import Command
from tests.flows.desk import PAGES
from tests.flows.tables import differences, tables_of
from warehouse.connection import open_writer

NOW = "2026-06-03T00:00:00+00:00"
ARTICLES = [
    {"title": title, "body": body, "published": day, "publisher": "Desk Wire", "url": f"https://desk.example/{name}"}
    for name, (day, title, body) in PAGES.items()
]


@pytest.fixture
def dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIGAWIRE_NOW", NOW)
    path = tmp_path / "dump.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [*ARTICLES, {"body": "of nobody"}]))
    return path


def asked(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with open_writer(settings.warehouse) as con:
        return con.execute(sql).fetchall()


def test_a_dump_is_read_once_alerts_nobody_and_survives_kill_9(
    settings: Settings, dump: Path, gigawire: Command, tmp_path: Path
) -> None:
    killed = gigawire(
        "backfill", dump, "--data-dir", settings.data_dir,
        env={"GIGAWIRE_NOW": NOW, "GIGAWIRE_FAILPOINT": "backfill_partition"},
    )  # fmt: skip
    assert killed.returncode == -9
    assert settings.backfill_mark.exists()
    done = backfill(settings, Wanted(source=dump))
    assert done.imported == 0, "the killed one had imported it"
    assert (done.read.documents, done.read.new_deals) == (3, 3)
    assert [line.partition(": ")[2] for line in done.complaints] == ["article 4: it has no title"]
    assert not settings.backfill_mark.exists()

    undisturbed = settings.model_copy(update={"data_dir": tmp_path / "other"})
    told: list[tuple[str, int, int]] = []
    assert backfill(undisturbed, Wanted(source=dump), lambda *said: told.append(said)).imported == 3
    assert ("read", 3, 3) in told
    assert asked(settings, "SELECT DISTINCT reason FROM core.alert_marks") == [("backfill",)]
    before = tables_of(settings.data_dir)
    assert differences(before, tables_of(undisturbed.data_dir)) == []
    again = backfill(settings, Wanted(source=dump))
    assert (again.imported, again.read.documents) == (0, 0)
    assert differences(before, tables_of(settings.data_dir)) == []


def test_what_a_killed_backfill_brought_is_no_news_for_the_run_after_it(desk: Settings) -> None:
    lists = load_watchlists(desk.watchlists)
    desk.backfill_mark.touch()
    look(desk, lists)
    assert asked(desk, "SELECT reason FROM core.alert_marks ORDER BY upto_at")[-1:] == [("backfill",)]
    assert not desk.backfill_mark.exists()


def test_only_days_of_the_range_are_taken(settings: Settings, dump: Path) -> None:
    wanted = Wanted(source=dump, since=date(2026, 3, 5), until=date(2026, 3, 9))
    imported, _ = step._import(settings, wanted, lambda *_: None)
    assert imported == 2


def test_a_parquet_file_gives_the_articles_of_the_json_lines(dump: Path, tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    path = tmp_path / "dump.parquet"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ARTICLES), path)
    assert list(step._rows(path)) == list(step._rows(dump))[:3]


def test_a_file_that_is_no_dump_is_named(settings: Settings, dump: Path, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("no json")
    with pytest.raises(BackfillError, match=r"x\.jsonl cannot be read"):
        backfill(settings, Wanted(source=tmp_path / "x.jsonl"))


def test_two_backfills_of_one_folder_exclude_each_other(settings: Settings) -> None:
    with step._silence(settings), pytest.raises(BackfillError, match="under way"), step._silence(settings):
        pass
    assert replace(Wanted(), feed_id="wire").has_day(None)
