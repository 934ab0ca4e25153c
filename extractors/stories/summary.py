"""An article with its deal mentions, summed up as stories need it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from extractors.records import DealMention, Mention, StoryArticle, StoryClaim

COMPANY_KINDS = frozenset({"company", "organisation", "vehicle"})


def story_article(
    *,
    article_id: str,
    title: str,
    body: str,
    publisher: str,
    published_at: datetime | None,
    first_seen_at: datetime,
    content_hash: str,
    deal_mentions: Iterable[DealMention] = (),
    mentions: Sequence[Mention] = (),
    deal_ids: dict[str, str] | None = None,
) -> StoryArticle:
    """The article as ``assign_stories`` takes it; ``deal_ids``: deal_mention_id -> deal_id, where resolved already."""
    deals = deal_ids or {}
    named = {m.registry_id or m.name or m.surface: None for m in mentions if m.kind in COMPANY_KINDS}
    return StoryArticle(
        article_id=article_id,
        title=title,
        body=body,
        publisher=publisher,
        published_at=published_at,
        first_seen_at=first_seen_at,
        content_hash=content_hash,
        claims=tuple(story_claim(mention, deals.get(mention.deal_mention_id, "")) for mention in deal_mentions),
        companies=tuple(named),
        places=tuple(dict.fromkeys(m.surface for m in mentions if m.kind == "place")),
    )


def story_claim(mention: DealMention, deal_id: str = "") -> StoryClaim:
    """What a deal mention says, as far as telling stories apart needs it."""
    return StoryClaim(
        type=mention.type,
        status=mention.status,
        focus=mention.focus,
        parties=tuple((party.role, party.company_id or party.name) for party in mention.parties),
        amount=mention.value.amount if mention.value else None,
        currency=mention.value.currency if mention.value else "",
        mw=mention.power.mw if mention.power else None,
        locations=tuple(place.name for place in mention.locations),
        deal_id=deal_id,
    )
