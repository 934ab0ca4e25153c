"""The history of runs on the Prefect server: what hangs is freed, what is old is forgotten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from prefect import runtime
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterEndTime,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

PAGE = 200  # runs, the most that the server gives at once
UNDER_WAY = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


async def crash_runs_older_than(moment: datetime) -> int:
    """Runs under way since before ``moment`` become crashed, so that they hold no place any more; how many."""
    hanging = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNDER_WAY)),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": moment}),
    )
    async with get_client() as client:
        ids = [run_id for run_id in await _ids(client, hanging) if str(run_id) != runtime.flow_run.id]
        for run_id in ids:
            await client.set_flow_run_state(run_id, Crashed(message="it ran longer than any run may"), force=True)
    return len(ids)


async def delete_runs_older_than(moment: datetime) -> int:
    """Forgets the runs that ended before ``moment``; how many."""
    old = FlowRunFilter(end_time=FlowRunFilterEndTime.model_validate({"before_": moment}))
    count = 0
    async with get_client() as client:
        while ids := await _ids(client, old):
            for run_id in ids:
                await client.delete_flow_run(run_id)
            count += len(ids)
    return count


async def _ids(client: PrefectClient, wanted: FlowRunFilter) -> list[UUID]:
    return [run.id for run in await client.read_flow_runs(flow_run_filter=wanted, limit=PAGE)]
