"""What was signed? The tape of deals with filters, totals and the trend by month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import charts, figures, queries, shown, tape
from dashboards.filters import Filters
from dashboards.guard import csv_text, plain
from dashboards.palette import CORROBORATION_WORDS, STATUS_WORDS, TYPE_WORDS
from dashboards.release import Release
from dashboards.words import COUNTED, MEASURES, undated

SHOWN = 300  # rows of the table: what a screen takes at once; the downloads have all
SIZES = {
    0: "Any size",
    10**8: "$100m and more",
    10**9: "$1bn and more",
    10**10: "$10bn and more",
    10**11: "$100bn and more",
}
DOWNLOAD_COLUMNS = (
    "deal_id", "announced_on", "last_changed_on", "type", "status", "is_in_totals", "parties", "source_title",
    "source_publisher", "source_url", "value_amount", "value_currency_code", "value_bound", "value_basis", "amount_usd",
    "power_mw", "power_bound", "accelerator_count", "accelerator_model", "term_months", "stake_pct", "start_period",
    "end_period", "locations", "corroboration", "independent_publishers_count",
    "publishers_count", "articles_count", "revisions_count", "confidence",
)  # fmt: skip
COLUMNS = {
    "Announced": st.column_config.DateColumn(format="YYYY-MM-DD", width=92),
    "Type": st.column_config.TextColumn(width=98),
    "Status": st.column_config.TextColumn(width=88),
    "Parties": st.column_config.TextColumn(width=300),
    "Value": st.column_config.TextColumn(help="As stated, with its bound", width=104),
    "USD": st.column_config.NumberColumn(
        help="Whole value in US dollars, other currencies at the rate of the announcement day",
        format="compact",
        width=58,
    ),
    "MW": st.column_config.NumberColumn(help="Electrical capacity in megawatts", format="localized", width=58),
    "Accelerators": st.column_config.TextColumn(width=104),
    "Term": st.column_config.TextColumn(width=72),
    "Where": st.column_config.TextColumn(width=134),
    "How sure": st.column_config.TextColumn(
        help="Reported: one source; corroborated: independent publishers; confirmed: a party's own word", width=98
    ),
    "Sources": st.column_config.NumberColumn(help="Independent publishers, copies folded", width=62),
}


def show() -> None:
    """Draw the page."""
    opened = tape.current()
    tape.title("What was signed?", opened)
    filters = _ask_filters(*queries.bounds(opened.con))
    chosen = _asked(opened.release, filters, opened)
    if not chosen["totals"]["all_count"]:
        st.info("No deal fits these filters." if filters != Filters() else "No deal was found in the news read so far.")
        return
    _show_totals(chosen["totals"])
    _show_trend(chosen["monthly"], undated(chosen["totals"]["undated_count"]))
    _show_deals(opened, filters, chosen)


def _ask_filters(first: date | None, last: date | None) -> Filters:
    """The filters as asked: they live in the address, to be sent to somebody, and outlast a look at a deal."""
    kept: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}
    days: dict[str, Any] = kept | {"value": None, "min_value": first, "max_value": last, "format": "YYYY-MM-DD"}
    cells = [*st.columns([2, 2, 2]), *st.columns([2, 2, 1.4, 1.4, 1.4])]
    types = cells[0].multiselect(
        "Type", list(TYPE_WORDS), format_func=TYPE_WORDS.__getitem__, key="type", placeholder="All types", **kept
    )
    statuses = cells[1].multiselect(
        "Status",
        list(STATUS_WORDS),
        format_func=STATUS_WORDS.__getitem__,
        key="status",
        placeholder="All statuses",
        **kept,
    )
    party = cells[2].text_input("Party", key="party", placeholder="Part of a name", **kept)
    sureness = cells[3].multiselect(
        "How sure",
        list(CORROBORATION_WORDS),
        format_func=CORROBORATION_WORDS.__getitem__,
        key="sure",
        placeholder="However sure",
        **kept,
    )
    place = cells[4].text_input("Where", key="place", placeholder="Part of a place", **kept)
    since = cells[5].date_input("Announced from", key="since", **days)
    until = cells[6].date_input("to", key="until", **days)
    minimum = cells[7].selectbox("Value", list(SIZES), format_func=SIZES.__getitem__, key="size", **kept)
    return Filters(
        types=tuple(types),
        statuses=tuple(statuses),
        party=party or "",
        place=place or "",
        corroboration=tuple(sureness),
        since=since,
        until=until,
        minimum_usd=minimum or None,
    )


@st.cache_data(max_entries=200, show_spinner=False)
def _asked(release: Release, filters: Filters, _opened: tape.Tape) -> dict[str, Any]:
    """Everything that the page shows of one release under these filters."""
    return {
        "release": release,
        "totals": queries.totals(_opened.con, filters),
        "monthly": queries.monthly(_opened.con, filters),
        "deals": queries.deals(_opened.con, filters, limit=SHOWN),
    }


def _show_totals(totals: dict[str, Any]) -> None:
    cells = st.columns(5)
    for cell, measure in zip(cells, MEASURES.values(), strict=False):
        told = measure.wording(totals[measure.name] or 0)
        cell.metric(measure.headline, told.replace("$", "\\$"), help=measure.definition, border=True)
    left_out = f"{totals['rumored_count']:,} · {totals['cancelled_count']:,}"
    cells[4].metric("Rumored · cancelled", left_out, help="Listed below, in no total.", border=True)


def _show_trend(monthly: list[dict[str, Any]], remark: str) -> None:
    head = st.columns([1, 1], vertical_alignment="bottom")
    head[0].subheader("Trend by month of announcement", anchor=False)
    with head[1].container(horizontal=True, horizontal_alignment="right"):
        name = st.segmented_control(
            "Measure",
            list(MEASURES),
            format_func=lambda name: MEASURES[name].headline,
            default="deals_count",
            key="measure",
            bind="query-params",
            persist_state="session",
            label_visibility="collapsed",
            required=True,
        )
    measure = MEASURES[name or "deals_count"]
    if not any(row[measure.name] for row in monthly):
        st.info("No dated deal of this choice states this measure.")
        return
    st.altair_chart(charts.monthly_bars(monthly, measure), alt=f"{measure.headline} by month and type of deal")
    st.text(f"{measure.definition} {COUNTED} {remark}")
    with st.expander("The chart as a table"):
        st.table(_by_month_and_type(monthly, measure.name))


def _by_month_and_type(monthly: list[dict[str, Any]], name: str) -> pd.DataFrame:
    wording = MEASURES[name].wording
    frame = pd.DataFrame(monthly).pivot_table(index="month", columns="type", values=name, aggfunc="sum")
    frame = frame.sort_index(ascending=False).rename(columns=TYPE_WORDS)
    frame.index = [f"{month:%Y-%m}" for month in frame.index]
    return frame.fillna(0).map(lambda value: wording(value).replace("$", "\\$") if value else "")


def _show_deals(opened: tape.Tape, filters: Filters, chosen: dict[str, Any]) -> None:
    rows, count = chosen["deals"], chosen["totals"]["all_count"]
    head = st.columns([4, 1, 1], vertical_alignment="bottom")
    cut = f", the newest {SHOWN:,} shown" if count > len(rows) else ""
    head[0].subheader(f"{count:,} deal{'s' if count != 1 else ''}{cut}", anchor=False)
    named_file = f"gigawire-deals-{opened.release.release_id[:12]}"
    head[1].download_button(
        "Download CSV",
        data=lambda: csv_text(queries.deals(opened.con, filters, limit=None), DOWNLOAD_COLUMNS),
        file_name=f"{named_file}.csv",
        mime="text/csv",
        on_click="ignore",
        width="stretch",
    )
    head[2].download_button(
        "Download Parquet",
        data=lambda: shown.parquet_bytes(_downloaded(opened, filters)),
        file_name=f"{named_file}.parquet",
        mime="application/vnd.apache.parquet",
        on_click="ignore",
        width="stretch",
    )
    by_id = {row["deal_id"]: row for row in rows}
    named = st.selectbox(
        "Open a deal",
        list(by_id),
        index=None,
        format_func=lambda deal_id: one_line(by_id[deal_id]),
        placeholder="Open a deal: type a party, or pick a row below",
        label_visibility="collapsed",
    )
    picked = st.dataframe(
        deals_table(rows),
        hide_index=True,
        height=min(38 + 35 * len(rows), 600),
        on_select="rerun",
        selection_mode="single-row",
        column_config=COLUMNS,
        placeholder="",
        alt="Deals, newest first",
    )
    selected = [rows[index]["deal_id"] for index in picked["selection"]["rows"]]
    if deal_id := next(iter(selected), named):
        st.switch_page(tape.PAGES["deal"], query_params={"deal": deal_id})


def _downloaded(opened: tape.Tape, filters: Filters) -> list[dict[str, Any]]:
    """All deals that fit, in the columns of the downloads."""
    found = queries.deals(opened.con, filters, limit=None)
    return [{name: row[name] for name in DOWNLOAD_COLUMNS} for row in found]


def one_line(row: dict[str, Any]) -> str:
    """A deal in one line of plain text: date, type, parties, size."""
    words = (figures.day(row["announced_on"]), TYPE_WORDS[row["type"]], plain(row["parties"]), figures.deal_size(row))
    return " · ".join(word for word in words if word not in ("", figures.NONE))


def deals_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The deals as they stand in the table; a cell that nothing is known for is empty."""
    table = {
        "Announced": [row["announced_on"] for row in rows],
        "Type": [TYPE_WORDS[row["type"]] for row in rows],
        "Status": [STATUS_WORDS[row["status"]] for row in rows],
        "Parties": [plain(row["parties"]) for row in rows],
        "Value": [_blank(figures.deal_value(row)) for row in rows],
        "USD": [None if row["amount_usd"] is None else float(row["amount_usd"]) for row in rows],
        "MW": [None if row["power_mw"] is None else float(row["power_mw"]) for row in rows],
        "Accelerators": [_blank(plain(figures.deal_accelerators(row))) for row in rows],
        "Term": [_blank(figures.term(row["term_months"])) for row in rows],
        "Where": [plain(row["locations"]) for row in rows],
        "How sure": [CORROBORATION_WORDS.get(row["corroboration"], "") for row in rows],
        "Sources": [row["independent_publishers_count"] for row in rows],
    }
    return pd.DataFrame(table).astype({"USD": "float64", "MW": "float64"})


def _blank(text: str) -> str:
    return "" if text == figures.NONE else text
