"""Rows of months: first days, in order."""

from __future__ import annotations

from datetime import date


def months_between(first: date, last: date) -> list[date]:
    """First days of all months from that of ``first`` to that of ``last``.

    >>> [str(month) for month in months_between(date(2025, 11, 30), date(2026, 1, 1))]
    ['2025-11-01', '2025-12-01', '2026-01-01']
    """
    return [_month(n) for n in range(_number(first), _number(last) + 1)]


def months_back(last: date, count: int) -> list[date]:
    """First days of the ``count`` months that end with that of ``last``.

    >>> [str(month) for month in months_back(date(2026, 1, 15), 2)]
    ['2025-12-01', '2026-01-01']
    """
    return [_month(n) for n in range(_number(last) - count + 1, _number(last) + 1)]


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
