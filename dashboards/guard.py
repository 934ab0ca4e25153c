"""Other people's text, made harmless for a screen, a link or a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

FORMULA_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # ASVS 1.2.10 and their full-width twins


# Letters, digits, currency signs and harmless marks; a full stop only inside a number, for "www.x.com" becomes a link.
MARKS = re.compile(r"[\\`*_{}\[\]|<>~$&@]|:(?=\S)|(?<=\bwww)\.|^[#+-]|^\d+(?=[.)])")  # what Markdown may read as a mark
WORDS = re.compile(r"(?:[^\W_]|[ ,%$€£¥₹₩—-]|(?<=\d)\.(?=\d))+")


def plain(text: str | None) -> str:
    """The text without control characters and without the marks that reorder or hide letters.

    >>> plain("Deal\\x1b[31m of \\u202eevil\\u202c\\n the year")
    'Deal[31m of evil the year'
    """
    kept = (
        " " if c in "\t\r\n" else c for c in text or "" if c in "\t\r\n" or unicodedata.category(c) not in {"Cc", "Cf"}
    )
    return " ".join("".join(kept).split())


def heading(text: str) -> str | None:
    """The text as markdown that shows nothing but itself; None where it holds a mark that markdown might read.

    >>> heading("up to $1.92bn"), heading("St. Louis"), heading("**x** :smile:")
    ('up to \\\\$1.92bn', None, None)
    """
    return text.replace("$", "\\$") if WORDS.fullmatch(text) else None


def markdown(text: str | None) -> str:
    """The text as Markdown that shows nothing but itself: no image, link, emphasis, maths, tag or list.

    >>> print(markdown("![x](https://a.example) **b** $1 <i> a_b: c"))
    !\\[x\\](https\\://a.example) \\*\\*b\\*\\* \\$1 \\<i\\> a\\_b: c
    """
    return MARKS.sub(r"\\\g<0>", plain(text))


def markdown_link(text: str | None, url: str | None) -> str:
    """A Markdown link to the address where it is a web address, else the text alone.

    >>> markdown_link("Wire", "https://wire.example/a(1)"), markdown_link("Wire", "javascript:alert(1)")
    ('[Wire](<https://wire.example/a(1)>)', 'Wire')
    """
    link = web_link(url)
    if link is None or any(mark in link for mark in "<>\\"):
        return markdown(text)
    return f"[{markdown(text)}](<{link}>)"


def web_link(url: str | None) -> str | None:
    """The address where it is one of http or https with a host, else None: nothing else becomes a link.

    >>> web_link("https://rackreport.example/a"), web_link("javascript:alert(1)"), web_link("//host/a")
    ('https://rackreport.example/a', None, None)
    """
    if not url or any(unicodedata.category(c) in {"Cc", "Cf", "Zs"} for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname else None


def csv_text(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """The rows as CSV with a header; a text that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> csv_text([{"title": "=1+1", "mw": -3}], ["title", "mw"])
    "title,mw\\r\\n'=1+1,-3\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_guarded(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _guarded(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
