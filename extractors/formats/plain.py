"""Plain text: its characters, its lines, its paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise

# Removed: controls but tab and newline, lone surrogates, zero-width marks that join nothing, bidirectional overrides.
# Kept: the zero-width joiners of emoji and Indic scripts.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff"
                       "\u202a-\u202e\u2066-\u2069\ud800-\udfff]")  # fmt: skip
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_OWN_LINE = re.compile(r"(?:[-*•‣▪◦–—]|\(?\d{1,3}[.)]|#{1,6}|[A-Za-z]+(?: [A-Za-z]+)?:)\s")  # a list item, "Key: value"
_NARROWEST_WRAP = 40
_WIDEST_WRAP = 130  # characters; text with longer lines was not wrapped by hand


def clean_characters(text: str) -> str:
    """The text without control characters and lone surrogates, with one kind of line end and one kind of blank.

    >>> clean_characters("3\\xa0GW\\x00\\r\\nof\\ud800 load")
    '3 GW\\nof load'
    """
    if text.isascii() and text.isprintable():  # most of what comes; no line end in it either
        return _BLANKS.sub(" ", text) if "  " in text else text
    return _BLANKS.sub(" ", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


def tidy_paragraphs(text: str) -> str:
    """The text with single blanks, no blank at a line's end, and one blank line between paragraphs."""
    if "\n" not in text:
        return _BLANKS.sub(" ", text).strip()
    lines = [line.strip() for line in _BLANKS.sub(" ", text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The text on one line, single-spaced."""
    return " ".join(clean_characters(text).split())


def plain_text(text: str) -> str:
    """Text that holds no markup, cleaned: hard-wrapped lines are joined, other line breaks and blank lines stay.

    >>> plain_text("Output rose to 4.5 GW across all of the three\\n  sites that it runs in Ohio.\\n\\n\\nMore.")
    'Output rose to 4.5 GW across all of the three sites that it runs in Ohio.\\n\\nMore.'
    """
    tidy = tidy_paragraphs(clean_characters(text))
    if "\n" not in tidy:
        return tidy
    return "\n\n".join("\n".join(unwrap(block.split("\n"))) for block in tidy.split("\n\n"))


def unwrap(lines: list[str]) -> list[str]:
    """The lines of one block with hard wraps undone.

    A line goes on in the next one if that begins with a small letter. Then all lines of the block do, if it was filled
    by a machine: no line but the last would have held the first word of its successor.

    >>> unwrap(["Larkspur said on Wednesday that its site", "in Oulu is to draw as much as 300 MW from", "May on."])
    ['Larkspur said on Wednesday that its site in Oulu is to draw as much as 300 MW from May on.']
    >>> unwrap(["Key figures of the deal", "- 300 MW of load", "date: 6 May"])
    ['Key figures of the deal', '- 300 MW of load', 'date: 6 May']
    """
    width = max((len(line) for line in lines), default=0)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return lines
    goes_on = [
        line[:1].islower() and 2 * len(before) > width and not _OWN_LINE.match(line) for before, line in pairwise(lines)
    ]
    is_filled = any(goes_on) and all(
        len(before) + 1 + len(line.split(" ", 1)[0]) > width and not _OWN_LINE.match(line)
        for before, line in pairwise(lines)
    )
    joined = [lines[:1]]
    for line, is_rest in zip(lines[1:], goes_on, strict=True):
        if is_filled or is_rest:
            joined[-1].append(line)
        else:
            joined.append([line])
    return [" ".join(parts) for parts in joined]
