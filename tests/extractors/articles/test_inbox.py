"""Files added by hand: which lines of a copied page are head, snippet, text and links."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.articles import parse_inbox
from extractors.errors import NotAnArticleError
from extractors.records import Article

MAY_6 = datetime(2026, 5, 6, tzinfo=UTC)
PARAGRAPH = (
    "Larkspur Compute has leased 300 megawatts from Tern & Sons, in a deal that both companies confirmed on Wednesday."
)
COPIED = f"""← Google News

Larkspur leases 300 MW as it plows ahead - Example Times

Google News · May 6, 2026
Larkspur leases 300 MW as it plows ahead Example Times [truncated: the feed gives a snippet, not the full article

Detailed Analysis

{PARAGRAPH}

It gave no price.

Read original article →"""


def read(text: str, name: str = "note.txt") -> Article:
    return parse_inbox(text.encode(), name=name)


def test_a_copied_page_behind_an_aggregator_gives_the_publisher_the_day_and_the_text() -> None:
    assert read(COPIED) == Article(
        title="Larkspur leases 300 MW as it plows ahead",
        body=f"{PARAGRAPH}\n\nIt gave no price.",
        published_at=MAY_6,
        publisher="Example Times",
        is_truncated=True,
    )


def test_a_text_without_headline_and_date_gets_neither() -> None:
    assert read(f"Detailed Analysis\n{PARAGRAPH}\n{PARAGRAPH}\nRead original article →") == Article(
        title="", body=f"{PARAGRAPH}\n\n{PARAGRAPH}"
    )


@pytest.mark.parametrize(
    ("head", "title", "publisher", "published_at"),
    [
        ("Larkspur leases 300 MW\nExample Times | 6 May 2026", "Larkspur leases 300 MW", "Example Times", MAY_6),
        ("Tern Power - a history\nMay 6, 2026", "Tern Power - a history", "", MAY_6),
        ("Tern wins deal - Example Times\nExample Times - May 6, 2026", "Tern wins deal", "Example Times", MAY_6),
        ("Larkspur leases 300 MW\nBy Robin Sample\nPublished: 2026-05-06", "Larkspur leases 300 MW", "", MAY_6),
        ("Title: Larkspur leases\nSource: Example Times\nDate: 2026-05-06", "Larkspur leases", "Example Times", MAY_6),
        ("Skip to content\nMenu\nLarkspur leases 300 MW\nShare", "Larkspur leases 300 MW", "", None),
        ("Larkspur leases 300 MW\nUpdated sometime", "Larkspur leases 300 MW", "", None),
        ("", "", "", None),
    ],
)  # fmt: skip
def test_the_lines_above_a_text_say_what_it_is(
    head: str, title: str, publisher: str, published_at: datetime | None
) -> None:
    article = read(f"{head}\n\n{PARAGRAPH}\n\n{PARAGRAPH}")
    assert (article.title, article.publisher, article.published_at) == (title, publisher, published_at)
    assert PARAGRAPH in article.body


def test_a_date_in_the_text_is_no_dateline() -> None:
    article = read(f"Larkspur leases 300 MW\n\n{PARAGRAPH}\n\nThe site opens on May 6, 2027 in Oulu, the two said.")
    assert article.published_at is None
    assert "May 6, 2027" in article.body


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Larkspur Compute has leased 300 megawatts\nfrom Tern & Sons, in a deal both of\nthem confirmed on Wednesday."
    )
    assert read(text).body == text.replace("\n", " ")


def test_markdown_loses_its_marks() -> None:
    article = read(
        '---\ntitle: "Larkspur leases"\ndate: 2026-05-06\n---\n# Larkspur leases\n\nIt has **leased** 300 MW from'
        " [Tern](https://tern.example/a_(b)) for `15` years, ![x](y.png) the firm said.\n\n- one\n- two",
        name="note.md",
    )
    assert (article.title, article.published_at) == ("Larkspur leases", MAY_6)
    assert "It has leased 300 MW from Tern for 15 years" in article.body
    assert "#" not in article.body


def test_html_is_read_as_a_page_and_a_fragment_as_text() -> None:
    whole = f"<html><head><title>A deal</title></head><body><article><p>{PARAGRAPH}</p></article></body></html>"
    assert read(whole, "page.html").title == "A deal"
    assert read("<p>Tern buys 5 MW.</p>", "bit.html").body == "Tern buys 5 MW."


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7 x", "binary file (PDF), give text or HTML"),
        (b"PK\x03\x04zip", "binary file (zip or office document), give text or HTML"),
        (b"\x89PNG\r\n", "binary file (PNG image), give text or HTML"),
        (b"text\x00text", "binary file (NUL bytes), give text or HTML"),
    ],
)
def test_what_holds_no_text_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(NotAnArticleError) as refusal:
        parse_inbox(data, name="x.bin")
    assert refusal.value.message.startswith(says)
    assert refusal.value.subject_id == "x.bin"


def test_the_seeds_are_read(shared: Path) -> None:
    seeds = {path.name: parse_inbox(path.read_bytes(), name=path.name) for path in (shared / "seeds").glob("*.txt")}
    dated = [seed for seed in seeds.values() if seed.published_at]
    undated = [seed for seed in seeds.values() if not seed.published_at]
    assert [(seed.publisher, seed.published_at, seed.is_truncated) for seed in dated] == [("Reuters", MAY_6, True)]
    assert [(seed.title, seed.publisher, seed.is_truncated) for seed in undated] == [("", "", False)]
    for seed in seeds.values():
        assert seed.body.startswith("Anthropic has entered into")
        assert not any(
            mark in seed.body for mark in ("Detailed Analysis", "truncated", "original article", "Google News ·")
        )


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode).filter(bool)),
    st.sampled_from(["txt", "md", "html"]),
)
def test_no_file_raises_anything_but_the_named_error(data: bytes, suffix: str) -> None:
    try:
        article = parse_inbox(data, name=f"x.{suffix}")
    except NotAnArticleError:
        return
    assert article.title or article.body
