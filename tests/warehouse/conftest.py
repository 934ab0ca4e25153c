"""A warehouse for each test, and one that a whole run has filled."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import duckdb
import pytest

from tests.flows.postgres import running_postgres
from tests.warehouse import samples
from warehouse import load, load_deals, resolving
from warehouse.append import append
from warehouse.connection import open_writer, transaction
from warehouse.stories import load_stories


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the warehouse file of the test lies; its folder is the data folder."""
    return tmp_path / "data" / "warehouse.duckdb"


@pytest.fixture(scope="session")
def catalog_server() -> Iterator[str]:
    """A PostgreSQL server for the catalogs of lakes, as libpq takes it."""
    with running_postgres() as address:
        user, host, port, database = re.split("[@:/]", address)
        yield f"dbname={database} host={host} port={port} user={user}"


@pytest.fixture
def lake(request: pytest.FixtureRequest, path: Path) -> str:
    """A lake of the test's own, its data in the data folder."""
    server = request.getfixturevalue("catalog_server")
    return f"ducklake:postgres:{server} schema=lake_{uuid4().hex} data_path={path.parent / 'lake'}"


@pytest.fixture
def where(request: pytest.FixtureRequest, path: Path) -> Path | str:
    """The warehouse that tests fill: a file, or with GIGAWIRE_TEST_WAREHOUSE=ducklake a lake."""
    if os.environ.get("GIGAWIRE_TEST_WAREHOUSE") == "ducklake":
        return request.getfixturevalue("lake")
    return path


@pytest.fixture
def con(where: Path | str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The writer's connection to an empty warehouse."""
    with open_writer(where, wait_seconds=0) as con:
        yield con


@pytest.fixture
def filled(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A warehouse after a run over three entries of one feed."""
    fill(con)
    return con


def fill(con: duckdb.DuckDBPyConnection, numbers: range = range(3)) -> None:
    """What a run loads: polls, documents, what was read, what it was resolved to; its publisher is one that we know."""
    vouch_for(con, "The Wire")
    load.load_polls(con, [samples.poll(numbers=numbers)], [samples.document(number) for number in numbers])
    load.load_read(con, [samples.read(number) for number in numbers], recorded_at=samples.NOW)
    claims = resolving.claims_in(con, samples.READER, [samples.read(k).article_id for k in numbers])
    stories = [samples.story(samples.read(number).article_id) for number in numbers]
    when = {"reader_version": samples.READER, "recorded_at": samples.NOW}
    with transaction(con):
        load_deals.load_resolution(con, samples.resolution(*claims), **when)
    load_stories(con, stories, **when)


def vouch_for(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Puts a publisher into the registry's tables, as if it stood in publishers.csv."""
    with transaction(con):
        of_name = {"thing": "publisher", "registry_id": name, "folded_name": name.lower(), "name": name, "position": 0}
        append(con, "core.registry_names", [of_name])
        known = {"publisher_id": name, "name": name, "kind": "wire", "family": name, "tier": 1}
        append(con, "core.publishers", [known | {"country_code": None, "source": "tests"}])


@pytest.fixture
def tables():
    """Gives the rows of every stored table, sorted, by table name."""
    return all_tables


def all_tables(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    names = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() ORDER BY ALL"
    ).fetchall()
    return {name: con.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for (name,) in names}
