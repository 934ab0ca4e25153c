"""trends, company, search, changes: the questions by name of the published file, from the command line."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from flows.commands import AsCsv, AsJson, AsTable, Config, DataDir, examples, form_of
from flows.terminal import print_rows, say

TRENDS = "FROM trend(CAST($type AS VARCHAR), $by)"
COMPANY = "FROM company($who)"
SEARCH = "FROM search($words, CAST($at_most AS BIGINT))"
CHANGES = "FROM what_changed(CAST($since AS DATE))"
COMPANY_COLUMNS = ["announced_on", "name", "role", "type", "status", "parties", "amount_usd", "power_mw", "deal_id"]


class Property(StrEnum):
    """What a trend is told along."""

    TYPE = "type"
    STATUS = "status"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    COMPANY = "company"
    ACCELERATOR = "accelerator"
    CURRENCY = "currency"


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(epilog=examples("gigawire trends", "gigawire trends --type compute --by supplier --csv"))(trends)
    app.command(epilog=examples("gigawire company CoreWeave", "gigawire company NASDAQ:NVDA --json"))(company)
    app.command(epilog=examples("gigawire search data center lease", "gigawire search nuclear --limit 5"))(search)
    app.command(epilog=examples("gigawire changes 2026-04-01", "gigawire changes 2026-04-01 --csv"))(changes)


def trends(
    data_dir: DataDir = None,
    config: Config = None,
    deal_type: Annotated[str | None, typer.Option("--type", help="Only deals of this type.")] = None,
    by: Annotated[
        Property, typer.Option(help="Along what; a deal with two suppliers stands under each.")
    ] = Property.TYPE,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
) -> None:
    """Deals, dollars, megawatts and accelerators by month; rumored and cancelled deals are left out."""
    rows = _ask(data_dir, config, TRENDS, {"type": deal_type, "by": by.value})
    _print(rows, form_of(as_json, as_csv, as_table), nothing="no deal counts")


def company(
    who: Annotated[str, typer.Argument(help="Name, another spelling, ticker (NASDAQ:NVDA) or company_id.")],
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
) -> None:
    """Every deal of a company and of the companies that it controls, the newest first."""
    rows = _ask(data_dir, config, COMPANY, {"who": who})
    form = form_of(as_json, as_csv, as_table)
    _print(rows, form, nothing=f"no deal of {who}", columns=COMPANY_COLUMNS if form == "table" else None)


def search(
    words: Annotated[list[str], typer.Argument(help="Words that must all be there; case and accents do not matter.")],
    data_dir: DataDir = None,
    config: Config = None,
    limit: Annotated[int, typer.Option(min=1, help="Not more than so many.")] = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
) -> None:
    """Find articles and deals by their words, the best first."""
    rows = _ask(data_dir, config, SEARCH, {"words": " ".join(words), "at_most": limit})
    _print(rows, form_of(as_json, as_csv, as_table), nothing="nothing has all these words")


def changes(
    since: Annotated[str, typer.Argument(help="A day: 2026-04-01.")],
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
) -> None:
    """New and revised deals since a day, each term before and after."""
    from datetime import date

    from flows.exits import CommandError

    try:
        day = date.fromisoformat(since)
    except ValueError as error:
        raise CommandError(f"{since!r} is no day: write it as 2026-04-01") from error
    rows = _ask(data_dir, config, CHANGES, {"since": day})
    _print(rows, form_of(as_json, as_csv, as_table), nothing=f"nothing changed since {day}")


def _ask(data_dir: DataDir, config: Config, query: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of a question to the published file."""
    from flows.settings import load_settings
    from warehouse.connection import open_reader
    from warehouse.pending import select

    with open_reader(load_settings(config, data_dir=data_dir).published) as con:
        return select(con, query, parameters)


def _print(rows: list[dict[str, Any]], form: str, *, nothing: str, columns: list[str] | None = None) -> None:
    if not rows:
        say(nothing)
    print_rows(rows, columns or list(rows[0] if rows else {}), form=form)
