"""Exit codes of every command (docs/commands.md), and which error means which."""

from __future__ import annotations

import sys

OK, UNEXPECTED, USAGE, PARTIAL, ALL_FAILED, LOCKED, CONFIGURATION, CHECK_FAILED, INTERRUPTED = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    130,
)

# by name, so that an error can be told without importing the room that it comes from
CODE_BY_ERROR = {
    "WarehouseLockedError": LOCKED,
    "EngineBusyError": LOCKED,
    "SettingsError": CONFIGURATION,
    "FeedListError": CONFIGURATION,
    "WatchlistsError": CONFIGURATION,
    "WarehouseUnwritableError": CONFIGURATION,
    "WarehouseVersionError": CONFIGURATION,
    "WarehouseDamagedError": CONFIGURATION,
    "NotPublishedError": CONFIGURATION,
    "MoveRefusedError": CONFIGURATION,
    "BackupError": CONFIGURATION,
    "BackfillError": CONFIGURATION,
    "DiskSpaceError": CONFIGURATION,
    "RegistryError": CONFIGURATION,
    "ModelMissingError": CONFIGURATION,
    "EngineError": CONFIGURATION,
    "ReprocessError": CONFIGURATION,
    "CheckFailedError": CHECK_FAILED,
    "KeyboardInterrupt": INTERRUPTED,
}


class CommandError(Exception):
    """A command cannot do what was asked; ends with ``code`` and one line that says why and the way out."""

    def __init__(self, message: str, code: int = USAGE) -> None:
        super().__init__(message)
        self.code = code


def exit_code(error: BaseException) -> int:
    """The exit code that an error ends a command with."""
    if isinstance(error, CommandError):
        return error.code
    return next((CODE_BY_ERROR[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in CODE_BY_ERROR), 1)


def complain(error: BaseException) -> int:
    """Says in one line on stderr what is wrong; gives the exit code."""
    code = exit_code(error)
    if code == INTERRUPTED:
        message = "interrupted; the next run goes on where this one stopped"
    elif code == UNEXPECTED and not isinstance(error, CommandError):
        message = f"unexpected {type(error).__name__}: {error} (gigawire --debug … shows where)"
    else:
        message = str(error)
    print("gigawire: " + " ".join(message.split()), file=sys.stderr)
    return code
