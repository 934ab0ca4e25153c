"""The built-in list of feeds, and a user's own: added by address, imported and exported as OPML, looked at."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from flows import exits
from flows.feeds import BUILT_IN, FeedListError, read_feeds
from flows.opml import read_opml, write_opml
from tests.flows.conftest import Command
from tests.flows.wire import DEALS, rss

HERE = {"GIGAWIRE_ALLOW_PRIVATE_ADDRESSES": '["127.0.0.0/8"]'}
SITE = """<html><head><title>A site</title>
<link rel="alternate" type="application/rss+xml" title="A site: comments" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="A site" href="wire.xml">
<link rel="alternate" hreflang="de" type="application/rss+xml" href="/de.xml"></head><body></body></html>"""


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    httpserver.expect_request("/").respond_with_data(SITE, content_type="text/html")
    httpserver.expect_request("/wire.xml").respond_with_data(rss(DEALS[:3]), headers={"ETag": '"v1"'})
    httpserver.expect_request("/gone.xml").respond_with_data("no", status=404)
    return httpserver


def test_the_built_in_list_is_large_mixed_and_sorted() -> None:
    feeds = read_feeds(BUILT_IN)
    groups = Counter(feed.group for feed in feeds)
    assert len(feeds) >= 200
    assert {
        "newswire",
        "trade",
        "press",
        "newsroom",
        "regulator",
        "filings",
        "search",
        "company",
        "rates",
    } <= groups.keys()
    assert [feed.feed_id for feed in feeds] == sorted(feed.feed_id for feed in feeds)
    assert len({feed.url for feed in feeds}) == len(feeds)
    assert all(
        feed.terms and feed.language and feed.expected_per_day > 0 and feed.cadence_minutes >= 15 for feed in feeds
    )
    assert all(feed.cadence_minutes <= 20 for feed in feeds if feed.group == "newswire")  # their windows hold an hour


def test_a_site_is_added_by_the_feed_that_it_names(gigawire: Command, site: HTTPServer, tmp_path: Path) -> None:
    done = gigawire("feeds", "add", site.url_for("/"), "--group", "mine", "--data-dir", tmp_path, env=HERE)
    assert done.returncode == 0, done.stderr
    (added,) = read_feeds(tmp_path / "feeds.csv")
    assert (added.url, added.group) == (site.url_for("/wire.xml"), "mine")
    assert "also names" in done.stderr
    assert "comments" in done.stderr
    again = gigawire("feeds", "add", site.url_for("/wire.xml"), "--data-dir", tmp_path, env=HERE)
    assert again.returncode == exits.USAGE
    assert added.feed_id in again.stderr
    removed = gigawire("feeds", "remove", added.feed_id, "--data-dir", tmp_path)
    assert removed.returncode == 0
    assert not (tmp_path / "feeds.csv").exists()


def test_what_is_no_feed_is_not_added(gigawire: Command, site: HTTPServer, tmp_path: Path) -> None:
    done = gigawire("feeds", "add", site.url_for("/gone.xml"), "--data-dir", tmp_path, env=HERE)
    assert done.returncode == exits.ALL_FAILED
    assert "http_404" in done.stderr
    assert not (tmp_path / "feeds.csv").exists()


def test_a_look_at_feeds_tells_what_is_in_them(gigawire: Command, site: HTTPServer, tmp_path: Path) -> None:
    both = [site.url_for("/wire.xml"), site.url_for("/")]
    done = gigawire("feeds", "test", *both, "--json", "--data-dir", tmp_path, env=HERE)
    assert done.returncode == exits.PARTIAL
    good, page = json.loads(done.stdout)
    assert (good["status"], good["entries_count"], good["is_conditional"], good["error"]) == (200, 3, True, "")
    assert "HTML page" in page["error"]
    assert page["named"][0]["url"] == both[0]
    assert list(tmp_path.iterdir()) == []


def test_lists_go_out_and_come_back_as_opml(gigawire: Command, tmp_path: Path) -> None:
    exported = gigawire("feeds", "export-opml", "--group", "newswire")
    listed = read_opml(exported.stdout.encode(), name="x")
    assert {feed.url for feed in listed} == {feed.url for feed in read_feeds(BUILT_IN) if feed.group == "newswire"}
    assert {feed.group for feed in listed} == {"newswire"}
    file = tmp_path / "mine.opml"
    outlines = '<outline text="Fab news" xmlUrl="https://fab.example/rss"/><outline text="?" xmlUrl="ftp://x"/>'
    file.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    for added in (1, 0):
        done = gigawire("feeds", "import-opml", file, "--data-dir", tmp_path)
        assert f"added {added} feeds" in done.stderr
    assert [feed.feed_id for feed in read_feeds(tmp_path / "feeds.csv")] == ["fab_news"]


def test_opml_bytes_are_the_same_for_the_same_feeds() -> None:
    feeds = read_feeds(BUILT_IN)
    assert write_opml(feeds) == write_opml(list(reversed(feeds)))


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<opml><body/></opml>", b"\x00\xff"])
def test_what_holds_no_feed_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(FeedListError, match=r"mine\.opml"):
        read_opml(data, name="mine.opml")
