"""Pages, feed entries and hand-added files -> ``Article``: what there is to read, and where it came from."""

from __future__ import annotations

from extractors.articles.content_hash import content_hash
from extractors.articles.distinct_words import distinct_words
from extractors.articles.entry import parse_entry
from extractors.articles.inbox import parse_inbox
from extractors.articles.page import parse_article
from extractors.formats.urls import canonical_url

__all__ = ["canonical_url", "content_hash", "distinct_words", "parse_article", "parse_entry", "parse_inbox"]
