"""The commands of ``gigawire``, a file for each purpose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.settings import Settings

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="The data folder (GIGAWIRE_DATA_DIR; ./data).", show_default=False)
]
Config = Annotated[
    Path | None, typer.Option("--config", help="A TOML file of settings (data/gigawire.toml).", show_default=False)
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what went wrong.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
AsTable = Annotated[bool, typer.Option("--table", help="Print a table for people (the default).")]


def examples(*lines: str) -> str:
    """The end of a command's help."""
    return "Examples:\n\n" + "\n\n".join(f"  {line}" for line in lines)


def form_of(as_json: bool, as_csv: bool, _as_table: bool = False) -> str:
    """table, json or csv."""
    return "json" if as_json else "csv" if as_csv else "table"


def published(settings: Settings) -> Path:
    """The published database. Raises NotPublishedError where there is none yet."""
    from warehouse.errors import NotPublishedError

    if not settings.published.exists():
        raise NotPublishedError(f"nothing is published at {settings.published}: run `gigawire run` first")
    return settings.published.absolute()
