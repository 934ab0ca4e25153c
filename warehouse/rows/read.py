"""What was read in a document, as rows: one function a table, every column named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from extractors.records import (
    DealMention,
    Extraction,
    Issue,
    ReadDocument,
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
