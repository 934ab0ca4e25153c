"""What runs on this machine, by what stands in its environment."""

from __future__ import annotations

from pathlib import Path


def processes_with(variable: str) -> list[tuple[int, str]]:
    """(process id, command line) of the processes that have this ``NAME=value`` in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if variable.encode() in (process / "environ").read_bytes().split(b"\0"):
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                found.append((int(process.name), command))
        except OSError:
            continue
    return found
