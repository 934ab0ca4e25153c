"""What the brief asks of the tape, from ``mart.*`` only. Days count from ``since`` to ``until``, both included."""

from __future__ import annotations

from datetime import date

import duckdb

from dashboards.queries import DEAL_COLUMNS
from dashboards.rows import Row, rows


def signed(con: duckdb.DuckDBPyConnection, since: date, until: date, *, limit: int) -> list[Row]:
    """The counted deals announced in these days, largest first; those without a value after them, by power."""
    return rows(
        con,
        f"""SELECT {DEAL_COLUMNS} FROM mart.deals AS deals
        WHERE deals.is_in_totals AND deals.announced_on BETWEEN ? AND ?
        ORDER BY deals.amount_usd DESC NULLS LAST, deals.power_mw DESC NULLS LAST, deals.deal_id LIMIT ?""",
        [since, until, limit],
    )


def changes(con: duckdb.DuckDBPyConnection, since: date, until: date) -> list[Row]:
    """What became of deals that were known before: a row a deal, its newest revision of these days.

    deal_id, type, parties, status and figures now; ``old_…``: before; title, publisher, url, as_of_on of the change.
    """
    return rows(
        con,
        """WITH steps AS (
            SELECT *,
                lag(status) OVER history AS old_status,
                lag(value_amount) OVER history AS old_value_amount,
                lag(value_currency_code) OVER history AS old_value_currency_code,
                lag(value_bound) OVER history AS old_value_bound,
                lag(value_basis) OVER history AS old_value_basis,
                lag(power_mw) OVER history AS old_power_mw,
                lag(power_bound) OVER history AS old_power_bound
            FROM mart.deal_revisions
            WINDOW history AS (PARTITION BY deal_id ORDER BY revision)
        )
        SELECT steps.*, deals.type, deals.parties FROM steps JOIN mart.deals USING (deal_id)
        WHERE steps.as_of_on BETWEEN ? AND ? AND (
            steps.old_status <> steps.status
            OR steps.old_value_amount IS DISTINCT FROM steps.value_amount AND steps.old_status IS NOT NULL
            OR steps.old_power_mw IS DISTINCT FROM steps.power_mw AND steps.old_status IS NOT NULL
            OR steps.old_status IS NULL AND steps.status IN ('amended', 'cancelled', 'closed')
        )
        QUALIFY row_number() OVER (PARTITION BY steps.deal_id ORDER BY steps.revision DESC) = 1
        ORDER BY steps.as_of_on DESC, deals.amount_usd DESC NULLS LAST, steps.deal_id""",
        [since, until],
    )


def corrections(con: duckdb.DuckDBPyConnection, since: date, until: date) -> list[Row]:
    """Articles of these days that say of themselves that they correct, with the deals they tell of."""
    return rows(
        con,
        """SELECT DISTINCT told.title, told.publisher, told.url, told.published_on, told.deal_id, deals.parties
        FROM mart.deal_evidence AS told JOIN mart.deals USING (deal_id)
        WHERE told.published_on BETWEEN ? AND ?
            AND regexp_matches(lower(told.title), '^[^a-z]*(correct(ion|ed|s)|clarification)\\b')
        ORDER BY told.published_on DESC, told.title, told.deal_id""",
        [since, until],
    )


def new_names(con: duckdb.DuckDBPyConnection, since: date, until: date, *, limit: int) -> list[Row]:
    """Names that stand in a deal for the first time in these days: name, roles, deal_id, first_on, deals_count."""
    return rows(
        con,
        """WITH named AS (
            SELECT parties.name, parties.role, deals.deal_id, deals.is_in_totals,
                coalesce(deals.first_reported_on, deals.announced_on) AS told_on, deals.amount_usd
            FROM mart.deal_parties AS parties JOIN mart.deals AS deals USING (deal_id)
        )
        SELECT name, string_agg(DISTINCT role, ', ' ORDER BY role) AS roles, min(deal_id) AS deal_id,
            min(told_on) AS first_on, count(DISTINCT deal_id) AS deals_count
        FROM named
        GROUP BY name
        HAVING min(told_on) BETWEEN ? AND ? AND count(*) FILTER (told_on IS NULL) = 0
        ORDER BY max(amount_usd) DESC NULLS LAST, deals_count DESC, name LIMIT ?""",
        [since, until, limit],
    )


def coverage(con: duckdb.DuckDBPyConnection, since: date, until: date) -> Row:
    """What the brief rests on: articles and publishers of these days, how many tell of deals, how many are snippets."""
    return (
        rows(
            con,
            """SELECT count(*) AS articles_count, count(DISTINCT publisher) AS publishers_count,
            count(*) FILTER (deals_count > 0) AS articles_with_deals_count,
            count(*) FILTER (is_truncated) AS truncated_count
        FROM mart.articles WHERE published_on BETWEEN ? AND ?""",
            [since, until],
        )[0]
        | rows(
            con,
            """SELECT count(*) AS deals_count, count(value_amount) AS with_value_count,
            count(*) FILTER (publishers_count > 1) AS corroborated_count, avg(confidence) AS confidence
        FROM mart.deals WHERE is_in_totals AND announced_on BETWEEN ? AND ?""",
            [since, until],
        )[0]
    )
