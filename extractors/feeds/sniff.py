"""What XML this is, told from its prolog and root before any parser sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.formats.plain import one_line

FEED_ROOTS = frozenset(("rss", "feed", "rdf", "channel"))

_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_FEED_ROOT = re.compile(r"<(?:rss|feed|(?:[A-Za-z_][\w.-]*:)?RDF)(?=[\s>])", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_NOT_XML_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_JUNK_BEFORE_ROOT = 65_536  # characters: warnings of a broken server script may stand before the feed


class RefusedError(Exception):
    """Why the text is no feed that we read, in one line."""


@dataclass(frozen=True, slots=True)
class Prolog:
    """What stands before the root element."""

    root: str  # local name in small letters, "" where there is no element
    start: int  # where the root's tag begins
    doctype: str = ""


def feed_source(text: str) -> str:
    """The feed from its root on: no declaration, no document type.

    Raises RefusedError where the text is something else, or brings definitions of entities along.
    """
    found = prolog(text)
    if re.search(r"\[|<!ENTITY", found.doctype):
        raise RefusedError("document type with definitions of its own (entities): refused, a feed needs none")
    if found.root == "html" or (not found.root and "html" in found.doctype.lower()):
        raise RefusedError(f"HTML page{_page_title(text)} instead of a feed")
    start = found.start
    if found.root not in FEED_ROOTS:
        later = _FEED_ROOT.search(text, 0, _JUNK_BEFORE_ROOT)
        if later is None or re.search(r"<html[\s>]", text[: later.start()], re.IGNORECASE):
            raise RefusedError(_what_it_is(text, found.root))
        if re.search(r"<!DOCTYPE[^>]*\[|<!ENTITY", text[: later.start()], re.IGNORECASE):
            raise RefusedError("document type with definitions of its own (entities): refused, a feed needs none")
        start = later.start()
    return text[start:]


def allowed_characters(source: str) -> str:
    """The source without the characters that XML forbids."""
    return _NOT_XML_CHARACTERS.sub("", source)


def prolog(text: str) -> Prolog:
    """Root and document type, with comments and processing instructions skipped."""
    position, doctype = 0, ""
    while True:
        position = text.find("<", position)
        if position < 0:
            return Prolog("", len(text), doctype)
        if text.startswith("<!--", position):
            end = text.find("-->", position + 4)
            position = end + 3 if end >= 0 else len(text)
        elif text.startswith("<?", position):
            end = text.find(">", position)
            position = end + 1 if end >= 0 else len(text)
        elif text[position : position + 9].lower() == "<!doctype":
            # With an internal subset the first ">" lies within it: enough to see its "[".
            end = text.find(">", position)
            end = len(text) if end < 0 else end
            doctype += text[position : end + 1]
            position = end + 1
        elif match := _ROOT.match(text, position):
            return Prolog(match[2].lower(), position, doctype)
        else:
            position += 1


def _what_it_is(text: str, root: str) -> str:
    if root in ("head", "body", "script", "meta", "div", "title", "center", "h1", "p"):
        return f"HTML{_page_title(text)} instead of a feed"
    if root:
        return f"XML with the root <{root[:40]}>, not a feed"
    return f"text without any XML element, not a feed: it begins “{one_line(text[:80])[:40]}”"


def _page_title(text: str) -> str:
    title = _PAGE_TITLE.search(text[:_JUNK_BEFORE_ROOT])
    return f" “{one_line(title[1])[:80]}”" if title else ""
