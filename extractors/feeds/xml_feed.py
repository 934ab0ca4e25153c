"""RSS, RDF and Atom, by feedparser, to a ``RawFeed``."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from extractors.feeds import repair
from extractors.feeds.raw import RawEntry, RawFeed
from extractors.feeds.sniff import allowed_characters
from extractors.records import Issue

UPDATE_PERIOD_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONGEST_TTL = 525_600  # minutes; more is no wish but a mistake
_CUT_ADDRESS = re.compile(r"\.[A-Za-z]{4}$")
_ADDRESS = re.compile(r"[^\s@<>()]{1,100}@[^\s@<>()]{1,200}")


def read(source: str) -> RawFeed:
    """The feed in ``source``, which begins with its root element; characters that XML forbids are left out."""
    import feedparser

    feedparser.api.PREFERRED_XML_PARSERS.clear()  # it would look for libxml2's, which opens files, at every parse
    source = allowed_characters(source)
    sound = repair.well_formed(source)
    parsed = feedparser.parse(
        BytesIO(sound.encode("utf-8", errors="replace")),  # of bytes alone it would try to open a file of that name
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    version = parsed.get("version") or ""
    is_atom = version.startswith("atom")
    feed_authors = _authors(parsed.feed) if is_atom else ()  # RFC 4287 4.2.1: of entries that name none
    entries = tuple(_entry(entry, is_atom=is_atom, feed_authors=feed_authors) for entry in parsed.entries)
    issues = []
    if sound is not source and (lost := repair.entry_count(source) - len(entries)) > 0:
        message = f"the feed is not well-formed XML; entries that could not be read: {lost}"
        issues.append(Issue(stage="parse", subject_id="", code="entries_lost", message=message))
    feed = parsed.feed
    return RawFeed(
        format=version,
        title=_text(feed, "title"),
        link=_text(feed, "link"),
        language=_text(feed, "language"),
        ttl_minutes=_ttl_minutes(feed),
        skip_hours=_skip_hours(source),
        skip_days=_skip_days(source),
        entries=entries,
        issues=tuple(issues),
    )


def _entry(entry: Any, *, is_atom: bool, feed_authors: tuple[str, ...]) -> RawEntry:
    content = max((_text(part, "value") for part in dict.get(entry, "content") or ()), key=len, default="")
    # feedparser copies an Atom entry's content to its summary where it has none of its own
    summary = _text(entry, "summary") if "summary_detail" in entry or not content else ""
    source = dict.get(entry, "source") or {}
    return RawEntry(
        id=_text(entry, "id"),  # where the feed has an xml:base, feedparser joins the two
        title=_text(entry, "title"),
        link=_link(entry, is_atom=is_atom),
        summary=summary,
        content=content,
        authors=_authors(entry) or feed_authors,
        published=_text(entry, "published") or _text(entry, "created"),
        updated=_text(entry, "updated"),
        source_title=_text(source, "title"),
        source_url=_text(source, "href") or _text(source, "link"),
        language=_text(dict.get(entry, "title_detail") or {}, "language"),
    )


def _text(record: Any, key: str) -> str:
    """The field's string, past feedparser's fallbacks (it answers "published" when asked for a missing "updated")."""
    value = dict.get(record, key)
    return value if isinstance(value, str) else ""


def _link(entry: Any, *, is_atom: bool) -> str:
    """Address of the page. A guid stands in for it only in RSS, and only if it looks like an address."""
    if original := _text(entry, "feedburner_origlink"):
        return original
    pages = [
        _text(link, "href")
        for link in dict.get(entry, "links") or ()
        if _text(link, "rel") == "alternate" and "html" in (_text(link, "type") or "html")
    ]
    # of several links an Atom entry's first is meant, an RSS item's last is what every reader takes
    link = next((page for page in pages if page), "") if is_atom else ""
    link = link or _text(entry, "link")
    is_guid = dict.get(entry, "guidislink") and link == _text(entry, "id") and not pages
    return "" if is_guid and (is_atom or not link.startswith(("http://", "https://", "/"))) else link


def _authors(entry: Any) -> tuple[str, ...]:
    names = [_author_name(author, _text(entry, "author")) for author in dict.get(entry, "authors") or ()]
    return tuple(dict.fromkeys(name for name in names if name)) or tuple(filter(None, (_text(entry, "author"),)))


def _author_name(author: Any, written: str) -> str:
    """An author's name, else the e-mail address; ``written`` is the last author as the entry has it.

    Of an address feedparser takes four letters of the top-level domain and leaves the rest of it in the name.
    """
    name, email = _text(author, "name"), _text(author, "email")
    if not _CUT_ADDRESS.search(email):
        return name or email
    if email in written:
        return _ADDRESS.sub("", written).strip(" ()<>") or written
    told = re.search(r"\(([^()]+)", name)
    return told[1] if told else name


def _skip_hours(source: str) -> tuple[int, ...]:
    """Hours of RSS's <skipHours>, which feedparser does not hand out; 24 is midnight."""
    hours = {int(told) % 24 for told in _skipped(source, "Hours") if re.fullmatch(r"[01]?\d|2[0-4]", told)}
    return tuple(sorted(hours))


def _skip_days(source: str) -> tuple[str, ...]:
    """Days of RSS's <skipDays>."""
    return tuple(day for day in WEEKDAYS if day in {told.capitalize() for told in _skipped(source, "Days")})


def _skipped(source: str, kind: str) -> list[str]:
    found = re.search(rf"<skip{kind}>(.{{0,2000}}?)</skip{kind}>", source, re.DOTALL)
    return [told.strip() for told in re.findall(r"<(?:hour|day)>([^<]{1,20})<", found[1])] if found else []


def _ttl_minutes(feed: Any) -> int | None:
    """How long the feed asks to be left alone: <ttl>, else the syndication module's period over its frequency."""
    ttl = _text(feed, "ttl").strip()
    if ttl.isdecimal() and 0 < int(ttl[:9]) <= _LONGEST_TTL:
        return int(ttl[:9])
    period = UPDATE_PERIOD_MINUTES.get(_text(feed, "sy_updateperiod").strip().lower())
    frequency = _text(feed, "sy_updatefrequency").strip()
    if period is None:
        return None
    return max(1, period // max(1, int(frequency[:4]))) if frequency.isdecimal() else period
