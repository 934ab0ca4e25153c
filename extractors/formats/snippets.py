"""Signs of a snippet: marks that a text was cut short, words of a link to the rest, a mere repeat of the title."""

from __future__ import annotations

import re

_NEW_SENTENCE = r"(?:(?<=[.!?…:\"”’)\]\n])|\A)\s*"
_LINK_END = r"[\w ,'’“”\"-]{0,80}[\])]?[ .…→»›>]*"
# What a cut text ends in, pattern by pattern; removed, since it is no word of the source.
CUT_MARKS = (
    r"[\[(](?:…|\.\.\.)[\])]",  # [...]
    r"\[\s*truncated\b[^\[\]]*\]?",
    r"\[?\+\s?\d+\s+chars\]?",  # news APIs: [+2314 chars]
    rf"{_NEW_SENTENCE}[\[(]?(?:Read|View|See|Get) (?:more|the (?:full|rest|whole|entire|complete)|full)\b{_LINK_END}",
    rf"{_NEW_SENTENCE}[\[(]?(?:Continue|Keep) reading\b{_LINK_END}",
    rf"{_NEW_SENTENCE}[\[(]?(?:Read on|More|Full (?:story|article|text)|Learn more|Click here)\b{_LINK_END}",
    r"[→»›]",
)
# Sentences that software adds below every text; removed, and no sign of a cut.
BOILERPLATE_ENDS = (
    r"The post\s.{1,300}?\s(?:appeared first|first appeared) on\s.{1,100}",
    r"This (?:article|post|story) (?:was )?(?:originally|first) (?:published|appeared)\s.{1,200}",
    r"(?:Read|View|See) (?:the )?(?:original|source)(?: (?:article|story|post|text|version))?"
    r"(?: (?:here|on|at)\b.{0,60})?[ .→»›]*",
)
_TAIL_CHARS = 500
_ELLIPSIS = re.compile(r"(?:…|\.\.\.)[\"”’')\]]*\Z")
_CUT = tuple(re.compile(rf"(?:{mark})\s*\Z", re.IGNORECASE if "truncated" in mark else 0) for mark in CUT_MARKS)
_BOILERPLATE = tuple(re.compile(rf"(?:(?<=[.!?…\]\n])|\A)\s*{end}\Z", re.DOTALL) for end in BOILERPLATE_ENDS)
_WORD = re.compile(r"\w+")


def split_cut_mark(text: str) -> tuple[str, bool]:
    """(the text without cut marks and boilerplate at its end, whether it was cut short). A bare "…" stays, and counts.

    >>> split_cut_mark("The lease runs 15 years [...] Read more")
    ('The lease runs 15 years', True)
    >>> split_cut_mark("The lease runs 15 years.")
    ('The lease runs 15 years.', False)
    """
    is_cut = False
    text = text.rstrip()
    if not text:
        return "", False
    for _ in range(6):  # marks come in rows: "… [&#8230;] Read more »"
        head, tail = text[:-_TAIL_CHARS], text[-_TAIL_CHARS:]
        for pattern in (*_CUT, *_BOILERPLATE):
            if match := pattern.search(tail):
                is_cut = is_cut or pattern in _CUT
                text = (head + tail[: match.start()]).rstrip()
                break
        else:
            break
    return text, is_cut or bool(_ELLIPSIS.search(text[-20:]))


def words_of(text: str) -> str:
    """The words of a text in small letters, joined by a blank: equal for texts that differ in punctuation only."""
    return " ".join(_WORD.findall(text.casefold()))


def without_publisher(title: str, publisher: str) -> str:
    """The title without a trailing " - Publisher" or " | Publisher", taken off only where it equals the publisher.

    >>> without_publisher("Acme - a history - Reuters", "Reuters"), without_publisher("Acme - a history", "Reuters")
    ('Acme - a history', 'Acme - a history')
    """
    for dash in (" - ", " – ", " — ", " | ", " :: ", " · ", " » ", " • "):
        head, found, tail = title.rpartition(dash)
        if found and head.strip() and publisher and words_of(tail) == words_of(publisher) != "":
            return head.strip()
    return title


def split_publisher(title: str) -> tuple[str, str]:
    """(headline, publisher) of "Headline - Publisher"; ("…", "") where nothing short enough stands behind the dash.

    >>> split_publisher("Acme leases 300 MW - Example Times")
    ('Acme leases 300 MW', 'Example Times')
    """
    head, dash, tail = title.rpartition(" - ")
    if dash and head.strip() and 0 < len(tail.split()) <= 6 and tail[:1].isalnum():
        return head.strip(), tail.strip()
    return title, ""


def only_repeats(text: str, title: str, publisher: str = "") -> bool:
    """Whether the text says no more than the title, with or without the publisher's name.

    >>> only_repeats("Acme leases 300 MW  Example Times", "Acme leases 300 MW - Example Times", "Example Times")
    True
    """
    said, name = words_of(text), words_of(publisher)
    headline = words_of(without_publisher(title, publisher))
    return said in ("", headline, words_of(title), name, f"{headline} {name}".strip())
