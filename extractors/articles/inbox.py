"""Files that a person added by hand: copied text, Markdown or HTML -> Article."""

from __future__ import annotations

import re

from extractors.articles.copied_text import read_copied_text
from extractors.articles.page import parse_article
from extractors.errors import NotAnArticleError
from extractors.formats.charset import binary_kind, decode
from extractors.formats.html_text import html_to_text
from extractors.formats.plain import clean_characters
from extractors.records import Article

MAX_TEXT_CHARS = 2_000_000

_HTML_START = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|article|div|p|h1)\b", re.I | re.S
)
# Markdown to text, in order: pattern, what stays of it.
MARKDOWN = (
    (re.compile(r"^[ ]{0,3}(?:```|~~~).*$", re.M), ""),  # fences
    (re.compile(r"!\[[^\[\]\n]{0,1000}\]\([^()\n]{0,2000}\)"), ""),  # images
    (
        re.compile(r"\[([^\[\]\n]{1,1000})\]\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}(?: +\"[^\"\n]{0,300}\")?\)"),
        r"\1",
    ),  # links
    (re.compile(r"^[ ]{0,3}\[[^\[\]\n]{1,300}\]: +\S.*$", re.M), ""),  # link definitions
    (re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.*)$", re.M), r"\1"),  # headings
    (re.compile(r"(?<=\S)[ \t]+#{1,6}$", re.M), ""),  # and their closing marks
    (re.compile(r"^[ ]{0,3}>[ ]?", re.M), ""),  # quotations
    (re.compile(r"^[ ]{0,3}(?:[-*_][ \t]*){3,}$", re.M), ""),  # rules
    (re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,500}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!$>~-])"), r"\1"),
)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.S)


def parse_inbox(data: bytes, *, name: str, url: str = "") -> Article:
    """The article in a file called ``name``; what the file does not say (title, date, publisher) stays empty.

    Raises NotAnArticleError for an empty or binary file and for an HTML page that is a wall; and nothing else.
    """
    subject = name or url or "file"
    if not data.strip():
        raise NotAnArticleError(subject, "empty: the file holds no text")
    if kind := binary_kind(data):
        raise NotAnArticleError(subject, f"binary file ({kind}), give text or HTML")
    text = decode(data).removeprefix("\ufeff")
    if text.count("\ufffd") > max(3, len(text) // 50):
        raise NotAnArticleError(subject, "binary file (undecodable bytes), give text or HTML")
    text = clean_characters(text)[:MAX_TEXT_CHARS]
    if not text.strip():
        raise NotAnArticleError(subject, "empty: the file holds no text")
    suffix = name.lower().rsplit(".", 1)[-1]
    if suffix in ("html", "htm", "xhtml") or _HTML_START.match(text):
        try:
            return parse_article(data, url=url)
        except NotAnArticleError as error:
            if not error.message.startswith(("no_body", "not_html")):
                raise NotAnArticleError(subject, error.message) from None
            text = html_to_text(text)  # a fragment, or too short to be found as a page's main text
    elif suffix in ("md", "markdown"):
        text = markdown_to_text(text)
    article = read_copied_text(text, url=url)
    if not article.title and not article.body:
        raise NotAnArticleError(subject, "no_body: the file holds no article text")
    return article


def markdown_to_text(text: str) -> str:
    """Markdown without its marks; the fields of a front matter stay as lines before the text.

    >>> markdown_to_text("# Acme leases **300 MW**\\n\\nFrom [Beta](https://beta.example/), it said.")
    'Acme leases 300 MW\\n\\nFrom Beta, it said.'
    """
    front = _FRONT_MATTER.match(text)
    fields = re.sub(r"^(\w+)\s*:\s*[\"']?(.*?)[\"']?\s*$", r"\1: \2", front[1], flags=re.M) + "\n\n" if front else ""
    body = text[front.end() :] if front else text
    for pattern, kept in MARKDOWN:
        body = pattern.sub(kept, body)
    return fields + body
