"""What of the archive may go, what must stay, and how it is handed on."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.warehouse import samples
from tests.warehouse.samples import NOW, days
from warehouse import kept
from warehouse.archive import Archive
from warehouse.connection import open_writer
from warehouse.load import load_documents, load_polls, load_read
from warehouse.warc import export_warc

OLD, NEW, TOLD, UNTOLD, PAGE = b"<rss>old</rss>", b"<rss>new</rss>", b"a deal", b"no deal", b"<html>"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    kept_bytes = Archive(tmp_path / "archive")
    for data in (OLD, NEW, TOLD, UNTOLD, PAGE):
        kept_bytes.put(data)
    return kept_bytes


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> list[kept.ArchivedBody]:
    """A feed polled twice, a page, an entry that tells of a deal and one that does not."""
    with open_writer(tmp_path_factory.mktemp("kept") / "warehouse.duckdb") as con:
        for body, at in ((OLD, NOW - days(100)), (NEW, NOW)):
            state = samples.state(polled_at=at, content_hash=hash_of(body))
            load_polls(con, [samples.poll(polled_at=at, state=state, body_hash=hash_of(body))])
        told, untold = (
            replace(samples.document(number, retrieved_at=NOW - days(90)), document_id=hash_of(text))
            for number, text in ((1, TOLD), (2, UNTOLD))
        )
        page = replace(samples.document(3, "page", NOW - days(80)), document_id=hash_of(PAGE), content_type="text/html")
        load_documents(con, [told, untold, page])
        load_read(con, [replace(samples.read(1), raw=told)], recorded_at=NOW)
        return kept.archived_bodies(con)


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_every_retrieval_is_listed_with_its_time_and_address(bodies: list[kept.ArchivedBody]) -> None:
    assert [body.kind for body in bodies] == ["feed", "entry", "entry", "page", "feed"]
    assert [body.retrieved_at for body in bodies] == sorted(body.retrieved_at for body in bodies)


@pytest.mark.parametrize(
    ("age", "with_documents", "going"),
    [
        (50, False, {OLD}),  # the current body of the feed stays
        (95, False, {OLD}),
        (101, False, set()),
        (50, True, {OLD, UNTOLD, PAGE}),  # evidence of a deal stays
        (85, True, {OLD, UNTOLD}),
    ],
)
def test_only_what_no_stage_needs_goes(
    bodies: list[kept.ArchivedBody], archive: Archive, age: int, with_documents: bool, going: set[bytes]
) -> None:
    hashes = kept.prunable(bodies, NOW - days(age), with_documents=with_documents)
    assert {archive.get(content_hash) for content_hash in hashes} == going


def test_a_dry_run_tells_the_same_and_removes_nothing(bodies: list[kept.ArchivedBody], archive: Archive) -> None:
    hashes = kept.prunable(bodies, NOW)
    assert kept.prune(archive, hashes, dry_run=True) == kept.Pruned(
        files_count=1, byte_count=archive.path(hashes[0]).stat().st_size
    )
    assert kept.prune(archive, hashes).files_count == 1
    assert kept.prune(archive, hashes).files_count == 0
    verified = kept.verify(archive, bodies)
    assert (verified.missing, verified.pruned_count) == ((), 1)


def test_damaged_and_missing_files_are_told_apart(bodies: list[kept.ArchivedBody], archive: Archive) -> None:
    damaged, missing = archive.put(NEW), archive.put(TOLD)
    archive.path(damaged).write_bytes(b"rot")
    archive.path(missing).unlink()
    assert kept.verify(archive, bodies) == kept.Verified(
        whole_count=3, damaged=(damaged,), missing=(missing,), pruned_count=0
    )


def records_of(path: Path) -> list[tuple[str, str, str, bytes]]:
    """(type, address, content type, bytes) of each record."""
    with path.open("rb") as file:
        return [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI") or "",
                record.rec_headers.get_header("Content-Type") or "",
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def test_what_came_over_the_wire_is_in_the_warc_and_nothing_else(
    bodies: list[kept.ArchivedBody], archive: Archive, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "tape.warc.gz"
    assert export_warc(archive, bodies, target, software="gigawire") == 3
    info, *records = records_of(target)
    assert info[0] == "warcinfo"
    assert [(kind, data) for kind, _, _, data in records] == [
        ("resource", OLD),
        ("resource", b"<html>"),
        ("resource", NEW),
    ]
    assert records[0][1:3] == ("https://example.org/wire.rss", "application/rss+xml")
    assert [path.name for path in target.parent.iterdir()] == ["tape.warc.gz"]


def test_the_same_archive_gives_the_same_warc(
    bodies: list[kept.ArchivedBody], archive: Archive, tmp_path: Path
) -> None:
    again = replace(bodies[0], retrieved_at=NOW + days(1))
    for name in ("1", "2"):
        export_warc(archive, [*bodies, again], tmp_path / name / "tape.warc.gz", software="gigawire")
    first, second = (tmp_path / name / "tape.warc.gz" for name in ("1", "2"))
    assert records_of(first)[-1][0] == "revisit"
    assert first.read_bytes()[10:] == second.read_bytes()[10:]
