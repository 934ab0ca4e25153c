"""Pages of publishers with a rule of their own."""

from __future__ import annotations

import pytest

from extractors.articles import parse_article
from extractors.articles.publisher_rules import PageRule, page_rules, rule_of, text_at

SENTENCE = "Cobalt Ridge has leased 300 megawatts from Larkspur Compute for fifteen years, the companies said today."
FILING = f"""<html><head><title>EX-99.1</title></head><body><table><tr><td><font size="2">{SENTENCE}</font></td></tr>
<tr><td><font>The initial term begins in 2027.</font></td><td>$1.2 billion</td></tr></table></body></html>"""
WIRE = f"""<html><head><title>Cobalt Ridge leases 300 MW</title></head><body>
<div class="nav">Subscribe to {SENTENCE}</div>
<section class="release-body container"><p>{SENTENCE}</p><table><tr><td>Power</td><td>300 MW</td></tr></table>
<div class="social-share">Share this release with 9,000 people</div></section><p>Also from this source: {SENTENCE}</p>
</body></html>"""


def test_a_filing_is_read_whole_though_nothing_marks_an_article() -> None:
    body = parse_article(FILING.encode(), url="https://www.sec.gov/Archives/edgar/data/1/ex991.htm").body
    assert SENTENCE in body
    assert "$1.2 billion" in body


def test_a_release_is_what_stands_in_its_block_and_nothing_beside_it() -> None:
    body = parse_article(WIRE.encode(), url="https://www.prnewswire.com/news-releases/a.html").body
    assert body.count(SENTENCE) == 1
    assert "300 MW" in body
    assert "Share" not in body


def test_a_rule_that_finds_nothing_leaves_the_page_to_the_general_reading() -> None:
    text = f"<p>{SENTENCE}</p><p>{SENTENCE[:-6]}.</p>"
    page = f"<html><head><title>A lease</title></head><body><article>{text}</article></body></html>"
    assert SENTENCE in parse_article(page.encode(), url="https://www.globenewswire.com/news-release/1").body


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.sec.gov/a", "sec.gov"),
        ("https://data.sec.gov/a", "sec.gov"),
        ("https://notsec.gov/a", None),
        ("https://sec.gov.example/a", None),
        ("", None),
    ],
)
def test_a_rule_holds_for_its_domain_and_those_below(url: str, domain: str | None) -> None:
    rule = rule_of(url)
    assert (rule.domain if rule else None) == domain


def test_rows_are_sorted_and_say_why() -> None:
    assert list(page_rules()) == sorted(page_rules())
    assert all(rule.why and "." in rule.domain for rule in page_rules().values())


def test_what_a_rule_leaves_out_is_gone_with_its_text_alone() -> None:
    from lxml import html

    tree = html.document_fromstring("<body><div id='x'>One <b class='ad'>two</b> three.</div></body>")
    assert text_at(tree, PageRule(domain="a.example", body="//div", without="//b", why="")) == "One three."
