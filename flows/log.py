"""The log of a run for machines: an event for each poll, page, document and release, with the ids in the warehouse.

Events go to the logger ``gigawire``. Nobody hears them unless asked for: ``log_format = "json"`` writes each as a
line of JSON on stderr; Prefect takes them into the log of its run where PREFECT_LOGGING_EXTRA_LOGGERS names the logger.
"""

from __future__ import annotations

import logging
import sys
import uuid
from dataclasses import asdict
from functools import cache
from typing import Any

LOGGER = logging.getLogger("gigawire")
LOGGER.setLevel(logging.INFO)
LOGGER.propagate = False


def event(name: str, record: Any = None, /, **fields: Any) -> None:
    """One event: the fields of a record, and others; empty ones are left out, ``run_id`` is added."""
    if not LOGGER.handlers:
        return
    fields |= asdict(record) if record else {}
    told = {"run_id": run_id()} | {key: value for key, value in fields.items() if value not in ("", None, ())}
    LOGGER.info(f"{name} {' '.join(f'{key}={value}' for key, value in told.items())}", extra={"event": name, **told})


def say_event(line: str) -> None:
    """What would be said to a person, as an event."""
    event("said", text=line)


def write_json() -> None:
    """From here on each event is a line of JSON on stderr: time, event, run_id, then its own fields. Once a process."""
    from pythonjsonlogger.json import JsonFormatter

    if LOGGER.handlers:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter("%(event)s", timestamp="time"))
    LOGGER.addHandler(handler)


def run_id() -> str:
    """The id of the Prefect run that this is part of, else one that this process gave itself."""
    if "prefect" in sys.modules:
        from prefect import runtime

        if found := runtime.flow_run.id:
            return str(found)
    return _own_id()


@cache
def _own_id() -> str:
    return str(uuid.uuid4())
