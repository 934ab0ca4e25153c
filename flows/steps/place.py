"""Place: articles -> stories, so many at a time, each compared with those alone that it shares something with."""

from __future__ import annotations

from extractors.stories import CONNECTED, find_keys, link_articles, place, place_copies
from flows.clock import now
from flows.uncollected import uncollected
from warehouse import stories
from warehouse.load import Connection

BATCH = 2_000  # articles


@uncollected()
def place_articles(con: Connection, version: str) -> int:
    """Gives the next articles a story, in order of publication, and how many they were; 0 where all have one.

    What is kept between the steps is the same whenever it is made again, so a run may be killed between any two.
    """
    articles = {one.article_id: one for one in stories.articles_to_place(con, version, most=BATCH)}
    if not articles:
        return 0
    asked = list(articles)
    keys = find_keys([articles[article_id] for article_id in asked])
    stories.load_keys(con, keys, reader_version=version)
    pairs = stories.story_pairs(con, version, keys)
    others = sorted({article_id for pair in pairs for article_id in pair} - articles.keys())
    articles |= {one.article_id: one for one in stories.story_articles(con, version, others)}
    stories.load_links(con, link_articles(pairs, articles), reader_version=version, recorded_at=now())
    linked, links = stories.linked_articles(con, version, asked, least=CONNECTED)
    stories.load_stories(
        con, place(linked, links), place_copies(linked, links), reader_version=version, recorded_at=now()
    )
    return len(asked)
