"""Who depends on whom? Pairs of supplier and customer, concentration, money that comes back."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from dashboards import figures, shown, tape
from dashboards.guard import plain
from dashboards.palette import TYPE_WORDS
from dashboards.rows import Row, rows

MEASURED = {"deals": "Deals", "amount_usd": "US dollars", "power_mw": "Megawatts"}
MATRIX = 14  # names a side
NETWORK = 30  # pairs
PAIRS = """
SELECT provider, receiver, string_agg(DISTINCT type, ', ' ORDER BY type) AS types, sum(deals_count) AS deals_count,
    sum(amount_usd) AS amount_usd, sum(power_mw) AS power_mw, max(last_announced_on) AS last_announced_on
FROM mart.counterparties WHERE ? = '' OR type = ?
GROUP BY provider, receiver ORDER BY deals_count DESC, amount_usd DESC NULLS LAST, provider, receiver LIMIT 500
"""
CONCENTRATION = """
SELECT role, measure, companies_count, total, largest, top_1_share, top_3_share, top_5_share, hhi
FROM mart.concentration WHERE type = ? AND total > 0 ORDER BY measure, hhi DESC, role
"""
CIRCLES = """
SELECT chain, companies, links_count, deals_count, funded_usd, bought_usd FROM mart.circular_flows
ORDER BY funded_usd DESC NULLS LAST, links_count, chain LIMIT 200
"""


def show() -> None:
    """Draw the page."""
    opened = tape.current()
    tape.title("Who depends on whom?", opened)
    kind = st.selectbox(
        "Type", ["", *TYPE_WORDS], format_func=lambda name: TYPE_WORDS.get(name, "All types"), key="type_of_tie",
        bind="query-params", persist_state="session",
    )  # fmt: skip
    pairs = rows(opened.con, PAIRS, [kind or "", kind or ""])
    if not pairs:
        st.info("No deal of this kind names both sides.")
        return
    _show_matrix(opened, pairs)
    _show_network(pairs)
    _show_concentration(opened, rows(opened.con, CONCENTRATION, [kind or "all"]))
    _show_circles(opened, rows(opened.con, CIRCLES))


PAIR_COLUMNS = (
    shown.text("Provides", "provider", width=200),
    shown.text("Receives", "receiver", width=200),
    shown.text("Types", "types"),
    shown.number("Deals", "deals_count", "deals that count in totals"),
    shown.short("USD", "amount_usd", "US dollars, where a whole value is stated"),
    shown.number("MW", "power_mw", "megawatts, where stated"),
    shown.day("Last", "last_announced_on"),
)


def _show_matrix(opened: tape.Tape, pairs: list[Row]) -> None:
    st.subheader("Who provides for whom", anchor=False)
    providers = [name for name, _ in _counted(pairs, "provider").most_common(MATRIX)]
    receivers = [name for name, _ in _counted(pairs, "receiver").most_common(MATRIX)]
    cells = [row for row in pairs if row["provider"] in providers and row["receiver"] in receivers]
    frame = pd.DataFrame(
        {
            "Provides": [plain(row["provider"]) for row in cells],
            "Receives": [plain(row["receiver"]) for row in cells],
            "Deals": [int(row["deals_count"]) for row in cells],
            "Value": [figures.money(row["amount_usd"]) for row in cells],
        }
    )
    drawn = (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            x=alt.X("Receives:N", sort=list(map(plain, receivers)), axis=alt.Axis(labelAngle=-40, title="receives")),
            y=alt.Y("Provides:N", sort=list(map(plain, providers)), title="provides"),
            color=alt.Color("Deals:Q", scale=alt.Scale(scheme="blues"), legend=None),
            tooltip=["Provides", "Receives", "Deals", "Value"],
        )
        .properties(height=60 + 26 * len(providers))
    )
    shown.chart(drawn, pairs, PAIR_COLUMNS, alt_text="Deals by provider and receiver")
    shown.foot(
        opened.release,
        pairs,
        "counterparties",
        "Provider: supplier, developer, investor, lender, acquirer. Deals that count in totals; one with two providers "
        "stands under each pair, so figures must not be added up over pairs.",
    )


def _counted(pairs: list[Row], side: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for row in pairs:
        counted[row[side]] += int(row["deals_count"])
    return counted


def _show_network(pairs: list[Row]) -> None:
    st.subheader("The network of the busiest pairs", anchor=False)
    chosen = pairs[:NETWORK]
    names = [name for name, _ in (_counted(chosen, "provider") + _counted(chosen, "receiver")).most_common()]
    places = {
        name: (math.sin(2 * math.pi * k / len(names)), math.cos(2 * math.pi * k / len(names)))
        for k, name in enumerate(names)
    }
    lines = pd.DataFrame(
        [
            {"x": places[row["provider"]][0], "y": places[row["provider"]][1], "x2": places[row["receiver"]][0],
             "y2": places[row["receiver"]][1], "Deals": int(row["deals_count"]),
             "Pair": f"{plain(row['provider'])} → {plain(row['receiver'])}"}
            for row in chosen
        ]
    )  # fmt: skip
    dots = pd.DataFrame(
        [{"Name": plain(name), "x": x, "y": y, "Side": "left" if x < 0 else "right"} for name, (x, y) in places.items()]
    )
    axis: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[-1.35, 1.35])}
    ties = (
        alt.Chart(lines)
        .mark_rule(opacity=0.45, color="#2f6fdb")
        .encode(
            x=alt.X("x:Q", **axis), y=alt.Y("y:Q", **axis), x2="x2:Q", y2="y2:Q",
            strokeWidth=alt.StrokeWidth("Deals:Q", scale=alt.Scale(range=[1, 6]), legend=None),
            tooltip=["Pair", "Deals"],
        )
    )  # fmt: skip
    marks = alt.Chart(dots).mark_circle(size=60, color="#5a6577").encode(x="x:Q", y="y:Q", tooltip=["Name"])
    labels = alt.Chart(dots).mark_text(dy=-9, fontSize=11).encode(x="x:Q", y="y:Q", text="Name:N")
    st.altair_chart(
        (ties + marks + labels).properties(height=560), alt="Network of companies that deal with one another"
    )


def _show_concentration(opened: tape.Tape, found: list[Row]) -> None:
    st.subheader("How concentrated it is", anchor=False)
    columns = (
        shown.text("Role", "role"),
        shown.words("Measured by", "measure", MEASURED),
        shown.number("Companies", "companies_count", "groups of companies in this role"),
        shown.text("Largest", "largest"),
        shown.share("Largest has", "top_1_share", "its share of the total"),
        shown.share("Three largest", "top_3_share", "their share"),
        shown.share("Five largest", "top_5_share", "their share"),
        shown.number("HHI", "hhi", "sum of squared percentage shares, 0 to 10,000"),
    )
    shown.table(found, columns, alt="Concentration by role and measure")
    shown.foot(
        opened.release,
        found,
        "concentration",
        "Subsidiaries count for their group; a deal with several companies in a role is divided evenly. "
        "HHI: above 2,500 a market is usually called highly concentrated.",
    )


def _show_circles(opened: tape.Tape, found: list[Row]) -> None:
    st.subheader("Who funds its own customer", anchor=False)
    if not found:
        st.info("No money was found that comes back to who gave it.")
        return
    columns = (
        shown.text("Chain", "chain", width=520),
        shown.number("Links", "links_count", "companies from the giver back to the giver"),
        shown.number("Deals", "deals_count", "deals in the chain"),
        shown.short("Funded, USD", "funded_usd", "US dollars given, lent or invested, where stated"),
        shown.short("Bought, USD", "bought_usd", "US dollars bought, where stated"),
    )
    shown.table(found, columns, alt="Closed chains of funding and buying")
    shown.foot(
        opened.release,
        found,
        "circular-flows",
        "A funds, lends to or holds B while B, or whom B funds or buys from, buys from A. "
        "Chains of two to four companies.",
    )
