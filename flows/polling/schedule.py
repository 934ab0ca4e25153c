"""When a feed is polled next: as often as it brings news, never more often than its cadence, never against its wish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from extractors.records import FeedState
from flows.feeds import FeedSource

LONGEST = timedelta(days=1)
CLOCK_SLIP = timedelta(minutes=10)
MANY_NEW, SOME_NEW = 2 / 3, 1 / 3  # shares of a body's entries (Media Cloud raises and lowers at the same two)
SLACK_SHARE, LONGEST_SLACK = 0.1, timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Due:
    """Whether a feed is polled now; ``reason`` (not_due, gone) where it is not."""

    is_due: bool
    reason: str = ""


def due(state: FeedState | None, at: datetime, *, poll_all: bool = False) -> Due:
    """Whether to poll a feed; ``poll_all`` goes before its schedule, not before a 410."""
    if state is None:
        return Due(True)
    if state.health == "gone":
        return Due(False, "gone")
    if poll_all or state.next_poll_at is None or at >= state.next_poll_at:
        return Due(True)
    if state.last_polled_at and state.last_polled_at - at > CLOCK_SLIP:  # our clock was wrong when this was planned
        return Due(True)
    return Due(False, "not_due")


def next_interval(feed: FeedSource, before: FeedState, *, share_new: float, has_validator: bool) -> timedelta:
    """The time between two polls after one that went well.

    Half as long after a body that is mostly new, a half longer after one with nothing new. At least the feed's cadence,
    at most a day, and eight times the cadence where the server can say 304, as asking is cheap there.
    """
    cadence = timedelta(minutes=feed.cadence_minutes)
    longest = min(LONGEST, 8 * cadence) if has_validator else LONGEST
    interval = max(timedelta(minutes=before.interval_minutes), cadence)
    if share_new >= MANY_NEW:
        interval /= 2
    elif share_new >= SOME_NEW:
        interval *= 0.75
    elif share_new == 0:
        interval *= 1.5
    return max(min(interval, longest), cadence)


def next_poll_at(
    feed: FeedSource, state: FeedState, at: datetime, *, interval_minutes: float, wished_seconds: float = 0.0
) -> datetime | None:
    """When a feed that is well is polled next; None for one that every run polls.

    A little before the interval is over, or a schedule whose runs are as far apart as the cadence would come too early
    every other time. What the server wishes (Cache-Control, Expires, ttl, skipHours, skipDays) is kept to the second.
    """
    if feed.cadence_minutes == 0:
        return None
    interval = timedelta(minutes=interval_minutes)
    slack = min(interval * SLACK_SHARE, LONGEST_SLACK)
    ttl = timedelta(minutes=min(state.ttl_minutes or 0, 1440))
    earliest = max(at + interval - slack, at + ttl, at + timedelta(seconds=wished_seconds))
    return outside_skipped(earliest, state.skip_hours, state.skip_days)


def outside_skipped(moment: datetime, hours: tuple[int, ...], days: tuple[str, ...]) -> datetime:
    """The first time from ``moment`` on that lies in no skipped hour (GMT) or day; ``moment`` where all are skipped.

    >>> outside_skipped(datetime(2026, 6, 1, 2, 30, tzinfo=UTC), (2, 3), ())
    datetime.datetime(2026, 6, 1, 4, 0, tzinfo=datetime.timezone.utc)
    """
    later = moment
    for _ in range(8 * 24):
        if later.hour not in hours and later.strftime("%A") not in days:
            return later
        later = later.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment
