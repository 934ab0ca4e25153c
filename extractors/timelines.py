"""Whole runs of documents read, resolved and told, in the forms of the gold record ("Timelines")."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from extractors.deals.resolve import resolve_tape
from extractors.deals.resolve.revise import history
from extractors.records import (
    Accelerators,
    Claim,
    DealState,
    Document,
    Extraction,
    Money,
    Power,
    StoryArticle,
    in_order,
)
from extractors.stories import assign_stories, find_copies
from extractors.stories.summary import story_article, story_claim
from extractors.stories.wording import is_release

Json = dict[str, Any]
Read = Callable[[Document], Extraction]
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # stands for "first seen" where a document says neither date nor arrival


@dataclass(frozen=True, slots=True)
class Told:
    """One document after reading: its claims, and the article as stories take it."""

    claims: tuple[Claim, ...]
    article: StoryArticle


def stories_of(documents: Sequence[Json], *, read: Read | None = None) -> list[Json]:
    """``{"id", "story_id"}`` for each document, in the order given."""
    told = [tell(document, read or _reader()) for document in documents]
    deals = resolve_tape([claim for each in told for claim in each.claims], [each.article for each in told])
    members = assign_stories([_with_deals(each.article, deals) for each in told], [])
    story_of = {member.article_id: member.story_id for member in members}
    return [{"id": each.article.article_id, "story_id": story_of[each.article.article_id]} for each in told]


def read_timeline(timeline: Json, *, read: Read | None = None) -> Json:
    """Stories, deals and copies of ``timeline["documents"]``.

    Comes back as ``{"id", "stories", "deals", "syndicated"}``, as ``score_timelines.py`` reads it.
    """
    told = [tell(document, read or _reader()) for document in timeline["documents"]]
    deals = resolve_tape([claim for each in told for claim in each.claims], [each.article for each in told])
    articles = [_with_deals(one.article, deals) for one in told]
    copies = find_copies(articles)
    return {
        "id": timeline["id"],
        "stories": _groups({member.article_id: member.story_id for member in assign_stories(articles, [])}),
        "deals": [deal_to_json(deal_id, claims, copies) for deal_id, claims in deals.items()],
        "syndicated": [list(pair) for pair in copies],
    }


def tell(document: Json, read: Read) -> Told:
    """Read one document of the gold form (``published`` is a date or a time)."""
    published_at = _moment(document.get("published"))
    seen_at = _moment(document.get("arrives")) or published_at or LONG_AGO
    title, body, publisher = document.get("title") or "", document.get("body") or "", document.get("publisher") or ""
    extraction = read(
        Document(
            document_id=document["id"],
            title=title,
            body=body,
            published=published_at.date() if published_at else None,
            publisher=publisher,
        )
    )
    claims = tuple(
        Claim(
            mention=mention,
            article_id=document["id"],
            published_at=published_at,
            first_seen_at=seen_at,
            publisher=publisher,
            is_own_word=is_release(body),
        )
        for mention in extraction.deal_mentions
    )
    article = story_article(
        article_id=document["id"],
        title=title,
        body=body,
        publisher=publisher,
        published_at=published_at,
        first_seen_at=seen_at,
        content_hash=hashlib.sha256(f"{title}\n{body}".encode()).hexdigest(),
        deal_mentions=extraction.deal_mentions,
        mentions=extraction.mentions,
    )
    return Told(claims, article)


def deal_to_json(deal_id: str, claims: Iterable[Claim], copies: Sequence[tuple[str, str]]) -> Json:
    """A deal with its mentions, the publishers that do not copy, and its state after each date of change."""
    ordered = list(in_order(list(claims)))
    steps = history(deal_id, ordered)
    revisions: dict[str, Json] = {}
    for step in steps:
        if step.is_changed and step.claim:
            revisions[step.claim.as_of.date().isoformat()] = _revision(step.claim.as_of.date().isoformat(), step.state)
    last = steps[-1].state
    copied = {later for _, later in copies}
    return {
        "deal_id": deal_id,
        "type": last.type,
        "parties": [{"name": p.name, "mention": p.mention, "role": p.role} for p in last.parties],
        "mentions": list(dict.fromkeys(claim.article_id for claim in ordered)),
        "independent_publishers": len({c.publisher for c in ordered if c.article_id not in copied}),
        "revisions": _changes(list(revisions.values())),
    }


def _changes(revisions: list[Json]) -> list[Json]:
    """The revisions without those that say what the one before says."""
    kept: list[Json] = []
    for revision in revisions:
        if not kept or {**revision, "as_of": ""} != {**kept[-1], "as_of": ""}:
            kept.append(revision)
    return kept


def _revision(as_of: str, state: DealState) -> Json:
    return {
        "as_of": as_of,
        "status": state.status,
        "value": _money(state.value),
        "power": _power(state.power),
        "accelerators": _accelerators(state.accelerators),
        "term_months": state.term.months if state.term else None,
    }


def _money(value: Money | None) -> Json | None:
    if value is None:
        return None
    return {"amount": _number(value.amount), "currency": value.currency, "bound": value.bound, "basis": value.basis}


def _power(power: Power | None) -> Json | None:
    return {"mw": _number(power.mw), "bound": power.bound} if power else None


def _accelerators(chips: Accelerators | None) -> Json | None:
    return {"count": chips.count, "bound": chips.bound, "model": chips.model} if chips else None


def _number(amount: Any) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


def _with_deals(article: StoryArticle, deals: Mapping[str, Sequence[Claim]]) -> StoryArticle:
    """The article with what it says of these deals."""
    claims = (
        story_claim(claim.mention, deal_id)
        for deal_id, told in deals.items()
        for claim in told
        if claim.article_id == article.article_id
    )
    return replace(article, claims=tuple(claims))


def _groups(story_of: dict[str, str]) -> list[list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for article_id, story_id in story_of.items():
        grouped[story_id].append(article_id)
    return list(grouped.values())


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reader() -> Read:
    from extractors.read import read_document  # spaCy is loaded with it

    return read_document
