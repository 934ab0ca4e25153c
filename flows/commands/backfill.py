"""backfill: articles of the past onto the tape."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import Config, DataDir, Quiet, examples
from flows.terminal import say

if TYPE_CHECKING:
    from flows.steps.backfill import Progress

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only articles of these days, inclusive.")]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(
        epilog=examples(
            "gigawire backfill articles.parquet",
            "gigawire backfill articles.jsonl --since 2025-01-01 --until 2025-12-31",
            "gigawire backfill --feed utility_dive",
        )
    )(backfill)


def backfill(
    source: Annotated[
        Path | None,
        typer.Argument(help="A .jsonl or .parquet with title, body, published, publisher, url; or a folder of texts."),
    ] = None,
    since: Day = None,
    until: Day = None,
    feed: Annotated[str, typer.Option(help="Only documents of this feed.")] = "",
    data_dir: DataDir = None,
    config: Config = None,
    quiet: Quiet = False,
) -> None:
    """Read articles of the past, from a dump or the archive, and publish them; no alert goes out.

    Killed and called again, it goes on where it stopped.
    """
    import sys

    from flows.exits import PARTIAL
    from flows.settings import load_settings
    from flows.steps import backfill as step
    from flows.steps.publish import publish

    settings = load_settings(config, data_dir=data_dir)
    wanted = step.Wanted(
        source=source, feed_id=feed, since=since.date() if since else None, until=until.date() if until else None
    )
    is_shown = sys.stderr.isatty() and not quiet
    done = step.backfill(settings, wanted, progress_line() if is_shown else lambda *_: None)
    if is_shown:
        print("\r\033[K", end="", file=sys.stderr)
    published = publish(settings)
    for line in done.complaints:
        say(line)
    if not quiet:
        read = done.read
        say(f"imported: {done.imported:,} articles; read: {read.documents:,}, {read.new_deals:,} new deals")
        say(f"published: release {published.release_id}")
    raise typer.Exit(PARTIAL if done.complaints else 0)


def progress_line() -> Progress:
    """Keeps one line of the terminal at what is done and how long the rest will take."""
    import sys
    import time

    began: dict[str, float] = {}

    def tell(what: str, done: int, total: int) -> None:
        begin = began.setdefault(what, time.monotonic())
        left = ""
        if done and total > done and (took := time.monotonic() - begin) > 0:
            left = f", about {took / done * (total - done) / 60:.0f} min left"
        of = f" of {total:,}" if total else ""
        print(f"\r\033[K{what}: {done:,}{of}{left}", end="", file=sys.stderr, flush=True)

    return tell
