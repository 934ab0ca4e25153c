"""alerts: who is told what, what was told, and whether a target can be reached."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands import AsCsv, AsJson, Config, DataDir, examples, form_of
from flows.terminal import print_rows, say

app = typer.Typer(help="Alerts: watches and targets in alerts.toml, what was told to whom.", rich_markup_mode=None)
COLUMNS = ["recorded_at", "watch", "kind", "deal_id", "targets", "outcome", "error_message"]


def add_to(parent: typer.Typer) -> None:
    """Adds these commands."""
    app.command("list", epilog=examples("gigawire alerts list", "gigawire alerts list --json"))(list_alerts)
    app.command("test", epilog=examples("gigawire alerts test", "gigawire alerts test desk"))(try_targets)
    app.command("send", epilog=examples("gigawire alerts send"))(send)
    parent.add_typer(app, name="alerts")


def list_alerts(
    data_dir: DataDir = None,
    config: Config = None,
    limit: Annotated[int, typer.Option(min=1, help="Not more than so many, the newest.")] = 50,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """The alerts that were decided, newest first, and whether they were delivered."""
    from flows.settings import load_settings
    from flows.tape import open_tape
    from warehouse.alerts import alert_log

    settings = load_settings(config, data_dir=data_dir)
    with open_tape(settings) as con:
        rows = alert_log(con, limit=limit)
    print_rows(rows, COLUMNS, form=form_of(as_json, as_csv), title=f"{len(rows)} alerts")


def try_targets(
    targets: Annotated[list[str] | None, typer.Argument(help="Names of targets; else all.")] = None,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Send a message that says it is a test to the targets, and say what each answered."""
    from ipaddress import ip_network

    from flows.alerts.deliver import deliver
    from flows.alerts.watchlists import load_watchlists
    from flows.alerts.words import trial
    from flows.clock import now
    from flows.exits import PARTIAL, CommandError
    from flows.settings import load_settings

    settings = load_settings(config, data_dir=data_dir)
    lists = load_watchlists(settings.watchlists)
    known = {target.name: target for target in lists.target}
    if missing := [name for name in targets or [] if name not in known]:
        raise CommandError(f"{settings.watchlists} defines no target {missing[0]!r}")
    if not known:
        raise CommandError(f"{settings.watchlists} defines no target (docs/alerts.md shows how)")
    networks = [ip_network(text) for text in settings.allow_private_addresses]
    errors = []
    for name in targets or list(known):
        at = now()
        error = deliver(trial(name, at), known[name], at, allowed=networks)
        say(f"{name}: {error or 'delivered'}")
        errors += [error] if error else []
    if errors:
        raise typer.Exit(PARTIAL)


def send(data_dir: DataDir = None, config: Config = None) -> None:
    """Decide on what is new and send what waits, as each run does."""
    from flows.exits import PARTIAL
    from flows.settings import load_settings
    from flows.steps.alerts import alert

    done = alert(load_settings(config, data_dir=data_dir))
    for error in done.errors:
        say(error)
    say(f"alerts: {done.decided} decided, {done.delivered} messages delivered, {done.failed} to try again")
    if done.failed:
        raise typer.Exit(PARTIAL)
