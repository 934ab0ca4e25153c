"""Dates as feeds and pages write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.times import parse_time


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Wed, 06 May 2026 12:30:15 GMT", utc(2026, 5, 6, 12, 30, 15)),
        ("6 May 26 12:30 +0200", utc(2026, 5, 6, 10, 30)),
        ("Wed,06 May 2026 12:30:15 -0700", utc(2026, 5, 6, 19, 30, 15)),
        ("Fri, 06 May 2026 12:30:15 EST", utc(2026, 5, 6, 17, 30, 15)),  # a wrong weekday is no reason to lose the day
        ("Wed, 6 Sept 2026 12:30:15 +0530", utc(2026, 9, 6, 7, 0, 15)),
        ("06-May-2026 12:30:15 +02:00", utc(2026, 5, 6, 10, 30, 15)),
        ("Wed May  6 12:30:15 2026", utc(2026, 5, 6, 12, 30, 15)),
        ("Wed May 06 12:30:15 UTC 2026", utc(2026, 5, 6, 12, 30, 15)),
        ("May 6, 2026", utc(2026, 5, 6)),
        ("Wednesday, May 6th, 2026 at 11:30 PM ET", utc(2026, 5, 7, 3, 30)),  # summer time, though it does not say so
        ("Dec. 6, 2026 at 11:30 p.m. ET", utc(2026, 12, 7, 4, 30)),
        ("Wed May 06 2026 12:30:15 GMT+0200 (Central European Summer Time)", utc(2026, 5, 6, 10, 30, 15)),
        ("Wed, 06 May 2026 12:30:15 UTC+1", utc(2026, 5, 6, 11, 30, 15)),
        ("Wed, 06 May 2026 12:30:15 MEST", utc(2026, 5, 6, 10, 30, 15)),
        ("Wed, 06 May 2026 12:30:15 Etc/GMT", utc(2026, 5, 6, 12, 30, 15)),
        ("May 6, 2026 12:05 a.m. PDT", utc(2026, 5, 6, 7, 5)),
        ("6 May 2026", utc(2026, 5, 6)),
        ("2026-05-06T12:30:15Z", utc(2026, 5, 6, 12, 30, 15)),
        ("2026-05-06T12:30:15.123456789+02:00", utc(2026, 5, 6, 10, 30, 15, 123456)),
        ("2026-05-06T12:30:15,5-0330", utc(2026, 5, 6, 16, 0, 15, 500000)),
        ("2026-05-06 12:30:15", utc(2026, 5, 6, 12, 30, 15)),
        ("2026-05-06 12:30:15 +0000 UTC", utc(2026, 5, 6, 12, 30, 15)),
        ("2026-05-06T24:00:00Z", utc(2026, 5, 7)),
        ("2026-12-31T23:59:60Z", utc(2026, 12, 31, 23, 59, 59)),
        ("2026-05-06", utc(2026, 5, 6)),
        ("2026/5/6", utc(2026, 5, 6)),
        ("20260506", utc(2026, 5, 6)),
        ("20260506T123015Z", utc(2026, 5, 6, 12, 30, 15)),
        (" 2026-05-06\n", utc(2026, 5, 6)),
        ("29 Feb 2024", utc(2024, 2, 29)),
    ],
)
def test_a_written_date_is_one_moment_in_utc(written: str, moment: datetime) -> None:
    assert parse_time(written) == moment


@pytest.mark.parametrize(
    "written",
    [
        "", "now", "yesterday", "2026", "2026-05", "May 2026", "2026-13-45", "2026-02-30", "29 Feb 2026", "32 May 2026",
        "2026-05-06T25:00:00Z", "2026-05-06T12:60:00Z", "2026-05-06T12:00:00+25:00", "2026-05-06T12:00:00+02:75",
        "Wed, 06 Smarch 2026 12:00:00 GMT", "Wed, 06 May 2026 12:00:00 XYZ", "13:00 PM May 6, 2026", "05/06/2026",
        "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1778068800", "٢٠٢٦-٠٥-٠٦",
        "2026-05-06" * 20, "6 травня 2026",
    ],
)  # fmt: skip
def test_what_names_no_day_is_none_and_never_now(written: str) -> None:
    assert parse_time(written) is None


@given(st.text(max_size=60))
def test_no_text_raises(written: str) -> None:
    moment = parse_time(written)
    assert moment is None or moment.utcoffset() == timedelta(0)


@given(st.integers(0, 3_400_000_000), st.integers(-14 * 60, 14 * 60))
def test_both_standards_give_the_same_moment_back(seconds: int, offset: int) -> None:
    naive = datetime(1990, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds)
    sign, hours, minutes = "-" if offset < 0 else "+", abs(offset) // 60, abs(offset) % 60
    zone = f"{sign}{hours:02}:{minutes:02}"
    moment = naive - timedelta(minutes=offset)
    assert parse_time(f"{naive:%Y-%m-%dT%H:%M:%S}{zone}") == moment
    assert parse_time(f"{naive:%a, %d %b %Y %H:%M:%S} {zone.replace(':', '')}") == moment
