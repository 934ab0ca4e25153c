"""One connection to one server: a GET after another, HTTP/1.1, the answer parsed as it comes in.

A protocol of our own in place of a general client's because a poll is mostly a 304: what a client does around it costs
ten times what parsing it costs (docs/decisions/0006-polling.md). Grammar is left to llhttp, the parser of Node.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import httptools

from flows.retrieve.errors import RetrieveError

MAX_HEAD_BYTES = 100_000  # of status line and headers; nobody needs more, attackers do
MAX_INTERIM = 10  # answers 1xx before the answer
NO_BODY = {204, 304}
Headers = Sequence[tuple[bytes, bytes]]


class Answer:
    """What comes back to one request: status, reason, headers in the order sent, the body still encoded.

    httptools calls its ``on_…``; what it says after the answer is whole is not taken.
    """

    def __init__(self, where: str, max_bytes: int) -> None:
        self.status = 0
        self.reason = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.pieces: list[bytes] = []
        self.is_complete = False
        self.keeps_alive = False
        self._where = where
        self._max_bytes = max_bytes
        self._parser = httptools.HttpResponseParser(self)
        self._head_bytes = 0
        self._body_bytes = 0
        self._interim = 0
        self._has_head = False
        self._has_length = False

    def feed(self, data: bytes) -> None:
        """Takes bytes from the wire. Raises RetrieveError (broken_off, too_large)."""
        if not self._has_head:
            self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserCallbackError as error:
            if isinstance(error.__context__, RetrieveError):
                raise error.__context__ from None
            raise
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self.keeps_alive = False
            if not self.is_complete:
                raise self._error("broken_off", f"no HTTP ({error})") from error
        if not self._has_head and self._head_bytes > MAX_HEAD_BYTES:
            raise self._error("broken_off", "endless headers")

    def end(self, error: Exception | None) -> None:
        """The connection is gone, which ends a body of no told length. Raises RetrieveError (broken_off)."""
        if error is not None or not self._has_head or self._has_length:
            raise self._error("broken_off", f"broken off ({error or 'the server hung up before the end'})")
        self.is_complete = True

    def on_status(self, reason: bytes) -> None:
        """The reason phrase, in pieces."""
        if not self.is_complete:
            self.reason += reason

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        if not self.is_complete:
            self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """The head is whole."""
        if self.is_complete:
            return
        self.status = self._parser.get_status_code()
        if self.status < 200:
            return
        self._has_head = True
        told = dict(self.headers)
        length = told.get(b"content-length", b"")
        self._has_length = bool(length) or b"chunked" in told.get(b"transfer-encoding", b"").lower()
        if length.isdigit() and int(length[:20]) > self._max_bytes and self.status not in NO_BODY:
            raise self._error("too_large", f"announces {length[:20].decode()} bytes")

    def on_body(self, piece: bytes) -> None:
        """A piece of the body."""
        self._body_bytes += len(piece)
        if self._body_bytes > self._max_bytes:
            raise self._error("too_large", f"more than {self._max_bytes:,} bytes on the wire")
        self.pieces.append(piece)

    def on_message_complete(self) -> None:
        """The answer is whole, or an interim one (1xx) before it."""
        if self.is_complete:  # more than was asked for: nothing further is believed
            self.keeps_alive = False
        elif self.status >= 200:
            self.is_complete = True
            self.keeps_alive = (self._has_length or self.status in NO_BODY) and self._parser.should_keep_alive()
        else:
            self._interim += 1
            if self._interim > MAX_INTERIM:
                raise self._error("broken_off", "nothing but interim answers")
            self.status, self.reason, self.headers = 0, b"", []

    def _error(self, code: str, message: str) -> RetrieveError:
        return RetrieveError(code, f"{self._where}: {message}")


class Connection(asyncio.Protocol):
    """Takes one request at a time; ``is_free`` where it may take the next."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: Answer | None = None
        self._whole: asyncio.Future[Answer] | None = None

    @property
    def is_free(self) -> bool:
        """Whether a request may go over it."""
        return self._transport is not None and self._answer is None

    async def get(self, host: bytes, target: bytes, headers: Headers, max_bytes: int) -> Answer:
        """The answer to a GET, its encoded body ``max_bytes`` at most. Raises RetrieveError (broken_off, too_large)."""
        where = host.decode("ascii", "replace")[:200]
        if self._transport is None or self._answer is not None:
            raise RetrieveError("broken_off", f"{where}: the connection is gone")
        self._answer = Answer(where, max_bytes)
        self._whole = asyncio.get_running_loop().create_future()
        lines = [b"GET " + target + b" HTTP/1.1", *(name + b": " + value for name, value in headers)]
        self._transport.write(b"\r\n".join(lines) + b"\r\n\r\n")
        try:
            return await self._whole
        finally:
            if not self._answer.keeps_alive:
                self.close()
            self._answer = self._whole = None

    def close(self) -> None:
        """Hangs up."""
        if self._transport is not None:
            self._transport.abort()
            self._transport = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: the connection stands."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes of an answer; what nobody asked for ends the connection."""
        if self._answer is None or self._whole is None:
            self.close()
            return
        try:
            self._answer.feed(data)
        except Exception as error:  # whoever waits for the answer is told
            self._fail(error)
            return
        if self._answer.is_complete and not self._whole.done():
            self._whole.set_result(self._answer)

    def connection_lost(self, error: Exception | None) -> None:
        """asyncio: the connection is gone."""
        self._transport = None
        if self._answer is None or self._whole is None or self._whole.done():
            return
        try:
            self._answer.end(error)
        except RetrieveError as failure:
            self._fail(failure)
        else:
            self._whole.set_result(self._answer)

    def _fail(self, error: Exception) -> None:
        if self._whole is not None and not self._whole.done():
            self._whole.set_exception(error)
        self.close()
