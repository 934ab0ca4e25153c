"""What was resolved into the warehouse: decisions, histories and endings are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import duckdb

from extractors.records import Assignment, DealHistory, FiledArticle, LoadCounts, Resolution
from warehouse import rows
from warehouse.append import Row, append, arrow_batch
from warehouse.load import accept_version
from warehouse.pending import accepted_version

Connection = duckdb.DuckDBPyConnection
NUMBERING = {"revision", "edition", "recorded_at"}  # columns in which two tellings of one revision may differ


def load_filed(
    con: Connection, filed: Sequence[FiledArticle], *, reader_version: str, recorded_at: datetime
) -> LoadCounts:
    """What resolving must know of articles later. Must run inside a transaction, before what they are resolved to."""
    tables: dict[str, Iterable[Row]] = {
        "core.filed_articles": (rows.resolved.filed_article(one, reader_version, recorded_at) for one in filed),
        "core.claim_keys": (row for one in filed for row in rows.resolved.claim_keys(one, reader_version)),
        "core.affiliations": (
            {"article_id": one.article_id, "reader_version": reader_version, "child": child, "parent": parent}
            for one in filed
            for child, parent in one.affiliations
        ),
    }
    return LoadCounts(added=tuple((table, append(con, table, batch)) for table, batch in tables.items()))


def load_claim_keys(con: Connection, filed: Iterable[FiledArticle], *, reader_version: str) -> int:
    """Further keys of claims that are filed. Must run inside a transaction."""
    return append(
        con, "core.claim_keys", (row for one in filed for row in rows.resolved.claim_keys(one, reader_version))
    )


def load_resolution(con: Connection, told: Resolution, *, reader_version: str, recorded_at: datetime) -> LoadCounts:
    """What was decided. Must run inside a transaction; loading it twice is loading it once.

    The first version of the reader that resolves anything accepts itself.
    """
    made = [rows.resolved.recognised(article, claim, reader_version) for article, claim in told.recognised]
    decided = not_stored_decisions(con, told, reader_version)
    endings = last_endings(con, reader_version)
    tables: dict[str, list[Row]] = {
        "core.deal_mentions": [row for one in made for row in rows.read.deal_mentions(one, recorded_at)],
        "core.slot_evidence": [row for one in made for row in rows.read.slot_evidence(one)],
        "core.deals": [rows.resolved.deal(history, reader_version, recorded_at) for history in told.histories],
        "core.deal_evidence": [
            rows.resolved.deal_evidence(decision, number, reader_version, recorded_at) for decision, number in decided
        ],
        "core.deal_endings": [
            rows.resolved.deal_ending(ending, endings.get(ending.deal_id, (0,))[0] + 1, reader_version, recorded_at)
            for ending in told.endings
            if endings.get(ending.deal_id, (0, "restored", None))[1:] != (ending.kind, ending.into_deal_id or None)
        ],
        "core.issues": [rows.read.issue(issue, reader_version, recorded_at) for issue in told.issues],
    }
    added = [(table, append(con, table, batch)) for table, batch in tables.items()]
    if accepted_version(con) is None:
        accept_version(con, reader_version, by="gigawire", reason="the first of this warehouse", at=recorded_at)
    return LoadCounts(added=(*added, *load_histories(con, told.histories, reader_version, recorded_at)))


def not_stored_decisions(con: Connection, told: Resolution, reader_version: str) -> list[tuple[Assignment, int]]:
    """The decisions that say otherwise than the last ones stored, with their numbers."""
    stored = {
        mention_id: (decision, deal_id)
        for mention_id, decision, deal_id in con.execute(
            "SELECT deal_mention_id, decision, deal_id FROM core.deal_evidence "
            "WHERE reader_version = ? AND deal_mention_id IN (SELECT unnest(?::VARCHAR[])) "
            "QUALIFY row_number() OVER (PARTITION BY deal_mention_id ORDER BY decision DESC) = 1",
            [reader_version, [one.deal_mention_id for one in told.decisions]],
        ).fetchall()
    }
    found = []
    for one in told.decisions:
        number, deal_id = stored.get(one.deal_mention_id, (0, None))
        if (deal_id or "") != one.deal_id:
            found.append((one, number + 1))
    return found


def last_endings(con: Connection, reader_version: str) -> dict[str, tuple[int, str, str | None]]:
    """deal_id -> (number, kind, into_deal_id) of its last ending."""
    found = con.execute(
        "SELECT deal_id, ending, kind, into_deal_id FROM core.deal_endings WHERE reader_version = ? "
        "QUALIFY row_number() OVER (PARTITION BY deal_id ORDER BY ending DESC) = 1",
        [reader_version],
    ).fetchall()
    return {deal_id: (ending, kind, into) for deal_id, ending, kind, into in found}


def load_histories(
    con: Connection, histories: Sequence[DealHistory], reader_version: str, recorded_at: datetime
) -> list[tuple[str, int]]:
    """The revisions that the store does not have: further ones, or where the past is another one the whole anew."""
    retold = retold_deals(con, histories, reader_version, recorded_at)
    stored = {
        deal_id: (last, edition, count)
        for deal_id, last, edition, count in con.execute(
            "SELECT deal_id, max(revision), max(edition), "
            "    count(*) FILTER (edition = (SELECT max(newest.edition) FROM core.deal_revisions AS newest "
            "        WHERE newest.deal_id = deal_revisions.deal_id "
            "          AND newest.reader_version = deal_revisions.reader_version)) "
            "FROM core.deal_revisions WHERE reader_version = ? AND deal_id IN (SELECT unnest(?::VARCHAR[])) "
            "GROUP BY deal_id",
            [reader_version, [history.deal_id for history in histories]],
        ).fetchall()
    }
    revisions: list[Row] = []
    parties: list[Row] = []
    for history in histories:
        last, edition, count = stored.get(history.deal_id, (0, 1, 0))
        if history.deal_id in retold:
            edition, count = edition + 1, 0
        for number, told in enumerate(history.revisions[count:], last + 1):
            revisions.append(rows.resolved.deal_revision(told, number, edition, reader_version, recorded_at))
            parties += rows.resolved.deal_parties(told, number, reader_version)
    return [
        ("core.deal_revisions", append(con, "core.deal_revisions", revisions)),
        ("core.deal_parties", append(con, "core.deal_parties", parties)),
    ]


def retold_deals(
    con: Connection, histories: Sequence[DealHistory], reader_version: str, recorded_at: datetime
) -> set[str]:
    """The deals of which the store tells another past: some revision of the last edition is not the same now."""
    told = [(revision, k) for history in histories for k, revision in enumerate(history.revisions, 1)]
    revisions = [rows.resolved.deal_revision(revision, k, 1, reader_version, recorded_at) for revision, k in told]
    parties = [row for revision, k in told for row in rows.resolved.deal_parties(revision, k, reader_version)]
    if not revisions:
        return set()
    ids = [history.deal_id for history in histories]
    con.register("told_revisions", arrow_batch(con, "core.deal_revisions", revisions))
    con.register("told_parties", arrow_batch(con, "core.deal_parties", parties))
    try:
        con.execute(
            "CREATE OR REPLACE TEMP TABLE stored_numbers AS SELECT deal_id, revision, "
            "row_number() OVER (PARTITION BY deal_id ORDER BY revision) AS place FROM core.deal_revisions "
            "WHERE reader_version = ? AND deal_id IN (SELECT unnest(?::VARCHAR[])) "
            "QUALIFY edition = max(edition) OVER (PARTITION BY deal_id)",
            [reader_version, ids],
        )
        con.execute(
            "CREATE OR REPLACE TEMP TABLE stored_numbers AS SELECT deal_id, revision, "
            "row_number() OVER (PARTITION BY deal_id ORDER BY revision) AS place FROM stored_numbers"
        )
        same = ", ".join(name for name in revisions[0] if name not in NUMBERING)
        found = con.execute(
            f"SELECT deal_id FROM ("
            f"    SELECT place, {same} FROM core.deal_revisions JOIN stored_numbers USING (deal_id, revision) "
            f"    WHERE reader_version = $version "
            f"    EXCEPT SELECT revision, {same} FROM told_revisions"
            ") UNION SELECT deal_id FROM ("
            "    SELECT deal_id, place, role, name, company_id, position FROM core.deal_parties "
            "    JOIN stored_numbers USING (deal_id, revision) WHERE reader_version = $version "
            "    EXCEPT SELECT deal_id, revision, role, name, company_id, position FROM told_parties"
            ")",
            {"version": reader_version},
        ).fetchall()
    finally:
        con.unregister("told_revisions")
        con.unregister("told_parties")
        con.execute("DROP TABLE IF EXISTS temp.stored_numbers")
    return {deal_id for (deal_id,) in found}
