"""Two weeks of the service over 60 hostile feeds by a clock that is passed in: nothing lost, nothing twice, no growth.

A run begins every quarter of an hour of that clock (nothing sleeps) and asks the feeds that are due, each at its own
cadence; every sixth hour what came is read and resolved, every midnight published and tidied as `nightly` does. A feed
shows its last 40 stories, so what must be kept at the end is known without a second run.
"""

from __future__ import annotations

import asyncio
import os
import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from flows.feeds import FeedSource, write_feeds
from flows.log import LOGGER
from flows.settings import Settings
from flows.steps.collect import collect
from flows.steps.maintain import maintain
from flows.steps.publish import publish
from flows.steps.read import read
from tests.hostile.conftest import Plant
from tests.hostile.feeds import rss
from tests.hostile.server import Act, hostile_server
from tests.hostile.test_soak import FAULTS, playing

DAYS = float(os.environ.get("GIGAWIRE_SOAK_DAYS", "0.25"))  # `make soak`: 14
BEGIN = datetime(2026, 6, 1, tzinfo=UTC)
RUN_EVERY, READ_EVERY = timedelta(minutes=15), 24  # runs
SHOWN = 40  # stories in a feed: four days of the busiest, and a feed that fails is left alone for a day at most
FAULTY = 0.3  # of the answers
# minutes between polls, of so many feeds, with so many stories a day
PACES = [(15, 12, 10.0), (60, 24, 4.0), (240, 12, 2.0), (720, 8, 1.0), (1440, 4, 0.5)]
DEALS_SHARE = 0.05
GROWTH_MB = 100  # after the second day: resolving and publishing seven times as much news take some more at their peak
SYLLABLES = ("bra", "cor", "del", "fen", "gil", "hul", "jor", "kel", "lum", "mar", "nev", "ost", "pir", "quo", "rud")


@dataclass(frozen=True, order=True)
class Story:
    """Something a feed tells from a moment on."""

    at: datetime
    title: str
    link: str
    amount: int = 0  # millions of dollars, of a deal

    def item(self) -> str:
        """As an item of the feed."""
        return (
            f"<item><title>{self.title}</title><link>{self.link}</link><guid>{self.link}</guid>"
            f"<pubDate>{format_datetime(self.at, usegmt=True)}</pubDate><description>{self.title}</description></item>"
        )


class Press:
    """What 60 feeds tell over the days; each deal is told by two of them."""

    def __init__(self, days: float, seed: int) -> None:
        self.now = BEGIN
        self.stories = [sorted(told) for told in _told(days, random.Random(seed))]
        self._times = [[story.at for story in told] for told in self.stories]

    def body(self, feed: int) -> bytes:
        """The feed as it stands now, the newest first."""
        times = self._times[feed]
        count = bisect_right(times, self.now)
        shown = self.stories[feed][max(0, count - SHOWN) : count]
        return rss((story.item() for story in reversed(shown)), title=f"Feed {feed}")


def cadences() -> list[tuple[int, float]]:
    """(minutes between polls, stories a day) of each feed."""
    return [(minutes, a_day) for minutes, count, a_day in PACES for _ in range(count)]


def _told(days: float, draw: random.Random) -> list[list[Story]]:
    feeds: list[list[Story]] = [[] for _ in cadences()]
    deals = 0
    for feed, (_, a_day) in enumerate(cadences()):
        for number, at in enumerate(_moments(days, a_day, draw)):
            if draw.random() >= DEALS_SHARE:
                title = " ".join(_name(draw.randrange(3000)).lower() for _ in range(8))
                feeds[feed].append(Story(at, f"{title} {number}", f"https://feed{feed}.example/{number}"))
                continue
            deals += 1
            sides = f"{_name(2 * deals)} Compute", f"{_name(2 * deals + 1)} AI"
            title = f"{sides[0]} signs ${100 + deals} million cloud contract with {sides[1]}"
            for teller in (feed, (feed + 1) % len(feeds)):
                feeds[teller].append(Story(at, title, f"https://feed{teller}.example/deal-{deals}", 100 + deals))
    return feeds


def _moments(days: float, a_day: float, draw: random.Random) -> Iterator[datetime]:
    at = BEGIN - timedelta(days=1)
    end = BEGIN + timedelta(days=days)
    while (at := at + timedelta(days=draw.expovariate(a_day))) < end:
        yield at.replace(microsecond=0)


def _name(number: int) -> str:
    """A company that no registry knows.

    >>> _name(0), _name(16)
    ('Brabrabra', 'Corcorbra')
    """
    size = len(SYLLABLES)
    return "".join(SYLLABLES[number // size**place % size] for place in range(3)).capitalize()


def memory_mb() -> float:
    """What this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_two_weeks_of_hostile_feeds_lose_nothing_and_hold_nothing_twice(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.steps.publish.write_report", lambda _: "")
    monkeypatch.setattr(LOGGER, "handlers", [])  # pytest keeps what it hears
    press, draw = Press(DAYS, seed=7), random.Random(7)
    is_over = False

    def fault() -> Act | None:
        return draw.choice(FAULTS) if not is_over and draw.random() < FAULTY else None

    def at(moment: datetime) -> Settings:
        press.now = moment
        monkeypatch.setenv("GIGAWIRE_NOW", moment.isoformat())
        return settings

    memory: list[float] = []
    polls = 0
    with hostile_server() as server:
        settings = plant.settings.model_copy(update={"attempts": 1})
        urls = [server.url(f"/{feed}", playing(press, feed, fault)) for feed in range(len(press.stories))]
        assert settings.feeds is not None
        write_feeds(
            settings.feeds,
            [
                FeedSource(feed_id=f"feed{feed:02d}", url=url, cadence_minutes=minutes)
                for feed, (url, (minutes, _)) in enumerate(zip(urls, cadences(), strict=True))
            ],
        )
        for number in range(int(DAYS * timedelta(days=1) / RUN_EVERY)):
            moment = BEGIN + number * RUN_EVERY
            asyncio.run(collect(at(moment)))
            if number % READ_EVERY == 0:
                read(settings)
            if moment.time() == datetime.min.time():
                publish(settings)
                maintain(settings, moment, timedelta(days=7))
                memory.append(memory_mb())
                polls += len(server.asked)
                server.asked.clear()
        is_over = True
        asyncio.run(collect(at(BEGIN + timedelta(days=DAYS)).model_copy(update={"poll_all": True})))
        read(settings)
        last = publish(settings)
        asyncio.run(collect(settings.model_copy(update={"poll_all": True})))
        assert publish(settings).release_id == last.release_id

    told = sorted((f"feed{feed:02d}", story.title) for feed, stories in enumerate(press.stories) for story in stories)
    assert sorted(plant.rows("SELECT feed_id, title FROM raw.entries")) == told
    pages = {story.link for stories in press.stories for story in stories}
    assert plant.rows("SELECT count(*), count(DISTINCT item_id) FROM raw.documents") == [(len(pages), len(pages))]
    assert plant.rows("SELECT count(*) FROM core.articles") == [(len(pages),)]
    amounts = sorted({story.amount * 1_000_000 for stories in press.stories for story in stories if story.amount})
    kept = plant.rows("SELECT CAST(value_amount AS BIGINT) FROM core.current_revisions ORDER BY 1")
    assert [amount for (amount,) in kept] == amounts
    assert all(value < memory[1] + GROWTH_MB for value in memory[2:]), memory
    print(f"{polls} polls, {len(told)} entries, {len(amounts)} deals, MB by day: {[round(value) for value in memory]}")
