"""reprocess, reprocess accept|discard: what a new reader would change, before it does."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import AsJson, Config, DataDir, examples
from flows.terminal import print_json, say

if TYPE_CHECKING:
    from flows.steps.reprocess import Reprocessed

app = typer.Typer(
    help="Read the archive again with this program's reader and report what would change, before it is accepted.",
    epilog=examples(
        "gigawire reprocess",
        "gigawire reprocess --since 2026-06-01 --until 2026-06-30",
        'gigawire reprocess accept --who Ana --why "41 sums right that were not"',
        "gigawire reprocess discard",
    ),
    rich_markup_mode=None,
)
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only documents of these days, inclusive.")]


def add_to(parent: typer.Typer) -> None:
    """Adds these commands."""
    parent.add_typer(app, name="reprocess")


@app.callback(invoke_without_command=True)
def reprocess(
    context: typer.Context,
    since: Day = None,
    until: Day = None,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Read the archive again with this program's reader and report what would change, before it is accepted."""
    if context.invoked_subcommand:
        return
    from flows.settings import load_settings
    from flows.steps import reprocess as step

    settings = load_settings(config, data_dir=data_dir)
    done = step.reprocess(settings, since=since and since.date(), until=until and until.date())
    if as_json:
        from flows.steps.reprocess_report import as_json as report_json

        print_json(report_json(done.report))
    else:
        print(done.markdown.read_text(encoding="utf-8"), end="")
    _say(done)
    if done.report.kept == done.report.ours:
        say("this reader keeps the tape already: there is nothing to accept")
    elif done.report.is_whole:
        say("take it over:  gigawire reprocess accept --who YOU --why REASON")
        say("drop it:       gigawire reprocess discard")


@app.command(epilog=examples('gigawire reprocess accept --who Ana --why "checked ten of the changes"'))
def accept(
    who: Annotated[str, typer.Option(help="Who decides.")],
    why: Annotated[str, typer.Option(help="Why, in a line.")],
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Let this program's reader keep the tape from now on, and publish it. What was known before stays on record."""
    from flows.settings import load_settings
    from flows.steps import reprocess as step
    from flows.steps.publish import publish

    settings = load_settings(config, data_dir=data_dir)
    done = step.accept(settings, by=who, reason=why)
    published = publish(settings)
    _say(done)
    say(f"the tape is kept by reader {done.report.ours} now; published: release {published.release_id}")


@app.command(epilog=examples("gigawire reprocess discard"))
def discard(data_dir: DataDir = None, config: Config = None) -> None:
    """Forget what this program's reader has read beside the tape; the tape stays as it is."""
    from flows.settings import load_settings
    from flows.steps import reprocess as step

    count = step.discard(load_settings(config, data_dir=data_dir))
    say(f"{count:,} readings discarded; the tape is as it was")


def _say(done: Reprocessed) -> None:
    say(f"read {done.read.documents:,} documents again: {done.report.summary}; the report is {done.markdown}")
