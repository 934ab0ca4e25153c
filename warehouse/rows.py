"""Records as rows: one function a table, every column named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from extractors.records import (
    Assignment,
    Claim,
    DealEnding,
    DealHistory,
    DealMention,
    Document,
    Extraction,
    FeedAlarm,
    FeedPoll,
    FeedState,
    FiledArticle,
    HostHold,
    Issue,
    RawDocument,
    ReadDocument,
    Revision,
    SeenEntry,
    StoryArticle,
    believed,
    date_quality,
)
from warehouse.append import Row
from warehouse.quote import sentence_at
from warehouse.slots import LARGEST_AMOUNT, filled_slots, joined, slot_columns, unkept_slots


@dataclass(frozen=True, slots=True)
class ReadClaims:
    """The claims of an article, without all else that was read in it."""

    article_id: str
    reader_version: str
    extraction: Extraction


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


def article(read: ReadDocument, first_seen_at: datetime, recorded_at: datetime) -> Row:
    """What was read in a document, for core.articles."""
    text, raw = read.article, read.raw
    return {
        "article_id": read.article_id,
        "reader_version": read.reader_version,
        "document_id": raw.document_id,
        "item_id": raw.item_id,
        "kind": raw.kind,
        "url": text.url or raw.url,
        "canonical_url": text.canonical_url,
        "publisher": text.publisher or raw.publisher,
        "title": text.title,
        "body": text.body,
        "language": text.language,
        "published_at": text.published_at,
        "published_on": utc_day(text.published_at),
        "retrieved_at": raw.retrieved_at,
        "first_seen_at": first_seen_at,
        "is_truncated": text.is_truncated,
        "content_hash": read.content_hash,
        "recorded_at": recorded_at,
        "read_with": read.read_with or read.reader_version,
        "has_body": bool(text.body),
        "told_published_at": text.told_published_at,
        "date_quality": text.date_quality or date_quality(text.published_at, raw.retrieved_at),
    }


def article_words(read: ReadDocument) -> Row:
    """The words that an article is found by, for core.article_words."""
    return {
        "article_id": read.article_id,
        "reader_version": read.reader_version,
        "title_words": read.title_words,
        "distinct_words": read.distinct_words,
        "words_count": len(read.distinct_words.split()),
    }


def mentions(read: ReadDocument) -> Iterator[Row]:
    """Names and quantities of an article, for core.mentions."""
    for mention in read.extraction.mentions:
        yield {
            "article_id": read.article_id,
            "reader_version": read.reader_version,
            "start_char": mention.start_char,
            "end_char": mention.end_char,
            "kind": mention.kind,
            "surface": mention.surface,
            "name": mention.name,
            "registry_id": mention.registry_id,
            "value": mention.value,
        }


def deal_mentions(read: ReadDocument | ReadClaims, recorded_at: datetime) -> Iterator[Row]:
    """Claims of an article, for core.deal_mentions."""
    text = read.extraction.document.text
    for claim in read.extraction.deal_mentions:
        yield {
            "deal_mention_id": claim.deal_mention_id,
            "article_id": read.article_id,
            "reader_version": read.reader_version,
            "type": claim.type,
            "status": claim.status,
            "focus": claim.focus,
            **slot_columns(claim),
            "is_reduction": claim.is_reduction,
            "trigger": text[claim.trigger_start_char : claim.trigger_end_char],
            "sentence": text[claim.sentence_start_char : claim.sentence_end_char],
            "sentence_start_char": claim.sentence_start_char,
            "sentence_end_char": claim.sentence_end_char,
            "confidence": claim.confidence,
            "rules": joined(claim.rules),
            "recorded_at": recorded_at,
        }


def deal_mention_parties(read: ReadDocument | ReadClaims) -> Iterator[Row]:
    """Parties of an article's claims, for core.deal_mention_parties."""
    text = read.extraction.document.text
    for claim in read.extraction.deal_mentions:
        for position, party in enumerate(claim.parties):
            yield {
                "deal_mention_id": claim.deal_mention_id,
                "position": position,
                "role": party.role,
                "name": party.name,
                "company_id": party.company_id,
                "surface": party.mention,
                "start_char": party.start_char,
                "end_char": party.end_char,
                "sentence": quoted(text, claim, party.start_char, party.end_char),
                "confidence": party.confidence,
            }


def slot_evidence(read: ReadDocument | ReadClaims) -> Iterator[Row]:
    """Where each slot of an article's claims was read, for core.slot_evidence."""
    text = read.extraction.document.text
    for claim in read.extraction.deal_mentions:
        trigger = text[claim.trigger_start_char : claim.trigger_end_char]
        slots = filled_slots(claim)
        slots["trigger"] = (claim.type, (claim.trigger_start_char, claim.trigger_end_char, trigger))
        for position, place in enumerate(claim.locations):
            surface = text[place.start_char : place.end_char]
            slots[f"location:{position}"] = (place.name, (place.start_char, place.end_char, surface))
        confidence = dict(claim.slot_confidence)
        for slot, (value, (start_char, end_char, surface)) in slots.items():
            yield {
                "deal_mention_id": claim.deal_mention_id,
                "slot": slot,
                "value": value,
                "surface": surface,
                "start_char": start_char,
                "end_char": end_char,
                "sentence": quoted(text, claim, start_char, end_char),
                "confidence": confidence.get(slot, claim.confidence),
            }


def quoted(text: str, claim: DealMention, start_char: int, end_char: int) -> str:
    """The sentence to show for a span: the claim's own where it holds the span, else the one around the span."""
    if claim.sentence_start_char <= start_char and end_char <= claim.sentence_end_char:
        return text[claim.sentence_start_char : claim.sentence_end_char]
    return sentence_at(text, start_char, end_char)


def capacity_mentions(read: ReadDocument) -> Iterator[Row]:
    """Capacity told of in an article, for core.capacity_mentions."""
    for position, told in enumerate(read.extraction.capacity):
        if abs(told.amount) >= LARGEST_AMOUNT:
            continue
        yield {
            "article_id": read.article_id,
            "reader_version": read.reader_version,
            "position": position,
            "owner": told.owner,
            "owner_mention": told.owner_mention,
            "owner_company_id": told.owner_company_id,
            "facility": told.facility,
            "metric": told.metric,
            "amount": told.amount,
            "bound": told.bound,
            "status": told.status,
            "by_period": told.by,
            "location": told.location,
            "start_char": told.start_char,
            "end_char": told.end_char,
            "surface": told.surface,
            "confidence": told.confidence,
        }


def capex_mentions(read: ReadDocument) -> Iterator[Row]:
    """Spending guidance told of in an article, for core.capex_mentions."""
    for position, told in enumerate(read.extraction.capex):
        if max(abs(told.low), abs(told.high)) >= LARGEST_AMOUNT:
            continue
        yield {
            "article_id": read.article_id,
            "reader_version": read.reader_version,
            "position": position,
            "company": told.company,
            "company_mention": told.company_mention,
            "company_id": told.company_id,
            "period": told.period,
            "amount_low": told.low,
            "amount_high": told.high,
            "currency_code": told.currency,
            "change": told.change,
            "start_char": told.start_char,
            "end_char": told.end_char,
            "surface": told.surface,
            "confidence": told.confidence,
        }


def recognised(article: StoryArticle, claim: Claim, reader_version: str) -> ReadClaims:
    """A claim that resolving made, in the form of those that were read."""
    document = Document(
        document_id=article.article_id, title=article.title, body=article.body, published=None, publisher=""
    )
    return ReadClaims(article.article_id, reader_version, Extraction(document=document, deal_mentions=(claim.mention,)))


def deal(history: DealHistory, reader_version: str, recorded_at: datetime) -> Row:
    """A deal with the type that it was first told as, for core.deals."""
    return {
        "deal_id": history.deal_id,
        "reader_version": reader_version,
        "type": history.revisions[0].state.type,
        "recorded_at": recorded_at,
    }


def deal_revision(told: Revision, number: int, edition: int, reader_version: str, recorded_at: datetime) -> Row:
    """The state after a claim that changed it, for core.deal_revisions."""
    return {
        "deal_id": told.state.deal_id,
        "reader_version": reader_version,
        "revision": number,
        "edition": edition,
        "as_of_at": told.as_of,
        "deal_mention_id": told.deal_mention_id,
        "type": told.state.type,
        "status": told.state.status,
        **slot_columns(told.state),
        "sources": json.dumps(dict(told.state.sources), sort_keys=True),
        "recorded_at": recorded_at,
    }


def deal_parties(told: Revision, number: int, reader_version: str) -> Iterator[Row]:
    """The parties after a claim that changed the deal, for core.deal_parties."""
    for position, party in enumerate(told.state.parties):
        yield {
            "deal_id": told.state.deal_id,
            "reader_version": reader_version,
            "revision": number,
            "position": position,
            "role": party.role,
            "name": party.name,
            "company_id": party.company_id,
            "surface": party.mention,
            "confidence": party.confidence,
        }


def deal_evidence(told: Assignment, number: int, reader_version: str, recorded_at: datetime) -> Row:
    """What a claim did to its deal, for core.deal_evidence."""
    return {
        "deal_mention_id": told.deal_mention_id,
        "reader_version": reader_version,
        "decision": number,
        "deal_id": told.deal_id,
        "kind": told.kind,
        "first_as_of_at": told.first_as_of,
        "last_as_of_at": told.last_as_of,
        "recorded_at": recorded_at,
    }


def deal_ending(told: DealEnding, number: int, reader_version: str, recorded_at: datetime) -> Row:
    """A deal that leaves the tape or comes back, for core.deal_endings."""
    return {
        "deal_id": told.deal_id,
        "reader_version": reader_version,
        "ending": number,
        "kind": told.kind,
        "into_deal_id": told.into_deal_id,
        "reason": told.reason,
        "recorded_at": recorded_at,
    }


def filed_article(told: FiledArticle, reader_version: str, recorded_at: datetime) -> Row:
    """What resolving must know of an article later, for core.filed_articles."""
    return {
        "article_id": told.article_id,
        "reader_version": reader_version,
        "as_of_at": told.as_of,
        "names": " ".join(sorted(name for name in told.names if " " not in name)),
        "is_own_word": told.is_own_word,
        "recorded_at": recorded_at,
    }


def claim_keys(told: FiledArticle, reader_version: str) -> Iterator[Row]:
    """What the claims of an article are filed under, for core.claim_keys."""
    for deal_mention_id, keys in told.claim_keys:
        for key in sorted(keys):
            yield {
                "deal_mention_id": deal_mention_id,
                "reader_version": reader_version,
                "claim_key": key,
                "article_id": told.article_id,
                "as_of_at": told.as_of,
            }


def issues(read: ReadDocument, first_seen_at: datetime) -> Iterator[Row]:
    """All that went wrong with a document, from its bytes to its columns, for core.issues."""
    unkept = [
        Issue(
            stage="load",
            subject_id=claim.deal_mention_id,
            code="slot_beyond_columns",
            message=f"{slot} {surface!r} is beyond what the tape keeps and was left out",
        )
        for claim in read.extraction.deal_mentions
        for slot, surface in unkept_slots(claim)
    ]
    for told in (*read.issues, *read.article.issues, *read.extraction.issues, *unkept):
        yield issue(told, read.reader_version, first_seen_at)


def issue(told: Issue, reader_version: str, first_seen_at: datetime) -> Row:
    """Something that went wrong, for core.issues."""
    return {
        "stage": told.stage,
        "subject_id": told.subject_id,
        "code": told.code,
        "reader_version": reader_version,
        "message": told.message,
        "first_seen_at": first_seen_at,
    }


def utc_day(moment: datetime | None) -> date | None:
    """The day in UTC, whatever zone the moment is told in."""
    return moment.astimezone(UTC).date() if moment else None
