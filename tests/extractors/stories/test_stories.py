"""Which articles report one event, and which copy one another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.records import StoryArticle, StoryMember
from extractors.stories import assign_stories, find_copies
from tests.extractors.stories.factories import article, deal

RELEASE = (
    "Norvane Cloud today announced a five-year agreement to supply Velmora AI with training capacity. "
    "The contract is worth $3.2 billion over its term.\n\n"
    "Norvane will set aside 90 megawatts at its campus for Velmora. The first halls "
    "are to be handed over late in the year."
)


def stories_of(articles: list[StoryArticle]) -> list[set[str]]:
    grouped: dict[str, set[str]] = {}
    for member in assign_stories(articles, []):
        grouped.setdefault(member.story_id, set()).add(member.article_id)
    return sorted(grouped.values(), key=min)


ONE_STORY = {
    "reports of one agreement on one day": [
        article("a", "Norvane signs Velmora", claims=[deal(amount=3.2)]),
        article("b", "Velmora to rent from Norvane", claims=[deal(amount=3.2)], publisher="Other"),
    ],
    "a local paper two days later": [
        article("a", "Norvane signs Velmora", "2026-02-10", claims=[deal()]),
        article("b", "Our town gets Velmora halls", "2026-02-12", claims=[deal()]),
    ],
    "a copy with another wire's notice": [
        article(
            "a", "Norvane and Velmora sign", body=f"RALEIGH, Feb. 10 (PressLine) -- {RELEASE}\n\nAbout Norvane: halls."
        ),
        article(
            "b", "Agreement", body=f"RALEIGH, Feb. 10 (BIZDISPATCH) -- {RELEASE}\n\nSource: Norvane via BizDispatch."
        ),
    ],
    "an old article with a new date": [
        article("a", "Norvane signs Velmora", "2026-02-10", body=RELEASE),
        article("b", "Norvane signs Velmora", "2026-09-25", body=RELEASE),
    ],
    "a correction days later": [
        article("a", "Norvane's contract: the numbers", "2026-02-10", claims=[deal(amount=2.3)]),
        article("b", "Correction: Norvane's contract", "2026-02-19", claims=[deal(amount=3.2)]),
    ],
    "an increment and the new total": [
        article("a", "Velmora adds $1.3 billion to its Norvane contract", claims=[deal(status="amended", amount=1.3)]),
        article("b", "Velmora's contract with Norvane swells", claims=[deal(status="amended", amount=4.5)]),
    ],
    "an undated article and a dated one": [
        article("a", "", None, body="Velmora has struck a deal with Norvane.", claims=[deal(type="partnership")]),
        article("b", "Velmora strikes Norvane deal", "2026-05-06", claims=[deal()]),
    ],
    "headlines in which no deal was read": [
        article("a", "Velmora and Norvane expand in Raleigh", companies=("Velmora AI", "Norvane Cloud")),
        article("b", "Norvane, Velmora grow in Raleigh", companies=("Velmora AI", "Norvane Cloud")),
    ],
}

TWO_STORIES = {
    "talks and their denial": [
        article("a", "Norvane in talks with Velmora", "2026-02-10", claims=[deal(status="rumored")]),
        article("b", "Velmora denies talks with Norvane", "2026-02-11", claims=[deal(status="cancelled")]),
    ],
    "talks and their denial, whatever the reader made of them": [
        article("a", "Norvane in talks with Velmora", "2026-02-10", claims=[deal()]),
        article("b", "Velmora denies talks with Norvane", "2026-02-11", claims=[deal()]),
    ],
    "the agreement and its expansion": [
        article("a", "Norvane signs Velmora", "2026-02-10", claims=[deal()]),
        article("b", "Velmora adds to its Norvane contract", "2026-06-16", claims=[deal(status="amended")]),
    ],
    "another customer on the same day": [
        article("a", "Arcline to supply 40,000 accelerators to Haneul", claims=[deal("Arcline", "Haneul", amount=1.9)]),
        article(
            "b", "Arcline to supply 40,000 accelerators to Borealia", claims=[deal("Arcline", "Borealia", amount=1.9)]
        ),
    ],
    "another site on the same day": [
        article("a", "Hartsong to build in Lima", claims=[deal(type="build", places=("Lima, Ohio",))]),
        article("b", "Hartsong to build in Kokomo", claims=[deal(type="build", places=("Kokomo, Indiana",))]),
    ],
    "a recap of the day's deals": [
        article("a", "Norvane signs Velmora", claims=[deal()]),
        article(
            "b",
            "The week in computing",
            claims=[deal(), deal("Halcyra", "Pellam"), deal("Nebius", "Meta")],
        ),
    ],
    "a filing": [
        article("a", "Norvane signs Velmora", "2026-02-10", claims=[deal()]),
        article("b", "Norvane: contract put on file", "2026-02-12", claims=[deal()], publisher="Filings Feed"),
    ],
    "two headlines alike of unknown companies": [
        article("a", "Startup raises $40 million for cooling", body="Alder raised.", companies=("Alder Cooling",)),
        article("b", "Startup raises $40 million for cabling", body="Birch raised.", companies=("Birch Cabling",)),
    ],
}


@pytest.mark.parametrize("articles", ONE_STORY.values(), ids=ONE_STORY.keys())
def test_these_are_one_story(articles: list[StoryArticle]) -> None:
    assert len(stories_of(articles)) == 1


@pytest.mark.parametrize("articles", TWO_STORIES.values(), ids=TWO_STORIES.keys())
def test_these_are_different_stories(articles: list[StoryArticle]) -> None:
    assert len(stories_of(articles)) == 2


def test_an_article_of_a_known_story_keeps_it_and_a_new_one_joins() -> None:
    first, second = ONE_STORY["reports of one agreement on one day"]
    (member,) = assign_stories([first], [])
    known = [StoryMember(story_id="as-it-was", article_id=member.article_id)]
    assert {m.story_id for m in assign_stories([first, second], known)} == {"as-it-was"}


def test_the_id_of_a_story_is_that_of_its_first_article_whatever_comes_later() -> None:
    first, second = ONE_STORY["a local paper two days later"]
    assert {m.story_id for m in assign_stories([second, first], [])} == {assign_stories([first], [])[0].story_id}


def test_a_copy_is_paired_with_the_first_that_it_copies() -> None:
    texts = [article(name, "Agreement", f"2026-02-1{k}", body=RELEASE) for k, name in enumerate("abc")]
    assert find_copies(list(reversed(texts))) == [("a", "b"), ("a", "c")]


def test_a_part_of_a_text_is_a_copy_and_a_few_shared_words_are_none() -> None:
    whole = article("a", "Agreement", "2026-02-10", body=RELEASE)
    part = article("b", "Agreement", "2026-02-11", body=RELEASE.split("\n\n", maxsplit=1)[0])
    other = article("c", "Agreement", "2026-02-12", body="Norvane Cloud today announced a loan of $1.8 billion.")
    assert find_copies([whole, part, other]) == [("a", "b")]


def test_articles_without_a_body_copy_nothing() -> None:
    assert find_copies([article("a", "Same headline"), article("b", "Same headline")]) == []


ARTICLES = [each for case in (*ONE_STORY.values(), *TWO_STORIES.values()) for each in case]
NUMBERED = [replace(each, article_id=f"{k:02}") for k, each in enumerate(ARTICLES)]


@settings(max_examples=60, deadline=None)
@given(articles=st.permutations(NUMBERED))
def test_the_order_of_a_batch_does_not_matter(articles: list[StoryArticle]) -> None:
    assert assign_stories(articles, []) == assign_stories(NUMBERED, [])
    assert find_copies(articles) == find_copies(NUMBERED)
