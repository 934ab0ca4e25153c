"""What a run leaves on the Prefect server for a person: what went in, what came out, what was set aside."""

from __future__ import annotations

from prefect.artifacts import acreate_link_artifact, acreate_markdown_artifact, acreate_table_artifact

from flows.settings import Settings
from flows.steps.counts import Collected, Published, Read
from flows.steps.reprocess import Reprocessed
from flows.steps.reprocess_report import as_markdown


async def report_collected(collected: Collected) -> None:
    """A line of totals and a row for each feed that was polled."""
    await acreate_markdown_artifact(
        key="collected",
        markdown=(
            f"**{collected.new_entries}** new entries. Feeds: {collected.count('new')} new, "
            f"{collected.count('unchanged')} unchanged, {collected.count('failed')} failed, "
            f"{collected.count('skipped')} not polled. Pages: {collected.pages} retrieved, "
            f"{collected.failed_pages} failed, {collected.pages_left} left for the next run."
        ),
        description="What the feeds brought",
    )
    rows = [
        {
            "feed": feed.feed_id,
            "outcome": feed.outcome,
            "entries in": feed.entries + feed.quarantined,
            "entries out": feed.entries,
            "quarantined": feed.quarantined,
            "bytes": feed.byte_count,
            "error": feed.error_message,
        }
        for feed in collected.feeds
        if feed.outcome != "skipped"
    ]
    if rows:
        await acreate_table_artifact(key="feeds", table=rows, description="Each feed of this run")


async def report_read(read: Read) -> None:
    """Documents in, articles and deals out."""
    await acreate_markdown_artifact(
        key="read",
        markdown=(
            f"{read.documents} documents in, **{read.articles}** articles out, {read.unreadable} quarantined. "
            f"{read.deal_mentions} claims: **{read.new_deals}** new deals, {read.revised_deals} revised. "
            f"{read.issues} issues."
        ),
        description="What was read",
    )


async def report_published(published: Published) -> None:
    """The release and its tables."""
    state = "new" if published.is_new else "as before"
    await acreate_markdown_artifact(
        key="published",
        markdown=f"Release `{published.release_id}` ({state}). {published.report_error}".rstrip(),
        description="What readers see",
    )
    rows = [{"table": table, "rows": count} for table, count in published.rows]
    await acreate_table_artifact(key="release", table=rows, description="The tables of the release")


async def report_files(settings: Settings) -> None:
    """Where the report and the release lie on the machine of the run."""
    for key, path in {"report-file": settings.report, "release-folder": settings.data_dir / "release"}.items():
        if path.exists():
            await acreate_link_artifact(key=key, link=path.resolve().as_uri(), link_text=str(path))


async def report_reprocessed(done: Reprocessed) -> None:
    """What a new reader would change."""
    await acreate_markdown_artifact(
        key="reprocess", markdown=as_markdown(done.report), description=f"What reader {done.report.ours} would change"
    )
