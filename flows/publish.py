"""Flow: checks -> marts -> Parquet release, published.duckdb, report."""

from __future__ import annotations

import asyncio

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import report_published
from flows.settings import Settings, load_settings
from flows.steps import publish as step
from flows.steps.counts import Published


@task(cache_policy=NO_CACHE, persist_result=False)
async def publish_release(settings: Settings) -> Published:
    """The release of what the warehouse holds now."""
    return await asyncio.to_thread(step.publish, settings)


@flow(log_prints=False, persist_result=False)
async def publish(settings: Settings | None = None) -> Published:
    """Puts a new release in place where there is something new."""
    published = await publish_release(settings or load_settings())
    await report_published(published)
    return published
