"""A backup holds what cannot be made again, says so file by file, and replaces nothing unasked."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.warehouse import samples
from warehouse.archive import Archive
from warehouse.backup import BackupError, back_up, check_backup, copy_at_rest, restore
from warehouse.connection import open_writer
from warehouse.load import load_polls


@pytest.fixture
def kept(path: Path) -> Path:
    """A data folder with three entries, one archived body and a list of feeds."""
    with open_writer(path) as con:
        load_polls(con, [samples.poll()])
    Archive(path.parent / "archive").put(b"<rss/>")
    (path.parent / "feeds.csv").write_text("feed_id,url\n")
    (path.parent / "archive" / ".new").mkdir()
    (path.parent / "archive" / ".new" / ".half").write_bytes(b"of a run under way")
    (path.parent / "published.duckdb.tmp").write_text("can be made again")
    return path.parent


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock"
    }


def test_a_restored_folder_holds_what_was_backed_up(kept: Path, tmp_path: Path) -> None:
    made = back_up(kept / "warehouse.duckdb", kept, tmp_path / "b.tar")
    assert made.files == 3
    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0, "settings and targets may hold passwords"
    restore(tmp_path / "b.tar", tmp_path / "new")
    restored, original = files_of(tmp_path / "new"), files_of(kept)
    assert restored == {name: original[name] for name in restored}
    assert sorted(name.split("/")[0] for name in restored) == ["archive", "feeds.csv", "warehouse.duckdb"]
    with open_writer(tmp_path / "new" / "warehouse.duckdb") as con:
        assert con.execute("SELECT count(*) FROM raw.entries").fetchone() == (3,)


def test_the_same_folder_gives_the_same_backup(kept: Path, tmp_path: Path) -> None:
    for name in ("one.tar", "two.tar"):
        back_up(kept / "warehouse.duckdb", kept, tmp_path / name)
    assert (tmp_path / "one.tar").read_bytes() == (tmp_path / "two.tar").read_bytes()


def test_a_folder_in_use_is_replaced_only_by_force_and_kept_aside(kept: Path, tmp_path: Path) -> None:
    back_up(kept / "warehouse.duckdb", kept, tmp_path / "b.tar")
    (kept / "feeds.csv").write_text("edited since")
    with pytest.raises(BackupError, match="not empty"):
        restore(tmp_path / "b.tar", kept)
    assert (kept / "feeds.csv").read_text() == "edited since"
    restore(tmp_path / "b.tar", kept, force=True)
    assert (kept / "feeds.csv").read_text() == "feed_id,url\n"
    assert (kept / "before-restore" / "feeds.csv").read_text() == "edited since"
    restore(tmp_path / "b.tar", kept, force=True)
    assert (kept / "before-restore-2" / "feeds.csv").is_file()


def test_a_flipped_byte_is_found_before_anything_is_replaced(kept: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.tar"
    back_up(kept / "warehouse.duckdb", kept, backup)
    data = bytearray(backup.read_bytes())
    at = data.index(b"feed_id,url\n")
    data[at] ^= 1
    backup.write_bytes(data)
    with pytest.raises(BackupError, match="is not what was backed up"):
        check_backup(backup)
    with pytest.raises(BackupError, match="take another one"):
        restore(backup, kept, force=True)
    assert (kept / "feeds.csv").is_file()


@pytest.mark.parametrize("cut", [0, 700, 20_000])
def test_a_backup_that_was_cut_short_is_refused(kept: Path, tmp_path: Path, cut: int) -> None:
    backup = tmp_path / "b.tar"
    back_up(kept / "warehouse.duckdb", kept, backup)
    backup.write_bytes(backup.read_bytes()[:cut])
    with pytest.raises(BackupError):
        restore(backup, tmp_path / "new")
    assert files_of(tmp_path / "new") == {}


def test_a_strange_tar_file_writes_nothing_outside(tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as tar:
        head = tarfile.TarInfo("archive/../../outside")
        head.size = 1
        tar.addfile(head, io.BytesIO(b"x"))
    with pytest.raises(BackupError, match="no backup of ours"):
        restore(evil, tmp_path / "deep" / "data")
    assert not list(tmp_path.rglob("outside"))


def test_the_lock_of_the_writer_outlives_the_copy(kept: Path, tmp_path: Path) -> None:
    """A copy made by this process would drop DuckDB's lock on the file; another writer could then break it."""
    other = "import duckdb, sys; duckdb.connect(sys.argv[1])"
    with open_writer(kept / "warehouse.duckdb"):
        subprocess.run(["cp", str(kept / "warehouse.duckdb"), str(tmp_path / "copy")], check=True)
        tried = subprocess.run([sys.executable, "-c", other, str(kept / "warehouse.duckdb")], capture_output=True)
    assert b"Could not set lock" in tried.stderr
    copy_at_rest(kept / "warehouse.duckdb", tmp_path / "copy", wait_seconds=1)
    assert not (tmp_path / "copy.wal").exists()
