"""What a person should look at: feeds that lose entries, fall silent, overflow or are no feeds any more."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from extractors.records import FeedAlarm, FeedState
from flows.feeds import FeedSource

EMPTY_POLLS = 2  # in a row, before a feed without entries is an alarm
WRONG_POLLS = 3  # in a row, before something else in place of a feed is one
MEMORY_DAYS = 14.0  # over which the usual number of entries is weighted
LEARNT_DAYS = 7.0  # before it counts for anything
VOLUME_FACTOR, VOLUME_ENTRIES = 10.0, 20
SILENT_FACTOR, SILENT_AT_LEAST = 3.0, timedelta(days=4)  # a press that rests at weekends is not silent
SEARCH_WINDOW = 100  # entries that Google News gives at most
PASSING = {"gap", "volume"}  # told once each time; the others once while they last


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a poll that went well brought."""

    new_count: int = 0  # entries that the body before had not
    entries_count: int = 0  # all of its body
    is_gap: bool = False  # nothing in it was in the body before, which had entries


def learn(state: FeedState, taken: Taken, at: datetime) -> FeedState:
    """The state with what new entries say of how many are usual.

    They are learnt from where they come, over the time since those before them: silence does not make silence usual.
    """
    if not taken.new_count:
        return state
    if state.last_entry_at is None or at <= state.last_entry_at:
        return state._replace(last_entry_at=at)
    days = _days(at - state.last_entry_at)
    weight = max(1 - math.exp(-days / MEMORY_DAYS), days / (state.observed_days + days))
    usual = state.usual_per_day + weight * (taken.new_count / days - state.usual_per_day)
    return state._replace(last_entry_at=at, usual_per_day=usual, observed_days=state.observed_days + days)


def conditions(feed: FeedSource, before: FeedState, after: FeedState, taken: Taken, at: datetime) -> dict[str, str]:
    """code -> message of everything that is as it should not be after a poll."""
    found: dict[str, str] = {}
    if taken.is_gap:
        since = f" {_told(at - before.last_polled_at)} ago" if before.last_polled_at else ""
        found["gap"] = (
            f"none of its {taken.entries_count} entries was there at the poll{since}: some may be missed; "
            "poll it more often or split it"
        )
    if taken.new_count > _most_expected(before, at):
        found["volume"] = f"{taken.new_count} new entries at once; usual are {before.usual_per_day:.1f} a day"
    if after.empty_polls >= EMPTY_POLLS:
        found["silent_zero"] = (
            f"no entry in {after.empty_polls} polls in a row, though the server says that all is well"
        )
    if is_silent(after, at) and after.last_entry_at:
        found["silent"] = (
            f"no new entry for {_told(at - after.last_entry_at)}; usual are {after.usual_per_day:.1f} a day"
        )
    if feed.kind == "google_news" and taken.entries_count >= SEARCH_WINDOW:
        found["full_window"] = f"{SEARCH_WINDOW} entries, which is all that a search gives: split the query"
    if after.moved_url:
        found["moved"] = f"has moved to {after.moved_url}: put that address into the list of feeds"
    return found | _of_failures(after)


def raised(feed_id: str, before: FeedState, found: dict[str, str], at: datetime) -> tuple[FeedAlarm, ...]:
    """The alarms that this poll raises: those that did not last already."""
    return tuple(
        FeedAlarm(feed_id=feed_id, code=code, raised_at=at, message=message)
        for code, message in sorted(found.items())
        if code in PASSING or code not in before.alarm_codes
    )


def lasting(found: dict[str, str]) -> tuple[str, ...]:
    """The codes to remember."""
    return tuple(sorted(found.keys() - PASSING))


def is_silent(state: FeedState, at: datetime) -> bool:
    """Whether a feed has brought nothing new for three times as long as is usual, and for four days at least."""
    if state.last_entry_at is None or state.observed_days < LEARNT_DAYS or state.usual_per_day <= 0:
        return False
    usual_gap = timedelta(days=min(1 / state.usual_per_day, 365.0))
    return at - state.last_entry_at > max(SILENT_FACTOR * usual_gap, SILENT_AT_LEAST)


def _of_failures(after: FeedState) -> dict[str, str]:
    if after.health == "gone":
        return {"gone": "the server says that it is gone (410): not asked any more; `gigawire feeds revive` asks again"}
    if after.health == "dormant":
        return {"dormant": f"has failed for so long that it is asked once a week: {after.error_message}"}
    if after.error_code == "not_a_feed" and after.consecutive_failures >= WRONG_POLLS:
        return {
            "not_a_feed": f"{after.consecutive_failures} polls in a row brought something else: {after.error_message}"
        }
    return {}


def _most_expected(before: FeedState, at: datetime) -> float:
    if before.observed_days < LEARNT_DAYS or before.last_entry_at is None:
        return math.inf
    days = max(1.0, _days(at - before.last_entry_at))
    return max(VOLUME_ENTRIES, VOLUME_FACTOR * before.usual_per_day * days)


def _days(span: timedelta) -> float:
    return span.total_seconds() / 86_400


def _told(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.1f} hours"
