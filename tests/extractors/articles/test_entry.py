"""A feed entry's own text as an article."""

from __future__ import annotations

import pytest

from extractors.articles import content_hash, parse_entry
from extractors.records import Article, Entry


def entry(**told: object) -> Entry:
    return Entry(
        **{"entry_id": "1", "title": "Tern leases 300 MW - Example Times", "publisher": "Example Times"} | told
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "publisher", "kept"),
    [
        ("Tern leases 300 MW - Example Times", "Example Times", "Tern leases 300 MW"),
        ("Tern leases 300 MW | EXAMPLE TIMES", "Example Times", "Tern leases 300 MW"),
        ("Tern - a history", "Example Times", "Tern - a history"),
        ("Tern - a history - Example Times", "Example Times", "Tern - a history"),
        ("Example Times", "Example Times", "Example Times"),
        ("Tern leases - x", "", "Tern leases - x"),
    ],
)
def test_a_title_loses_its_end_only_where_it_is_the_publisher(title: str, publisher: str, kept: str) -> None:
    assert parse_entry(entry(title=title, publisher=publisher)).title == kept


@pytest.mark.parametrize(
    ("summary", "content", "body"),
    [
        ("Short.", "The whole of the text.", "The whole of the text."),
        ("A summary that says more than that.", "Stub.", "A summary that says more than that."),
        ("Tern leases 300 MW", "", ""),
        ("Tern leases 300 MW  Example Times", "", ""),
        ("Tern leases 300 MW – Example Times.", "", ""),
        ("", "", ""),
    ],
)
def test_the_body_is_the_longer_text_and_never_the_title_again(summary: str, content: str, body: str) -> None:
    assert parse_entry(entry(summary=summary, content=content)).body == body


def test_an_opaque_link_is_left_alone() -> None:
    article = parse_entry(entry(link="https://news.google.com/rss/articles/CBMiAAA?oc=5", is_truncated=True))
    assert article.canonical_url == article.url == "https://news.google.com/rss/articles/CBMiAAA?oc=5"
    assert article.is_truncated


def test_a_copy_has_the_same_hash_and_another_amount_has_not() -> None:
    def hash_of(body: str) -> str:
        return content_hash(Article(title="“3 GW” – deal", body=body))

    assert hash_of("It said: ‘yes’…\n\nMore.") == hash_of("It said:  'yes'... more.")
    assert hash_of("$1.5 billion") != hash_of("€1.5 billion") != hash_of("€15 billion")
