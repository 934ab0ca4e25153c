"""Feed bytes -> entries: RSS 0.9x-2.0, RDF, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, well-formed or not.

The reference rates of the European Central Bank are read too: a feed without entries, but with rates.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.errors import NotAFeedError
from extractors.feeds import json_feed, rates, sniff, unseen, xml_feed
from extractors.feeds.entries import assemble
from extractors.formats.charset import binary_kind, decode
from extractors.records import ParsedFeed

__all__ = ["parse_feed"]


def parse_feed(data: bytes, *, url: str = "", content_type: str = "", before: bytes = b"") -> ParsedFeed:
    """All entries of a feed, in its order, with an Issue for each thing that could not be read.

    With ``before``, the body of an earlier poll, entries that stood there word for word are left out and counted, where
    that gives the same as reading all of it. ``url`` is where the bytes came from (relative links are resolved against
    it), ``content_type`` the HTTP header.
    Raises NotAFeedError, with one line that says why, for an empty body, a binary file, an HTML page, other XML or
    JSON, and a document type that defines entities; for nothing else.
    """
    subject = url or "feed"
    if not data.strip():
        raise NotAFeedError(subject, "empty body: the server sent no feed")
    if kind := binary_kind(data):
        raise NotAFeedError(subject, f"binary file ({kind}), not a feed")
    text = decode(data, content_type).lstrip("\ufeff \t\r\n")
    try:
        if text.startswith(("{", "[")):
            return assemble(json_feed.read(text), url)
        if (found := sniff.prolog(text)).root == "envelope" and rates.is_rates(text[found.start :]):
            return rates.read(text[found.start :])
        source = sniff.feed_source(text)
        if before and (new := unseen.without_known(source, _source_of(before, content_type))):
            return replace(assemble(xml_feed.read(new[0]), url), known_count=new[1])
        return assemble(xml_feed.read(source), url)
    except sniff.RefusedError as refusal:
        raise NotAFeedError(subject, str(refusal)) from None


def _source_of(before: bytes, content_type: str) -> str:
    """The source of an earlier body, "" where that was no feed."""
    try:
        return sniff.feed_source(decode(before, content_type).lstrip("\ufeff \t\r\n"))
    except sniff.RefusedError:
        return ""
