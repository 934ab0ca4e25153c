"""Flow: collect_news, read_news, publish and send_alerts, one after another: one writer at a time by construction."""

from __future__ import annotations

from prefect import flow

from flows.alerting import send_alerts
from flows.collect_news import collect_news
from flows.publish import publish
from flows.read_news import read_news
from flows.settings import Settings, load_settings
from flows.steps.counts import Collected, RunCounts


@flow(log_prints=False, persist_result=False)
async def pipeline(settings: Settings | None = None) -> RunCounts:
    """Collects, reads, publishes and tells who asked to be told."""
    settings = settings or load_settings()
    return await read_and_publish(settings, await collect_news(settings))


async def read_and_publish(settings: Settings, collected: Collected) -> RunCounts:
    """What comes after collecting, in its order."""
    read = await read_news(settings)
    published = await publish(settings)
    return RunCounts(collected=collected, read=read, published=published, alerted=await send_alerts(settings))
