"""Places where a test may kill the run, to prove that the next run heals it.

GIGAWIRE_FAILPOINT=name kills the process (SIGKILL, nothing is cleaned up) when it comes to that place,
GIGAWIRE_FAILPOINT=name:3 when it comes there for the third time. Unset, a failpoint is one dictionary lookup.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

IN_EVERY_RUN = (
    "polls_retrieved",  # bytes are in the archive, nothing of them in the warehouse
    "polls_loaded",
    "pages_retrieved",
    "pages_loaded",
    "read_batch_loaded",  # some documents are read, others are not
    "all_read",  # nothing is resolved yet
    "deals_resolved",  # the new articles are in no story yet
    "resolved",
    "published",  # the release stands, the report does not
)
ELSEWHERE = (
    "backfill_partition",  # some articles of a dump are documents, others are not
    "backfill_imported",  # nothing of them is read yet
    "reprocessed",  # a new reader has read and resolved beside the tape, its report is not written
    "reader_accepted",  # the tape is kept by it, readers see the release before
    "alerts_kept",  # messages have their keys, none is sent
    "alert_sent",  # the target has a message of which we do not know
)

_passed: Counter[str] = Counter()


def pass_failpoint(name: str) -> None:
    """Nothing, unless a test has armed ``name``."""
    armed = os.environ.get("GIGAWIRE_FAILPOINT")
    if not armed:
        return
    wanted, _, times = armed.partition(":")
    if wanted != name:
        return
    _passed[name] += 1
    if _passed[name] >= int(times or 1):
        os.kill(os.getpid(), signal.SIGKILL)
