"""What a page says of itself: JSON-LD, Open Graph, Dublin Core and plain HTML, in that order of trust."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from extractors.formats.html_text import html_to_text
from extractors.formats.plain import one_line
from extractors.formats.times import parse_time
from extractors.formats.urls import absolute_url, canonical_url, host_of, is_web_address

ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*Posting|Report|PressRelease|\w*NewsRelease|Review)$")
DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "date.published", "dc.date.issued",
    "dcterms.issued", "dc.date", "dcterms.created", "dc.date.created", "citation_publication_date",
    "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_MAX_DEPTH = 12  # of JSON-LD that is searched
_URL_DAY = re.compile(r"/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Fields of a page's head; "" and None where it has none."""

    title: str = ""
    description: str = ""
    publisher: str = ""
    published_at: datetime | None = None
    canonical_url: str = ""
    language: str = ""
    article_body: str = ""  # of JSON-LD
    is_article: bool = False  # the page calls itself one
    is_free: bool = True


def read_metadata(tree: Any, url: str) -> Metadata:
    """The metadata of a page, given as an lxml tree."""
    meta = _meta(tree)
    articles = _linked_articles(tree)
    linked = articles[0] if articles else {}
    heading = next((one_line(h1.text_content()) for h1 in tree.iter("h1")), "")
    head_title = next((one_line(title.text_content()) for title in tree.iter("title")), "")
    return Metadata(
        title=_first(
            meta.get("og:title"), _string(linked.get("headline")), heading, meta.get("twitter:title"), head_title
        ),
        description=_first(meta.get("og:description"), _string(linked.get("description")), meta.get("description")),
        publisher=_first(_name(linked.get("publisher")), meta.get("og:site_name"), meta.get("application-name")),
        published_at=_published_at(tree, meta, linked, url),
        canonical_url=_canonical(tree, meta, url),
        language=_language(tree, meta),
        article_body=max((_string(article.get("articleBody")) for article in articles), key=len, default=""),
        is_article=bool(articles) or meta.get("og:type", "").lower() == "article",
        is_free=str(linked.get("isAccessibleForFree", True)).lower() != "false",
    )


def _meta(tree: Any) -> dict[str, str]:
    """Content by name, property or itemprop in small letters; the first of several counts."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = tag.get("content")
        for attribute in ("property", "name", "itemprop"):
            if content and (name := tag.get(attribute)):
                found.setdefault(name.strip().lower(), content.strip())
    return found


def _linked_articles(tree: Any) -> list[dict[str, Any]]:
    """The JSON-LD objects that describe an article; broken JSON-LD is passed over."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = re.sub(r"^\s*(?://)?\s*<!(?:--|\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*;?\s*$", "", script.text or "")
        try:
            found += [node for node in _nodes(json.loads(source, strict=False)) if _is_article(node)]
        except (ValueError, RecursionError):
            continue
    return found


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _nodes(value.get(key), depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(kind, str) and ARTICLE_TYPES.search(kind) for kind in (types if isinstance(types, list) else [types])
    )


def _published_at(tree: Any, meta: dict[str, str], linked: dict[str, Any], url: str) -> datetime | None:
    """JSON-LD, then meta tags, then <time>, then the day in the address. Never the day of reading."""
    written = [_string(linked.get("datePublished")), _string(linked.get("dateCreated"))]
    written += [meta.get(name, "") for name in DATE_NAMES]
    times = [tag for tag in tree.iter("time") if tag.get("datetime")]
    times.sort(key=lambda tag: not ("pubdate" in tag.attrib or tag.get("itemprop") == "datePublished"))
    written += [tag.get("datetime") for tag in times[:1]]
    if day := _URL_DAY.search(url):
        written.append(f"{day[1]}-{day[2]}-{day[3]}")
    return next((moment for moment in map(parse_time, filter(None, written)) if moment), None)


def _canonical(tree: Any, meta: dict[str, str], url: str) -> str:
    """The page's own word for its address where it names the same site and not merely the front page."""
    own = canonical_url(url)
    declared = [
        tag.get("href") or "" for tag in tree.iter("link") if "canonical" in (tag.get("rel") or "").lower().split()
    ]
    for link in [*declared, meta.get("og:url", "")]:
        address = canonical_url(absolute_url(url, link.strip())) if link.strip() else ""
        if address and (not own or (_same_site(address, own) and _has_path(address) >= _has_path(own))):
            return address
    return own


def _same_site(one: str, other: str) -> bool:
    """Whether one host is the other or lies below it."""
    first, second = host_of(one), host_of(other)
    return first == second or first.endswith("." + second) or second.endswith("." + first)


def _has_path(address: str) -> bool:
    return is_web_address(address) and len(address.split("/", 3)[-1]) > 0 and address.count("/") > 2


def _language(tree: Any, meta: dict[str, str]) -> str:
    root = tree if tree.tag == "html" else next(tree.iter("html"), tree)
    written = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or meta.get("og:locale") or ""
    code = written.strip().replace("_", "-")
    return code if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", code) else ""


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    """The name of a JSON-LD thing: a string, an object with a name, or the first of a list of these."""
    if isinstance(value, list):
        return next((name for name in map(_name, value[:5]) if name), "")
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _first(*candidates: str | None) -> str:
    texts = (one_line(html_to_text(candidate)) for candidate in candidates if candidate)
    return next((text for text in texts if text), "")
