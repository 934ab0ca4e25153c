"""Reading fanned out: one worker, two workers, and what 64 would take by the figures of this run.

A worker is a process that reads shards as those of clusters do (flows/steps/shards.py): told a path, writing beside it.
One worker and two read the same stretches of the documents by turns, so that whatever else the machine does meets both.
Prints what cutting, handing over and the start of a Prefect run for each shard cost in processor time against reading,
and the time of N workers by list scheduling over the measured seconds of a document, with the wait for each Prefect run
and one writer that takes the shards in order (parsing them; the rows that it writes are not counted).

GIGAWIRE_BENCH_DOCUMENTS (20,000; some ten minutes) makes it shorter. Ends with 1 where two workers on two free cores
are less than 1.8 times as quick as one, where the engine costs a tenth or more of reading, or where a record differs.
"""

from __future__ import annotations

import hashlib
import heapq
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from extractors.read import reader_version  # noqa: E402
from extractors.records import RawDocument  # noqa: E402
from flows.settings import Settings  # noqa: E402
from flows.steps.reading import read_batch  # noqa: E402
from flows.steps.shards import READINGS, batches, read_shard, write_shards  # noqa: E402
from tests.benchmarks.bench_reading import stream  # noqa: E402
from warehouse.archive import WritingArchive  # noqa: E402

DOCUMENTS = int(os.environ.get("GIGAWIRE_BENCH_DOCUMENTS", "20000"))
STRETCHES, SHARDS = (
    4,
    48,
)  # so many of each stretch that the last keeps one of two workers waiting for a hundredth
AT = datetime(2026, 6, 2, tzinfo=UTC)
RUN_SECONDS = 10.0  # from `run_deployment` to the first line of the flow, on another machine (measured, decision 0003)
WISHED_SPEED, ALLOWED_OVERHEAD = 1.8, 0.10


class Workers:
    """So many processes that have loaded the model, and what they took so far."""

    def __init__(self, count: int, settings: Settings, documents: list[RawDocument], version: str) -> None:
        self.wall = self.cpu = 0.0
        self.settings = settings
        self._pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"))
        once = partial(read_batch, settings.archive, settings.spacy_model, version)
        for _ in self._pool.map(once, [documents[:20]] * count):
            pass

    def read(self, shards: list[Path]) -> None:
        """Hands them out and waits."""
        start = time.perf_counter()
        self.cpu += sum(self._pool.map(seconds_of_shard, shards))
        self.wall += time.perf_counter() - start

    def end(self) -> None:
        """The processes end."""
        self._pool.shutdown()


def seconds_of_shard(folder: Path) -> float:
    """Reads it; processor seconds."""
    start = time.process_time()
    read_shard(folder)
    return time.process_time() - start


def seconds_of_start() -> float:
    """Processor seconds that a process takes until it could read a shard for a Prefect run, model not counted."""
    before = os.times()
    subprocess.run([sys.executable, "-c", "import flows.clusters"], cwd=ROOT, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def archived(settings: Settings, size: int) -> list[RawDocument]:
    """The stream of bench_reading as texts handed over, each with a line of its own so that no two are one."""
    archive = WritingArchive(settings.archive)
    documents = []
    for number, told in enumerate(stream(size)):
        data = f"{told.title}\n\n{told.body}\n\nNumber {number}.\n".encode()
        documents.append(
            RawDocument(
                document_id=archive.put(data),
                item_id=hashlib.sha256(str(number).encode()).hexdigest()[:32],
                kind="inbox",
                url="",
                content_type="text/plain",
                byte_count=len(data),
                retrieved_at=AT,
                title=f"{number}.txt",
            )
        )
    archive.commit()
    return documents


def by_list(workers: int, shards: list[float], start_seconds: float, load_seconds: float) -> float:
    """Seconds until the last shard is loaded, shards taken in order by whoever is free, one writer loading in order.

    >>> by_list(2, [10.0, 10.0, 10.0, 10.0], start_seconds=0.0, load_seconds=1.0)
    22.0
    """
    free = [0.0] * workers
    written = 0.0
    for seconds in shards:
        end = heapq.heappop(free) + start_seconds + seconds
        heapq.heappush(free, end)
        written = max(written, end) + load_seconds
    return written


def main() -> int:
    """The figures; gives the exit code."""
    version = reader_version(Settings().spacy_model)
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="gigawire-bench-") as root:
        shard_size = -(-DOCUMENTS // (STRETCHES * SHARDS))
        settings = Settings(data_dir=Path(root, "one"), processes=1, shard_documents=shard_size)
        documents = archived(settings, DOCUMENTS)
        Path(root, "two").mkdir()
        Path(root, "two", "archive").symlink_to(settings.archive)
        other = settings.model_copy(update={"data_dir": Path(root, "two")})
        one, two = Workers(1, settings, documents, version), Workers(2, other, documents, version)

        start = time.process_time()
        shards = write_shards(settings, version, documents)
        cut = time.process_time() - start
        again = write_shards(other, version, documents)
        before = time.process_time()
        for first in range(0, len(shards), SHARDS):
            one.read(shards[first : first + SHARDS])
            two.read(again[first : first + SHARDS])
        parent = time.process_time() - before
        one.end()
        two.end()

        start = time.process_time()
        taken = sum(len(batch) for shard in shards for batch in batches(shard, 100))
        hand_over = time.process_time() - start
        same = taken == DOCUMENTS and all(
            (a / READINGS).read_bytes() == (b / READINGS).read_bytes() for a, b in zip(shards, again, strict=True)
        )
    # a million documents in shards as they are cut by default, which is what a site with a backlog has
    size = Settings().shard_documents
    each, load = one.cpu / DOCUMENTS * size, hand_over / DOCUMENTS * size
    speed, share = one.wall / two.wall, (cut + hand_over) / one.cpu
    engine = share + seconds_of_start() / each
    print(f"{DOCUMENTS} documents in {len(shards)} shards, {os.cpu_count()} cores, load before {load_before:.1f}")
    print(f"one worker   {one.wall:8.1f} s ({DOCUMENTS / one.wall:.0f} documents/s), {one.cpu:.1f} s of processor")
    print(f"two workers  {two.wall:8.1f} s ({DOCUMENTS / two.wall:.0f} documents/s), {two.cpu:.1f} s of processor")
    print(f"two are {speed:.2f} times as quick as one; whoever hands out took {parent:.1f} s; identical: {same}")
    print(f"cutting and handing over: {cut + hand_over:.1f} s of processor, {share:.1%} of reading")
    print(f"with a Prefect run for each shard of {size} documents: {engine:.1%}")
    for workers in (1, 2, 8, 64):
        seconds = by_list(workers, [each] * (1_000_000 // size), RUN_SECONDS, load)
        print(f"a million documents with {workers:2d} workers, by the figures above: {seconds / 3600:.2f} h")
    if not same or engine >= ALLOWED_OVERHEAD:
        return 1
    if speed < WISHED_SPEED and load_before > 0.5:
        print("the machine was busy before: the ratio of walls says nothing")
        return 0
    return 0 if speed >= WISHED_SPEED else 1


if __name__ == "__main__":
    sys.exit(main())
