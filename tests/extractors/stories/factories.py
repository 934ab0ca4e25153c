"""Articles for tests of stories: everything has a default but the point of the case."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from extractors.records import StoryArticle, StoryClaim

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def deal(
    gives: str = "Norvane Cloud",
    takes: str = "Velmora AI",
    *,
    type: str = "compute",
    status: str = "announced",
    amount: float | None = None,
    places: tuple[str, ...] = (),
) -> StoryClaim:
    """Norvane supplies Velmora, unless told otherwise; the amount in billions of dollars."""
    parties: tuple[tuple[str, str], ...] = (("supplier", gives), ("customer", takes))
    if type == "build":
        parties = (("developer", gives),)
    if type == "partnership":
        parties = (("partner", gives), ("partner", takes))
    return StoryClaim(
        type=type,
        status=status,
        focus="primary",
        parties=parties,
        amount=Decimal(str(amount)) * 10**9 if amount else None,
        currency="USD" if amount else "",
        locations=places,
    )


def article(
    article_id: str,
    title: str,
    on: str | None = "2026-02-10",
    *,
    body: str = "",
    publisher: str = "Example Wire",
    claims: Sequence[StoryClaim] = (),
    companies: tuple[str, ...] = (),
) -> StoryArticle:
    """An article of one day; all were first seen at the next New Year."""
    return StoryArticle(
        article_id=article_id,
        title=title,
        body=body,
        publisher=publisher,
        published_at=datetime.fromisoformat(on).replace(tzinfo=UTC) if on else None,
        first_seen_at=NEW_YEAR,
        content_hash=hashlib.sha256(f"{title}{body}".encode()).hexdigest(),
        claims=tuple(claims),
        companies=companies,
    )
