"""Soak: hundreds of polls over dozens of feeds with faults at random end in the same store as polls without any (F20).

The feeds move on by a clock of their own; a poll that fails brings its news later. What is compared is what was kept:
items, entries, documents. Times of first sight and the states of feeds differ by nature.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.hostile.conftest import Plant
from tests.hostile.feeds import item, rss
from tests.hostile.server import Act, HostileServer, Stage, answer, hostile_server, resetting, saying
from warehouse.archive import Archive

FEEDS, WINDOW = 60, 40
KEPT = {
    "entries": "SELECT feed_id, entry_id, version_hash, item_id, title, canonical_url, published_at FROM raw.entries",
    "documents": "SELECT DISTINCT item_id, kind FROM raw.documents",
}
POLLS_A_ROUND = 56
WHOLE = rss([item(1)])
FAULTS: list[Act] = [
    saying(answer(b"", "500 Oops")),
    saying(answer(b"", "404 Not Found")),
    saying(answer(b"", "403 Forbidden")),
    saying(answer(b"<html><title>Just a moment...</title>")),
    saying(answer(b"")),
    saying(answer(WHOLE[:90], headers={"Content-Length": "9000"})),
    saying(answer(b"\x1f\x8b\x08\x00broken", headers={"Content-Encoding": "gzip"})),
    saying(answer(status="304 Not Modified")),  # though something is new: told again at the next poll
    saying(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 30_000),
    resetting(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss>"),
    resetting(),
]


class Press:
    """Feeds as they stand at each round: some new stories, in another order at times."""

    def __init__(self, seed: int, rounds: int) -> None:
        self.round = 0
        self._bodies = [list(bodies(random.Random(f"{seed}-{feed}"), feed, rounds)) for feed in range(FEEDS)]

    def body(self, feed: int) -> bytes:
        """The feed as it stands now."""
        return self._bodies[feed][self.round]


def bodies(draw: random.Random, feed: int, rounds: int) -> Iterator[bytes]:
    """What a feed says in each round."""
    newest = 5
    for _ in range(rounds):
        newest += draw.choice((0, 0, 1, 1, 2))
        numbers = list(range(newest, max(-1, newest - WINDOW), -1))
        if draw.random() < 0.1:
            draw.shuffle(numbers)
        yield rss((story(feed, number) for number in numbers), title=f"Feed {feed}")


def story(feed: int, number: int) -> str:
    """A story of a feed; some are told by its neighbour too."""
    page = f"https://wire.example/{feed // 2 if number % 5 == 0 else feed}-{number}"
    return item(f"{feed}-{number}", f"Story {number}", link=page, date=f"Mon, 01 Jun 2026 {number % 24:02d}:00:00 GMT")


def playing(press: Press, feed: int, fault: Callable[[], Act | None]) -> Act:
    """The feed, or a fault in its place; conditional requests are answered as they should be."""

    def act(stage: Stage) -> None:
        broken = fault()
        if broken is not None:
            broken(stage)
            return
        body = press.body(feed)
        etag = f'"{hash(body)}"'
        is_known = stage.request.headers.get("if-none-match") == etag
        headers = {"ETag": etag, "Content-Type": "application/rss+xml"}
        stage.send(answer(status="304 Not Modified", headers=headers) if is_known else answer(body, headers=headers))

    return act


def soak(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, seed: int, rounds: int, faults: float
) -> dict[str, list[object]]:
    """What is kept after so many rounds of polls; the last is without faults, so that all news comes in."""
    draw = random.Random(seed)
    press = Press(seed, rounds)
    root.mkdir()
    plant = Plant(root, monkeypatch)

    def fault() -> Act | None:
        settled = press.round >= rounds - 1
        return draw.choice(FAULTS) if not settled and draw.random() < faults else None

    with hostile_server() as server:
        urls = put_on_stage(server, press, fault)
        for number in range(rounds):
            press.round = number
            asked = list(urls) if number == rounds - 1 else draw.sample(list(urls), POLLS_A_ROUND)
            plant.poll({name: urls[name] for name in asked}, after=timedelta(minutes=20), attempts=1)
        plant.poll(urls, after=timedelta(minutes=20), attempts=2)
    kept = {name: sorted(plant.rows(sql), key=repr) for name, sql in KEPT.items()}
    assert len(server.asked) >= POLLS_A_ROUND * rounds
    assert Archive(plant.settings.archive).verify() == []
    return kept


def test_faults_at_random_leave_the_store_as_it_is_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = int(os.environ.get("GIGAWIRE_SOAK_ROUNDS", "9"))  # 500 polls; `make soak` asks for 5,600
    calm = soak(tmp_path / "calm", monkeypatch, seed=11, rounds=rounds, faults=0.0)
    stormy = soak(tmp_path / "stormy", monkeypatch, seed=11, rounds=rounds, faults=0.4)
    assert len(calm["entries"]) > FEEDS * 8
    assert stormy == calm


def put_on_stage(server: HostileServer, press: Press, fault: Callable[[], Act | None]) -> dict[str, str]:
    """The address of each feed by its name."""
    return {f"feed{feed:02d}": server.url(f"/{feed}", playing(press, feed, fault)) for feed in range(FEEDS)}
