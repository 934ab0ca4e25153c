"""One event: the articles that tell of it, copies folded, its deals, and the written analysis."""

from __future__ import annotations

import streamlit as st

from dashboards import figures, shown, tape
from dashboards.analysis import analyse_story, questions
from dashboards.filters import literal
from dashboards.guard import plain, web_link
from dashboards.palette import STATUS_WORDS, TYPE_WORDS
from dashboards.rows import Row, rows
from dashboards.screens import written

LISTED = 300
STORIES = """
SELECT story_id, title, publisher, first_published_on, last_published_on, articles_count, publishers_count, deals_count
FROM mart.stories WHERE ? = '' OR title ILIKE ? ESCAPE '\\'
ORDER BY last_published_on DESC NULLS LAST, articles_count DESC, story_id LIMIT ?
"""


def show() -> None:
    """Draw the story named in the address (``?story=``), or the newest ones to pick from."""
    opened = tape.current()
    story_id = st.query_params.get("story", "")
    articles = questions.articles_of_story(opened.con, story_id) if story_id else []
    if not articles:
        _show_list(opened, missing=story_id)
        return
    st.page_link(tape.PAGES["story"], label="All stories", icon=":material/arrow_back:")
    tape.title("One event", opened)
    st.text(plain(articles[0]["title"]))
    if link := web_link(articles[0]["url"]):
        st.link_button("Read the original article", link, icon=":material/open_in_new:")
    st.subheader("Detailed analysis", anchor=False)
    if analysis := analyse_story(opened.con, story_id, data_on=opened.release.data_on):
        written.show(analysis)
    _show_deals(questions.deals_of_story(opened.con, story_id))
    _show_articles(opened, articles)


def _show_list(opened: tape.Tape, *, missing: str) -> None:
    tape.title("Which story?", opened)
    if missing:
        st.text(f"This release has no story {plain(missing)!r}.")
    asked = st.text_input(
        "Words of a title",
        key="story_title",
        placeholder="Part of a title",
        bind="query-params",
        persist_state="session",
    )
    pattern = literal((asked or "").strip())
    found = rows(opened.con, STORIES, [pattern, f"%{pattern}%", LISTED])
    columns = (
        shown.day("Newest", "last_published_on"),
        shown.text("Title", "title", width=520),
        shown.text("Told first by", "publisher"),
        shown.number("Articles", "articles_count", "copies of one text included"),
        shown.number("Publishers", "publishers_count", "that tell of it"),
        shown.number("Deals", "deals_count", "that they tell of"),
    )
    picked = shown.pickable(found, columns, alt="Stories, newest first", key="stories")
    shown.foot(opened.release, found, "stories", f"The {LISTED} newest events. Pick a row to open one.")
    if picked:
        st.switch_page(tape.PAGES["story"], query_params={"story": picked["story_id"]})


def _show_deals(deals: list[Row]) -> None:
    if not deals:
        return
    st.subheader("Deals", anchor=False)
    columns = (
        shown.words("Type", "type", TYPE_WORDS),
        shown.words("Status", "status", STATUS_WORDS),
        shown.text("Parties", "parties", width=420),
        shown.Column(name="Size", cell=figures.deal_size),
        shown.day("Announced", "announced_on"),
    )
    if picked := shown.pickable(deals, columns, alt="Deals of the story, largest first", key="story-deals"):
        st.switch_page(tape.PAGES["deal"], query_params={"deal": picked["deal_id"]})


def _show_articles(opened: tape.Tape, articles: list[Row]) -> None:
    st.subheader("Articles", anchor=False)
    columns = (
        shown.day("Published", "published_on"),
        shown.text("Publisher", "publisher", width=180),
        shown.text("Title", "title", width=520),
        shown.link("Link", "url"),
    )
    shown.table(articles, columns, alt="Articles of the story, oldest first")
    shown.foot(opened.release, articles, "story-articles", "Every article of the event, oldest first.")
