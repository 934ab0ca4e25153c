"""Polling 1,000 feeds of 25 entries, store included, against the library ``reader`` with its workers: same server, same
feeds, turn about in one process. Three kinds of pass: nothing known yet (told only), 5 % of the entries new, all 304.

Prints the ratios of feeds a second; ends with 1 where they are below what is asked, or where memory grows from pass to
pass. Feeds and passes may be fewer: ``bench_polling.py 200``.
"""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from flows.feeds import FeedSource, write_feeds
from flows.settings import LOOPBACK, Settings
from flows.steps.collect import collect
from tests.benchmarks.feed_server import feed_server, move_on

FEEDS, WORKERS, ROUNDS = 1000, 20, 3
ASKED = {"5 % new": 5.0, "all 304": 10.0}
MOST_GROWTH = 1.10  # of the memory of this process, over the passes after the first two
PASSES = [("first", 0), *((kind, version) for version in range(1, ROUNDS + 1) for kind in ASKED)]


def main() -> int:
    """Runs all passes; gives the exit code."""
    feeds = int(sys.argv[1]) if len(sys.argv) > 1 else FEEDS
    with tempfile.TemporaryDirectory(prefix="gigawire-bench-") as folder, feed_server() as address:
        urls = [f"{address}/feed/{number}" for number in range(feeds)]
        ours, theirs = our_poll(Path(folder), urls), reader_poll(Path(folder), urls)
        seconds: dict[str, list[tuple[Spent, Spent]]] = {}
        memory = []
        for kind, version in PASSES:
            move_on(address, version, feeds)
            seconds.setdefault(kind, []).append((timed(theirs, kind), timed(ours, kind)))
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            print(f"  {kind}: reader {seconds[kind][-1][0]}, gigawire {seconds[kind][-1][1]}", flush=True)
    return judged(feeds, seconds, memory)


def our_poll(folder: Path, urls: list[str]) -> Callable[[], int]:
    """A pass of Gigawire; gives how many feeds had something new."""
    sources = [FeedSource(feed_id=f"feed{n:04d}", url=url, cadence_minutes=0) for n, url in enumerate(urls)]
    write_feeds(folder / "feeds.csv", sources)
    settings = Settings(
        data_dir=folder / "data",
        feeds=folder / "feeds.csv",
        allow_private_addresses=(LOOPBACK,),
        host_delay_seconds=0,
        host_concurrency=WORKERS,
        concurrency=WORKERS,
        fetch_pages=False,
    )

    async def poll() -> int:
        collected = await collect(settings)
        assert collected.count("failed") == 0, collected.feeds[0]
        return collected.count("new")

    return lambda: asyncio.run(poll())


def reader_poll(folder: Path, urls: list[str]) -> Callable[[], int]:
    """A pass of reader; gives how many feeds had something new."""
    from reader import make_reader

    library = make_reader(str(folder / "reader.sqlite"))
    for url in urls:
        library.add_feed(url)

    def poll() -> int:
        results = library.update_feeds_iter(workers=WORKERS, scheduled=False)
        return sum(bool(result.updated_feed and result.updated_feed.new) for result in results)

    return poll


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of a pass by the clock, and of processors in this process: what else the machine does slows the first."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} s ({self.processor:.2f} of processors)"


def timed(poll: Callable[[], int], kind: str) -> Spent:
    """What one pass takes, which must have found what there was."""
    clock, processor = time.perf_counter(), time.process_time()
    changed = poll()
    spent = Spent(time.perf_counter() - clock, time.process_time() - processor)
    assert (changed == 0) == (kind == "all 304"), (kind, changed)
    return spent


def judged(feeds: int, seconds: dict[str, list[tuple[Spent, Spent]]], memory: list[float]) -> int:
    """The figures, and 0 where they are as they should be."""
    is_well = True
    for kind, pairs in seconds.items():
        theirs, ours = (statistics.median(spent.clock for spent in side) for side in zip(*pairs, strict=True))
        processor = [statistics.median(spent.processor for spent in side) for side in zip(*pairs, strict=True)]
        asked = ASKED.get(kind, 0.0)
        is_well = is_well and theirs / ours >= asked
        goal = f", asked {asked:g}" if asked else ""
        print(
            f"{kind}: {feeds / theirs:,.0f} and {feeds / ours:,.0f} feeds a second, ratio {theirs / ours:.1f}{goal}; "
            f"in processor seconds {processor[0] / processor[1]:.1f}"
        )
    growth = memory[-1] / memory[2]
    print(f"memory {memory[2]:.0f} MB after the third pass, {memory[-1]:.0f} MB after the last, ratio {growth:.2f}")
    print(f"processors {os.cpu_count()}, load {os.getloadavg()[0]:.1f}")
    return 0 if is_well and growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
