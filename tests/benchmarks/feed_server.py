"""A server of feeds for the benchmarks: a process of its own, so that it takes no time from what is measured.

``/feed/NUMBER`` is feed NUMBER as it stands at the version that ``/set/VERSION`` has set. Every answer has an ETag and
a Last-Modified; who sends the current ETag gets a 304.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from hashlib import sha256
from multiprocessing.connection import Connection
from urllib.request import urlopen

ENTRIES = 25
START = 1_780_300_800  # 2026-06-01T08:00:00Z
COMPANIES = ("Cobalt Ridge Compute", "Lumenfold AI", "Nebius", "Microsoft", "CoreWeave", "Oracle", "Meta", "Vantage")


def feed_body(feed: int, version: int, entries: int = ENTRIES) -> bytes:
    """The newest entries of a feed; every version adds one to each feed, and two to every fourth (5 % of 25)."""
    newest = entries + version + (version if feed % 4 == 0 else 0)
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<channel><title>Feed {feed}</title><link>https://feed{feed}.example/</link><description>News</description>"
        f"<language>en</language>{''.join(item(feed, number) for number in range(newest, newest - entries, -1))}"
        "</channel></rss>"
    ).encode()


def item(feed: int, number: int) -> str:
    """One entry with a paragraph of text in HTML, as the press writes it."""
    one, other = COMPANIES[number % 8], COMPANIES[(number + feed + 1) % 8]
    title = f"{one} opens office {number} with {other} &amp; partners"
    text = f"{title} in town {feed}, and hires engineers. " + "The company said that it would tell more soon. " * 6
    return (
        f"<item><title>{title}</title><link>https://feed{feed}.example/news/{number}?utm_source=rss</link>"
        f"<guid isPermaLink='false'>{feed}-{number}</guid>"
        f"<pubDate>{formatdate(START + number * 600, usegmt=True)}</pubDate>"
        f"<dc:creator>A. Writer</dc:creator><category>Chips</category><category>Power</category>"
        f"<description><![CDATA[<p>{text.replace('&amp;', '&')}</p><p>Read <a href='https://x.example/{number}'>more</a>."
        "</p>]]></description></item>"
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    """What is sent for one feed, made once: the server shares the processors with what is measured."""

    etag: bytes
    whole: bytes
    unchanged: bytes


class _Feeds:
    """All feeds at one version."""

    def __init__(self, entries: int) -> None:
        self._entries = entries
        self._version = 0
        self._answers: dict[int, _Answers] = {}

    def answer(self, request: bytes) -> bytes:
        """What a request gets."""
        path = request.split(b" ", 2)[1]
        if path.startswith(b"/set/"):
            self._version = int(path[5:])
            self._answers.clear()
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        number = int(path.rpartition(b"/")[2])
        if number not in self._answers:
            self._answers[number] = self._made(number)
        told = self._answers[number]
        return told.unchanged if told.etag in request else told.whole

    def _made(self, number: int) -> _Answers:
        body = feed_body(number, self._version, self._entries)
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        validators = f"ETag: {etag}\r\nLast-Modified: {formatdate(START + self._version, usegmt=True)}\r\n"
        kind = f"Content-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n"
        return _Answers(
            etag=etag.encode(),
            whole=f"HTTP/1.1 200 OK\r\n{validators}{kind}\r\n".encode() + body,
            unchanged=f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n".encode(),
        )


class _Client(asyncio.Protocol):
    """Answers one request after another until the client goes."""

    def __init__(self, feeds: _Feeds) -> None:
        self._feeds = feeds
        self._pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self._pending = (self._pending + data).split(b"\r\n\r\n")
        for request in requests:
            self._transport.write(self._feeds.answer(request))


def _serve(port: Connection, entries: int) -> None:
    async def main() -> None:
        feeds = _Feeds(entries)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Client(feeds), "127.0.0.1", 0, backlog=512)
        port.send(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    asyncio.run(main())


@contextmanager
def feed_server(entries: int = ENTRIES) -> Iterator[str]:
    """The address of a running server."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=[theirs, entries], daemon=True)
    process.start()
    theirs.close()  # else nobody would notice that the server did not start
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


def move_on(address: str, version: int, feeds: int) -> None:
    """All feeds stand at this version, their bodies made before anything is measured."""
    urlopen(f"{address}/set/{version}").read()
    for number in range(feeds):
        urlopen(f"{address}/feed/{number}").read()
