"""A page copied as text -> Article: which lines are navigation, headline, dateline or snippet, and which are the text.

Only the head of the text (to its first paragraph) and its end are searched for such lines; the middle is body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from extractors.formats.plain import plain_text
from extractors.formats.snippets import only_repeats, split_cut_mark, split_publisher, words_of
from extractors.formats.times import parse_time
from extractors.formats.urls import canonical_url, is_web_address
from extractors.records import Article

# Names that stand where a publisher would, and are none: they show the news of others.
AGGREGATORS = (
    "Google News", "Yahoo News", "Bing News", "MSN", "Apple News", "Feedly", "Flipboard", "Inoreader", "NewsBreak",
    "SmartNews", "Techmeme", "Hacker News",
)  # fmt: skip
# Whole lines around a text that are no part of it.
NAVIGATION = (
    r"[←‹«<]+\s*\S.{0,40}",  # "← Google News"
    r"\S.{0,40}\s*[→›»]",  # "Next story →"
    r"(?:home|menu|search|share|share this(?: article)?|print|save|comments?|advertisement|subscribe)",
    r"(?:sign in|log in|sign up|skip to (?:main )?content|back to (?:top|news|results)|all news|more news)",
    r"(?:related(?: articles| stories)?|follow us.{0,40})",
    r"(?:read|view|see|open|visit)\s+(?:the\s+)?(?:original|full|source)(?:\s+(?:article|story|text|post|source))?\s*[→›»]?",
    r"(?:original article|source article|read more|continue reading)\s*[→›»]?",
    r"\d+\s*(?:min(?:ute)?s?)\s*(?:read)?",
)
# Headings over a text that is the article's own.
SECTION_HEADINGS = frozenset(
    ("detailed analysis", "analysis", "summary", "full text", "full article", "article", "overview", "story", "content")
)
# "Source: Example Times": the keys of such lines, and what they tell.
FIELDS = {
    "title": "title", "headline": "title", "source": "publisher", "publisher": "publisher", "publication": "publisher",
    "date": "published", "published": "published", "published on": "published", "posted": "published",
    "publication date": "published", "posted on": "published", "url": "url", "link": "url",
    "author": "", "by": "", "authors": "", "updated": "", "last updated": "", "tags": "", "category": "",
}  # fmt: skip

_NAVIGATION = re.compile("|".join(f"(?:{row})" for row in NAVIGATION), re.IGNORECASE)
_FIELD = re.compile(rf"({'|'.join(sorted(FIELDS, key=len, reverse=True))})\s*:\s*(\S.*)", re.IGNORECASE)
_BYLINE = re.compile(r"by\s+[^\W\d_]\S*(?:\s+\S+){1,5}", re.IGNORECASE)
_DATE_LABEL = re.compile(r"(?:published|posted|updated|last updated|date)(?:\s+on)?\s*:?\s+", re.IGNORECASE)
_PARTS = re.compile(r"\s*[·|•]\s*|\s+[–—-]\s+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_LONGEST_HEADLINE = 250  # characters
_LEAST_HEADLINE_WORDS = 3
_LONGEST_HEAD = 15  # lines searched for what is no body
_LONGEST_LINE = 300  # characters of a line of the head


@dataclass(slots=True)
class _Head:
    """What the lines above the text say."""

    title: str = ""
    publisher: str = ""
    is_behind_aggregator: bool = False
    published_at: datetime | None = None
    url: str = ""
    is_truncated: bool = False
    body: list[str] = field(default_factory=list)


def read_copied_text(text: str, *, url: str = "") -> Article:
    """The article in a text that was copied from a page or written by hand.

    A text that starts with a sentence has no headline (title ""), and one without a dateline no date.
    """
    lines = [line for line in plain_text(text).split("\n") if line]
    head = _read_head(lines)
    body = _without_tail(head.body)
    title, publisher = head.title, head.publisher
    if head.is_behind_aggregator and not publisher:
        title, publisher = split_publisher(title)
    elif publisher:
        headline, named = split_publisher(title)
        title = headline if words_of(named) == words_of(publisher) else title
    text_body, is_cut = split_cut_mark("\n\n".join(body))
    address = url or head.url
    return Article(
        title=title,
        body=text_body,
        url=address,
        canonical_url=canonical_url(address),
        published_at=head.published_at,
        publisher=publisher,
        is_truncated=head.is_truncated or is_cut,
    )


def _read_head(lines: list[str]) -> _Head:
    """Reads lines until the text begins; ``body`` is what is left."""
    head = _Head()
    for position, line in enumerate(lines):
        if position >= _LONGEST_HEAD or not _is_of_head(line, head, lines[position + 1 :]):
            head.body = lines[position:]
            break
    return head


def _is_of_head(line: str, head: _Head, rest: list[str]) -> bool:
    """Whether the line belongs to the head; what it says is noted in ``head``."""
    if len(line) > _LONGEST_LINE:
        return False
    aggregator = _aggregator_in(line)
    if _NAVIGATION.fullmatch(line) or words_of(line) in SECTION_HEADINGS or words_of(line) == aggregator:
        head.is_behind_aggregator |= bool(aggregator)
        return True
    if found := _FIELD.fullmatch(line):
        return _note_field(head, FIELDS[found[1].lower()], found[2].strip())
    if _BYLINE.fullmatch(line) and not _SENTENCE_END.search(line):
        return True
    if _note_dateline(head, line):
        return True
    if head.title and _note_snippet(head, line):
        return True
    return not head.title and _note_headline(head, line, rest)


def _note_field(head: _Head, meaning: str, value: str) -> bool:
    if meaning == "title":
        head.title = head.title or value
    elif meaning == "publisher" and words_of(value) == _aggregator_in(value):
        head.is_behind_aggregator = True
    elif meaning == "publisher":
        head.publisher = head.publisher or value
    elif meaning == "published":
        head.published_at = head.published_at or parse_time(value)
    elif meaning == "url" and is_web_address(value):
        head.url = head.url or value
    return True


def _note_dateline(head: _Head, line: str) -> bool:
    """A line that holds a date and at most who published it: "Google News · May 6, 2026"."""
    parts = [_DATE_LABEL.sub("", part, count=1) for part in _PARTS.split(line) if part]
    dates = [parse_time(part) for part in parts]
    names = [part for part, moment in zip(parts, dates, strict=True) if moment is None]
    moment = next(filter(None, dates), None) or parse_time(_DATE_LABEL.sub("", line, count=1))
    if moment is None or len(parts) > 4 or any(len(name.split()) > 6 for name in names):
        return False
    head.published_at = head.published_at or moment
    for name in names if any(dates) else []:
        if _aggregator_in(name) == words_of(name):
            head.is_behind_aggregator = True
        elif not _BYLINE.fullmatch(name) and not _NAVIGATION.fullmatch(name):
            head.publisher = head.publisher or name
    return True


def _note_snippet(head: _Head, line: str) -> bool:
    """A line that says the headline again, with the publisher's name or a cut mark behind it."""
    said, is_cut = split_cut_mark(line)
    headline, named = split_publisher(head.title)
    if not (only_repeats(said, head.title, head.publisher) or only_repeats(said, headline, named)):
        return False
    head.is_truncated |= is_cut or bool(_aggregator_in(line))
    if named and f"- {named}" not in said and words_of(said).endswith(words_of(named)):
        head.publisher = head.publisher or named  # "Headline Example Times": what the dash cut off is a name here too
    return True


def _note_headline(head: _Head, line: str, rest: list[str]) -> bool:
    """The first line that is shaped like a headline: short, no sentence, and with more text below it."""
    is_headline = (
        len(line) <= _LONGEST_HEADLINE
        and len(line.split()) >= _LEAST_HEADLINE_WORDS
        and not _SENTENCE_END.search(line)
        and bool(rest)
    )
    if is_headline:
        head.title = line
    return is_headline


def _aggregator_in(line: str) -> str:
    """The aggregator that a line names, in the form of ``words_of``, or ""."""
    words = f" {words_of(line)} "
    return next((name for name in map(words_of, AGGREGATORS) if f" {name} " in words), "")


def _without_tail(lines: list[str]) -> list[str]:
    """The lines without the links and buttons at their end."""
    kept = list(lines)
    while kept and len(kept[-1]) <= _LONGEST_LINE and (_NAVIGATION.fullmatch(kept[-1]) or is_web_address(kept[-1])):
        kept.pop()
    return kept
