"""Lists of feeds as OPML, the form that feed readers exchange."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from flows.feeds import FEED_ID, FeedListError, FeedSource

NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")


def feed_id_of(name: str, *, taken: Sequence[str] = ()) -> str:
    """A feed id made from a title or an address, unlike those taken.

    >>> feed_id_of("https://www.example.com/Blog/feed/"), feed_id_of("The Wire", taken=["the_wire"])
    ('example_com_blog_feed', 'the_wire_2')
    """
    bare = re.sub(r"^https?://(www\.)?", "", name.strip().lower()) if "://" in name else name.lower()
    stem = _words_joined(bare)[:70] or "feed"
    candidate, number = stem, 2
    while candidate in taken:
        candidate, number = f"{stem}_{number}", number + 1
    return candidate


def _words_joined(text: str) -> str:
    return NOT_IN_AN_ID.sub("_", text).strip("_")


def read_opml(data: bytes, *, name: str, group: str = "own") -> list[FeedSource]:
    """The feeds of an OPML file; their first category, where it is fit to be one, is their group.

    Raises FeedListError where the bytes are no OPML or hold no feed.
    """
    import listparser

    parsed = listparser.parse(data)
    feeds: list[FeedSource] = []
    for feed in parsed.feeds:
        if not feed.url.startswith(("http://", "https://")):
            continue
        category = _words_joined(feed.categories[0][0].lower() if feed.categories else "")
        made = feed_id_of(feed.title or feed.url, taken=[listed.feed_id for listed in feeds])
        fit = category if FEED_ID.fullmatch(category) else group
        feeds.append(FeedSource(feed_id=made, url=feed.url, publisher=feed.title, group=fit))
    if not feeds:
        why = f" ({parsed.bozo_exception})" if parsed.bozo else ""
        raise FeedListError(f"{name}: no feeds in it{why}; an OPML file has outlines with an xmlUrl")
    return feeds


def write_opml(feeds: Sequence[FeedSource], *, title: str = "Gigawire feeds") -> bytes:
    """The feeds as OPML 2.0 in UTF-8, an outline for each group; the same feeds give the same bytes."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    for group, members in groupby(sorted(feeds, key=lambda feed: (feed.group, feed.feed_id)), lambda feed: feed.group):
        folder = ElementTree.SubElement(body, "outline", text=group)
        for feed in members:
            shown = feed.publisher or feed.feed_id
            ElementTree.SubElement(folder, "outline", type="rss", text=feed.feed_id, title=shown, xmlUrl=feed.url)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
