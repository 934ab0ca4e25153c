"""Lists of feeds: what may stand in them, and which of them a run polls."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.feeds import BUILT_IN, FeedListError, FeedSource, load_feeds, read_feeds, write_feeds
from flows.settings import Settings


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("feed_id,adress\nx,http://x.example/\n", r"feeds.csv:1: unknown column 'adress'"),
        ("feed_id,url,langauge\n", r"did you mean 'language'"),
        ("feed_id,url\nX Y,http://x.example/\n", r"feeds.csv:2: feed_id 'X Y'"),
        ("feed_id,url\nx,file:///etc/passwd\n", r"feeds.csv:2: url 'file:///etc/passwd'"),
        ("feed_id,url,kind\nx,http://x.example/,podcast\n", r"kind 'podcast'"),
        ("feed_id,url,tier\nx,http://x.example/,high\n", r"feeds.csv:2: x: invalid literal"),
        ("feed_id,url\nx,http://x.example/\nx,http://y.example/\n", r"'x' stands there twice"),
        ("feed_id,url\n", r"no feeds in it"),
        ("", r"no feeds in it"),
    ],
)
def test_a_list_that_breaks_its_rules_is_refused_by_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "feeds.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FeedListError, match=complaint):
        read_feeds(path)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(FeedListError, match=r"nowhere.csv: cannot be read"):
        read_feeds(tmp_path / "nowhere.csv")


def test_own_feeds_join_the_built_in_ones_and_go_before_them(settings: Settings) -> None:
    settings.data_dir.mkdir()
    own = [
        FeedSource(feed_id="my_feed", url="http://my.example/f"),
        FeedSource(feed_id="hpcwire", url="http://h.example/"),
    ]
    write_feeds(settings.user_feeds, own)
    loaded = {feed.feed_id: feed for feed in load_feeds(settings)}
    assert loaded["my_feed"] == own[0]
    assert loaded["hpcwire"] == own[1]
    assert len(loaded) == len(read_feeds(BUILT_IN)) + 1


def test_a_named_list_stands_alone(settings: Settings, tmp_path: Path) -> None:
    own = FeedSource(feed_id="a", url="http://a.example/f")
    write_feeds(tmp_path / "f.csv", [own])
    assert load_feeds(settings.model_copy(update={"feeds": tmp_path / "f.csv"})) == [own]


def test_an_unknown_group_is_an_error(settings: Settings) -> None:
    with pytest.raises(FeedListError, match="did you mean 'newswire'"):
        load_feeds(settings.model_copy(update={"groups": ("newswires",)}))
