"""Reference rates are a source like any other: polled, archived, stored with the poll, and used by the marts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from extractors.records import FeedState
from flows.feeds import FeedSource
from flows.polling.outcome import Poller
from flows.retrieve import Retrieved
from flows.steps.polls import TakenPoll, take
from warehouse.archive import Archive
from warehouse.connection import open_writer
from warehouse.load import load_polls

NOW = datetime(2026, 10, 30, 16, tzinfo=UTC)
FEED = FeedSource(feed_id="ecb", url="https://rates.example/hist-90d.xml", kind="rates", cadence_minutes=720)
DAYS = {30: "1.1172", 29: "1.113", 28: "1.11"}


def file_of(*days: int) -> bytes:
    pound = "<Cube currency='GBP' rate='0.8338'/>"
    cubes = "".join(
        f"<Cube time='2026-10-{day}'><Cube currency='USD' rate='{DAYS[day]}'/>{pound}</Cube>" for day in days
    )
    return f"<?xml version='1.0'?><g:Envelope xmlns:g='g' xmlns='e'><Cube>{cubes}</Cube></g:Envelope>".encode()


def taken(state: FeedState, data: bytes, archive: Archive, at: datetime) -> TakenPoll:
    answer = Retrieved(status=200, final_url=FEED.url, body=data, content_type="text/xml")
    return take(Poller(feed=FEED, before=state), answer, archive, at)


def test_each_days_rate_is_stored_once_and_a_feed_without_entries_raises_no_alarm(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    state = FeedState(feed_id=FEED.feed_id, url=FEED.url)
    with open_writer(tmp_path / "warehouse.duckdb") as con:
        for number, days in enumerate(((29, 28), (29, 28), (30, 29, 28))):
            found = taken(state, file_of(*days), archive, NOW + timedelta(days=number))
            assert found.poll is not None
            assert found.poll.outcome == ("unchanged" if number == 1 else "new")
            assert found.poll.alarms == ()
            load_polls(con, [found.poll], found.documents)
            state = found.poll.state
        stored = con.execute("SELECT rate_on, rate FROM core.reference_rates WHERE currency_code = 'USD' ORDER BY 1")
        assert stored.fetchall() == [(date(2026, 10, day), Decimal(DAYS[day])) for day in sorted(DAYS)]
        pound = con.execute("SELECT usd_rate FROM core.usd_rates WHERE currency_code = 'GBP' ORDER BY rate_on DESC")
        assert round(pound.fetchall()[0][0], 6) == round(1.1172 / 0.8338, 6)
        assert con.execute("SELECT count(*) FROM raw.documents").fetchall() == [(0,)], "rates are no news"
