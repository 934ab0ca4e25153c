"""What the tables held when a release was made: where each ended, and the sum of the hashes of its rows.

Facts are only ever added, so what the last release stands on is the rows before those ends, and what changed since is
the rows behind them. That nothing before them is another now (a discarded reader, a statement by hand) is not taken on
trust: their sums are taken anew. Bodies are left out, their ``content_hash`` stands for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb

from warehouse import catalog

# What the row of a mart or a check may follow: tables whose rows belong to one article, claim, deal, document or entry.
KEYED = {
    "article": ("core.articles", "core.stories", "core.copies", "core.filed_articles", "core.article_words"),
    "mentions": ("core.mentions",),
    "claim": (
        "core.deal_mentions",
        "core.deal_mention_parties",
        "core.slot_evidence",
        "core.deal_evidence",
        "core.issues",
        "core.claim_keys",
    ),
    "document": ("raw.documents",),
    "entry": ("raw.entries",),
    "deal": ("core.deals", "core.deal_revisions", "core.deal_parties", "core.deal_endings"),
}
# The column of a kind's key; of one table it has another name.
KEYS = {
    "article": "article_id",
    "mentions": "article_id",
    "claim": "deal_mention_id",
    "document": "document_id",
    "entry": "entry_id",
    "deal": "deal_id",
    "core.issues": "subject_id",
}
# Tables of which nothing but the keys is asked when they changed.
KEYS_ALONE = ("core.claim_keys", "raw.documents", "raw.entries")
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


def take_sums(con: duckdb.DuckDBPyConnection, database: str, ends: Mapping[str, int] | None = None) -> None:
    """Write ``<database>.sums``: tables (name, end_row, total, total_before), common (name, total) and rules.

    ``total_before`` is the sum of a table's rows before those ``ends``, of none without.
    """
    con.execute(f"CREATE SCHEMA {database}.sums")
    con.execute(
        f"CREATE TABLE {database}.sums.tables (name VARCHAR, end_row BIGINT, total HUGEINT, total_before HUGEINT)"
    )
    for table in (table for tables in KEYED.values() for table in tables):
        con.execute(
            f"INSERT INTO {database}.sums.tables SELECT '{table}', coalesce(max(rowid) + 1, 0), {total_sql(table)}, "
            f"{total_sql(table, f'rowid < {(ends or {}).get(table, 0)}')} FROM warehouse.{table}"
        )
    common = " UNION ALL ".join(
        f"SELECT '{table}' AS name, {total_sql(table)} AS total FROM warehouse.{table}" for table in COMMON
    )
    con.execute(f"CREATE TABLE {database}.sums.common AS {common}")
    con.execute(f"CREATE TABLE {database}.sums.rules AS SELECT '{rules()}' AS rules")


def take_added(con: duckdb.DuckDBPyConnection, database: str, ends: Mapping[str, int]) -> None:
    """Write ``<database>.sums.added`` (kind, name, key): the keys of the rows that stand behind those ends."""
    con.execute(f"CREATE TABLE {database}.sums.added (kind VARCHAR, name VARCHAR, key VARCHAR)")
    for kind, tables in KEYED.items():
        for table in tables:
            con.execute(
                f"INSERT INTO {database}.sums.added SELECT DISTINCT '{kind}', '{table}', {KEYS.get(table, KEYS[kind])} "
                f"FROM warehouse.{table} WHERE rowid >= {ends[table]}"
            )


def total_sql(table: str, condition: str = "true") -> str:
    """The sum of the hashes of the rows that fulfil it: in whichever order they stand, the same rows give the same."""
    columns = "*COLUMNS(* EXCLUDE (body))" if table == "core.articles" else "*COLUMNS(*)"
    if table in KEYS_ALONE:
        columns = ", ".join(catalog.load().table(table).key)
    return f"coalesce(sum(hash({columns})) FILTER ({condition}), 0)"


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
