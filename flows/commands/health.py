"""doctor, metrics: what is wrong and what to do, for people; how everything is, for Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from flows.commands import AsJson, Config, DataDir, examples
from flows.terminal import plain, print_json, say

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.health import Health

MARKS = {"ok": "   ok", "warning": " look", "wrong": "WRONG"}


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(epilog=examples("gigawire doctor", "gigawire doctor --json"))(doctor)
    app.command(epilog=examples("gigawire metrics", "gigawire metrics --json"))(metrics)


def doctor(data_dir: DataDir = None, config: Config = None, as_json: AsJson = False) -> None:
    """Say what is wrong and what to do: installation, disk, archive, warehouse, feeds, stages, alerts, Prefect."""
    from dataclasses import asdict

    from flows.exits import CONFIGURATION, OK, PARTIAL
    from flows.settings import load_settings
    from flows.steps.doctor import examine

    found = []
    for finding in examine(load_settings(config, data_dir=data_dir)):
        found.append(finding)
        if not as_json:
            print(plain(f"{MARKS[finding.level]}  {finding.check}: {finding.message}"))
            if finding.advice:
                print(plain(f"       -> {finding.advice}"))
    if as_json:
        print_json([asdict(one) for one in found])
    levels = {one.level for one in found}
    raise typer.Exit(CONFIGURATION if "wrong" in levels else PARTIAL if "warning" in levels else OK)


def metrics(data_dir: DataDir = None, config: Config = None, as_json: AsJson = False) -> None:
    """Print freshness, volume, quality and lag of each feed and stage as Prometheus text, measured now."""
    from dataclasses import asdict

    from flows.clock import now
    from flows.exits import CONFIGURATION, CommandError
    from flows.items import has_page
    from flows.metrics import render
    from flows.settings import load_settings
    from flows.steps.space import free_bytes
    from warehouse.connection import is_there
    from warehouse.health import measure, open_observer

    settings, at = load_settings(config, data_dir=data_dir), now()
    if not is_there(settings.warehouse):
        raise CommandError(f"nothing was collected yet in {settings.data_dir}: run `gigawire run` first", CONFIGURATION)
    with open_observer(settings.warehouse, wait_seconds=settings.lock_seconds) as (con, pending):
        if pending:
            raise CommandError("the warehouse has an older schema: the next `gigawire run` migrates it", CONFIGURATION)
        health = measure(con, at, max_page_attempts=settings.max_page_attempts, has_page=has_page)
    if as_json:
        print_json(asdict(health))
    else:
        print(render(health, now=at, free_bytes=free_bytes(settings.data_dir)), end="")
    waiting = sum(stage.waiting_count for stage in health.stages)
    say(f"{len(health.feeds)} feeds; {waiting:,} wait for a stage")


def measured(settings: Settings, *, wait_seconds: float) -> Health | None:
    """The health of the warehouse now; None where there is none, a run has it, or its schema is not this program's."""
    from flows.clock import now
    from flows.items import has_page
    from warehouse.connection import is_there
    from warehouse.errors import WarehouseError
    from warehouse.health import measure, open_observer

    if not is_there(settings.warehouse):
        return None
    try:
        with open_observer(settings.warehouse, wait_seconds=wait_seconds) as (con, pending):
            return (
                None
                if pending
                else measure(con, now(), max_page_attempts=settings.max_page_attempts, has_page=has_page)
            )
    except WarehouseError:
        return None
