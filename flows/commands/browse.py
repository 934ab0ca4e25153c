"""sql, deals, status, export: what was published, for readers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands import AsCsv, AsJson, AsTable, Config, DataDir, examples, form_of, published
from flows.terminal import plain, print_json, print_rows, print_table, say

if TYPE_CHECKING:
    from flows.settings import Settings

deals_app = typer.Typer(help="The deals.", rich_markup_mode=None)

DEAL_COLUMNS = ["deal_id", "announced_on", "type", "status", "parties", "value", "power_mw", "accelerators"]
# one line a deal, figures as people write them
DEALS_SQL = """
SELECT
    deal_id, announced_on, type, status, parties,
    CASE WHEN value_amount IS NOT NULL THEN
        CASE value_bound WHEN 'up_to' THEN 'up to ' WHEN 'at_least' THEN 'over ' WHEN 'about' THEN 'about ' ELSE '' END
        || value_currency_code || ' '
        || CASE WHEN value_amount >= 1e9 THEN format('{:g} bn', CAST(value_amount / 1e9 AS DOUBLE))
                WHEN value_amount >= 1e6 THEN format('{:g} m', CAST(value_amount / 1e6 AS DOUBLE))
                ELSE format('{:g}', CAST(value_amount AS DOUBLE)) END
        || CASE value_basis WHEN 'per_year' THEN ' a year' ELSE '' END
    END AS value,
    power_mw,
    concat_ws(' ', accelerator_count, accelerator_model) AS accelerators,
    focus, term_months, locations, confidence, source_publisher, source_url
FROM mart.deals
"""


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(epilog=examples("gigawire status", "gigawire status --json"))(status)
    app.command(epilog=examples("gigawire export release-copy", "gigawire export release-copy --csv"))(export)
    deals_app.command("list", epilog=examples("gigawire deals list", "gigawire deals list --type power --json"))(
        list_deals
    )
    deals_app.command("show", epilog=examples("gigawire deals show 4f1c"))(show_deal)
    deals_app.command("explain", epilog=examples("gigawire deals explain 4f1c"))(explain_deal)
    app.add_typer(deals_app, name="deals")


def _rows(settings: Settings, query: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Rows of one of our own queries over the published tables."""
    from warehouse.connection import open_reader
    from warehouse.pending import select

    with open_reader(settings.published) as con:
        return select(con, query, parameters)


def list_deals(
    data_dir: DataDir = None,
    config: Config = None,
    deal_type: Annotated[str | None, typer.Option("--type", help="Only deals of this type.")] = None,
    company: Annotated[str | None, typer.Option(help="Only deals with a party of this name, or a part of it.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Not more than so many.")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
) -> None:
    """List the deals, newest first."""
    from flows.settings import load_settings

    query = f"""
    SELECT * FROM ({DEALS_SQL})
    WHERE ($type IS NULL OR type = $type) AND ($company IS NULL OR contains(lower(parties), lower($company)))
    ORDER BY announced_on DESC NULLS LAST, deal_id
    LIMIT $limit
    """
    chosen = {"type": deal_type, "company": company, "limit": limit}
    rows = _rows(load_settings(config, data_dir=data_dir), query, chosen)
    if not rows:
        say("no such deal")
    print_rows(rows, DEAL_COLUMNS, form=form_of(as_json, as_csv, as_table))


def show_deal(
    deal_id: Annotated[str, typer.Argument(help="The id of a deal, or how it begins.")],
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show a deal with the sentences that it was read from."""
    from flows.settings import load_settings

    settings = load_settings(config, data_dir=data_dir)
    deal = _the_deal(settings, deal_id)
    evidence = _rows(
        settings,
        "SELECT slot, value, surface, sentence, title, publisher, url, published_on FROM mart.deal_evidence "
        "WHERE deal_id = $id ORDER BY published_on, deal_mention_id, slot",
        {"id": deal["deal_id"]},
    )
    if as_json:
        print_json({**deal, "evidence": evidence})
        return
    print_table(["", ""], [[name, value] for name, value in deal.items() if value not in (None, "")])
    print_table(
        ["slot", "words", "sentence", "publisher", "published_on", "url"],
        [[e["slot"], e["surface"], e["sentence"], e["publisher"], e["published_on"], e["url"]] for e in evidence],
        title="Read from",
    )


def explain_deal(
    deal_id: Annotated[str, typer.Argument(help="The id of a deal, or how it begins.")],
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Say why a deal is as it is: each claim with its trigger, sentence and rules, each slot with its words."""
    from flows.commands.explain import EVIDENCE_SQL, lines_of_deal
    from flows.settings import load_settings

    settings = load_settings(config, data_dir=data_dir)
    deal = _the_deal(settings, deal_id)
    evidence = _rows(settings, EVIDENCE_SQL, {"id": deal["deal_id"]})
    if as_json:
        print_json({**deal, "evidence": evidence})
        return
    for line in lines_of_deal(deal, evidence):
        print(plain(line))


def _the_deal(settings: Settings, deal_id: str) -> dict[str, Any]:
    """The one deal whose id begins so. Raises CommandError."""
    from flows.exits import CommandError

    found = _rows(settings, "SELECT * FROM mart.deals WHERE starts_with(deal_id, $id)", {"id": deal_id})
    if len(found) != 1:
        hint = "gigawire deals list shows them" if not found else "give more of its letters"
        raise CommandError(f"{len(found)} deals have an id that begins with {deal_id!r}; {hint}")
    return found[0]


def status(
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
    feeds: Annotated[
        bool, typer.Option("--feeds", help="Also freshness, volume, quality and lag of each feed.")
    ] = False,
) -> None:
    """Say what is published, what waits for each stage, and which feeds fail."""
    from dataclasses import asdict

    from flows.commands.health import measured
    from flows.settings import load_settings

    settings = load_settings(config, data_dir=data_dir)
    counts = _rows(
        settings,
        "SELECT (SELECT count(*) FROM mart.deals) AS deals, (SELECT count(*) FROM mart.articles) AS articles, "
        "(SELECT count(*) FROM mart.feeds) AS feeds, "
        "(SELECT max(published_on) FROM mart.articles) AS newest_article_on",
    )[0]
    failing = _rows(settings, "SELECT feed_id, error_code, url FROM mart.feeds WHERE is_failing ORDER BY feed_id")
    release = settings.published.resolve().parent.name
    health = measured(settings, wait_seconds=1)
    stages = [asdict(one) for one in health.stages] if health else []
    each = [asdict(one) for one in health.feeds] if health and feeds else []
    if as_json:
        told = {"release": release, **counts, "failing_feeds": failing, "stages": stages}
        print_json({**told, "feed_health": each} if feeds else told)
        return
    print_table(["", ""], [["release", release], *([name, value] for name, value in counts.items())])
    print_rows(stages, ["stage", "waiting_count", "oldest_at"], form="table", title="What waits")
    if each:
        shown = [
            "feed_id",
            "health",
            "last_polled_at",
            "last_new_entry_at",
            "week_count",
            "lag_seconds",
            "undated_share",
        ]
        print_rows(each, shown, form="table", title="Feeds")
    if failing:
        print_rows(failing, ["feed_id", "error_code", "url"], form="table", title="Feeds that fail")


def export(
    folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")],
    data_dir: DataDir = None,
    config: Config = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV files in place of Parquet.")] = False,
) -> None:
    """Copy the published release: Parquet files with their manifest, or CSV."""
    import shutil

    from flows.exits import CONFIGURATION, CommandError
    from flows.settings import load_settings

    settings = load_settings(config, data_dir=data_dir)
    release = published(settings).resolve().parent
    try:
        folder.mkdir(parents=True)
        if as_csv:
            _write_csv(settings, folder)
        else:
            for file in sorted(release.iterdir()):
                if file.suffix in {".parquet", ".json", ".md"} or file.name == "SHA256SUMS":
                    shutil.copyfile(file, folder / file.name)
    except FileExistsError as error:
        raise CommandError(f"{folder} is there already: name a folder that is not") from error
    except OSError as error:
        raise CommandError(f"{folder} cannot be written ({error.strerror})", CONFIGURATION) from error
    say(f"{release.name} copied to {folder}: {len(list(folder.iterdir()))} files")


def _write_csv(settings: Settings, folder: Path) -> None:
    """Each published table as a CSV file that a spreadsheet takes as text, not as formulas."""
    import csv

    from flows.terminal import guarded
    from warehouse.connection import open_reader

    with open_reader(settings.published) as con:
        tables = con.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'mart' ORDER BY 1"
        ).fetchall()
        for (table,) in tables:
            result = con.execute(f'SELECT * FROM mart."{table}"')
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow([column[0] for column in result.description])
                writer.writerows([guarded(value) for value in row] for row in result.fetchall())


def print_demo(settings: Settings) -> None:
    """The deals of the demo and their trend by month."""
    deals = _rows(settings, f"SELECT * FROM ({DEALS_SQL}) WHERE focus = 'primary' ORDER BY announced_on DESC, deal_id")
    columns = [name for name in DEAL_COLUMNS if name != "deal_id"]
    print_rows(deals, columns, form="table", title=f"{len(deals)} deals (gigawire deals show ID tells where from)")
    trend = _rows(
        settings,
        "SELECT strftime(month, '%Y-%m') AS month, sum(deals_count)::BIGINT AS deals, "
        "round(sum(amount_usd) / 1e9, 2)::DOUBLE AS usd_bn, sum(power_mw)::DOUBLE AS power_mw, "
        "sum(accelerators_count)::BIGINT AS accelerators "
        "FROM mart.trend_monthly WHERE is_in_totals AND month IS NOT NULL GROUP BY ALL ORDER BY month",
    )
    print_rows(
        trend,
        list(trend[0]) if trend else ["month"],
        form="table",
        title="By month, without rumours and cancelled deals",
    )
