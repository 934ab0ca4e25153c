"""Setup: a Prefect server that knows all that the service needs, checked. Called again, it changes nothing."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from pydantic import SecretStr

from flows.engine import EngineError
from flows.service.automations import automations, put
from flows.service.deployed import WRITER
from flows.service.deployments import FILE, Deployment, read_deployments

RUNS_AT_ONCE = {"gigawire": 4}  # in a pool, over all workers; elsewhere what the workers take
SCHEDULED_WITHIN = 90  # seconds; the scheduler looks every 60 at what was deployed long ago, at new ones at once
DEPLOY_SECONDS = 180
BLOCK = "gigawire-operator"

Say = Callable[[str], None]


async def set_up(say: Say, *, webhook: str = "", deploy: bool = True) -> None:
    """Pools, limits, automations, deployments; then asserts that scheduled runs exist. Raises EngineError.

    ``webhook``: the address that is told of failed, late and missing runs; "": the one told before, else none.
    """
    wanted = read_deployments()
    async with get_client() as client:
        for pool in sorted({one.pool for one in wanted}):
            say(f"work pool {pool}: {await _put_pool(client, pool)}")
        await client.upsert_global_concurrency_limit_by_name(WRITER, 1)
        say(f"concurrency limit {WRITER}: 1")
        block = await _operator(webhook)
        for automation in automations(block):
            say(f"automation {automation.name}: {await put(client, automation)}")
        if block is None:
            say("nobody is told of failed, late or missing runs: gigawire setup --webhook URL names who is")
        if deploy:
            await asyncio.to_thread(_deploy)
            await check_scheduled(client, [one for one in wanted if one.is_scheduled])
            say(f"{len(wanted)} deployments; each that has a schedule has runs to come")


async def _put_pool(client: PrefectClient, name: str) -> str:
    limit = RUNS_AT_ONCE.get(name)
    try:
        found = await client.read_work_pool(name)
    except ObjectNotFound:
        await client.create_work_pool(WorkPoolCreate(name=name, type="process", concurrency_limit=limit))
        return "created"
    if found.concurrency_limit is None and limit is not None:
        await client.update_work_pool(name, WorkPoolUpdate(concurrency_limit=limit))
        return "updated"
    return "as it was"


async def _operator(address: str) -> UUID | None:
    """The id of the block that knows whom to tell."""
    if address:
        return await Webhook(url=SecretStr(address)).save(BLOCK, overwrite=True)
    try:
        found = await Webhook.load(BLOCK)
    except ValueError:
        return None
    return found._block_document_id


def _deploy() -> None:
    """As `prefect deploy --all` from here; what the prefect command says is told only when it fails."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("prefect")), "--no-prompt", "deploy", "--all", "--prefect-file", str(FILE)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(FILE.parent), os.environ.get("PYTHONPATH", "")])},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=DEPLOY_SECONDS,
        check=False,
    )
    if done.returncode:
        raise EngineError(f"prefect deploy ended with {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")


async def check_scheduled(client: PrefectClient, wanted: list[Deployment]) -> None:
    """Waits for a scheduled run of each. A scheduler that is broken shows nowhere else."""
    missing = [one.name for one in wanted]
    for _ in range(SCHEDULED_WITHIN):
        missing = [name for name in missing if not await _has_scheduled_run(client, name)]
        if not missing:
            return
        await asyncio.sleep(1)
    raise EngineError(
        f"no runs are scheduled for {', '.join(missing)}: the scheduler of the Prefect server does not work; look at "
        "the server's log, and whether it runs with the versions of requirements.lock"
    )


async def _has_scheduled_run(client: PrefectClient, name: str) -> bool:
    return bool(
        await client.read_flow_runs(
            deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[name])),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
            ),
            limit=1,
        )
    )
