"""Articles to stories: one event over many articles, copies of one text, and who copied whom.

Two articles are linked, or parted, by what the two say (``events.link``), and the stories are a function of the set of
links (``groups.groups_of``): so no order of arrival can change them. What an article is linked to is looked for among
those that have a key in common with it (``keys``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractors.records import ArticleCopy, PlacedArticle, StoryArticle, StoryKeys, StoryLink, StoryMember
from extractors.stories.copies import copies_of, copy_kind
from extractors.stories.events import link
from extractors.stories.features import Features, features_of
from extractors.stories.groups import NEGLIGIBLE, TOGETHER
from extractors.stories.keys import keys_of, pairs_of
from extractors.stories.placing import place

__all__ = ["CONNECTED", "assign_stories", "find_copies", "find_keys", "link_articles", "place", "place_copies"]

CONNECTED = TOGETHER  # articles that no chain of links so strong leads to have no say in a story


def assign_stories(articles: Sequence[StoryArticle], known: Iterable[StoryMember] = ()) -> list[StoryMember]:
    """The story of each article, by article_id, where these are all the articles there are.

    ``known`` tells where some of them stood before: a story keeps its id while its articles stay together.
    """
    before = {member.article_id: member.story_id for member in known}
    placed = [
        PlacedArticle(article_id=one.article_id, as_of=one.as_of, story_id=before.get(one.article_id, ""))
        for one in articles
    ]
    links = link_articles(pairs_of(find_keys(articles)), {one.article_id: one for one in articles})
    stood = before | {member.article_id: member.story_id for member in place(placed, links)}
    return [StoryMember(story_id=stood[one.article_id], article_id=one.article_id) for one in sorted_by_id(articles)]


def find_copies(articles: Sequence[StoryArticle]) -> list[tuple[str, str]]:
    """(earlier, later) article ids where the later is a (nearly) verbatim copy, each with the first that it copies."""
    by_text = [replace(keys, event_keys=()) for keys in find_keys(articles)]
    links = link_articles(pairs_of(by_text), {one.article_id: one for one in articles})
    return [(copy.original_id, copy.article_id) for copy in place_copies(articles, links)]


def find_keys(articles: Sequence[StoryArticle]) -> list[StoryKeys]:
    """What each article is to be found by, in the order given."""
    return keys_of([features_of(article) for article in articles])


def link_articles(pairs: Iterable[tuple[str, str]], articles: Mapping[str, StoryArticle]) -> list[StoryLink]:
    """The links of these pairs of articles, by article_id; pairs that have next to nothing in common are left out."""
    features: dict[str, Features] = {}
    links = []
    for pair in sorted(pairs):
        for article_id in pair:
            if article_id not in features:
                features[article_id] = features_of(articles[article_id])
        one, other = (features[article_id] for article_id in pair)
        strength = link(one, other)
        if abs(strength) >= NEGLIGIBLE:
            kind = copy_kind(one, other)
            links.append(StoryLink(article_id=pair[0], other_id=pair[1], strength=round(strength, 6), copy_kind=kind))
    return links


def place_copies(articles: Iterable[StoryArticle | PlacedArticle], links: Iterable[StoryLink]) -> list[ArticleCopy]:
    """Each article that copies an earlier one, with the first that has the text."""
    return copies_of({one.article_id: one.as_of for one in articles}, links)


def sorted_by_id(articles: Iterable[StoryArticle]) -> list[StoryArticle]:
    """The articles in order of article_id."""
    return sorted(articles, key=lambda one: one.article_id)
