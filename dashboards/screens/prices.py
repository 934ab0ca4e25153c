"""What does it cost? Dollars for a megawatt, an accelerator, a megawatt hour, each point with its deal."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from dashboards import figures, shown, tape
from dashboards.guard import plain
from dashboards.palette import STATUS_WORDS, TYPE_COLOURS, TYPE_WORDS
from dashboards.rows import Row, rows

UNITS = {
    "usd_per_mw": "$ per MW",
    "usd_per_mw_year": "$ per MW and year",
    "usd_per_accelerator": "$ per accelerator",
    "usd_per_mwh_floor": "$ per MWh, at least",
}
PRICES = """
SELECT deal_id, announced_on, type, status, parties, amount_usd, power_mw, accelerator_count, accelerator_model,
    term_months, usd_per_mw, usd_per_mw_year, usd_per_accelerator, usd_per_mwh_floor
FROM mart.prices ORDER BY announced_on DESC NULLS LAST, deal_id
"""


def show() -> None:
    """Draw the page."""
    opened = tape.current()
    tape.title("What does it cost?", opened)
    kept: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}
    left, right = st.columns([2, 2], vertical_alignment="bottom")
    unit = left.selectbox("Price", list(UNITS), format_func=UNITS.__getitem__, key="price", **kept)
    types = right.multiselect(
        "Type", list(TYPE_WORDS), format_func=TYPE_WORDS.__getitem__, key="priced", placeholder="All types", **kept
    )
    unit = unit or "usd_per_mw"
    found = [
        row
        for row in rows(opened.con, PRICES)
        if row[unit] is not None
        and row["status"] not in ("rumored", "cancelled")
        and (not types or row["type"] in types)
    ]
    if not found:
        st.info("No deal of this choice states both sides of this price.")
        return
    columns = (
        shown.day("Announced", "announced_on"),
        shown.words("Type", "type", TYPE_WORDS),
        shown.words("Status", "status", STATUS_WORDS),
        shown.text("Parties", "parties", width=320),
        shown.number(UNITS[unit], unit, UNITS[unit]),
        shown.short("USD", "amount_usd", "US dollars of the whole deal"),
        shown.number("MW", "power_mw", "megawatts"),
        shown.number("Accelerators", "accelerator_count", "chips"),
        shown.text("Model", "accelerator_model"),
        shown.number("Months", "term_months", "length of the contract"),
    )
    dated = [row for row in found if row["announced_on"]]
    if dated:
        st.altair_chart(_points(dated, unit), alt=f"{UNITS[unit]} by date of announcement")
    picked = shown.pickable(found, columns, alt="Prices, newest first", key="prices")
    shown.foot(
        opened.release,
        found,
        "prices",
        "Only counted deals that state both the value and the quantity themselves, neither as a limit; other "
        "currencies at the rate of the announcement day. Pick a row to open its deal.",
    )
    if picked:
        st.switch_page(tape.PAGES["deal"], query_params={"deal": picked["deal_id"]})


def _points(found: list[Row], unit: str) -> alt.Chart:
    frame = pd.DataFrame(
        {
            "Announced": pd.to_datetime([row["announced_on"] for row in found]),
            "Price": [float(row[unit]) for row in found],
            "Told": [figures.money(figures.rounded(row[unit])) for row in found],
            "Type": [TYPE_WORDS[row["type"]] for row in found],
            "Parties": [plain(row["parties"]) for row in found],
        }
    )
    present = [name for name in TYPE_COLOURS if TYPE_WORDS[name] in set(frame["Type"])]
    return (
        alt.Chart(frame)
        .mark_circle(size=90, opacity=0.8)
        .encode(
            x=alt.X("Announced:T", title=None),
            y=alt.Y("Price:Q", title=UNITS[unit], axis=alt.Axis(format="~s")),
            color=alt.Color(
                "Type:N",
                scale=alt.Scale(
                    domain=[TYPE_WORDS[name] for name in present], range=[TYPE_COLOURS[name] for name in present]
                ),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=[alt.Tooltip("Told", title=UNITS[unit]), "Type", "Parties", "Announced"],
        )
        .properties(height=320)
    )
