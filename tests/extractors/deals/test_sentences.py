"""Lines, labels and boilerplate."""

from __future__ import annotations

import pytest

from extractors.deals.sentences import Sentence, split_sentences, title_end
from extractors.records import Document


def split(body: str, title: str = "T") -> tuple[str, list[Sentence]]:
    document = Document(document_id="d", title=title, body=body)
    return document.text, [s for s in split_sentences(document) if s.kind == "body"]


@pytest.mark.parametrize(
    ("title", "publisher", "kept"),
    [
        ("Meta taps CoreWeave - Market Brief", "Market Brief", "Meta taps CoreWeave"),
        ("Meta taps CoreWeave - Market Brief", "", "Meta taps CoreWeave - Market Brief"),
        ("Meta signs cloud deal with CoreWeave - Market Brief", "", "Meta signs cloud deal with CoreWeave"),
        ("Meta signs cloud deal with CoreWeave (Jo Doe/CNBC)", "Techmeme", "Meta signs cloud deal with CoreWeave"),
        ("Google buys power (up to 300 MW wind PPA)", "", "Google buys power (up to 300 MW wind PPA)"),
    ],
)
def test_a_publisher_or_byline_is_no_part_of_the_headline(title: str, publisher: str, kept: str) -> None:
    assert title[: title_end(title, publisher)] == kept


def test_abbreviations_end_no_sentence() -> None:
    text, sentences = split("Ironquay Corp. leased space in the U.S. on Oct. 8. It opens in May.")
    assert [text[s.start_char : s.end_char] for s in sentences] == [
        "Ironquay Corp. leased space in the U.S. on Oct. 8.",
        "It opens in May.",
    ]


def test_a_dateline_is_skipped() -> None:
    text, (sentence,) = split("BERLIN - The government blocked the sale.")
    assert text[sentence.start_char : sentence.end_char] == "The government blocked the sale."


def test_a_list_item_keeps_its_label_apart() -> None:
    text, (sentence,) = split("Signed: Meta leased 90 MW.")
    assert (sentence.label, sentence.is_item) == ("Signed", True)
    assert text[sentence.start_char : sentence.end_char] == "Meta leased 90 MW."


def test_boilerplate_is_marked_and_news_about_something_is_not() -> None:
    _, sentences = split(
        "About 90 MW were let.\n\nAbout Kestrel\n\nKestrel owns sites.\n\nThis holds forward-looking statements."
    )
    assert [s.is_boilerplate for s in sentences] == [False, True, True, True]


def test_a_line_without_end_is_cut() -> None:
    _, sentences = split("word " * 40_000)
    assert max(s.end_char - s.start_char for s in sentences) <= 1200
