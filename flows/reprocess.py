"""Flow: the archive read again by this program's reader, beside the tape, with a report of what would change."""

from __future__ import annotations

import asyncio
from datetime import date

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import report_reprocessed
from flows.settings import Settings, load_settings
from flows.steps import reprocess as step
from flows.steps.reprocess import Reprocessed


@task(cache_policy=NO_CACHE, persist_result=False)
async def read_again(settings: Settings, since: date | None, until: date | None) -> Reprocessed:
    """Documents of these days, all where none are given."""
    return await asyncio.to_thread(step.reprocess, settings, since=since, until=until)


@flow(log_prints=False, persist_result=False)
async def reprocess(settings: Settings | None = None, since: date | None = None, until: date | None = None) -> str:
    """Reports what this program's reader would change; gives the report's summary. A person accepts or discards it."""
    done = await read_again(settings or load_settings(), since, until)
    await report_reprocessed(done)
    return done.report.summary
