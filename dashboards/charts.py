"""Charts of the dashboard, drawn by Altair."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from dashboards.months import months_between
from dashboards.palette import TYPE_COLOURS, TYPE_WORDS
from dashboards.words import Measure

AXIS_LABELS = {
    "amount_usd": "datum.value >= 1e12 ? '$' + format(datum.value / 1e12, ',~f') + 'tn' : "
    "datum.value >= 1e9 ? '$' + format(datum.value / 1e9, ',~f') + 'bn' : '$' + format(datum.value / 1e6, ',~f') + 'm'",
    "power_mw": "datum.value >= 1000 ? format(datum.value / 1000, ',~f') + ' GW' : format(datum.value, ',~f') + ' MW'",
}


def monthly_bars(rows: list[dict[str, Any]], measure: Measure) -> alt.Chart:
    """Stacked bars by month and type of one measure of ``queries.monthly``; months without a deal stay empty."""
    shown = [row for row in rows if row[measure.name]]
    frame = pd.DataFrame(
        {
            "Month": [f"{row['month']:%b %Y}" for row in shown],
            "Type": [TYPE_WORDS[row["type"]] for row in shown],
            "Order": [list(TYPE_COLOURS).index(row["type"]) for row in shown],
            "Value": [float(row[measure.name]) for row in shown],
            "Told": [measure.wording(row[measure.name]) for row in shown],
            "Deals": [row["deals_count"] for row in shown],
        }
    )
    present = [name for name in TYPE_COLOURS if TYPE_WORDS[name] in set(frame["Type"])]
    labels = (
        {"labelExpr": AXIS_LABELS[measure.name]} if measure.name in AXIS_LABELS else {"format": ",d", "tickMinStep": 1}
    )
    return (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X(
                "Month:O",
                scale=alt.Scale(domain=[f"{month:%b %Y}" for month in _months(rows)], paddingInner=0.35),
                axis=alt.Axis(labelAngle=0, labelOverlap=True, title=None),
            ),
            y=alt.Y("sum(Value):Q", title=None, axis=alt.Axis(tickCount=5, **labels)),
            color=alt.Color(
                "Type:N",
                scale=alt.Scale(
                    domain=[TYPE_WORDS[name] for name in present], range=[TYPE_COLOURS[name] for name in present]
                ),
                legend=alt.Legend(orient="top", title=None, columns=10),
            ),
            order=alt.Order("Order:Q"),
            tooltip=["Month", "Type", alt.Tooltip("Told", title=measure.headline), "Deals"],
        )
        .properties(height=300)
    )


def _months(rows: list[dict[str, Any]]) -> list[date]:
    return months_between(rows[0]["month"], rows[-1]["month"]) if rows else []
