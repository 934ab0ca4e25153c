"""Which news item an entry tells of, and the entry's own text as a document. Pure."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from extractors.articles import canonical_url
from extractors.formats.urls import host_of, is_web_address
from extractors.records import Entry, SeenEntry

OPAQUE_HOSTS = {"news.google.com"}  # its links lead to a script, not to the page, and change from poll to poll
TIMES = {"published_at", "updated_at"}


def seen_entries(entries: Iterable[Entry], *, publisher: str = "", feed_title: str = "") -> tuple[SeenEntry, ...]:
    """The entries of one feed body with the items that they tell of, in the feed's order.

    ``publisher`` (of the feed, as registered) takes the place of the feed's own title where the entry names no other.
    """
    named = [_with_publisher(entry, publisher, feed_title) for entry in entries]
    paged = [(entry, _page_url(entry.link)) for entry in named]
    titles_by_url: dict[str, set[str]] = defaultdict(set)
    for entry, url in paged:
        titles_by_url[url].add(plain_title(entry))
    return tuple(_seen_entry(entry, url, is_shared=len(titles_by_url[url]) > 1) for entry, url in paged)


def _seen_entry(entry: Entry, url: str, *, is_shared: bool) -> SeenEntry:
    if url and not is_shared:
        item_id = item_of_url(url)
    elif url:  # one page for several news: a list of releases, a live blog
        item_id = _digest("part", url, plain_title(entry))
    else:
        day = entry.published_at.date().isoformat() if entry.published_at else ""
        item_id = _digest("title", _plain(entry.publisher), plain_title(entry), day)
    if is_opaque(entry.link):
        entry = replace(entry, entry_id=item_id)  # the guid changes with the link: no identity of anything
    return SeenEntry(entry=entry, item_id=item_id, canonical_url=url, version_hash=version_hash(entry))


def item_of_url(url: str) -> str:
    """The item of the page at a canonical address."""
    return _digest("url", url)


def is_opaque(link: str) -> bool:
    """Whether a link hides the page that it leads to.

    >>> is_opaque("https://news.google.com/rss/articles/CBMiX?oc=5")
    True
    """
    return any(host in link.lower() for host in OPAQUE_HOSTS) and host_of(link) in OPAQUE_HOSTS


def has_page(link: str) -> bool:
    """Whether a page can be had behind a link: it is an address of the web, and leads there.

    >>> has_page("https://wire.example/1"), has_page("javascript:alert(1)")
    (True, False)
    """
    return is_web_address(link) and not is_opaque(link)


def plain_title(entry: Entry) -> str:
    """The title as far as it tells one news item from another: no publisher behind it, no case, no punctuation.

    >>> plain_title(Entry(entry_id="1", title="Nvidia’s  deal - Reuters", publisher="Reuters"))
    'nvidia s deal'
    """
    title = entry.title.strip()
    suffix = f" - {entry.publisher}"
    return _plain(title.removesuffix(suffix) if entry.publisher else title)


def version_hash(entry: Entry) -> str:
    """Changes when the publisher edits the entry; not with its guid, its link or the stories listed beside it."""
    told_at = entry.published_at or entry.updated_at
    return _digest("version", entry.title, entry.summary, entry.content, told_at.isoformat() if told_at else "")


def entry_document(seen: SeenEntry) -> bytes:
    """The entry's own text as canonical JSON: the same bytes whenever the same text comes again."""
    stable = replace(
        seen.entry,
        entry_id=seen.item_id,
        link="" if is_opaque(seen.entry.link) else seen.entry.link,
        updated_at=None if seen.entry.published_at else seen.entry.updated_at,
        related_titles=(),  # hints that change from poll to poll
    )
    told = {field.name: getattr(stable, field.name) for field in fields(stable)}
    kept = {key: value for key, value in told.items() if value not in ("", None, (), False)}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, default=_isoformat).encode("utf-8", "surrogatepass")


def entry_of_document(data: bytes) -> Entry:
    """The entry that ``entry_document`` wrote. Raises ValueError where the bytes are something else."""
    told: Any = json.loads(data.decode("utf-8", "surrogatepass"))
    if not isinstance(told, dict):
        raise ValueError("no entry document: no JSON object")
    for name in TIMES & told.keys():
        told[name] = datetime.fromisoformat(told[name])
    for name in {"authors", "related_titles"} & told.keys():
        told[name] = tuple(told[name])
    try:
        return Entry(**{"title": "", **told})
    except TypeError as error:
        raise ValueError(f"no entry document: {error}") from error


def _with_publisher(entry: Entry, publisher: str, feed_title: str) -> Entry:
    if publisher and entry.publisher in {"", feed_title}:
        return replace(entry, publisher=publisher)
    return entry


def _page_url(link: str) -> str:
    """The canonical address of the page behind an entry; "" where the link names no page of its own."""
    if not has_page(link):
        return ""
    canonical = canonical_url(link)
    try:
        parts = urlsplit(canonical)
    except ValueError:  # "http://[::1"
        return ""
    return canonical if parts.path.strip("/") or parts.query else ""


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _isoformat(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no part of an entry")
