"""``python -m dashboards.deals_feed --published PATH --format atom|json [--out PATH]``: the deals as a feed.

An entry is a deal with its newest state, newest change first. The same release gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb

from dashboards import figures, queries
from dashboards.guard import plain, web_link
from dashboards.palette import STATUS_WORDS, TYPE_WORDS
from dashboards.release import NotPublishedError, open_published
from dashboards.rows import Row, rows
from dashboards.writing import write_aside

FORMATS = ("atom", "json")
ENTRIES = 100
ATOM = "http://www.w3.org/2005/Atom"
NAME = "Gigawire: AI infrastructure deals"
FEED_ID = "urn:gigawire:deals"
EMPTY_ON = date(1970, 1, 1)  # of a feed without entries: Atom wants a date
JSON_FEED = "https://jsonfeed.org/version/1.1"


def entries(con: duckdb.DuckDBPyConnection, *, limit: int = ENTRIES) -> list[dict[str, Any]]:
    """The deals that were announced or changed last, as id, title, updated (a day), summary, url (of the article).

    A deal without any date is in no feed: a reader takes a feed for news, and we do not know when it was.
    """
    found = rows(
        con,
        f"""SELECT {queries.DEAL_COLUMNS},
            coalesce(deals.last_changed_on, deals.announced_on, deals.first_reported_on) AS told_on
        FROM mart.deals AS deals
        WHERE deals.focus = 'primary' AND told_on IS NOT NULL
        ORDER BY told_on DESC, deals.amount_usd DESC NULLS LAST, deals.deal_id LIMIT ?""",
        [limit],
    )
    sentences = queries.sentences(con, sorted(row["deal_id"] for row in found))
    return [_entry(row, sentences.get(row["deal_id"])) for row in found]


def atom(told: Sequence[dict[str, Any]]) -> str:
    """The entries as an Atom feed (RFC 4287)."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _child(feed, "id", FEED_ID)
    _child(feed, "title", NAME)
    _child(feed, "updated", _midnight(max((entry["updated"] for entry in told), default=EMPTY_ON)))
    _child(_child(feed, "author"), "name", "Gigawire")
    for entry in told:
        element = _child(feed, "entry")
        _child(element, "id", entry["id"])
        _child(element, "title", entry["title"])
        _child(element, "updated", _midnight(entry["updated"]))
        _child(element, "summary", entry["summary"])
        # An entry without content needs an alternate link: where the article has no web address, the deal's own id.
        _child(element, "link", rel="alternate", href=entry["url"] or entry["id"])
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def json_feed(told: Sequence[dict[str, Any]]) -> str:
    """The entries as a JSON Feed (version 1.1)."""
    items = [
        {
            "id": entry["id"],
            "title": entry["title"],
            "content_text": entry["summary"],
            "date_modified": _midnight(entry["updated"]),
            "tags": [entry["type"], entry["status"]],
        }
        | ({"external_url": entry["url"]} if entry["url"] else {})
        for entry in told
    ]
    feed = {"version": JSON_FEED, "title": NAME, "authors": [{"name": "Gigawire"}], "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _entry(row: Row, told: Row | None) -> dict[str, Any]:
    size = figures.deal_size(row)
    head = f"{TYPE_WORDS[row['type']]}, {STATUS_WORDS[row['status']].lower()}: {plain(row['parties'])}"
    quoted = f"“{plain(told['sentence'])}” ({plain(told['publisher']) or 'unknown publisher'})" if told else ""
    return {
        "id": f"urn:gigawire:deal:{row['deal_id']}",
        "title": head if size == figures.NONE else f"{head}, {plain(size)}",
        "updated": row["told_on"],
        "summary": quoted or plain(row["source_title"]),
        "url": web_link(told["url"] if told else row["source_url"]),
        "type": row["type"],
        "status": row["status"],
    }


def _child(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    element.text = text
    return element


def _midnight(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"


def write_feed(published: Path, form: str, out: Path | None) -> None:
    """Write the feed to the file, or to standard output. Raises NotPublishedError."""
    con = open_published(published)
    try:
        told = entries(con)
    finally:
        con.close()
    text = atom(told) if form == "atom" else json_feed(told)
    if out:
        write_aside(out, text)
    else:
        sys.stdout.write(text)


def main(argv: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m dashboards.deals_feed", description="Write the deals as a feed.")
    parser.add_argument("--published", type=Path, required=True, help="published.duckdb")
    parser.add_argument("--format", choices=FORMATS, default="atom")
    parser.add_argument("--out", type=Path, help="the file to write (else standard output)")
    asked = parser.parse_args(argv)
    try:
        write_feed(asked.published, asked.format, asked.out)
    except NotPublishedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
