"""Parsing a feed of 10,000 entries against feedparser on the same bytes, turn about in one process.

Prints the ratio; ends with 1 where ours takes more than a fifth longer than feedparser itself.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import feedparser

from extractors.feeds import parse_feed
from tests.benchmarks.feed_server import feed_body

ENTRIES, ROUNDS, ALLOWED = 10_000, 3, 1.20


def main() -> int:
    """Runs both in turn; gives the exit code."""
    body = feed_body(1, 0, ENTRIES)
    theirs, ours = [], []
    for _ in range(ROUNDS):
        theirs.append(timed(lambda: feedparser.parse(body)))
        ours.append(timed(lambda: parse_feed(body, url="https://wire.example/feed")))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"feedparser {statistics.median(theirs):.2f} s, gigawire {statistics.median(ours):.2f} s")
    print(f"ratio {ratio:.2f} (allowed {ALLOWED})")
    return 0 if ratio <= ALLOWED else 1


def timed(parse: Callable[[], object]) -> float:
    """Processor seconds of one parse, so that what else the machine does counts for neither."""
    gc.collect()
    start = time.process_time()
    parse()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
