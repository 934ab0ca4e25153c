"""Pages: body, title, date, publisher, address; and the pages that are none."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.articles import parse_article
from extractors.errors import NotAnArticleError

LEAST_F1 = 0.955
MAY_6 = datetime(2026, 5, 6, tzinfo=UTC)
URL = "https://www.times.example/2026/05/06/larkspur-lease"
TEXT = (
    "<p>Larkspur Compute has leased 300 megawatts of data centre space from Tern &amp; Sons, the two companies said on"
    " Wednesday, in a deal that runs for fifteen years.</p><p>The first halls at the site in northern Finland will be"
    " handed over in 2027, and AT&amp;T will connect them, according to people at both companies.</p>"
)
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Not this"},
        {
            "@type": ["NewsArticle"],
            "headline": "Larkspur leases 300 MW",
            "datePublished": "2026-05-06T07:00:00+02:00",
            "publisher": {"@type": "Organization", "name": "Example Times"},
        },
    ],
}


def page(head: str = "", body: str = TEXT) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head>{head}</head><body><article>{body}</article></body></html>'.encode()
    )


def linked(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_a_page_gives_its_paragraphs_and_what_its_head_says() -> None:
    article = parse_article(page(linked(LINKED) + '<link rel="canonical" href="/a/1?utm_source=x">'), url=URL)
    assert article.body.count("\n\n") == 1
    assert article.body.startswith("Larkspur Compute has leased 300 megawatts of data centre space from Tern & Sons,")
    assert "AT&T will connect them" in article.body
    assert article.title == "Larkspur leases 300 MW"
    assert article.publisher == "Example Times"
    assert article.published_at == datetime(2026, 5, 6, 5, tzinfo=UTC)
    assert article.canonical_url == "https://www.times.example/a/1"
    assert article.language == "en-GB"
    assert not article.is_truncated


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="A deal | Example Times">', "A deal | Example Times"),
        ('<meta property="og:title" content="A deal - Example Times">'
         '<meta property="og:site_name" content="Example Times">', "A deal"),
        ('<meta property="og:title" content="Tern - a history">'
         '<meta property="og:site_name" content="Example Times">', "Tern - a history"),
        ('<meta property="og:title" content="Tern &amp;amp; Sons">', "Tern & Sons"),
        ("<title>Only this</title>", "Only this"),
        ("", ""),
    ],
)  # fmt: skip
def test_only_the_publisher_is_taken_off_a_title(head: str, title: str) -> None:
    assert parse_article(page(head), url=URL).title == title


@pytest.mark.parametrize(
    ("head", "url", "published_at"),
    [
        ('<meta property="article:published_time" content="2026-05-06T02:00:00+0200">', "", MAY_6),
        ('<meta name="date" content="soon"><meta name="pubdate" content="May 6, 2026">', "", MAY_6),
        ("", "https://times.example/2026/05/06/x", MAY_6),
        ("", "https://times.example/2026/15/66/x", None),
        (linked({"@type": "NewsArticle", "datePublished": "2026-13-45"}), "", None),
        ("<script type='application/ld+json'>{broken</script>", "", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_a_date_is_read_where_it_is_told_and_never_made_up(head: str, url: str, published_at: datetime | None) -> None:
    assert parse_article(page(head), url=url).published_at == published_at


@pytest.mark.parametrize(
    ("declared", "canonical"),
    [
        ("https://times.example/a", "https://times.example/a"),
        ("https://evil-times.example/a", "https://www.times.example/2026/05/06/larkspur-lease"),
        ("https://other.example/a", "https://www.times.example/2026/05/06/larkspur-lease"),
        ("https://www.times.example/", "https://www.times.example/2026/05/06/larkspur-lease"),
        ("javascript:alert(1)", "https://www.times.example/2026/05/06/larkspur-lease"),
    ],
)
def test_a_declared_address_counts_on_its_own_site_only(declared: str, canonical: str) -> None:
    assert parse_article(page(f'<link rel="canonical" href="{declared}">'), url=URL).canonical_url == canonical


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "binary file (PDF)"),
        (b"a\x00b<html>", "binary file (NUL bytes)"),
        (b"no tag at all", "not_html"),
        (page("<title>Just a moment...</title>", "<p>Enable JavaScript and cookies to continue</p>"), "captcha"),
        (page("<title>sec.gov</title>", "<p>Your request has been identified as part of a network of automated tools."
              " Undeclared Automated Tool</p>"), "captcha"),
        (page("<title>Before you continue to Google</title>", "<p>We use cookies and data to deliver</p>"), "consent"),
        (page("<title>Log in | Times</title>", "<form>E-mail Password Forgot your password?</form>"), "login"),
        (page("<title>A deal</title>", "<p>Subscribe to continue reading this article.</p>"), "paywall"),
        (page("<title>404</title>", "<p>The page you requested is gone.</p>"), "error_page"),
        (page("<title>A deal</title>", "<p>Menu</p>"), "no_body"),
    ],
)  # fmt: skip
def test_a_page_without_article_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(NotAnArticleError) as refusal:
        parse_article(data, url=URL)
    assert refusal.value.message.startswith(code)
    assert refusal.value.subject_id == URL


def test_a_consent_address_is_never_an_article() -> None:
    with pytest.raises(NotAnArticleError, match="consent"):
        parse_article(page(), url="https://consent.google.com/m?continue=x")


def test_a_headline_that_begins_like_a_wall_is_still_an_article() -> None:
    head = (
        "<title>Access denied: how Tern lost its grid connection and what the utility will build in its place</title>"
    )
    assert parse_article(page(head), url=URL).body


def test_the_free_part_above_a_paywall_is_kept_and_marked() -> None:
    article = parse_article(
        page(body=TEXT + "<p>Subscribe now to continue reading the full story at Example Times today.</p>")
    )
    assert article.is_truncated
    assert "Subscribe" not in article.body


def test_a_page_that_is_all_script_falls_back_on_its_linked_data() -> None:
    body = re.sub("</?p>", "\n\n", TEXT)
    article = parse_article(
        page(linked({"@type": "NewsArticle", "headline": "H", "articleBody": body}), "<div id=app></div>")
    )
    assert article.body.startswith("Larkspur Compute has leased 300 megawatts")


def test_the_public_benchmark_pages_are_read_well(shared: Path) -> None:
    folder = shared / "real" / "articles"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores = [
        precision_recall(
            page["articleBody"],
            read_body(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), page["url"]),
        )
        for name, page in truth.items()
    ]
    precision, recall = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    assert len(scores) == 91
    assert 2 * precision * recall / (precision + recall) >= LEAST_F1


def read_body(data: bytes, url: str) -> str:
    try:
        return parse_article(data, url=url).body
    except NotAnArticleError:
        return ""


def precision_recall(true: str, read: str) -> tuple[float, float]:
    """As scrapinghub/article-extraction-benchmark counts: multisets of runs of four words."""
    expected, found = shingles(true), shingles(read)
    hits = sum((expected & found).values())
    return (hits / sum(found.values()) if found else 0.0), (hits / sum(expected.values()) if expected else 0.0)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)) if words)


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "<b>word</b> " * 60_000,
        "<div>word " * 60_000,
        "word<br>" * 60_000,
        "<p>" + "word " * 200_000,
        "<table>" * 9_000,
    ],
    ids=["spans", "depth", "breaks", "1 MB line", "tables"],
)
def test_the_time_for_a_hostile_page_is_bounded(body: str) -> None:
    started = time.process_time()
    read_body(page(body=body), URL)
    assert time.process_time() - started < 20


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.text(alphabet="<>/ap\"'= &;!-{}[]", max_size=120), st.text(max_size=40))
def test_no_page_raises_anything_but_the_named_error(noise: bytes, markup: str, url: str) -> None:
    broken_data = f"<script type='application/ld+json'>{markup}</script>"
    for data in (noise, b"<html>" + noise, page(markup, TEXT + markup), page(broken_data)):
        try:
            parse_article(data, url=url)
        except NotAnArticleError:
            continue
