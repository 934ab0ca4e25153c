"""brief, report, feed, dashboard: what the dashboards' own programs write and show of the published release."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands import Config, DataDir, examples, published

Out = Annotated[Path | None, typer.Option("--out", "-o", help="The file to write, else standard output.")]


class BriefForm(StrEnum):
    """How a brief is written."""

    md = "md"
    html = "html"


class FeedForm(StrEnum):
    """How the feed of deals is written."""

    atom = "atom"
    json = "json"


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(
        epilog=examples(
            "gigawire brief", "gigawire brief --weekly --until 2026-05-10", "gigawire brief --format html -o b.html"
        )
    )(brief)
    app.command(epilog=examples("gigawire report --out tape.html"))(report)
    app.command("feed", epilog=examples("gigawire feed > deals.xml", "gigawire feed --format json -o deals.json"))(feed)
    app.command(epilog=examples("gigawire dashboard", "gigawire dashboard --port 8600"))(dashboard)


def brief(
    data_dir: DataDir = None,
    config: Config = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="Seven days in place of one.")] = False,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its last day; else that of the newest article.")
    ] = None,
    form: Annotated[BriefForm, typer.Option("--format", help="Markdown or one HTML page.")] = BriefForm.md,
    out: Out = None,
) -> None:
    """Write the brief: what was signed, what changed, who is new, with a detailed analysis."""
    kind = ["--kind", "weekly" if weekly else "daily"]
    last = ["--until", f"{until:%Y-%m-%d}"] if until else []
    _write(data_dir, config, "dashboards.brief", [*kind, *last, "--format", form.value, *_to(out)])


def report(
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")],
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Write the report: the whole release as one HTML page for mail or the web."""
    _write(data_dir, config, "dashboards.report", _to(out))


def feed(
    data_dir: DataDir = None,
    config: Config = None,
    form: Annotated[FeedForm, typer.Option("--format", help="Atom or JSON Feed.")] = FeedForm.atom,
    out: Out = None,
) -> None:
    """Write new and revised deals as a feed that others can poll."""
    _write(data_dir, config, "dashboards.deals_feed", ["--format", form.value, *_to(out)])


def dashboard(
    data_dir: DataDir = None,
    config: Config = None,
    port: Annotated[int, typer.Option(help="Where it listens on this machine.")] = 8501,
    headless: Annotated[bool, typer.Option("--headless", help="Do not open a browser.")] = False,
) -> None:
    """Open the dashboard over what was published."""
    import importlib.util

    from flows.exits import CONFIGURATION, CommandError

    if importlib.util.find_spec("streamlit") is None:
        raise CommandError("the dashboard needs Streamlit: pip install 'gigawire[dashboard]'", CONFIGURATION)
    _write(data_dir, config, "dashboards", ["--port", str(port), *(["--headless"] if headless else [])])


def _write(data_dir: Path | None, config: Path | None, program: str, arguments: list[str]) -> None:
    """Runs a program of the dashboards over the published file; ends with its code where it is not 0."""
    import subprocess
    import sys

    from flows.settings import load_settings

    path = published(load_settings(config, data_dir=data_dir))
    done = subprocess.run([sys.executable, "-m", program, "--published", str(path), *arguments], check=False)
    if done.returncode:
        raise typer.Exit(done.returncode)


def _to(out: Path | None) -> list[str]:
    return ["--out", str(out)] if out else []
