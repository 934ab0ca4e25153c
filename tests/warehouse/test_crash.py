"""Killed with SIGKILL at any step, a run that is started again ends where an undisturbed one does."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from tests.warehouse.conftest import all_tables, fill
from tests.warehouse.test_publish import files
from warehouse.connection import open_writer
from warehouse.errors import WarehouseDamagedError
from warehouse.publish import publish

ROOT = Path(__file__).resolve().parents[2]
SIGKILLED = -9

# A child that fills and publishes, and kills itself before its Nth statement …
AT_STATEMENT = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.conftest import fill
from warehouse.connection import open_writer

class Fated:
    def __init__(self, con, left):
        self.con, self.left = con, left
    def execute(self, *arguments):
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.con.execute(*arguments)
    def __getattr__(self, name):
        return getattr(self.con, name)

with open_writer(Path(sys.argv[1])) as con:
    fated = Fated(con, int(sys.argv[2]))
    print("open", file=sys.stderr, flush=True)
    fill(fated)
print(fated.left)
"""
# … or with all of it in the log and nothing in the file …
BEFORE_CHECKPOINT = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.conftest import fill
from warehouse.connection import open_writer

with open_writer(Path(sys.argv[1])) as con:
    fill(con)
    os.kill(os.getpid(), signal.SIGKILL)
"""
# … or before its Nth change to names and contents of files.
AT_FILE = """
import os, signal, sys
from pathlib import Path
from warehouse.connection import open_writer
from warehouse.publish import publish

left = int(sys.argv[2])
def fated(real):
    def call(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)
    return call
with open_writer(Path(sys.argv[1])) as con:
    for name in ("fsync", "rename", "replace", "symlink", "mkdir", "utime", "unlink", "rmdir"):
        setattr(os, name, fated(getattr(os, name)))
    publish(con, Path(sys.argv[1]).parent)
print(left)
"""


def run(script: str, path: Path, steps: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, str(path), str(steps)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def steps_of(script: str, path: Path) -> int:
    done = run(script, path, 1_000_000)
    assert done.returncode == 0, done.stderr
    return 1_000_000 - int(done.stdout)


def some_of(count: int, how_many: int) -> list[int]:
    """Steps spread over a run, its first and last among them."""
    return sorted({round(step * (count - 1) / (how_many - 1)) for step in range(how_many)})


@pytest.mark.long
def test_killed_while_loading(tmp_path: Path) -> None:
    steps = steps_of(AT_STATEMENT, tmp_path / "counted" / "warehouse.duckdb")
    with open_writer(tmp_path / "undisturbed.duckdb") as con:
        fill(con)
        undisturbed = all_tables(con)
    assert steps > 50
    for step in some_of(steps, 4):
        path = tmp_path / str(step) / "warehouse.duckdb"
        assert run(AT_STATEMENT, path, step).returncode == SIGKILLED
        with open_writer(path, wait_seconds=0) as con:
            fill(con)
            assert all_tables(con) == undisturbed, f"killed before statement {step} of {steps}"


def test_a_log_with_changed_bytes_is_refused_and_one_cut_short_leaves_whole_transactions(tmp_path: Path) -> None:
    killed = tmp_path / "killed" / "warehouse.duckdb"
    assert run(BEFORE_CHECKPOINT, killed, 0).returncode == SIGKILLED
    log = killed.with_name("warehouse.duckdb.wal").read_bytes()
    with open_writer(tmp_path / "undisturbed.duckdb") as con:
        fill(con)
        undisturbed = all_tables(con)
    middle = len(log) // 2
    flipped = log[:middle] + bytes([log[middle] ^ 0xFF]) + log[middle + 1 :]
    for name, broken in {"flipped": flipped, "cut": log[:middle], "zeros": bytes(len(log)), "whole": log}.items():
        path = tmp_path / name / "warehouse.duckdb"
        shutil.copytree(killed.parent, path.parent)
        path.with_name("warehouse.duckdb.wal").write_bytes(broken)
        if name == "flipped":
            with pytest.raises(WarehouseDamagedError, match="move it away"), open_writer(path):
                pass
            continue
        with open_writer(path) as con:
            fill(con)
            assert all_tables(con) == undisturbed, name


def test_killed_while_publishing(tmp_path: Path) -> None:
    counted = tmp_path / "counted" / "warehouse.duckdb"
    with open_writer(counted) as con:
        fill(con)
    steps = steps_of(AT_FILE, counted)
    undisturbed = files((counted.parent / "release").resolve())
    undisturbed.pop("published.duckdb")
    assert steps > 15
    for step in some_of(steps, 5):
        path = tmp_path / str(step) / "warehouse.duckdb"
        with open_writer(path) as con:
            fill(con)
        assert run(AT_FILE, path, step).returncode == SIGKILLED
        assert_nothing_half(path.parent, undisturbed)
        with open_writer(path, wait_seconds=0) as con:
            release = publish(con, path.parent)
        assert_nothing_half(path.parent, undisturbed)
        assert (path.parent / "published.duckdb").is_file(), f"killed before step {step} of {steps}"
        assert [p.name for p in (path.parent / "releases").iterdir()] == [release.release_id]


def assert_nothing_half(data_dir: Path, undisturbed: dict[str, str]) -> None:
    """What readers can see is the whole release or nothing."""
    if (data_dir / "release").exists():
        seen = files((data_dir / "release").resolve())
        assert seen.pop("published.duckdb")
        assert seen == undisturbed
    if (data_dir / "published.duckdb").is_symlink():
        assert (data_dir / "published.duckdb").exists()


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    """By the clock rather than by steps: also inside a commit or a checkpoint."""
    path = tmp_path / "warehouse.duckdb"
    for moment in range(6):
        command = [sys.executable, "-c", AT_STATEMENT, str(path), "1000000"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
            assert child.stderr is not None
            assert child.stderr.readline() == b"open\n"
            sleep(0.03 * moment)
            child.kill()
    with open_writer(path, wait_seconds=0) as con:
        fill(con)
        found = all_tables(con)
        publish(con, tmp_path)
    with open_writer(tmp_path / "undisturbed" / "warehouse.duckdb") as con:
        fill(con)
        assert all_tables(con) == found
