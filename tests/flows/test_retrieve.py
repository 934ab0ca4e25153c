"""The fetcher against servers that behave and servers that do not."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import zlib
from collections.abc import Callable
from threading import Event

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from flows.retrieve import Fetcher, Limits, Retrieved, RetrieveError
from flows.settings import Settings
from tests.flows.conftest import Responder

RawServer = Callable[[Responder], str]
BODY = b"<rss><channel><title>News</title></channel></rss>"


def get(settings: Settings, url: str, **conditions: str) -> Retrieved:
    async def run() -> Retrieved:
        async with Fetcher(settings) as fetcher:
            return await fetcher.get(url, Limits.for_pages(settings), **conditions)

    return asyncio.run(run())


def failure(settings: Settings, url: str) -> RetrieveError:
    with pytest.raises(RetrieveError) as caught:
        get(settings, url)
    return caught.value


def saying(answer: bytes) -> Responder:
    return lambda connection, _: connection.sendall(answer)


def test_validators_come_back_byte_for_byte(settings: Settings, httpserver: HTTPServer) -> None:
    headers = {"ETag": 'W/"a b-é"'.encode().decode("latin-1"), "Last-Modified": "Tue, 02 Jun 2026 08:00:00 GMT"}
    httpserver.expect_oneshot_request("/f").respond_with_data(BODY, headers=headers)
    first = get(settings, httpserver.url_for("/f"))
    asked: list[Request] = []

    def unchanged(request: Request) -> Response:
        asked.append(request)
        return Response(status=304)

    httpserver.expect_request("/f").respond_with_handler(unchanged)
    second = get(settings, httpserver.url_for("/f"), etag='"x"', last_modified=first.last_modified)
    assert first.last_modified == headers["Last-Modified"]
    assert (asked[0].headers["If-None-Match"], asked[0].headers["If-Modified-Since"]) == ('"x"', first.last_modified)
    assert (second.status, second.body) == (304, b"")


def test_a_first_request_has_no_conditions_and_says_who_asks(settings: Settings, httpserver: HTTPServer) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        return Response(BODY, headers={"Set-Cookie": "id=1"})

    httpserver.expect_request("/f").respond_with_handler(answer)
    known = settings.model_copy(update={"contact": "desk@example.com"})

    async def twice() -> None:
        async with Fetcher(known) as fetcher:
            for _ in range(2):
                await fetcher.get(httpserver.url_for("/f"), Limits.for_feeds(known))

    asyncio.run(twice())
    assert "If-None-Match" not in asked[0].headers
    assert asked[0].headers["User-Agent"] == "gigawire/0.1 (+mailto:desk@example.com)"
    assert "Cookie" not in asked[1].headers


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:10]) + gzip.compress(BODY[10:])),
        ("gzip", gzip.compress(BODY) + b"\0" * 20),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY, wbits=-15)),
        ("identity", BODY),
    ],
    ids=["gzip", "two members", "padded", "zlib", "raw deflate", "identity"],
)
def test_bodies_are_decoded(settings: Settings, httpserver: HTTPServer, encoding: str, packed: bytes) -> None:
    httpserver.expect_request("/f").respond_with_data(packed, headers={"Content-Encoding": encoding})
    assert get(settings, httpserver.url_for("/f")).body == BODY


@pytest.mark.parametrize(
    ("encoding", "body", "code"),
    [
        ("gzip", gzip.compress(BODY * 100)[:-12], "broken_off"),
        ("gzip", b"no gzip at all", "broken_off"),
        ("br", b"\x0b\x02\x80abc\x03", "unknown_encoding"),
        ("gzip, gzip", gzip.compress(gzip.compress(BODY)), "unknown_encoding"),
        ("gzip", gzip.compress(b"\0" * 50_000_000), "too_large"),
        ("identity", b"x" * 5_000_001, "too_large"),
    ],
    ids=["truncated", "no gzip", "brotli", "twice", "bomb", "too long"],
)
def test_a_body_that_cannot_be_trusted_is_an_error(
    settings: Settings, httpserver: HTTPServer, encoding: str, body: bytes, code: str
) -> None:
    httpserver.expect_request("/f").respond_with_data(body, headers={"Content-Encoding": encoding})
    assert failure(settings, httpserver.url_for("/f")).code == code


def test_a_body_shorter_than_announced_is_broken_off(settings: Settings, raw_server: RawServer) -> None:
    url = raw_server(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"))
    assert failure(settings, url).code == "broken_off"


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\n", b"nonsense\r\n\r\n"])
def test_a_connection_that_breaks_is_broken_off(settings: Settings, raw_server: RawServer, answer: bytes) -> None:
    assert failure(settings, raw_server(saying(answer))).code == "broken_off"


def test_endless_headers_are_refused(settings: Settings, raw_server: RawServer) -> None:
    url = raw_server(saying(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 300_000 + b"\r\n\r\n"))
    assert failure(settings, url).code == "broken_off"


def test_a_body_that_drips_ends_at_the_deadline(settings: Settings, raw_server: RawServer) -> None:
    def drip(connection: socket.socket, ended: Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not ended.wait(0.1):
            connection.sendall(b"x")

    start = time.monotonic()
    hasty = settings.model_copy(update={"request_seconds": 1.0})
    assert failure(hasty, raw_server(drip)).code == "timed_out"
    assert time.monotonic() - start < 3


def test_what_fails_by_chance_is_tried_again(settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/f").respond_with_data("busy", status=503)
    httpserver.expect_ordered_request("/f").respond_with_data("busy", status=429, headers={"Retry-After": "0"})
    httpserver.expect_ordered_request("/f").respond_with_data(BODY)
    assert get(settings, httpserver.url_for("/f")).body == BODY


def test_what_fails_for_good_is_asked_once(settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/f").respond_with_data("gone", status=404)
    error = failure(settings, httpserver.url_for("/f"))
    assert (error.code, error.status, len(httpserver.log)) == ("http_404", 404, 1)


def test_a_retry_after_that_is_too_long_is_left_to_the_next_run(settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/f").respond_with_data("busy", status=429, headers={"Retry-After": "3600"})
    error = failure(settings, httpserver.url_for("/f"))
    assert (error.code, error.rest_seconds, len(httpserver.log)) == ("http_429", 3600, 1)


def test_redirects_are_followed_and_the_last_address_is_told(settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(status=301, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(status=302, headers={"Location": httpserver.url_for("/c?x=1")})
    httpserver.expect_request("/c").respond_with_data(BODY)
    assert get(settings, httpserver.url_for("/a")).final_url == httpserver.url_for("/c?x=1")


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("/loop", "too_many_redirects"),
        ("file:///etc/passwd", "bad_url"),
        ("javascript:alert(1)", "bad_url"),
        ("gopher://example.com/", "bad_url"),
        ("http://169.254.169.254/latest", "blocked_address"),
        ("http://[::1]:1/", "blocked_address"),
        ("http://" + "a" * 70_000, "broken_off"),  # larger than headers may be
        ("", "bad_url"),
    ],
    ids=["loop", "file", "javascript", "gopher", "metadata", "loopback6", "endless", "nowhere"],
)
def test_a_redirect_is_checked_like_an_address(
    settings: Settings, raw_server: RawServer, location: str, code: str
) -> None:
    url = raw_server(
        saying(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
    )
    assert failure(settings, f"{url}/loop").code == code


@pytest.mark.parametrize("url", ["", "ftp://example.com/", "http://", "//example.com", "http:///x", "news"])
def test_what_is_no_address_is_not_called(settings: Settings, url: str) -> None:
    assert failure(settings, url).code == "bad_url"


def test_a_password_in_an_address_is_never_shown(settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/f").respond_with_data("no", status=403)
    url = httpserver.url_for("/f").replace("http://", "http://desk:secret@")
    assert "secret" not in failure(settings, url).message


def test_one_host_is_asked_at_its_pace(settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/f").respond_with_data(BODY)
    patient = settings.model_copy(update={"host_delay_seconds": 0.2})

    async def four() -> float:
        async with Fetcher(patient) as fetcher:
            start = time.monotonic()
            await asyncio.gather(*(fetcher.get(httpserver.url_for("/f"), Limits.for_feeds(patient)) for _ in range(4)))
            return time.monotonic() - start

    assert 0.6 <= asyncio.run(four()) < 2


def test_a_mapped_host_is_called_where_the_settings_say(settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/f", headers={"Host": "news.example"}).respond_with_data(BODY)
    mapped = settings.model_copy(
        update={"allow_private_addresses": (), "host_map": {"news.example": f"127.0.0.1:{httpserver.port}"}}
    )
    assert get(mapped, "http://news.example/f").body == BODY
