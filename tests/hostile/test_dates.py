"""F10: what a date of publication is worth, from the feed to the release; none is made up, none is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from extractors.records import Article, RawDocument, believed, date_quality
from flows.steps.reading import complete
from tests.hostile.conftest import Plant
from tests.hostile.feeds import item, rss
from tests.hostile.server import HostileServer, answer, in_turn, saying

SEEN = datetime(2026, 6, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("told_at", "quality"),
    [
        (None, "undated"),
        (SEEN - 400 * DAY, "told"),
        (SEEN + DAY, "told"),  # a zone read wrongly, a clock that goes ahead
        (SEEN + DAY + timedelta(seconds=1), "future"),
        (datetime(2099, 1, 1, tzinfo=UTC), "future"),
    ],
)
def test_a_date_more_than_a_day_ahead_is_used_for_nothing(told_at: datetime | None, quality: str) -> None:
    assert date_quality(told_at, SEEN) == quality
    assert believed(told_at, SEEN) == (told_at if quality == "told" else None)


def test_f10_future_and_missing_dates_are_marked_and_kept_as_told(plant: Plant, server: HostileServer) -> None:
    dates = ["", "Thu, 01 Jan 2099 00:00:00 GMT", "Mon, 01 Jun 2026 10:00:00 GMT"]
    body = rss(item(n, date=date) for n, date in enumerate(dates))
    plant.poll_one(server.url("/f", saying(answer(body))))
    rows = plant.rows(
        "SELECT date_quality, published_at, year(told_published_at AT TIME ZONE 'UTC') "
        "FROM raw.entries ORDER BY entry_id"
    )
    assert rows == [
        ("undated", None, None),
        ("future", None, 2099),
        ("told", datetime(2026, 6, 1, 10, tzinfo=UTC), 2026),
    ]
    assert plant.rows("SELECT count(published_at) FROM raw.documents") == [(1,)]


def test_f10_a_future_date_that_has_come_makes_no_second_version(plant: Plant, server: HostileServer) -> None:
    soon = item(1, date="Fri, 05 Jun 2026 10:00:00 GMT")
    url = server.url("/f", in_turn(saying(answer(rss([soon]))), saying(answer(rss([soon, item(2)])))))
    for after in (timedelta(), 30 * DAY):
        plant.poll_one(url, after=after)
    assert plant.rows("SELECT date_quality FROM raw.entries WHERE entry_id = 'guid-1'") == [("future",)]
    assert plant.rows("SELECT count(*) FROM raw.documents") == [(2,)]


@pytest.mark.parametrize(
    ("of_page", "of_feed", "published_at", "quality"),
    [
        (SEEN - DAY, None, SEEN - DAY, "told"),
        (SEEN + 30 * DAY, SEEN - DAY, SEEN - DAY, "told"),  # the day of the event on the page, the feed's own date
        (SEEN + 30 * DAY, None, None, "future"),
        (None, None, None, "undated"),
    ],
)
def test_an_article_has_the_best_date_that_was_told(
    of_page: datetime | None, of_feed: datetime | None, published_at: datetime | None, quality: str
) -> None:
    raw = RawDocument(
        document_id="d", item_id="i", kind="page", url="https://wire.example/1", content_type="text/html",
        byte_count=1, retrieved_at=SEEN, published_at=of_feed,
    )  # fmt: skip
    article = complete(Article(title="A", body="B", published_at=of_page), raw)
    assert (article.published_at, article.date_quality) == (published_at, quality)
    assert article.told_published_at == (published_at or of_page)
