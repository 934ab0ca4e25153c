"""The flows that prefect.yaml deploys: a form in, a whole piece of work done.

Each goes on from what the warehouse holds, so a run that is late, dropped or killed is made good by the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, timedelta

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.concurrency.asyncio import concurrency

from flows.artifacts import report_files
from flows.clock import now
from flows.collect_news import collect_news
from flows.pipeline import read_and_publish
from flows.reprocess import reprocess
from flows.service.forms import Briefing, Collecting, Days, Keeping
from flows.service.history import crash_runs_older_than, delete_runs_older_than
from flows.steps.brief import write_brief
from flows.steps.counts import RunCounts
from flows.steps.maintain import maintain

WRITER = "duckdb-writer"  # the global concurrency limit that `gigawire setup` makes
LEASE_SECONDS = 60  # after which the place of a writer that was killed is free


def named(what: str) -> Callable[[], str]:
    """Names a run after its work and the minute for which it was scheduled."""

    def name() -> str:
        at = runtime.flow_run.scheduled_start_time.astimezone(UTC)
        return f"{what.format_map(_told())}, {at:%Y-%m-%d %H:%M}"

    return name


def _told() -> dict[str, str]:
    form = runtime.flow_run.parameters.get("form")
    groups, without = getattr(form, "groups", []), getattr(form, "without_groups", [])
    feeds = ", ".join(groups) or ("all but " + ", ".join(without) if without else "all feeds")
    since, until = getattr(form, "since", None), getattr(form, "until", None)
    return {"feeds": feeds, "days": f"{since or 'the beginning'} to {until or 'the end'}"}


@asynccontextmanager
async def writing() -> AsyncIterator[None]:
    """The one place among all workers from which the warehouse is read, resolved and published.

    A lease that cannot be renewed (the server is restarting) ends nothing: the warehouse's own lock still holds.
    """
    async with concurrency(WRITER, strict=True, lease_duration=LEASE_SECONDS, raise_on_lease_renewal_failure=False):
        yield


@flow(flow_run_name=named("collect {feeds}"), log_prints=False, persist_result=False)
async def collect_and_publish(form: Collecting = Collecting()) -> RunCounts:
    """Collects the feeds that are due, reads what is new, publishes, tells who asked to be told."""
    settings = form.settings()
    collected = await collect_news(settings)
    async with writing():
        counts = await read_and_publish(settings, collected)
    await report_files(settings)
    return counts


@flow(flow_run_name=named("read again {days}"), log_prints=False, persist_result=False)
async def read_again(form: Days = Days()) -> str:
    """Reads the archive again with this program's reader and reports what would change; a person accepts it."""
    async with writing():
        return await reprocess(form.settings(), form.since, form.until)


@flow(flow_run_name=named("brief"), log_prints=False, persist_result=False)
async def brief(form: Briefing = Briefing()) -> str:
    """Writes the brief beside the release and shows it here; gives its file."""
    text, path = await asyncio.to_thread(
        write_brief, form.settings(), day=now().date(), weekly=form.weekly, until=form.until
    )
    await acreate_markdown_artifact(key="brief", markdown=text, description=str(path))
    return str(path)


@task(cache_policy=NO_CACHE, persist_result=False)
async def keep_in_order(form: Keeping) -> str:
    """Leftovers of broken runs, the warehouse's log, sizes."""
    return await asyncio.to_thread(maintain, form.settings(), now(), timedelta(days=form.keep_staging_days))


@flow(flow_run_name=named("maintenance"), log_prints=False, persist_result=False)
async def maintenance(form: Keeping = Keeping()) -> str:
    """Frees what broken runs hold, forgets the history of old runs, tidies the data folder."""
    crashed = await crash_runs_older_than(now() - timedelta(hours=form.longest_run_hours))
    deleted = await delete_runs_older_than(now() - timedelta(days=form.keep_runs_days))
    async with writing():
        kept = await keep_in_order(form)
    told = f"{crashed} runs that had not ended were freed, {deleted} old runs forgotten. {kept}"
    get_run_logger().info(told)
    await acreate_markdown_artifact(key="maintenance", markdown=told, description="What the night put in order")
    return told
