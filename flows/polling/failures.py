"""How bad a failed poll is, and how long to wait after it.

Weights and their limit are those of Media Cloud, which polls some 130,000 feeds a day: "active feeds do return 404 and
come back", so no feed is ever dropped for failing; at the limit it is asked once a week.
"""

from __future__ import annotations

from datetime import timedelta

HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25
DORMANT_UNITS = 30.0
DORMANT_WAIT = timedelta(days=7)
LONGEST_WAIT = timedelta(days=1)
SHORTEST_CADENCE = timedelta(minutes=15)
TEMPORARY_CODES = {"dns_failed", "connect_failed", "broken_off", "timed_out"}
SOFT_STATUSES = {404, 408, 425, 429}
GONE = 410


def weight(code: str, status: int | None) -> float:
    """What a failure weighs: hard needs a person, soft is what servers do for a while, temporary is the network.

    >>> weight("http_403", 403), weight("http_404", 404), weight("http_503", 503), weight("timed_out", None)
    (1.0, 0.5, 0.5, 0.25)
    """
    if code in TEMPORARY_CODES:
        return TEMPORARY
    if code == f"http_{status}" and status is not None and (status in SOFT_STATUSES or status >= 500):
        return SOFT
    return HARD


def health_after(units: float, status: int | None) -> str:
    """failing, dormant or gone."""
    if status == GONE:
        return "gone"
    return "dormant" if units >= DORMANT_UNITS else "failing"


def wait_after(units: float, cadence: timedelta) -> timedelta:
    """How long a failing feed is left alone: its cadence, doubled with every unit, a day at most; dormant ones a week.

    >>> [str(wait_after(units, timedelta(hours=1))) for units in (0.25, 1, 2, 10, 30)]
    ['1:11:21', '2:00:00', '4:00:00', '1 day, 0:00:00', '7 days, 0:00:00']
    """
    if units >= DORMANT_UNITS:
        return DORMANT_WAIT
    seconds = max(cadence, SHORTEST_CADENCE).total_seconds() * 2 ** min(units, 10.0)
    return min(timedelta(seconds=int(seconds)), LONGEST_WAIT)
