"""Serve: everything of prefect.yaml on one machine, in one process beside its server."""

from __future__ import annotations

import asyncio
import importlib
import os
from typing import Any

from prefect import Flow, aserve
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Schedule
from prefect.types.entrypoint import EntrypointType

from flows.engine import EngineError
from flows.service.deployments import Deployment, read_deployments
from flows.service.setup import Say, check_scheduled, set_up

RUNS_AT_ONCE = 8  # more than there are deployments, so that runs that wait for shards leave places for these


async def serve(say: Say, *, webhook: str = "") -> None:
    """Runs what is scheduled until the process is ended; the schedules then stay as they are."""
    await set_up(say, webhook=webhook, deploy=False)
    wanted = read_deployments()
    for one in wanted:
        for name, value in one.environment.items():
            os.environ.setdefault(name, value)
    deployments = [await _deployment(one) for one in wanted]
    say(f"serving {', '.join(one.name for one in wanted)}; Ctrl-C ends it")
    checking = asyncio.create_task(_check(say, [one for one in wanted if one.is_scheduled]))
    await aserve(*deployments, pause_on_shutdown=False, print_starting_message=False, limit=RUNS_AT_ONCE)
    checking.cancel()


async def _check(say: Say, wanted: list[Deployment]) -> None:
    try:
        async with get_client() as client:
            await check_scheduled(client, wanted)
    except EngineError as error:
        say(str(error))


async def _deployment(one: Deployment) -> RunnerDeployment:
    found: Flow[Any, Any] = flow_at(one.entrypoint)
    return await found.ato_deployment(
        one.name,
        schedules=[Schedule(**schedule) for schedule in one.schedules],
        concurrency_limit=ConcurrencyLimitConfig(**one.concurrency_limit) if one.concurrency_limit else None,
        parameters=one.parameters,
        description=one.description,
        tags=list(one.tags),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def flow_at(entrypoint: str) -> Any:
    """The flow of a dotted name."""
    module, _, name = entrypoint.rpartition(".")
    return getattr(importlib.import_module(module), name)
