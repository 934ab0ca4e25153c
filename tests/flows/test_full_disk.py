"""F6: a disk that fills while a run writes ends it in a line that says so; with space again, the next run heals it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.exits import CONFIGURATION
from tests.flows.conftest import NOW, Command
from tests.flows.tables import differences, left_aside, release_of, tables_of
from tests.flows.wire import write_wire

pytestmark = pytest.mark.long
AMPLE_KB = 100_000

Disk = Callable[[int], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Gives the folder ``disk`` so many kilobytes, more at a later call; only root may."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(option: str) -> int:
        command = ["mount", "-t", "tmpfs", "-o", option, "tmpfs", str(folder)]
        return subprocess.run(command, capture_output=True).returncode

    if mount("size=1k"):
        pytest.skip("needs the right to mount a tmpfs")

    def give(kilobytes: int) -> None:
        assert mount(f"remount,size={kilobytes}k") == 0

    yield give
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(
    ("kilobytes", "where"),
    [(600, "warehouse.duckdb"), (1_500, "archive"), (3_000, "warehouse.duckdb.wal"), (9_000, "published.duckdb")],
)
def test_a_disk_that_fills_up_loses_nothing(
    gigawire: Command, disk: Disk, tmp_path: Path, kilobytes: int, where: str
) -> None:
    feeds = write_wire(tmp_path / "feeds")

    def run(data: Path) -> subprocess.CompletedProcess[str]:
        env = {"GIGAWIRE_NOW": NOW, "GIGAWIRE_MIN_FREE_BYTES": "0"}  # else the run would not begin
        return gigawire("run", "--no-server", "--feeds-dir", feeds, "--data-dir", data, env=env)

    undisturbed, data = tmp_path / "undisturbed", tmp_path / "disk" / "data"
    assert run(undisturbed).returncode == 0
    disk(kilobytes)
    full = run(data)
    assert full.returncode == CONFIGURATION
    assert where in full.stderr.splitlines()[-1]
    assert "No space left" in full.stderr.splitlines()[-1]
    disk(AMPLE_KB)
    assert run(data).returncode == 0
    assert differences(tables_of(undisturbed), tables_of(data)) == []
    assert release_of(undisturbed) == release_of(data)
    assert left_aside(data) == []
