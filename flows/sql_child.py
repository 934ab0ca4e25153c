"""One query in a process of its own: ``python -m flows.sql_child published.duckdb`` reads SQL, writes JSON lines.

The reader's connection is shut in (no files, no network, nothing to change); the process around it bounds memory, and
its parent bounds time. First line: the column names; then a row a line; on an error ``{"error": …}`` and exit code 1.
"""

from __future__ import annotations

import json
import resource
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.connection import open_reader

READS = {"SELECT", "EXPLAIN"}  # SHOW, DESCRIBE and SUMMARIZE are SELECT to the parser


def main() -> int:
    """Runs the query on standard input; gives the exit code."""
    path, memory_bytes = Path(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    sql = sys.stdin.read()
    try:
        with open_reader(path) as con:
            statements = con.extract_statements(sql)
            if len(statements) != 1:
                return _refuse(f"one statement at a time, here are {len(statements)}")
            if statements[0].type.name not in READS:
                return _refuse(f"only queries are answered, not {statements[0].type.name}")
            result = con.execute(sql)
            print(json.dumps([column[0] for column in result.description]))
            while rows := result.fetchmany(1000):
                for row in rows:
                    print(json.dumps(row, ensure_ascii=False, default=_plain))
    except MemoryError:
        return _refuse("the query needs more memory than it may have")
    except BrokenPipeError:
        return 0
    except Exception as error:  # DuckDB's errors are many, and every one is the query's
        return _refuse(str(error).strip())
    return 0


def _refuse(reason: str) -> int:
    print(json.dumps({"error": reason}, ensure_ascii=False))
    return 1


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


if __name__ == "__main__":
    sys.exit(main())
