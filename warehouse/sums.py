"""What the tables held when a release was made, as sums of hashes key by key: what differs from it has changed.

Sums are taken of every row anew and not noted by who writes, so that nothing that changes a row can be missed: a load,
a discarded reader, a statement by hand. Bodies are left out, their ``content_hash`` stands for them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

# What the row of a mart may follow: tables whose rows belong to one article, one claim or one deal.
KEYED = {
    "article": ("core.articles", "core.stories", "core.copies", "core.filed_articles", "core.article_words"),
    "mentions": ("core.mentions",),
    "claim": (
        "core.deal_mentions",
        "core.deal_mention_parties",
        "core.slot_evidence",
        "core.deal_evidence",
        "core.issues",
    ),
    "deal": ("core.deals", "core.deal_revisions", "core.deal_parties", "core.deal_endings"),
}
KEYS = {"article": "article_id", "mentions": "article_id", "claim": "deal_mention_id", "deal": "deal_id"}
# Tables on which any row may depend: where one of them changed, the whole is computed.
COMMON = (
    "core.accelerators",
    "core.affiliations",
    "core.companies",
    "core.facilities",
    "core.publishers",
    "core.registry_names",
    "core.reference_rates",
    "core.reader_versions",
    "core.decisions",
    "core.decided_deals",
    "core.decided_parties",
)
SQL_FOLDERS = ("views", "checks", "macros", "queries")


def take_sums(con: duckdb.DuckDBPyConnection, database: str) -> None:
    """Write ``<database>.sums`` of the tables as they are: keyed (kind, key, total), common (name, total) and rules."""
    con.execute(f"CREATE SCHEMA {database}.sums")
    con.execute(f"CREATE TABLE {database}.sums.keyed (kind VARCHAR, key UBIGINT, total UBIGINT)")
    for kind, tables in KEYED.items():
        rows = " UNION ALL ".join(keyed_sql(table, KEYS[kind], factor) for factor, table in enumerate(tables, 1))
        con.execute(
            f"INSERT INTO {database}.sums.keyed SELECT '{kind}', key, hash(sum(part)) FROM ({rows}) GROUP BY key"
        )
    common = " UNION ALL ".join(
        f"SELECT '{table}' AS name, hash(sum(CAST(hash(t) AS HUGEINT))) AS total FROM warehouse.{table} AS t"
        for table in COMMON
    )
    con.execute(f"CREATE TABLE {database}.sums.common AS {common}")
    con.execute(f"CREATE TABLE {database}.sums.rules AS SELECT '{rules()}' AS rules")


def keyed_sql(table: str, key: str, factor: int) -> str:
    """The query of a table's sums by key; the factor tells the tables of one kind apart."""
    source = f"warehouse.{table}"
    if table == "core.articles":
        source = f"(SELECT * EXCLUDE (body) FROM {source})"
    if table == "core.issues":
        source = f"(SELECT *, subject_id AS {key} FROM {source} WHERE stage = 'resolve')"
    part = f"{factor} * sum(CAST(hash(t) AS HUGEINT))"
    return f"SELECT hash({key}) AS key, {part} AS part FROM {source} AS t GROUP BY {key}"


def is_same_common(con: duckdb.DuckDBPyConnection, one: str, other: str) -> bool:
    """Whether the common tables and the rules were the same when the sums of the two databases were taken."""
    for table in ("common", "rules"):
        if con.execute(f"FROM {one}.sums.{table} EXCEPT FROM {other}.sums.{table}").fetchone():
            return False
    return True


def rules() -> str:
    """A hash of all that turns the same rows into another release: DuckDB's version, every file of this room."""
    told = hashlib.sha256(duckdb.__version__.encode())
    folder = Path(__file__).parent
    files = [folder / "catalog.yml", *sorted(folder.glob("*.py"))]
    files += [path for name in SQL_FOLDERS for path in sorted((folder / name).rglob("*.sql"))]
    for path in files:
        told.update(path.read_bytes())
    return told.hexdigest()
