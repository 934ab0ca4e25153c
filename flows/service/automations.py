"""What the Prefect server does by itself when a run hangs, fails, is late, or none comes any more."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import CallWebhook, ChangeFlowRunState
from prefect.events.schemas.automations import (
    Automation,
    AutomationCore,
    EventTrigger,
    Posture,
    ResourceSpecification,
)

EACH_RUN = {"prefect.resource.id"}
RUNS = ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]})
TAGGED = ResourceSpecification({"prefect.resource.role": "tag", "prefect.resource.id": "prefect.tag.gigawire"})
COLLECTING = ResourceSpecification({"prefect.resource.role": "tag", "prefect.resource.id": "prefect.tag.collect"})
HEARTBEATS_MISSED = timedelta(seconds=180)  # of 30 s each (prefect.yaml)
PENDING_AT_MOST = timedelta(seconds=300)  # a process starts in 10 s, in a minute on a machine under load
FRESH_WITHIN = timedelta(hours=2)
TOLD = "{{ event.event }}: {{ flow_run.name }} {{ flow_run.state.message }}"


def automations(webhook: UUID | None) -> list[AutomationCore]:
    """Those of a site; the ones that tell somebody need a webhook (the id of its block)."""
    frees = [_zombie(), _stuck()]
    return [*frees, _broken(webhook), _stale(webhook)] if webhook else frees


def _zombie() -> AutomationCore:
    return AutomationCore(
        name="gigawire: zombie",
        description="A run that gives no sign of life any more (its worker or machine died) counts as crashed.",
        trigger=_silence_after("heartbeat", HEARTBEATS_MISSED),
        actions=[_crashed("no sign of life from the run")],
    )


def _stuck() -> AutomationCore:
    return AutomationCore(
        name="gigawire: stuck pending",
        description="A run that was taken by a worker and never began counts as crashed, which frees its place.",
        trigger=_silence_after("Pending", PENDING_AT_MOST),
        actions=[_crashed("taken by a worker, never begun")],
    )


def _silence_after(event: str, within: timedelta) -> EventTrigger:
    """Nothing at all from a run for so long after that event of it."""
    return EventTrigger(
        after={f"prefect.flow-run.{event}"},
        expect={"prefect.flow-run.*"},
        match=RUNS,
        for_each=EACH_RUN,
        posture=Posture.Proactive,
        threshold=1,
        within=within,
    )


def _crashed(why: str) -> ChangeFlowRunState:
    return ChangeFlowRunState(state=StateType.CRASHED, name="Crashed", message=why, force=False)


def _broken(webhook: UUID) -> AutomationCore:
    return AutomationCore(
        name="gigawire: failed or late",
        description="Tells the operator of a run that failed, crashed, timed out or did not begin in time.",
        trigger=EventTrigger(
            expect={f"prefect.flow-run.{state}" for state in ("Failed", "Crashed", "TimedOut", "Late")},
            match=RUNS,
            match_related=TAGGED,
            for_each=EACH_RUN,
            posture=Posture.Reactive,
            threshold=1,
        ),
        actions=[CallWebhook(block_document_id=webhook, payload=TOLD)],
    )


def _stale(webhook: UUID) -> AutomationCore:
    return AutomationCore(
        name="gigawire: nothing fresh",
        description="Tells the operator that no collection was completed for two hours.",
        trigger=EventTrigger(
            expect={"prefect.flow-run.Completed"},
            match=RUNS,
            match_related=COLLECTING,
            posture=Posture.Proactive,
            threshold=1,
            within=FRESH_WITHIN,
        ),
        actions=[CallWebhook(block_document_id=webhook, payload="gigawire: no collection was completed for two hours")],
    )


async def put(client: PrefectClient, wanted: AutomationCore) -> str:
    """Creates the automation, or makes the one of its name equal to it; says which: created, updated, as it was."""
    found = await client.read_automations_by_name(wanted.name)
    for double in found[1:]:
        await client.delete_automation(double.id)
    if not found:
        await client.create_automation(wanted)
        return "created"
    if _same(found[0], wanted):
        return "as it was"
    await client.update_automation(found[0].id, wanted)
    return "updated"


def _same(found: Automation, wanted: AutomationCore) -> bool:
    names = set(AutomationCore.model_fields)
    return found.model_dump(mode="json", include=names) == wanted.model_dump(mode="json", include=names)
