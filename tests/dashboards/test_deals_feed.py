"""The feed of deals: valid Atom and JSON Feed, the same bytes for the same release, text of others only as text."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import feedparser
import pytest

from dashboards.deals_feed import ATOM, atom, entries, json_feed, main
from dashboards.release import open_published
from tests.dashboards.build import build_published
from tests.dashboards.deals import DEALS


@pytest.fixture
def con(published: Path) -> duckdb.DuckDBPyConnection:
    return open_published(published)


def test_deals_stand_newest_change_first_and_undated_ones_not_at_all(con: duckdb.DuckDBPyConnection) -> None:
    told = entries(con)
    assert [entry["id"].rpartition(":")[2] for entry in told] == [
        "d-kestrel", "d-cobalt", "d-pinemoor", "d-nebius", "d-talen",
    ]  # fmt: skip
    assert told[1]["title"] == ("Compute, amended: Cobalt Ridge Compute (supplier); Lumenfold AI (customer), $3.9bn")


def test_a_feed_reader_finds_every_entry_with_its_link_and_its_sentence(con: duckdb.DuckDBPyConnection) -> None:
    parsed = feedparser.parse(atom(entries(con)).encode())
    assert (parsed.bozo, parsed.version, len(parsed.entries)) == (False, "atom10", 5)
    assert parsed.entries[1].link == "https://therackreport.example/2026-02-10"
    assert "The contract now covers 110 MW" in parsed.entries[1].summary
    assert parsed.entries[1].updated == "2026-02-10T00:00:00Z"


def test_atom_has_what_the_standard_asks_of_feed_and_entry(con: duckdb.DuckDBPyConnection) -> None:
    feed = ElementTree.fromstring(atom(entries(con)))
    for tag in ("id", "title", "updated", "author"):
        assert len(feed.findall(f"{{{ATOM}}}{tag}")) == 1
    for entry in feed.findall(f"{{{ATOM}}}entry"):
        assert [len(entry.findall(f"{{{ATOM}}}{tag}")) for tag in ("id", "title", "updated", "link")] == [1, 1, 1, 1]


def test_json_feed_has_what_its_version_asks(con: duckdb.DuckDBPyConnection) -> None:
    feed = json.loads(json_feed(entries(con)))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(item["id"] and item["content_text"] for item in feed["items"])
    assert feed["items"][1]["tags"] == ["compute", "amended"]


def test_an_empty_release_is_still_a_valid_feed(tmp_path: Path) -> None:
    con = open_published(build_published(tmp_path, []))
    assert feedparser.parse(atom(entries(con)).encode()).version == "atom10"
    assert json.loads(json_feed(entries(con)))["items"] == []


def test_text_of_others_is_text_and_an_address_that_is_none_is_no_link(hostile: Path) -> None:
    con = open_published(hostile)
    entry = ElementTree.fromstring(atom(entries(con))).find(f"{{{ATOM}}}entry")
    assert entry is not None
    assert [child.tag for child in entry if len(child)] == []
    link = entry.find(f"{{{ATOM}}}link")
    assert link is not None
    assert link.get("href") == "urn:gigawire:deal:d-hostile"
    assert "external_url" not in json.loads(json_feed(entries(con)))["items"][0]


@pytest.mark.parametrize("form", ["atom", "json"])
def test_the_same_release_gives_the_same_bytes(published: Path, tmp_path: Path, form: str) -> None:
    other = build_published(tmp_path, DEALS)
    for number, path in enumerate((published, other)):
        assert main(["--published", str(path), "--format", form, "--out", str(tmp_path / f"{number}")]) == 0
    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()
