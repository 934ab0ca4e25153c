"""Brief: the dashboards' own program writes it from the release."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flows.settings import Settings
from flows.steps.programs import run_program
from warehouse.errors import NotPublishedError


def write_brief(settings: Settings, *, day: date, weekly: bool = False, until: date | None = None) -> tuple[str, Path]:
    """The brief as Markdown, and its file, named after ``day``. Raises NotPublishedError where there is no release."""
    kind = "weekly" if weekly else "daily"
    out = settings.briefs / f"{day}-{kind}.md"
    out.parent.mkdir(parents=True, exist_ok=True)
    last = ["--until", str(until)] if until else []
    if reason := run_program("brief", settings, "--kind", kind, *last, "--out", str(out)):
        raise NotPublishedError(reason)
    return out.read_text(encoding="utf-8"), out
