"""The dashboard, also ``streamlit run dashboards/app.py -- --published data/published.duckdb``."""

from __future__ import annotations

import sys

import streamlit as st

from dashboards import tape
from dashboards.brand import MARK
from dashboards.release import NotPublishedError, published_path
from dashboards.screens import coverage, deal, deals

st.set_page_config(page_title="Gigawire", layout="wide", initial_sidebar_state="collapsed")
st.logo(MARK, size="large")

tape.PAGES.update(
    deals=st.Page(deals.show, title="What was signed?", url_path="deals", default=True),
    deal=st.Page(deal.show, title="Deal", url_path="deal", visibility="hidden"),
    coverage=st.Page(coverage.show, title="What does it rest on?", url_path="coverage"),
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
