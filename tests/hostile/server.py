"""A server that does what servers must not, over raw sockets: each path is an act, each act writes what it likes."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    path: str
    headers: Mapping[str, str]  # names in small letters


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an act plays: the connection, what was asked, how often before, and whether the show is over."""

    connection: socket.socket
    request: Request
    times_before: int
    over: Event

    def send(self, data: bytes) -> None:
        """Writes bytes as they are."""
        self.connection.sendall(data)


Act = Callable[[Stage], None]


@dataclass(slots=True)
class HostileServer:
    """The acts by path, and what was asked so far."""

    address: str = ""
    acts: dict[str, Act] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def url(self, path: str, act: Act) -> str:
        """The address of an act, put on stage."""
        self.acts[path] = act
        return f"{self.address}{path}"

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(request.path == path for request in self.asked)


def answer(body: bytes = b"", status: str = "200 OK", headers: Mapping[str, str] | None = None) -> bytes:
    """A decent answer."""
    told = {"Content-Length": str(len(body)), "Connection": "close", **(headers or {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def saying(data: bytes) -> Act:
    """Writes these bytes and hangs up."""
    return lambda stage: stage.send(data)


def in_turn(*acts: Act) -> Act:
    """One act after another, the last for ever."""
    return lambda stage: acts[min(stage.times_before, len(acts) - 1)](stage)


def resetting(before: bytes = b"") -> Act:
    """Writes a little, then resets the connection."""

    def act(stage: Stage) -> None:
        stage.send(before)
        stage.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        stage.connection.close()

    return act


def dripping(start: bytes, drop: bytes, seconds: float = 0.05) -> Act:
    """Writes a start, then a drop at a time, for ever."""

    def act(stage: Stage) -> None:
        stage.send(start)
        while not stage.over.wait(seconds):
            stage.send(drop)

    return act


@contextmanager
def hostile_server() -> Iterator[HostileServer]:
    """A server on this machine while the block runs; a path without an act gets 404."""
    over = Event()
    server = HostileServer()
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    server.address = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            Thread(target=play, args=[connection], daemon=True).start()

    def play(connection: socket.socket) -> None:
        with connection:
            try:
                request = _request(connection)
                if request is None:
                    return
                times_before = server.count(request.path)
                server.asked.append(request)
                act = server.acts.get(request.path) or saying(answer(b"no such act", "404 Not Found"))
                act(Stage(connection, request, times_before, over))
            except OSError:
                return

    Thread(target=serve, daemon=True).start()
    try:
        yield server
    finally:
        over.set()
        listener.close()


def _request(connection: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65_536)
        if not piece:
            return None
        data += piece
    first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Request(first.split(" ")[1], {name.strip().lower(): value.strip() for name, _, value in pairs})
