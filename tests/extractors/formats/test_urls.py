"""Canonical addresses."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.articles import canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://News.Example/A/B", "https://news.example/A/B"),
        ("https://news.example", "https://news.example/"),
        ("https://user:secret@news.example:443/a#top", "https://news.example/a"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://news.example/a?utm_source=x&utm_medium=y&id=3&fbclid=q", "https://news.example/a?id=3"),
        ("https://news.example/a?b=2&a=1&a=0&empty=", "https://news.example/a?a=1&a=0&b=2&empty="),
        ("https://news.example/a?q=AT%26T+3%20GW", "https://news.example/a?q=AT%26T+3+GW"),
        ("https://news.example//a//b/", "https://news.example//a//b/"),
        ("https://news.example/caf%C3%A9?x=%C3%A9", "https://news.example/caf%C3%A9?x=%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        (" https://news.example/a\n", "https://news.example/a"),
        ("https://news.google.com/rss/articles/CBMiAAA?oc=5", "https://news.google.com/rss/articles/CBMiAAA?oc=5"),
        ("https://[::1]:8443/a", "https://[::1]:8443/a"),
    ],
)
def test_all_spellings_of_a_page_have_one_address(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    ["", "  ", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b.example", "//host/path",
     "/path", "news.example/a", "https://", "https:///a", "http://[", "http://a:99999999/", "https://a.example/" * 999],
)  # fmt: skip
def test_what_is_no_web_address_has_none(url: str) -> None:
    assert canonical_url(url) == ""


@given(st.one_of(st.text(max_size=80), st.text(max_size=60).map("https://news.example/".__add__),
                 st.text(alphabet="abAB%/?&=+#@:.[]0 é", max_size=60).map("http://".__add__)))  # fmt: skip
@example("http://a/%2525?%26=%2B")
@example("HTTP://[]@")
def test_the_canonical_form_is_its_own_canonical_form(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
