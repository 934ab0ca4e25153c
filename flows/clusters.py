"""Shards read elsewhere: by the workers of a Prefect pool, or on a Dask or Ray cluster that is running already.

Whoever reads is told a path and writes beside it. A shard whose reader died is read again, by another; one that nobody
reads in the end is left to the run itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from prefect import flow
from prefect.deployments.flow_runs import arun_deployment

from flows.log import event
from flows.settings import Settings, SettingsError
from flows.steps.counts import Read
from flows.steps.read import documents_to_read, kept_version, store
from flows.steps.shards import batches, forget_shards, is_read, read_shard, write_shards

DEPLOYMENT = "read-shard-of-documents/shards"
ATTEMPTS = 3


class ClusterError(Exception):
    """A Dask or Ray cluster did not read all that it was given; its cause says why."""


def _shard_name() -> str:
    from prefect import runtime

    folder = Path(runtime.flow_run.parameters["folder"])
    return f"read {folder.parent.name} {folder.name}"


@flow(flow_run_name=_shard_name, log_prints=False, persist_result=False)
async def read_shard_of_documents(folder: str) -> int:
    """Reads one shard; gives the number of its documents."""
    return await asyncio.to_thread(read_shard, Path(folder))


async def spread(settings: Settings) -> Read:
    """Reads on ``settings.read_on`` where there are enough documents for two shards; the counts of what was loaded."""
    if not settings.read_on:
        return Read()
    version = await asyncio.to_thread(kept_version, settings)
    documents = await asyncio.to_thread(documents_to_read, settings, version)
    if len(documents) < 2 * settings.shard_documents:
        return Read()
    shards = write_shards(_for_cluster(settings), version, documents)
    await run_shards(settings, [shard for shard in shards if not is_read(shard)])
    done = await asyncio.to_thread(_load, settings, [shard for shard in shards if is_read(shard)], version)
    forget_shards(shards)
    return done


def _for_cluster(settings: Settings) -> Settings:
    """Dask and Ray count a shard as one core's work."""
    return settings if settings.read_on == "prefect" else settings.model_copy(update={"processes": 1})


async def run_shards(settings: Settings, shards: Sequence[Path]) -> None:
    """Comes back when each shard is read or given up. Raises SettingsError where the cluster's library is missing."""
    kind, _, address = settings.read_on.partition("://")
    if kind == "prefect":
        await asyncio.gather(*(_on_pool(shard, settings.shard_seconds) for shard in shards))
        return
    on_cluster = {"dask": _on_dask, "ray": _on_ray}[kind]
    try:
        await asyncio.to_thread(on_cluster, address, shards, settings.shard_seconds)
    except ClusterError as error:
        event("cluster_failed", read_on=settings.read_on, error_message=str(error.__cause__).partition("\n")[0])


async def _on_pool(shard: Path, seconds: float) -> None:
    for attempt in range(ATTEMPTS):
        key = f"{shard.parent.name}/{shard.name}/{attempt}"  # a parent that runs again meets the run that it began
        run = await arun_deployment(
            DEPLOYMENT, parameters={"folder": str(shard)}, idempotency_key=key, poll_interval=2, timeout=seconds
        )
        if is_read(shard) or run.state is None or not run.state.is_final():
            return


def _on_dask(address: str, shards: Sequence[Path], seconds: float) -> None:
    try:
        from distributed import CancelledError, Client, wait
    except ImportError as error:
        raise SettingsError("read_on names a Dask cluster: install its version of `distributed` here") from error
    try:
        with Client(f"tcp://{address}") as client:
            wait(client.map(read_shard, shards, pure=False, retries=ATTEMPTS - 1), timeout=seconds)
    except (OSError, CancelledError) as error:  # nobody answers, not done in time; the scheduler is gone
        raise ClusterError from error


def _on_ray(address: str, shards: Sequence[Path], seconds: float) -> None:
    try:
        import ray
    except ImportError as error:
        raise SettingsError("read_on names a Ray cluster: install its version of `ray[client]` here") from error
    try:
        with ray.init(f"ray://{address}"):
            remote = ray.remote(max_retries=ATTEMPTS - 1, retry_exceptions=True)(read_shard)
            ray.wait([remote.remote(shard) for shard in shards], num_returns=len(shards), timeout=seconds)
    except (OSError, ray.exceptions.RayError) as error:
        raise ClusterError from error


def _load(settings: Settings, shards: Sequence[Path], version: str) -> Read:
    total = Read()
    for shard in shards:
        for batch in batches(shard, settings.read_batch):
            total = total.plus(store(settings, batch, version))
    return total
