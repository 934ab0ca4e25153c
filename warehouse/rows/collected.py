"""What was fetched, as rows: one function a table, every column named."""

from __future__ import annotations

from datetime import datetime

from extractors.records import (
    FeedAlarm,
    FeedPoll,
    FeedState,
    HostHold,
    RawDocument,
    SeenEntry,
    believed,
    date_quality,
)
from warehouse.append import Row
from warehouse.slots import joined


def feed_fetch(poll: FeedPoll) -> Row:
    """A poll that brought something, for raw.feed_fetches."""
    return {
        "feed_id": poll.state.feed_id,
        "retrieved_at": poll.polled_at,
        "url": poll.state.url,
        "status_code": poll.state.last_status_code,
        "outcome": poll.outcome,
        "content_hash": poll.body_hash,
        "byte_count": poll.byte_count,
        "error_code": poll.state.error_code,
        "error_message": poll.state.error_message,
        "content_type": poll.content_type,
    }


def feed_alarm(alarm: FeedAlarm) -> Row:
    """An alarm, for raw.feed_alarms."""
    return {
        "feed_id": alarm.feed_id,
        "code": alarm.code,
        "raised_at": alarm.raised_at,
        "message": alarm.message,
    }


def host_hold(hold: HostHold) -> Row:
    """A host that is left alone, for raw.host_state."""
    return {"host": hold.host, "held_until": hold.held_until, "reason": hold.reason}


def feed_state(state: FeedState) -> Row:
    """The state of a feed, for raw.feed_state."""
    return {
        "feed_id": state.feed_id,
        "url": state.url,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "content_hash": state.content_hash,
        "last_polled_at": state.last_polled_at,
        "last_changed_at": state.last_changed_at,
        "last_status_code": state.last_status_code,
        "consecutive_failures": state.consecutive_failures,
        "error_code": state.error_code,
        "error_message": state.error_message,
        "health": state.health,
        "failure_units": state.failure_units,
        "next_poll_at": state.next_poll_at,
        "interval_minutes": state.interval_minutes,
        "ttl_minutes": state.ttl_minutes,
        "skip_hours": joined(map(str, state.skip_hours)),
        "skip_days": joined(state.skip_days),
        "last_body_at": state.last_body_at,
        "last_entry_at": state.last_entry_at,
        "usual_per_day": state.usual_per_day,
        "observed_days": state.observed_days,
        "empty_polls": state.empty_polls,
        "moved_url": state.moved_url,
        "proposed_url": state.proposed_url,
        "proposed_at": state.proposed_at,
        "proposed_polls": state.proposed_polls,
        "alarm_codes": joined(state.alarm_codes),
    }


def entry(feed_id: str, seen: SeenEntry, first_seen_at: datetime) -> Row:
    """A version of an entry, for raw.entries."""
    told = seen.entry
    return {
        "feed_id": feed_id,
        "entry_id": told.entry_id,
        "version_hash": seen.version_hash,
        "item_id": seen.item_id,
        "title": told.title,
        "link": told.link,
        "canonical_url": seen.canonical_url,
        "summary": told.summary,
        "content": told.content,
        "authors": joined(told.authors),
        "published_at": believed(told.published_at, first_seen_at),
        "updated_at": told.updated_at,
        "publisher": told.publisher,
        "publisher_url": told.publisher_url,
        "language": told.language,
        "is_truncated": told.is_truncated,
        "related_titles": "\n".join(title.replace("\n", " ") for title in told.related_titles),
        "first_seen_at": first_seen_at,
        "told_published_at": told.published_at,
        "date_quality": date_quality(told.published_at, first_seen_at),
    }


def document(raw: RawDocument) -> Row:
    """Retrieved bytes, for raw.documents."""
    return {
        "document_id": raw.document_id,
        "item_id": raw.item_id,
        "kind": raw.kind,
        "url": raw.url,
        "content_type": raw.content_type,
        "byte_count": raw.byte_count,
        "retrieved_at": raw.retrieved_at,
        "feed_id": raw.feed_id,
        "entry_id": raw.entry_id,
        "title": raw.title,
        "publisher": raw.publisher,
        "published_at": believed(raw.published_at, raw.retrieved_at),
    }
