"""The catalog: what every table and column means, and in which unit.

``python -m warehouse.catalog`` writes ``docs/schema.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import yaml

FILE = Path(__file__).with_name("catalog.yml")
SCHEMAS = ("raw", "core", "mart")
# What a core type becomes where others read it: flat, wide, the same in every tool (anchors: HUGEINT turns into
# DOUBLE, TIMESTAMPTZ into whatever the reader's time zone makes of it).
PUBLISHED_TYPES = {
    "VARCHAR": "VARCHAR",
    "BOOLEAN": "BOOLEAN",
    "DATE": "DATE",
    "DOUBLE": "DOUBLE",
    "INTEGER": "BIGINT",
    "BIGINT": "BIGINT",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMP",
    "DECIMAL(24,2)": "DECIMAL(18,2)",
    "DECIMAL(24,3)": "DOUBLE",
    "DECIMAL(18,3)": "DOUBLE",
    "DECIMAL(18,8)": "DOUBLE",
    "DECIMAL(9,4)": "DOUBLE",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column name, which means the same wherever it stands."""

    name: str
    type: str  # DuckDB type in raw and core
    meaning: str
    unit: str = ""

    @property
    def published_type(self) -> str:
        """DuckDB type in mart."""
        return PUBLISHED_TYPES[self.type]

    @property
    def comment(self) -> str:
        """Meaning and unit in one line."""
        return f"{self.meaning} [{self.unit}]" if self.unit else self.meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table or view: one row of it is a ``grain``, ``key`` makes it unique."""

    name: str  # schema.table
    is_view: bool
    description: str
    grain: str
    key: tuple[str, ...]
    sort: tuple[str, ...]  # order of the rows when published; ends with what makes it total
    follows: str = ""  # what its rows belong to, each to one: a key of increment.FOLLOWED; "" computed whole

    @property
    def comment(self) -> str:
        """Description and grain in one line."""
        return f"{self.description} One row: {self.grain}."

    @property
    def schema(self) -> str:
        """raw, core or mart."""
        return self.name.partition(".")[0]

    @property
    def short_name(self) -> str:
        """The name without its schema."""
        return self.name.partition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """A table macro of the published file: a question by name."""

    name: str
    parameters: str  # as CREATE MACRO takes them
    description: str
    grain: str
    example: str  # a whole query that a test runs

    @property
    def comment(self) -> str:
        """Description, grain and example in one line."""
        return f"{self.description} One row: {self.grain}. Example: {self.example}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All tables, views (in the order in which they can be created) and columns."""

    schema_version: str  # of the published tables: major.minor, a change that breaks readers moves the major
    tables: tuple[Table, ...]
    views: tuple[Table, ...]
    columns: dict[str, Column]
    macros: tuple[Macro, ...]

    @property
    def marts(self) -> tuple[Table, ...]:
        """The views that are published."""
        return tuple(view for view in self.views if view.schema == "mart")

    def table(self, name: str) -> Table:
        """The table or view of that full name."""
        return next(t for t in (*self.tables, *self.views) if t.name == name)


@cache
def load() -> Catalog:
    """The catalog, read once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    told = yaml.load(FILE.read_text(encoding="utf-8"), Loader=loader)
    return Catalog(
        schema_version=str(told["schema_version"]),
        tables=tuple(table_from(name, row, is_view=False) for name, row in told["tables"].items()),
        views=tuple(table_from(name, row, is_view=True) for name, row in told["views"].items()),
        columns={name: Column(name=name, **row) for name, row in told["columns"].items()},
        macros=tuple(Macro(name=name, **row) for name, row in told["macros"].items()),
    )


def table_from(name: str, row: dict[str, str], *, is_view: bool) -> Table:
    """One entry under ``tables`` or ``views``."""
    key = listed(row["key"])
    return Table(
        name=name,
        is_view=is_view,
        description=row["description"],
        grain=row["grain"],
        key=key,
        sort=listed(row["sort"]) if "sort" in row else key,
        follows=row.get("follows", ""),
    )


def listed(text: str) -> tuple[str, ...]:
    """Column names told as ``a, b``."""
    return tuple(part.strip() for part in text.split(","))


def describe(con: duckdb.DuckDBPyConnection) -> int:
    """Set the comments of the stored tables where they differ from the catalog; gives how many were set."""
    catalog = load()
    names = {table.name for table in catalog.tables}
    wanted = {f"TABLE {t.name}": t.comment for t in catalog.tables}
    found = {
        f"TABLE {table}": comment
        for table, comment in con.execute(
            "SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() "
            "WHERE database_name = current_database()"
        ).fetchall()
    }
    for table, column, comment in con.execute(
        "SELECT schema_name || '.' || table_name, column_name, comment FROM duckdb_columns() "
        "WHERE database_name = current_database() AND NOT internal"
    ).fetchall():
        if table in names and column in catalog.columns:
            wanted[f'COLUMN {table}."{column}"'] = catalog.columns[column].comment
            found[f'COLUMN {table}."{column}"'] = comment
    changed = [(what, text) for what, text in wanted.items() if what in found and found[what] != text]
    if changed:
        con.execute("BEGIN")  # one commit: each would wait for the disk
        for what, text in changed:
            con.execute(comment_on(what, text))
        con.execute("COMMIT")
    return len(changed)


def comment_on(what: str, text: str) -> str:
    """The statement that sets a comment, which takes no parameters."""
    return f"COMMENT ON {what} IS '" + text.replace("'", "''") + "'"


def page() -> str:
    """The text of docs/schema.md."""
    catalog = load()
    with duckdb.connect() as con:
        columns = columns_by_table(con)
    lines = [
        "# The tables",
        "",
        "Generated from `warehouse/catalog.yml` and `warehouse/schema/` by `python -m warehouse.catalog`; do not edit.",
        "",
        f"Published tables have schema version {catalog.schema_version}. Readers use `mart` (Parquet files and",
        "`published.duckdb`); `raw` and `core` are the writer's. Times are UTC. A column name means the same wherever",
        "it stands.",
        "",
    ]
    for schema in reversed(SCHEMAS):
        lines += [f"## {schema}", ""]
        for table in (*catalog.tables, *catalog.views):
            if table.schema == schema:
                lines += table_lines(table, [catalog.columns[name] for name in columns[table.name]])
        if schema == "mart":
            lines += macro_lines(catalog.macros)
    return "\n".join(lines)


def macro_lines(macros: tuple[Macro, ...]) -> list[str]:
    """The part of the page that tells of the macros."""
    lines = ["## Macros of published.duckdb", "", "Questions by name; a parameter with a default may be left out.", ""]
    for macro in macros:
        call = f"{macro.name}({macro.parameters})"
        lines += [f"### {call}", "", f"{macro.description} One row: {macro.grain}.", ""]
        lines += ["```sql", macro.example, "```", ""]
    return lines


def table_lines(table: Table, columns: list[Column]) -> list[str]:
    """A table's part of the page."""
    rows = [
        f"| `{c.name}` | {c.published_type if table.schema == 'mart' else c.type} | {c.unit} | {c.meaning} |"
        for c in columns
    ]
    return [
        f"### {table.name}",
        "",
        f"{table.description} One row: {table.grain}. Key: {', '.join(f'`{name}`' for name in table.key)}.",
        "",
        "| column | type | unit | meaning |",
        "|---|---|---|---|",
        *rows,
        "",
    ]


def columns_by_table(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Table or view -> its columns in order, from the SQL files, made in an empty database."""
    from warehouse import migrations, views

    migrations.migrate(con)
    views.create_views(con)
    found: dict[str, list[str]] = {}
    for table, column in con.execute(
        "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = current_database() AND NOT internal ORDER BY schema_name, table_name, column_index"
    ).fetchall():
        found.setdefault(table, []).append(column)
    return found


if __name__ == "__main__":
    FILE.parent.parent.joinpath("docs", "schema.md").write_text(page(), encoding="utf-8")
