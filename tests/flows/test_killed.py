"""Kill -9 at any moment, run again: the same final state as a run that nobody disturbed."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from flows.failpoints import IN_EVERY_RUN
from tests.flows.conftest import NOW, Command
from tests.flows.processes import processes_with
from tests.flows.tables import Tables, differences, left_aside, release_of, tables_of
from tests.flows.wire import write_wire

# A poll that was stored before the kill is answered 304 by the run after it.
PLACES = [*IN_EVERY_RUN, "polls_loaded:2", "polls_retrieved:3"]
OF_FEEDS = [place for place in PLACES if not place.startswith("pages")]
EACH_ALONE = {
    "polls_loaded",
    "deals_resolved",
}  # the others alone are long tests; here they are killed one after another


def run(gigawire: Command, feeds: Path, data: Path, failpoint: str = "") -> int:
    env = {"GIGAWIRE_NOW": NOW, "GIGAWIRE_READ_BATCH": "2", "GIGAWIRE_FAILPOINT": failpoint}
    return gigawire("run", "--no-server", "--feeds-dir", feeds, "--data-dir", data, env=env).returncode


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, gigawire: Command) -> tuple[Path, Tables, dict[str, str]]:
    root = tmp_path_factory.mktemp("undisturbed")
    feeds = write_wire(root / "feeds")
    assert run(gigawire, feeds, root / "data") == 0
    return feeds, tables_of(root / "data"), release_of(root / "data")


def test_runs_killed_at_one_place_after_another_end_as_if_undisturbed(
    undisturbed: tuple[Path, Tables, dict[str, str]], tmp_path: Path, gigawire: Command
) -> None:
    feeds, tables, release = undisturbed
    for place in OF_FEEDS:
        if place in IN_EVERY_RUN:
            assert run(gigawire, feeds, tmp_path / "data", place) == -signal.SIGKILL, place
    assert run(gigawire, feeds, tmp_path / "data") == 0
    found = differences(tables, tables_of(tmp_path / "data"))
    assert [line for line in found if line.split(":")[0] != "raw.feed_state"] == []  # it says 304
    assert release_of(tmp_path / "data") == release


@pytest.mark.parametrize(
    "place", [pytest.param(place, marks=[] if place in EACH_ALONE else [pytest.mark.long]) for place in OF_FEEDS]
)
def test_a_run_killed_anywhere_and_run_again_ends_as_if_undisturbed(
    undisturbed: tuple[Path, Tables, dict[str, str]], tmp_path: Path, gigawire: Command, place: str
) -> None:
    feeds, tables, release = undisturbed
    assert run(gigawire, feeds, tmp_path / "data", place) == -signal.SIGKILL
    assert run(gigawire, feeds, tmp_path / "data") == 0
    assert differences(tables, tables_of(tmp_path / "data")) == []
    assert release_of(tmp_path / "data") == release
    assert left_aside(tmp_path / "data") == []
    assert (tmp_path / "data" / "report.html").is_file()


@pytest.mark.parametrize("place", [pytest.param("pages_retrieved", marks=pytest.mark.long), "pages_loaded:1"])
def test_a_run_killed_among_its_pages_goes_on_with_the_rest(
    demo_data_now: tuple[Tables, dict[str, str]], tmp_path: Path, gigawire: Command, place: str
) -> None:
    tables, release = demo_data_now
    assert run_demo(gigawire, tmp_path / "data", place) == -signal.SIGKILL
    assert run_demo(gigawire, tmp_path / "data") == 0
    told_once = {"raw.feed_state"}  # says 304 after the second run
    assert [
        line for line in differences(tables, tables_of(tmp_path / "data")) if line.split(":")[0] not in told_once
    ] == []
    assert release_of(tmp_path / "data") == release


@pytest.fixture(scope="module")
def demo_data_now(tmp_path_factory: pytest.TempPathFactory, gigawire: Command) -> tuple[Tables, dict[str, str]]:
    data = tmp_path_factory.mktemp("demo-now") / "data"
    assert run_demo(gigawire, data) == 0
    return tables_of(data), release_of(data)


def run_demo(gigawire: Command, data: Path, failpoint: str = "") -> int:
    env = {"GIGAWIRE_NOW": NOW, "GIGAWIRE_FAILPOINT": failpoint}
    return gigawire("demo", "--no-server", "--data-dir", data, env=env).returncode


def test_no_reading_process_outlives_a_run_that_is_killed(tmp_path: Path, gigawire: Command) -> None:
    mark = f"GIGAWIRE_DATA_DIR={tmp_path / 'data'}"
    env = {
        "GIGAWIRE_DATA_DIR": str(tmp_path / "data"),
        "GIGAWIRE_FAILPOINT": "read_batch_loaded",
        "GIGAWIRE_POOL_FROM_DOCUMENTS": "1",
        "GIGAWIRE_PROCESSES": "2",
    }
    done = gigawire("run", "--no-server", "--feeds-dir", write_wire(tmp_path / "feeds"), env=env)
    assert done.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while processes_with(mark) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert processes_with(mark) == []
