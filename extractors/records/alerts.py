"""What readers are told unasked: alerts, the messages that carry them, and what became of each try to deliver one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """News of a deal that a watch asks for."""

    alert_id: str
    watch: str
    deal_id: str
    kind: str  # new, revised, cancelled, retracted
    state_hash: str  # of the deal's state that was told; the same state is told once
    told: str  # JSON: the deal, its sentence, publisher and link, as told

    @property
    def is_correction(self) -> bool:
        """Whether it takes back or changes what was told before: such an alert waits for nothing."""
        return self.kind != "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertMessage:
    """Alerts of one watch that go to one target together; its id is the key under which the target knows it."""

    message_id: str
    target: str
    watch: str
    alert_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingMessage:
    """A message that no try has delivered yet."""

    message_id: str
    target: str
    watch: str
    alerts: tuple[Alert, ...]
    failures: int
    last_attempt_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDelivery:
    """What became of one try to deliver a message."""

    message_id: str
    attempted_at: datetime
    outcome: str  # delivered, failed, given_up
    error_message: str = ""
