"""A date as a feed or page wrote it -> an aware time in UTC, or None. No date is ever made up."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from extractors.formats.local_dates import in_english

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip
# Hours east of UTC. Names that mean several zones are read as the press of AI infrastructure means them (CST: Chicago;
# IST: India; BST: Britain).
ZONES = {
    "utc": 0.0, "gmt": 0.0, "ut": 0.0, "z": 0.0, "wet": 0.0, "west": 1.0, "bst": 1.0, "cet": 1.0, "cest": 2.0,
    "met": 1.0, "mest": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0, "gst": 4.0, "pkt": 5.0, "ist": 5.5, "wib": 7.0,
    "ict": 7.0, "sgt": 8.0, "hkt": 8.0, "awst": 8.0, "jst": 9.0, "kst": 9.0, "acst": 9.5, "aest": 10.0, "aedt": 11.0,
    "nzst": 12.0, "nzdt": 13.0, "ast": -4.0, "adt": -3.0, "est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0,
    "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0, "akst": -9.0, "akdt": -8.0, "hst": -10.0, "brt": -3.0,
}  # fmt: skip
SUMMER_ZONES = {"et": -5.0, "ct": -6.0, "mt": -7.0, "pt": -8.0}  # an hour further east in the summer of the US
# Feeds that write 1970 or year 1 mean "not set"; the web has no news older than this.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST_YEAR = 2100

_LONGEST = 80
_MONTH = rf"(?P<month_name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?"
)
_ZONE = (
    r"(?:(?:GMT|UTC)?(?P<sign>[+-])(?P<offset_hours>\d{1,2}):?(?P<offset_minutes>\d{2})?"
    r"|\(?(?:Etc/)?(?P<zone>[A-Za-z]{1,5})\)?)"
)
_TAIL = rf"(?:[,\s]+(?:at\s+)?{_CLOCK}(?:\s*{_ZONE})?(?:\s+\(?[A-Za-z]{{1,5}}\)?|\s+\([A-Za-z ]{{1,40}}\))?)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # RFC 3339 and its relatives: 2026-05-06T12:00:00.5Z, 2026-05-06 12:00 +0200 CEST, 2026-05-06, 20260506T1200Z
        rf"(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}})(?:\s*T\s*|\s+)?(?:{_CLOCK}\s*{_ZONE}?)?"
        r"(?:\s+[A-Za-z]{1,5})?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        rf"(?:T?(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})?\s*{_ZONE}?)?",
        # RFC 822: Wed, 06 May 2026 12:00:00 GMT, 6-May-26 12:00 -0700
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+(?P<year>\d{{4}}|\d{{2}}){_TAIL}",
        # American: Wednesday, May 6, 2026 12:00 PM ET
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TAIL}",
        # C's asctime: Wed May  6 12:00:00 2026
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}(?:\s+{_ZONE})?\s+(?P<year>\d{{4}})",
    )
)


def parse_time(written: str) -> datetime | None:
    """The time that ``written`` names, aware and in UTC; None where it names none that exists or leaves the day open.

    A time without zone is read as UTC, a date without time as its midnight.

    >>> parse_time("Wed, 06 May 2026 23:30:00 EDT")
    datetime.datetime(2026, 5, 7, 3, 30, tzinfo=datetime.timezone.utc)
    >>> parse_time("2026-05-06")
    datetime.datetime(2026, 5, 6, 0, 0, tzinfo=datetime.timezone.utc)
    >>> parse_time("2026-13-45"), parse_time("2026-05-06T12:00:00+25:00"), parse_time("1970-01-01T00:00:00Z")
    (None, None, None)
    """
    text = " ".join(written.split())
    if not 6 <= len(text) <= _LONGEST:
        return None
    if text.isascii() and (moment := _read(text)):
        return moment
    english = in_english(text)
    return _read(english) if english != text and english.isascii() else None


def _read(text: str) -> datetime | None:
    for form in FORMS:
        if match := form.fullmatch(text):
            try:
                return _utc({key: value or "" for key, value in match.groupdict().items()})
            except (ValueError, OverflowError):
                return None
    return None


def _utc(parts: dict[str, str]) -> datetime | None:
    """The time of a form's parts; raises ValueError for a day or hour that does not exist."""
    year = int(parts["year"])
    if len(parts["year"]) == 2:  # RFC 2822 4.3
        year += 2000 if year < 50 else 1900
    month = MONTHS[parts["month_name"].lower()] if parts.get("month_name") else int(parts["month"])
    hour, minute, second = (int(parts.get(key) or 0) for key in ("hour", "minute", "second"))
    if half := parts.get("half", ""):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    days = 1 if (hour, minute, second) == (24, 0, 0) else 0  # the end of the day, ISO 8601
    moment = datetime(year, month, int(parts["day"]), 0 if days else hour, minute, min(second, 59), tzinfo=UTC)
    if second > 60:
        return None
    moment += timedelta(days=days, microseconds=int(parts.get("fraction", "")[:6].ljust(6, "0")))
    offset = _offset(parts, moment)
    if offset is None:
        return None
    moment -= offset
    return moment if moment >= EARLIEST and moment.year <= LATEST_YEAR else None


def _offset(parts: dict[str, str], moment: datetime) -> timedelta | None:
    """Distance east of UTC at a local time, zero where none is told; None for one that no place on Earth has."""
    if parts.get("sign"):
        hours, minutes = int(parts["offset_hours"]), int(parts["offset_minutes"] or 0)
        if hours > 14 or minutes > 59:
            return None
        return (1 if parts["sign"] == "+" else -1) * timedelta(hours=hours, minutes=minutes)
    if zone := parts.get("zone", "").lower():
        if zone in SUMMER_ZONES:
            return timedelta(hours=SUMMER_ZONES[zone] + is_us_summer(moment))
        hours_east = ZONES.get(zone)
        return None if hours_east is None else timedelta(hours=hours_east)
    return timedelta(0)


def is_us_summer(moment: datetime) -> bool:
    """Whether clocks in the United States stand an hour ahead at a local time, by the rule since 2007.

    >>> [is_us_summer(datetime(2026, *local)) for local in ((3, 8, 1, 59), (3, 8, 2), (11, 1, 2))]
    [False, True, False]
    """
    return _sunday(moment, 3, 2) <= moment < _sunday(moment, 11, 1)


def _sunday(moment: datetime, month: int, which: int) -> datetime:
    """Two o'clock of the first, second … Sunday of a month, in the year of ``moment``."""
    first = moment.replace(month=month, day=1, hour=2, minute=0, second=0, microsecond=0)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (which - 1))
