"""One deal: parties, terms with the sentence behind each, history, and the articles that tell of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import figures, queries, tape
from dashboards.analysis import analyse_deal
from dashboards.guard import heading, plain, web_link
from dashboards.palette import (
    CORROBORATION_BADGES,
    CORROBORATION_WORDS,
    STATUS_BADGES,
    STATUS_WORDS,
    TYPE_WORDS,
)
from dashboards.screens import written

SLOT_WORDS = {
    "value": "Value",
    "valuation": "Valuation",
    "power": "Power",
    "accelerators": "Accelerators",
    "term_months": "Term",
    "stake_pct": "Stake",
    "start": "Starts",
    "end": "Ends",
    "location": "Where",
}
DAYS = st.column_config.DateColumn(format="YYYY-MM-DD", width=100)


def show() -> None:
    """Draw the page of the deal named in the address (``?deal=``)."""
    opened = tape.current()
    st.page_link(tape.PAGES["deals"], label="All deals", icon=":material/arrow_back:")
    deal_id = st.query_params.get("deal", "")
    row = queries.deal(opened.con, deal_id) if deal_id else None
    if row is None:
        tape.title("Which deal?", opened)
        st.text(f"This release has no deal {plain(deal_id)!r}." if deal_id else "Pick one in the list of deals.")
        return
    claims = queries.evidence(opened.con, deal_id)
    revisions = queries.revisions(opened.con, deal_id)
    _show_state(row, revisions[0]["title"] if revisions else row["source_title"], opened)
    left, right = st.columns([2, 5], gap="large")
    with left:
        st.subheader("Parties", anchor=False)
        _show_parties(queries.parties(opened.con, deal_id))
        st.subheader("What is reported", anchor=False)
        _show_claim(_claim_of("trigger", claims), told_of=row["status"])
    with right:
        st.subheader("Terms, and the sentence behind each", anchor=False)
        _show_terms(row, claims)
    if analysis := analyse_deal(opened.con, deal_id, data_on=opened.release.data_on):
        st.subheader("Detailed analysis", anchor=False)
        written.show(analysis)
    st.subheader("History", anchor=False)
    _show_history(revisions)
    st.subheader("Articles that tell of it", anchor=False)
    _show_articles(queries.articles_of(opened.con, deal_id))


def terms_of(row: dict[str, Any]) -> dict[str, str]:
    """What is known of a deal's terms, slot -> text; slots that nobody told are missing."""
    told = {
        "value": figures.deal_value(row),
        "valuation": figures.money(row["valuation_amount"], row["valuation_currency_code"]),
        "power": figures.deal_power(row),
        "accelerators": plain(figures.deal_accelerators(row)),
        "term_months": figures.term(row["term_months"]),
        "stake_pct": figures.NONE if row["stake_pct"] is None else f"{figures.number(row['stake_pct'])}%",
        "start": plain(row["start_period"]) or figures.NONE,
        "end": plain(row["end_period"]) or figures.NONE,
        "location": plain(row["locations"]) or figures.NONE,
    }
    return {slot: text for slot, text in told.items() if text != figures.NONE}


def _show_state(row: dict[str, Any], newest_title: str, opened: tape.Tape) -> None:
    sizes = [size for size in (figures.deal_value(row), figures.deal_power(row)) if size != figures.NONE]
    tape.title(": ".join(part for part in (TYPE_WORDS[row["type"]], ", ".join(sizes)) if part), opened)
    st.text(plain(newest_title))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(STATUS_WORDS[row["status"]], color=STATUS_BADGES[row["status"]])
        sources = row["independent_publishers_count"]
        sure = CORROBORATION_WORDS.get(row["corroboration"], "Reported")
        told_by = f"{sure} by {sources} publisher{'s' if sources != 1 else ''}"
        st.badge(told_by, color=CORROBORATION_BADGES.get(row["corroboration"], "orange"))
        dates = [f"announced {figures.day(row['announced_on'])}"] if row["announced_on"] else ["without a date"]
        if row["revisions_count"] > 1:
            dates.append(f"last changed {figures.day(row['last_changed_on'])}")
        st.text(", ".join(dates))


def _show_parties(parties: list[dict[str, Any]]) -> None:
    names = [plain(party["name"]) for party in parties]
    frame = pd.DataFrame({"Party": names, "Role": [party["role"].capitalize() for party in parties]})
    st.dataframe(frame, hide_index=True, alt="Parties and their roles")


def _show_terms(row: dict[str, Any], claims: list[dict[str, Any]]) -> None:
    """A box a sentence: the figures read from it, then the sentence."""
    boxes: dict[tuple[str, str], list[str]] = {}
    terms = terms_of(row)
    behind = {slot: _claim_of(slot, claims) for slot in terms}
    for slot, claim in behind.items():
        boxes.setdefault((claim["sentence"], claim["deal_mention_id"]) if claim else ("", slot), []).append(slot)
    if not terms:
        st.text("No terms were disclosed in what was read.")
    for slots in boxes.values():
        with st.container(border=True):
            left, right = st.columns([1, 3], gap="medium")
            with left:
                for slot in slots:
                    _show_figure(SLOT_WORDS[slot], terms[slot])
            with right:
                _show_claim(behind[slots[0]])


def _show_figure(name: str, text: str) -> None:
    with st.container(gap=None):
        st.text(name)
        if (safe := heading(text)) is not None:
            st.subheader(safe, anchor=False)
        else:
            st.text(text)


def _claim_of(slot: str, claims: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The claim that a slot's figure stands on: of those that give it, the one that changed the deal last."""
    return next((claim for claim in claims if claim["slot"].partition(":")[0] == slot), None)


def _show_claim(claim: dict[str, Any] | None, *, told_of: str = "") -> None:
    if claim is None:
        st.text("No sentence is kept for this.")
        return
    st.text(f"“{plain(claim['sentence'])}”")
    with st.container(horizontal=True, vertical_alignment="center"):
        source = (plain(claim["publisher"]) or "Unknown publisher", figures.day(claim["published_on"]))
        st.text(" · ".join(word for word in source if word != figures.NONE))
        if link := web_link(claim["url"]):
            st.link_button("Open the article", link, type="tertiary", icon=":material/open_in_new:")
    if told_of:
        st.text(f"Read as “{STATUS_WORDS[told_of].lower()}”.")


def _show_history(revisions: list[dict[str, Any]]) -> None:
    table = {
        "As of": [row["as_of_on"] for row in revisions],
        "Status": [STATUS_WORDS[row["status"]] for row in revisions],
        "Value": [figures.deal_value(row) for row in revisions],
        "Power": [figures.deal_power(row) for row in revisions],
        "Accelerators": [plain(figures.deal_accelerators(row)) for row in revisions],
        "Term": [figures.term(row["term_months"]) for row in revisions],
        "Told by": [plain(row["publisher"]) for row in revisions],
        "In": [plain(row["title"]) for row in revisions],
    }
    st.dataframe(
        pd.DataFrame(table), hide_index=True, column_config={"As of": DAYS}, placeholder="", alt="History, newest first"
    )


def _show_articles(articles: list[dict[str, Any]]) -> None:
    table = {
        "Published": [article["published_on"] for article in articles],
        "Publisher": [plain(article["publisher"]) for article in articles],
        "Title": [plain(article["title"]) for article in articles],
        "Link": [web_link(article["url"]) for article in articles],
    }
    st.dataframe(
        pd.DataFrame(table),
        hide_index=True,
        column_config={
            "Published": DAYS,
            "Publisher": st.column_config.TextColumn(width=180),
            "Title": st.column_config.TextColumn(width="large"),
            "Link": st.column_config.LinkColumn(display_text="Open", width=70),
        },
        placeholder="",
        alt="Articles, newest first",
    )
