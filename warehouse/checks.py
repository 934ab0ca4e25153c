"""Checks of the warehouse: each is a query, and a row that it returns is a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import catalog
from warehouse.connection import literal
from warehouse.errors import CheckFailedError
from warehouse.increment import SLICED

FOLDER = Path(__file__).parent / "checks"
ROWS_SHOWN = 3
# Checks that hold article by article: where nothing else changed, they are asked of what did.
BY_ARTICLE = frozenset(
    {
        "assert_articles_have_documents",
        "assert_filled_slots_have_evidence",
        "assert_mentions_are_spans",
        "assert_mentions_have_articles",
        "assert_references",
        "assert_surfaces_are_in_the_text",
    }
)
QUERIES = Path(__file__).parent / "queries"
LOOK = "look at what changed, then `gigawire publish --accept` if it is right."


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A query and the rule whose breaches it returns."""

    name: str
    rule: str
    sql: str
    is_by_article: bool = False


def known_checks() -> tuple[Check, ...]:
    """The checks of ``checks/assert_*.sql``, then one a table of the catalog: its key is unique."""
    files = tuple(check_from(path) for path in sorted(FOLDER.glob("assert_*.sql")))
    keyed = (*catalog.load().tables, *catalog.load().views)
    return files + tuple(key_check(table) for table in keyed)


def check_from(path: Path) -> Check:
    """A check file: its first lines say ``-- assert_name: the rule``."""
    sql = path.read_text(encoding="utf-8")
    comment = " ".join(line.removeprefix("--").strip() for line in sql.splitlines() if line.startswith("--"))
    return Check(name=path.stem, rule=comment.partition(": ")[2], sql=sql, is_by_article=path.stem in BY_ARTICLE)


def key_check(table: catalog.Table) -> Check:
    """That no two rows share the key: DuckDB holds no key for us."""
    columns = ", ".join(table.key)
    # The hashes are counted first: over millions of long ids that takes a fifth of the time, and none repeats.
    return Check(
        name=f"assert_unique_{table.name.replace('.', '_')}",
        rule=f"one row of {table.name} is {table.grain}.",
        sql=f"SELECT {columns}, count(*) AS rows_count FROM {table.name} "
        f"WHERE hash({columns}) IN (SELECT hash({columns}) FROM {table.name} GROUP BY ALL HAVING count(*) > 1) "
        f"GROUP BY {columns} HAVING count(*) > 1 ORDER BY {columns}",
        # rows with one key belong to one article, claim, deal or whatever the view follows
        is_by_article=table.name in SLICED or bool(table.follows) or (table.schema == "core" and table.is_view),
    )


def run_checks(con: duckdb.DuckDBPyConnection, *, changed_first: str = "") -> tuple[str, ...]:
    """Run all checks; gives their names. Raises CheckFailedError with the first rows of the first that fails.

    Those that hold article by article look names up along the search path ``changed_first``.
    """
    checks = known_checks()
    with looked_up(con, changed_first):
        for check in checks:
            if check.is_by_article:
                run_check(con, check)
    for check in checks:
        if not check.is_by_article:
            run_check(con, check)
    return tuple(check.name for check in checks)


@contextmanager
def looked_up(con: duckdb.DuckDBPyConnection, path: str) -> Iterator[None]:
    """Inside, names are looked up along the path; an empty one changes nothing."""
    if not path:
        yield
        return
    before = con.execute("SELECT current_setting('search_path')").fetchall()[0][0]
    con.execute(f"SET search_path = {literal(path)}")
    yield
    con.execute(f"SET search_path = {literal(before)}")


def comparisons() -> tuple[Check, ...]:
    """The checks against the last release, which a person may overrule."""
    return (
        Check(
            name="totals_against_last_release",
            rule=f"no total falls by a tenth or grows threefold from one release to the next; {LOOK}",
            sql=(QUERIES / "totals_moved.sql").read_text(encoding="utf-8"),
        ),
        Check(
            name="quality_against_last_release",
            rule=f"the newest news is no older than before, deals are as sure and tell as much of their terms; {LOOK}",
            sql=(QUERIES / "quality_fell.sql").read_text(encoding="utf-8"),
        ),
    )


def check_against(con: duckdb.DuckDBPyConnection, last: Path) -> None:
    """Compare the marts with those of the last published database. Raises CheckFailedError where they are worse.

    A last release without the tables to compare (of another schema) is not compared.
    """
    con.execute(f"ATTACH {literal(str(last))} AS last (READ_ONLY)")
    try:
        for check in comparisons():
            with suppress(duckdb.CatalogException, duckdb.BinderException):
                run_check(con, check)
    finally:
        con.execute("DETACH last")


def run_check(con: duckdb.DuckDBPyConnection, check: Check) -> None:
    """Run one check. Raises CheckFailedError with its first rows."""
    result = con.execute(check.sql)
    names = [column[0] for column in result.description]
    rows = result.fetchall()
    if rows:
        shown = tuple(
            ", ".join(f"{name}={value}" for name, value in zip(names, row, strict=True)) for row in rows[:ROWS_SHOWN]
        )
        raise CheckFailedError(check.name, check.rule, shown, len(rows))
