"""The dashboards' own programs, which write what people read of a release."""

from __future__ import annotations

import subprocess
import sys

from flows.settings import Settings

SECONDS = 120


def run_program(name: str, settings: Settings, *arguments: str) -> str:
    """Runs ``python -m dashboards.<name>`` over the published file; "" or in a line why it wrote nothing."""
    program = [sys.executable, "-m", f"dashboards.{name}", "--published", str(settings.published.absolute())]
    try:
        done = subprocess.run([*program, *arguments], capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"it was not ready after {SECONDS} seconds"
    if done.returncode == 0:
        return ""
    return (done.stderr.strip().splitlines() or ["no reason given"])[-1]
