"""The only place that asks what time it is."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The time in UTC, whole microseconds; GIGAWIRE_NOW (ISO time) where a test has stopped the clock."""
    fixed = os.environ.get("GIGAWIRE_NOW", "")
    if not fixed:
        return datetime.now(UTC)
    moment = datetime.fromisoformat(fixed)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
