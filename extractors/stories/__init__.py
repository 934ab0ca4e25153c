"""Articles to stories: one event over many articles, copies of one text, and who copied whom."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from extractors.records import StoryArticle, StoryMember, StoryState
from extractors.stories.events import is_copy, link
from extractors.stories.features import Features, features_of, identity_of

__all__ = ["assign_stories", "find_copies", "story_id_of"]

# A sentence or word that so many articles share tells none of them apart: a wire's notice, a company in every headline.
CROWDED = 200
# An undated article is looked up by pairs of so many of its companies.
MEETING = 12


def assign_stories(articles: list[StoryArticle], known: list[StoryState]) -> list[StoryMember]:
    """The story of each article, in order of publication; an article of a known story keeps it.

    An article joins the story with which it has the surest link, else it begins one of its own, whose id is made from
    it: ids never change and stories are never joined afterwards.
    """
    index = _Index()
    story_of: dict[str, str] = {}
    for story in known:
        for article in story.articles:
            story_of[article.article_id] = story.story_id
            index.put(features_of(article))
    members = []
    for article in sorted(articles, key=lambda a: (a.as_of, a.article_id)):
        if article.article_id not in story_of:
            features = features_of(article)
            links = [(link(features, other), story_of[other.article.article_id]) for other in index.near(features)]
            strongest = max(links, key=lambda pair: (pair[0], pair[1]), default=(0.0, ""))
            story_of[article.article_id] = strongest[1] if strongest[0] > 0 else story_id_of(article)
            index.put(features)
        members.append(StoryMember(story_id=story_of[article.article_id], article_id=article.article_id))
    return members


def story_id_of(article: StoryArticle) -> str:
    """The id of the story that begins with this article."""
    return hashlib.sha256(f"story\x1f{article.article_id}".encode()).hexdigest()[:16]


def find_copies(articles: Sequence[StoryArticle]) -> list[tuple[str, str]]:
    """(earlier, later) article ids where the later is a (nearly) verbatim copy, each with the first that it copies."""
    index = _Index()
    copies = []
    originals: dict[str, str] = {}
    for article in sorted(articles, key=lambda a: (a.as_of, a.article_id)):
        features = features_of(article)
        source = next((other for other in index.near(features, by_words=False) if is_copy(features, other)), None)
        if source:
            original = originals.get(source.article.article_id, source.article.article_id)
            originals[article.article_id] = original
            copies.append((original, article.article_id))
        index.put(features)
    return copies


class _Index:
    """Articles by what they may share with another one: a sentence, or a company in the same days."""

    def __init__(self) -> None:
        self._articles: list[Features] = []
        self._by_key: dict[object, list[int]] = defaultdict(list)

    def put(self, features: Features) -> None:
        for key in (*features.sketch, *_day_keys(features, spread=0)):
            self._by_key[key].append(len(self._articles))
        self._articles.append(features)

    def near(self, features: Features, *, by_words: bool = True) -> Iterator[Features]:
        """Articles to compare with, oldest first."""
        keys: Iterable[object] = features.sketch
        if by_words:
            keys = (*features.sketch, *_day_keys(features, spread=2))
        found = {k for key in keys for k in self._by_key.get(key, ())[-CROWDED:]}
        return (self._articles[k] for k in sorted(found))


def _day_keys(features: Features, *, spread: int) -> Iterator[object]:
    """(company, week) for each company; with ``spread`` also weeks around it; pairs of companies for the undated."""
    companies = sorted(features.company_keys)
    pairs = sorted({key for claim in features.primary for _, name in claim.parties for key in identity_of(name).keys})
    published = features.article.published_at
    if published:
        week = published.toordinal() // 7
        for company in companies:
            for k in range(-spread, spread + 1):
                yield company, week + k
    yield from (("pair", *pair) for pair in combinations(pairs or companies[:MEETING], 2))
