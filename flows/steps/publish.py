"""Publish: checks -> release -> report. Readers see the old release or the new one, never half of one."""

from __future__ import annotations

from pathlib import Path

from extractors import registry
from extractors.registry.rates import load_rates
from flows.clock import now
from flows.failpoints import pass_failpoint
from flows.items import has_page
from flows.log import event
from flows.metrics import render, write_metrics
from flows.settings import Settings
from flows.steps.counts import Published
from flows.steps.programs import run_program
from flows.steps.registry import registry_hash, registry_tables, with_own_publishers
from flows.steps.space import free_bytes
from flows.tape import open_tape
from warehouse import publish as warehouse_publish
from warehouse.health import measure
from warehouse.registry import load_registry


def publish(settings: Settings, *, accept_totals: bool = False) -> Published:
    """The release of what the warehouse holds now. Raises CheckFailedError; the old release then stays in place."""
    with open_tape(settings) as con:
        known, rates = with_own_publishers(registry.load(), settings.user_publishers), load_rates()
        load_registry(con, registry_tables(known), rates, registry_hash=registry_hash(known, rates))
        release = warehouse_publish.publish(con, settings.data_dir, accept_totals=accept_totals, on=now().date())
        health = measure(con, now(), max_page_attempts=settings.max_page_attempts, has_page=has_page)
    write_metrics(
        settings.metrics, render(health, now=now(), free_bytes=free_bytes(settings.data_dir), is_publish=True)
    )
    pass_failpoint("published")
    event("published", release_id=release.release_id, is_new=release.is_new, deals=release.tables.get("deals"))
    needs_report = release.is_new or not _reports_on(settings.report, release.release_id)
    return Published(
        release_id=release.release_id,
        is_new=release.is_new,
        rows=tuple(sorted(release.tables.items())),
        report_error=write_report(settings) if needs_report else "",
    )


def write_report(settings: Settings) -> str:
    """Writes the report with the dashboards' own program; "" or why it could not be written."""
    reason = run_program("report", settings, "--out", str(settings.report))
    return f"the report could not be written: {reason}" if reason else ""


def _reports_on(report: Path, release_id: str) -> bool:
    """Whether the report is there and of this release (a run may have been killed between the two)."""
    try:
        return release_id in report.read_text(encoding="utf-8")
    except OSError:
        return False
