"""The demo's sample: enough of it, every shape of feed, served as real news servers do."""

from __future__ import annotations

import gzip
import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from flows.demo import LAST_MODIFIED, SAMPLE, SampleServer, find_file, read_feeds, serve_sample

SHAPES = {
    "demo-google-news": ("rss20", 16),
    "demo-newswire": ("rss20", 12),
    "demo-trade": ("atom10", 11),
    "demo-chips": ("rss10", 8),
    "demo-newsroom": ("json11", 6),
    "demo-sec-8k": ("atom10", 7),
    "demo-power": ("rss20", 10),
    "demo-undated": ("rss20", 8),
}


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with serve_sample() as running:
        yield running


def get(server: SampleServer, url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request("GET", target, headers={"Host": parts.netloc, **headers})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def feed_bytes(feed_id: str) -> bytes:
    url = next(row["url"] for row in read_feeds() if row["feed_id"] == feed_id)
    path = find_file(SAMPLE, urlsplit(url).netloc, url.removeprefix(f"http://{urlsplit(url).netloc}"))
    assert path is not None
    return path.read_bytes()


def entry_links(data: bytes) -> list[str]:
    if data.startswith(b"{"):
        return [item["url"] for item in json.loads(data)["items"]]
    text = data.decode("latin-1")
    blocks = re.findall(r"<(?:item|entry)[ >].*?</(?:item|entry)>", text, re.S)
    links = [re.search(r'<link>([^<]+)</link>|<link rel="alternate"[^>]*href="([^"]+)"', block) for block in blocks]
    return [(match[1] or match[2]).replace("&amp;", "&") if match else "" for match in links]


def test_there_are_eight_feeds_and_at_least_66_entries() -> None:
    counts = {row["feed_id"]: len(entry_links(feed_bytes(row["feed_id"]))) for row in read_feeds()}
    assert counts == {feed_id: count for feed_id, (_, count) in SHAPES.items()}
    assert sum(counts.values()) >= 66


@pytest.mark.parametrize("feed_id", SHAPES)
def test_every_feed_parses_to_all_its_entries(feed_id: str) -> None:
    feeds = pytest.importorskip("extractors.feeds")
    feed = feeds.parse_feed(feed_bytes(feed_id), url="http://feed.example/")
    assert (feed.format, len(feed.entries)) == SHAPES[feed_id]
    assert all(entry.title for entry in feed.entries)


def test_every_link_of_our_hosts_has_a_page_and_each_page_an_entry(server: SampleServer) -> None:
    links = {link for feed_id in SHAPES for link in entry_links(feed_bytes(feed_id)) if ".example/" in link}
    assert len(links) >= 42
    assert {url: get(server, url)[0] for url in links} == dict.fromkeys(links, 200)
    pages = {path for path in SAMPLE.rglob("*") if path.suffix in (".html", ".htm")}
    assert len(pages) == len(links)


@pytest.mark.parametrize("feed_id", SHAPES)
def test_an_unchanged_feed_answers_304_to_either_validator(server: SampleServer, feed_id: str) -> None:
    url = next(row["url"] for row in server.feeds if row["feed_id"] == feed_id)
    status, headers, body = get(server, url)
    assert (status, body) == (200, feed_bytes(feed_id))
    assert get(server, url, **{"If-None-Match": headers["ETag"]})[0::2] == (304, b"")
    assert get(server, url, **{"If-Modified-Since": LAST_MODIFIED})[0] == 304
    assert get(server, url, **{"If-None-Match": '"old"', "If-Modified-Since": LAST_MODIFIED})[0] == 200


def test_gzip_is_sent_only_when_asked_for(server: SampleServer) -> None:
    url = "http://pressline.example/newswire.rss"
    _, headers, body = get(server, url, **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == get(server, url)[2]


@pytest.mark.parametrize(
    "url",
    [
        "http://pressline.example/nothing-here",
        "http://stranger.example/newswire.rss",
        "http://pressline.example/../feeds.csv",
        "http://pressline.example/%2e%2e/feeds.csv",
        "http://../feeds.csv",
    ],
)
def test_what_is_not_in_the_sample_is_not_found(server: SampleServer, url: str) -> None:
    assert get(server, url)[0] == 404


def test_the_sample_names_no_real_news_site() -> None:
    names = re.compile(rb"https?://([^/\"'<>\s?]+)")
    allowed = {
        b"news.google.com",
        b"schema.org",
        b"ogp.me",
        b"purl.org",
        b"www.w3.org",
        b"jsonfeed.org",
        b"search.yahoo.com",
    }
    hosts = {host for path in _files() for host in names.findall(path.read_bytes())}
    assert {host for host in hosts if not host.endswith(b".example")} <= allowed


def test_one_release_has_two_copies_on_other_sites() -> None:
    sentence = "Kestrel measured our parts for eleven months before it signed"
    hosts = {
        path.relative_to(SAMPLE).parts[0]
        for path in _files()
        if path.suffix == ".html" and sentence in path.read_text("utf-8")
    }
    assert hosts == {"pressline.example", "siliconledger.example", "examplewire.example"}


def _files() -> list[Path]:
    return [path for path in SAMPLE.rglob("*") if path.is_file()]
