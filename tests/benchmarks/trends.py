"""Nine trend questions, asked of the published file and, over the raw tables, of Polars, chDB and SQLite.

The peers get the facts as a pipeline would hand them over (Polars in memory, chDB a MergeTree, SQLite with indexes),
one row a deal, party, revision, article or mention. The published file has the months, roll-ups and rates that a
release computes once; that is the lead which is measured.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connection import open_reader

TURNS = 3
LAST_MONTH, LAST_YEAR = "2026-10-01", "2025-11-01"
RAW = {
    "deals": """
        SELECT deals.deal_id, deals.type, revisions.status, revisions.as_of_at AS announced_at,
            CAST(revisions.value_amount AS DOUBLE) AS amount, revisions.value_currency_code AS currency,
            CAST(revisions.power_mw AS DOUBLE) AS power_mw
        FROM core.deals AS deals
        JOIN core.deal_revisions AS revisions USING (deal_id, reader_version)
        QUALIFY row_number() OVER (PARTITION BY deals.deal_id ORDER BY revisions.revision DESC) = 1""",
    "revisions": """
        SELECT deal_id, revision, as_of_at, status, CAST(value_amount AS DOUBLE) AS amount FROM core.deal_revisions""",
    "parties": "SELECT deal_id, position, role, name FROM core.deal_parties WHERE revision = 1",
    "articles": "SELECT article_id, title, publisher, published_at FROM core.articles WHERE reader_version = $reader",
    "mentions": """
        SELECT mentions.article_id, mentions.registry_id AS company_id, articles.published_at
        FROM core.mentions JOIN core.articles USING (article_id, reader_version) WHERE mentions.kind = 'company'""",
    "rates": """
        SELECT told.currency_code AS currency, rate_on, CAST(usd.rate / told.rate AS DOUBLE) AS rate
        FROM core.reference_rates AS told JOIN core.reference_rates AS usd USING (rate_on, base_code)
        WHERE base_code = 'EUR' AND usd.currency_code = 'USD' AND told.currency_code <> 'USD'
        UNION ALL
        SELECT 'EUR', rate_on, CAST(rate AS DOUBLE) FROM core.reference_rates
        WHERE base_code = 'EUR' AND currency_code = 'USD'""",
}
# monthly by type · rolling year of a supplier · counterparties · dollars at the day's rate · mentions by company and
# month · the last 30 days · one deal's history · words in a title · companies of the last year over the articles' join
PUBLISHED = (
    "SELECT month, type, sum(power_mw), sum(amount_usd) FROM mart.trend_monthly WHERE is_in_totals GROUP BY ALL",
    "SELECT name, month, sum(amount_usd) OVER (PARTITION BY name ORDER BY month "
    "ROWS BETWEEN 11 PRECEDING AND CURRENT ROW) "
    "FROM (SELECT name, month, sum(amount_usd) AS amount_usd FROM mart.trend_by_company "
    "WHERE role = 'supplier' GROUP BY ALL)",
    "SELECT * FROM mart.counterparties ORDER BY deals_count DESC LIMIT 20",
    "SELECT announced_month, sum(amount_usd) FROM mart.deals WHERE is_in_totals GROUP BY ALL",
    "SELECT company_id, published_month, mentions_count FROM mart.mentions_monthly WHERE mentions_count > 50",
    f"SELECT type, count(*), sum(amount_usd) FROM mart.deals WHERE announced_on >= DATE '{LAST_MONTH}' GROUP BY ALL",
    "SELECT revision, as_of_on, status, value_amount FROM mart.deal_revisions WHERE deal_id = 'deal-400' "
    "ORDER BY revision",
    "SELECT article_id, title FROM mart.articles WHERE contains(title, 'Compute 77') LIMIT 100",
    f"SELECT company_id, sum(mentions_count) FROM mart.mentions_monthly WHERE published_month >= DATE '{LAST_YEAR}' "
    "GROUP BY ALL ORDER BY 2 DESC LIMIT 20",
)
# {month:x} and the other words are each dialect's own
ASKED = (
    "SELECT {month_announced} AS m, type, sum(power_mw), sum(amount) FROM deals "
    "WHERE status NOT IN ('rumored', 'cancelled') GROUP BY m, type",
    "SELECT name, m, sum(amount) OVER (PARTITION BY name ORDER BY m ROWS BETWEEN 11 PRECEDING AND CURRENT ROW) "
    "FROM (SELECT parties.name AS name, {month_announced} AS m, sum(deals.amount) AS amount FROM deals JOIN parties "
    "ON parties.deal_id = deals.deal_id WHERE parties.role = 'supplier' GROUP BY parties.name, m) AS monthly",
    "SELECT s.name AS supplier, c.name AS customer, count(*) AS n FROM parties AS s JOIN parties AS c "
    "ON s.deal_id = c.deal_id WHERE s.role = 'supplier' AND c.role = 'customer' GROUP BY s.name, c.name "
    "ORDER BY n DESC LIMIT 20",
    "{rated}",
    "SELECT company_id, {month_published} AS m, count(*) AS n FROM mentions "
    "GROUP BY company_id, m HAVING count(*) > 50",
    "SELECT type, count(*), sum(amount) FROM deals WHERE announced_at >= {last_month} GROUP BY type",
    "SELECT revision, as_of_at, status, amount FROM revisions WHERE deal_id = 'deal-400' ORDER BY revision",
    "SELECT article_id, title FROM articles WHERE {title_has} LIMIT 100",
    "SELECT mentions.company_id, count(*) AS n FROM mentions "
    "JOIN articles ON articles.article_id = mentions.article_id WHERE articles.published_at >= {last_year} "
    "GROUP BY mentions.company_id ORDER BY n DESC LIMIT 20",
)


def export_raw(path: Path, folder: Path, reader: str) -> Path:
    """The raw tables as Parquet files in the folder; those that are there already are taken."""
    if folder.exists():
        return folder
    folder.mkdir()
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path}' AS warehouse (READ_ONLY)")
        con.execute("USE warehouse")
        con.execute("SET TimeZone = 'UTC'")
        for name, sql in RAW.items():
            sql = sql.replace("$reader", f"'{reader}'")
            con.execute(f"COPY (SELECT * FROM ({sql})) TO '{folder / name}.parquet' (FORMAT parquet, COMPRESSION zstd)")
    return folder


def published_times(_: Path, folder: Path) -> list[float]:
    """Seconds of each query over the published file."""
    with open_reader(folder / "published.duckdb", memory_limit="4GB") as con:
        return [best(lambda sql=sql: con.execute(sql).fetchall()) for sql in PUBLISHED]


def polars_times(raw: Path, _: Path) -> list[float]:
    """Seconds of each query by Polars, its frames in memory."""
    import polars as pl

    frames = {name: pl.read_parquet(raw / f"{name}.parquet") for name in RAW}
    deals, parties, articles, mentions = (frames[name] for name in ("deals", "parties", "articles", "mentions"))
    counted = ~pl.col("status").is_in(["rumored", "cancelled"])
    month = pl.col("announced_at").dt.truncate("1mo").alias("m")
    moment = pl.lit(LAST_MONTH).str.to_datetime(time_zone="UTC", time_unit="us")
    year = pl.lit(LAST_YEAR).str.to_datetime(time_zone="UTC", time_unit="us")
    rates = frames["rates"].sort("rate_on")
    suppliers, customers = (parties.lazy().filter(pl.col("role") == role) for role in ("supplier", "customer"))
    asked: tuple[Any, ...] = (
        deals.lazy().filter(counted).group_by(month, "type").agg(pl.sum("power_mw", "amount")),
        deals.lazy().join(suppliers, on="deal_id").group_by("name", month).agg(pl.sum("amount")).sort("name", "m")
        .with_columns(pl.col("amount").rolling_sum(12, min_samples=1).over("name").alias("year")),
        suppliers.join(customers, on="deal_id", suffix="_customer").group_by("name", "name_customer").len()
        .sort("len", descending=True).head(20),
        deals.lazy().filter(counted).with_columns(pl.col("announced_at").dt.date().alias("rate_on")).sort("rate_on")
        .join_asof(rates.lazy(), on="rate_on", by="currency").group_by(month)
        .agg((pl.col("amount") * pl.col("rate").fill_null(1)).sum()),
        mentions.lazy().group_by("company_id", pl.col("published_at").dt.truncate("1mo").alias("m")).len()
        .filter(pl.col("len") > 50),
        deals.lazy().filter(pl.col("announced_at") >= moment).group_by("type").agg(pl.len(), pl.sum("amount")),
        frames["revisions"].lazy().filter(pl.col("deal_id") == "deal-400").sort("revision"),
        articles.lazy().filter(pl.col("title").str.contains("Compute 77", literal=True)).head(100),
        mentions.lazy().join(articles.lazy().filter(pl.col("published_at") >= year), on="article_id")
        .group_by("company_id").len().sort("len", descending=True).head(20),
    )  # fmt: skip
    return [best(lambda query=query: query.collect()) for query in asked]


def sqlite_times(raw: Path, folder: Path) -> list[float]:
    """Seconds of each query by SQLite, with an index on each column that is joined or chosen by."""
    words = {
        "month_announced": "strftime('%Y-%m', announced_at)",
        "month_published": "strftime('%Y-%m', published_at)",
        "last_month": f"'{LAST_MONTH}'",
        "last_year": f"'{LAST_YEAR}'",
        "title_has": "instr(title, 'Compute 77') > 0",
        "rated": "SELECT strftime('%Y-%m', announced_at) AS m, sum(amount * coalesce((SELECT rate FROM rates WHERE "
        "rates.currency = deals.currency AND rates.rate_on <= substr(deals.announced_at, 1, 10) "
        "ORDER BY rate_on DESC LIMIT 1), 1)) FROM deals WHERE status NOT IN ('rumored', 'cancelled') GROUP BY m",
    }
    path = folder / "raw.sqlite"
    fresh = not path.exists()
    with sqlite3.connect(path) as con:
        if fresh:
            fill_sqlite(con, raw)
        # once each: it takes minutes
        return [best(lambda sql=sql: con.execute(sql.format(**words)).fetchall(), turns=1) for sql in ASKED]


def fill_sqlite(con: sqlite3.Connection, raw: Path) -> None:
    """The raw tables in SQLite, times as text, indexed."""
    with duckdb.connect() as source:
        source.execute("SET TimeZone = 'UTC'")
        for name in RAW:
            file = f"'{raw / name}.parquet'"
            columns = source.execute(f"DESCRIBE FROM {file}").fetchall()
            picked = ", ".join(
                f"strftime({c[0]}, '%Y-%m-%d %H:%M:%S') AS {c[0]}" if c[1].startswith(("TIMESTAMP", "DATE")) else c[0]
                for c in columns
            )
            con.execute(f"CREATE TABLE {name} ({', '.join(c[0] for c in columns)})")
            rows = source.execute(f"SELECT {picked} FROM {file}")
            while batch := rows.fetchmany(100_000):
                con.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", batch)
    for table, column in (
        ("deals", "deal_id"), ("deals", "announced_at"), ("parties", "deal_id"), ("revisions", "deal_id"),
        ("articles", "article_id"), ("mentions", "article_id"), ("rates", "currency, rate_on"),
    ):  # fmt: skip
        con.execute(f"CREATE INDEX {table}_{column.partition(',')[0]} ON {table} ({column})")
    con.commit()


def chdb_times(raw: Path, folder: Path) -> list[float]:
    """Seconds of each query by chDB over MergeTree tables."""
    from chdb import session

    words = {
        "month_announced": "toStartOfMonth(announced_at)",
        "month_published": "toStartOfMonth(published_at)",
        "last_month": f"toDateTime('{LAST_MONTH} 00:00:00', 'UTC')",
        "last_year": f"toDateTime('{LAST_YEAR} 00:00:00', 'UTC')",
        "title_has": "position(title, 'Compute 77') > 0",
        "rated": "SELECT toStartOfMonth(announced_at) AS m, sum(amount * if(rates.rate = 0, 1, rates.rate)) FROM "
        "(SELECT announced_at, amount, ifNull(currency, '') AS currency, toDate32(announced_at) AS on_day FROM deals "
        "WHERE status NOT IN ('rumored', 'cancelled')) AS d ASOF LEFT JOIN (SELECT ifNull(currency, '') AS currency, "
        "ifNull(rate_on, toDate32('1970-01-01')) AS rate_on, ifNull(rate, 0) AS rate FROM rates) AS rates "
        "ON rates.currency = d.currency AND d.on_day >= rates.rate_on GROUP BY m",
    }
    store = session.Session(str(folder / "chdb"))
    try:
        store.query("CREATE DATABASE IF NOT EXISTS raw ENGINE = Atomic")
        store.query("USE raw")
        for name in RAW:
            store.query(
                f"CREATE TABLE IF NOT EXISTS {name} ENGINE = MergeTree ORDER BY tuple() AS "
                f"SELECT * FROM file('{raw / name}.parquet', Parquet)"
            )
        return [best(lambda sql=sql: str(store.query(sql.format(**words), "CSV"))) for sql in ASKED]
    finally:
        store.close()


def best(ask: Callable[[], Any], *, turns: int = TURNS) -> float:
    """Seconds of the best of some runs."""
    found = []
    for _ in range(turns):
        start = time.perf_counter()
        ask()
        found.append(time.perf_counter() - start)
    return min(found)


ENGINES = {"published": published_times, "polars": polars_times, "chdb": chdb_times, "sqlite": sqlite_times}
