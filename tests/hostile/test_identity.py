"""F8, F12: what stays one news item through everything that feeds do to their entries, and what becomes another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.feeds import parse_feed
from extractors.records import Entry
from flows.items import entry_document, seen_entries
from tests.hostile.feeds import item, rss

TOLD = datetime(2026, 6, 1, 10, tzinfo=UTC)
ENTRY = Entry(
    entry_id="1",
    title="Cobalt Ridge leases 140 MW",
    link="https://wire.example/news/1",
    published_at=TOLD,
    publisher="Wire",
)
HOSTS = st.sampled_from(["wire", "WIRE"])
GUIDS = st.text(min_size=1, max_size=20)
TRACKERS = st.lists(st.sampled_from(["utm_source=a", "utm_campaign=9", "fbclid=x", "gclid=y"]), max_size=3)


def seen(*entries: Entry) -> list[tuple[str, str]]:
    return [(one.item_id, one.version_hash) for one in seen_entries(entries)]


@given(
    guid=GUIDS,
    trackers=TRACKERS,
    fragment=st.sampled_from(["", "#top", "#x=1"]),
    host=st.sampled_from(["wire", "WIRE"]),
)
@settings(max_examples=60, deadline=None)
def test_f8_a_new_guid_and_a_tracked_link_make_neither_item_nor_version(
    guid: str, trackers: list[str], fragment: str, host: str
) -> None:
    query = "?" + "&".join(trackers) if trackers else ""
    link = f"https://{host}.example/news/1{query}{fragment}"
    assert seen(replace(ENTRY, entry_id=guid, link=link)) == seen(ENTRY)


@given(guid=GUIDS, token=st.text("abcXYZ019", min_size=1, max_size=12), hours=st.integers(0, 13))
@settings(max_examples=60, deadline=None)
def test_f8_links_that_hide_their_page_are_told_by_publisher_title_and_day(guid: str, token: str, hours: int) -> None:
    hidden = replace(ENTRY, link="https://news.google.com/rss/articles/CBMiA", title=f"{ENTRY.title} - Wire")
    link = f"https://news.google.com/rss/articles/CBMi{token}?oc=5"
    other = replace(hidden, entry_id=guid, link=link, published_at=TOLD + timedelta(hours=hours))
    assert seen(other)[0][0] == seen(hidden)[0][0]
    assert seen_entries([other])[0].entry.entry_id == seen_entries([hidden])[0].entry.entry_id
    assert seen(replace(other, publisher="Other Wire"))[0][0] != seen(hidden)[0][0]
    assert seen(replace(other, published_at=TOLD + timedelta(days=2)))[0][0] != seen(hidden)[0][0]


@given(order=st.permutations(range(6)), twice=st.sets(st.integers(0, 5)))
@settings(max_examples=40, deadline=None)
def test_f7_order_and_repeats_in_a_feed_change_no_identity(order: list[int], twice: set[int]) -> None:
    plain = parse_feed(rss(item(n) for n in range(6)), url="https://wire.example/f").entries
    mixed = parse_feed(
        rss([item(n) for n in order] + [item(n) for n in sorted(twice)]), url="https://wire.example/f"
    ).entries
    assert set(seen(*mixed)) == set(seen(*plain))


@given(text=st.text("abc <>&;€é", min_size=1, max_size=40))
@settings(max_examples=40, deadline=None)
def test_f12_every_edit_of_the_text_is_a_version_of_the_same_item(text: str) -> None:
    edited = replace(ENTRY, summary=text)
    assert seen(edited)[0][0] == seen(ENTRY)[0][0]
    assert seen(edited)[0][1] != seen(ENTRY)[0][1]
    assert entry_document(seen_entries([edited])[0]) == entry_document(seen_entries([replace(edited, entry_id="9")])[0])
