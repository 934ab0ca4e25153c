"""run, demo, add: what brings news in."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands import AsJson, Config, DataDir, Quiet, examples
from flows.terminal import print_json, say

if TYPE_CHECKING:
    from flows.settings import Settings
    from flows.steps.counts import RunCounts


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(
        epilog=examples(
            "gigawire run",
            "gigawire run --no-server --feeds my-feeds.csv",
            "gigawire run --feeds-dir ../feeds --data-dir /tmp/tape",
        )
    )(run)
    app.command(epilog=examples("gigawire demo", "gigawire demo --no-server --data-dir /tmp/demo"))(demo)
    app.command(
        epilog=examples("gigawire add note.txt page.html", "gigawire add --read https://www.example.com/news/1")
    )(add)


NoServer = Annotated[bool, typer.Option("--no-server", help="Run the same steps without the Prefect engine.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show the engine's log.")]


def run(
    data_dir: DataDir = None,
    config: Config = None,
    feeds: Annotated[Path | None, typer.Option(help="A CSV file of feeds, in place of the built-in ones.")] = None,
    feeds_dir: Annotated[
        Path | None, typer.Option(help="A folder of feed files, served and polled; NAME.1.xml, NAME.2.xml are polls.")
    ] = None,
    group: Annotated[list[str] | None, typer.Option(help="Only the feeds of this group.")] = None,
    poll_all: Annotated[bool, typer.Option("--all", help="Poll also feeds that are not due yet.")] = False,
    pages: Annotated[
        bool | None, typer.Option("--pages/--no-pages", help="Retrieve article pages.", show_default=False)
    ] = None,
    no_server: NoServer = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
    log_format: Annotated[
        str | None, typer.Option(help="json: each event as a line of JSON on stderr, with its ids.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Collect the feeds that are due, read what is new, publish."""
    from flows.exits import CommandError
    from flows.settings import load_settings

    if feeds and feeds_dir:
        raise CommandError("--feeds and --feeds-dir exclude each other")
    given: dict[str, Any] = {"data_dir": data_dir, "feeds": feeds, "groups": group or None, "fetch_pages": pages}
    given |= {"poll_all": poll_all or None, "log_format": log_format}
    with ExitStack() as stack:
        if feeds_dir:
            given |= _serve_folder(feeds_dir, stack)
        settings = load_settings(config, **given)
        counts = execute(settings, with_server=not no_server, verbose=verbose, quiet=quiet)
    if as_json:
        from dataclasses import asdict

        print_json(asdict(counts))
    raise typer.Exit(counts.exit_code)


def _serve_folder(folder: Path, stack: ExitStack) -> dict[str, Any]:
    """Settings for a run over a folder of feed files, which is served until the stack is closed."""
    from tempfile import TemporaryDirectory

    from flows.feeds import write_feeds
    from flows.feeds_dir import serve_folder

    served = stack.enter_context(serve_folder(folder))
    listed = Path(stack.enter_context(TemporaryDirectory(prefix="gigawire-"))) / "feeds.csv"
    write_feeds(listed, served.feeds)
    return {
        "feeds": listed,
        "groups": None,
        "host_map": served.host_map,
        "follow_versions": True,
        "fetch_pages": False,  # their links lead to the internet
        "host_delay_seconds": 0.0,
        "host_concurrency": 8,
    }


def execute(settings: Settings, *, with_server: bool, verbose: bool = False, quiet: bool = False) -> RunCounts:
    """A run with or without the engine, told on stderr as the settings want it."""
    from flows.log import say_event, write_json
    from flows.steps.decide import complaints_about_overrides
    from flows.steps.reprocess import waiting_reader

    tell = say
    if settings.log_format == "json":
        write_json()
        tell = say_event
    talk = (lambda _: None) if quiet else tell
    if with_server:
        from flows.engine import run_on_engine

        talk("starting the Prefect engine (--no-server does without)")
        counts = run_on_engine(settings, verbose=verbose)
    else:
        from flows.steps.run import run as run_steps

        counts = run_steps(settings, say=talk)
    for line in [*complaints(counts), *complaints_about_overrides(settings), *filter(None, [waiting_reader(settings)])]:
        tell(line)
    for line in summary(counts, settings):
        talk(line)
    return counts


def complaints(counts: RunCounts) -> list[str]:
    """A line for each feed that failed or could not be polled, and for each alarm."""
    collected = counts.collected
    lines = [
        f"feed {feed.feed_id} {feed.outcome}: {feed.error_message} [{feed.error_code}]"
        for feed in collected.feeds
        if (feed.outcome == "failed" and not collected.network_error) or feed.error_code in {"no_contact", "host_held"}
    ]
    lines += [f"alarm: feed {feed.feed_id}: {alarm}" for feed in collected.feeds for alarm in feed.alarms]
    lines += [collected.network_error] if collected.network_error else []
    lines += [counts.published.report_error] if counts.published.report_error else []
    return [*lines, *counts.alerted.errors]


def summary(counts: RunCounts, settings: Settings) -> list[str]:
    """What a run did, in three lines."""
    collected, read, published = counts.collected, counts.read, counts.published
    state = "new" if published.is_new else "unchanged"
    deals = dict(published.rows).get("mart.deals", dict(published.rows).get("deals", 0))
    left = f", {collected.pages_left:,} left for the next run" if collected.pages_left else ""
    return [
        f"collected: {collected.new_entries:,} new entries; feeds: {collected.count('new')} with news, "
        f"{collected.count('unchanged')} unchanged, {collected.count('failed')} failed, "
        f"{collected.count('skipped')} not due; pages: {collected.pages} ({collected.failed_pages} failed{left})",
        f"read: {read.documents:,} documents, {read.unreadable} unreadable; {read.deal_mentions:,} claims of deals; "
        f"{read.new_deals:,} new deals, {read.revised_deals:,} revised",
        f"published: release {published.release_id} ({state}), {deals:,} deals, in {settings.data_dir}",
    ]


def demo(data_dir: DataDir = None, no_server: NoServer = False, verbose: Verbose = False, quiet: Quiet = False) -> None:
    """Run the whole pipeline against a recorded sample, served over HTTP on this machine."""
    import time

    from flows.commands.browse import print_demo
    from flows.demo import SAMPLE, serve_sample
    from flows.settings import load_settings

    start = time.monotonic()
    with serve_sample() as sample:
        settings = load_settings(
            data_dir=data_dir,
            feeds=SAMPLE / "feeds.csv",
            publishers=SAMPLE / "publishers.csv",
            host_map=sample.host_map,
            contact="demo@gigawire.example",
            host_delay_seconds=0.0,
            host_concurrency=8,
            fetch_pages=True,
        )
        counts = execute(settings, with_server=not no_server, verbose=verbose, quiet=quiet)
    print_demo(settings)
    if not quiet:
        say(f"done in {time.monotonic() - start:.0f} s; everything is in {settings.data_dir}/")
        say('ask:       gigawire sql "SELECT type, status, parties, amount_usd FROM mart.deals"')
        say("look:      gigawire dashboard")
        say(f"read:      {settings.report}")
        say("go live:   gigawire run --data-dir tape")
    raise typer.Exit(counts.exit_code)


def add(
    documents: Annotated[list[str], typer.Argument(help="Files (text, HTML, Markdown) and addresses.")],
    data_dir: DataDir = None,
    config: Config = None,
    read: Annotated[bool, typer.Option("--read", help="Read and publish at once, not with the next run.")] = False,
    quiet: Quiet = False,
) -> None:
    """Hand documents over by hand; the next run reads them."""
    import asyncio

    from flows.exits import PARTIAL
    from flows.settings import load_settings
    from flows.steps.inbox import add_documents

    settings = load_settings(config, data_dir=data_dir)
    added = asyncio.run(add_documents(settings, documents))
    for one in added:
        if one.error:
            say(f"{one.name} not added: {one.error}")
        elif not quiet:
            title = f" ({one.title[:100]})" if one.title else ""
            say(f"{one.name}: {'added' if one.is_new else 'was there already'}{title}")
    if read:
        from flows.steps.publish import publish as publish_release
        from flows.steps.read import read as read_documents

        done = read_documents(settings)
        published = publish_release(settings)
        if not quiet:
            say(f"read: {done.documents} documents, {done.new_deals} new deals, {done.revised_deals} revised")
            say(f"published: release {published.release_id}")
    raise typer.Exit(PARTIAL if any(one.error for one in added) else 0)
