"""Feeds that are not well-formed XML, made so without losing an entry.

In order, each only where the one before was not enough: stray characters escaped and missing namespaces declared
(cures most: a bare "&" in an enclosure's address); then every entry rebuilt alone, so that one broken entry harms no
other. All of it in linear time.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from xml.parsers import expat

from extractors.formats.html_text import resolve_entity

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://backend.userland.com/rss2",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}

# CDATA that no entry's end interrupts, so that an unclosed one does not swallow the entries after it.
_CDATA = r"<!\[CDATA\[(?:(?!\]\]>|<!\[CDATA\[|</(?:item|entry)\s*>).)*+\]\]>"
_CDATA_OR_COMMENT = rf"{_CDATA}|<!--(?:(?!--).)*+-->"
_STRAY = re.compile(
    rf"(?P<kept>{_CDATA_OR_COMMENT})"
    r"|&(?P<entity>#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|(?P<ampersand>&)"
    r"|(?P<less><(?![A-Za-z_/!?]))",
    re.DOTALL,
)
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_ENTRY_START = re.compile(rf"{_CDATA_OR_COMMENT}|(?P<entry><(?:[A-Za-z_][\w.-]*:)?(?:item|entry)(?=[\s/>]))", re.DOTALL)
_ENTRY_END = re.compile(r"</(?:[A-Za-z_][\w.-]*:)?(?:item|entry)\s*>")
_ROOT_TAG = re.compile(r"<[^<>]*>")
_PREFIX = re.compile(r"<([A-Za-z_][\w.-]*):[A-Za-z_]|\s([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*\s*=\s*[\"']")
_DECLARED = re.compile(r"\sxmlns:([A-Za-z_][\w.-]*)\s*=")
_OPEN_CDATA = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)[^<>]*>\s*\Z")


def well_formed(source: str) -> str:
    """The feed as well-formed XML: unchanged where it is that already."""
    if is_well_formed(source):
        return source
    escaped = declare_prefixes(escape_strays(source))
    return escaped if is_well_formed(escaped) else rebuild_by_entry(escaped)


def is_well_formed(source: str) -> bool:
    """Whether a namespace-aware parser reads the source to its end."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    try:
        parser.Parse(source.encode("utf-8", errors="replace"), True)
    except expat.ExpatError:
        return False
    return True


def entry_count(source: str) -> int:
    """Number of <item> and <entry> tags outside CDATA and comments."""
    return len(_entry_starts(source))


def escape_strays(source: str) -> str:
    """Escapes each "&" and "<" that opens nothing, and resolves HTML's named entities, which XML does not know.

    >>> escape_strays('<a href="?x=1&y=2">&nbsp;&amp; 1 < 2 <![CDATA[A&B]]></a>')
    '<a href="?x=1&amp;y=2">\\xa0&amp; 1 &lt; 2 <![CDATA[A&B]]></a>'
    """
    return _STRAY.sub(_escaped, source)


def _escaped(match: re.Match[str]) -> str:
    if match["kept"] is not None:
        return match[0]
    if match["less"]:
        return "&lt;"
    name = match["entity"]
    if name is None:
        return "&amp;"
    if name in _XML_ENTITIES:
        return match[0]
    # Numeric references to controls and surrogates are no XML either; what html does not know stays as written.
    resolved = "".join(c for c in resolve_entity(match[0]) if c >= " " or c in "\t\n")
    return html.escape(resolved, quote=True).encode("utf-8", errors="ignore").decode()


def declare_prefixes(source: str) -> str:
    """Declares on the root each namespace prefix that is used and nowhere declared."""
    root = _ROOT_TAG.match(source)
    if root is None:
        return source
    used = {match[1] or match[2] for match in _PREFIX.finditer(source)} - {"xml", "xmlns"}
    missing = used - set(_DECLARED.findall(source))
    end = root.end() - (2 if root[0].endswith("/>") else 1)
    return source[:end] + _declarations(missing) + source[end:]


def rebuild_by_entry(source: str) -> str:
    """A feed with the root, the head and all entries of the source, each mended by itself."""
    from lxml import etree

    open_root, close_root = _root_tags(source)

    def mended(fragment: str) -> list[str]:
        """The elements of a fragment, as well-formed XML."""
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
        tree = etree.fromstring((open_root + fragment + close_root).encode("utf-8", errors="replace"), parser)
        elements = [] if tree is None else [child for child in tree if isinstance(child.tag, str)]
        return [etree.tostring(element, encoding="unicode", with_tail=False) for element in elements]

    starts = _entry_starts(source)
    root = _ROOT_TAG.match(source)
    parts = mended(_close_cdata(source[root.end() if root else 0 : starts[0] if starts else len(source)]))
    for start, after in pairwise([*starts, len(source)]):
        parts += mended(_one_entry(source[start:after]))[:1]
    return open_root + "".join(parts) + close_root


def _root_tags(source: str) -> tuple[str, str]:
    """Opening and closing tag of the root; without its attributes where they are what is broken."""
    tag = _ROOT_TAG.match(source)
    opening = tag[0].replace("/>", ">") if tag else "<rss>"
    name = re.split(r"[\s/>]", opening[1:], maxsplit=1)[0]
    if is_well_formed(f"{opening}</{name}>"):
        return opening, f"</{name}>"
    local = name.split(":")[-1]
    prefixes = {match[1] or match[2] for match in _PREFIX.finditer(source)} - {"xml", "xmlns"}
    return f"<{local}{_declarations(prefixes)}>", f"</{local}>"


def _declarations(prefixes: set[str]) -> str:
    return "".join(
        f' xmlns:{prefix}="{NAMESPACES.get(prefix, "urn:undeclared:" + prefix)}"' for prefix in sorted(prefixes)
    )


def _one_entry(chunk: str) -> str:
    """The chunk up to the end of its entry; what stands between entries is dropped."""
    chunk = _close_cdata(chunk)
    ends = [match.end() for match in _ENTRY_END.finditer(chunk)]
    return chunk[: ends[-1]] if ends else chunk


def _close_cdata(chunk: str) -> str:
    """Closes a CDATA section that the chunk leaves open, before the end of the element that holds it."""
    start = chunk.rfind("<![CDATA[")
    if start < 0 or chunk.find("]]>", start) >= 0:
        return chunk
    holder = _OPEN_CDATA.search(chunk, max(0, start - 300), start)
    end = chunk.find(f"</{holder[1]}", start) if holder else -1
    if end < 0:
        closing = _ENTRY_END.search(chunk, start)
        end = closing.start() if closing else len(chunk)
    return chunk[:end] + "]]>" + chunk[end:]


def _entry_starts(source: str) -> list[int]:
    return [match.start() for match in _ENTRY_START.finditer(source) if match["entry"]]
