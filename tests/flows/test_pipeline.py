"""A run from feeds to release, without the engine: what it leaves, and that running again leaves the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.conftest import NOW, Command
from tests.flows.tables import differences, left_aside, release_of, tables_of
from tests.flows.wire import write_wire
from warehouse.connection import open_reader


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, gigawire: Command) -> tuple[Path, Path]:
    """(folder of feeds, data folder) after one run."""
    root = tmp_path_factory.mktemp("run")
    folder = write_wire(root / "feeds")
    done = gigawire("run", "--no-server", "--feeds-dir", folder, "--data-dir", root / "data", env={"GIGAWIRE_NOW": NOW})
    assert done.returncode == 0, done.stderr
    return folder, root / "data"


def test_every_version_is_polled_and_each_news_item_is_one(ran: tuple[Path, Path]) -> None:
    tables = tables_of(ran[1])
    with open_reader(ran[1] / "published.duckdb") as con:
        counts = dict(con.execute("SELECT feed_id, items_count FROM mart.feeds").fetchall())
    assert counts == {"wire": 4, "press": 2}
    assert len(tables["raw.entries"]) == 7  # the corrected entry has two versions


def test_the_corrected_text_is_the_one_that_counts(ran: tuple[Path, Path]) -> None:
    with open_reader(ran[1] / "published.duckdb") as con:
        titles = [title for (title,) in con.execute("SELECT title FROM mart.articles").fetchall()]
    assert any("$3.3 billion" in title for title in titles)


def test_running_again_adds_nothing_and_gives_the_same_bytes(ran: tuple[Path, Path], gigawire: Command) -> None:
    folder, data = ran
    tables, release = tables_of(data), release_of(data)
    later = {"GIGAWIRE_NOW": "2026-06-09T08:00:00+00:00"}
    done = gigawire("run", "--no-server", "--feeds-dir", folder, "--data-dir", data, env=later)
    assert done.returncode == 0, done.stderr
    assert "0 new entries; feeds: 0 with news, 2 unchanged" in done.stderr
    again = tables_of(data)
    assert {name: len(rows) for name, rows in again.items()} == {name: len(rows) for name, rows in tables.items()}
    changed = [line for line in differences(tables, again) if not line.startswith("raw.feed_state")]
    assert changed == []
    assert release_of(data) == release
    assert left_aside(data) == []


def test_two_runs_of_the_same_input_leave_the_same(ran: tuple[Path, Path], tmp_path: Path, gigawire: Command) -> None:
    done = gigawire(
        "run", "--no-server", "--feeds-dir", ran[0], "--data-dir", tmp_path / "d", env={"GIGAWIRE_NOW": NOW}
    )
    assert done.returncode == 0, done.stderr
    assert release_of(tmp_path / "d") == release_of(ran[1])


def test_several_processes_read_what_one_reads(ran: tuple[Path, Path], tmp_path: Path, gigawire: Command) -> None:
    spread = {"GIGAWIRE_NOW": NOW, "GIGAWIRE_POOL_FROM_DOCUMENTS": "1", "GIGAWIRE_PROCESSES": "2"}
    done = gigawire("run", "--no-server", "--feeds-dir", ran[0], "--data-dir", tmp_path / "d", env=spread)
    assert done.returncode == 0, done.stderr
    assert release_of(tmp_path / "d") == release_of(ran[1])


@pytest.mark.long
def test_all_real_feeds_are_taken_whole(shared: Path, tmp_path: Path, gigawire: Command) -> None:
    import json

    real = shared / "real" / "feeds"
    done = gigawire("run", "--no-server", "--feeds-dir", real, "--data-dir", tmp_path, "--json", timeout=280)
    assert done.returncode == 0, done.stderr
    entries = {feed["feed_id"]: feed["entries"] for feed in json.loads(done.stdout)["collected"]["feeds"]}
    expected: dict[str, int] = {}
    for line in (real / "manifest.jsonl").read_text().splitlines():
        file = json.loads(line)
        name = file["file"].split(".")[0]
        expected[name] = expected.get(name, 0) + file["item_tags"]
    assert {name: entries[name] for name in expected} == expected
    with open_reader(tmp_path / "published.duckdb") as con:
        [(titles, items)] = con.execute(
            "SELECT count(DISTINCT title), count(*) FROM mart.articles WHERE starts_with(url, 'https://www.anthropic.com/')"
        ).fetchall()
    last = real / "anthropic_news.6.xml"
    assert items >= last.read_text().count("<item>")
    assert titles == items
