"""The tape that the settings name, open for writing."""

from contextlib import AbstractContextManager
from typing import Any

from flows.settings import Settings
from warehouse.connection import open_writer


def open_tape(settings: Settings) -> AbstractContextManager[Any]:
    """The warehouse of these settings, as ``open_writer`` gives it; another writer is waited for as they allow."""
    return open_writer(settings.warehouse, wait_seconds=settings.lock_seconds)
