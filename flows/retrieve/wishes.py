"""How long a server asks to be left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

DAY_SECONDS = 86_400.0  # news that is asked for less than once a day is no news, whatever a header says
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[,\s])(?:no-cache|no-store)\b", re.IGNORECASE)


def fresh_seconds(headers: Mapping[str, str], at: datetime) -> float:
    """How long the answer stays fresh by Cache-Control, else by Expires against the server's own Date; a day at most.

    >>> noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    >>> fresh_seconds({"cache-control": "public, max-age=900", "age": "300"}, noon)
    600.0
    >>> fresh_seconds({"expires": "Mon, 01 Jun 2026 10:30:00 GMT", "date": "Mon, 01 Jun 2026 10:00:00 GMT"}, noon)
    1800.0
    >>> fresh_seconds({"cache-control": "no-cache, max-age=900"}, noon), fresh_seconds({"expires": "0"}, noon)
    (0.0, 0.0)
    """
    if control := headers.get("cache-control", ""):
        if _NOT_KEPT.search(control):
            return 0.0
        if told := _MAX_AGE.search(control):
            age = headers.get("age", "").strip()
            spent = int(age[:12]) if age.isascii() and age.isdigit() else 0
            return _capped(int(told[1]) - spent)
    return _capped(seconds_until(headers.get("expires", ""), headers, at) or 0.0)


def retry_after_seconds(headers: Mapping[str, str], at: datetime) -> float | None:
    """How long the server asks us to wait, by its own clock where it says a date; None where it does not ask.

    >>> noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    >>> retry_after_seconds({"retry-after": "120"}, noon)
    120.0
    >>> asked = {"retry-after": "Mon, 01 Jun 2026 10:00:30 GMT", "date": "Mon, 01 Jun 2026 10:00:00 GMT"}
    >>> retry_after_seconds(asked, noon)
    30.0
    >>> [retry_after_seconds({"retry-after": text}, noon) for text in ("-5", "soon", "")]
    [None, None, None]
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    return seconds_until(text, headers, at)


def seconds_until(text: str, headers: Mapping[str, str], at: datetime) -> float | None:
    """Seconds from the server's Date (from ``at`` where it sent none to be read) to an HTTP date, 0 where past."""
    until = http_date(text) if text else None
    if until is None:
        return None
    return max(0.0, (until - (http_date(headers.get("date", "")) or at)).total_seconds())


def http_date(text: str) -> datetime | None:
    """The time that an HTTP header tells, None where it tells none.

    >>> http_date("Mon, 01 Jun 2026 10:00:00 GMT")
    datetime.datetime(2026, 6, 1, 10, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        told = parsedate_to_datetime(text)
        return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _capped(seconds: float) -> float:
    return float(min(max(seconds, 0.0), DAY_SECONDS))
