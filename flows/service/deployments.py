"""What prefect.yaml says: the deployments, for whoever serves them or checks that they are scheduled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from flows.settings import SettingsError

FILE = Path(__file__).resolve().parents[2] / "prefect.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One deployment, in the words of prefect.yaml."""

    name: str
    entrypoint: str  # the flow as a dotted name
    description: str
    tags: tuple[str, ...]
    concurrency_limit: dict[str, Any] | None
    parameters: dict[str, Any]
    schedules: tuple[dict[str, Any], ...]
    pool: str
    environment: dict[str, str]

    @property
    def is_scheduled(self) -> bool:
        """Whether runs come by themselves."""
        return any(schedule.get("active", True) for schedule in self.schedules)


def read_deployments(path: Path = FILE) -> list[Deployment]:
    """All deployments in the order of the file. Raises SettingsError."""
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [_deployment(one) for one in told["deployments"]]
    except OSError as error:
        raise SettingsError(f"{path}: no list of deployments there; run from a checkout of gigawire") from error
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise SettingsError(f"{path}: cannot be read as a list of deployments: {error}") from error


def _deployment(told: dict[str, Any]) -> Deployment:
    return Deployment(
        name=told["name"],
        entrypoint=told["entrypoint"],
        description=told["description"],
        tags=tuple(told["tags"]),
        concurrency_limit=told.get("concurrency_limit"),
        parameters=told.get("parameters", {}),
        schedules=tuple(told["schedules"]),
        pool=told["work_pool"]["name"],
        environment=told["work_pool"]["job_variables"]["env"],
    )
