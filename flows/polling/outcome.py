"""A poll and the state that it leaves, from what came back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from extractors.records import POLL_TIMES, FeedPoll, FeedState, HostHold, Issue, ParsedFeed, SeenEntry
from flows.feeds import FeedSource
from flows.polling import alarms, failures, moves, schedule
from flows.polling.alarms import Taken
from flows.retrieve import Retrieved, RetrieveError
from flows.retrieve.wishes import fresh_seconds

_STEADY = attrgetter(*(name for name in FeedState._fields if name not in POLL_TIMES))
UNTRUSTED_AFTER = timedelta(days=8)  # a server that has said 304 for so long is asked for the whole feed once


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A feed's body that was parsed."""

    parsed: ParsedFeed
    content_hash: str
    entries: tuple[SeenEntry, ...] = ()  # without those known from the body before
    known_count: int = 0
    is_gap: bool = False
    issues: tuple[Issue, ...] = ()

    @property
    def taken(self) -> Taken:
        """What it brought."""
        if self.parsed.rates:  # another body is another day
            return Taken(new_count=1, entries_count=1)
        new, total = len(self.entries), len(self.entries) + self.known_count
        return Taken(new_count=new, entries_count=total, is_gap=self.is_gap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poller:
    """One feed about to be polled: what is known of it, and the addresses that other feeds have."""

    feed: FeedSource
    before: FeedState
    taken_urls: Collection[str] = field(default=(), repr=False)

    @property
    def url(self) -> str:
        """The address to ask."""
        return moves.asked_url(self.before)

    def validators(self, at: datetime) -> tuple[str, str]:
        """(ETag, Last-Modified) to send, "" where there is none to send or where they are not trusted any more."""
        since = self.before.last_body_at
        if since is None or at - since >= UNTRUSTED_AFTER:
            return "", ""
        return self.before.etag, self.before.last_modified

    def unchanged(self, answer: Retrieved, at: datetime, *, entries_count: int = 0) -> FeedPoll:
        """The poll that a 304, or the body of the poll before, makes."""
        taken = Taken(entries_count=entries_count)
        state = self._well(answer, at, **self._planned(self.before, answer, at, share_new=0.0))
        if self.before.empty_polls and self._is_later(at):
            state = state._replace(empty_polls=state.empty_polls + 1)
        state, raised = self._judged(state, taken, at)
        return FeedPoll(outcome="unchanged", state=state, polled_at=at, alarms=raised, is_quiet=self._is_quiet(state))

    def new(self, answer: Retrieved, body: Body, at: datetime) -> FeedPoll:
        """The poll that a body makes."""
        taken = body.taken
        state = self._well(
            answer,
            at,
            content_hash=body.content_hash,
            last_changed_at=at,
            ttl_minutes=body.parsed.ttl_minutes,
            skip_hours=body.parsed.skip_hours,
            skip_days=body.parsed.skip_days,
            empty_polls=0 if taken.entries_count else self.before.empty_polls + 1,
        )
        is_first = not self.before.content_hash
        share_new = 0.5 if is_first else taken.new_count / max(taken.entries_count, 1)  # the first says nothing of it
        state = alarms.learn(state, taken, at)._replace(**self._planned(state, answer, at, share_new=share_new))
        state, raised = self._judged(state, taken, at)
        return FeedPoll(
            outcome="new",
            state=state,
            polled_at=at,
            byte_count=len(answer.body),
            body_hash=body.content_hash,
            content_type=answer.content_type,
            entries=body.entries,
            known_entries=body.known_count,
            rates=body.parsed.rates,
            issues=body.issues,
            alarms=raised,
        )

    def failed(
        self,
        error: RetrieveError,
        at: datetime,
        *,
        answer: Retrieved | None = None,
        body_hash: str = "",
        hold: HostHold | None = None,
    ) -> FeedPoll:
        """The poll that went wrong; it keeps the validators and the hash of the last good one."""
        units = self.before.failure_units + failures.weight(error.code, error.status)
        state = self.before._replace(
            last_polled_at=at,
            last_status_code=error.status,
            consecutive_failures=self.before.consecutive_failures + 1,
            error_code=error.code,
            error_message=error.message,
            failure_units=units,
            health=failures.health_after(units, error.status),
        )
        state = moves.after_failure(state)._replace(next_poll_at=self._next_try(state, hold, at))
        state, raised = self._judged(state, Taken(), at)
        return FeedPoll(
            outcome="failed",
            state=state,
            polled_at=at,
            byte_count=len(answer.body) if answer else 0,
            body_hash=body_hash,
            content_type=answer.content_type if answer else "",
            alarms=raised,
            hold=hold,
        )

    def _well(self, answer: Retrieved, at: datetime, **changes: Any) -> FeedState:
        """The state after an answer that can be used, with other changes that it brings."""
        etag, last_modified = self._validators_after(answer)
        state = self.before._replace(
            etag=etag,
            last_modified=last_modified,
            last_polled_at=at,
            last_status_code=answer.status,
            last_body_at=self.before.last_body_at if answer.status == 304 else at,
            consecutive_failures=0,
            failure_units=0.0,
            health="well",
            error_code="",
            error_message="",
            **changes,
        )
        return moves.after_redirect(state, answer.permanent_url, at, taken=self.taken_urls)

    def _validators_after(self, answer: Retrieved) -> tuple[str, str]:
        """(ETag, Last-Modified) to keep: a 200 replaces both, a 304 those that it repeats."""
        if answer.status != 304:
            return answer.etag, answer.last_modified
        return answer.etag or self.before.etag, answer.last_modified or self.before.last_modified

    def _planned(self, state: FeedState, answer: Retrieved, at: datetime, *, share_new: float) -> dict[str, Any]:
        """When the feed is polled next, as changes of its state, which says what it asks for."""
        minutes = state.interval_minutes
        if self._is_later(at):
            has_validator = any(self._validators_after(answer))
            interval = schedule.next_interval(self.feed, self.before, share_new=share_new, has_validator=has_validator)
            minutes = interval.total_seconds() / 60
        wished = fresh_seconds(answer.headers, at)
        next_at = schedule.next_poll_at(self.feed, state, at, interval_minutes=minutes, wished_seconds=wished)
        return {"interval_minutes": minutes, "next_poll_at": next_at}

    def _next_try(self, state: FeedState, hold: HostHold | None, at: datetime) -> datetime | None:
        if self.feed.cadence_minutes == 0:
            return None
        after = at + failures.wait_after(state.failure_units, timedelta(minutes=self.feed.cadence_minutes))
        return max(after, hold.held_until) if hold else after

    def _judged(self, state: FeedState, taken: Taken, at: datetime) -> tuple[FeedState, tuple[alarms.FeedAlarm, ...]]:
        found = alarms.conditions(self.feed, self.before, state, taken, at)
        raised = alarms.raised(self.feed.feed_id, self.before, found, at)
        codes = alarms.lasting(found)
        return (state if codes == state.alarm_codes else state._replace(alarm_codes=codes)), raised

    def _is_quiet(self, state: FeedState) -> bool:
        """Whether nothing about the feed changed but the times of its polls."""
        return self.before.last_polled_at is not None and _STEADY(state) == _STEADY(self.before)

    def _is_later(self, at: datetime) -> bool:
        """Whether time has passed since the poll before: one at the same moment teaches nothing of a feed's pace."""
        return self.before.last_polled_at is None or at > self.before.last_polled_at
