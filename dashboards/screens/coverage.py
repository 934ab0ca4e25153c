"""What does it rest on? Feeds, articles, and how much of the tape is stated rather than missing."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import figures, queries, tape
from dashboards.guard import plain


def show() -> None:
    """Draw the page."""
    opened = tape.current()
    told = queries.coverage(opened.con)
    tape.title("What does it rest on?", opened)
    cells = st.columns(4)
    cells[0].metric("Articles read", figures.number(told["articles_count"]), border=True)
    cells[1].metric("of them with a deal", figures.number(told["articles_with_deals_count"]), border=True)
    cells[2].metric("Publishers", figures.number(told["publishers_count"]), border=True)
    cells[3].metric("Deals", figures.number(told["deals_count"]), border=True)
    st.subheader("How much is stated")
    deals = max(told["deals_count"], 1)
    lines = {
        "give a value": told["with_value_count"],
        "give no whole amount that a rate turns into US dollars": told["other_currency_count"],
        "give their power": told["with_power_count"],
        "give their term": told["with_term_count"],
        "are told by more than one publisher": told["corroborated_count"],
    }
    st.table(
        pd.DataFrame(
            {
                "Deals that …": list(lines),
                "Deals": list(lines.values()),
                "Share": [f"{n / deals:.0%}" for n in lines.values()],
            }
        ),
        hide_index=True,
    )
    st.text(
        f"{told['undated_count']} articles have no date and {told['truncated_count']} are snippets. "
        f"Dates run from {figures.day(told['first_on'])} to {figures.day(told['last_on'])}."
    )
    st.subheader("Feeds")
    feeds = queries.feeds(opened.con)
    table = {
        "Feed": [plain(feed["feed_id"]) for feed in feeds],
        "Entries": [feed["entries_count"] for feed in feeds],
        "Deals": [feed["deals_count"] for feed in feeds],
        "Newest": [feed["newest_published_on"] for feed in feeds],
        "State": [f"failing: {plain(feed['error_code'])}" if feed["is_failing"] else "works" for feed in feeds],
        "Address": [plain(feed["url"]) for feed in feeds],
    }
    st.dataframe(
        pd.DataFrame(table),
        hide_index=True,
        column_config={"Newest": st.column_config.DateColumn(format="YYYY-MM-DD")},
        placeholder="",
        alt="Feeds by number of entries",
    )
