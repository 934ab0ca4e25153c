"""F3-F19 of what goes wrong with servers, feeds and clocks, as far as fetching and keeping go, with their outcomes."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest

from tests.hostile.conftest import Plant
from tests.hostile.feeds import item, rss, stories
from tests.hostile.server import Act, HostileServer, answer, in_turn, resetting, saying
from warehouse.connection import open_writer
from warehouse.load import revive_feeds
from warehouse.pending import feed_alarms

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GOOD = saying(answer(stories(1, 2, 3), headers={"ETag": '"v1"', "Content-Type": "application/rss+xml"}))
ZIPPED = gzip.compress(stories(*range(1, 40)))
STATE = "SELECT etag, content_hash, last_body_at FROM raw.feed_state"


@pytest.mark.parametrize(
    "act",
    [
        resetting(),
        resetting(b"HTTP/1.1 200 OK\r\n"),
        resetting(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<rss><channel>"),
        saying(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + stories(1, 2, 3, 4)),
        saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"),
        saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n"),
        saying(answer(ZIPPED[:-20], headers={"Content-Encoding": "gzip"})),
        saying(answer(ZIPPED[:40] + b"\0" * 40 + ZIPPED[80:], headers={"Content-Encoding": "gzip"})),
        saying(b"\x16\x03\x01\x02\x00\x01\x00"),
    ],
    ids=[
        "no answer",
        "half a head",
        "reset",
        "short",
        "half chunked",
        "bad chunk",
        "short gzip",
        "bad gzip",
        "no HTTP",
    ],
)
def test_f3_what_is_not_whole_leaves_nothing_and_keeps_the_validators(
    plant: Plant, server: HostileServer, act: Act
) -> None:
    url = server.url("/f", in_turn(GOOD, act))
    plant.poll_one(url)
    before = plant.rows(STATE)
    count = plant.poll_one(url, after=HOUR)
    assert (count.outcome, count.error_code) == ("failed", "broken_off")
    assert plant.rows(STATE) == before
    assert plant.rows("SELECT count(*) FROM raw.entries") == [(3,)]
    assert server.asked[-1].headers["if-none-match"] == '"v1"'


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway", "503 Busy", "504 Too Late"])
def test_f4_a_storm_is_tried_three_times_and_passes(plant: Plant, server: HostileServer, status: str) -> None:
    busy = saying(answer(b"busy", status))
    assert plant.poll_one(server.url("/f", busy)).error_code == f"http_{status[:3]}"
    assert server.count("/f") == 3
    assert plant.poll_one(server.url("/g", in_turn(busy, busy, GOOD))).outcome == "new"


@pytest.mark.parametrize(
    ("headers", "rest"),
    [
        ({"Retry-After": "3600"}, HOUR),
        ({"Retry-After": "Tue, 02 Jun 2026 11:00:00 GMT", "Date": "Tue, 02 Jun 2026 10:00:00 GMT"}, HOUR),
        (
            {"Retry-After": "Sun, 31 May 2026 09:00:00 GMT", "Date": "Sun, 31 May 2026 08:00:00 GMT"},
            HOUR,
        ),
        ({"Retry-After": "315360000"}, DAY),
        ({"Retry-After": "soon"}, 15 * MINUTE),
        ({"Retry-After": "-5"}, 15 * MINUTE),
        ({}, 15 * MINUTE),
    ],
    ids=["seconds", "date", "date of a slow clock", "ten years", "garbage", "negative", "none"],
)
def test_f4_a_host_that_asks_for_rest_gets_it_for_all_its_feeds_and_beyond_the_run(
    plant: Plant, server: HostileServer, headers: dict[str, str], rest: timedelta
) -> None:
    urls = {
        "a": server.url("/a", in_turn(saying(answer(b"", "429 Too Many", headers)), GOOD)),
        "b": server.url("/b", GOOD),
    }
    first = plant.poll(urls, concurrency=1)
    assert [(count.outcome, count.error_code) for count in first.feeds] == [
        ("failed", "http_429"),
        ("skipped", "host_held"),
    ]
    assert plant.rows("SELECT held_until FROM raw.host_state") == [(plant.now + rest,)]
    during = plant.poll(urls, after=rest - MINUTE)
    assert {count.error_code for count in during.feeds} == {"host_held"}
    after = plant.poll(urls, after=2 * MINUTE)
    assert {count.outcome for count in after.feeds} == {"new"}
    assert (server.count("/a"), server.count("/b")) == (2, 1)


@pytest.mark.parametrize("jump", [730 * DAY, -2 * DAY], ids=["two years ahead", "two days back"])
def test_f5_a_jump_of_our_clock_stops_no_feed(plant: Plant, server: HostileServer, jump: timedelta) -> None:
    url = server.url("/f", in_turn(GOOD, saying(answer(stories(2, 3, 4))), saying(answer(stories(3, 4, 5)))))
    for after in (timedelta(), jump, -jump + HOUR):
        assert plant.poll_one(url, after=after, poll_all=False).outcome == "new"
    assert plant.rows("SELECT count(*), count(DISTINCT item_id) FROM raw.entries") == [(5, 5)]


def test_f7_the_same_news_twice_in_two_feeds_and_reordered_is_there_once(plant: Plant, server: HostileServer) -> None:
    turns = [stories(1, 2, 3), stories(3, 1, 2), stories(2, 3), stories(1, 2, 3)]
    urls = {
        "one": server.url("/one", in_turn(*(saying(answer(body)) for body in turns))),
        "two": server.url("/two", in_turn(*(saying(answer(body)) for body in reversed(turns)))),
    }
    for _ in turns:
        plant.poll(urls, after=HOUR)
    assert plant.rows("SELECT count(*), count(DISTINCT item_id) FROM raw.entries") == [(6, 3)]
    assert plant.rows("SELECT count(*) FROM raw.documents") == [(3,)]


def test_f7_a_304_to_a_request_without_conditions_is_a_failure(plant: Plant, server: HostileServer) -> None:
    assert plant.poll_one(server.url("/f", saying(answer(status="304 Not Modified")))).error_code == "unexpected_304"


def churning(poll: int) -> bytes:
    """The same three stories; guids and a token in the links change at every poll."""
    return rss(
        item(n, guid=f"{poll}-{n}", link=f"https://wire.example/{n}?utm_source=feed{poll}&utm_campaign=x{poll}")
        for n in range(3)
    )


def test_f8_guids_and_tokens_that_change_at_every_poll_make_no_news(plant: Plant, server: HostileServer) -> None:
    url = server.url("/f", in_turn(*(saying(answer(churning(poll))) for poll in range(5))))
    for _ in range(5):
        plant.poll_one(url, after=HOUR)
    assert plant.rows("SELECT count(DISTINCT item_id) FROM raw.entries") == [(3,)]
    assert plant.rows("SELECT count(*) FROM raw.documents") == [(3,)]


def test_f8_a_guid_used_again_for_another_story_keeps_both(plant: Plant, server: HostileServer) -> None:
    turns = [rss([item(n, guid="always-the-same")]) for n in (1, 2)]
    url = server.url("/f", in_turn(*(saying(answer(body)) for body in turns)))
    for _ in turns:
        plant.poll_one(url, after=HOUR)
    assert plant.rows("SELECT entry_id, count(DISTINCT item_id) FROM raw.entries GROUP BY ALL") == [
        ("always-the-same", 2)
    ]


def test_f9_one_new_entry_among_ten_thousand_is_one_insert(plant: Plant, server: HostileServer) -> None:
    turns = [stories(*range(10_000)), stories(10_000, *range(9_999))]
    url = server.url("/f", in_turn(*(saying(answer(body)) for body in turns)))
    assert plant.poll({"feed": url}).new_entries == 10_000
    assert plant.poll({"feed": url}, after=HOUR).new_entries == 1


def test_f9_a_feed_that_flips_between_two_lengths_loses_nothing_and_alarms_nobody(
    plant: Plant, server: HostileServer
) -> None:
    long, short = saying(answer(stories(*range(50)))), saying(answer(stories(*range(30))))
    url = server.url("/f", in_turn(long, short, long, short, long))
    collected = [plant.poll({"feed": url}, after=HOUR) for _ in range(5)]
    assert [run.new_entries for run in collected] == [50, 0, 0, 0, 0]
    assert [run.feeds[0].alarms for run in collected] == [()] * 5


def test_f10_no_date_is_made_up(plant: Plant, server: HostileServer) -> None:
    dates = ["", "Thu, 01 Jan 2099 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "2026-13-45", "Mo, 1 Jun", "now"]
    body = rss(item(n, date=date) for n, date in enumerate(dates))
    assert plant.poll_one(server.url("/f", saying(answer(body)))).entries == 6
    told = dict(plant.rows("SELECT entry_id, published_at::VARCHAR FROM raw.entries"))
    assert {told[f"guid-{n}"] for n in (0, 2, 3, 4, 5)} == {None}
    assert plant.rows("SELECT count(*) FROM raw.entries WHERE published_at = first_seen_at") == [(0,)]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss([item(1, "Umsatz über 5 €")]).decode().encode("utf-16"), "text/xml; charset=utf-16"),
        (rss([item(1, "Umsatz über 5 €")]).decode().encode("cp1252"), "text/xml; charset=utf-8"),
        (b"\xef\xbb\xbf" + rss([item(1, "Umsatz über 5 €")]), "text/html"),
        (rss([item(1, "Umsatz\x00 über\x08 5 €")]), ""),
        (rss([item(1, "Umsatz über 5 €&#xD800;")]), "image/png"),
    ],
    ids=["utf-16", "cp1252", "bom", "controls", "surrogate"],
)
def test_f11_f13_every_encoding_and_wrong_content_type_is_read(
    plant: Plant, server: HostileServer, body: bytes, content_type: str
) -> None:
    url = server.url("/f", saying(answer(body, headers={"Content-Type": content_type} if content_type else {})))
    assert plant.poll_one(url).outcome == "new"
    [(title,)] = plant.rows("SELECT title FROM raw.entries")
    assert title.startswith("Umsatz über 5 €")


def test_f12_an_edit_by_the_publisher_is_a_version_of_the_same_item(plant: Plant, server: HostileServer) -> None:
    turns = [rss([item(1, f"A deal of {amount} billion"), item(2)]) for amount in ("1", "1.2", "1.2")]
    url = server.url("/f", in_turn(*(saying(answer(body)) for body in turns)))
    for _ in turns:
        plant.poll_one(url, after=HOUR)
    assert plant.rows("SELECT count(*), count(DISTINCT item_id) FROM raw.entries") == [(3, 2)]


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><head><title>Just a moment...</title></head><body>captcha</body></html>",
        b"",
        b"   \n",
        b'{"error": "not found"}',
        b"<?xml version='1.0'?><error>no</error>",
        b"Service unavailable",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    ],
    ids=["captcha", "empty", "blank", "json", "xml", "text", "image"],
)
def test_f13_something_else_in_place_of_a_feed_is_a_failure_and_the_last_good_data_stay(
    plant: Plant, server: HostileServer, body: bytes
) -> None:
    url = server.url("/f", in_turn(GOOD, saying(answer(body)), saying(answer(body)), saying(answer(body)), GOOD))
    plant.poll_one(url)
    before = plant.rows(STATE)
    counts = [plant.poll_one(url, after=HOUR) for _ in range(3)]
    assert {(count.outcome, count.error_code) for count in counts} == {("failed", "not_a_feed")}
    assert [len(count.alarms) for count in counts] == [0, 0, 1]
    assert plant.rows(STATE) == before
    assert plant.poll_one(url, after=HOUR).outcome == "new"
    assert plant.rows("SELECT alarm_codes FROM raw.feed_state") == [(None,)]
    assert plant.rows("SELECT code FROM raw.feed_alarms") == [("not_a_feed",)]


def test_f13_the_bytes_of_a_failed_poll_are_kept_too(plant: Plant, server: HostileServer) -> None:
    plant.poll_one(server.url("/f", saying(answer(b"<html><title>Consent</title></html>"))))
    [(content_hash,)] = plant.rows("SELECT content_hash FROM raw.feed_fetches")
    assert b"Consent" in gzip.decompress(
        (plant.settings.archive / content_hash[:2] / f"{content_hash}.gz").read_bytes()
    )


def test_f17_a_feed_that_overlaps_with_nothing_it_said_before_raises_a_gap(plant: Plant, server: HostileServer) -> None:
    turns = [stories(*range(20)), stories(*range(10, 30)), stories(*range(40, 60))]
    url = server.url("/f", in_turn(*(saying(answer(body)) for body in turns)))
    alarms: list[Any] = [plant.poll_one(url, after=HOUR).alarms for _ in turns]
    assert [len(told) for told in alarms] == [0, 0, 1]
    assert "[gap]" in alarms[2][0]


def test_f18_a_redirect_of_one_day_moves_nothing_and_one_that_stays_does(plant: Plant, server: HostileServer) -> None:
    server.url("/new", GOOD)
    passing = saying(answer(status="301 Moved", headers={"Location": "/new"}))
    url = server.url("/f", in_turn(passing, passing, passing, passing, GOOD, passing, passing, passing, passing))
    for after in (timedelta(), 6 * HOUR, 6 * HOUR, 6 * HOUR, HOUR):
        plant.poll_one(url, after=after)
    assert plant.rows("SELECT url, moved_url FROM raw.feed_state") == [(url, None)]
    for after in (HOUR, 12 * HOUR, 12 * HOUR):
        plant.poll_one(url, after=after)
    assert plant.rows("SELECT url, moved_url FROM raw.feed_state") == [(url, f"{server.address}/new")]
    plant.poll_one(url, after=HOUR)
    assert server.asked[-1].path == "/new"
    assert plant.rows("SELECT code FROM raw.feed_alarms") == [("moved",)]


def test_f18_a_feed_that_is_gone_is_not_asked_again(plant: Plant, server: HostileServer) -> None:
    url = server.url("/f", saying(answer(b"", "410 Gone")))
    first, second = plant.poll_one(url), plant.poll_one(url, after=30 * DAY)
    assert (first.error_code, len(first.alarms), second.outcome, second.error_code) == (
        "http_410",
        1,
        "skipped",
        "gone",
    )
    assert server.count("/f") == 1


def test_f19_when_nothing_can_be_reached_no_feed_is_blamed(plant: Plant) -> None:
    collected = plant.poll({name: f"http://{name}.invalid/f" for name in ("a", "b", "c")})
    assert "none of 3 hosts can be reached" in collected.network_error
    assert {(count.outcome, count.error_code) for count in collected.feeds} == {("failed", "network_down")}
    assert plant.rows("SELECT count(*) FROM raw.feed_state") == [(0,)]


def test_f19_one_feed_that_answers_says_that_the_network_is_up(plant: Plant, server: HostileServer) -> None:
    urls = {name: f"http://{name}.invalid/f" for name in ("a", "b", "c")} | {"good": server.url("/f", GOOD)}
    assert plant.poll(urls).network_error == ""
    assert plant.rows("SELECT count(*) FROM raw.feed_state WHERE error_code IS NOT NULL") == [(3,)]


def test_the_sec_is_not_asked_without_a_contact(plant: Plant) -> None:
    from flows.settings import SettingsError

    with pytest.raises(SettingsError, match="GIGAWIRE_CONTACT"):
        plant.poll({"sec_8k": "https://www.sec.gov/cgi-bin/browse-edgar?output=atom"})


def test_alarms_are_listed_with_whether_they_last_and_a_gone_feed_can_be_revived(
    plant: Plant, server: HostileServer
) -> None:
    gone = saying(answer(b"", "410 Gone"))
    url = server.url("/f", in_turn(gone, GOOD))
    plant.poll_one(url)
    with open_writer(plant.settings.warehouse) as con:
        assert [(row["code"], row["is_lasting"]) for row in feed_alarms(con)] == [("gone", True)]
        assert revive_feeds(con, ["feed", "other"]) == {"feed"}
        assert revive_feeds(con, ["other"]) == set()
    assert plant.poll_one(url, after=HOUR, poll_all=False).outcome == "new"
    with open_writer(plant.settings.warehouse) as con:
        assert [(row["code"], row["is_lasting"]) for row in feed_alarms(con)] == [("gone", False)]
