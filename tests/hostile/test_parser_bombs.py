"""S10: what was written to be costly to parse costs the run a few seconds and itself its place; the rest is read."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest

from extractors.errors import NotAFeedError
from extractors.feeds import parse_feed
from flows.parse_child import CostlyError, ParseChild, is_ordinary
from flows.steps import polls
from flows.steps.polls import take
from tests.hostile.conftest import Plant
from tests.hostile.feeds import rss, stories
from tests.hostile.server import HostileServer, Stage, answer, in_turn, saying

ATTRIBUTES = rss(["<item " + " ".join(f"a{n}='1'" for n in range(300_000)) + "><title>x</title></item>"])
AUTHOR = rss([f"<item><title>x</title><author>{'a' * 1_000_000}</author></item>"])
BOMBS = {"attributes": ATTRIBUTES, "author": AUTHOR}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> ParseChild:
    child = ParseChild(seconds=3)
    monkeypatch.setattr("flows.parse_child.CHILD", child)
    return child


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_s10_a_bomb_is_a_failed_poll_and_the_others_are_whole(
    plant: Plant, server: HostileServer, impatient: ParseChild, bomb: bytes
) -> None:
    assert not is_ordinary(bomb)
    url = server.url("/bomb", in_turn(saying(answer(stories(1))), saying(answer(bomb)), saying(answer(stories(1, 2)))))
    plant.poll_one(url)
    start = time.monotonic()
    collected = plant.poll(
        {"feed": url, "good": server.url("/g", saying(answer(stories(3))))}, after=timedelta(hours=1)
    )
    assert time.monotonic() - start < 60
    assert [(count.outcome, count.error_code) for count in collected.feeds] == [("failed", "too_costly"), ("new", "")]
    assert "within 3 seconds" in collected.feeds[0].error_message
    assert plant.poll_one(url, after=timedelta(hours=1)).outcome == "new"
    assert plant.rows("SELECT count(*) FROM raw.entries WHERE feed_id = 'feed'") == [(2,)]


def test_a_child_gives_what_the_function_gives_and_raises_what_it_raises(impatient: ParseChild) -> None:
    body = stories(*range(5))
    assert impatient.call(parse_feed, body, url="https://wire.example/f") == parse_feed(
        body, url="https://wire.example/f"
    )
    with pytest.raises(NotAFeedError, match="empty body"):
        impatient.call(parse_feed, b"")
    with pytest.raises(CostlyError):
        impatient.call(time.sleep, 30)
    assert impatient.call(len, b"abc") == 3, "a new one takes the next call"
    impatient.close()


def test_usual_feeds_are_parsed_here(plant: Plant, server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.parse_child.CHILD", None)
    assert plant.poll_one(server.url("/f", saying(answer(stories(*range(200)))))).outcome == "new"
    assert polls.is_ordinary(stories(*range(200)))


def test_while_bodies_take_long_every_other_feed_is_asked(
    plant: Plant, server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds = 40  # more than asyncio has threads to resolve names with
    all_asked = threading.Event()

    def act(stage: Stage) -> None:
        stage.send(answer(stories(1)))
        if len({request.path for request in server.asked}) == feeds:
            all_asked.set()

    def take_late(*arguments: Any) -> polls.TakenPoll:
        assert all_asked.wait(60)
        return take(*arguments)

    monkeypatch.setattr(polls, "take", take_late)
    collected = plant.poll({f"feed{number}": server.url(f"/{number}", act) for number in range(feeds)})
    assert collected.count("new") == feeds
