"""Flow: articles of the past onto the tape, from a dump, a folder or the archive; no alert goes out."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows.publish import publish
from flows.service.forms import Form
from flows.settings import Settings
from flows.steps import backfill as step


class Backfilling(Form):
    """What to take in."""

    source: Path | None = Field(
        default=None, description="A folder, .jsonl or .parquet of articles; empty: the archive."
    )
    feed_id: str = Field(default="", title="Feed", description="Only documents of this feed.")
    since: date | None = Field(default=None, title="First day")
    until: date | None = Field(default=None, title="Last day")


@task(cache_policy=NO_CACHE, persist_result=False)
async def take_in(settings: Settings, form: Backfilling) -> step.Backfilled:
    """Imports, reads and resolves; goes on where a killed one stopped."""
    wanted = step.Wanted(source=form.source, feed_id=form.feed_id, since=form.since, until=form.until)
    return await asyncio.to_thread(step.backfill, settings, wanted)


@flow(log_prints=False, persist_result=False)
async def backfill(form: Backfilling | None = None) -> str:
    """Takes the past in and publishes it; gives the release."""
    form = form or Backfilling()
    settings = form.settings()
    await take_in(settings, form)
    return (await publish(settings)).release_id
