"""Brief: the dashboards' own program writes it from the release."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from flows.settings import Settings
from warehouse.errors import NotPublishedError

BRIEF_SECONDS = 120


def write_brief(settings: Settings, *, day: date, weekly: bool = False, until: date | None = None) -> tuple[str, Path]:
    """The brief as Markdown, and its file, named after ``day``. Raises NotPublishedError where there is no release."""
    kind = "weekly" if weekly else "daily"
    out = settings.briefs / f"{day}-{kind}.md"
    out.parent.mkdir(parents=True, exist_ok=True)
    program = [sys.executable, "-m", "dashboards.brief", "--published", str(settings.published.absolute())]
    last = ["--until", str(until)] if until else []
    done = subprocess.run(
        [*program, "--kind", kind, *last, "--out", str(out)],
        capture_output=True,
        text=True,
        timeout=BRIEF_SECONDS,
        check=False,
    )
    if done.returncode:
        raise NotPublishedError((done.stderr.strip().splitlines() or ["the brief could not be written"])[-1])
    return out.read_text(encoding="utf-8"), out
