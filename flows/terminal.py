"""What commands print: talk to stderr, data to stdout; nothing from a feed reaches the terminal as a command to it."""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_OBEYED = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
PIPED_WIDTH = 160  # columns of a table that goes into a file or a pipe


def say(line: str) -> None:
    """One line of talk."""
    print(plain(line), file=sys.stderr)


def plain(value: Any) -> str:
    """The value as text without control characters, which a terminal would obey.

    >>> plain("\\x1b[31mred\\u202e")
    '[31mred'
    """
    text = "" if value is None else str(value)
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf"))


def print_json(rows: Any) -> None:
    """One JSON document."""
    print(escaped_json(json.dumps(rows, ensure_ascii=False, indent=2, default=str)))


def escaped_json(text: str) -> str:
    """The JSON with each character that a terminal would obey as its escape, which says the same to a program.

    >>> escaped_json('{"title": "\u202eüber"}')
    '{"title": "\\\\u202eüber"}'
    """
    return text if text.isascii() else _OBEYED.sub(lambda found: json.dumps(found[0])[1:-1], text)


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """CSV that a spreadsheet takes as text, not as formulas."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    cell = guarded_for_eyes if sys.stdout.isatty() else guarded
    writer.writerows([cell(value) for value in row] for row in rows)


def guarded_for_eyes(value: Any) -> Any:
    """The cell for a terminal: a file gets every character, a person none that commands the screen."""
    return guarded(plain(value) if isinstance(value, str) else value)


def guarded(value: Any) -> Any:
    """A text cell that begins like a formula gets an apostrophe; numbers stay numbers.

    >>> guarded("=1+1"), guarded(-5)
    ("'=1+1", -5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "") -> None:
    """A table for people."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title) if title else None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    listed = [list(row) for row in rows]
    for index, name in enumerate(columns):
        is_number = any(isinstance(row[index], int | float) for row in listed)
        table.add_column(Text(plain(name)), justify="right" if is_number else "left", overflow="fold")
    for row in listed:
        table.add_row(*(Text(shown(value)) for value in row))
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    console.print(table)


def shown(value: Any) -> str:
    """A cell for people: whole numbers with separators, times without microseconds."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.2f}".removesuffix(".00")
    if hasattr(value, "as_tuple"):  # Decimal
        return f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:,f}"
    if hasattr(value, "tzinfo"):
        return value.strftime("%Y-%m-%d %H:%M")
    return plain(value)


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, form: str, title: str = "") -> None:
    """Rows as table, json or csv."""
    if form == "json":
        print_json([{name: row[name] for name in columns} for row in rows])
    elif form == "csv":
        print_csv(columns, ([row[name] for name in columns] for row in rows))
    else:
        print_table(columns, ([row[name] for name in columns] for row in rows), title=title)
