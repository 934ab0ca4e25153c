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
