"""The whole run without an engine: what ``gigawire run --no-server`` does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from flows.settings import Settings
from flows.steps.alerts import alert
from flows.steps.collect import collect
from flows.steps.counts import RunCounts
from flows.steps.publish import publish
from flows.steps.read import read
from flows.steps.reprocess import adopt_reader


def run(settings: Settings, *, say: Callable[[str], None] = lambda _: None) -> RunCounts:
    """Collects, reads and publishes; ``say`` is told what is under way."""
    say("collecting")
    collected = asyncio.run(collect(settings))
    say("reading")
    done = adopt_reader(settings, say).plus(read(settings))
    say("publishing")
    published = publish(settings)
    return RunCounts(collected=collected, read=done, published=published, alerted=alert(settings))
