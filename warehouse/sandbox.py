"""One query of anybody's, in a process of its own: ``python -m warehouse.sandbox PUBLISHED`` reads SQL, writes rows.

This program is the one guard of every SQL box: the command line and the dashboard both start it and read what it
writes. The connection is shut in (read-only, no files, no network, no extensions, nothing to change); the process
around it bounds memory, time, processors' time and written files (none), for DuckDB's own limits are no ceiling.

Standard output: the column names as a JSON line, then a row a line; on an error ``{"error": …}`` and exit code 1; with
``--arrow`` an Arrow stream in place of the lines. A query that outlasts its time is killed (SIGALRM).
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connection import open_reader

READS = {"SELECT", "EXPLAIN"}  # SHOW, DESCRIBE and SUMMARIZE are SELECT to the parser
BATCH = 1000
MEMORY_BYTES = 4_000_000_000
SECONDS = 30.0


class RefusedError(Exception):
    """The statement is none that is answered; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Answers the query on standard input; gives the exit code."""
    options = _options(arguments)
    bound(options.memory_bytes, options.seconds)
    sql = sys.stdin.read()
    try:
        with open_reader(options.published) as con:
            if options.arrow:
                _write_arrow(con, sql)
            else:
                for line in answer(con, sql, most_rows=options.rows):
                    print(json.dumps(line, ensure_ascii=False, default=plain))
    except MemoryError:
        return _fail("the query needs more memory than it may have", options.arrow)
    except BrokenPipeError:
        return 0
    except Exception as error:  # DuckDB's errors are many, and every one is the query's
        return _fail(str(error).strip(), options.arrow)
    return 0


def bound(memory_bytes: int, seconds: float) -> None:
    """Limits of this process from now on: address space, wall time, processor time, no file written, no core left."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds) * 4 + 10, math.ceil(seconds) * 4 + 10))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_REAL, seconds)  # its signal ends the process wherever it is, also inside DuckDB


def answer(con: duckdb.DuckDBPyConnection, sql: str, *, most_rows: int | None = None) -> Iterator[list[Any]]:
    """The column names, then each row. Raises RefusedError and DuckDB's errors."""
    check(con, sql)
    result = con.execute(sql)
    yield [column[0] for column in result.description]
    given = 0
    while rows := result.fetchmany(BATCH):
        for row in rows:
            given += 1
            if most_rows is not None and given > most_rows:
                raise RefusedError(f"more than {most_rows:,} rows: add a LIMIT or narrow the question")
            yield list(row)


def check(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Let one query pass. Raises RefusedError for anything else."""
    statements = con.extract_statements(sql)
    if len(statements) != 1:
        raise RefusedError(f"one statement at a time, here are {len(statements)}")
    if statements[0].type.name not in READS:
        raise RefusedError(f"only queries are answered, not {statements[0].type.name}")


def plain(value: Any) -> Any:
    """A value as JSON can tell it: whole decimals as integers, dates and times in ISO form, the rest as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if isinstance(value, date) or hasattr(value, "isoformat") else str(value)


def _write_arrow(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    import pyarrow as pa

    check(con, sql)
    reader = con.sql(sql).to_arrow_reader(100_000)
    with pa.ipc.new_stream(sys.stdout.buffer, reader.schema) as stream:
        for batch in reader:
            stream.write_batch(batch)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m warehouse.sandbox", description=__doc__)
    parser.add_argument("published", type=Path)
    parser.add_argument("--memory-bytes", type=int, default=MEMORY_BYTES)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--rows", type=int, default=None)
    parser.add_argument("--arrow", action="store_true")
    return parser.parse_args(arguments)


def _fail(reason: str, is_binary: bool) -> int:
    before = "\n" if is_binary else ""  # a stream that broke off ends in no line of its own
    print(before + json.dumps({"error": reason}, ensure_ascii=False))
    return 1


if __name__ == "__main__":
    sys.exit(main())
