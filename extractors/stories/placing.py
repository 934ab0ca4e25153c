"""Groups of articles to stories with ids: a story keeps its id while its articles stay together."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from extractors.records import PlacedArticle, StoryLink, StoryMember
from extractors.stories.groups import groups_of

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
Group = tuple[str, ...]


def place(articles: Iterable[PlacedArticle], links: Iterable[StoryLink]) -> list[StoryMember]:
    """The articles that are new or stand in another story than before, by article_id.

    The articles must be all that some chain of links leads to, with those that a later document of their news item has
    replaced: they hand on their story. Of the ids that come together the one that was recorded first stays.
    """
    known = {one.article_id: one for one in articles}
    current = [name for name, one in sorted(known.items()) if one.is_current]
    counting = set(current)
    strengths = {
        (one.article_id, one.other_id): one.strength
        for one in links
        if one.article_id in counting and one.other_id in counting
    }
    heirs = {one.item_id: one.article_id for one in known.values() if one.is_current and one.item_id}
    groups = [_by_time(group, known) for group in groups_of(current, strengths)]
    group_of = {name: k for k, group in enumerate(groups) for name in group}
    ids = _ids(groups, _claims(known, heirs, group_of), known)
    return [
        StoryMember(story_id=ids[group_of[name]], article_id=name)
        for name in current
        if known[name].story_id != ids[group_of[name]]
    ]


def story_id_of(article_id: str, number: int = 0) -> str:
    """The id of the story that begins with this article; ``number`` counts on where it is taken."""
    suffix = f"\x1f{number}" if number else ""
    return hashlib.sha256(f"story\x1f{article_id}{suffix}".encode()).hexdigest()[:16]


def _by_time(group: Group, known: dict[str, PlacedArticle]) -> Group:
    return tuple(sorted(group, key=lambda name: (known[name].as_of, name)))


def _claims(
    known: dict[str, PlacedArticle], heirs: dict[str, str], group_of: dict[str, int]
) -> dict[str, Counter[int]]:
    """story_id -> how many of its articles are in each group now."""
    claims: dict[str, Counter[int]] = defaultdict(Counter)
    for one in known.values():
        name = one.article_id if one.is_current else heirs.get(one.item_id, "")
        if one.story_id and name in group_of:
            claims[one.story_id][group_of[name]] += 1
    return claims


def _ids(groups: Sequence[Group], claims: dict[str, Counter[int]], known: dict[str, PlacedArticle]) -> list[str]:
    """The id of each group: the first recorded of those of which it has the most articles, else one of its own."""
    since: dict[str, datetime] = {}
    for one in known.values():
        if one.story_id:
            since[one.story_id] = one.story_since or BEGINNING
    ids = [""] * len(groups)
    for story_id in sorted(claims, key=lambda name: (since[name], name)):
        most = max(claims[story_id].values())
        winner = min((k for k, count in claims[story_id].items() if count == most), key=lambda k: groups[k])
        ids[winner] = ids[winner] or story_id
    taken = set(since)
    for k, group in enumerate(groups):
        number = 0
        while not ids[k]:
            name = story_id_of(group[0], number)
            if name not in taken:
                ids[k] = name
                taken.add(name)
            number += 1
    return ids
