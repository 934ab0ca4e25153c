"""What a person may set for one run of a deployment: the forms that the Prefect UI shows.

What is left empty is as the worker's settings say (environment, gigawire.toml of the data folder).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from flows.settings import Settings, load_settings


class Form(BaseModel):
    """What every run may be told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data_dir: Path | None = Field(default=None, title="Data folder", description="Empty: the worker's own, ./data.")
    more: dict[str, Any] = Field(
        default={}, title="Other settings", description='By name, as in docs/commands.md: {"concurrency": 10}.'
    )

    def settings(self) -> Settings:
        """The settings of the run. Raises SettingsError."""
        chosen = {name: value for name, value in self if name in Settings.model_fields and value not in (None, [])}
        return load_settings(**self.more | chosen)


class Collecting(Form):
    """Which feeds, and how far."""

    groups: list[str] = Field(default=[], title="Groups", description="Only feeds of these; empty: all.")
    without_groups: list[str] = Field(default=[], title="Not these groups", description="Feeds of these are left out.")
    poll_all: bool | None = Field(default=None, title="Also feeds that are not due yet")
    fetch_pages: bool | None = Field(default=None, title="Retrieve the pages behind the entries")
    max_pages_per_run: int | None = Field(default=None, ge=0, title="Pages at most")


class Days(Form):
    """A part of the news, by its day of publication."""

    since: date | None = Field(default=None, title="From", description="The first day; empty: from the beginning.")
    until: date | None = Field(default=None, title="To", description="The last day; empty: to the end.")


class Briefing(Form):
    """Which brief."""

    weekly: bool = Field(default=False, title="Of seven days in place of one")
    until: date | None = Field(default=None, title="Its last day", description="Empty: that of the newest article.")


class Keeping(Form):
    """What the night's maintenance may take away."""

    keep_runs_days: int = Field(default=30, ge=1, title="Days that the history of runs is kept")
    longest_run_hours: float = Field(default=6, gt=0, title="Hours after which a run that still runs counts as crashed")
    keep_staging_days: int = Field(default=7, ge=1, title="Days that what a broken run left in staging/ is kept")
