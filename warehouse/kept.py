"""What the archive holds beside what the tables speak of: whole or not, old enough to go or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from warehouse.archive import Archive
from warehouse.pending import select_file


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedBody:
    """Bytes as they were retrieved from one address at one time."""

    content_hash: str
    kind: str  # feed, page, inbox, entry (written by us from a feed)
    url: str
    content_type: str
    retrieved_at: datetime
    is_needed: bool  # a feed's current body, or evidence of a deal


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a look at every file of the archive found."""

    whole_count: int
    damaged: tuple[str, ...]  # hashes of files that do not hold what their name promises
    missing: tuple[str, ...]  # hashes of what is needed (evidence, current bodies) and not kept
    pruned_count: int  # bodies that the tables speak of, not needed and not kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What was, or would be, removed."""

    files_count: int
    byte_count: int  # on disk


def archived_bodies(con: duckdb.DuckDBPyConnection) -> list[ArchivedBody]:
    """Every retrieval that brought bytes, oldest first."""
    return [ArchivedBody(**row) for row in select_file(con, "archived_bodies", {})]


def verify(archive: Archive, bodies: Sequence[ArchivedBody]) -> Verified:
    """Reads every kept file and compares it with its name."""
    kept, damaged = 0, []
    for content_hash in archive.hashes():
        kept += 1
        if not archive.is_whole(content_hash):
            damaged.append(content_hash)
    gone = {body.content_hash for body in bodies if not archive.has(body.content_hash)}
    missing = {body.content_hash for body in bodies if body.is_needed} & gone
    return Verified(
        whole_count=kept - len(damaged),
        damaged=tuple(damaged),
        missing=tuple(sorted(missing)),
        pruned_count=len(gone - missing),
    )


def prunable(bodies: Sequence[ArchivedBody], older_than: datetime, *, with_documents: bool = False) -> list[str]:
    """Hashes of what no stage needs and nobody retrieved since ``older_than``, sorted.

    Those are bodies of feeds, whose entries are kept on their own; with ``with_documents`` also documents that tell of
    no deal. Evidence of a deal and the current body of a feed stay for ever.
    """
    kinds = {"feed", "page", "inbox", "entry"} if with_documents else {"feed"}
    staying = {
        body.content_hash
        for body in bodies
        if body.is_needed or body.retrieved_at >= older_than or body.kind not in kinds
    }
    return sorted({body.content_hash for body in bodies} - staying)


def prune(archive: Archive, hashes: Sequence[str], *, dry_run: bool = False) -> Pruned:
    """Removes these files; those that are gone already do not count."""
    found = [path for path in map(archive.path, hashes) if path.exists()]
    pruned = Pruned(files_count=len(found), byte_count=sum(path.stat().st_size for path in found))
    for path in [] if dry_run else found:
        path.unlink(missing_ok=True)
    return pruned
