"""warehouse status|migrate|compact: where the warehouse is kept, and how it moves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import AsJson, Config, DataDir, examples
from flows.terminal import print_json, say

app = typer.Typer(help="The warehouse itself: where it is, moving it, making it smaller.", rich_markup_mode=None)


def add_to(parent: typer.Typer) -> None:
    """Adds these commands."""
    parent.add_typer(app, name="warehouse")
    parent.command(epilog=examples("gigawire publish", "gigawire publish --accept"))(publish)


def publish(
    data_dir: DataDir = None,
    config: Config = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="What jumped or fell since the last release is right.")
    ] = False,
) -> None:
    """Check the warehouse and publish what it holds, without collecting or reading."""
    from flows.exits import PARTIAL
    from flows.settings import load_settings
    from flows.steps.publish import publish as publish_release

    settings = load_settings(config, data_dir=data_dir)
    published = publish_release(settings, accept_totals=accept)
    say(f"published: release {published.release_id} ({'new' if published.is_new else 'unchanged'})")
    if published.report_error:
        say(published.report_error)
        raise typer.Exit(PARTIAL)


@app.command(epilog=examples("gigawire warehouse status", "gigawire warehouse status --json"))
def status(data_dir: DataDir = None, config: Config = None, as_json: AsJson = False) -> None:
    """Say where the warehouse is and what it holds; on a lake, the snapshots that can be asked."""
    from dataclasses import asdict

    from flows.settings import load_settings
    from flows.tape import open_tape
    from warehouse import lake, moving

    settings = load_settings(config, data_dir=data_dir)
    on_lake = lake.is_lake(settings.warehouse)
    name = lake.parse_lake(str(settings.warehouse)).name if on_lake else str(settings.warehouse)
    with open_tape(settings) as con:
        rows = moving.count_rows(con)
        snapshots = lake.snapshots(con) if on_lake else []
        files = lake.count_files(con) if on_lake else 1
    told = {"where": name, "files": files, "rows": rows, "snapshots": [asdict(one) for one in snapshots]}
    if as_json:
        print_json(told)
        return
    say(f"{name}: {sum(rows.values()):,} rows in {files} data file(s)")
    for table, count in rows.items():
        say(f"  {table:32}{count:>14,}")
    if snapshots:
        say(f"snapshots {snapshots[0].snapshot} ({snapshots[0].made_at}) to {snapshots[-1].snapshot} can be asked")


@app.command(
    epilog=examples(
        "gigawire warehouse migrate --to 'ducklake:postgres:dbname=tape host=db data_path=/mnt/lake'",
        "gigawire warehouse migrate --to data/warehouse.duckdb",
    )
)
def migrate(
    to: Annotated[str, typer.Option(help="A file or a lake that is empty or not there yet.")],
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Copy the whole warehouse to another place and compare every table; the old one stays as it is."""
    from flows.settings import load_settings
    from warehouse.lake import is_lake
    from warehouse.moving import copy_warehouse

    settings = load_settings(config, data_dir=data_dir)
    target = to if is_lake(to) else Path(to)
    rows = copy_warehouse(settings.warehouse, target, wait_seconds=settings.lock_seconds)
    say(f"{sum(rows.values()):,} rows of {len(rows)} tables copied, each table compared")
    if is_lake(to):
        say("from now on use it: set `lake` in gigawire.toml (or GIGAWIRE_LAKE) to what you gave with --to")
    else:
        say(f"from now on use it: unset `lake` and keep {to} as warehouse.duckdb of the data folder")


@app.command(epilog=examples("gigawire warehouse compact", "gigawire warehouse compact --keep-days 7"))
def compact(
    data_dir: DataDir = None,
    config: Config = None,
    keep_days: Annotated[
        int, typer.Option(min=0, help="Snapshots of a lake older than that can be asked no more.")
    ] = 30,
) -> None:
    """Put many small data files of a lake together and drop old snapshots. A file needs none of it."""
    from flows.settings import load_settings
    from flows.tape import open_tape
    from warehouse import lake

    settings = load_settings(config, data_dir=data_dir)
    if not lake.is_lake(settings.warehouse):
        say("a warehouse file needs no compacting; to rewrite one, `gigawire warehouse migrate --to` a new file")
        return
    with open_tape(settings) as con:
        before, after = lake.compact(con, keep_days=keep_days)
    say(f"{before} data files before, {after} after; snapshots of the last {keep_days} days can be asked")
