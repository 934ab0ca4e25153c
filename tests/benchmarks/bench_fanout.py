"""Reading fanned out: one worker, two workers, and what 64 would take by the figures of this run.

A worker is a process that reads shards as those of clusters do (flows/steps/shards.py): told a path, writing beside it.
Prints what cutting and handing over cost against reading, and the time of N workers by list scheduling over the
measured seconds of a document, with the start of a Prefect run for each shard and one writer that takes them in order
(parsing them; the rows that it writes are not counted).

GIGAWIRE_BENCH_DOCUMENTS (20,000) makes it shorter. Ends with 1 where two workers on two free cores are less than 1.8
times as quick as one, where handing over costs a tenth or more of reading, or where a record differs.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from extractors.read import reader_version  # noqa: E402
from extractors.records import RawDocument  # noqa: E402
from flows.settings import Settings  # noqa: E402
from flows.steps.reading import read_batch  # noqa: E402
from flows.steps.shards import READINGS, batches, read_shard, write_shards  # noqa: E402
from tests.benchmarks.bench_reading import stream  # noqa: E402
from warehouse.archive import WritingArchive  # noqa: E402

DOCUMENTS = int(os.environ.get("GIGAWIRE_BENCH_DOCUMENTS", "20000"))
SHARDS = 16
AT = datetime(2026, 6, 2, tzinfo=UTC)
RUN_SECONDS = 10.0  # from `run_deployment` to the first line of the flow, on another machine (measured, decision 0003)
WISHED_SPEED, ALLOWED_OVERHEAD = 1.8, 0.10


@dataclass(frozen=True)
class Timed:
    """A shard that was read: wall and processor seconds."""

    folder: Path
    wall: float
    cpu: float


def timed_shard(folder: Path) -> Timed:
    """Reads it."""
    wall, cpu = time.perf_counter(), time.process_time()
    read_shard(folder)
    return Timed(folder, time.perf_counter() - wall, time.process_time() - cpu)


def warm_up(archive: Path, documents: list[RawDocument], version: str) -> None:
    """Loads the model into this process."""
    read_batch(archive, Settings().spacy_model, version, documents)


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


def read_with(
    workers: int, settings: Settings, documents: list[RawDocument], version: str
) -> tuple[float, list[Timed]]:
    """Seconds of so many warm workers for all shards, and the shards."""
    folders = write_shards(settings, version, documents)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for _ in pool.map(warm_up, [settings.archive] * workers, [documents[:20]] * workers, [version] * workers):
            pass
        start = time.perf_counter()
        shards = list(pool.map(timed_shard, folders))
        return time.perf_counter() - start, shards


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
    with tempfile.TemporaryDirectory(prefix="gigawire-bench-") as root:
        settings = Settings(data_dir=Path(root, "one"), processes=1, shard_documents=-(-DOCUMENTS // SHARDS))
        documents = archived(settings, DOCUMENTS)
        Path(root, "two").mkdir()
        Path(root, "two", "archive").symlink_to(settings.archive)
        other = settings.model_copy(update={"data_dir": Path(root, "two")})

        start = time.process_time()
        write_shards(settings, version, documents)
        cut = time.process_time() - start
        load_before = os.getloadavg()[0]
        one, alone = read_with(1, settings, documents, version)
        two, together = read_with(2, other, documents, version)

        start = time.process_time()
        taken = sum(len(batch) for shard in alone for batch in batches(shard.folder, 100))
        hand_over = time.process_time() - start
        same = taken == DOCUMENTS and all(
            (a.folder / READINGS).read_bytes() == (b.folder / READINGS).read_bytes()
            for a, b in zip(alone, together, strict=True)
        )
    cpu = sum(shard.cpu for shard in alone)
    speed, share = one / two, (cut + hand_over) / cpu
    told = {"documents": DOCUMENTS, "shards": SHARDS, "cores": os.cpu_count(), "load before": round(load_before, 1)}
    print(json.dumps(told))
    print(f"one worker   {one:8.1f} s ({DOCUMENTS / one:.0f} documents/s), {cpu:.1f} s of processor")
    print(f"two workers  {two:8.1f} s ({DOCUMENTS / two:.0f} documents/s): {speed:.2f} times as quick")
    print(f"cutting and handing over: {cut + hand_over:.1f} s of processor, {share:.1%} of reading; identical: {same}")
    # a million documents in shards of 2,000, which is what a site with a backlog has
    each = cpu / DOCUMENTS * 2000
    for workers in (1, 2, 8, 64):
        seconds = by_list(workers, [each] * 500, RUN_SECONDS, hand_over / DOCUMENTS * 2000)
        print(f"a million documents with {workers:2d} workers, by the figures above: {seconds / 3600:.2f} h")
    if not same or share >= ALLOWED_OVERHEAD:
        return 1
    if speed < WISHED_SPEED and load_before > 0.5:
        print("the machine was busy before: the ratio of walls says nothing")
        return 0
    return 0 if speed >= WISHED_SPEED else 1


if __name__ == "__main__":
    sys.exit(main())
