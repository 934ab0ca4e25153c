"""A recorded sample of feeds and pages, and a local server that plays the web for it.

Everything in ``sample/`` was written for this demo. A file's place is its address: ``sample/<host>/<path>`` answers
``http://<host>/<path>`` (``<path>.html`` answers ``<path>`` and ``<path>/``). The hosts end in ``.example``, so no
item's identity depends on the port that the server happens to get.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import unquote, urlsplit

SAMPLE = Path(__file__).parent / "sample"
LAST_MODIFIED = (
    "Mon, 01 Jun 2026 06:00:00 GMT"  # of all files: a checkout's own times would change from machine to machine
)
ROBOTS = b"User-agent: *\nAllow: /\n"
CONTENT_TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml",  # charset left to the XML declaration: one feed is ISO-8859-1
    ".rdf": "application/rdf+xml; charset=utf-8",
    ".json": "application/feed+json",
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html",  # filings say ISO-8859-1 themselves
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleServer:
    """A running server: where it listens, which hosts it plays, which feeds it has."""

    port: int
    host_map: dict[str, str]  # host name -> "127.0.0.1:port", for the Fetcher
    feeds: tuple[dict[str, str], ...]  # rows of sample/feeds.csv, as `gigawire run --feeds` reads them
    requests: list[str] = field(default_factory=list)  # "GET host/path 200", in the order they were answered


def read_feeds(root: Path = SAMPLE) -> tuple[dict[str, str], ...]:
    """The rows of the sample's feeds.csv, in its order."""
    with (root / "feeds.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def find_file(root: Path, host: str, target: str) -> Path | None:
    """The file that answers a request target for a host, None where there is none.

    >>> find_file(SAMPLE, "pressline.example", "/newswire.rss?x=1").name
    'newswire.rss'
    >>> find_file(SAMPLE, "pressline.example", "/../feeds.csv") is None
    True
    """
    parts = [part for part in unquote(urlsplit(target).path).split("/") if part]
    if not parts or "/" in host or host.startswith(".") or any(part in (".", "..") for part in parts):
        return None
    exact = root.joinpath(host, *parts)
    return next((path for path in (exact, exact.with_name(exact.name + ".html")) if path.is_file()), None)


@contextmanager
def serve_sample(root: Path | None = None) -> Iterator[SampleServer]:
    """Serve the sample on a free port of 127.0.0.1 until the block ends."""
    folder = root or SAMPLE
    requests: list[str] = []

    class Handler(_SampleHandler):
        sample = folder
        answered = requests

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    port = server.server_address[1]
    hosts = sorted(path.name for path in folder.iterdir() if path.is_dir())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="demo-server", daemon=True)
    thread.start()
    try:
        yield SampleServer(
            port=port,
            host_map=dict.fromkeys(hosts, f"127.0.0.1:{port}"),
            feeds=read_feeds(folder),
            requests=requests,
        )
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _SampleHandler(BaseHTTPRequestHandler):
    """Virtual hosts over the sample's folder, with validators and gzip as real news servers have them."""

    protocol_version = "HTTP/1.1"
    server_version = "GigawireDemo"
    sys_version = ""
    sample: ClassVar[Path]
    answered: ClassVar[list[str]]

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: what was asked is in ``SampleServer.requests``."""

    def _answer(self, *, with_body: bool) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        if urlsplit(self.path).path == "/robots.txt":
            return self._send(200, ROBOTS, "text/plain", with_body=with_body)
        path = find_file(self.sample, host, self.path)
        if path is None:
            return self._send(404, b"not found\n", "text/plain", with_body=with_body)
        data = path.read_bytes()
        etag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
        is_unchanged = (
            self.headers["If-None-Match"] == etag
            if "If-None-Match" in self.headers  # RFC 9110 13.2.2: the date counts only where there is no tag
            else self.headers.get("If-Modified-Since") == LAST_MODIFIED
        )
        validators = {"ETag": etag, "Last-Modified": LAST_MODIFIED, "Cache-Control": "max-age=0"}
        if is_unchanged:
            return self._send(304, b"", "", with_body=False, headers=validators)
        return self._send(
            200,
            data,
            CONTENT_TYPES.get(path.suffix, "application/octet-stream"),
            with_body=with_body,
            headers=validators,
        )

    def _send(
        self, status: int, body: bytes, content_type: str, *, with_body: bool, headers: dict[str, str] | None = None
    ) -> None:
        self.answered.append(f"{self.command} {self.headers.get('Host', '')}{self.path} {status}")
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 500:
                body = gzip.compress(body, mtime=0)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)
