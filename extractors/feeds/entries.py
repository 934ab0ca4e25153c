"""Raw entries -> ``Entry`` records: text without markup, times in UTC, whole addresses, an id of their own each."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.feeds import google_news
from extractors.feeds.raw import RawEntry, RawFeed
from extractors.formats.html_text import html_to_text
from extractors.formats.plain import clean_characters, one_line
from extractors.formats.snippets import only_repeats, split_cut_mark, split_publisher
from extractors.formats.times import parse_time
from extractors.formats.urls import absolute_url
from extractors.records import Entry, Issue, ParsedFeed

MAX_MARKUP_CHARS = 2_000_000  # of one field; an entry with more is no news item, and its text is cut


def assemble(raw: RawFeed, url: str) -> ParsedFeed:
    """The feed's records. Issues of the whole feed have ``url`` as their subject, those of an entry its id."""
    feed_link = absolute_url(url, raw.link.strip())
    feed = replace(raw, title=one_line(html_to_text(raw.title)), link=feed_link)
    is_google = google_news.is_google_news(feed_link, url)
    read = [_entry(entry, feed, base=feed_link or url, is_google=is_google) for entry in raw.entries]
    issues = [replace(issue, subject_id=url or "feed") for issue in raw.issues]
    issues += [issue for _, found in read for issue in found]
    entries, repeated = _without_repeats([entry for entry, _ in read])
    if repeated:
        message = f"entries that repeat another one of the same feed word for word, kept once: {repeated}"
        issues.append(Issue(stage="parse", subject_id=url or "feed", code="entries_repeated", message=message))
    return ParsedFeed(
        format=raw.format,
        title=feed.title,
        link=feed_link,
        language=raw.language.strip(),
        ttl_minutes=raw.ttl_minutes,
        skip_hours=raw.skip_hours,
        skip_days=raw.skip_days,
        entries=entries,
        issues=tuple(issues),
    )


def _entry(raw: RawEntry, feed: RawFeed, *, base: str, is_google: bool) -> tuple[Entry, list[Issue]]:
    title = one_line(html_to_text(raw.title))
    link = clean_characters(absolute_url(base, raw.link.strip()) if raw.link.strip() else "").strip()
    publisher = one_line(html_to_text(raw.source_title))
    related: tuple[str, ...] = ()
    if is_google or google_news.is_google_news(link):
        publisher = publisher or split_publisher(title)[1]
        description = google_news.read_description(_capped(raw.summary), title=title, publisher=publisher)
        summary, related = description.snippet, description.related_titles
    else:
        publisher = publisher or _name_of_feed(feed.title)
        summary = html_to_text(_capped(raw.summary))
    content = html_to_text(_capped(raw.content))
    summary, summary_is_cut = split_cut_mark(summary)
    content, content_is_cut = split_cut_mark(content)
    if google_news.is_google_news(link) and not content and only_repeats(summary, title, publisher):
        summary, summary_is_cut = "", True
    is_over_length = max(len(raw.summary), len(raw.content)) > MAX_MARKUP_CHARS
    entry = Entry(
        entry_id=clean_characters(raw.id).strip() or link or "sha256:" + _hash(title + "\n" + (summary or content)),
        title=title,
        link=link,
        summary=summary,
        content=content,
        authors=tuple(dict.fromkeys(filter(None, (one_line(html_to_text(author)) for author in raw.authors)))),
        published_at=parse_time(raw.published) or parse_time(raw.updated),
        updated_at=parse_time(raw.updated),
        publisher=publisher,
        publisher_url=clean_characters(raw.source_url).strip(),
        language=(raw.language or feed.language).strip(),
        is_truncated=is_over_length or (content_is_cut if content else summary_is_cut),
        related_titles=related,
    )
    return entry, _issues(raw, entry, is_over_length=is_over_length)


def _name_of_feed(title: str) -> str:
    """The feed's title without the time that some (sec.gov) write behind it, which would make each poll a new version.

    >>> _name_of_feed("Latest Filings - Wed, 06 May 2026 17:05:11 EDT")
    'Latest Filings'
    """
    name, dash, tail = title.rpartition(" - ")
    return name if dash and parse_time(tail) else title


def _issues(raw: RawEntry, entry: Entry, *, is_over_length: bool) -> list[Issue]:
    found = [
        ("bad_date", f"“{one_line(written)[:60]}” names no date that exists; the entry is kept without it")
        for written in dict.fromkeys((raw.published, raw.updated))
        if written.strip() and parse_time(written) is None
    ]
    if is_over_length:
        found.append(("text_cut", f"an entry of more than {MAX_MARKUP_CHARS} characters; its text was cut there"))
    if not (entry.title or entry.link or entry.summary or entry.content):
        found.append(("empty_entry", "no title, link or text; kept, with nothing to read"))
    return [Issue(stage="parse", subject_id=entry.entry_id, code=code, message=message) for code, message in found]


def _capped(markup: str) -> str:
    return markup[:MAX_MARKUP_CHARS]


def _without_repeats(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], int]:
    """(the entries without exact repeats, how many those were).

    Where one id stands for several links, each gets the hash of its link behind the id: all of them, so that the ids do
    not depend on the order in which the feed lists them.
    """
    links = defaultdict(set)
    for entry in entries:
        links[entry.entry_id].add(entry.link)
    own = [
        replace(entry, entry_id=f"{entry.entry_id}#{_hash(entry.link)[:12]}")
        if len(links[entry.entry_id]) > 1
        else entry
        for entry in entries
    ]
    kept = tuple(dict.fromkeys(own))
    return kept, len(own) - len(kept)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()
