"""sql: a question of one's own to the published tables, as a table, JSON, CSV or Parquet."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands import AsCsv, AsJson, AsTable, Config, DataDir, examples, published
from flows.terminal import print_csv, print_json, print_table, say

if TYPE_CHECKING:
    from flows.settings import Settings

MOST_ROWS = 1_000_000  # of a table, JSON or CSV; Parquet streams
GRACE_SECONDS = 10.0  # for the child to start and to be killed by its own clock


class Form(StrEnum):
    """How the rows are told."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        epilog=examples(
            'gigawire sql "SELECT month, sum(amount_usd) FROM mart.trend_monthly GROUP BY ALL ORDER BY 1"',
            "gigawire sql \"FROM search('data center lease')\"",
            'gigawire sql --csv "FROM mart.deals" > deals.csv',
            'gigawire sql --out deals.parquet "FROM mart.deals"',
            'gigawire sql "SHOW ALL TABLES"',
        )
    )(sql)


def sql(
    query: Annotated[str, typer.Argument(help="One query over the tables mart.*; - reads it from standard input.")],
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
    as_parquet: Annotated[bool, typer.Option("--parquet", help="Write Parquet, to --out or into a pipe.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write into this file; .parquet, .csv, .json tell the form.")
    ] = None,
) -> None:
    """Ask the published tables, read-only and within limits of time and memory."""
    from flows.exits import CommandError
    from flows.settings import load_settings

    told = {Form.JSON: as_json, Form.CSV: as_csv, Form.TABLE: as_table, Form.PARQUET: as_parquet}
    form = _form([form for form, is_told in told.items() if is_told], out)
    settings = load_settings(config, data_dir=data_dir)
    query = sys.stdin.read() if query == "-" else query
    if form is Form.PARQUET:
        if out is None and sys.stdout.isatty():
            raise CommandError("Parquet is no text for a terminal: name a file with --out, or pipe it")
        with _written(out) as file:
            count = write_parquet(settings, query, file)
        say(f"{count:,} rows" + (f" in {out}" if out else ""))
        return
    columns, rows = ask(settings, query)
    with _written(out) as file, contextlib.redirect_stdout(_text(file)) if out else contextlib.nullcontext():
        _print(form, columns, rows)
    if out:
        say(f"{len(rows):,} rows in {out}")


def ask(settings: Settings, query: str) -> tuple[list[str], list[list[Any]]]:
    """Columns and rows of a query, run in a child process. Raises CommandError."""
    import json

    done = _sandbox(settings, query, "--rows", str(MOST_ROWS))
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if lines and isinstance(lines[-1], dict):
        raise _refused(lines[-1])
    return lines[0], lines[1:]


def write_parquet(settings: Settings, query: str, file: Any) -> int:
    """The rows of a query as one Parquet file; gives their number. Raises CommandError."""
    import json

    import pyarrow as pa
    import pyarrow.parquet as pq

    done = _sandbox(settings, query, "--arrow")
    if done.returncode:
        raise _refused(json.loads(done.stdout.splitlines()[-1]))
    rows = 0
    with pa.ipc.open_stream(done.stdout) as stream, pq.ParquetWriter(file, stream.schema, compression="zstd") as writer:
        for batch in stream:
            rows += batch.num_rows
            writer.write_batch(batch)
    return rows


def _sandbox(settings: Settings, query: str, *options: str) -> Any:
    """What the sandbox wrote about a query. Raises CommandError where it was stopped at a limit."""
    import signal
    import subprocess

    from flows.exits import UNEXPECTED, CommandError

    seconds = settings.sql_seconds
    limits = ["--seconds", str(seconds), "--memory-bytes", str(settings.sql_memory_bytes)]
    child = [sys.executable, "-m", "warehouse.sandbox", str(published(settings)), *limits, *options]
    late = CommandError(
        f"the query was stopped after {seconds:g} seconds (GIGAWIRE_SQL_SECONDS allows more)", UNEXPECTED
    )
    try:
        done = subprocess.run(
            child, input=query.encode(), capture_output=True, timeout=seconds + GRACE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise late from error
    if done.returncode in (-signal.SIGALRM, -signal.SIGXCPU):
        raise late
    if done.returncode not in (0, 1) or not done.stdout:
        raise CommandError("the query was stopped at its limit of memory (GIGAWIRE_SQL_MEMORY_BYTES)", UNEXPECTED)
    return done


def _refused(told: dict[str, str]) -> Exception:
    from flows.exits import CommandError

    return CommandError(f"query refused: {told['error']}")


def _form(told: list[Form], out: Path | None) -> Form:
    """The one form that was asked for, else that of the file's name, else a table. Raises CommandError."""
    from flows.exits import CommandError

    if len(told) > 1:
        raise CommandError(f"one form at a time, not --{told[0]} and --{told[1]}")
    if told:
        return told[0]
    suffix = out.suffix.lower().lstrip(".") if out else ""
    return Form(suffix) if suffix in {form.value for form in Form} else Form.TABLE


@contextlib.contextmanager
def _written(out: Path | None) -> Iterator[Any]:
    """The file to write into, which gets its name when it is whole; without one standard output."""
    from flows.exits import CONFIGURATION, CommandError

    if out is None:
        yield sys.stdout.buffer
        return
    aside = out.with_name(f".{out.name}.part")
    try:
        with aside.open("wb") as file:
            yield file
        aside.replace(out)
    except OSError as error:
        raise CommandError(f"{out} cannot be written ({error.strerror})", CONFIGURATION) from error
    finally:
        aside.unlink(missing_ok=True)


def _text(file: Any) -> Any:
    import io

    return io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)


def _print(form: Form, columns: list[str], rows: list[list[Any]]) -> None:
    if form is Form.JSON:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif form is Form.CSV:
        print_csv(columns, rows)
    else:
        print_table(columns, rows)
