"""Feeds for the hostile server."""

from __future__ import annotations

from collections.abc import Iterable


def rss(items: Iterable[str], *, title: str = "Wire", head: str = "") -> bytes:
    """An RSS feed of these items."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{title}</title>{head}'
        f"{''.join(items)}</channel></rss>"
    ).encode()


def item(
    number: int | str, title: str = "", *, guid: str | None = None, link: str | None = None, date: str = ""
) -> str:
    """One item; guid and link of its number where none are given."""
    guid = f"guid-{number}" if guid is None else guid
    link = f"https://wire.example/{number}" if link is None else link
    return (
        f"<item><title>{title or f'Story number {number}'}</title>"
        + (f"<link>{link}</link>" if link else "")
        + (f"<guid isPermaLink='false'>{guid}</guid>" if guid else "")
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + f"<description>What story {number} tells.</description></item>"
    )


def stories(*numbers: int) -> bytes:
    """A feed of so numbered stories."""
    return rss(item(number) for number in numbers)
