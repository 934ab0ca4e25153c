"""The registry's tables are what the registry says, and are written only when it says something else."""

from __future__ import annotations

import duckdb
import pytest

from extractors import registry
from flows.steps.registry import registry_hash, registry_tables
from warehouse.registry import load_registry

Connection = duckdb.DuckDBPyConnection
PUBLISHER = {"kind": "press", "family": "f", "tier": 2, "country_code": None, "source": None}


def test_the_whole_registry_fits_the_tables_and_is_loaded_once(con: Connection) -> None:
    known = registry.load()
    for is_new in (True, False):
        assert load_registry(con, registry_tables(known), registry_hash=registry_hash(known)) is is_new
    rows = con.execute("SELECT count(*) FROM core.companies").fetchone()
    assert rows == (len(known.companies) + len(known.vehicles),)
    assert con.execute("SELECT name, kind FROM core.companies WHERE company_id = 'nvidia'").fetchone() == (
        "Nvidia",
        "chipmaker",
    )


def test_another_registry_takes_the_place_of_the_one_before(con: Connection) -> None:
    for name in ("Old Name", "New Name"):
        tables = {"core.publishers": [{**PUBLISHER, "publisher_id": "p", "name": name}]}
        assert load_registry(con, tables, registry_hash=name)
    assert con.execute("SELECT name FROM core.publishers").fetchall() == [("New Name",)]
    assert con.execute("SELECT registry_hash FROM core.registry_state").fetchall() == [("New Name",)]


@pytest.mark.parametrize(
    ("publisher", "url", "expected"),
    [
        ("the wire", "https://elsewhere.example/a", ("wire", "group", 1)),  # by name, small letters or not
        (None, "https://news.wire.co.example:8443/a?b", ("wire", "group", 1)),  # by a domain above the host
        ("Sister", None, ("sister", "group", 2)),  # of the same family
        ("A Blog", "https://blog.example/", (None, "a blog", 3)),
        (None, "https://blog.example/", (None, "blog.example", 3)),
        (None, None, (None, None, 3)),
    ],
)
def test_an_article_is_of_the_publisher_that_it_names_or_that_its_host_belongs_to(
    con: Connection, publisher: str | None, url: str | None, expected: tuple[object, ...]
) -> None:
    def spelling(thing: str, registry_id: str, name: str) -> dict[str, object]:
        return {
            "thing": thing,
            "registry_id": registry_id,
            "folded_name": name.lower(),
            "name": name,
            "position": 0,
        }

    tables = {
        "core.publishers": [
            {**PUBLISHER, "publisher_id": "wire", "name": "The Wire", "family": "group", "tier": 1},
            {**PUBLISHER, "publisher_id": "sister", "name": "Sister", "family": "group"},
        ],
        "core.registry_names": [
            spelling("publisher", "wire", "The Wire"),
            spelling("publisher", "sister", "Sister"),
            spelling("domain", "wire", "wire.co.example"),
        ],
    }
    load_registry(con, tables, registry_hash="h")
    con.execute(
        "INSERT INTO core.articles BY NAME SELECT 'a' AS article_id, 'r' AS reader_version, 'd' AS document_id, "
        "'i' AS item_id, 'page' AS kind, 'T' AS title, '' AS body, "
        "TIMESTAMPTZ '2026-01-01 00:00:00+00' AS retrieved_at, "
        "retrieved_at AS first_seen_at, false AS is_truncated, 'h' AS content_hash, retrieved_at AS recorded_at, "
        "true AS has_body, "
        "$publisher::VARCHAR AS publisher, $url::VARCHAR AS url",
        {"publisher": publisher, "url": url},
    )
    found = con.execute("SELECT publisher_id, family, tier FROM core.article_publishers").fetchall()
    assert found == [expected]
