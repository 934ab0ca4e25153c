"""Which entries tell of one news item, and what an entry's own text is as a document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from extractors.records import Entry
from flows.items import entry_document, entry_of_document, item_of_url, seen_entries

TOLD = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
ENTRY = Entry(
    entry_id="1",
    title="Cobalt Ridge leases 140 MW",
    link="https://news.example/a?utm_source=rss",
    summary="The lease runs 15 years.",
    published_at=TOLD,
    publisher="Example Wire",
)
GOOGLE = replace(
    ENTRY,
    entry_id="CBMiA",
    title="Cobalt Ridge leases 140 MW - Example Wire",
    link="https://news.google.com/rss/articles/CBMiA?oc=5",
    related_titles=("Another story",),
)


def item(entry: Entry) -> str:
    return seen_entries([entry])[0].item_id


def version(entry: Entry) -> str:
    return seen_entries([entry])[0].version_hash


@pytest.mark.parametrize(
    "again",
    [
        replace(ENTRY, entry_id="2"),
        replace(ENTRY, link="https://news.example/a"),
        replace(ENTRY, title="Cobalt Ridge leases 150 MW", summary="Corrected."),
        replace(ENTRY, publisher="Another feed"),
    ],
    ids=["new guid", "tracking dropped", "edited", "in another feed"],
)
def test_one_page_is_one_item(again: Entry) -> None:
    assert item(again) == item(ENTRY)


def test_links_to_pages_of_their_own_are_items_of_their_own() -> None:
    assert item(replace(ENTRY, link="https://news.example/b")) != item(ENTRY)


@pytest.mark.parametrize("link", ["", "https://news.example/", "https://news.google.com/rss/articles/CBMiB?oc=5"])
def test_without_a_page_of_its_own_publisher_title_and_day_are_the_item(link: str) -> None:
    entry = replace(ENTRY, link=link)
    same_day = replace(entry, entry_id="9", title="Cobalt Ridge  leases 140 MW", published_at=TOLD + timedelta(hours=3))
    assert item(same_day) == item(entry)
    assert item(replace(entry, published_at=TOLD + timedelta(days=1))) != item(entry)
    assert item(replace(entry, publisher="Other Wire")) != item(entry)


def test_google_news_with_a_new_guid_and_link_is_the_same_entry_and_document() -> None:
    later = replace(
        GOOGLE,
        entry_id="CBMiZ",
        link="https://news.google.com/rss/articles/CBMiZ?oc=5",
        related_titles=("A third one",),
    )
    first, second = seen_entries([GOOGLE])[0], seen_entries([later])[0]
    assert (first.item_id, first.version_hash, first.entry.entry_id) == (
        second.item_id,
        second.version_hash,
        second.entry.entry_id,
    )
    assert entry_document(first) == entry_document(second)


def test_several_news_behind_one_link_stay_several_items() -> None:
    other = replace(ENTRY, entry_id="2", title="Halvorsen Grid sold")
    first, second = seen_entries([ENTRY, other])
    assert first.item_id != second.item_id


@pytest.mark.parametrize(
    ("change", "is_new_version"),
    [
        ({"summary": "The lease runs 20 years."}, True),
        ({"title": "Cobalt Ridge leases 150 MW"}, True),
        ({"published_at": TOLD + timedelta(minutes=1)}, True),
        ({"entry_id": "2"}, False),
        ({"related_titles": ("x",)}, False),
        ({"updated_at": TOLD + timedelta(hours=1)}, False),
    ],
)
def test_an_edit_is_a_new_version_and_churn_is_not(change: dict[str, object], is_new_version: bool) -> None:
    assert (version(replace(ENTRY, **change)) != version(ENTRY)) is is_new_version  # type: ignore[arg-type]


def test_the_feeds_own_title_gives_way_to_the_registered_publisher() -> None:
    entries = [replace(ENTRY, publisher="Latest headlines"), replace(ENTRY, publisher="Reuters")]
    seen = seen_entries(entries, publisher="Example Wire", feed_title="Latest headlines")
    assert [one.entry.publisher for one in seen] == ["Example Wire", "Reuters"]


def test_an_entry_document_gives_the_entry_back() -> None:
    entry = replace(ENTRY, authors=("A. B.", "C. D."), content="Body\n\nof it", is_truncated=True, language="en")
    seen = seen_entries([entry])[0]
    assert entry_of_document(entry_document(seen)) == replace(entry, entry_id=seen.item_id)


def test_a_lone_surrogate_survives() -> None:
    seen = seen_entries([replace(ENTRY, title="broken \ud83d emoji")])[0]
    assert entry_of_document(entry_document(seen)).title == "broken \ud83d emoji"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "Expecting value"),
        (b"[]", "no JSON object"),
        (b'{"title": "x", "entry_id": "1", "unknown": 1}', "unknown"),
        (b"\xff\xfe", "decode"),
    ],
)
def test_other_bytes_are_no_entry_document(data: bytes, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        entry_of_document(data)


def test_an_item_named_by_address_is_that_of_its_entry() -> None:
    assert item_of_url("https://news.example/a") == item(ENTRY)
