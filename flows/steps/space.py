"""Disk space: a run that would fill the disk does not begin; what was published stays."""

from __future__ import annotations

import shutil
from pathlib import Path

from flows.settings import Settings


class DiskSpaceError(Exception):
    """Less is free than a run should begin with; the message says how much and the way out."""


def free_bytes(data_dir: Path) -> int:
    """Free on the disk that the data folder is on, or will be on."""
    folder = data_dir.absolute()
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def require_space(settings: Settings) -> None:
    """Nothing where enough is free. Raises DiskSpaceError."""
    free = free_bytes(settings.data_dir)
    if free < settings.min_free_bytes:
        raise DiskSpaceError(
            f"{free / 1e6:,.0f} MB are free for {settings.data_dir}, a run begins with "
            f"{settings.min_free_bytes / 1e6:,.0f} MB: make space (`gigawire archive prune --older-than 90d`), "
            "or lower min_free_bytes; the release stays"
        )
