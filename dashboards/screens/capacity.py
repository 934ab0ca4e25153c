"""How much capacity is coming, whose, when, where?"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from dashboards import figures, maps, shown, tape
from dashboards.filters import literal
from dashboards.guard import plain
from dashboards.rows import Row, rows

METRICS = {"power_mw": "Power", "accelerators": "Accelerators"}
STANDINGS = {"operating": "Operating", "under_construction": "Under construction", "planned": "Planned"}
COLOURS = {"operating": "#2f9152", "under_construction": "#c77d0a", "planned": "#2f6fdb"}
LISTED = 500

STATED = """
SELECT owner, facility, location, status, power_mw, accelerator_count, by_year, by_period, bound,
    title, publisher, url, published_on
FROM mart.capacity
WHERE is_latest AND metric = ? AND (? = '' OR owner ILIKE ? ESCAPE '\\')
ORDER BY amount DESC, owner NULLS LAST, facility NULLS LAST, article_id, position
LIMIT ?
"""
BY_YEAR = """
SELECT year, told_in, type, status, tellings_count, power_mw FROM mart.capacity_pipeline
WHERE year IS NOT NULL ORDER BY told_in, year, type, status
"""
HAS_PLACES = "SELECT 1 FROM duckdb_columns() WHERE table_name = 'facilities' AND column_name = 'latitude'"
SITES = """
WITH told AS (
    SELECT facility, arg_max(status, power_mw) AS status, max(power_mw) AS power_mw
    FROM mart.capacity
    WHERE is_latest AND metric = 'power_mw' AND facility IS NOT NULL
    GROUP BY facility
)
SELECT facilities.name, facilities.company, facilities.place, facilities.country_code, facilities.latitude,
    facilities.longitude, told.status, told.power_mw, facilities.articles_count, facilities.source
FROM mart.facilities
LEFT JOIN told ON told.facility = facilities.name
WHERE facilities.latitude IS NOT NULL AND facilities.country_code = 'US'
ORDER BY told.power_mw DESC NULLS LAST, facilities.articles_count DESC, facilities.name, facilities.facility_id
"""


def show() -> None:
    """Draw the page."""
    opened = tape.current()
    tape.title("How much capacity is coming?", opened)
    asked: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    metric = left.segmented_control(
        "Measure",
        list(METRICS),
        format_func=METRICS.__getitem__,
        default="power_mw",
        key="metric",
        required=True,
        **asked,
    )
    owner = right.text_input("Owner", key="owner", placeholder="Part of a name", **asked)
    found = _stated(opened, metric or "power_mw", owner or "")
    _show_by_year(opened, rows(opened.con, BY_YEAR))
    _show_map(opened)
    _show_stated(opened, metric or "power_mw", found)


def _stated(opened: tape.Tape, metric: str, owner: str) -> list[Row]:
    pattern = literal(owner.strip())
    return rows(opened.con, STATED, [metric, owner.strip(), f"%{pattern}%", LISTED])


def _show_by_year(opened: tape.Tape, found: list[Row]) -> None:
    st.subheader("Power by the year in which it is to come on line", anchor=False)
    if not found:
        st.info("No deal and no statement of capacity names a year.")
        return
    for told_in, words in (("deals", "Told in deals"), ("statements", "Stated of sites")):
        chosen = [row for row in found if row["told_in"] == told_in and row["power_mw"]]
        if not chosen:
            continue
        columns = (
            shown.Column(name="Year", cell=lambda row: str(row["year"])),
            shown.text("Status", "status"),
            shown.text("Type", "type"),
            shown.number("MW", "power_mw", "electrical capacity in megawatts"),
        )
        st.markdown(f"**{words}**")
        shown.chart(_bars(chosen), chosen, columns, alt_text=f"{words}: megawatts by year and status")
    shown.foot(
        opened.release,
        found,
        "capacity-by-year",
        "Megawatts by the year in which supply is to start. Deals and statements overlap and must not be added up; "
        "deals are those that count in totals, of statements the newest of each site.",
    )


def _bars(found: list[Row]) -> alt.Chart:
    frame = pd.DataFrame(
        {
            "Year": [str(row["year"]) for row in found],
            "Status": [plain(row["status"]).replace("_", " ").capitalize() for row in found],
            "MW": [float(row["power_mw"]) for row in found],
            "Told": [figures.power(row["power_mw"]) for row in found],
        }
    )
    return (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X("Year:O", axis=alt.Axis(labelAngle=0, title=None)),
            y=alt.Y("sum(MW):Q", title="MW"),
            color=alt.Color("Status:N", legend=alt.Legend(orient="top", title=None)),
            tooltip=["Year", "Status", alt.Tooltip("Told", title="Power")],
        )
        .properties(height=240)
    )


def _show_map(opened: tape.Tape) -> None:
    st.subheader("Where sites are", anchor=False)
    # a release of an older program has no coordinates
    if not rows(opened.con, HAS_PLACES):
        st.info("This release holds no coordinates: run `gigawire publish` once more.")
        return
    found = rows(opened.con, SITES)
    columns = (
        shown.text("Site", "name", width=240),
        shown.text("Operator", "company", width=160),
        shown.text("Where", "place", width=180),
        shown.words("Status", "status", STANDINGS),
        shown.number("MW", "power_mw", "electrical capacity in megawatts, of the largest statement that counts"),
        shown.number("Articles", "articles_count", "articles that name the site"),
        shown.number("Latitude", "latitude", "degrees north"),
        shown.number("Longitude", "longitude", "degrees east"),
    )
    named = sum(1 for row in found if row["articles_count"])
    shown.chart(
        maps.sites(found, STANDINGS, COLOURS),
        found,
        columns,
        alt_text=f"Map of the United States with {len(found)} sites, {named} of them named in the news read",
    )
    shown.foot(
        opened.release,
        found,
        "sites",
        "Sites of the registry in the United States whose place is known, to about the town. Larger dots have more "
        "megawatts, by the newest statement of each site; grey ones have none told, pale ones are not in the news "
        "read. Places: Compute Atlas by Edward Kubiak, CC BY 4.0. State outlines: U.S. Census Bureau.",
    )


def _show_stated(opened: tape.Tape, metric: str, found: list[Row]) -> None:
    st.subheader("What is said of sites", anchor=False)
    if not found:
        st.info("No statement of capacity fits.")
        return
    amount = (
        shown.number("MW", "power_mw", "electrical capacity in megawatts")
        if metric == "power_mw"
        else shown.number("Accelerators", "accelerator_count", "chips")
    )
    columns = (
        shown.text("Owner", "owner", width=180),
        shown.text("Site", "facility", width=180),
        shown.text("Where", "location", width=180),
        shown.words("Status", "status", STANDINGS),
        amount,
        shown.text("By", "by_period"),
        shown.text("Told by", "publisher"),
        shown.day("Published", "published_on"),
        shown.link("Article", "url"),
    )
    shown.table(found, columns, alt="Statements of capacity, largest first")
    shown.foot(
        opened.release,
        found,
        f"capacity-{metric}",
        f"The newest statement of each site, largest first, {LISTED} at most.",
    )
