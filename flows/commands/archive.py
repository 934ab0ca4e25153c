"""archive verify|prune|export: the bytes as they were retrieved."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import AsJson, Config, DataDir, examples
from flows.terminal import print_json, say

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.kept import ArchivedBody

app = typer.Typer(help="The archive of retrieved bytes: whole, smaller, handed on.", rich_markup_mode=None)
AGE = re.compile(r"(\d{1,5})\s*(d|days?|w|weeks?|months?|y|years?)")
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def add_to(parent: typer.Typer) -> None:
    """Adds these commands."""
    parent.add_typer(app, name="archive")


@app.command(epilog=examples("gigawire archive verify", "gigawire archive verify --json"))
def verify(data_dir: DataDir = None, config: Config = None, as_json: AsJson = False) -> None:
    """Read every archived file and compare it with its hash; say what is damaged or missing."""
    from dataclasses import asdict

    from flows.exits import PARTIAL
    from flows.settings import load_settings
    from warehouse import kept
    from warehouse.archive import Archive

    settings = load_settings(config, data_dir=data_dir)
    found = kept.verify(Archive(settings.archive), _bodies(settings))
    if as_json:
        print_json(asdict(found))
    else:
        for content_hash in found.damaged:
            say(f"damaged: {content_hash}")
        for content_hash in found.missing:
            say(f"missing: {content_hash}")
        print(
            f"{found.whole_count:,} whole, {len(found.damaged):,} damaged, {len(found.missing):,} missing, "
            f"{found.pruned_count:,} pruned"
        )
    raise typer.Exit(PARTIAL if found.damaged or found.missing else 0)


@app.command(
    epilog=examples(
        "gigawire archive prune --older-than 90d --dry-run", "gigawire archive prune --older-than 1y --documents"
    )
)
def prune(
    older_than: Annotated[str, typer.Option(help="An age: 90d, 8w, 6months, 1y.")],
    data_dir: DataDir = None,
    config: Config = None,
    documents: Annotated[
        bool,
        typer.Option("--documents", help="Also documents that tell of no deal; they cannot be read again."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Remove old bodies of feeds, whose entries are kept on their own. Evidence of a deal always stays."""
    from flows.clock import now
    from flows.settings import load_settings
    from warehouse import kept
    from warehouse.archive import Archive

    age = age_of(older_than)
    settings = load_settings(config, data_dir=data_dir)
    hashes = kept.prunable(_bodies(settings), now() - age, with_documents=documents)
    pruned = kept.prune(Archive(settings.archive), hashes, dry_run=dry_run)
    verb = "would go" if dry_run else "removed"
    print(f"{pruned.files_count:,} files of {pruned.byte_count / 1e6:,.1f} MB {verb}")


@app.command(epilog=examples("gigawire archive export --warc tape.warc.gz"))
def export(
    warc: Annotated[Path, typer.Option("--warc", help="The file to write, NAME.warc.gz.")],
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Write everything that came over the wire into a WARC file, which web archives' tools read."""
    from flows.settings import load_settings
    from warehouse.archive import Archive
    from warehouse.warc import export_warc

    settings = load_settings(config, data_dir=data_dir)
    count = export_warc(Archive(settings.archive), _bodies(settings), warc, software=settings.user_agent)
    print(f"{count:,} records in {warc}")


def age_of(text: str) -> timedelta:
    """An age as told on the command line. Raises CommandError.

    >>> age_of("8w").days, age_of("6months").days
    (56, 180)
    """
    from flows.exits import CommandError

    told = AGE.fullmatch(text.strip().lower())
    if told is None:
        raise CommandError(f"--older-than {text!r} is no age: 90d, 8w, 6months or 1y")
    return timedelta(days=int(told[1]) * DAYS[told[2][0]])


def _bodies(settings: Settings) -> list[ArchivedBody]:
    from flows.exits import CommandError
    from flows.tape import open_tape
    from warehouse.connection import is_there
    from warehouse.kept import archived_bodies

    if not is_there(settings.warehouse):
        raise CommandError(f"nothing was collected yet in {settings.data_dir}: run `gigawire run` first", 6)
    with open_tape(settings) as con:
        return archived_bodies(con)
