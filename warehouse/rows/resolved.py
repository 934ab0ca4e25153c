"""What resolving made of the claims, as rows: one function a table, every column named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from extractors.records import (
    Assignment,
    Claim,
    DealEnding,
    DealHistory,
    Document,
    Extraction,
    FiledArticle,
    Revision,
    StoryArticle,
)
from warehouse.append import Row
from warehouse.rows.read import ReadClaims
from warehouse.slots import slot_columns


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
        "names": " ".join(sorted(told.names)),
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
