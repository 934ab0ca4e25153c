"""The dashboard, also ``streamlit run dashboards/app.py -- --published data/published.duckdb``."""

from __future__ import annotations

import sys

import streamlit as st

from dashboards import tape
from dashboards.brand import MARK
from dashboards.release import NotPublishedError, published_path
from dashboards.screens import capacity, changes, company, coverage, deal, deals, prices, relations, sql, story

st.set_page_config(page_title="Gigawire", layout="wide", initial_sidebar_state="collapsed")
st.logo(MARK, size="large")

tape.PAGES.update(
    deals=st.Page(deals.show, title="What was signed?", url_path="deals", default=True),
    capacity=st.Page(capacity.show, title="How much capacity?", url_path="capacity"),
    relations=st.Page(relations.show, title="Who depends on whom?", url_path="relations"),
    prices=st.Page(prices.show, title="What does it cost?", url_path="prices"),
    changes=st.Page(changes.show, title="What changed?", url_path="changes"),
    company=st.Page(company.show, title="Company", url_path="company"),
    story=st.Page(story.show, title="Story", url_path="story"),
    sql=st.Page(sql.show, title="SQL", url_path="sql"),
    coverage=st.Page(coverage.show, title="Health", url_path="health"),
    deal=st.Page(deal.show, title="Deal", url_path="deal", visibility="hidden"),
)
page = st.navigation(list(tape.PAGES.values()), position="top")
try:
    opened = tape.open_tape(published_path(sys.argv[1:]))
except NotPublishedError as error:
    st.title("Nothing is published yet")
    st.text(str(error))
    st.stop()
st.session_state["tape"] = opened
page.run()
