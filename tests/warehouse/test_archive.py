"""The archive keeps bytes under the hash of what they are."""

from __future__ import annotations

import gzip
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.test_connection import no_rights
from warehouse.archive import Archive, WritingArchive
from warehouse.errors import WarehouseDamagedError, WarehouseUnwritableError


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=2000))
def test_what_was_put_is_got(archive: Archive, data: bytes) -> None:
    content_hash = archive.put(data)
    assert archive.get(content_hash) == data
    assert archive.has(content_hash)
    assert archive.verify() == []


def test_the_same_bytes_make_the_same_file_once(archive: Archive, tmp_path: Path) -> None:
    content_hash = archive.put(b"news")
    path = archive.path(content_hash)
    first = path.stat()
    assert archive.put(b"news") == content_hash
    assert path.stat().st_mtime_ns == first.st_mtime_ns
    other = Archive(tmp_path / "other")
    other.put(b"news")
    assert other.path(content_hash).read_bytes() == path.read_bytes()
    assert gzip.decompress(path.read_bytes()) == b"news"


def test_what_is_not_kept_is_said(archive: Archive) -> None:
    assert not archive.has("0" * 64)
    with pytest.raises(KeyError):
        archive.get("0" * 64)
    with pytest.raises(ValueError, match="no sha256"):
        archive.get("../../etc/passwd")


@pytest.mark.parametrize(
    "damage",
    [b"", b"no gzip", gzip.compress(b"other bytes"), gzip.compress(b"news")[:-4]],
    ids=["empty", "no gzip", "other bytes", "cut off"],
)
def test_damaged_bytes_are_found_and_never_given(archive: Archive, damage: bytes) -> None:
    content_hash = archive.put(b"news")
    archive.put(b"whole")
    archive.path(content_hash).write_bytes(damage)
    assert archive.verify() == [content_hash]
    with pytest.raises(WarehouseDamagedError, match="delete it, the next run retrieves it again"):
        archive.get(content_hash)


def test_what_a_killed_writer_left_aside_is_no_file_and_can_be_swept(archive: Archive) -> None:
    content_hash = archive.put(b"news")
    with subprocess.Popen(["true"]) as dead:
        pass
    half, being_written = (
        archive.path(content_hash).with_name(f".{'1' * 64}.{pid}.1") for pid in (dead.pid, os.getpid())
    )
    half.write_bytes(b"half")
    being_written.write_bytes(b"half")
    assert list(archive.hashes()) == [content_hash]
    assert archive.sweep() == 1
    assert being_written.exists()
    assert archive.verify() == []


def test_threads_may_put_the_same_bytes_at_once(archive: Archive) -> None:
    with ThreadPoolExecutor(8) as threads:
        hashes = set(threads.map(archive.put, [b"the same news"] * 64))
    assert len(hashes) == 1
    assert archive.verify() == []


def test_a_folder_that_takes_no_files_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    with no_rights(), pytest.raises(WarehouseUnwritableError, match="make it writable or make space"):
        Archive(folder / "archive").put(b"news")


@pytest.mark.parametrize("count", [3, 40], ids=["few", "many"])
def test_what_waits_can_be_read_and_is_kept_after_the_commit(tmp_path: Path, count: int) -> None:
    writing, kept = WritingArchive(tmp_path), Archive(tmp_path)
    hashes = [writing.put(b"news %d" % number) for number in range(count)]
    assert writing.put(b"news 1") == hashes[1]
    assert writing.get(hashes[2]) == b"news 2"
    assert not any(kept.has(content_hash) for content_hash in hashes)
    assert writing.commit() == count
    assert list(kept.hashes()) == sorted(hashes)
    assert kept.verify() == []
    assert (writing.commit(), list((tmp_path / ".new").iterdir())) == (0, [])
    assert writing.get(hashes[2]) == b"news 2"


def test_what_a_killed_run_had_not_committed_is_swept(tmp_path: Path) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    WritingArchive(tmp_path).put(b"of the living")
    left = tmp_path / ".new" / f".{'1' * 64}.{dead.pid}.1"
    left.write_bytes(b"half")
    assert Archive(tmp_path).sweep_new() == 1
    assert not left.exists()
