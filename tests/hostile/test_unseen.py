"""What is left out because the body before had it changes nothing of what is kept."""

from __future__ import annotations

import random

import pytest

from extractors.feeds import parse_feed
from extractors.feeds.unseen import without_known
from flows.items import seen_entries
from tests.hostile.feeds import item, rss, stories

URL = "https://wire.example/feed"


def test_only_new_entries_are_parsed_and_the_others_counted() -> None:
    parsed = parse_feed(stories(3, 2, 1, 0), url=URL, before=stories(2, 1, 0))
    assert ([entry.entry_id for entry in parsed.entries], parsed.known_count) == (["guid-3"], 3)


@pytest.mark.parametrize(
    ("new", "before"),
    [
        (rss([item(1), item(2)], title="Other"), rss([item(1)])),  # the head says something else
        (rss([item(2, guid="guid-1"), item(1), item(3)]), rss([item(1), item(3)])),  # the same id
        (rss([item(2, link="https://wire.example/1?utm_source=x"), item(1), item(3)]), rss([item(1), item(3)])),
        (stories(*range(10)), stories(0, 1)),  # most of it is new
        (rss([item(1), item(2), item(3)])[:-30], rss([item(1), item(2)])),  # broken
        (rss(["<item><title><![CDATA[<item>]]></title></item>", item(1)]), rss([item(1)])),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>', stories(1)),
        (stories(1, 2), b"<html>"),
    ],
)
def test_all_is_parsed_where_entries_have_to_do_with_each_other(new: bytes, before: bytes) -> None:
    assert parse_feed(new, url=URL, before=before) == parse_feed(new, url=URL)


def test_what_changes_at_every_poll_is_no_change_of_the_head() -> None:
    new, before = (
        rss([item(number) for number in numbers], head=f"<lastBuildDate>{numbers[0]}</lastBuildDate>").decode()
        for numbers in ((3, 2, 1), (2, 1))
    )
    found = without_known(new, before)
    assert found is not None
    assert found[1] == 2


def test_over_many_polls_the_same_entries_are_kept_as_when_all_is_parsed() -> None:
    draw = random.Random(7)
    for _ in range(60):
        links = [f"https://wire.example/{draw.choice('abc')}/{n % 7}" for n in range(12)]
        pool = [item(n, guid=f"g{n % 9}", link=links[n]) for n in range(12)]
        before = [pool[n] for n in draw.sample(range(12), 8)]
        new = [*(pool[n] for n in draw.sample(range(12), 2)), *before[:6]]
        whole = seen_entries(parse_feed(rss(new), url=URL).entries)
        delta = seen_entries(parse_feed(rss(new), url=URL, before=rss(before)).entries)
        had = set(seen_entries(parse_feed(rss(before), url=URL).entries))
        assert set(delta) <= set(whole)
        if len(delta) < len(whole):
            assert {seen.entry.title for seen in whole} - {seen.entry.title for seen in delta} <= {
                seen.entry.title for seen in had
            }
