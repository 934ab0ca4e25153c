"""Which feeds a page names: the ``<link rel="alternate">`` that readers follow, then links that look like feeds."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from extractors.formats.charset import decode

FEED_MEDIA = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
    "application/json": "json",
    "application/xml": "rss",
    "text/xml": "rss",
}
LINK_WORDS = ("/feed", "/rss", ".rss", ".atom", "/atom", "rss.xml", "feed.xml", "atom.xml", "feed.json")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str = ""
    kind: str = "rss"  # rss, atom, rdf or json, as the page says


def discover_feeds(page: bytes, *, url: str, content_type: str = "") -> tuple[FeedLink, ...]:
    """The feeds named by an HTML page at ``url``, absolute, each once, declared ones first; () where it names none.

    Feeds of comments come last: nobody who gives the address of a site means those.
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(decode(page, content_type), "lxml")
    base = soup.find("base", href=True)
    origin = urljoin(url, str(base["href"])) if base else url
    found: dict[str, FeedLink] = {}
    for link in soup.find_all("link", href=True):
        relations = {str(name).lower() for name in link.get_attribute_list("rel")}
        kind = FEED_MEDIA.get(str(link.get("type", "")).split(";")[0].strip().lower())
        if "alternate" in relations and kind and "hreflang" not in link.attrs:
            _keep(found, origin, str(link["href"]), str(link.get("title", "")), kind)
    for anchor in soup.find_all("a", href=True):
        href = str(anchor["href"])
        path = href.partition("?")[0].rstrip("/").lower()
        if path.endswith(LINK_WORDS) or "/rss/" in path:
            _keep(found, origin, href, anchor.get_text(" ", strip=True), "atom" if "atom" in path else "rss")
    return tuple(sorted(found.values(), key=lambda feed: "comments" in f"{feed.url} {feed.title}".lower()))


def _keep(found: dict[str, FeedLink], origin: str, href: str, title: str, kind: str) -> None:
    address = urljoin(origin, href.strip())
    if address.startswith(("http://", "https://")):
        found.setdefault(address, FeedLink(address, " ".join(title.split()), kind))
