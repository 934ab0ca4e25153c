"""Bar charts as coordinates, for the report's inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.palette import TYPE_COLOURS, TYPE_WORDS
from dashboards.words import Measure

WIDTH, HEIGHT = 360, 190  # small enough that a phone shows the text at its full size
LEFT, RIGHT, TOP, BOTTOM = 44, 4, 10, 24
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One part of one month's bar, in the chart's units."""

    x: float
    y: float
    width: float
    height: float
    type: str
    told: str  # what a screen reader or a pointer gets


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A word on an axis, and where."""

    position: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """A stacked bar chart by month."""

    measure: Measure
    bars: tuple[Bar, ...]
    months: tuple[Mark, ...]
    lines: tuple[Mark, ...]  # values on the upright axis, from zero


def stacked(rows: Sequence[dict[str, Any]], months: Sequence[date], measure: Measure) -> BarChart:
    """The rows of ``queries.monthly`` as bars over these months, types always in the same order."""
    top = scale_top(max((sum(_value(row, measure) for row in rows if row["month"] == m) for m in months), default=0))
    slot = (WIDTH - LEFT - RIGHT) / max(len(months), 1)
    unit = (HEIGHT - TOP - BOTTOM) / top
    bars = []
    for index, month in enumerate(months):
        bottom = float(HEIGHT - BOTTOM)
        by_type = {row["type"]: row for row in rows if row["month"] == month}
        for name in TYPE_COLOURS:
            value = _value(by_type[name], measure) if name in by_type else 0
            if not value:
                continue
            height = value * unit
            bottom -= height
            told = f"{month:%B %Y}, {TYPE_WORDS[name]}: {measure.wording(by_type[name][measure.name])}"
            bar = Bar(
                x=round(LEFT + index * slot + slot * 0.14, 2),
                y=round(bottom, 2),
                width=round(slot * 0.72, 2),
                height=round(height, 2),
                type=name,
                told=told,
            )
            bars.append(bar)
    every = max(1, -(-len(months) // 6))
    marks = [
        Mark(position=round(LEFT + (index + 0.5) * slot, 2), text=f"{month:%b %y}")
        for index, month in enumerate(months)
        if index % every == 0
    ]
    lines = [
        Mark(position=round(HEIGHT - BOTTOM - top * part * unit, 2), text=measure.axis_wording(top * part))
        for part in (0, 0.5, 1)
        if top > 100 or (top * part).is_integer()  # nobody counts half a deal
    ]
    return BarChart(measure=measure, bars=tuple(bars), months=tuple(marks), lines=tuple(lines))


def scale_top(largest: float) -> float:
    """The least of STEPS times a power of ten that holds the largest value, at least 2.

    >>> scale_top(7), scale_top(331e9), scale_top(0)
    (8.0, 400000000000.0, 2.0)
    """
    power = 1.0
    while power * 10 < largest:
        power *= 10
    return max(next(step * power for step in STEPS if step * power >= largest), 2.0)


def _value(row: dict[str, Any], measure: Measure) -> float:
    return float(row[measure.name] or 0)
