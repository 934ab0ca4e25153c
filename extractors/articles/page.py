"""An HTML page -> Article."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice
from typing import Any

from extractors.articles.metadata import Metadata, read_metadata
from extractors.articles.publisher_rules import ruled_body
from extractors.articles.walls import WALLS, split_paywall, wall_of
from extractors.errors import NotAnArticleError
from extractors.formats.charset import binary_kind, decode
from extractors.formats.html_text import html_to_text
from extractors.formats.plain import clean_characters, one_line
from extractors.formats.snippets import split_cut_mark, without_publisher, words_of
from extractors.formats.times import parse_time
from extractors.records import Article

MAX_PAGE_CHARS = 5_000_000
LEAST_BODY_WORDS = 15  # fewer are a caption or a menu, no article
# trafilatura's time grows with the square of the elements under one parent (10,000: 10 s). Pages of the press stay far
# below these bounds (91 real ones: at most 1,680 elements); above them the plain reading has to do.
MAX_ELEMENTS = 40_000
MAX_CHILDREN = 2_500

_TAG = re.compile(r"<(?:!doctype|html|head|body|meta|title|p|div|article|h1|span|a|br)\b", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_LIST_ITEM = re.compile(r"[-•*]\s")
# The share of the wide reading that the narrow one must keep to be believed: below it, it has lost the article.
_LEAST_SHARE = 0.5


def parse_article(data: bytes, *, url: str = "", content_type: str = "") -> Article:
    """The article of an HTML page.

    Raises NotAnArticleError whose message begins with a code: ``binary file``, ``empty``, ``not_html``, ``captcha``,
    ``consent``, ``login``, ``paywall``, ``error_page`` or ``no_body``; and nothing else.
    """
    subject = url or "page"
    if not data.strip():
        raise NotAnArticleError(subject, "empty: the page holds no bytes")
    if kind := binary_kind(data):
        raise NotAnArticleError(subject, f"binary file ({kind}), give text or HTML")
    source = clean_characters(_XML_DECLARATION.sub("", decode(data, content_type)))[:MAX_PAGE_CHARS]
    if not _TAG.search(source):
        raise NotAnArticleError(subject, "not_html: the page holds no HTML tag")
    tree = _tree(source)
    if tree is None:
        raise NotAnArticleError(subject, "not_html: no HTML parser makes a page of it")
    return _article(source, tree, url, subject)


def _article(source: str, tree: Any, url: str, subject: str) -> Article:
    metadata = read_metadata(tree, url)
    body = _without_headline(_body(source, tree, metadata, url), metadata.title)
    body, is_paywalled = split_paywall(body)
    body, is_cut = split_cut_mark(body)
    page_title = next((one_line(title.text_content()) for title in tree.iter("title")), "")
    has_body = len(body.split()) >= LEAST_BODY_WORDS
    text = body if has_body or metadata.is_article else html_to_text(source)
    if wall := wall_of(title=page_title or metadata.title, text=text, url=url):
        raise NotAnArticleError(subject, f"{wall}: {WALLS[wall]}")
    if not has_body:
        if is_paywalled or not metadata.is_free:
            raise NotAnArticleError(subject, "paywall: a paywall stands in front of the article")
        if not metadata.is_article or len(metadata.description.split()) < LEAST_BODY_WORDS:
            raise NotAnArticleError(subject, "no_body: no article text was found on the page")
        body, is_cut = split_cut_mark(metadata.description)[0], True
    return Article(
        title=without_publisher(metadata.title, metadata.publisher),
        body=body,
        url=url,
        canonical_url=metadata.canonical_url,
        published_at=metadata.published_at or _searched_date(tree),
        publisher=metadata.publisher,
        language=metadata.language,
        is_truncated=is_cut or is_paywalled,
    )


def _tree(source: str) -> Any:
    from lxml import etree, html

    try:
        return html.document_fromstring(source, parser=html.HTMLParser(huge_tree=True))
    except (etree.LxmlError, ValueError, TypeError, AssertionError):
        return None


def _body(source: str, tree: Any, metadata: Metadata, url: str) -> str:
    """The article's paragraphs by the publisher's rule, else by the best of the ways that find any."""
    ruled = ruled_body(tree, url)
    if len(ruled.split()) >= LEAST_BODY_WORDS:
        return ruled
    if not _is_of_usual_size(tree):
        return _tagged_article(tree) or html_to_text(source)
    wide = _extracted(source, favor_precision=False)
    narrow = _extracted(source, favor_precision=True)
    body = narrow if len(narrow) >= _LEAST_SHARE * len(wide) else wide
    linked = html_to_text(metadata.article_body)
    if len(body.split()) < LEAST_BODY_WORDS or len(linked) > 3 * len(body):
        body = max(linked, body, key=len)
    return body if len(body.split()) >= LEAST_BODY_WORDS else max(_tagged_article(tree), body, key=len)


def _is_of_usual_size(tree: Any) -> bool:
    elements = list(islice(tree.iter(), MAX_ELEMENTS + 1))
    return len(elements) <= MAX_ELEMENTS and max(map(len, elements)) <= MAX_CHILDREN


def _extracted(source: str, *, favor_precision: bool) -> str:
    """Main text by trafilatura, paragraphs split by a blank line, "" where it finds none."""
    import trafilatura

    try:
        text = trafilatura.extract(
            source, favor_precision=favor_precision, include_comments=False, include_tables=not favor_precision
        )
    except Exception:  # a library of heuristics over trees that anyone may send: whatever it raises, the page stays
        return ""
    return _paragraphs(text or "")


def _paragraphs(text: str) -> str:
    """trafilatura's lines as paragraphs; the items of one list stay together."""
    body = ""
    for line in filter(None, (one_line(line) for line in text.split("\n"))):
        is_item = bool(_LIST_ITEM.match(line)) and bool(_LIST_ITEM.match(body.rsplit("\n", 1)[-1]))
        body += (("\n" if is_item else "\n\n") if body else "") + line
    return body


def _tagged_article(tree: Any) -> str:
    """The paragraphs of the longest <article> or <main>, the last resort."""
    texts = [
        "\n\n".join(filter(None, (one_line(paragraph.text_content()) for paragraph in element.iter("p"))))
        for name in ("article", "main")
        for element in list(tree.iter(name))[:20]
    ]
    return max(texts, key=len, default="")


def _without_headline(body: str, title: str) -> str:
    """The body without a first paragraph that is the headline again."""
    first, _, rest = body.partition("\n\n")
    return rest if title and words_of(first) == words_of(title) else body


def _searched_date(tree: Any) -> datetime | None:
    """The day that htmldate finds in the page's text, the last resort."""
    import htmldate

    try:
        # The bound only keeps htmldate from asking the clock for one.
        found = htmldate.find_date(tree, original_date=True, extensive_search=False, max_date="2100-01-01")
    except Exception:  # as above: heuristics over anyone's tree
        return None
    return parse_time(found) if found else None
