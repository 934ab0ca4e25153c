"""The order of arrival does not matter: whatever the batches, the same articles end in the same stories and copies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.records import PlacedArticle, StoryArticle, StoryKeys, StoryLink
from extractors.stories import CONNECTED, find_copies, find_keys, link_articles, place, place_copies
from extractors.stories.groups import groups_of
from extractors.stories.keys import pairs_of
from tests.extractors.stories.factories import NEW_YEAR
from tests.extractors.stories.test_stories import NUMBERED, stories_of


class Shelf:
    """What the warehouse keeps of stories, and what a run does with it, in memory."""

    def __init__(self) -> None:
        self.articles: dict[str, StoryArticle] = {}
        self.keys: list[StoryKeys] = []
        self.links: dict[tuple[str, str], StoryLink] = {}
        self.placed: dict[str, PlacedArticle] = {}
        self.originals: dict[str, str] = {}

    def add(self, batch: list[StoryArticle], run: int) -> None:
        """One run over the articles that have come."""
        fresh = [one for one in batch if one.article_id not in self.placed]
        self.articles |= {one.article_id: one for one in fresh}
        self.keys += find_keys(fresh)
        names = {one.article_id for one in fresh}
        pairs = [pair for pair in pairs_of(self.keys) if names & set(pair)]
        self.links |= {(link.article_id, link.other_id): link for link in link_articles(pairs, self.articles)}
        self.placed |= {one.article_id: PlacedArticle(article_id=one.article_id, as_of=one.as_of) for one in fresh}
        linked = self.linked(names)
        began = {one.story_id: one.story_since for one in self.placed.values() if one.story_id}
        for member in place(linked, self.links.values()):
            since = began.get(member.story_id) or NEW_YEAR + timedelta(days=run)
            one = self.placed[member.article_id]
            self.placed[member.article_id] = replace(one, story_id=member.story_id, story_since=since)
        for copy in place_copies(linked, self.links.values()):
            self.originals[copy.article_id] = copy.original_id

    def linked(self, names: set[str]) -> list[PlacedArticle]:
        """All that chains of strong links lead to."""
        while True:
            strong = (pair for pair, link in self.links.items() if link.strength >= CONNECTED)
            more = {name for pair in strong if names & set(pair) for name in pair}
            if more <= names:
                return [self.placed[name] for name in sorted(names)]
            names = names | more

    @property
    def stories(self) -> list[set[str]]:
        """The articles by story."""
        grouped: dict[str, set[str]] = {}
        for one in self.placed.values():
            grouped.setdefault(one.story_id, set()).add(one.article_id)
        return sorted(grouped.values(), key=min)


@settings(max_examples=25, deadline=None)
@given(articles=st.permutations(NUMBERED), cuts=st.sets(st.integers(1, len(NUMBERED) - 1)))
def test_any_order_and_any_batches_end_in_the_same_stories_and_copies(
    articles: list[StoryArticle], cuts: set[int]
) -> None:
    shelf = Shelf()
    for run, (start, end) in enumerate(pairwise([0, *sorted(cuts), len(articles)])):
        shelf.add(articles[start:end], run)
    assert shelf.stories == stories_of(NUMBERED)
    assert sorted((original, copy) for copy, original in shelf.originals.items()) == sorted(find_copies(NUMBERED))


@settings(max_examples=8, deadline=None)
@given(articles=st.permutations(NUMBERED), again=st.lists(st.sampled_from(NUMBERED), max_size=8))
def test_loading_twice_equals_loading_once(articles: list[StoryArticle], again: list[StoryArticle]) -> None:
    shelf = Shelf()
    shelf.add(articles, 0)
    before = dict(shelf.placed)
    shelf.add(again, 1)
    assert shelf.placed == before


NAMES = "abcdefghij"
PAIRS = [(one, other) for one in NAMES for other in NAMES if one < other]
LINKS = st.dictionaries(st.sampled_from(PAIRS), st.floats(-1, 1).map(lambda x: round(x, 2)))


@given(links=LINKS, order=st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_the_links(links: dict[tuple[str, str], float], order) -> None:
    shuffled = list(links.items())
    order.shuffle(shuffled)
    assert groups_of(reversed(NAMES), dict(shuffled)) == groups_of(NAMES, links)


@given(links=LINKS)
def test_what_no_chain_of_strong_links_leads_to_has_no_say_in_a_group(links: dict[tuple[str, str], float]) -> None:
    strong = [set(pair) for pair, strength in links.items() if strength >= CONNECTED]
    found: set[tuple[str, ...]] = set()
    for name in NAMES:
        reached = {name}
        for _ in NAMES:
            reached = reached.union(*(pair for pair in strong if pair & reached))
        found.update(groups_of(reached, {pair: link for pair, link in links.items() if set(pair) <= reached}))
    assert sorted(found) == groups_of(NAMES, links)


@given(links=LINKS, seed=st.permutations(NAMES))
def test_the_first_recorded_story_gives_its_id_to_what_comes_together(
    links: dict[tuple[str, str], float], seed: list[str]
) -> None:
    old, new = seed[0], seed[1]
    articles = [PlacedArticle(article_id=name, as_of=NEW_YEAR) for name in NAMES if name not in (old, new)]
    articles.append(PlacedArticle(article_id=old, as_of=NEW_YEAR, story_id="old", story_since=NEW_YEAR))
    later = NEW_YEAR + timedelta(days=1)
    articles.append(PlacedArticle(article_id=new, as_of=NEW_YEAR, story_id="new", story_since=later))
    joined = [StoryLink(article_id=min(old, new), other_id=max(old, new), strength=1.0)]
    moved = {member.article_id: member.story_id for member in place(articles, joined)}
    assert moved[new] == "old"
    assert old not in moved
