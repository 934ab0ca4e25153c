"""Feeds as the world writes them, where the team's shared folder is there."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

from extractors.feeds import parse_feed
from extractors.records import ParsedFeed

LEAST_SHARE_OF_GOFEED = 0.97


def test_no_real_feed_loses_an_entry(shared: Path) -> None:
    folder = shared / "real" / "feeds"
    counted = {row["file"]: row["item_tags"] for row in map(json.loads, (folder / "manifest.jsonl").open())}
    counted |= {
        path.name: len(re.findall(rb"<(?:item|entry)[\s>]", path.read_bytes())) for path in folder.glob("*.xml")
    }
    assert len(counted) >= 24
    read = {name: len(parse_feed((folder / name).read_bytes()).entries) for name in counted}
    assert read == counted


def test_gofeed_agrees_on_items_titles_links_and_dates(shared: Path) -> None:
    pairs = gofeed_pairs(shared / "real" / "feeds" / "gofeed")
    assert len(pairs) == 97
    apart = [
        feed.name
        for feed, expected in pairs
        if told(parse_feed(feed.read_bytes())) != told_by(json.loads(expected.read_text()))
    ]
    assert 1 - len(apart) / len(pairs) >= LEAST_SHARE_OF_GOFEED, apart


def gofeed_pairs(folder: Path) -> list[tuple[Path, Path]]:
    """(feed, what gofeed says of it)."""
    xml = [(path, path.with_suffix(".json")) for path in sorted(folder.glob("*.xml"))]
    as_json = [(folder / path.name.replace("_expected", ""), path) for path in sorted(folder.glob("*_expected.json"))]
    return xml + as_json


def told(feed: ParsedFeed) -> object:
    return feed.title, feed.link, [(entry.title, entry.link, entry.published_at) for entry in feed.entries]


def told_by(gofeed: dict) -> object:
    def moment(item: dict) -> datetime | None:
        written = item.get("publishedParsed") or item.get("updatedParsed")
        return datetime.fromisoformat(written) if written else None

    items = [(item.get("title", ""), item.get("link", ""), moment(item)) for item in gofeed["items"]]
    return gofeed.get("title", ""), gofeed.get("link", ""), items
