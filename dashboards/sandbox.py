"""A reader's own question to a release, answered by ``python -m warehouse.sandbox`` in a process of its own.

That program is the one guard of every SQL box: read-only, no files, no network, one statement, bounded in time and
memory. It is started here, never imported.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 15.0
GRACE_SECONDS = 10.0  # for the child to start
MEMORY_BYTES = 4_000_000_000
MOST_ROWS = 10_000
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows, or why there are none."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    error: str = ""


def ask(published: Path, sql: str, *, seconds: float = SECONDS) -> Answer:
    """What the release answers; an error in words where it does not."""
    limits = ["--seconds", str(seconds), "--memory-bytes", str(MEMORY_BYTES), "--rows", str(MOST_ROWS)]
    program = [sys.executable, "-m", "warehouse.sandbox", str(published), *limits]
    try:
        done = subprocess.run(
            program, input=sql, capture_output=True, text=True, cwd=ROOT, timeout=seconds + GRACE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Answer(error=f"The query was stopped after {seconds:g} seconds.")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if lines and isinstance(lines[-1], dict):
        return Answer(error=lines[-1]["error"])
    if done.returncode or not lines:
        return Answer(error=f"The query was stopped at its limits: {seconds:g} seconds, {MEMORY_BYTES / 1e9:g} GB.")
    return Answer(columns=tuple(lines[0]), rows=tuple(tuple(row) for row in lines[1:]))
