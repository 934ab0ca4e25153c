"""feeds list|parse|status: the feeds themselves."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands import AsCsv, AsJson, Config, DataDir, examples, form_of
from flows.terminal import escaped_json, print_json, print_rows, say

if TYPE_CHECKING:
    from extractors.records import Entry

app = typer.Typer(help="The feeds: which there are, how they are, what is in one.", rich_markup_mode=None)


def add_to(parent: typer.Typer) -> None:
    """Adds these commands."""
    parent.add_typer(app, name="feeds")


@app.command("list", epilog=examples("gigawire feeds list", "gigawire feeds list --group newswire --csv"))
def list_feeds(
    data_dir: DataDir = None,
    config: Config = None,
    feeds: Annotated[Path | None, typer.Option(help="A CSV file of feeds, in place of the built-in ones.")] = None,
    group: Annotated[list[str] | None, typer.Option(help="Only the feeds of this group.")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List the feeds that `gigawire run` polls."""
    from dataclasses import asdict

    from flows.feeds import load_feeds
    from flows.settings import load_settings

    listed = load_feeds(load_settings(config, data_dir=data_dir, feeds=feeds, groups=group or None))
    form = form_of(as_json, as_csv)
    wide = ["feed_id", "url", "publisher", "kind", "group", "language", "tier", "cadence_minutes", "expected_per_day"]
    columns = ["feed_id", "publisher", "kind", "group", "cadence_minutes", "url"] if form == "table" else wide
    print_rows([asdict(feed) for feed in listed], columns, form=form)


@app.command(epilog=examples("gigawire feeds parse feed.xml", "gigawire feeds parse *.xml > entries.jsonl"))
def parse(
    files: Annotated[list[Path], typer.Argument(help="Files with the bytes of a feed.")],
    url: Annotated[str, typer.Option(help="Where the bytes came from; relative links are read against it.")] = "",
) -> None:
    """Print the entries of feed files, one JSON line each; what had to be left out is said on stderr."""
    import json

    from extractors.errors import NotAFeedError
    from extractors.feeds import parse_feed
    from flows.exits import PARTIAL

    failed = False
    for file in files:
        try:
            parsed = parse_feed(file.read_bytes(), url=url)
        except NotAFeedError as error:
            say(f"{file}: {error.message}")
            failed = True
        except OSError as error:
            say(f"{file}: cannot be opened ({error.strerror})")
            failed = True
        else:
            for entry in parsed.entries:
                print(escaped_json(json.dumps(_told(entry), ensure_ascii=False, default=_isoformat)))
            for issue in parsed.issues:
                say(f"{file}: {issue.message}")
    raise typer.Exit(PARTIAL if failed else 0)


def _told(entry: Entry) -> dict[str, Any]:
    """An entry under the names that other tools read: entry_id, title, link, summary, authors, published_at, …"""
    from dataclasses import asdict

    return asdict(entry)


def _isoformat(value: object) -> str:
    from datetime import datetime

    return value.isoformat() if isinstance(value, datetime) else str(value)


@app.command(epilog=examples("gigawire feeds status", "gigawire feeds status --json"))
def status(data_dir: DataDir = None, config: Config = None, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Show what each polled feed has brought, and which fail."""
    from flows.settings import load_settings
    from warehouse.connection import open_reader
    from warehouse.pending import select

    settings = load_settings(config, data_dir=data_dir)
    with open_reader(settings.published) as con:
        rows = select(con, "SELECT * FROM mart.feeds ORDER BY is_failing DESC, feed_id")
    columns = [
        "feed_id",
        "is_failing",
        "error_code",
        "entries_count",
        "items_count",
        "deals_count",
        "newest_published_on",
    ]
    if not rows:
        say("no feed was polled yet: gigawire run")
    print_json(rows) if as_json else print_rows(rows, columns, form=form_of(as_json, as_csv))


@app.command(epilog=examples("gigawire feeds alarms", "gigawire feeds alarms --all --json"))
def alarms(
    data_dir: DataDir = None,
    config: Config = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that are over.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show what a person should look at: feeds that lose entries, fall silent, overflow, move or are gone."""
    from warehouse.pending import feed_alarms

    with _warehouse(data_dir, config) as con:
        rows = [row for row in feed_alarms(con) if every or row["is_lasting"]]
    if not rows:
        say("no alarm" if every else "no alarm lasts (--all: also those that are over)")
    print_rows(rows, ["feed_id", "code", "is_lasting", "raised_at", "message"], form=form_of(as_json, as_csv))


@app.command(epilog=examples("gigawire feeds revive old_wire"))
def revive(
    feed_ids: Annotated[list[str], typer.Argument(help="Feeds that are gone or dormant.")],
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Ask feeds again whose server said that they are gone, or that failed for so long that they are asked rarely."""
    from flows.exits import PARTIAL
    from warehouse.load import revive_feeds

    with _warehouse(data_dir, config) as con:
        revived = revive_feeds(con, feed_ids)
    for feed_id in feed_ids:
        say(f"{feed_id}: asked again by the next run" if feed_id in revived else f"{feed_id}: neither gone nor dormant")
    raise typer.Exit(0 if revived == set(feed_ids) else PARTIAL)


def _warehouse(data_dir: Path | None, config: Path | None) -> AbstractContextManager[Any]:
    from flows.exits import CONFIGURATION, CommandError
    from flows.settings import load_settings
    from flows.tape import open_tape
    from warehouse.connection import is_there

    settings = load_settings(config, data_dir=data_dir)
    if not is_there(settings.warehouse):
        raise CommandError(f"nothing was collected yet in {settings.data_dir}: run `gigawire run` first", CONFIGURATION)
    return open_tape(settings)
