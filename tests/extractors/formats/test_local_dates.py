"""Dates in the languages and forms that feeds write, each the same day; what names no day stays none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.formats.times import parse_time

DAY = datetime(2026, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Mi, 06 Mai 2026 10:00:00 +0000",
        "6. Mai 2026, 10:00 Uhr",
        "06.05.2026 10:00",
        "mer., 06 mai 2026 10:00:00 GMT",
        "mercredi 6 mai 2026 10:00",
        "mié, 06 may 2026 10:00:00 +0000",
        "6 de mayo de 2026 10:00",
        "mercoledì 6 maggio 2026 10:00",
        "6 de maio de 2026 10:00",
        "śr., 06 maja 2026 10:00:00 GMT",
        "2026-május-06T10:00",
        "6 мая 2026 10:00",
        "Τετ, 06 Μαϊ 2026 10:00:00 GMT",
        "2026년 05월 06일 10:00:00",
        "2026年5月6日 10:00",
        "2026-05-06 오전 10:00:00",
        "2026-126T10:00Z",
        "2026-W19-3T10:00Z",
    ],
)
def test_one_moment_in_many_languages(written: str) -> None:
    assert parse_time(written) == DAY.replace(hour=10)


@pytest.mark.parametrize(
    "written",
    [
        "2026-366",
        "2026-000",
        "2026-W54-1",
        "31.02.2026",
        "05/06/2026 10:00",
        "2026-05",
        "6 smarch 2026",
        "Mai 2026",
        "오후 3:00",
    ],
)
def test_what_names_no_day_or_two_is_none(written: str) -> None:
    assert parse_time(written) is None


def test_every_month_is_read_in_every_language_that_is_listed() -> None:
    from extractors.formats.local_dates import MONTHS

    names = [name for names in MONTHS for name in names.split()]
    assert len({name for name in names if names.count(name) > 1} - {"marz", "oktober"}) == 0
    for number, months in enumerate(MONTHS, 1):
        for name in months.split():
            assert parse_time(f"6 {name} 2026") == datetime(2026, number, 6, tzinfo=UTC), name
