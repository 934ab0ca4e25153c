"""What the analysis asks of the tape, from ``mart.*`` only. Each gives rows as dicts in a total order."""

from __future__ import annotations

from datetime import date

import duckdb

from dashboards.queries import DEAL_COLUMNS
from dashboards.rows import Row, rows


def articles_of_story(con: duckdb.DuckDBPyConnection, story_id: str) -> list[Row]:
    """The articles of a story, oldest first: article_id, title, publisher, url, published_on."""
    return rows(
        con,
        """SELECT article_id, title, publisher, url, published_on FROM mart.articles WHERE story_id = ?
        ORDER BY published_on NULLS LAST, publisher, title, article_id""",
        [story_id],
    )


def deals_of_story(con: duckdb.DuckDBPyConnection, story_id: str) -> list[Row]:
    """The deals that the articles of a story report (not those that they only recall), largest first."""
    return rows(
        con,
        f"""SELECT {DEAL_COLUMNS} FROM mart.deals AS deals
        WHERE deals.deal_id IN (
            SELECT told.deal_id FROM mart.deal_evidence AS told JOIN mart.articles USING (article_id)
            WHERE articles.story_id = ? AND told.focus = 'primary'
        )
        ORDER BY deals.amount_usd DESC NULLS LAST, deals.power_mw DESC NULLS LAST, deals.deal_id""",
        [story_id],
    )


def deals_between(con: duckdb.DuckDBPyConnection, names: list[str], *, but: str) -> list[Row]:
    """Other deals in which at least two of the companies stand, newest first."""
    return rows(
        con,
        f"""SELECT {DEAL_COLUMNS} FROM mart.deals AS deals
        WHERE deals.deal_id <> ? AND deals.deal_id IN (
            SELECT deal_id FROM mart.deal_parties WHERE list_contains(?, name)
            GROUP BY deal_id HAVING count(DISTINCT name) > 1
        )
        ORDER BY deals.announced_on DESC NULLS LAST, deals.deal_id""",
        [but, names],
    )


def funding(con: duckdb.DuckDBPyConnection, giver: str, taker: str) -> list[Row]:
    """Counted deals in which one company invests in the other, lends to it or guarantees for it, newest first."""
    return rows(
        con,
        f"""SELECT {DEAL_COLUMNS} FROM mart.deals AS deals
        JOIN mart.deal_parties AS giving ON giving.deal_id = deals.deal_id
            AND giving.name = ? AND giving.role IN ('investor', 'lender', 'guarantor')
        JOIN mart.deal_parties AS taking ON taking.deal_id = deals.deal_id
            AND taking.name = ? AND taking.role IN ('investee', 'borrower')
        WHERE deals.is_in_totals
        ORDER BY deals.announced_on DESC NULLS LAST, deals.deal_id""",
        [giver, taker],
    )


def others_providing(con: duckdb.DuckDBPyConnection, type_: str, giving: str, taking: str, whom: str) -> list[Row]:
    """Who provides the same to a company in counted deals, those with most deals first: name, deal_id."""
    return rows(
        con,
        """SELECT givers.name, deals.deal_id
        FROM mart.deals AS deals
        JOIN mart.deal_parties AS givers ON givers.deal_id = deals.deal_id AND givers.role = ?
        JOIN mart.deal_parties AS takers ON takers.deal_id = deals.deal_id AND takers.role = ? AND takers.name = ?
        WHERE deals.is_in_totals AND deals.type = ?
        ORDER BY count(*) OVER (PARTITION BY givers.name) DESC, givers.name, deals.deal_id""",
        [giving, taking, whom, type_],
    )


def deals_of_year_before(con: duckdb.DuckDBPyConnection, type_: str, on: date, *, but: str) -> list[Row]:
    """Other counted deals of a type announced in the twelve months that end on a day: deal_id, amount_usd, power_mw."""
    return rows(
        con,
        """SELECT deal_id, amount_usd, power_mw FROM mart.deals
        WHERE is_in_totals AND type = ? AND deal_id <> ? AND announced_on > CAST(? AS DATE) - INTERVAL 12 MONTH
            AND announced_on <= ?
        ORDER BY deal_id""",
        [type_, but, on, on],
    )
