"""Questions to the published tape, from ``mart.*`` only. Each gives rows as dicts in a total order."""

from __future__ import annotations

from datetime import date

import duckdb

from dashboards.filters import Filters
from dashboards.rows import Row, rows

DEAL_COLUMNS = """
    deals.deal_id, deals.announced_on, deals.first_reported_on, deals.last_changed_on, deals.type, deals.status,
    deals.is_in_totals, deals.focus, deals.parties, deals.source_title, deals.source_publisher, deals.source_url,
    deals.value_amount, deals.value_currency_code, deals.value_bound, deals.value_basis, deals.amount_usd,
    deals.valuation_amount, deals.valuation_currency_code,
    deals.power_mw, deals.power_bound, deals.accelerator_count, deals.accelerator_bound, deals.accelerator_model,
    deals.term_months, deals.stake_pct, deals.start_period, deals.end_period, deals.locations,
    deals.publishers_count, deals.articles_count, deals.revisions_count, deals.confidence,
    deals.corroboration, deals.independent_publishers_count
"""
# Totals: one row a deal, over deals with is_in_totals: rumored and cancelled ones are no commitments.
TOTALS = """
    count(*) AS deals_count,
    CAST(sum(deals.amount_usd) AS DOUBLE) AS amount_usd,
    CAST(sum(deals.power_mw) AS DOUBLE) AS power_mw,
    CAST(sum(deals.accelerator_count) AS BIGINT) AS accelerators_count,
    count(*) FILTER (deals.amount_usd IS NULL) AS deals_without_value_count,
    count(*) FILTER (deals.announced_month IS NULL) AS undated_count
"""


def deals(con: duckdb.DuckDBPyConnection, filters: Filters, *, limit: int | None = 1000) -> list[Row]:
    """The deals chosen, newest first; at most ``limit`` (None: all)."""
    where, values = filters.where()
    return rows(
        con,
        f"""SELECT {DEAL_COLUMNS} FROM mart.deals AS deals WHERE {where}
        ORDER BY deals.announced_on DESC NULLS LAST, deals.amount_usd DESC NULLS LAST, deals.deal_id
        LIMIT ?""",
        [*values, limit],
    )


def latest_deals(con: duckdb.DuckDBPyConnection, *, limit: int) -> list[Row]:
    """The counted deals announced last."""
    return rows(
        con,
        f"""SELECT {DEAL_COLUMNS} FROM mart.deals AS deals WHERE deals.is_in_totals AND deals.announced_on IS NOT NULL
        ORDER BY deals.announced_on DESC, deals.amount_usd DESC NULLS LAST, deals.deal_id LIMIT ?""",
        [limit],
    )


def largest_deals(con: duckdb.DuckDBPyConnection, filters: Filters, *, limit: int = 10) -> list[Row]:
    """The counted deals with the largest whole value in US dollars."""
    where, values = filters.where()
    return rows(
        con,
        f"""SELECT {DEAL_COLUMNS} FROM mart.deals AS deals
        WHERE {where} AND deals.is_in_totals AND deals.amount_usd IS NOT NULL
        ORDER BY deals.amount_usd DESC, deals.announced_on DESC NULLS LAST, deals.deal_id LIMIT ?""",
        [*values, limit],
    )


def totals(con: duckdb.DuckDBPyConnection, filters: Filters) -> Row:
    """Sums over the counted deals (``TOTALS``), and how many chosen ones are rumours, cancelled, or without a date."""
    where, values = filters.where()
    counted = rows(con, f"SELECT {TOTALS} FROM mart.deals AS deals WHERE {where} AND deals.is_in_totals", values)[0]
    others = rows(
        con,
        f"""SELECT
            count(*) AS all_count,
            count(*) FILTER (deals.status = 'rumored') AS rumored_count,
            count(*) FILTER (deals.status = 'cancelled') AS cancelled_count
        FROM mart.deals AS deals WHERE {where}""",
        values,
    )[0]
    return counted | others


def monthly(con: duckdb.DuckDBPyConnection, filters: Filters) -> list[Row]:
    """Totals of the counted deals by month of announcement (its first day) and type, oldest first."""
    where, values = filters.where()
    return rows(
        con,
        f"""SELECT deals.announced_month AS month, deals.type, {TOTALS}
        FROM mart.deals AS deals
        WHERE {where} AND deals.is_in_totals AND deals.announced_month IS NOT NULL
        GROUP BY ALL ORDER BY month, deals.type""",
        values,
    )


def deal(con: duckdb.DuckDBPyConnection, deal_id: str) -> Row | None:
    """One deal's current state, None where there is no such deal."""
    found = rows(con, f"SELECT {DEAL_COLUMNS} FROM mart.deals AS deals WHERE deals.deal_id = ?", [deal_id])
    return found[0] if found else None


def parties(con: duckdb.DuckDBPyConnection, deal_id: str) -> list[Row]:
    """A deal's parties in their order: role, name, company_id."""
    return rows(
        con,
        "SELECT role, name, company_id FROM mart.deal_parties WHERE deal_id = ? ORDER BY position, role, name",
        [deal_id],
    )


def evidence(con: duckdb.DuckDBPyConnection, deal_id: str) -> list[Row]:
    """Every quoted claim of a deal: first those that its current figures were taken from, then newest first.

    deal_id, slot, value, surface, sentence, title, publisher, url, published_on, deal_mention_id, confidence
    """
    return rows(
        con,
        """SELECT told.deal_id, told.slot, told.value, told.surface, told.sentence, told.title, told.publisher,
            told.url, told.published_on, told.deal_mention_id, told.confidence
        FROM mart.deal_evidence AS told
        LEFT JOIN mart.deal_revisions AS changes USING (deal_id, deal_mention_id)
        WHERE told.deal_id = ?
        ORDER BY told.is_source DESC, changes.revision DESC NULLS LAST, told.published_on DESC NULLS LAST,
            told.publisher, told.deal_mention_id, told.slot""",
        [deal_id],
    )


def sentences(con: duckdb.DuckDBPyConnection, deal_ids: list[str]) -> dict[str, Row]:
    """For each deal the sentence that tells its newest state best, with title, publisher, url and published_on."""
    found = rows(
        con,
        """SELECT deal_id, sentence, title, publisher, url, published_on FROM mart.deal_evidence
        WHERE list_contains(?, deal_id) AND sentence <> ''
        QUALIFY row_number() OVER (
            PARTITION BY deal_id
            ORDER BY
                focus <> 'primary',
                published_on DESC NULLS LAST,
                sentence = title,  -- the body says more than the headline
                list_position(['value', 'power', 'accelerators', 'trigger'], slot) NULLS LAST,
                publisher, deal_mention_id, slot
        ) = 1 ORDER BY deal_id""",
        [deal_ids],
    )
    return {row["deal_id"]: row for row in found}


def revisions(con: duckdb.DuckDBPyConnection, deal_id: str) -> list[Row]:
    """A deal's history, newest first: the whole state after each change, and the article that told it."""
    return rows(con, "SELECT * FROM mart.deal_revisions WHERE deal_id = ? ORDER BY revision DESC", [deal_id])


def articles_of(con: duckdb.DuckDBPyConnection, deal_id: str) -> list[Row]:
    """The articles that tell of a deal, newest first: title, publisher, url, published_on."""
    return rows(
        con,
        """SELECT DISTINCT title, publisher, url, published_on FROM mart.deal_evidence WHERE deal_id = ?
        ORDER BY published_on DESC NULLS LAST, publisher, title, url""",
        [deal_id],
    )


def busiest_parties(con: duckdb.DuckDBPyConnection, filters: Filters, *, limit: int = 10) -> list[Row]:
    """The names that stand in most counted deals, with the values of those deals (whole, not shares of them)."""
    where, values = filters.where()
    return rows(
        con,
        f"""WITH named AS (
            SELECT DISTINCT parties.name, deals.deal_id, deals.amount_usd
            FROM mart.deals AS deals JOIN mart.deal_parties AS parties USING (deal_id)
            WHERE {where} AND deals.is_in_totals
        )
        SELECT name, count(*) AS deals_count, CAST(sum(amount_usd) AS DOUBLE) AS amount_usd
        FROM named GROUP BY name ORDER BY deals_count DESC, amount_usd DESC NULLS LAST, name LIMIT ?""",
        [*values, limit],
    )


def feeds(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Every feed with what it brought (entries, deals, newest publication date) and whether it works."""
    return rows(
        con,
        """SELECT feed_id, url, entries_count, deals_count, newest_published_on, is_failing, error_code FROM mart.feeds
        ORDER BY entries_count DESC, feed_id""",
    )


def coverage(con: duckdb.DuckDBPyConnection) -> Row:
    """What the tape rests on: articles, publishers, dates, and how many deals give which term."""
    articles = rows(
        con,
        """SELECT count(*) AS articles_count, count(DISTINCT publisher) AS publishers_count,
            min(published_on) AS first_on, max(published_on) AS last_on,
            count(*) FILTER (deals_count > 0) AS articles_with_deals_count,
            count(*) FILTER (is_truncated) AS truncated_count,
            count(*) FILTER (published_on IS NULL) AS undated_count
        FROM mart.articles""",
    )[0]
    told = rows(
        con,
        """SELECT count(*) AS deals_count, count(value_amount) AS with_value_count, count(power_mw) AS with_power_count,
            count(term_months) AS with_term_count, count(*) FILTER (publishers_count > 1) AS corroborated_count,
            count(*) FILTER (value_amount IS NOT NULL AND amount_usd IS NULL) AS other_currency_count
        FROM mart.deals""",
    )[0]
    return articles | told


def bounds(con: duckdb.DuckDBPyConnection) -> tuple[date | None, date | None]:
    """First and last date on which a deal was announced."""
    found = rows(con, "SELECT min(announced_on) AS first, max(announced_on) AS last FROM mart.deals")[0]
    return found["first"], found["last"]
