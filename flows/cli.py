"""``gigawire …``: the commands by name. Each imports what it needs when it runs, so that ``--help`` comes at once."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from flows.commands import (
    alerts,
    archive,
    backfill,
    backup,
    browse,
    collect,
    feed_list,
    feeds,
    health,
    keeping,
    questions,
    reading,
    reprocess,
    review,
    service,
    sql,
    written,
)
from flows.exits import complain

app = typer.Typer(
    name="gigawire",
    help="Reads the news about AI infrastructure and keeps the tape of its deals.",
    epilog=(
        "Examples:\n\n"
        "  gigawire demo                              the whole pipeline on a recorded sample\n\n"
        "  gigawire run                               collect, read and publish the live feeds\n\n"
        "  gigawire add note.txt https://example.com  read documents of your own\n\n"
        '  gigawire sql "SELECT * FROM mart.deals"    ask the published tables'
    ),
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version

    from extractors.read import reader_version

    try:
        ours = version("gigawire")
    except PackageNotFoundError:  # run from a checkout that is not installed
        ours = "from source"
    typer.echo(f"gigawire {ours}, reader {reader_version()}, duckdb {version('duckdb')}, prefect {version('prefect')}")
    raise typer.Exit(0)


@app.callback()
def options(
    _debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print versions and end.")
    ] = False,
) -> None:
    """Options that go before the command."""


collect.add_to(app)
reading.add_to(app)
feeds.add_to(app)
feed_list.add_to(feeds.app)
browse.add_to(app)
sql.add_to(app)
questions.add_to(app)
written.add_to(app)
alerts.add_to(app)
archive.add_to(app)
keeping.add_to(app)
backup.add_to(app)
backfill.add_to(app)
health.add_to(app)
reprocess.add_to(app)
review.add_to(app)
service.add_to(app)


def main() -> None:
    """The console script: runs a command; whatever goes wrong ends in one line and a documented exit code."""
    if "--debug" not in sys.argv:
        sys.unraisablehook = lambda _: None  # an interrupted event loop complains while it is taken down
    try:
        app()
    except BrokenPipeError:  # `gigawire … | head` is no error; nothing more can be said to that pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (Exception, KeyboardInterrupt) as error:
        if "--debug" in sys.argv:
            raise
        sys.exit(complain(error))


if __name__ == "__main__":
    main()
