"""Doctor: what is wrong with an installation and its data folder, and what to do. Changes nothing."""

from __future__ import annotations

import importlib.util
import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from extractors.read import reader_version
from flows.alerts.watchlists import WatchlistsError, load_watchlists
from flows.clock import now
from flows.items import has_page
from flows.settings import Settings
from flows.steps.space import free_bytes
from warehouse.archive import Archive, is_being_written
from warehouse.connection import is_there
from warehouse.errors import WarehouseError, WarehouseLockedError
from warehouse.health import FeedHealth, Health, measure, open_observer

SAMPLED = 64  # archived files that are read; each day others
STALE = timedelta(days=1)  # nothing of a stage should wait longer, no run be longer ago
ZOMBIE = timedelta(hours=6)  # a run takes minutes
LATE = timedelta(hours=1)
SHOWN = 5
ANSWER_SECONDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at."""

    check: str
    level: str  # ok, warning (runs go on without it), wrong (a run cannot work or its result cannot be trusted)
    message: str
    advice: str = ""  # what to do, "" where nothing


def fine(check: str, message: str) -> Finding:
    """Nothing to do."""
    return Finding(check=check, level="ok", message=message)


def warning(check: str, message: str, advice: str) -> Finding:
    """Something to do, though runs go on."""
    return Finding(check=check, level="warning", message=message, advice=advice)


def wrong(check: str, message: str, advice: str) -> Finding:
    """Something that stops a run or makes its result doubtful."""
    return Finding(check=check, level="wrong", message=message, advice=advice)


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check in turn, each in a finding or a few; one that cannot be made says so and the others go on."""
    at = now()
    yield look_at_model(settings.spacy_model)
    yield look_at_contact(settings.contact)
    yield look_at_space(settings)
    yield look_at_leftovers(settings)
    yield look_at_watchlists(settings)
    yield look_at_run(settings, at)
    yield look_at_archive(settings.archive, at)
    yield from look_at_warehouse(settings, at)
    if address := os.environ.get("PREFECT_API_URL", ""):
        yield from look_at_prefect(address, at)


def look_at_model(name: str) -> Finding:
    """Whether the spaCy model can be found."""
    if importlib.util.find_spec(name) or Path(name).is_dir():
        return fine("model", f"spaCy model {name} is installed")
    return wrong("model", f"spaCy model {name} is not installed", f"pip install {name.replace('_', '-')}")


def look_at_contact(contact: str) -> Finding:
    """Whether the SEC may be asked."""
    if contact:
        return fine("contact", f"feeds are asked in the name of {contact}")
    return warning(
        "contact", "no contact is set: SEC feeds are not polled", "set GIGAWIRE_CONTACT to your e-mail address"
    )


def look_at_space(settings: Settings) -> Finding:
    """Whether a run may begin, and could a second time."""
    free, least = free_bytes(settings.data_dir), settings.min_free_bytes
    told = f"{free / 1e9:,.1f} GB are free for {settings.data_dir}"
    if free < least:
        return wrong("disk", f"{told}, no run begins with less than {least / 1e9:,.1f}", "make space, or archive prune")
    if free < 3 * least:
        return warning("disk", told, "make space soon: gigawire archive prune --older-than 90d --dry-run")
    return fine("disk", told)


def look_at_leftovers(settings: Settings) -> Finding:
    """What killed runs left aside; the next run removes most of it."""
    folder = settings.data_dir
    found = [*folder.glob("releases/.aside-*"), *folder.glob("*.duckdb.tmp"), *folder.glob(".restoring")]
    found += [path for path in folder.glob("archive/*/.*") if not is_being_written(path)]
    if not found:
        return fine("leftovers", "nothing was left aside by killed runs")
    shown = ", ".join(str(path.relative_to(folder)) for path in found[:SHOWN])
    return warning(
        "leftovers", f"{len(found)} left aside: {shown}", "the next run removes them; a restore that was killed: again"
    )


def look_at_watchlists(settings: Settings) -> Finding:
    """Whether alerts.toml can be used."""
    try:
        lists = load_watchlists(settings.watchlists)
    except WatchlistsError as error:
        return wrong("watchlists", str(error), f"mend {settings.watchlists}: no alert goes out until then")
    return fine("watchlists", f"{len(lists.watch)} watches, {len(lists.target)} targets")


def look_at_run(settings: Settings, at: datetime) -> Finding:
    """Whether something is published, and how long ago a run came to its end."""
    if not settings.published.exists():
        return wrong("release", f"nothing is published in {settings.data_dir}", "gigawire run")
    release = settings.published.resolve().parent
    ended = settings.metrics if settings.metrics.exists() else release
    age = at - datetime.fromtimestamp(ended.stat().st_mtime, at.tzinfo)
    if age > STALE:
        return warning(
            "release",
            f"release {release.name}; the last run ended {days(age)} ago",
            "is the schedule alive? gigawire run",
        )
    return fine("release", f"release {release.name}; a run ended {days(age)} ago")


def look_at_archive(folder: Path, at: datetime) -> Finding:
    """Whether a sample of the archived files holds what their names promise."""
    archive = Archive(folder)
    kept = [path for part in sorted(folder.glob("[0-9a-f][0-9a-f]")) for path in sorted(part.glob("*.gz"))]
    step = max(1, len(kept) // SAMPLED)
    sample = kept[at.toordinal() % step :: step]
    damaged = [path.stem for path in sample if not archive.is_whole(path.stem)]
    if damaged:
        return wrong(
            "archive",
            f"{len(damaged)} of {len(sample)} archived files looked at are damaged: {damaged[0]}",
            "gigawire archive verify; then delete them and run again, or gigawire restore",
        )
    return fine("archive", f"{len(sample)} of {len(kept):,} archived files looked at, all whole")


def look_at_warehouse(settings: Settings, at: datetime) -> Iterator[Finding]:
    """The lock, the schema, then feeds, stages and the reader."""
    if not is_there(settings.warehouse):
        yield warning("warehouse", f"there is no warehouse in {settings.data_dir} yet", "gigawire run")
        return
    try:
        with open_observer(settings.warehouse, wait_seconds=settings.lock_seconds) as (con, pending):
            if pending:
                yield warning(
                    "schema",
                    f"the next run applies {pending} migrations",
                    "gigawire backup first; a program of before cannot open the warehouse afterwards",
                )
                return
            health = measure(con, at, max_page_attempts=settings.max_page_attempts, has_page=has_page)
    except WarehouseLockedError as error:
        alive = f"process {error.pid} lives" if error.pid and is_alive(error.pid) else "its process was not found"
        yield warning("lock", f"{error} ({alive})", "a run under way? then look again after it; else stop that process")
        return
    except WarehouseError as error:
        yield wrong("warehouse", str(error), "gigawire restore, or move it away and run: the archive has its sources")
        return
    yield fine("warehouse", "the warehouse opens and has this program's schema")
    yield from look_at_feeds(health.feeds)
    yield from look_at_stages(health, at)
    yield look_at_reader(health, reader_version(settings.spacy_model))


def look_at_feeds(feeds: tuple[FeedHealth, ...]) -> Iterator[Finding]:
    """Feeds that fail, and those with lasting alarms."""
    failing = [
        f"{feed.feed_id} ({feed.error_code or feed.health})"
        for feed in feeds
        if feed.error_code or feed.health != "well"
    ]
    alarmed = [f"{feed.feed_id} ({feed.alarm_codes})" for feed in feeds if feed.alarm_codes]
    if failing:
        told = f"{len(failing)} of {len(feeds)} feeds fail: {listed(failing)}"
        all_fail = len(failing) == len(feeds)
        yield (wrong if all_fail else warning)(
            "feeds", told, "gigawire feeds status; gigawire feeds test ID; feeds revive ID"
        )
    else:
        yield fine("feeds", f"{len(feeds)} feeds work")
    if alarmed:
        yield warning("alarms", f"{len(alarmed)} feeds are not as usual: {listed(alarmed)}", "gigawire feeds alarms")


def look_at_stages(health: Health, at: datetime) -> Iterator[Finding]:
    """What waits, and too long."""
    advice = {
        "pages": "gigawire run; raise max_pages_per_run where more comes than is retrieved",
        "read": "gigawire run; many at once: gigawire backfill",
        "alerts": "gigawire alerts list says why; gigawire alerts test TARGET",
    }
    for stage in health.stages:
        told = f"{stage.waiting_count:,} wait for {stage.stage}"
        waits = at - stage.oldest_at if stage.oldest_at else timedelta()
        if stage.waiting_count and waits > STALE:
            yield warning(stage.stage, f"{told}, the first for {days(waits)}", advice[stage.stage])
        else:
            yield fine(stage.stage, told)


def look_at_reader(health: Health, ours: str) -> Finding:
    """Whether this program's reader keeps the tape."""
    if health.reader_version in ("", ours):
        return fine("reader", f"reader {ours} keeps the tape")
    return warning(
        "reader",
        f"reader {ours} waits, the tape is kept by {health.reader_version}",
        "gigawire reprocess, then gigawire reprocess accept or discard",
    )


def look_at_prefect(address: str, at: datetime) -> Iterator[Finding]:
    """Whether the server answers, and runs that only seem to go on or never began."""
    try:
        ask(f"{address}/health")
        started = {"start_time": {"before_": (at - ZOMBIE).isoformat()}}
        zombies = runs(address, {"state": {"type": {"any_": ["RUNNING"]}}, **started})
        expected = {"expected_start_time": {"before_": (at - LATE).isoformat()}}
        late = runs(address, {"state": {"type": {"any_": ["SCHEDULED", "PENDING"]}}, **expected})
        schedules = runs(address, {"state": {"type": {"any_": ["SCHEDULED"]}}})
    except (OSError, urllib.error.URLError, ValueError) as error:
        told = f"the Prefect server at PREFECT_API_URL does not answer as one ({error})"
        yield wrong("prefect", told, "start it; meanwhile gigawire run --no-server goes without")
        return
    yield fine("prefect", f"the server answers; {len(schedules)} runs are scheduled")
    if not schedules:
        yield warning("schedules", "no run is scheduled", "prefect --no-prompt deploy --all")
    if zombies:
        advice = "where no process works on them: prefect flow-run cancel ID"
        yield warning("zombies", f"{len(zombies)} runs go on since {days(ZOMBIE)} or more: {listed(zombies)}", advice)
    if late:
        yield warning(
            "late",
            f"{len(late)} runs should have begun an hour ago: {listed(late)}",
            "is a worker up? prefect worker start",
        )


def runs(address: str, wanted: dict[str, Any]) -> list[str]:
    """The ids of at most 200 flow runs that the server finds."""
    return [str(run["id"]) for run in ask(f"{address}/flow_runs/filter", {"flow_runs": wanted, "limit": 200})]


def ask(address: str, body: dict[str, Any] | None = None) -> Any:
    """What the server answers, from JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
        return json.load(answer)


def is_alive(pid: int) -> bool:
    """Whether there is such a process on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def listed(names: list[str]) -> str:
    """The first of them, and how many more."""
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


def days(age: timedelta) -> str:
    """An age for people.

    >>> days(timedelta(hours=30)), days(timedelta(days=3)), days(timedelta(minutes=2))
    ('30 hours', '3 days', '2 minutes')
    """
    if age >= timedelta(days=2):
        return f"{age.days} days"
    if age >= timedelta(hours=2):
        return f"{age // timedelta(hours=1)} hours"
    return f"{max(0, age // timedelta(minutes=1))} minutes"
