"""What can be wrong with the warehouse; every message says in one line what happened and the way out."""

from __future__ import annotations


class WarehouseError(Exception):
    """Base of this room's errors."""


class WarehouseLockedError(WarehouseError):
    """Another process is writing. ``pid`` is its process id, None where it could not be told."""

    def __init__(self, message: str, *, pid: int | None = None) -> None:
        super().__init__(message)
        self.pid = pid


class WarehouseUnwritableError(WarehouseError):
    """The folder or the disk does not take what should be written."""


class WarehouseVersionError(WarehouseError):
    """The file was made by a newer Gigawire or DuckDB, or by migrations that were edited since."""


class WarehouseDamagedError(WarehouseError):
    """The file is no DuckDB database, or archived bytes are not those that their name promises."""


class NotPublishedError(WarehouseError):
    """Nothing was published yet."""


class CheckFailedError(WarehouseError):
    """A check found rows that must not be. ``check`` is its name, ``rows`` the first of them as text."""

    def __init__(self, check: str, rule: str, rows: tuple[str, ...], count: int) -> None:
        shown = "; ".join(rows)
        super().__init__(f"check {check} found {count} row(s), nothing was published: {rule} First: {shown}")
        self.check = check
        self.rule = rule
        self.rows = rows
        self.count = count
