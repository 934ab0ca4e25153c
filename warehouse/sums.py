"""What the tables held when a release was made, as sums of hashes: what differs from them has changed.

Sums are taken of every row anew and not noted by who writes, so that nothing that changes a row can be missed: a load,
a discarded reader, a statement by hand. Bodies are left out, their ``content_hash`` stands for them. Blocks of rows are
compared first and then, only in those that differ, the sums of each key: rows are hashed in a tenth of the time that it
takes to bring those of one key together.
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
# The column of a kind's key; of one table it has another name.
KEYS = {
    "article": "article_id",
    "mentions": "article_id",
    "claim": "deal_mention_id",
    "deal": "deal_id",
    "core.issues": "subject_id",
}
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
MODULUS = 2**64
BLOCK = 8192  # rows that are compared as one; 4 vectors of DuckDB's


def take_sums(con: duckdb.DuckDBPyConnection, database: str) -> None:
    """Write all of ``<database>.sums`` of the tables as they are, those of keys included."""
    take_block_sums(con, database)
    take_key_sums(con, database)


def take_block_sums(con: duckdb.DuckDBPyConnection, database: str) -> None:
    """Write ``<database>.sums`` as far as it is quickly made: blocks, common (name, total) and rules."""
    con.execute(f"CREATE SCHEMA {database}.sums")
    con.execute(f"CREATE TABLE {database}.sums.blocks (name VARCHAR, block BIGINT, total UBIGINT)")
    for table in (table for tables in KEYED.values() for table in tables):
        con.execute(
            f"INSERT INTO {database}.sums.blocks SELECT '{table}', rowid // {BLOCK} AS block, {total_sql(table)} "
            f"FROM warehouse.{table} GROUP BY block"
        )
    common = " UNION ALL ".join(
        f"SELECT '{table}' AS name, {total_sql(table)} AS total FROM warehouse.{table}" for table in COMMON
    )
    con.execute(f"CREATE TABLE {database}.sums.common AS {common}")
    con.execute(f"CREATE TABLE {database}.sums.rules AS SELECT '{rules()}' AS rules")


def take_key_sums(con: duckdb.DuckDBPyConnection, database: str, differing: str = "") -> None:
    """Write ``<database>.sums.keyed``, one row a key and block, of all blocks or those of the table ``differing``."""
    con.execute(
        f"CREATE TABLE {database}.sums.keyed (kind VARCHAR, name VARCHAR, block BIGINT, key UBIGINT, total UBIGINT)"
    )
    wanted = {table: "true" for tables in KEYED.values() for table in tables}
    if differing:
        ends = con.execute(f"SELECT name, min(block), max(block) FROM {differing} GROUP BY name").fetchall()
        wanted = {table: standing_in(differing, table, first, last) for table, first, last in ends}
    for kind, tables in KEYED.items():
        for table in (table for table in tables if table in wanted):
            con.execute(
                f"INSERT INTO {database}.sums.keyed SELECT '{kind}', '{table}', rowid // {BLOCK} AS block, "
                f"hash({KEYS.get(table, KEYS[kind])}) AS key, {total_sql(table)} "
                f"FROM warehouse.{table} WHERE {wanted[table]} GROUP BY block, key"
            )


def standing_in(differing: str, table: str, first: int, last: int) -> str:
    """The condition that a row of the table stands in one of its blocks that differ, of which these are the ends."""
    # A range that stands in the query lets DuckDB skip the rest of the file.
    return (
        f"rowid BETWEEN {first * BLOCK} AND {(last + 1) * BLOCK - 1} "
        f"AND rowid // {BLOCK} IN (SELECT block FROM {differing} WHERE name = '{table}')"
    )


def total_sql(table: str) -> str:
    """The sum of the hashes of rows, modulo 2**64: in whichever order they stand, the same rows give the same."""
    columns = "* EXCLUDE (body)" if table == "core.articles" else "*"
    return f"CAST(sum(hash(*COLUMNS({columns}))) % {MODULUS} AS UBIGINT)"


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
