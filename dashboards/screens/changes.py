"""What changed? Revisions, cancellations, rumors confirmed or dead, since a date."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboards import shown, tape
from dashboards.brief import questions
from dashboards.brief.page import told_change
from dashboards.palette import TYPE_WORDS
from dashboards.rows import Row

KINDS = {
    "confirmed": "Rumors confirmed",
    "dead": "Rumors dead",
    "cancelled": "Cancelled",
    "closed": "Completed",
    "amended": "Revised",
}
DAYS_BACK = 90


def show() -> None:
    """Draw the page."""
    opened = tape.current()
    tape.title("What changed?", opened)
    until = opened.release.data_on
    if until is None:
        st.info("No article has a date.")
        return
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    since = left.date_input(
        "Since", value=until - timedelta(days=DAYS_BACK), max_value=until, format="YYYY-MM-DD", key="changed_since",
        bind="query-params", persist_state="session",
    )  # fmt: skip
    kinds = right.multiselect(
        "Kind", list(KINDS), format_func=KINDS.__getitem__, key="change", placeholder="All changes",
        bind="query-params", persist_state="session",
    )  # fmt: skip
    first = since if isinstance(since, date) else until
    found = [row | {"kind": kind_of(row)} for row in questions.changes(opened.con, first, until)]
    chosen = [row for row in found if not kinds or row["kind"] in kinds]
    if not chosen:
        st.info("Nothing of this kind changed since then.")
        return
    columns = (
        shown.day("On", "as_of_on"),
        shown.words("What", "kind", KINDS),
        shown.words("Type", "type", TYPE_WORDS),
        shown.text("Parties", "parties", width=320),
        shown.Column(name="Change", cell=told_change),
        shown.text("Told by", "publisher"),
        shown.link("Article", "url"),
    )
    picked = shown.pickable(chosen, columns, alt="Changes, newest first", key="changes")
    shown.foot(
        opened.release,
        chosen,
        "changes",
        "The newest change of each deal since that day, by the date of the article that told it. "
        "Pick a row to open its deal.",
    )
    if picked:
        st.switch_page(tape.PAGES["deal"], query_params={"deal": picked["deal_id"]})


def kind_of(row: Row) -> str:
    """Which of ``KINDS`` a change is."""
    if row["status"] == "cancelled":
        return "dead" if row["old_status"] == "rumored" else "cancelled"
    if row["old_status"] == "rumored" and row["status"] != "rumored":
        return "confirmed"
    return "closed" if row["status"] == "closed" else "amended"
