"""Reprocess: the archive read again by this program's reader, beside the tape; what would change; accept or discard.

Nothing that was known is rewritten: a version's readings and deals are rows of their own, and accepting one adds a row
that says from when on the tape is kept by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extractors.deals.compare_tapes import compare_tapes, within
from extractors.read import reader_version
from extractors.records import RawDocument
from flows.clock import now
from flows.failpoints import pass_failpoint
from flows.settings import Settings
from flows.steps.counts import Read
from flows.steps.read import everything, read_documents, resolve
from flows.steps.reprocess_report import Report, forget_report, whole_report_exists, write_report
from flows.tape import open_tape
from warehouse import pending, tape
from warehouse.load import Connection

BY_ITSELF = "gigawire"


class ReprocessError(Exception):
    """A new reader cannot be judged, accepted or discarded now; the message says the way out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprocessed:
    """What reading again gave, and where the report on it lies."""

    read: Read
    report: Report
    markdown: Path


def reprocess(settings: Settings, *, since: date | None = None, until: date | None = None) -> Reprocessed:
    """Reads what this program's reader has not read yet, resolves it beside the tape, and reports what would change.

    ``since`` and ``until``: only documents of these days, both inclusive. Killed and called again, it goes on.
    Raises ReprocessError where there is no tape yet.
    """
    kept, ours = _kept(settings), reader_version(settings.spacy_model)
    done = read_documents(settings, ours, wanted=_between(since, until))
    done = done.plus(resolve(settings, ours))
    pass_failpoint("reprocessed")
    with open_tape(settings) as con:
        report = _report(con, kept, ours)
    return Reprocessed(read=done, report=report, markdown=write_report(settings.reprocess_folder, report))


def accept(settings: Settings, *, by: str, reason: str) -> Reprocessed:
    """The tape is kept by this program's reader from now on. What came since the report is read first.

    Raises ReprocessError without a report over the whole archive.
    """
    kept, ours = _kept(settings), reader_version(settings.spacy_model)
    if kept == ours:
        raise ReprocessError(f"the tape is kept by reader {ours} already; there is nothing to accept")
    if not whole_report_exists(settings.reprocess_folder, ours):
        raise ReprocessError(
            f"no report of reader {ours} over the whole archive: run `gigawire reprocess` without --since and --until"
        )
    done = reprocess(settings)
    with open_tape(settings) as con:
        if pending.documents_to_read(con, ours):
            raise ReprocessError("documents came while the archive was read: run `gigawire reprocess accept` again")
        tape.accept(con, ours, by=by, reason=reason, at=now())
    pass_failpoint("reader_accepted")
    return done


def discard(settings: Settings) -> int:
    """Removes what this program's reader has read beside the tape; gives the number of its articles."""
    kept, ours = _kept(settings), reader_version(settings.spacy_model)
    if kept == ours:
        raise ReprocessError(f"reader {ours} keeps the tape; there is nothing to discard")
    with open_tape(settings) as con:
        count = tape.discard(con, ours)
    forget_report(settings.reprocess_folder, ours)
    return count


def waiting_reader(settings: Settings) -> str:
    """A line that says that this program's reader is not accepted yet; "" where it is."""
    with open_tape(settings) as con:
        kept = pending.accepted_version(con)
    ours = reader_version(settings.spacy_model)
    if kept is None or kept == ours:
        return ""
    return (
        f"reader {ours} reads the news that comes in, the tape is kept by reader {kept}: `gigawire reprocess` shows "
        "what reading the archive again would change"
    )


def adopt_reader(settings: Settings, say: Callable[[str], None] = lambda _: None) -> Read:
    """With ``accept_new_reader = "auto"``: reads the archive again and accepts the version, where it is a new one."""
    if settings.accept_new_reader != "auto" or not waiting_reader(settings):
        return Read()
    ours = reader_version(settings.spacy_model)
    say(f"reading the archive again with reader {ours}")
    done = reprocess(settings).read
    return done.plus(accept(settings, by=BY_ITSELF, reason='accept_new_reader = "auto"').read)


def _kept(settings: Settings) -> str:
    with open_tape(settings) as con:
        kept = pending.accepted_version(con)
    if kept is None:
        raise ReprocessError(f"nothing was read yet in {settings.data_dir}: run `gigawire run` first")
    return kept


def _between(since: date | None, until: date | None) -> Callable[[RawDocument], bool]:
    if since is None and until is None:
        return everything

    def is_wanted(raw: RawDocument) -> bool:
        day = (raw.published_at or raw.retrieved_at).date()
        return (since is None or since <= day) and (until is None or day <= until)

    return is_wanted


def _report(con: Connection, kept: str, ours: str) -> Report:
    """The two tapes against each other, over the news that both have read."""
    documents_left = len(pending.documents_to_read(con, ours))
    before = tape.tape_deals(con)
    if kept == ours:
        return Report(kept=kept, ours=ours, documents_left=documents_left, diff=compare_tapes(before, before))
    with tape.shown_as(con, ours):
        after = tape.tape_deals(con)
    left_out = 0
    if documents_left:
        both = tape.read_articles(con, kept) & tape.read_articles(con, ours)
        judged = within(before, both)
        left_out, before, after = len(before) - len(judged), judged, within(after, both)
    return Report(
        kept=kept,
        ours=ours,
        documents_left=documents_left,
        left_out_count=left_out,
        diff=compare_tapes(before, after),
    )
