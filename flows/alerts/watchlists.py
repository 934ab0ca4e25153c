"""The file of watchlists, ``alerts.toml`` in the data folder: who is told what, and when not."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

VARIABLE = re.compile(r"\$\{([A-Z_][A-Z0-9_]*)\}")
TYPES = ("compute", "chips", "lease", "power", "build", "equity", "debt", "acquisition", "joint_venture", "partnership")
STATUSES = ("rumored", "announced", "closed", "amended", "cancelled")
CORROBORATION = ("reported", "corroborated", "confirmed", "disputed", "retracted")


class WatchlistsError(Exception):
    """The file of watchlists cannot be used; the message names the place and the way out."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Target(_Part):
    """Where messages go: an address of apprise, or a webhook that gets signed JSON."""

    name: str = Field(min_length=1)
    apprise: str = ""
    webhook: str = ""
    secret: str = ""  # signs the webhook's body; better "${NAME}", which is looked up in the environment

    @model_validator(mode="after")
    def _one_address(self) -> Target:
        if bool(self.apprise) == bool(self.webhook):
            raise ValueError("give either apprise = … or webhook = …")
        if self.webhook and not re.match(r"https?://[^/]", self.webhook):
            raise ValueError("webhook must be an http(s) address")
        return self


class Watch(_Part):
    """Which news a reader asks for; what is left empty does not restrict."""

    name: str = Field(min_length=1)
    targets: tuple[str, ...] = Field(min_length=1)
    companies: tuple[str, ...] = ()  # whole names, any case
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ("announced", "closed", "amended", "cancelled")
    places: tuple[str, ...] = ()  # parts of a place, any case
    minimum_usd: Annotated[float | None, Field(gt=0)] = None
    minimum_mw: Annotated[float | None, Field(gt=0)] = None
    corroboration: tuple[str, ...] = ()
    cooldown_minutes: Annotated[float, Field(ge=0)] = 0

    @field_validator("types", "statuses", "corroboration")
    @classmethod
    def _known(cls, words: tuple[str, ...], field: Any) -> tuple[str, ...]:
        allowed = {"types": TYPES, "statuses": STATUSES, "corroboration": CORROBORATION}[field.field_name]
        for word in words:
            if word not in allowed:
                raise ValueError(f"{word!r} is none of {', '.join(allowed)}")
        return words


class Quiet(_Part):
    """Hours in which nothing is sent; what came meanwhile is sent after them."""

    since: time
    until: time
    timezone: str = "UTC"

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError) as error:
            raise ValueError(f"{name!r} is no time zone, as Europe/Berlin is one") from error
        return name

    def holds(self, now: datetime) -> bool:
        """Whether these hours are now; they may go over midnight.

        >>> from datetime import UTC
        >>> Quiet(since=time(22), until=time(7)).holds(datetime(2026, 5, 6, 23, 30, tzinfo=UTC))
        True
        """
        local = now.astimezone(ZoneInfo(self.timezone)).time()
        if self.since <= self.until:
            return self.since <= local < self.until
        return local >= self.since or local < self.until


class Watchlists(_Part):
    """The whole file."""

    target: tuple[Target, ...] = ()
    watch: tuple[Watch, ...] = ()
    quiet: Quiet | None = None
    max_age_days: Annotated[int, Field(ge=1)] = 7  # older news never alerts
    roll_up_from: Annotated[int, Field(ge=2)] = 4  # so many alerts of one watch go out as one message

    @model_validator(mode="after")
    def _names_fit(self) -> Watchlists:
        for what, names in (("target", [t.name for t in self.target]), ("watch", [w.name for w in self.watch])):
            if twice := {name for name in names if names.count(name) > 1}:
                raise ValueError(f"two {what}s are called {min(twice)!r}: names must differ")
        known = {target.name for target in self.target}
        for watch in self.watch:
            if missing := set(watch.targets) - known:
                raise ValueError(f"watch {watch.name!r} names a target {min(missing)!r} that is not defined")
        return self


def load_watchlists(path: Path) -> Watchlists:
    """The watchlists of a file, empty where there is none. Raises WatchlistsError."""
    if not path.is_file():
        return Watchlists()
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WatchlistsError(f"{path}: cannot be read as TOML: {error}") from error
    try:
        return Watchlists(**_looked_up(stored, path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise WatchlistsError(f"{path}: {place + ': ' if place else ''}{first['msg']}") from error


def _looked_up(value: Any, path: Path) -> Any:
    """The value with each ``${NAME}`` replaced by that variable, so that secrets stay out of the file."""
    if isinstance(value, dict):
        return {key: _looked_up(inner, path) for key, inner in value.items()}
    if isinstance(value, list):
        return [_looked_up(inner, path) for inner in value]
    if not isinstance(value, str):
        return value
    for name in VARIABLE.findall(value):
        if name not in os.environ:
            raise WatchlistsError(f"{path}: ${{{name}}} is not set in the environment")
        value = value.replace(f"${{{name}}}", os.environ[name])
    return value
