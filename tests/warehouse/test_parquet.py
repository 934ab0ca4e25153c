"""A mart's file is the same to the byte, whether it is written whole or begins with row groups of the last one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse import catalog, parquet
from warehouse.increment import Change

MART = catalog.load().table("mart.mentions_monthly")  # in the order of published_month, company_id
# 20 companies in each of 480 months and some without a month; 4.7 row groups of 2048 rows
TOLD = """
INSERT INTO published.mart.mentions_monthly
SELECT DATE '1980-01-01' + INTERVAL (n // 20) MONTH, 'company-' || 10 + n % 20, n % 7, n % 5 FROM range(9600) AS told(n)
UNION ALL SELECT NULL, 'company-' || 10 + n, 1, 1 FROM range(30) AS undated(n)
"""


@pytest.fixture
def con(monkeypatch: pytest.MonkeyPatch) -> Iterator[duckdb.DuckDBPyConnection]:
    monkeypatch.setattr(parquet, "ROW_GROUP", 2048)
    with duckdb.connect() as con:
        con.execute("SET threads = 1")
        con.execute("ATTACH ':memory:' AS published")
        con.execute("CREATE SCHEMA published.mart")
        con.execute(
            "CREATE TABLE published.mart.mentions_monthly "
            "(published_month DATE, company_id VARCHAR, articles_count BIGINT, mentions_count BIGINT)"
        )
        con.execute(TOLD)
        yield con


@pytest.mark.parametrize(
    ("condition", "shared"),
    [
        ("published_month = '2019-11-01'", 4),  # in the last row group
        ("published_month >= '2009-02-01'", 3),  # a month that stands in two row groups
        ("published_month < '1990-01-01'", 0),  # most of the file comes after it
        ("published_month IS NULL", 4),
    ],
)
def test_a_file_from_a_change_on_is_the_whole_file(
    tmp_path: Path, con: duckdb.DuckDBPyConnection, condition: str, shared: int
) -> None:
    last, found, whole = (tmp_path / f"{name}.parquet" for name in ("last", "found", "whole"))
    parquet.write_mart(con, MART, last)
    table = "published.mart.mentions_monthly"
    first = con.execute(f"SELECT min(published_month) FROM {table} WHERE {condition}").fetchall()[0][0]
    news = f"SELECT * REPLACE (company_id || 'b' AS company_id) FROM {table} WHERE {condition}"
    con.execute(f"CREATE TABLE changed AS {news}")
    con.execute(f"DELETE FROM {table} WHERE ({condition}) AND company_id <> 'company-13'")
    con.execute(f"INSERT INTO {table} FROM changed")  # at the end, out of their order
    parquet.write_changed(con, MART, found, last, Change(now="", before="", first=first))
    con.execute(f"CREATE TABLE sorted AS FROM {table} ORDER BY published_month NULLS LAST, company_id")
    con.execute(f"CREATE OR REPLACE TABLE {table} AS FROM sorted")
    parquet.write_mart(con, MART, whole)
    assert found.read_bytes() == whole.read_bytes() != last.read_bytes()
    before, now = (row_groups(con, path) for path in (last, found))
    assert [a == b for a, b in zip(before, now, strict=False)].index(False) == shared
    assert sorted(path.name for path in tmp_path.iterdir()) == ["found.parquet", "last.parquet", "whole.parquet"]


def row_groups(con: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str]]:
    """What the footer tells of the columns of each row group."""
    return con.execute(
        "SELECT string_agg(concat_ws(' ', num_values, total_compressed_size, stats_min, stats_max)) "
        f"FROM parquet_metadata('{path}') GROUP BY row_group_id ORDER BY row_group_id"
    ).fetchall()
