"""Flow: feeds -> raw.feed_fetches, raw.entries, raw.documents."""

from __future__ import annotations

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import report_collected
from flows.settings import Settings, load_settings
from flows.steps.collect import collect
from flows.steps.counts import Collected


# One task for all feeds: the fetcher inside polls them at once and retries what fails by chance, and a task for each
# feed would cost the server more than the poll (docs/decisions/0003-prefect.md).
@task(cache_policy=NO_CACHE, persist_result=False)
async def poll_feeds(settings: Settings) -> Collected:
    """Polls the feeds that are due and retrieves the pages behind their entries."""
    return await collect(settings)


@flow(log_prints=False, persist_result=False)
async def collect_news(settings: Settings | None = None) -> Collected:
    """Brings in what the feeds have that we do not."""
    collected = await poll_feeds(settings or load_settings())
    await report_collected(collected)
    return collected
