"""Markup to text: undone once, words kept apart, nothing lost, linear."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.html_text import html_to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("AT&T, S&P, M&A", "AT&T, S&P, M&A"),
        ('A<svg width="9"><title>Icon</title><path d="M0 0"/></svg>B<svg/>C <svg>3 GW', "A B C 3 GW"),
        ("<p>P = <math><mi>n</mi><mo>×</mo><mn>3</mn></math> MW</p>", "P = n×3 MW"),
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&amp;T"),
        ("ends in &", "ends in &"),
        ("a<b and c>d", "a<b and c>d"),
        ("x <b and c> y", "x <b and c> y"),
        ("if a<b then <b>bold</b>", "if a<b then bold"),
        ("<Acme> is no tag", "<Acme> is no tag"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div>Two", "One\n\nTwo"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("<tr><td>300</td><td>MW</td></tr>", "300 MW"),
        ("in<b>fra</b>structure", "infrastructure"),
        ("<p>a\n   b</p>", "a b"),
        ("3&nbsp;GW &#8211; &#x20AC;2bn", "3 GW – €2bn"),
        ("<script>var a = '<p>x</p>';</script>Text<style>p{}</style>", "Text"),
        ("<script>never closed", ""),
        ("A<!-- no -->B <!-- unclosed", "AB"),
        ('<a href="x" title="a > b">link</a>', "link"),
        ("<a title='it's broken' href=x>link</a>", "link"),
        ("cut in the tag <a href='http", "cut in the tag"),
        ("<![CDATA[<p>x</p>]]>", "x"),
        ("<o:p>Word</o:p> <my-tag a=1>x</my-tag>", "Word x"),
        ("&copy=1 &notit; &#xD800;&#0;", "&copy=1 &notit; ��"),
        ("nul\x00 esc\x1b[31m \ud800 \u200b\u202e", "nul esc[31m"),
    ],
)  # fmt: skip
def test_markup_becomes_the_text_that_it_shows(markup: str, text: str) -> None:
    assert html_to_text(markup) == text


def test_wrapped_lines_of_plain_text_are_joined_and_paragraphs_kept() -> None:
    wrapped = (
        "Larkspur Compute said on Wednesday that it\nhad signed for 300 megawatts\nof new load.\n\nIt gave no price."
    )
    assert (
        html_to_text(wrapped)
        == "Larkspur Compute said on Wednesday that it had signed for 300 megawatts of new load.\n\nIt gave no price."
    )


@given(st.text(max_size=200))
def test_escaped_text_comes_back_word_for_word(text: str) -> None:
    assert (
        html_to_text("<p>" + html.escape(text) + "</p>").split() == html_to_text(text).split()
        or "&" in text
        or "<" in text
    )


@given(st.text(alphabet="<>/ab&;\"'= !-#x1\n", max_size=300))
def test_no_markup_raises_or_leaves_controls(markup: str) -> None:
    text = html_to_text(markup)
    assert text == text.strip()
    assert "\n\n\n" not in text


@pytest.mark.parametrize("piece", ['<b a="', "<b ", "<!--", "<script>", "</b", "&#60;", "<br>\n", "<a x='\"", "<p>x"])
def test_a_megabyte_of_anything_takes_seconds(piece: str) -> None:
    started = time.process_time()
    html_to_text(piece * (1_000_000 // len(piece)))
    assert time.process_time() - started < 10
