"""A feed as it was written: strings only, before text, dates and addresses are read."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One entry, each field as the feed has it (markup included), "" where it has none."""

    id: str = ""
    title: str = ""
    link: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    source_title: str = ""
    source_url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed with its entries in their order."""

    format: str
    title: str = ""
    link: str = ""
    language: str = ""
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    entries: tuple[RawEntry, ...] = ()
    issues: tuple[Issue, ...] = ()
