"""Flow: raw.documents -> core.articles, core.mentions, core.deal_mentions -> core.deals."""

from __future__ import annotations

import asyncio

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import report_read
from flows.clusters import spread
from flows.settings import Settings, load_settings
from flows.steps.counts import Read
from flows.steps.read import read_documents, resolve
from flows.steps.reprocess import adopt_reader


@task(cache_policy=NO_CACHE, persist_result=False)
async def read_new_documents(settings: Settings) -> Read:
    """Documents to articles, mentions and claims."""
    adopted = await asyncio.to_thread(adopt_reader, settings)
    return adopted.plus(await asyncio.to_thread(read_documents, settings))


@task(cache_policy=NO_CACHE, persist_result=False)
async def resolve_claims(settings: Settings) -> Read:
    """Claims to deals and stories."""
    return await asyncio.to_thread(resolve, settings)


@flow(log_prints=False, persist_result=False)
async def read_news(settings: Settings | None = None) -> Read:
    """Reads what is not read yet, large amounts where ``read_on`` says, then resolves what is not resolved yet."""
    settings = settings or load_settings()
    counts = (await spread(settings)).plus(await read_new_documents(settings)).plus(await resolve_claims(settings))
    await report_read(counts)
    return counts
