"""What is new in a feed since its last body, told from the source alone, so that known entries are not parsed again.

Most of a feed was there at the poll before. Parsing takes ten times as long as comparing, so entries whose source is
the same to the byte are left out. Only where that changes nothing else: the head must say the same, the source must be
well-formed, and no entry that stays may have to do with one that goes.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from dataclasses import dataclass

from extractors.feeds.repair import is_well_formed
from extractors.formats.urls import canonical_url

_START = re.compile(r"<(item|entry)(?=[\s/>])")
_CHANGES_AT_EVERY_POLL = re.compile(
    r"<(lastBuildDate|pubDate|updated|dc:date|ttl)\b[^>]*>[^<]*</\1\s*>|<rdf:Seq\b.*?</rdf:Seq\s*>", re.DOTALL
)
_ID = re.compile(r"<(guid|id)\b[^>]*>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</\1\s*>", re.DOTALL)
_LINK = re.compile(
    r"""<link\b[^>]*>(?:<!\[CDATA\[)?\s*([^<\]\s]+)|<link\b[^>]*?\bhref\s*=\s*["']([^"']+)|\brdf:about\s*=\s*["']([^"']+)"""
)
_KEY_NOISE = re.compile(r"^https?://(?:www\.)?|[?#].*$|/+$|/index\.\w+$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cut:
    """A feed's source cut at the starts of its entries and at the end of the last one."""

    head: str
    entries: tuple[str, ...]
    tail: str


def cut(source: str) -> Cut | None:
    """The feed in pieces; None where it has no entries, or they have no end.

    >>> cut("<rss><channel><title>A</title><item>1</item> <item>2</item></channel></rss>")
    Cut(head='<rss><channel><title>A</title>', entries=('<item>1</item>', '<item>2</item>'), tail='</channel></rss>')
    """
    starts = [match.start() for match in _START.finditer(source)]
    if not starts:
        return None
    name = "item" if source.startswith("<item", starts[0]) else "entry"
    closing = f"</{name}>"
    end = source.rfind(closing) + len(closing)
    if end <= starts[-1]:
        return None
    entries = tuple(source[start:stop].rstrip() for start, stop in zip(starts, [*starts[1:], end], strict=True))
    return Cut(source[: starts[0]], entries, source[end:])


def is_whole(piece: str) -> bool:
    """Whether a piece is one entry from its start to its end, so that its feed's entries simply follow one another."""
    closing = "</item>" if piece.startswith("<item") else "</entry>"
    return (
        piece.endswith(closing)
        and piece.count(closing) == 1
        and piece.count("<![CDATA[") == piece.count("]]>")
        and piece.count("<!--") == piece.count("-->")
    )


def without_known(source: str, before: str) -> tuple[str, int] | None:
    """(the feed without the entries that ``before`` has, how many those are); None where all of it must be read.

    >>> without_known("<rss><item>new</item><item>old</item></rss>", "<rss><item>old</item></rss>")
    ('<rss><item>new</item></rss>', 1)
    """
    now, then = cut(source), cut(before)
    if now is None or then is None or _steady(now) != _steady(then):
        return None
    known = frozenset(then.entries)
    fresh = [entry for entry in now.entries if entry not in known]
    stale = [entry for entry in now.entries if entry in known]
    if len(stale) < len(fresh) or not all(map(is_whole, known.union(fresh))):
        return None
    if _touch(fresh, stale) or not is_well_formed(source):
        return None
    return now.head + "".join(fresh) + now.tail, len(stale)


def _steady(feed: Cut) -> tuple[str, str]:
    """Head and tail without what says only when they were written."""
    return _CHANGES_AT_EVERY_POLL.sub("", feed.head).strip(), _CHANGES_AT_EVERY_POLL.sub("", feed.tail).strip()


def _touch(fresh: list[str], stale: list[str]) -> bool:
    """Whether two entries, one of each, have the same id or lead to the same page: what they are is told together."""
    rest = "".join(stale)
    ids = {told for entry in fresh for told in _ids(entry) if told in rest}
    if ids and not ids.isdisjoint(_ids(rest)):
        return True
    told, pages = rest.lower(), defaultdict(list)
    suspects = [link for entry in fresh for link in _links(entry) if (key := _key(link)) in told or "&" in key]
    for link in _links(rest) if suspects else []:
        pages[_key(link)].append(link)
    return any(canonical_url(link) in map(canonical_url, pages[_key(link)]) for link in suspects)


def _ids(source: str) -> list[str]:
    return [match[2].strip() for match in _ID.finditer(source)]


def _links(source: str) -> list[str]:
    return [html.unescape(match[1] or match[2] or match[3]) for match in _LINK.finditer(source)]


def _key(link: str) -> str:
    """Equal at least for links to the same page."""
    return _KEY_NOISE.sub("", link).lower()
