"""Flow: what the tape recorded since the last look -> alerts -> the targets of alerts.toml."""

from __future__ import annotations

import asyncio

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.settings import Settings, load_settings
from flows.steps import alerts as step
from flows.steps.counts import Alerted


@task(cache_policy=NO_CACHE, persist_result=False)
async def alert(settings: Settings) -> Alerted:
    """Decides, keeps and sends."""
    return await asyncio.to_thread(step.alert, settings)


@flow(log_prints=False, persist_result=False)
async def send_alerts(settings: Settings | None = None) -> Alerted:
    """Tells who asked to be told."""
    return await alert(settings or load_settings())
