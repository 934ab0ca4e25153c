"""What Prefect costs: a run of 1,000 entries with the engine and without, turn about, in one process on one input.

Prints the ratio; ends with 1 where the engine costs more than a tenth. The start of the temporary server is told apart:
it is paid once a run by `gigawire run`, and not at all where a server is up.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from flows.engine import start_engine
from flows.feeds import write_feeds
from flows.feeds_dir import serve_folder
from flows.settings import Settings

ENTRIES, FEEDS, ROUNDS = 1000, 20, 3
ALLOWED = 1.10
COMPANIES = ("Cobalt Ridge Compute", "Lumenfold AI", "Nebius", "Microsoft", "CoreWeave", "Oracle", "Meta", "Vantage")


def write_entries(folder: Path) -> None:
    """Feeds in which one entry in ten tells of a deal, as in the wild."""
    for feed in range(FEEDS):
        items = []
        for number in range(ENTRIES // FEEDS):
            one, other = COMPANIES[number % 8], COMPANIES[(number + feed + 1) % 8]
            title = (
                f"{one} signs ${number + 1}.{feed} billion contract with {other} for {number + 20} MW"
                if number % 10 == 0
                else f"{one} opens its office number {feed * 100 + number} and hires engineers"
            )
            body = f"{title}. " + "The company said that it was glad about the step and would tell more soon. " * 12
            items.append(
                f"<item><title>{title}</title><link>https://feed{feed}.example/{number}</link>"
                f"<pubDate>Mon, 01 Jun 2026 0{number % 9}:00:00 GMT</pubDate><description>{body}</description></item>"
            )
        (folder / f"feed{feed:02d}.xml").write_text(
            f"<rss version='2.0'><channel><title>Feed {feed}</title>{''.join(items)}</channel></rss>", encoding="utf-8"
        )


def timed(run: Callable[[Settings], object], settings: Settings) -> float:
    """Seconds of one run into a new data folder."""
    start = time.perf_counter()
    run(settings)
    return time.perf_counter() - start


def main() -> int:
    """Runs both in turn; gives the exit code."""
    os.environ["GIGAWIRE_NOW"] = "2026-06-02T08:00:00+00:00"
    with tempfile.TemporaryDirectory(prefix="gigawire-bench-") as root:
        feeds = Path(root, "feeds")
        feeds.mkdir()
        write_entries(feeds)
        with serve_folder(feeds) as served:
            write_feeds(Path(root, "feeds.csv"), served.feeds)
            return compare(
                Settings(
                    data_dir=Path(root, "data"),
                    feeds=Path(root, "feeds.csv"),
                    host_map=served.host_map,
                    host_delay_seconds=0,
                    host_concurrency=8,
                    fetch_pages=False,
                )
            )


def compare(settings: Settings) -> int:
    """The figures, and whether they are as they should be."""
    start = time.perf_counter()
    start_engine(settings)
    server_seconds = time.perf_counter() - start
    from flows.pipeline import pipeline
    from flows.steps.run import run

    def fresh(name: str) -> Settings:
        return settings.model_copy(update={"data_dir": settings.data_dir / name})

    run(fresh("warm-up"))
    asyncio.run(pipeline(fresh("warm-up")))
    plain, engine = [], []
    for number in range(ROUNDS):
        plain.append(timed(run, fresh(f"plain-{number}")))
        engine.append(timed(lambda one: asyncio.run(pipeline(one)), fresh(f"engine-{number}")))
    ratio = statistics.median(engine) / statistics.median(plain)
    print(
        f"{ENTRIES} entries without the engine: {statistics.median(plain):.2f} s ({min(plain):.2f}..{max(plain):.2f})"
    )
    print(
        f"{ENTRIES} entries with the engine: {statistics.median(engine):.2f} s ({min(engine):.2f}..{max(engine):.2f})"
    )
    print(f"ratio {ratio:.3f} (allowed {ALLOWED}); start of the temporary server {server_seconds:.1f} s")
    return 0 if ratio <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
