"""What the news says: bytes and text in, records out. The front door, in order of use, each loaded when asked for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractors.articles import parse_article
    from extractors.deals.resolve import resolve_tape
    from extractors.feeds import parse_feed
    from extractors.read import read_document

__all__ = ["parse_article", "parse_feed", "read_document", "resolve_tape"]

HOMES = {
    "parse_feed": "extractors.feeds",
    "parse_article": "extractors.articles",
    "read_document": "extractors.read",
    "resolve_tape": "extractors.deals.resolve",
}


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(HOMES[name]), name)
