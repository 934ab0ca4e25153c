"""What stories are made from comes back for the articles in question alone, and where an article stood is kept."""

from __future__ import annotations

import duckdb

from extractors.records import ArticleCopy, StoryKeys, StoryLink
from tests.warehouse import samples
from tests.warehouse.samples import NOW, READER, days
from warehouse import load, stories

Connection = duckdb.DuckDBPyConnection


def keys(article_id: str, day: int = 0, *, copy: tuple[int, ...] = (), event: tuple[int, ...] = (), reach: int = 5):
    return StoryKeys(article_id=article_id, as_of=NOW + days(day), reach_days=reach, copy_keys=copy, event_keys=event)


def pairs(con: Connection, *asked: StoryKeys) -> list[str]:
    return ["".join(pair) for pair in stories.story_pairs(con, READER, asked)]


def test_an_article_without_a_story_is_asked_for_with_its_claims_and_companies(con: Connection) -> None:
    load.load_read(con, [samples.read(1)], recorded_at=NOW)
    (found,) = stories.articles_to_place(con, READER, most=10)
    assert found.companies == ("Alder", "birch")
    (claim,) = found.claims
    assert claim.parties == (("supplier", "birch"), ("customer", "Alder"))
    assert (str(claim.amount), claim.currency, str(claim.mw)) == ("300000000", "USD", "120.5")


def test_an_article_with_a_story_is_not_asked_for_again(filled: Connection) -> None:
    assert stories.articles_to_place(filled, READER, most=10) == []


def test_the_page_of_a_placed_entry_is_to_be_placed_and_finds_where_the_entry_stands(filled: Connection) -> None:
    page = samples.read(1, "page", retrieved_at=NOW + days(1))
    load.load_documents(filled, [page.raw])
    load.load_read(filled, [page], recorded_at=NOW)
    assert [one.article_id for one in stories.articles_to_place(filled, READER, most=10)] == [page.article_id]
    found, _ = stories.linked_articles(filled, READER, [page.article_id], least=0.5)
    stand = {one.article_id: (one.is_current, one.story_id) for one in found}
    assert stand == {page.article_id: (True, ""), samples.read(1).article_id: (False, "story-1")}


def test_what_counts_in_a_story_is_what_the_view_of_current_articles_says(filled: Connection) -> None:
    for kind, body in (("page", ""), ("inbox", "text")):
        one = samples.read(1, kind, body=body, retrieved_at=NOW + days(1))
        load.load_documents(filled, [one.raw])
        load.load_read(filled, [one], recorded_at=NOW)
    known = filled.execute("SELECT article_id FROM core.articles").fetchall()
    found = stories.placed_articles(filled, READER, [name for (name,) in known])
    counting = filled.execute("SELECT article_id FROM core.current_articles ORDER BY 1").fetchall()
    assert [(one.article_id,) for one in found if one.is_current] == counting


def test_articles_meet_by_a_key_of_their_text_at_any_time_and_by_one_of_the_event_within_reach(con: Connection) -> None:
    known = [keys("a", 0, copy=(1,), event=(2,)), keys("b", 4, event=(2, 3)), keys("c", 90, copy=(1,), event=(2,))]
    stories.load_keys(con, known, reader_version=READER)
    assert pairs(con, known[0]) == ["ab", "ac"]
    assert pairs(con, known[1]) == ["ab"]
    assert pairs(con, *known) == ["ab", "ac"]


def test_a_correction_reaches_farther_and_an_article_without_a_date_has_no_end(con: Connection) -> None:
    known = [keys("a", 0, event=(2,)), keys("b", 12, event=(2,), reach=14), keys("c", 400, event=(2,), reach=36_500)]
    stories.load_keys(con, known, reader_version=READER)
    assert pairs(con, known[0]) == ["ab", "ac"]
    assert pairs(con, known[1]) == ["ab", "bc"]


def test_links_are_followed_as_far_as_they_are_strong(con: Connection) -> None:
    articles = [samples.read(number) for number in range(4)]
    load.load_read(con, articles, recorded_at=NOW)
    a, b, c, d = sorted(one.article_id for one in articles)
    links = [
        StoryLink(article_id=a, other_id=b, strength=0.9),
        StoryLink(article_id=b, other_id=c, strength=0.6),
        StoryLink(article_id=c, other_id=d, strength=0.2),
        StoryLink(article_id=a, other_id=c, strength=-1.0),
    ]
    for _ in range(2):
        stories.load_links(con, links, reader_version=READER, recorded_at=NOW)
    found, among = stories.linked_articles(con, READER, [a], least=0.5)
    assert [one.article_id for one in found] == [a, b, c]
    assert [link.strength for link in among] == [0.9, -1.0, 0.6]


def test_an_article_that_moves_is_placed_anew_and_the_old_id_leads_on(filled: Connection) -> None:
    moved = [samples.story(samples.read(number).article_id, "story-2") for number in range(3)]
    for _ in range(2):
        stories.load_stories(filled, moved, reader_version=READER, recorded_at=NOW)
    assert filled.execute("SELECT placement, count(*) FROM core.stories GROUP BY 1 ORDER BY 1").fetchall() == [
        (1, 3),
        (2, 3),
    ]
    assert filled.execute("SELECT DISTINCT story_id FROM core.current_stories").fetchall() == [("story-2",)]
    assert filled.execute("SELECT story_id, into_story_id FROM core.story_joins").fetchall() == [("story-1", "story-2")]


def test_of_the_originals_of_a_copy_the_last_recorded_counts(filled: Connection) -> None:
    ids = [samples.read(number).article_id for number in range(3)]
    for day, original in enumerate((ids[1], ids[0])):
        copy = ArticleCopy(article_id=ids[2], original_id=original, copy_kind="near")
        for _ in range(2):
            stories.load_stories(filled, [], [copy], reader_version=READER, recorded_at=NOW + days(day))
    assert filled.execute("SELECT count(*) FROM core.copies").fetchall() == [(2,)]
    assert filled.execute("SELECT article_id, original_id FROM core.current_copies").fetchall() == [(ids[2], ids[0])]
