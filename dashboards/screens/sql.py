"""Ask in SQL: read-only, shut in, with saved questions; the question lives in the address."""

from __future__ import annotations

import streamlit as st

from dashboards import shown, tape
from dashboards.guard import plain
from dashboards.release import Release
from dashboards.rows import Row
from dashboards.sandbox import MOST_ROWS, SECONDS, Answer, ask

SAVED = {
    "Largest deals of the newest year": (
        "SELECT announced_on, type, parties, amount_usd FROM mart.deals\n"
        "WHERE is_in_totals AND announced_on > (SELECT max(announced_on) FROM mart.deals) - INTERVAL 1 YEAR\n"
        "ORDER BY amount_usd DESC NULLS LAST LIMIT 20"
    ),
    "Dollars by quarter and type": (
        "SELECT date_trunc('quarter', month) AS quarter, type, sum(deals_count) AS deals, sum(amount_usd) AS usd\n"
        "FROM mart.trend_monthly WHERE is_in_totals AND month IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ),
    "Who supplies OpenAI": (
        "SELECT provider, type, deals_count, amount_usd, power_mw FROM mart.counterparties\n"
        "WHERE receiver = 'OpenAI' ORDER BY amount_usd DESC NULLS LAST, provider"
    ),
    "Megawatts by year of energising": (
        "SELECT year, told_in, status, sum(power_mw) AS mw FROM mart.capacity_pipeline GROUP BY ALL ORDER BY ALL"
    ),
    "Deals that several publishers tell": (
        "SELECT announced_on, type, parties, publishers_count FROM mart.deals\n"
        "WHERE publishers_count > 1 ORDER BY publishers_count DESC, announced_on DESC"
    ),
    "Every quoted figure of one deal": (
        "SELECT slot, value, surface, sentence, publisher, url FROM mart.deal_evidence\n"
        "WHERE deal_id = (SELECT deal_id FROM mart.deals ORDER BY amount_usd DESC NULLS LAST LIMIT 1) ORDER BY slot"
    ),
    "All tables and columns": "SELECT table_name, column_name, data_type FROM information_schema.columns\n"
    "WHERE table_schema = 'mart' ORDER BY ALL",
}


def show() -> None:
    """Draw the page; ``?q=`` holds the question."""
    opened = tape.current()
    tape.title("Ask in SQL", opened)
    st.text(
        f"One query over mart.*; read-only, no files, no network, {SECONDS:g} seconds and {MOST_ROWS:,} rows at most."
    )
    saved = st.selectbox("Saved questions", list(SAVED), index=None, placeholder="Pick one to begin with")
    written = st.text_area("Query", value=SAVED.get(saved or "", st.query_params.get("q", "")), height=160)
    if st.button("Ask", type="primary") and written.strip():
        st.query_params["q"] = written
    if not (asked := st.query_params.get("q", "").strip()):
        return
    answer = _answer(opened.release, asked)
    if answer.error:
        st.text(f"Not answered: {plain(answer.error)}")
        return
    found: list[Row] = [dict(zip(_distinct(answer.columns), row, strict=True)) for row in answer.rows]
    columns = [_column(name, found) for name in _distinct(answer.columns)]
    st.text(f"{len(found):,} rows")
    shown.table(found, columns, alt="The answer")
    shown.foot(opened.release, found, "answer", "The answer to the question above.")


@st.cache_data(max_entries=50, show_spinner="Asking")
def _answer(release: Release, sql: str) -> Answer:
    return ask(release.path, sql)


def _distinct(names: tuple[str, ...]) -> list[str]:
    """The names, those that repeat numbered."""
    return [name if name not in names[:k] else f"{name}_{k}" for k, name in enumerate(names)]


def _column(name: str, found: list[Row]) -> shown.Column:
    is_text = any(isinstance(row[name], str) for row in found)
    return shown.text(name, name) if is_text else shown.Column(name=name, cell=lambda row: row[name])
