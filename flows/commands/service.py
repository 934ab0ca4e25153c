"""setup, serve: Gigawire on a schedule."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands import Config, DataDir, examples
from flows.terminal import say

Webhook = Annotated[str, typer.Option(help="An address that is told of failed, late and missing runs.")]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(epilog=examples("gigawire setup", "gigawire setup --webhook https://hooks.example.com/ops"))(setup)
    app.command(epilog=examples("gigawire serve", "gigawire serve --port 4300 --data-dir /srv/gigawire/data"))(serve)


def setup(webhook: Webhook = "") -> None:
    """Prepare the Prefect server of PREFECT_API_URL: work pool, limits, automations, deployments; then check it."""
    import asyncio
    import os

    from flows.exits import CONFIGURATION, CommandError

    if not os.environ.get("PREFECT_API_URL"):
        raise CommandError(
            "PREFECT_API_URL names no server: start one (docs/operate.md) and set it, or run `gigawire serve` instead",
            CONFIGURATION,
        )
    from flows.service.setup import set_up

    asyncio.run(set_up(say, webhook=webhook))


def serve(
    data_dir: DataDir = None,
    config: Config = None,
    host: Annotated[str, typer.Option(help="Where the server listens, if this command starts one.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Its port.")] = 4200,
    webhook: Webhook = "",
) -> None:
    """Run everything on its schedule on this machine, with a server of its own where PREFECT_API_URL names none."""
    import asyncio
    import os

    from flows.engine import start_service
    from flows.settings import load_settings

    settings = load_settings(config, data_dir=data_dir)
    # runs are processes of their own and find their settings there
    os.environ["GIGAWIRE_DATA_DIR"] = str(settings.data_dir.resolve())
    if config:
        os.environ["GIGAWIRE_CONFIG"] = str(config.resolve())
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "WARNING")
    start_service(settings, host, port)
    from flows.service.serve import serve as serve_all

    asyncio.run(serve_all(say, webhook=webhook))
