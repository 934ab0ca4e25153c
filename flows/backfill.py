"""Flow: articles of the past onto the tape, from a dump, a folder or the archive; no alert goes out."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel, Field

from flows.publish import publish
from flows.settings import Settings, load_settings
from flows.steps import backfill as step


class BackfillRequest(BaseModel):
    """What to take in; the form that the Prefect UI shows."""

    source: Path | None = Field(None, description="a folder, .jsonl or .parquet of articles; empty: the archive")
    feed_id: str = Field("", description="only documents of this feed")
    since: date | None = Field(None, description="first day")
    until: date | None = Field(None, description="last day")


@task(cache_policy=NO_CACHE, persist_result=False)
async def take_in(settings: Settings, request: BackfillRequest) -> step.Backfilled:
    """Imports, reads and resolves; goes on where a killed one stopped."""
    return await asyncio.to_thread(step.backfill, settings, step.Wanted(**request.model_dump()))


@flow(log_prints=False, persist_result=False)
async def backfill(request: BackfillRequest | None = None, settings: Settings | None = None) -> str:
    """Takes the past in and publishes it; gives the release."""
    settings = settings or load_settings()
    await take_in(settings, request or BackfillRequest())
    return (await publish(settings)).release_id
