"""A folder of feed files served over real HTTP on 127.0.0.1, as ``gigawire run --feeds-dir`` needs it.

``NAME.xml`` is the feed NAME; ``NAME.1.xml``, ``NAME.2.xml``, … are what the same feed said at successive polls. The
server keeps no memory: who sends the ETag of one version is given the next, who sends that of the last gets a 304. So
a run that was killed goes on where its store stands.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

from flows.feeds import FEED_ID, FeedListError, FeedSource

HOST = "folder.example"  # in the addresses of the feeds, so that what is stored does not depend on a port
EXTENSIONS = {".xml", ".rss", ".atom", ".rdf", ".json"}
VERSIONED = re.compile(r"(?P<name>.+?)(?:\.(?P<version>\d+))?$")


@dataclass(frozen=True, slots=True)
class Version:
    """What a feed said at one poll."""

    body: bytes
    etag: str
    last_modified: str
    content_type: str


@dataclass(frozen=True, slots=True)
class ServedFolder:
    """The feeds of a folder, and where their host is played."""

    feeds: tuple[FeedSource, ...]
    host_map: dict[str, str]


@contextmanager
def serve_folder(folder: Path) -> Iterator[ServedFolder]:
    """The feeds of the folder, served while the block runs. Raises FeedListError where there are none."""
    try:
        files = versions_by_name(folder)
    except OSError as error:
        raise FeedListError(f"{folder}: cannot be read as a folder of feeds ({error.strerror})") from error
    if not files:
        raise FeedListError(f"{folder}: no feed files in it (*.xml, *.rss, *.atom, *.rdf, *.json)")

    class Handler(_FolderHandler):
        feeds: ClassVar = {f"/{name}": [_version(path) for path in paths] for name, paths in files.items()}

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield ServedFolder(
            feeds=tuple(
                FeedSource(feed_id=name, url=f"http://{HOST}/{name}", group="folder", cadence_minutes=0)
                for name in sorted(files)
            ),
            host_map={HOST: f"127.0.0.1:{server.server_address[1]}"},
        )
    finally:
        server.shutdown()
        server.server_close()


def versions_by_name(folder: Path) -> dict[str, list[Path]]:
    """The files of each feed in the order in which they were polled; only the folder itself is looked at."""
    numbered: dict[str, list[tuple[int, Path]]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        parts = VERSIONED.fullmatch(path.stem)
        if parts is None or not path.is_file() or path.suffix.lower() not in EXTENSIONS:
            continue
        numbered[_feed_id(parts["name"])].append((int(parts["version"] or 0), path))
    return {name: [path for _, path in sorted(versions)] for name, versions in numbered.items()}


def sniffed_type(body: bytes) -> str:
    """The content type that a server would send with these bytes.

    >>> sniffed_type(b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">')
    'application/atom+xml'
    """
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{"):
        return "application/feed+json"
    if re.search(rb"<(?:!doctype html|html)\b", start):
        return "text/html"
    if re.search(rb"<(?:\w+:)?feed\b", start):
        return "application/atom+xml"
    return "application/rdf+xml" if b"<rdf:rdf" in start else "application/rss+xml"


def _feed_id(name: str) -> str:
    plain = re.sub(r"[^a-z0-9_.-]+", "_", name.lower()).strip("_.-")[:80]
    return plain if FEED_ID.fullmatch(plain) else f"feed_{zlib.crc32(name.encode()):08x}"


def _version(path: Path) -> Version:
    body = path.read_bytes()
    return Version(
        body=body,
        etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        last_modified=formatdate(path.stat().st_mtime, usegmt=True),
        content_type=sniffed_type(body),
    )


class _FolderHandler(BaseHTTPRequestHandler):
    feeds: ClassVar[Mapping[str, list[Version]]] = {}
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The version after the one that the client has."""
        versions = self.feeds.get(self.path)
        if versions is None:
            self.send_error(404)
            return
        etags = [version.etag for version in versions]
        held = self.headers.get("If-None-Match", "")
        index = etags.index(held) + 1 if held in etags else 0
        if index == len(versions) or (not held and self._is_current(versions[-1])):
            self._answer(304, versions[-1])
        else:
            self._answer(200, versions[index])

    def _is_current(self, version: Version) -> bool:
        return self.headers.get("If-Modified-Since", "") == version.last_modified

    def _answer(self, status: int, version: Version) -> None:
        self.send_response(status)
        self.send_header("ETag", version.etag)
        self.send_header("Last-Modified", version.last_modified)
        if status == 200:
            self.send_header("Content-Type", version.content_type)
            self.send_header("Content-Length", str(len(version.body)))
        self.end_headers()
        if status == 200:
            self.wfile.write(version.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the run says what it fetched."""
