"""Everything about one company, its units and vehicles folded in or not."""

from __future__ import annotations

import streamlit as st

from dashboards import figures, queries, shown, tape
from dashboards.filters import Filters
from dashboards.guard import plain
from dashboards.palette import STATUS_WORDS, TYPE_WORDS
from dashboards.rows import Row, rows
from dashboards.words import MEASURES

NAMES = """
SELECT name FROM mart.companies WHERE deals_count > 0 ORDER BY deals_count DESC, name LIMIT 5000
"""
COMPANY = """
SELECT name, company_id, kind, country_code, group_id, group_name, tickers, aliases, deals_count, roles,
    first_announced_on, last_announced_on
FROM mart.companies WHERE name = ?
"""
GROUP = "SELECT name FROM mart.companies WHERE group_id = ? AND deals_count > 0 ORDER BY name"
PARTNERS = """
SELECT other.name, other.role AS role, own.role AS own_role, count(*) AS deals_count,
    sum(deals.amount_usd) FILTER (deals.is_in_totals) AS amount_usd
FROM mart.deal_parties AS own
JOIN mart.deal_parties AS other ON other.deal_id = own.deal_id AND NOT list_contains($names, other.name)
JOIN mart.deals AS deals ON deals.deal_id = own.deal_id
WHERE list_contains($names, own.name)
GROUP BY ALL ORDER BY deals_count DESC, amount_usd DESC NULLS LAST, other.name, role, own_role LIMIT 100
"""
CAPEX = """
SELECT company, period, amount_low, amount_high, currency_code, change, publisher, url, published_on
FROM mart.capex_guidance WHERE list_contains(?, company) AND is_latest ORDER BY period DESC, company
"""
CAPACITY = """
SELECT owner, facility, location, status, power_mw, accelerator_count, by_period, publisher, url, published_on
FROM mart.capacity WHERE list_contains(?, owner) AND is_latest ORDER BY power_mw DESC NULLS LAST, facility LIMIT 100
"""


def show() -> None:
    """Draw the company of the address (``?company=``), or what is asked for."""
    opened = tape.current()
    tape.title("Company", opened)
    names = [row["name"] for row in rows(opened.con, NAMES)]
    asked = st.query_params.get("company", "")
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    picked = left.selectbox(
        "Company", names, index=names.index(asked) if asked in names else None, placeholder="Type a name",
        format_func=plain, key="company_name",
    )  # fmt: skip
    folded = right.toggle("With its group", key="group", bind="query-params", persist_state="session")
    if picked and picked != asked:
        st.query_params["company"] = picked
    found = rows(opened.con, COMPANY, [picked]) if picked else []
    if not found:
        st.text(f"This release has no company {plain(asked)!r}." if asked and not picked else "Pick one.")
        return
    company = found[0]
    group = [row["name"] for row in rows(opened.con, GROUP, [company["group_id"]])] if company["group_id"] else []
    members = group if folded and group else [company["name"]]
    _show_card(company, members, group)
    _show_deals(opened, members)
    _show_partners(opened, members)
    _show_stated(opened, members)


def _show_card(company: Row, members: list[str], group: list[str]) -> None:
    facts = {
        "Kind": company["kind"],
        "Country": company["country_code"],
        "Tickers": company["tickers"],
        "Group": company["group_name"] if company["group_name"] != company["name"] else "",
        "Also called": company["aliases"],
    }
    st.text("\n".join(f"{name}: {plain(value)}" for name, value in facts.items() if value) or "Not in the registry.")
    if others := [name for name in group if name != company["name"]]:
        words = "Counted in" if len(members) > 1 else "Same group, not counted in"
        st.text(f"{words}: {', '.join(map(plain, others))}")


def _show_deals(opened: tape.Tape, members: list[str]) -> None:
    totals = queries.totals(opened.con, Filters(names=tuple(members)))
    cells = st.columns(len(MEASURES))
    for cell, measure in zip(cells, MEASURES.values(), strict=True):
        told = measure.wording(totals[measure.name] or 0)
        cell.metric(measure.headline, told.replace("$", "\\$"), help=measure.definition, border=True)
    deals = queries.deals(opened.con, Filters(names=tuple(members)), limit=500)
    columns = (
        shown.day("Announced", "announced_on"),
        shown.words("Type", "type", TYPE_WORDS),
        shown.words("Status", "status", STATUS_WORDS),
        shown.text("Parties", "parties", width=420),
        shown.Column(name="Value", cell=figures.deal_value),
        shown.Column(name="Power", cell=figures.deal_power),
        shown.Column(name="Term", cell=lambda row: figures.term(row["term_months"])),
    )
    st.subheader("Deals", anchor=False)
    picked = shown.pickable(deals, columns, alt="Deals of the company, newest first", key="company-deals")
    shown.foot(
        opened.release, deals, "company-deals",
        "Every deal in which it stands, in whatever role; the figures above count those in totals, each whole.",
    )  # fmt: skip
    if picked:
        st.switch_page(tape.PAGES["deal"], query_params={"deal": picked["deal_id"]})


def _show_partners(opened: tape.Tape, members: list[str]) -> None:
    partners = rows(opened.con, PARTNERS, {"names": members})
    if not partners:
        return
    st.subheader("With whom", anchor=False)
    columns = (
        shown.text("Company", "name", width=260),
        shown.text("As", "role"),
        shown.text("While it is", "own_role"),
        shown.number("Deals", "deals_count", "deals of both"),
        shown.short("USD", "amount_usd", "US dollars of those in totals, each deal whole"),
    )
    shown.table(partners, columns, alt="Companies it deals with")
    shown.foot(opened.release, partners, "company-partners", "Deals of both, by their roles.")


def _show_stated(opened: tape.Tape, members: list[str]) -> None:
    if capacity := rows(opened.con, CAPACITY, [members]):
        st.subheader("Capacity that is said of it", anchor=False)
        columns: tuple[shown.Column, ...] = (
            shown.text("Site", "facility"),
            shown.text("Where", "location"),
            shown.text("Status", "status"),
            shown.number("MW", "power_mw", "megawatts"),
            shown.number("Accelerators", "accelerator_count", "chips"),
            shown.text("By", "by_period"),
            shown.text("Told by", "publisher"),
            shown.link("Article", "url"),
        )
        shown.table(capacity, columns, alt="Statements of its capacity, largest first")
    if capex := rows(opened.con, CAPEX, [members]):
        st.subheader("Spending that it guides to", anchor=False)
        columns = (
            shown.text("Period", "period"),
            shown.short("From", "amount_low", "in the currency told"),
            shown.short("To", "amount_high", "in the currency told"),
            shown.text("Currency", "currency_code"),
            shown.text("Change", "change"),
            shown.text("Told by", "publisher"),
            shown.link("Article", "url"),
        )
        shown.table(capex, columns, alt="Guidance of capital spending, newest period first")
