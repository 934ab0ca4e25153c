"""Marked-up text to plain text, in one pass: every tag and entity is undone exactly once.

Own code and not a parser's tree, because feeds hold scraps: bs4 with html.parser turns "AT&T" into "ATT", lxml turns
"a<b" into "a" and forgets all text below a depth of 2,048 tags. Here a "<" opens a tag only where HTML knows the tag,
and the time is linear in the length of the text, whatever it holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from extractors.formats.plain import clean_characters, plain_text, tidy_paragraphs


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


PARAGRAPH_TAGS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend main menu nav ol optgroup option p pre"
    " search section summary table tbody tfoot thead title ul"
)
LINE_TAGS = _names("br li tr")
GAP_TAGS = _names("td th img iframe video audio embed object input button select textarea svg canvas")
INLINE_TAGS = _names(
    "a abbr acronym b base bdi bdo big cite code col colgroup data datalist del dfn em font i ins kbd label link map"
    " area mark meta meter noscript noframes output param picture progress q rb rp rt rtc ruby s samp slot small source"
    " span strike strong sub sup time tt track u var wbr nobr frame"
    " frameset applet basefont bgsound blink command keygen marquee"
    " math maction menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow ms mspace msqrt"
    " mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics annotation annotation-xml"
)
DROPPED_TAGS = _names("script style template")  # with all that they hold
PICTURE_TAGS = _names("svg")  # with all that they hold, where they end
HTML_TAGS = PARAGRAPH_TAGS | LINE_TAGS | GAP_TAGS | INLINE_TAGS | DROPPED_TAGS

_SEPARATOR = dict.fromkeys(PARAGRAPH_TAGS, "\x00P") | dict.fromkeys(LINE_TAGS, "\x00L") | dict.fromkeys(GAP_TAGS, " ")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*(?:[:-][A-Za-z0-9:-]+)?)(?=[\s/>])")
# A one-letter name needs more, or "x <b and c> d" would lose its prose: an end, or an attribute with a value.
_SHORT_TAG_REST = re.compile(r"\s*/?>|\s+[A-Za-z_:][\w:.-]*\s*=")
_TAG_REST = re.compile(r"""(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>""")
_PICTURE_END = re.compile(r"</svg\s*>", re.IGNORECASE)
_ANY_MARKUP = re.compile(r"<[A-Za-z/!?]|&[#A-Za-z]")
_LONGEST_BROKEN_TAG = 4096  # characters searched for the end of a tag whose quotes do not match


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag; ``attributes`` is the source between name and ">"."""

    name: str
    is_end: bool
    attributes: str = ""


def html_to_text(markup: str) -> str:
    """Plain text: paragraphs split by a blank line, line breaks and list items by a newline, entities resolved once.

    Text without markup only has its characters and line breaks cleaned.

    >>> html_to_text("<p>AT&amp;T &amp; S&P: a<b</p>12<br>GW")
    'AT&T & S&P: a<b\\n\\n12\\nGW'
    >>> html_to_text("R&D &amp;lt; M&A")
    'R&D &lt; M&A'
    """
    if not markup:
        return ""
    if not _ANY_MARKUP.search(markup):
        return plain_text(markup)
    parts = list(tokens(markup.replace("<![CDATA[", "").replace("]]>", "")))
    if not any(isinstance(part, Tag) for part in parts):
        return plain_text("".join(part for part in parts if isinstance(part, str)))
    return text_of(parts)


def text_of(parts: list[str | Tag]) -> str:
    """The plain text of tokens, laid out as by ``html_to_text``."""
    laid_out = "".join(
        " ".join(clean_characters(part).split("\n")) if isinstance(part, str) else _SEPARATOR.get(part.name, "")
        for part in parts
    )
    return tidy_paragraphs(laid_out.replace("\x00P", "\n\n").replace("\x00L", "\n"))


def tokens(markup: str) -> Iterator[str | Tag]:
    """Text (entities resolved once) and tags in turn; comments, scripts, styles and what is in a picture left out."""
    position, length = 0, len(markup)
    while position < length:
        start = markup.find("<", position)
        if start < 0:
            yield unescape(markup[position:])
            return
        end, tag = _tag_at(markup, start)
        if end == start:  # a "<" of the text
            yield unescape(markup[position : start + 1])
            position = start + 1
            continue
        if start > position:
            yield unescape(markup[position:start])
        if tag is not None and tag.name in DROPPED_TAGS and not tag.is_end:
            closing = re.compile(rf"</{tag.name}\b[^>]*>", re.IGNORECASE).search(markup, end)
            end = closing.end() if closing else length
        elif tag is not None:
            yield tag
            if tag.name in PICTURE_TAGS and not tag.is_end and not tag.attributes.endswith("/"):
                closing = _PICTURE_END.search(markup, end)
                end = closing.end() if closing else end
        position = end


def unescape(text: str) -> str:
    """Entities that end in a semicolon, resolved once ("AT&T;" and "&copy=1" stay as they are)."""
    return _ENTITY.sub(lambda match: resolve_entity(match[0]), text) if "&" in text else text


def resolve_entity(reference: str) -> str:
    """The character of "&name;" or "&#number;"; the reference itself where HTML knows no such name.

    >>> resolve_entity("&nbsp;"), resolve_entity("&notit;")  # html.unescape makes "¬it;" of the second
    ('\\xa0', '&notit;')
    """
    is_known = reference[1] == "#" or reference[1:] in html5
    return html.unescape(reference) if is_known else reference


def _tag_at(markup: str, start: int) -> tuple[int, Tag | None]:
    """(end, tag) of the tag that opens at ``start``; (end, None) of a comment; (start, None) where "<" is text."""
    if markup.startswith(("<!", "<?"), start):
        return _comment_end(markup, start), None
    name = _TAG_NAME.match(markup, start)
    if name is None:
        return start, None
    word = name[2].lower()
    if word not in HTML_TAGS and not any(mark in word for mark in ":-"):
        return start, None
    if len(word) == 1 and not _SHORT_TAG_REST.match(markup, name.end()):
        return start, None
    if rest := _TAG_REST.match(markup, name.end()):
        return rest.end(), Tag(word, bool(name[1]), markup[name.end() : rest.end() - 1])
    end = markup.find(">", name.end(), name.end() + _LONGEST_BROKEN_TAG)
    if end >= 0:
        return end + 1, Tag(word, bool(name[1]), markup[name.end() : end])
    # A tag cut off by the end of a snippet is no text; one that goes on for pages is.
    return (len(markup), None) if len(markup) - start < _LONGEST_BROKEN_TAG else (start, None)


def _comment_end(markup: str, start: int) -> int:
    """Where the comment, declaration or instruction at ``start`` ends; ``start`` where it is only text."""
    if markup.startswith("<!--", start):
        end = markup.find("-->", start + 4)
        return end + 3 if end >= 0 else len(markup)
    if re.compile(r"<(?:!doctype|!\[|\?)", re.IGNORECASE).match(markup, start):
        end = markup.find(">", start, start + _LONGEST_BROKEN_TAG)
        return end + 1 if end >= 0 else start
    return start
