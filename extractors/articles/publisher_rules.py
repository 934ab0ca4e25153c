"""Where a publisher's pages hold the text, for those whose pages the general reading fails on: ``page_rules.csv``.

A rule is a row: a domain, where the body stands (XPath), what inside it is none of it (XPath), and why there is a rule.
A rule that finds too little (the site was redesigned) leaves the page to the general reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.errors import RegistryError
from extractors.formats.html_text import html_to_text
from extractors.formats.urls import host_of
from extractors.registry.loader import FOLDER, read_rows

FILE = "page_rules.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRule:
    """How to read the pages of one domain and of all below it."""

    domain: str
    body: str  # XPath of the elements that hold the text
    without: str = ""  # XPath of elements in them that do not
    why: str


@cache
def page_rules() -> dict[str, PageRule]:
    """The rules by domain. Raises RegistryError where a row is broken."""
    from lxml import etree

    rules = read_rows(FOLDER / FILE, PageRule)
    for rule in rules.values():
        for path in filter(None, (rule.body, rule.without)):
            try:
                etree.XPath(path)
            except etree.XPathError as error:
                raise RegistryError(f"{FILE}:{rule.domain}", f"{path!r} is no XPath ({error})") from error
    return rules


def rule_of(url: str) -> PageRule | None:
    """The rule for an address: that of its host, else of the nearest domain above.

    >>> rule_of("https://www.sec.gov/Archives/edgar/data/1/ex991.htm").domain
    'sec.gov'
    """
    labels = host_of(url).split(".")
    return next((rule for n in range(len(labels) - 1) if (rule := page_rules().get(".".join(labels[n:])))), None)


def ruled_body(tree: Any, url: str) -> str:
    """The text where the publisher's rule says that it stands, paragraphs split by a blank line; "" without a rule."""
    rule = rule_of(url)
    return "" if rule is None else text_at(tree, rule)


def text_at(tree: Any, rule: PageRule) -> str:
    """The text that a rule finds in a page."""
    from lxml import etree

    parts = []
    for element in tree.xpath(rule.body)[:20]:
        page = etree.fromstring(etree.tostring(element, with_tail=False), etree.HTMLParser(huge_tree=True))
        for none_of_it in page.xpath(rule.without) if rule.without else []:
            none_of_it.clear(keep_tail=True)
        parts.append(html_to_text(etree.tostring(page, encoding="unicode", method="html")))
    return "\n\n".join(filter(None, parts))
