"""Links between articles to groups of articles: a function of the links, whatever order they were found in."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

Pair = tuple[str, str]
Links = Mapping[Pair, float]  # (lesser article_id, greater one) -> strength; a pair that is not there has none

SURE = 0.99  # copies: one group whatever else they are linked to
TOGETHER = 0.4  # two groups are one where their articles are linked so strongly on the average
NEGLIGIBLE = 0.15  # weaker links are not worth keeping


def groups_of(articles: Iterable[str], links: Links) -> list[tuple[str, ...]]:
    """The articles in groups, each in order of id.

    Copies are one group; then, again and again, the two groups are joined whose articles are linked
    most strongly on the average, down to TOGETHER.
    """
    group_of = {article: article for article in articles}
    members = {article: [article] for article in group_of}
    for (one, other), strength in sorted(links.items()):
        if strength >= SURE:
            _join(group_of[one], group_of[other], group_of, members)
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), strength in sorted(links.items()):
        ours, theirs = group_of[one], group_of[other]
        if ours != theirs:
            sums[ours][theirs] = sums[theirs][ours] = sums[ours].get(theirs, 0.0) + strength
    heap = [_entry(ours, theirs, sums, members) for ours in sums for theirs in sums[ours] if ours < theirs]
    heapq.heapify(heap)
    while heap:
        minus_average, ours, theirs, _ = entry = heapq.heappop(heap)
        if -minus_average < TOGETHER:
            break
        if ours in members and theirs in members and entry == _entry(ours, theirs, sums, members):
            for other in _merge(ours, theirs, sums, members):
                heapq.heappush(heap, _entry(min(ours, other), max(ours, other), sums, members))
    return sorted(tuple(sorted(group)) for group in members.values())


def _join(ours: str, theirs: str, group_of: dict[str, str], members: dict[str, list[str]]) -> None:
    """The one group takes in the other; it is named by the lesser of the names, so that order cannot matter."""
    kept, gone = min(ours, theirs), max(ours, theirs)
    if kept != gone:
        for article in members[gone]:
            group_of[article] = kept
        members[kept] += members.pop(gone)


def _merge(ours: str, theirs: str, sums: dict[str, dict[str, float]], members: dict[str, list[str]]) -> Iterator[str]:
    """``ours`` takes in ``theirs``; gives the groups to which its average has changed."""
    members[ours] += members.pop(theirs)
    for other, strength in sums.pop(theirs).items():
        sums[other].pop(theirs)
        if other != ours:
            sums[ours][other] = sums[other][ours] = sums[ours].get(other, 0.0) + strength
    yield from sorted(sums[ours])


def _entry(
    ours: str, theirs: str, sums: dict[str, dict[str, float]], members: dict[str, list[str]]
) -> tuple[float, str, str, int]:
    """What the heap sorts by: average first, then names; the sizes tell an entry that is out of date."""
    sizes = len(members[ours]) * len(members[theirs])
    return (-round(sums[ours][theirs] / sizes, 9), ours, theirs, sizes)
