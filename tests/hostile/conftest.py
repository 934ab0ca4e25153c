"""A hostile server, a data folder, and a clock that tests move."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.feeds import FeedSource, write_feeds
from flows.settings import LOOPBACK, Settings
from flows.steps.collect import collect
from flows.steps.counts import Collected, FeedCount
from tests.hostile.server import HostileServer, hostile_server
from warehouse.connection import open_writer


class Plant:
    """A data folder whose feeds are polled when the test says so, at the time that it says."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2026, 6, 2, 8, tzinfo=UTC)
        self.settings = Settings(
            data_dir=root / "data",
            feeds=root / "feeds.csv",
            allow_private_addresses=(LOOPBACK,),
            fetch_pages=False,
            host_delay_seconds=0,
            host_concurrency=8,
            request_seconds=5,
            retry_wait_seconds=0.01,
            max_retry_wait_seconds=0.05,
        )
        self._monkeypatch = monkeypatch

    def poll(self, urls: Mapping[str, str], *, after: timedelta = timedelta(), **changes: Any) -> Collected:
        """One run over these feeds, some time after the one before; all are due."""
        feeds = [FeedSource(feed_id=name, url=url) for name, url in urls.items()]
        assert self.settings.feeds is not None
        write_feeds(self.settings.feeds, feeds)
        self.now += after
        self._monkeypatch.setenv("GIGAWIRE_NOW", self.now.isoformat())
        return asyncio.run(collect(self.settings.model_copy(update={"poll_all": True, **changes})))

    def poll_one(self, url: str, *, after: timedelta = timedelta(), **changes: Any) -> FeedCount:
        """One poll of one feed."""
        return self.poll({"feed": url}, after=after, **changes).feeds[0]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the warehouse."""
        with open_writer(self.settings.warehouse) as con:
            return con.execute(sql).fetchall()


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plant:
    """A new data folder."""
    return Plant(tmp_path, monkeypatch)


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """The hostile server."""
    with hostile_server() as running:
        yield running


Poll = Callable[..., Collected]
