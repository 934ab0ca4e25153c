"""What the figures mean, said once for dashboard and report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboards import figures

COUNTED = (
    "Rumored and cancelled deals, and those that one unknown publisher alone tells of, are listed but not counted. "
    "A deal counts once, however many articles tell of it."
)


def undated(count: int) -> str:
    """What to say of counted deals that stand in no month; "" where there are none."""
    return f"{count:,} without a date of announcement stand in no month." if count else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A sum over deals: its column in ``queries.monthly``, its name, its definition, how one value reads."""

    name: str
    headline: str
    definition: str
    wording: Callable[[Any], str]
    axis_wording: Callable[[Any], str]  # shorter


MEASURES = {
    measure.name: measure
    for measure in (
        Measure(
            name="deals_count",
            headline="Deals",
            definition="Deals announced, by the month of the first article that reports them as agreed.",
            wording=figures.number,
            axis_wording=figures.number,
        ),
        Measure(
            name="amount_usd",
            headline="Stated value",
            definition="Sum of stated whole-contract values in US dollars, other currencies at the rate of the "
            "announcement day; an “up to” counts in full. Yearly amounts are left out.",
            wording=lambda dollars: figures.money(figures.rounded(dollars)),
            axis_wording=figures.money,
        ),
        Measure(
            name="power_mw",
            headline="Power",
            definition="Sum of the electrical capacity that deals state: contracted, not built. "
            "One site may stand in a lease and in a power contract.",
            wording=lambda mw: figures.power(figures.rounded(mw)),
            axis_wording=figures.power,
        ),
        Measure(
            name="accelerators_count",
            headline="Accelerators",
            definition="Sum of the accelerators that deals count. Most deals do not say.",
            wording=figures.number,
            axis_wording=figures.short_number,
        ),
    )
}
