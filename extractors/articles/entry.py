"""A feed entry's own text as an article, for as long as its page is not there."""

from __future__ import annotations

from extractors.formats.snippets import only_repeats, without_publisher
from extractors.formats.urls import canonical_url
from extractors.records import Article, Entry


def parse_entry(entry: Entry) -> Article:
    """The entry as an article: its content, or its summary where that says more; "" where it only repeats the title."""
    body = entry.content if len(entry.content) >= len(entry.summary) else entry.summary
    if only_repeats(body, entry.title, entry.publisher):
        body = ""
    return Article(
        title=without_publisher(entry.title, entry.publisher),
        body=body,
        url=entry.link,
        canonical_url=canonical_url(entry.link),
        published_at=entry.published_at,
        publisher=entry.publisher,
        language=entry.language,
        is_truncated=entry.is_truncated,
    )
