"""JSON Feed 1.0 and 1.1 (jsonfeed.org) to a ``RawFeed``."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from extractors.feeds.raw import RawEntry, RawFeed
from extractors.feeds.sniff import RefusedError
from extractors.records import Issue

# The specification's address, or the bare number that some generators write.
_VERSION = re.compile(r"(?:https?://(?:www\.)?jsonfeed\.org/version/)?(1(?:\.[01])?)/?")


def read(text: str) -> RawFeed:
    """The feed in ``text``; raises RefusedError where it is no JSON or no JSON Feed."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"broken JSON, not a feed: {str(error)[:80]}") from None
    if not isinstance(document, dict):
        raise RefusedError("JSON, but a list and not a JSON Feed")
    version = _VERSION.fullmatch(_text(document, "version").strip())
    items = document.get("items")
    if version is None or not isinstance(items, list):
        keys = ", ".join(sorted(map(str, document))[:5])
        raise RefusedError(f"JSON, but not a JSON Feed (its keys: {keys[:80]})")
    feed_authors = _authors(document)  # of items that name none
    entries = tuple(_entry(item, feed_authors) for item in items if isinstance(item, dict))
    return RawFeed(
        format="json10" if version[1] in ("1", "1.0") else "json11",
        title=html.escape(_text(document, "title"), quote=False),
        link=_text(document, "home_page_url") or _text(document, "feed_url"),
        language=_text(document, "language"),
        entries=entries,
        issues=_no_objects(len(items) - len(entries)),
    )


def _entry(item: Mapping[str, Any], feed_authors: tuple[str, ...]) -> RawEntry:
    """Plain-text fields are escaped, so that everything in a RawEntry is markup and "<b>" in a title stays a word."""
    content_html = _text(item, "content_html")
    identity = item.get("id")
    return RawEntry(
        id=str(identity) if isinstance(identity, int | float) and not isinstance(identity, bool) else _text(item, "id"),
        title=html.escape(_text(item, "title"), quote=False),
        link=_text(item, "url") or _text(item, "external_url"),
        summary=html.escape(_text(item, "summary"), quote=False),
        content=content_html or html.escape(_text(item, "content_text"), quote=False),
        authors=_authors(item) or feed_authors,
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        language=_text(item, "language"),
    )


def _authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of 1.1's authors and 1.0's author."""
    listed = item.get("authors")
    people = [*(listed if isinstance(listed, list) else ()), item.get("author")]
    return tuple(dict.fromkeys(filter(None, (_text(person, "name") for person in people if isinstance(person, dict)))))


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _no_objects(count: int) -> tuple[Issue, ...]:
    if not count:
        return ()
    message = f"items of the JSON feed that are no objects, left out: {count}"
    return (Issue(stage="parse", subject_id="", code="entries_lost", message=message),)
