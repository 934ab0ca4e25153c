"""What stories are made from and what they came to: always the articles in question, never all that there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import duckdb

from extractors.records import (
    ArticleCopy,
    LoadCounts,
    PlacedArticle,
    StoryArticle,
    StoryClaim,
    StoryKeys,
    StoryLink,
    StoryMember,
)
from warehouse.append import append
from warehouse.connection import transaction
from warehouse.pending import grouped, select, select_file, told
from warehouse.slots import plain, split

Connection = duckdb.DuckDBPyConnection
MOST_LINKED = 50_000  # articles that a chain of links is followed to; longer ones are of no event any more


def articles_to_place(con: Connection, reader_version: str, *, most: int) -> list[StoryArticle]:
    """The first so many of the articles that count and stand in no story yet, in order of publication."""
    found = select_file(con, "articles_to_place", {"reader_version": reader_version, "most": most})
    return story_articles(con, reader_version, [row["article_id"] for row in found])


def story_articles(con: Connection, reader_version: str, ids: Sequence[str]) -> list[StoryArticle]:
    """The articles with these ids, in order of publication."""
    wanted: dict[str, Any] = {"reader_version": reader_version, "ids": list(ids)}
    claims_of = story_claims(con, wanted)
    companies: dict[str, list[str]] = defaultdict(list)
    for row in select(
        con,
        "SELECT DISTINCT article_id, coalesce(registry_id, name) AS company FROM core.mentions "
        "WHERE reader_version = $reader_version AND article_id IN (SELECT unnest($ids::VARCHAR[])) "
        "AND kind IN ('company', 'organisation') AND coalesce(registry_id, name) IS NOT NULL ORDER BY ALL",
        wanted,
    ):
        companies[row["article_id"]].append(row["company"])
    return [
        StoryArticle(
            **told(row, ("publisher",)),
            claims=tuple(claims_of[row["article_id"]]),
            companies=tuple(companies[row["article_id"]]),
        )
        for row in select_file(con, "story_articles", wanted)
    ]


def story_claims(con: Connection, wanted: dict[str, Any]) -> dict[str, list[StoryClaim]]:
    """article_id -> its claims, as far as telling stories apart needs them. Not the deals that they were resolved to:
    those may change with what comes later, what two articles say of one event does not."""
    rows = select(
        con,
        "SELECT * FROM core.deal_mentions WHERE reader_version = $reader_version "
        "AND article_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY article_id, deal_mention_id",
        wanted,
    )
    parties = grouped(
        select(
            con,
            "SELECT deal_mention_id, role, coalesce(company_id, name) AS company FROM core.deal_mention_parties "
            "WHERE deal_mention_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY deal_mention_id, position",
            {"ids": [row["deal_mention_id"] for row in rows]},
        )
    )
    found: dict[str, list[StoryClaim]] = defaultdict(list)
    for row in rows:
        amount, mw = row["value_amount"], row["power_mw"]
        found[row["article_id"]].append(
            StoryClaim(
                type=row["type"],
                status=row["status"],
                focus=row["focus"],
                parties=tuple((one["role"], one["company"]) for one in parties[row["deal_mention_id"]]),
                amount=None if amount is None else plain(amount),
                currency=row["value_currency_code"] or "",
                mw=None if mw is None else plain(mw),
                locations=split(row["locations"]),
            )
        )
    return found


def story_pairs(con: Connection, reader_version: str, keys: Sequence[StoryKeys]) -> list[tuple[str, str]]:
    """(lesser article_id, greater one) of pairs that share a key, one of them among these, which must be loaded."""
    if not keys:
        return []
    asked = {
        "reader_version": reader_version,
        "ids": [one.article_id for one in keys],
        "earliest_at": min(one.as_of for one in keys),
        "latest_at": max(one.as_of for one in keys),
        "least_days": min(one.reach_days for one in keys),
        "most_days": max(one.reach_days for one in keys),
    }
    found = select_file(con, "story_pairs", asked)
    return [(row["article_id"], row["other_id"]) for row in found]


def linked_articles(
    con: Connection, reader_version: str, ids: Iterable[str], *, least: float
) -> tuple[list[PlacedArticle], list[StoryLink]]:
    """All that chains of links of at least this strength lead to, other articles of the same news items included, and
    the links among them."""
    found: dict[str, PlacedArticle] = {}
    frontier = set(ids)
    while frontier and len(found) < MOST_LINKED:
        placed = placed_articles(con, reader_version, frontier)
        fresh = {one.article_id: one for one in placed if one.article_id not in found}
        found |= fresh
        rows = select(
            con,
            "SELECT article_id, other_id FROM core.story_links WHERE reader_version = $reader_version "
            "AND strength >= $least AND (article_id IN (SELECT unnest($ids::VARCHAR[])) "
            "OR other_id IN (SELECT unnest($ids::VARCHAR[])))",
            {"reader_version": reader_version, "least": least, "ids": list(fresh)},
        )
        frontier = {name for row in rows for name in (row["article_id"], row["other_id"])} - found.keys()
    links = select(
        con,
        "SELECT article_id, other_id, strength, coalesce(copy_kind, '') AS copy_kind FROM core.story_links "
        "WHERE reader_version = $reader_version AND article_id IN (SELECT unnest($ids::VARCHAR[])) "
        "AND other_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY ALL",
        {"reader_version": reader_version, "ids": list(found)},
    )
    return [found[name] for name in sorted(found)], [StoryLink(**row) for row in links]


def placed_articles(con: Connection, reader_version: str, ids: Iterable[str]) -> list[PlacedArticle]:
    """These articles and the others of their news items, with the story in which each stands."""
    found = select_file(con, "placed_articles", {"reader_version": reader_version, "ids": sorted(ids)})
    return [PlacedArticle(**told(row, ("story_id",))) for row in found]


def load_keys(con: Connection, keys: Iterable[StoryKeys], *, reader_version: str) -> LoadCounts:
    """What articles are found by, for every later one."""
    rows = [
        {
            "article_id": one.article_id,
            "reader_version": reader_version,
            "as_of_at": one.as_of,
            "reach_days": one.reach_days,
            "copy_keys": list(one.copy_keys),
            "event_keys": list(one.event_keys),
        }
        for one in keys
    ]
    with transaction(con):
        return LoadCounts(added=(("core.story_keys", append(con, "core.story_keys", rows)),))


def load_links(
    con: Connection, links: Iterable[StoryLink], *, reader_version: str, recorded_at: datetime
) -> LoadCounts:
    """What articles have in common, once for ever."""
    rows = [
        {
            "article_id": one.article_id,
            "other_id": one.other_id,
            "reader_version": reader_version,
            "strength": one.strength,
            "copy_kind": one.copy_kind,
            "recorded_at": recorded_at,
        }
        for one in links
    ]
    with transaction(con):
        return LoadCounts(added=(("core.story_links", append(con, "core.story_links", rows)),))


def load_stories(
    con: Connection,
    members: Sequence[StoryMember],
    copies: Iterable[ArticleCopy] = (),
    *,
    reader_version: str,
    recorded_at: datetime,
) -> LoadCounts:
    """Where articles stand from now on, and what they copy; who stands there already, and copies it, adds nothing."""
    with transaction(con):
        last = last_placements(con, reader_version, [member.article_id for member in members])
        placements = [
            {
                "article_id": member.article_id,
                "reader_version": reader_version,
                "placement": last.get(member.article_id, (0, ""))[0] + 1,
                "story_id": member.story_id,
                "recorded_at": recorded_at,
            }
            for member in members
            if last.get(member.article_id, (0, ""))[1] != member.story_id
        ]
        copied = [
            {
                "article_id": copy.article_id,
                "reader_version": reader_version,
                "original_id": copy.original_id,
                "copy_kind": copy.copy_kind,
                "recorded_at": recorded_at,
            }
            for copy in copies
        ]
        return LoadCounts(
            added=(
                ("core.stories", append(con, "core.stories", placements)),
                ("core.copies", append(con, "core.copies", copied)),
            )
        )


def last_placements(con: Connection, reader_version: str, ids: list[str]) -> dict[str, tuple[int, str]]:
    """article_id -> number and story of its last placement."""
    found = con.execute(
        "SELECT article_id, max(placement), arg_max(story_id, placement) FROM core.stories "
        "WHERE reader_version = ? AND article_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY article_id",
        [reader_version, ids],
    ).fetchall()
    return {article_id: (placement, story_id) for article_id, placement, story_id in found}
