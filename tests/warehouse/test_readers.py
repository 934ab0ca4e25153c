"""A release opened for real by the tools that people use: each reads the same rows, types and sums."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.warehouse.conftest import fill
from warehouse.connection import open_writer
from warehouse.publish import publish


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release of five deals."""
    folder = tmp_path_factory.mktemp("readers")
    with open_writer(folder / "warehouse.duckdb") as con:
        fill(con, range(5))
        return publish(con, folder).path


def test_pyarrow_reads_every_table(release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_text())
    for table in manifest["tables"]:
        assert pq.read_table(release / table["file"]).num_rows == table["rows"]
    deals = pq.read_table(release / "deals.parquet").to_pylist()
    assert deals[0]["value_amount"] == Decimal("300000000.00")
    assert isinstance(deals[0]["announced_on"], date)
    assert deals[0]["power_mw"] == 120.5


def test_pandas_reads_it(release: Path) -> None:
    pandas = pytest.importorskip("pandas")
    deals = pandas.read_parquet(release / "deals.parquet")
    assert len(deals) == 5
    assert float(deals["power_mw"].sum()) == 5 * 120.5
    articles = pandas.read_parquet(release / "articles.parquet")
    assert articles["published_at"].dtype.kind == "M"


def test_polars_reads_it(release: Path) -> None:
    polars = pytest.importorskip("polars")
    deals = polars.scan_parquet(release / "deals.parquet")
    assert deals.select(polars.col("value_amount").sum()).collect().item() == 5 * 300_000_000
    assert deals.collect_schema()["announced_month"] == polars.Date


def test_duckdb_reads_the_files_and_the_database(release: Path) -> None:
    with duckdb.connect() as con:
        told = con.execute(f"SELECT count(*), sum(value_amount) FROM '{release / 'deals.parquet'}'").fetchall()
    with duckdb.connect(str(release / "published.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*), sum(value_amount) FROM mart.deals").fetchall() == told


def test_sqlalchemy_reads_it_as_superset_does(release: Path) -> None:
    """Superset and others open DuckDB by the SQLAlchemy dialect duckdb-engine, read-only."""
    pytest.importorskip("duckdb_engine")
    sqlalchemy = pytest.importorskip("sqlalchemy")
    url = f"duckdb:///{release / 'published.duckdb'}"
    engine = sqlalchemy.create_engine(url, connect_args={"read_only": True})
    try:
        tables = sqlalchemy.inspect(engine).get_table_names(schema="mart")
        assert {"deals", "articles", "deal_parties"} <= {name.rpartition(".")[2] for name in tables}
        with engine.connect() as con:
            rows = con.execute(
                sqlalchemy.text("SELECT announced_month, sum(power_mw) FROM mart.deals GROUP BY 1")
            ).all()
            at = con.execute(sqlalchemy.text("SELECT max(published_at) FROM mart.articles")).scalar()
        assert sum(row[1] for row in rows) == 5 * 120.5
        assert isinstance(at, datetime)
    finally:
        engine.dispose()


def test_the_data_package_describes_each_file_as_it_is(release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text())
    assert package["$schema"].endswith("/2.0/datapackage.json")
    for resource in package["resources"]:
        data = (release / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        names = pq.read_schema(release / resource["path"]).names
        assert [field["name"] for field in resource["schema"]["fields"]] == names
        assert set(resource["schema"]["primaryKey"]) <= set(names)


def test_foreign_keys_of_the_package_hold(release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text())
    told = [(r["path"], key) for r in package["resources"] for key in r["schema"].get("foreignKeys", [])]
    assert told
    with duckdb.connect() as con:
        for path, key in told:
            orphans = con.execute(
                f"SELECT count(*) FROM '{release / path}' ANTI JOIN '{release / 'deals.parquet'}' USING (deal_id) "
                "WHERE deal_id IS NOT NULL"
            )
            assert orphans.fetchone() == (0,), (path, key)


def test_checksums_and_dictionary_name_every_table(release: Path) -> None:
    sums = dict(line.split("  ")[::-1] for line in (release / "SHA256SUMS").read_text().splitlines())
    dictionary = (release / "data_dictionary.md").read_text()
    for file in release.glob("*.parquet"):
        assert sums[file.name] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert f"## {file.stem}\n" in dictionary
