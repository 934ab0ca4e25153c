"""feeds add|remove|test|import-opml|export-opml: the user's own list, and a look at one feed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import AsCsv, AsJson, Config, DataDir, examples, form_of
from flows.terminal import print_json, print_rows, say

if TYPE_CHECKING:
    from flows.feeds import FeedSource
    from flows.settings import Settings


def add_to(feeds: typer.Typer) -> None:
    """Adds these commands to ``feeds``."""
    feeds.command(
        epilog=examples(
            "gigawire feeds add https://blog.example.com", "gigawire feeds add URL --id wire --group newswire"
        )
    )(add)
    feeds.command(epilog=examples("gigawire feeds remove blog_example_com"))(remove)
    feeds.command(
        "test", epilog=examples("gigawire feeds test globenewswire_mergers", "gigawire feeds test https://… --json")
    )(try_out)
    feeds.command("import-opml", epilog=examples("gigawire feeds import-opml subscriptions.opml"))(import_opml)
    feeds.command("export-opml", epilog=examples("gigawire feeds export-opml > gigawire.opml"))(export_opml)


FeedId = Annotated[str | None, typer.Option("--id", help="Its feed id; made from its title where not given.")]
Group = Annotated[str, typer.Option(help="The group it belongs to.")]


def add(
    url: Annotated[str, typer.Argument(help="The address of a feed, or of a site that names one.")],
    data_dir: DataDir = None,
    config: Config = None,
    feed_id: FeedId = None,
    group: Group = "own",
    publisher: Annotated[str, typer.Option(help="Who publishes it, where entries do not say.")] = "",
    cadence_minutes: Annotated[int, typer.Option("--cadence", help="Poll it at most so often, in minutes.")] = 60,
) -> None:
    """Look at a feed and add it to data/feeds.csv; a site's address leads to the feed that it names."""
    from flows.exits import ALL_FAILED, CommandError
    from flows.feeds import FeedSource, load_feeds, save_user_feeds
    from flows.opml import feed_id_of
    from flows.settings import load_settings
    from flows.steps.try_feed import try_feeds

    settings = load_settings(config, data_dir=data_dir)
    tried = try_feeds([url], settings)[0]
    if tried.error and tried.named:
        first, *others = tried.named
        for other in others:
            say(f"the page also names {other.url}{f' ({other.title})' if other.title else ''}")
        tried = try_feeds([first.url], settings)[0]
    if tried.error:
        raise CommandError(f"{tried.url} was not added: {tried.error}", ALL_FAILED)
    known = load_feeds(settings)
    if double := next((feed for feed in known if tried.url in (feed.url, feed.url.rstrip("/"))), None):
        raise CommandError(f"{tried.url} is polled already, as {double.feed_id}")
    made = feed_id or feed_id_of(tried.title or tried.url, taken=[feed.feed_id for feed in known])
    added = FeedSource(
        feed_id=made,
        url=tried.url,
        publisher=publisher or tried.title,
        group=group,
        cadence_minutes=cadence_minutes,
        expected_per_day=tried.per_day or 0.0,
    )
    save_user_feeds(settings, [added])
    say(f"added {made}: {tried.url} ({tried.entries_count} entries now), in {settings.user_feeds}")


def remove(
    feed_ids: Annotated[list[str], typer.Argument(help="Feeds of data/feeds.csv.")],
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Take feeds out of data/feeds.csv; what they brought stays."""
    from flows.exits import CommandError
    from flows.feeds import read_feeds, write_feeds
    from flows.settings import load_settings

    settings = load_settings(config, data_dir=data_dir)
    own = read_feeds(settings.user_feeds) if settings.user_feeds.is_file() else []
    for feed_id in feed_ids:
        if feed_id not in {feed.feed_id for feed in own}:
            raise CommandError(f"{feed_id} is not in {settings.user_feeds}; built-in feeds are chosen by --group")
    left = [feed for feed in own if feed.feed_id not in feed_ids]
    if left:
        write_feeds(settings.user_feeds, left)
    else:
        settings.user_feeds.unlink()
    say(f"removed {len(own) - len(left)}, {len(left)} of your own left")


def try_out(
    which: Annotated[list[str], typer.Argument(help="Feed ids or addresses.")],
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Fetch feeds once and say what is in them; nothing is stored. Exit code 3 where some fail, 4 where all do."""
    from dataclasses import asdict

    from flows.exits import ALL_FAILED, OK, PARTIAL
    from flows.settings import load_settings
    from flows.steps.try_feed import try_feeds

    settings = load_settings(config, data_dir=data_dir)
    tried = try_feeds(_addresses(which, settings), settings)
    rows = [asdict(one) for one in tried]
    if as_json:
        print_json(rows)
    else:
        columns = ["url", "status", "entries_count", "dated_count", "newest_at", "per_day", "is_conditional", "error"]
        print_rows(rows, columns, form=form_of(as_json, as_csv))
    for one in tried:
        for issue in one.issues:
            say(f"{one.url}: {issue}")
        for named in one.named:
            say(f"{one.url} names the feed {named.url}")
    failed = sum(bool(one.error) for one in tried)
    raise typer.Exit(ALL_FAILED if failed == len(tried) else PARTIAL if failed else OK)


def _addresses(which: list[str], settings: Settings) -> list[str]:
    from flows.exits import CommandError
    from flows.feeds import load_feeds
    from flows.settings import did_you_mean

    urls = {feed.feed_id: feed.url for feed in load_feeds(settings)}
    for name in which:
        if "://" not in name and name not in urls:
            raise CommandError(f"no feed has the id {name!r}{did_you_mean(name, urls)}")
    return [urls.get(name, name) for name in which]


def import_opml(
    file: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")],
    data_dir: DataDir = None,
    config: Config = None,
    group: Group = "own",
) -> None:
    """Add the feeds of an OPML file to data/feeds.csv; addresses that are polled already are left out."""
    from dataclasses import replace

    from flows.exits import CommandError
    from flows.feeds import load_feeds, save_user_feeds
    from flows.opml import feed_id_of, read_opml
    from flows.settings import load_settings

    settings = load_settings(config, data_dir=data_dir)
    try:
        listed = read_opml(file.read_bytes(), name=str(file), group=group)
    except OSError as error:
        raise CommandError(f"{file}: cannot be opened ({error.strerror})") from error
    known = load_feeds(settings)
    urls, ids = {feed.url for feed in known}, [feed.feed_id for feed in known]
    new: list[FeedSource] = []
    for feed in listed:
        if feed.url not in urls:
            new.append(replace(feed, feed_id=feed_id_of(feed.feed_id, taken=ids)))
            urls.add(feed.url)
            ids.append(new[-1].feed_id)
    if new:
        save_user_feeds(settings, new)
    say(f"added {len(new)} feeds, {len(listed) - len(new)} were polled already")


def export_opml(
    data_dir: DataDir = None,
    config: Config = None,
    group: Annotated[list[str] | None, typer.Option(help="Only the feeds of this group.")] = None,
) -> None:
    """Print the feeds as OPML, a folder for each group."""
    import sys

    from flows.feeds import load_feeds
    from flows.opml import write_opml
    from flows.settings import load_settings

    sys.stdout.buffer.write(write_opml(load_feeds(load_settings(config, data_dir=data_dir, groups=group or None))))
