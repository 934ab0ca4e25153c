"""A receiver of webhooks on this machine that does to each request what it is told to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Receiver:
    """``behaviour`` tells what to do with the next requests, "ok" when it has run out: ok, 500, hang, die, redirect."""

    url: str = ""
    behaviour: list[str] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)  # key -> times answered 200
    tried: Counter[str] = field(default_factory=Counter)
    bodies: dict[str, set[bytes]] = field(default_factory=dict)
    headers: dict[str, Any] = field(default_factory=dict)
    ended: Event = field(default_factory=Event)

    def alert_ids(self) -> Counter[str]:
        """How often each alert was taken."""
        told = (json.loads(next(iter(self.bodies[key]))) for key in self.taken)
        return Counter(alert["alert_id"] for message in told for alert in message["alerts"])


@contextmanager
def receiver(*behaviour: str) -> Iterator[Receiver]:
    """A receiver for as long as it is wanted."""
    kept = Receiver(behaviour=list(behaviour))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            key = self.headers["Idempotency-Key"]
            kept.tried[key] += 1
            kept.bodies.setdefault(key, set()).add(body)
            kept.headers[key] = dict(self.headers)
            self.act(kept.behaviour.pop(0) if kept.behaviour else "ok", key)

        def act(self, what: str, key: str) -> None:
            if what == "hang":
                kept.ended.wait(60)
            elif what == "die":
                self.connection.close()
            elif what == "redirect":
                self.send_response(302)
                self.send_header("Location", kept.url)
                self.end_headers()
            else:
                self.send_response(200 if what == "ok" else int(what))
                self.send_header("Content-Length", "0")
                self.end_headers()
                kept.taken[key] += what == "ok"

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kept.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield kept
    finally:
        kept.ended.set()
        server.shutdown()
        server.server_close()
