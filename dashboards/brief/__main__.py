"""``python -m dashboards.brief --published PATH --kind daily|weekly [--until DATE] [--format md|html] [--out PATH]``.

The same release and the same day give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dashboards.brief import PERIODS, compose
from dashboards.brief.page import FORMATS, render
from dashboards.release import NotPublishedError, open_published, release_of
from dashboards.writing import write_aside


def main(argv: Sequence[str] | None = None) -> int:
    """The command; the brief goes to ``--out``, else to standard output."""
    parser = argparse.ArgumentParser(prog="python -m dashboards.brief", description="Write the brief of a release.")
    parser.add_argument("--published", type=Path, required=True, help="published.duckdb")
    parser.add_argument("--kind", choices=list(PERIODS), default="daily")
    parser.add_argument("--until", type=date.fromisoformat, help="its last day (else the newest article's)")
    parser.add_argument("--format", choices=list(FORMATS), default="md")
    parser.add_argument("--out", type=Path, help="the file to write (else standard output)")
    asked = parser.parse_args(argv)
    try:
        page = written(asked.published, asked.kind, asked.until, asked.format)
    except NotPublishedError as error:
        print(error, file=sys.stderr)
        return 1
    if asked.out:
        write_aside(asked.out, page)
    else:
        sys.stdout.write(page)
    return 0


def written(published: Path, kind: str, until: date | None, form: str) -> str:
    """The brief as text. Raises NotPublishedError, also where no article is dated and no day is asked for."""
    con = open_published(published)
    try:
        release = release_of(con, published)
        last = until or release.data_on
        if last is None:
            raise NotPublishedError(f"{published}: no article has a date; say which day with --until")
        return render(compose(con, kind, last, data_on=release.data_on), release, form)
    finally:
        con.close()


if __name__ == "__main__":
    raise SystemExit(main())
