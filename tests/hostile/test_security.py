"""S1-S13 and S19 of what servers and feeds may try, as far as fetching and keeping go, with their outcomes."""

from __future__ import annotations

import gzip
import resource
from pathlib import Path

import httpx
import pytest

from flows.retrieve import RetrieveError
from flows.retrieve.fetcher import _next_hop
from tests.hostile.conftest import Plant
from tests.hostile.feeds import item, rss, stories
from tests.hostile.server import HostileServer, answer, dripping, saying

BOMB = gzip.compress(b"\0" * 200_000_000, 9)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "0x7f.1", "2130706433", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]", "localhost", "127.0.0.1."),
        *("169.254.169.254", "[fd00:ec2::254]", "100.64.0.1", "10.0.0.1", "[64:ff9b::a00:1]", "[2002:a00:1::]"),
    ],
)
def test_s1_s2_addresses_that_are_not_public_are_not_called(plant: Plant, host: str) -> None:
    count = plant.poll_one(f"http://{host}/feed", allow_private_addresses=())
    expected = "unknown_host" if host == "127.0.0.1." else "blocked_address"
    assert (count.outcome, count.error_code) == ("failed", expected)


def test_s1_no_connection_is_made(plant: Plant, server: HostileServer) -> None:
    port = server.address.rpartition(":")[2]
    count = plant.poll_one(f"http://127.0.0.1:{port}/", allow_private_addresses=())
    assert (count.error_code, server.asked) == ("blocked_address", [])


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("file:///etc/passwd", "bad_url"),
        ("gopher://wire.example/", "bad_url"),
        ("javascript:alert(1)", "bad_url"),
        ("http://169.254.169.254/latest", "blocked_address"),
        ("//[::1]/", "blocked_address"),
        ("/loop", "too_many_redirects"),
        ("/" + "a" * 1_000_000, "broken_off"),
    ],
    ids=["file", "gopher", "javascript", "metadata", "loopback6", "loop", "endless"],
)
def test_s4_s5_s8_a_redirect_goes_nowhere_it_must_not_and_the_address_stays(
    plant: Plant, server: HostileServer, location: str, code: str
) -> None:
    url = server.url("/loop", saying(answer(status="301 Moved", headers={"Location": location})))
    assert plant.poll_one(url).error_code == code
    assert plant.rows("SELECT url, moved_url, proposed_url FROM raw.feed_state") == [(url, None, None)]


def test_s5_nothing_leads_from_https_to_http() -> None:
    with pytest.raises(RetrieveError) as caught:
        _next_hop(httpx.URL("https://wire.example/f"), "http://wire.example/f")
    assert caught.value.code == "insecure_redirect"


@pytest.mark.parametrize(
    ("encoding", "body", "code"),
    [
        ("gzip", BOMB, "too_large"),
        ("gzip, gzip", gzip.compress(BOMB), "unknown_encoding"),
        ("br", b"\x1b\x0f\x00\xf8", "unknown_encoding"),
        ("zstd", b"\x28\xb5\x2f\xfd", "unknown_encoding"),
        ("snappy", b"x", "unknown_encoding"),
    ],
    ids=["bomb", "twice", "br", "zstd", "unknown"],
)
def test_s6_bombs_and_unknown_encodings_are_stopped_early(
    plant: Plant, server: HostileServer, encoding: str, body: bytes, code: str
) -> None:
    plant.poll_one(server.url("/warm", saying(answer(stories(1)))))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    url = server.url("/f", saying(answer(body, headers={"Content-Encoding": encoding})))
    assert plant.poll_one(url, max_feed_bytes=10_000_000).error_code == code
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_s7_what_drips_ends_at_the_deadline_and_holds_up_no_other_feed(plant: Plant, server: HostileServer) -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
    urls = {
        "head": server.url("/head", dripping(start, b"X-Drop: 1\r\n")),
        "body": server.url("/body", dripping(start + b"\r\n<rss>", b" ")),
        "chunks": server.url("/chunks", dripping(start + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n")),
        "silent": server.url("/silent", dripping(b"", b"", 9.0)),
        "good": server.url("/good", saying(answer(stories(1, 2)))),
    }
    counts = {count.feed_id: count for count in plant.poll(urls, request_seconds=1.0).feeds}
    assert counts.pop("good").outcome == "new"
    assert {count.error_code for count in counts.values()} == {"timed_out"}


@pytest.mark.parametrize(
    "head",
    [
        b"X-Long: " + b"a" * 200_000 + b"\r\n",
        b"".join(b"X-%d: 1\r\n" % number for number in range(20_000)),
        b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
    ],
    ids=["long", "many", "interim"],
)
def test_s8_endless_heads_are_refused(plant: Plant, server: HostileServer, head: bytes) -> None:
    start = b"" if head.startswith(b"HTTP") else b"HTTP/1.1 200 OK\r\n"
    assert plant.poll_one(server.url("/f", saying(start + head + b"\r\n"))).error_code == "broken_off"


LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
DTDS = {
    "entity bomb": f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LOL}]>',
    "quadratic": f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>',
    "file": '<!DOCTYPE rss [<!ENTITY l8 SYSTEM "file:///etc/passwd">]>',
    "parameter entity": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/dtd"> %p;]>',
}


@pytest.mark.parametrize("doctype", DTDS.values(), ids=DTDS.keys())
def test_s9_documents_that_define_entities_are_no_feeds(plant: Plant, server: HostileServer, doctype: str) -> None:
    body = f"<?xml version='1.0'?>{doctype}<rss><channel><item><title>&l8;</title></item></channel></rss>"
    count = plant.poll_one(server.url("/f", saying(answer(body.encode()))))
    assert (count.outcome, count.error_code) == ("failed", "not_a_feed")
    assert server.count("/dtd") == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "description",
    ["word " * 4_000_000, "<b>x</b>" * 125_000, "<div>" * 100_000],
    ids=["20 MB", "250,000 tags", "100,000 deep"],
)
def test_s10_a_huge_item_is_taken_and_the_others_are_whole(
    plant: Plant, server: HostileServer, description: str
) -> None:
    huge = f"<item><title>Huge</title><guid>huge</guid><description><![CDATA[{description}]]></description></item>"
    count = plant.poll_one(
        server.url("/f", saying(answer(rss([item(1), huge, item(2)])))), max_feed_wire_bytes=30_000_000
    )
    assert (count.outcome, count.entries) == ("new", 3)


HOSTILE_TEXT = "&lt;script&gt;alert(1)&lt;/script&gt;<![CDATA[<img src=x onerror=alert(1)>]]>\u202e\u200b$1 deal"


def test_s11_s12_s13_what_a_feed_says_is_data_and_stays_in_its_folder(plant: Plant, server: HostileServer) -> None:
    guids = ["../../etc/passwd", "a" * 10_000, "\U0001f4a3", "x&#x0;y", "C:\\\\con", "'; DROP TABLE raw.entries; --"]
    links = [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[::1",
        "//",
        "https://ok.example/1",
    ]
    pairs = enumerate(zip(guids, links, strict=True))
    items = [item(number, HOSTILE_TEXT, guid=guid, link=link) for number, (guid, link) in pairs]
    count = plant.poll_one(server.url("/f", saying(answer(rss(items)))))
    assert (count.outcome, count.entries) == ("new", 6)
    assert plant.rows("SELECT count(*) FROM raw.entries") == [(6,)]
    assert plant.rows("SELECT count(*) FROM raw.entries WHERE contains(title, '<') OR contains(title, '\u202e')") == [
        (0,)
    ]
    root = plant.settings.data_dir.resolve()
    assert all(path.resolve().is_relative_to(root) for path in root.rglob("*"))
    assert not list(Path(root.parent).glob("passwd*"))


def test_s12_only_web_addresses_become_pages(plant: Plant, server: HostileServer) -> None:
    items = [item(n, link=link) for n, link in enumerate(["javascript:alert(1)", "file:///etc/passwd", "data:,x"])]
    url = server.url("/f", saying(answer(rss(items))))
    assert plant.poll({"feed": url}, fetch_pages=True).failed_pages == 0


def test_s19_secrets_of_an_address_are_in_no_message(plant: Plant, server: HostileServer) -> None:
    server.url("/f?token=hush", saying(answer(b"no", "403 Forbidden")))
    url = server.address.replace("http://", "http://desk:secret@") + "/f?token=hush&page=2"
    count = plant.poll_one(url)
    assert "secret" not in count.error_message
    assert "hush" not in count.error_message
    told = plant.rows("SELECT url FROM mart.feeds")[0][0]
    assert "secret" not in told
    assert "hush" not in told
    assert "page=2" in told
