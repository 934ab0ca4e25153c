"""Writes the expected side of the golden feeds again: `python tests/extractors/golden_feeds.py`. Read the diff."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from extractors.feeds import parse_feed

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "feeds"
URL = "https://feeds.example/feed"


def golden_feeds() -> list[Path]:
    """The inputs, each with its expected records in NAME.expected.json beside it."""
    return sorted(path for path in FOLDER.iterdir() if ".expected" not in path.name)


def expected_of(path: Path) -> Path:
    return path.with_suffix(".expected.json")


def as_read(path: Path) -> Any:
    """What parse_feed makes of the file, as JSON values; fields that hold their default are left out."""
    return _plain(parse_feed(path.read_bytes(), url=URL))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        told = {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {name: item for name, item in told.items() if item not in ("", None, [], False)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value


if __name__ == "__main__":
    for feed in golden_feeds():
        expected_of(feed).write_text(json.dumps(as_read(feed), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
