"""What a poll means for the next one: schedules, failures, moves and alarms, on a clock that the tests move."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from extractors.records import Entry, FeedPoll, FeedState, ParsedFeed, SeenEntry
from flows.feeds import FeedSource
from flows.polling import schedule
from flows.polling.outcome import Body, Poller
from flows.retrieve import Retrieved, RetrieveError

NOW = datetime(2026, 6, 2, 8, tzinfo=UTC)  # a Tuesday
FEED = FeedSource(feed_id="wire", url="https://wire.example/f", cadence_minutes=60)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def fresh(**changes: Any) -> FeedState:
    return FeedState(feed_id="wire", url=FEED.url, **changes)


def known(**changes: Any) -> FeedState:
    told = {"etag": '"a"', "content_hash": "h", "last_polled_at": NOW - HOUR, "last_body_at": NOW - HOUR}
    return fresh(**{**told, **changes})


def answer(status: int = 200, headers: dict[str, str] | None = None, **changes: Any) -> Retrieved:
    told = {"status": status, "final_url": FEED.url, "headers": headers or {}, "etag": '"b"'}
    return Retrieved(**{**told, **changes})


def seen(number: int) -> SeenEntry:
    return SeenEntry(
        entry=Entry(entry_id=str(number), title=str(number)), item_id=str(number), canonical_url="", version_hash="v"
    )


def body(new: int, known_count: int = 0, **changes: Any) -> Body:
    told: dict[str, Any] = {"format": "rss20", "title": "Wire", "link": "", "language": "", "ttl_minutes": None}
    feed_fields = {key: changes.pop(key) for key in ("ttl_minutes", "skip_hours", "skip_days") if key in changes}
    parsed = ParsedFeed(**{**told, **feed_fields}, entries=())
    entries = tuple(seen(number) for number in range(new))
    return Body(parsed=parsed, content_hash="h2", entries=entries, known_count=known_count, **changes)


def brought(state: FeedState, new: int, known_count: int = 0, at: datetime = NOW, **changes: Any) -> FeedPoll:
    headers = changes.pop("headers", {})
    return Poller(feed=FEED, before=state).new(answer(headers=headers), body(new, known_count, **changes), at)


def failed(state: FeedState, code: str, status: int | None = None, at: datetime = NOW) -> FeedPoll:
    return Poller(feed=FEED, before=state).failed(RetrieveError(code, f"{code}!", status=status), at)


def codes(poll: FeedPoll) -> list[str]:
    return [alarm.code for alarm in poll.alarms]


def wait(poll: FeedPoll) -> timedelta:
    assert poll.state.next_poll_at is not None
    return poll.state.next_poll_at - poll.polled_at


@pytest.mark.parametrize(
    ("interval", "new", "known_count", "expected"),
    [
        (240, 20, 5, 120),  # mostly new: twice as often
        (240, 10, 10, 180),
        (240, 3, 20, 240),  # about right
        (240, 0, 25, 360),  # edited, nothing new
        (60, 25, 0, 60),  # never more often than the cadence
        (480, 0, 25, 480),  # never more than eight times as seldom, where a 304 is cheap
        (0, 3, 20, 60),  # not adapted yet
    ],
)
def test_the_interval_follows_the_share_of_new_entries(
    interval: float, new: int, known_count: int, expected: float
) -> None:
    assert brought(known(interval_minutes=interval), new, known_count).state.interval_minutes == expected


def test_a_feed_without_validators_may_be_asked_once_a_day_only() -> None:
    state = known(etag="", interval_minutes=1200)
    poll = Poller(feed=FEED, before=state).new(answer(etag=""), body(0, 25), NOW)
    assert poll.state.interval_minutes == 1440


def test_an_unchanged_poll_widens_the_interval_and_one_at_the_same_moment_does_not() -> None:
    later = Poller(feed=FEED, before=known(interval_minutes=60)).unchanged(answer(304), NOW)
    assert later.state.interval_minutes == 90
    at_once = Poller(feed=FEED, before=later.state).unchanged(answer(304), NOW)
    assert at_once.state.interval_minutes == 90


def test_a_run_every_cadence_finds_its_feeds_due() -> None:
    poll = brought(known(interval_minutes=60), 3, 20, at=NOW + timedelta(seconds=40))
    assert schedule.due(poll.state, NOW + HOUR).is_due
    assert schedule.due(poll.state, NOW + HOUR / 2) == schedule.Due(False, "not_due")


@pytest.mark.parametrize(
    ("headers", "changes", "expected"),
    [
        ({"cache-control": "max-age=7200"}, {}, 2 * HOUR),
        ({"cache-control": "no-cache, max-age=7200"}, {}, 58 * MINUTE),
        ({"cache-control": "max-age=99999999"}, {}, DAY),
        ({"expires": "Tue, 02 Jun 2026 11:00:00 GMT", "date": "Tue, 02 Jun 2026 08:00:00 GMT"}, {}, 3 * HOUR),
        ({"expires": "Mon, 01 Jun 2026 11:00:00 GMT", "date": "Mon, 01 Jun 2026 08:00:00 GMT"}, {}, 3 * HOUR),
        ({"expires": "0"}, {}, 58 * MINUTE),
        ({}, {"ttl_minutes": 180}, 3 * HOUR),
        ({}, {"ttl_minutes": 500_000}, DAY),
        ({}, {"skip_hours": (8, 9, 10)}, 3 * HOUR),
        ({}, {"skip_days": ("Tuesday",)}, 16 * HOUR),
        ({}, {"skip_hours": tuple(range(24))}, 58 * MINUTE),
    ],
)
def test_what_the_server_wishes_is_kept_to(
    headers: dict[str, str], changes: dict[str, Any], expected: timedelta
) -> None:
    assert wait(brought(known(interval_minutes=60), 3, 20, headers=headers, **changes)) == expected


def test_wishes_of_the_last_body_hold_for_304s_too() -> None:
    state = brought(known(interval_minutes=60), 3, 20, ttl_minutes=180).state
    assert wait(Poller(feed=FEED, before=state).unchanged(answer(304), NOW + 3 * HOUR)) == 3 * HOUR


def test_a_feed_of_every_run_has_no_schedule() -> None:
    poller = Poller(feed=replace(FEED, cadence_minutes=0), before=known())
    assert poller.unchanged(answer(304), NOW).state.next_poll_at is None
    assert poller.failed(RetrieveError("http_500", "!", status=500), NOW).state.next_poll_at is None


@pytest.mark.parametrize(
    ("code", "status", "units"),
    [
        ("http_403", 403, 1.0),
        ("blocked_address", None, 1.0),
        ("not_a_feed", None, 1.0),
        ("http_404", 404, 0.5),
        ("http_429", 429, 0.5),
        ("http_502", 502, 0.5),
        ("timed_out", None, 0.25),
        ("broken_off", None, 0.25),
    ],
)
def test_failures_weigh_by_their_kind_and_keep_what_the_last_good_poll_left(
    code: str, status: int | None, units: float
) -> None:
    state = failed(known(), code, status).state
    assert (state.failure_units, state.health, state.consecutive_failures) == (units, "failing", 1)
    assert (state.etag, state.content_hash, state.last_body_at) == ('"a"', "h", NOW - HOUR)


def test_a_failing_feed_is_asked_less_and_less_then_once_a_week_and_is_well_at_once_when_it_returns() -> None:
    state, at, waits = known(), NOW, []
    while state.health != "dormant":
        poll = failed(state, "http_403", 403, at)
        state, at = poll.state, poll.state.next_poll_at or NOW
        waits.append(wait(poll))
    assert waits == sorted(waits)
    assert (waits[0], waits[10], waits[-1], len(waits)) == (2 * HOUR, DAY, 7 * DAY, 30)
    assert codes(poll) == ["dormant"]
    assert codes(failed(state, "http_403", 403, at)) == []  # told once
    back = brought(state, 3, 20, at=at).state
    assert (back.health, back.failure_units, back.alarm_codes) == ("well", 0.0, ())


def test_a_feed_that_is_gone_is_told_once_and_not_asked_again() -> None:
    poll = failed(known(), "http_410", 410)
    assert (poll.state.health, codes(poll)) == ("gone", ["gone"])
    assert schedule.due(poll.state, NOW + 365 * DAY, poll_all=True) == schedule.Due(False, "gone")


def moved(state: FeedState, target: str, at: datetime, taken: set[str] = frozenset()) -> FeedState:  # type: ignore[assignment]
    return Poller(feed=FEED, before=state, taken_urls=taken).unchanged(answer(304, permanent_url=target), at).state


def test_a_permanent_redirect_is_believed_after_three_polls_on_two_days() -> None:
    state = known()
    for hours in (0, 6, 12, 23):
        state = moved(state, "https://new.example/f", NOW + hours * HOUR)
        assert Poller(feed=FEED, before=state).url == FEED.url
    poll = Poller(feed=FEED, before=state).unchanged(
        answer(304, permanent_url="https://new.example/f"), NOW + 24 * HOUR
    )
    assert Poller(feed=FEED, before=poll.state).url == "https://new.example/f"
    assert (poll.state.url, codes(poll)) == (FEED.url, ["moved"])


def test_a_redirect_that_passes_or_leads_to_another_feed_moves_nothing() -> None:
    state = moved(known(), "https://portal.example/", NOW)
    state = moved(state, "", NOW + DAY)
    state = moved(moved(state, "https://portal.example/", NOW + 2 * DAY), "https://portal.example/", NOW + 3 * DAY)
    assert (state.moved_url, state.proposed_polls) == ("", 2)
    for days in range(5):
        state = moved(state, "https://other.example/f", NOW + days * DAY, {"https://other.example/f"})
    assert (state.moved_url, state.proposed_url) == ("", "")


def test_a_feed_whose_new_address_keeps_failing_goes_back_to_its_own() -> None:
    state = known(moved_url="https://new.example/f")
    for _ in range(5):
        assert state.moved_url
        state = failed(state, "http_404", 404).state
    assert Poller(feed=FEED, before=state).url == FEED.url


def test_validators_are_byte_exact_and_not_trusted_for_ever() -> None:
    state = known(etag='W/"x y"', last_modified="yesterday, or so")
    poller = Poller(feed=FEED, before=state)
    assert poller.validators(NOW) == ('W/"x y"', "yesterday, or so")
    assert poller.validators(NOW + 8 * DAY) == ("", "")
    assert brought(state, 1, 1).state.last_modified == ""  # a 200 replaces both
    again = poller.unchanged(answer(304, etag=""), NOW).state
    assert (again.etag, again.last_modified) == (state.etag, state.last_modified)


def test_a_poll_that_overlaps_with_nothing_is_a_gap_each_time() -> None:
    first = brought(known(), 20, is_gap=True)
    assert codes(first) == ["gap"]
    assert "1.0 hours ago" in first.alarms[0].message
    assert codes(brought(first.state, 20, is_gap=True, at=NOW + HOUR)) == ["gap"]


def test_a_feed_without_entries_is_an_alarm_at_the_second_poll() -> None:
    first = brought(known(), 0)
    assert codes(first) == []
    second = Poller(feed=FEED, before=first.state).unchanged(answer(304), NOW + HOUR)
    assert codes(second) == ["silent_zero"]
    third = Poller(feed=FEED, before=second.state).unchanged(answer(304), NOW + 2 * HOUR)
    assert codes(third) == []
    assert brought(third.state, 3, at=NOW + 3 * HOUR).state.alarm_codes == ()


def test_something_else_in_place_of_a_feed_is_an_alarm_at_the_third_poll() -> None:
    state, told = known(), []
    for _ in range(4):
        poll = failed(state, "not_a_feed")
        state = poll.state
        told.append(codes(poll))
    assert told == [[], [], ["not_a_feed"], []]


def learnt(per_day: int, days: int) -> FeedState:
    """A feed that has brought so many entries a day."""
    state = brought(fresh(), 25, at=NOW - days * DAY).state
    for day in range(1, days + 1):
        state = brought(state, per_day, 20, at=NOW - (days - day) * DAY).state
    return state


def test_the_usual_number_of_entries_is_learnt() -> None:
    state = learnt(4, 10)
    assert (round(state.usual_per_day, 3), round(state.observed_days, 3)) == (4.0, 10.0)


def test_silence_for_three_times_as_long_as_usual_is_an_alarm_once() -> None:
    state = learnt(4, 10)
    told = []
    for day in range(1, 8):
        poll = Poller(feed=FEED, before=state).unchanged(answer(304), NOW + day * DAY)
        state = poll.state
        told.append(codes(poll))
    assert told == [[], [], [], [], ["silent"], [], []]


def test_ten_times_the_usual_volume_is_an_alarm() -> None:
    assert codes(brought(learnt(4, 10), 45, 20, at=NOW + DAY)) == ["volume"]
    assert codes(brought(learnt(4, 10), 25, 20, at=NOW + DAY)) == []
    assert codes(brought(learnt(4, 3), 45, 20, at=NOW + DAY)) == []  # not known for long enough


def test_a_search_that_gives_all_it_can_is_an_alarm() -> None:
    search = replace(FEED, kind="google_news")
    poll = Poller(feed=search, before=known()).new(answer(), body(5, 95), NOW)
    assert codes(poll) == ["full_window"]
