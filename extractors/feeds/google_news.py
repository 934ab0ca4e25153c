"""What Google News puts into an entry's description: links and publishers, hardly ever a text."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.formats.html_text import Tag, text_of, tokens
from extractors.formats.plain import one_line
from extractors.formats.snippets import only_repeats, words_of
from extractors.formats.urls import host_of

HOST = "news.google.com"
NO_STORY = frozenset(("view full coverage on google news", "full coverage", "view full coverage"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A description taken apart."""

    snippet: str = ""  # text of the story itself, "" for the usual description that has none
    related_titles: tuple[str, ...] = ()  # headlines of other stories in the list


def is_google_news(*addresses: str) -> bool:
    """Whether one of the addresses is Google News."""
    return any(host_of(address) == HOST for address in addresses if "google" in address)


def read_description(markup: str, *, title: str, publisher: str) -> Description:
    """The description's own snippet and the related headlines.

    The first link is the entry's headline again. Every other link is another story: a hint at most, and never text, or
    the amounts of several deals would meet in one summary.

    >>> read_description(
    ...     '<ol><li><a href="x">Acme leases 300 MW</a> <font>Wire</font></li><li><a href="y">Beta buys</a></li></ol>',
    ...     title="Acme leases 300 MW - Wire", publisher="Wire")
    Description(snippet='', related_titles=('Beta buys',))
    """
    headlines: list[str] = []
    own: list[str | Tag] = []
    held: list[str | Tag] = []
    depth = {"a": 0, "font": 0, "li": 0}
    for part in tokens(markup):
        if isinstance(part, Tag) and part.name in depth:
            depth[part.name] = max(0, depth[part.name] + (-1 if part.is_end else 1))
            if part.name == "a":
                headlines += [one_line(text_of(held))] if part.is_end and held else []
                held = []
        elif depth["a"]:
            held.append(part)
        elif not depth["font"] and (not depth["li"] or len(headlines) == 1):
            own.append(part)
    headlines += [one_line(text_of(held))] if held else []
    snippet = text_of(own)
    related = [
        headline
        for headline in headlines[1:]
        if words_of(headline) not in NO_STORY and not only_repeats(headline, title, publisher)
    ]
    return Description(
        snippet="" if only_repeats(snippet, title, publisher) else snippet,
        related_titles=tuple(dict.fromkeys(filter(None, related))),
    )
