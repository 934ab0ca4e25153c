"""A folder of feed files over HTTP: versions in order, validators, types."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from flows.feeds import FeedListError
from flows.feeds_dir import serve_folder, sniffed_type, versions_by_name
from flows.retrieve import Fetcher, Limits, Retrieved
from flows.settings import Settings


def feed(*titles: str) -> bytes:
    items = "".join(f"<item><title>{t}</title><link>https://n.example/{t}</link></item>" for t in titles)
    return f"<rss version='2.0'><channel><title>N</title>{items}</channel></rss>".encode()


def test_files_are_grouped_by_name_and_sorted_by_number(tmp_path: Path) -> None:
    for name in ("a.10.xml", "a.2.xml", "a.1.xml", "B c.json", "notes.txt", "manifest.jsonl", "x.atom"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "z.xml").write_bytes(b"x")
    found = {name: [path.name for path in paths] for name, paths in versions_by_name(tmp_path).items()}
    assert found == {"a": ["a.1.xml", "a.2.xml", "a.10.xml"], "b_c": ["B c.json"], "x": ["x.atom"]}


def test_each_poll_gets_the_next_version_and_the_last_stays(tmp_path: Path, settings: Settings) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"news.{number}.xml").write_bytes(feed(*"abc"[:number]))

    async def polls() -> list[Retrieved]:
        answers: list[Retrieved] = []
        with serve_folder(tmp_path) as served:
            mapped = settings.model_copy(update={"host_map": served.host_map})
            async with Fetcher(mapped) as fetcher:
                etag = ""
                for _ in range(5):
                    answer = await fetcher.get(served.feeds[0].url, Limits.for_feeds(mapped), etag=etag)
                    answers.append(answer)
                    etag = answer.etag
        return answers

    answers = asyncio.run(polls())
    assert [answer.status for answer in answers] == [200, 200, 200, 304, 304]
    assert [answer.body.count(b"<item>") for answer in answers] == [1, 2, 3, 0, 0]


def test_a_folder_without_feeds_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(FeedListError, match=str(folder)), serve_folder(folder):
            pass


@pytest.mark.parametrize(
    ("start", "content_type"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<rss>", "application/rss+xml"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "application/atom+xml"),
        (b"<rdf:RDF xmlns='x'>", "application/rdf+xml"),
        (b' {"version": "https://jsonfeed.org/version/1.1"}', "application/feed+json"),
        (b"<!DOCTYPE html><html>", "text/html"),
    ],
)
def test_the_content_type_is_told_from_the_bytes(start: bytes, content_type: str) -> None:
    assert sniffed_type(start) == content_type
