"""Copies of one text: word for word, nearly so, or a part of it; and which of them came first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from extractors.records import ArticleCopy, StoryLink
from extractors.stories.features import Features
from extractors.stories.wording import COPY_SHARE, share_of_shorter


def copy_kind(one: Features, other: Features) -> str:
    """How the one text copies the other: "exact", "near", "part" (the longer one says more) or "" (it does not)."""
    if share_of_shorter(one.shingles, other.shingles) < COPY_SHARE:
        return ""
    if one.shingles == other.shingles:
        return "exact"
    both = len(one.shingles & other.shingles)
    return "near" if both >= COPY_SHARE * max(len(one.shingles), len(other.shingles)) else "part"


def copies_of(as_of: Mapping[str, datetime], links: Iterable[StoryLink]) -> list[ArticleCopy]:
    """Each of these articles that copies an earlier one, with the first of the chain that leads back from it."""
    earlier: dict[str, list[tuple[datetime, str, str]]] = {}
    for link in links:
        if link.copy_kind and link.article_id in as_of and link.other_id in as_of:
            (at, first), (_, later) = sorted((as_of[name], name) for name in (link.article_id, link.other_id))
            earlier.setdefault(later, []).append((at, first, link.copy_kind))
    found: dict[str, ArticleCopy] = {}
    for _, article_id in sorted((as_of[name], name) for name in earlier):
        _, source, kind = min(earlier[article_id])
        original_id = found[source].original_id if source in found else source
        found[article_id] = ArticleCopy(article_id=article_id, original_id=original_id, copy_kind=kind)
    return list(found.values())
