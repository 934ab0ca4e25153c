"""The health of a data folder as Prometheus text: `gigawire metrics`, and a file for node_exporter's collector."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from warehouse.health import Health

Sample = tuple[dict[str, str], float | int | None]


def render(health: Health, *, now: datetime, free_bytes: int, is_publish: bool = False) -> str:
    """Prometheus text: times in seconds since 1970, so that ages are `time() - x` in a rule, whoever scrapes when."""
    feeds, stages = health.feeds, health.stages

    def by_feed(values: Iterable[float | int | None]) -> list[Sample]:
        return [({"feed": feed.feed_id}, value) for feed, value in zip(feeds, values, strict=True)]

    families: list[tuple[str, str, list[Sample]]] = [
        (
            "feed_last_poll_timestamp_seconds",
            "when the feed was asked last",
            by_feed(at(f.last_polled_at) for f in feeds),
        ),
        (
            "feed_last_entry_timestamp_seconds",
            "when the feed brought something new",
            by_feed(at(f.last_new_entry_at) for f in feeds),
        ),
        ("feed_failures", "polls in a row that failed", by_feed(f.consecutive_failures for f in feeds)),
        (
            "feed_alarms",
            "alarms that last",
            by_feed(len(f.alarm_codes.split("; ")) * bool(f.alarm_codes) for f in feeds),
        ),
        ("feed_day_entries", "entries first seen in the last day", by_feed(f.day_count for f in feeds)),
        ("feed_week_entries", "entries first seen in the last seven days", by_feed(f.week_count for f in feeds)),
        ("feed_usual_day_entries", "entries a day that are usual", by_feed(f.usual_per_day for f in feeds)),
        ("feed_lag_seconds", "median from publication to our seeing it, 7 days", by_feed(f.lag_seconds for f in feeds)),
        ("feed_undated_share", "entries without a usable date, 0..1", by_feed(f.undated_share for f in feeds)),
        (
            "feed_truncated_share",
            "entries that tell less than their page, 0..1",
            by_feed(f.truncated_share for f in feeds),
        ),
        ("stage_waiting", "what waits for a stage", [({"stage": s.stage}, s.waiting_count) for s in stages]),
        (
            "stage_oldest_timestamp_seconds",
            "since when the first of it waits",
            [({"stage": s.stage}, at(s.oldest_at)) for s in stages],
        ),
        ("disk_free_bytes", "free on the disk of the data folder", [({}, free_bytes)]),
        ("measured_timestamp_seconds", "when this was measured", [({}, at(now))]),
        ("publish_timestamp_seconds", "when a run published last", [({}, at(now) if is_publish else None)]),
    ]
    return "".join(family(name, text, samples) for name, text, samples in families)


def family(name: str, text: str, samples: Iterable[Sample]) -> str:
    """One gauge with its samples, "" where nothing is known."""
    lines = [f"gigawire_{name}{labels(of)} {value:.15g}\n" for of, value in samples if value is not None]
    head = f"# HELP gigawire_{name} {text}\n# TYPE gigawire_{name} gauge\n"
    return head + "".join(lines) if lines else ""


def labels(of: dict[str, str]) -> str:
    r"""Labels as Prometheus reads them.

    >>> labels({"feed": 'a"b\\c'})
    '{feed="a\\"b\\\\c"}'
    """
    escaped = (
        (name, value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")) for name, value in of.items()
    )
    told = ",".join(f'{name}="{value}"' for name, value in escaped)
    return f"{{{told}}}" if told else ""


def at(moment: datetime | None) -> float | None:
    """Seconds since 1970."""
    return moment.timestamp() if moment else None


def write_metrics(path: Path, text: str) -> None:
    """Puts the file in place in one step: a collector never reads half of it."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
