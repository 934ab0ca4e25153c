"""Documents cut into shards, read by others and loaded by one writer: the rows of a run that reads by itself."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows import clusters
from flows.settings import Settings, SettingsError
from flows.steps.collect import collect
from flows.steps.read import documents_to_read, kept_version, read
from flows.steps.shards import DOCUMENTS, READINGS, batches, is_read, read_shard, write_shards
from tests.flows.conftest import NOW
from tests.flows.running_clusters import DASK, QUIET, RAY, Kind, running
from tests.flows.tables import differences, tables_of
from tests.flows.wire import write_wire


@pytest.fixture
def collected(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Six documents that nobody has read."""
    from flows.feeds import write_feeds
    from flows.feeds_dir import serve_folder

    monkeypatch.setenv("GIGAWIRE_NOW", NOW)
    with serve_folder(write_wire(tmp_path / "feeds")) as served:
        write_feeds(tmp_path / "feeds.csv", served.feeds)
        more = {"feeds": tmp_path / "feeds.csv", "host_map": served.host_map, "follow_versions": True}
        asyncio.run(collect(settings.model_copy(update=more | {"fetch_pages": False})))
    return settings.model_copy(update={"shard_documents": 2, "read_batch": 2, "read_on": "prefect"})


def spread_with(settings: Settings, monkeypatch: pytest.MonkeyPatch, broken: int = 0) -> list[Path]:
    """Reads as the cluster would, the first ``broken`` shards by nobody; gives the shards."""
    asked: list[Path] = []

    async def run_shards(_: Settings, shards: Sequence[Path]) -> None:
        asked.extend(shards)
        for shard in shards[broken:]:
            read_shard(shard)

    monkeypatch.setattr(clusters, "run_shards", run_shards)
    asyncio.run(clusters.spread(settings))
    return asked


@pytest.mark.parametrize("broken", [0, 1])
def test_shards_give_the_rows_of_a_run_that_reads_by_itself(
    collected: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, broken: int
) -> None:
    alone = collected.model_copy(update={"data_dir": tmp_path / "alone"})
    shutil.copytree(collected.data_dir, alone.data_dir)
    read(alone)
    assert len(spread_with(collected, monkeypatch, broken)) >= 3
    read(collected)  # what no shard has brought, and the deals
    assert differences(tables_of(alone.data_dir), tables_of(collected.data_dir)) == []
    assert list(collected.staging.glob("*")) == []


def test_a_run_that_comes_back_finds_what_was_read_and_reads_the_rest(
    collected: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = kept_version(collected)
    shards = write_shards(collected, version, documents_to_read(collected, version))
    read_shard(shards[0])
    (shards[1] / f"{READINGS}.part").write_text('{"half":')  # its reader was killed
    assert spread_with(collected, monkeypatch) == shards[1:]


def test_few_documents_are_read_by_the_run_itself(collected: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert spread_with(collected.model_copy(update={"shard_documents": 5}), monkeypatch) == []


def test_a_shard_needs_its_folder_and_the_archive_alone(collected: Settings) -> None:
    version = kept_version(collected)
    [first, *_] = write_shards(collected, version, documents_to_read(collected, version))
    collected.warehouse.unlink()
    assert not is_read(first)
    assert read_shard(first) == 2
    told = (first / READINGS).read_bytes()
    assert read_shard(first) == 2  # as it is
    assert (first / READINGS).read_bytes() == told
    assert [len(batch) for batch in batches(first, 1)] == [1, 1]
    assert len((first / DOCUMENTS).read_bytes().splitlines()) == 2


ENGINES = pytest.mark.parametrize("kind", [DASK, RAY], ids=lambda kind: kind.name)


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray asks for no login and tells nobody that it is used."""
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)


@pytest.mark.long
@pytest.mark.usefixtures("quiet")
@ENGINES
def test_a_cluster_that_runs_already_gives_the_same_rows_also_where_a_worker_of_it_dies(
    collected: Settings, tmp_path: Path, kind: Kind
) -> None:
    pytest.importorskip(kind.library)
    alone = collected.model_copy(update={"data_dir": tmp_path / "alone"})
    shutil.copytree(collected.data_dir, alone.data_dir)
    read(alone)
    waiting = len(documents_to_read(collected, kept_version(collected)))
    with running(kind) as cluster, ThreadPoolExecutor(1) as aside:
        there = collected.model_copy(update={"read_on": cluster.address})
        done = aside.submit(lambda: asyncio.run(clusters.spread(there)))
        cluster.kill_a_reader()
        assert done.result(120).documents == waiting  # none was left to the run itself
    read(there)
    assert differences(tables_of(alone.data_dir), tables_of(there.data_dir)) == []


@pytest.mark.long
@pytest.mark.usefixtures("quiet")
@ENGINES
def test_where_no_cluster_answers_the_run_reads_by_itself(collected: Settings, kind: Kind) -> None:
    pytest.importorskip(kind.library)
    nowhere = collected.model_copy(update={"read_on": f"{kind.name}://127.0.0.1:9"})
    assert asyncio.run(clusters.spread(nowhere)).documents == 0
    assert read(nowhere).documents == 6


@ENGINES
def test_a_cluster_whose_library_is_not_here_is_said_so(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: Kind
) -> None:
    monkeypatch.setitem(sys.modules, kind.library, None)
    there = settings.model_copy(update={"read_on": f"{kind.name}://127.0.0.1:9"})
    with pytest.raises(SettingsError, match=f"install its version of `{kind.library}"):
        asyncio.run(clusters.run_shards(there, [tmp_path]))
