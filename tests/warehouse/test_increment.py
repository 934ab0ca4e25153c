"""A release that begins with the last one is the whole release, byte for byte, whatever changed in between."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest

from tests.benchmarks.big_tape import Size, fill
from tests.warehouse.test_changes import applied
from warehouse import catalog, increment, serving
from warehouse.connection import open_writer
from warehouse.errors import CheckFailedError
from warehouse.publish import publish, read_manifest

Connection = duckdb.DuckDBPyConnection
AGAIN = "article_id || 'n' IN (SELECT article_id FROM core.articles)"
ENDING = "1 AS ending, 'half_told' AS reason, recorded_at FROM core.deals"
# What happens between two releases; each touches rows that the last release has shown.
NEWS = f"""
INSERT INTO raw.documents BY NAME SELECT * REPLACE (document_id || 'n' AS document_id, item_id || 'n' AS item_id)
FROM raw.documents WHERE item_id IN ('item-20', 'item-21', 'item-25', 'item-30');
INSERT INTO core.articles BY NAME SELECT * REPLACE (
    article_id || 'n' AS article_id, document_id || 'n' AS document_id, item_id || 'n' AS item_id,
    published_on + 3 AS published_on)
FROM core.articles WHERE item_id IN ('item-20', 'item-21', 'item-25', 'item-30');
INSERT INTO core.mentions BY NAME SELECT * REPLACE (article_id || 'n' AS article_id) FROM core.mentions WHERE {AGAIN};
INSERT INTO core.stories BY NAME SELECT * REPLACE (article_id || 'n' AS article_id) FROM core.stories WHERE {AGAIN};
INSERT INTO core.deal_mentions BY NAME
SELECT * REPLACE (deal_mention_id || 'n' AS deal_mention_id, article_id || 'n' AS article_id)
FROM core.deal_mentions WHERE {AGAIN};
INSERT INTO core.slot_evidence BY NAME SELECT * REPLACE (deal_mention_id || 'n' AS deal_mention_id)
FROM core.slot_evidence WHERE deal_mention_id || 'n' IN (SELECT deal_mention_id FROM core.deal_mentions);
INSERT INTO core.deal_mention_parties BY NAME SELECT * REPLACE (deal_mention_id || 'n' AS deal_mention_id)
FROM core.deal_mention_parties WHERE deal_mention_id || 'n' IN (SELECT deal_mention_id FROM core.deal_mentions);
INSERT INTO core.deal_evidence BY NAME
SELECT * REPLACE (deal_mention_id || 'n' AS deal_mention_id, 'repeated' AS kind)
FROM core.deal_evidence WHERE deal_mention_id || 'n' IN (SELECT deal_mention_id FROM core.deal_mentions);
"""
RESOLVED = f"""
INSERT INTO core.deal_endings BY NAME
SELECT deal_id, reader_version, 'withdrawn' AS kind, {ENDING} WHERE deal_id = 'deal-4';
INSERT INTO core.deal_endings BY NAME
SELECT deal_id, reader_version, 'merged' AS kind, 'deal-9' AS into_deal_id, {ENDING} WHERE deal_id = 'deal-8';
INSERT INTO core.deal_evidence BY NAME SELECT * REPLACE (2 AS decision, 'deal-13' AS deal_id, 'repeated' AS kind)
FROM core.deal_evidence WHERE deal_id = 'deal-12' AND kind <> 'new';
INSERT INTO core.deal_revisions BY NAME
SELECT * REPLACE (2 AS edition, revision + 10 AS revision, 'cancelled' AS status)
FROM core.deal_revisions WHERE deal_id = 'deal-17' AND revision = 1;
INSERT INTO core.deal_parties BY NAME
SELECT * REPLACE (revision + 10 AS revision, CASE position WHEN 0 THEN 'Unknown Works 5' ELSE name END AS name,
    NULL AS company_id)
FROM core.deal_parties WHERE deal_id = 'deal-17' AND revision = 1;
INSERT INTO core.issues BY NAME
SELECT 'resolve' AS stage, deal_mention_id AS subject_id, 'conflicting_value' AS code, reader_version, '' AS message,
    recorded_at AS first_seen_at
FROM core.deal_evidence WHERE deal_id = 'deal-16';
"""
MOVED = """
INSERT INTO core.deal_endings BY NAME
SELECT deal_id, reader_version, 'merged' AS kind, 'deal-11' AS into_deal_id, 1 AS ending, '' AS reason, recorded_at
FROM core.deals WHERE deal_id = 'deal-9';
INSERT INTO core.deal_endings BY NAME SELECT * REPLACE ('restored' AS kind, 2 AS ending, NULL AS into_deal_id)
FROM core.deal_endings WHERE deal_id IN ('deal-4', 'deal-8');
INSERT INTO core.stories BY NAME SELECT * REPLACE (2 AS placement, 'story-3' AS story_id)
FROM core.stories WHERE story_id = 'story-20';
INSERT INTO core.copies BY NAME
SELECT copy.article_id, copy.reader_version, first.article_id AS original_id, 'exact' AS copy_kind, copy.recorded_at
FROM core.articles AS copy, core.articles AS first WHERE copy.item_id = 'item-95' AND first.item_id = 'item-40';
INSERT INTO raw.documents BY NAME SELECT * REPLACE ('d-page' AS document_id)
FROM raw.documents WHERE item_id = 'item-15';
INSERT INTO core.articles BY NAME SELECT * REPLACE (
    'page' AS article_id, 'd-page' AS document_id, 'page' AS kind, retrieved_at + INTERVAL 1 HOUR AS retrieved_at)
FROM core.articles WHERE item_id = 'item-15';
"""


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Notes of each release whether it began with the last one; on a small tape a few rows are a large share."""
    monkeypatch.setattr(increment, "LARGEST_SHARE", 1)
    noted: list[bool] = []
    build = serving.build_increment
    monkeypatch.setattr(
        serving, "build_increment", lambda *given: noted.append((same := build(*given)) is not None) or same
    )
    return noted


def content(folder: Path) -> dict[str, object]:
    """Every file by its hash; of the database its tables by their rows."""
    found: dict[str, object] = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix != ".duckdb"
    }
    with duckdb.connect(str(folder / "published.duckdb"), read_only=True) as con:
        for mart in catalog.load().marts:
            found[mart.name] = con.execute(f"SELECT count(*), sum(hash(t)::HUGEINT) FROM {mart.name} AS t").fetchall()
    return found


def test_an_incremental_release_is_the_whole_one_byte_for_byte(tmp_path: Path, begun: list[bool]) -> None:
    with open_writer(tmp_path / "warehouse.duckdb") as con:
        fill(con, Size(articles=150))
        last = publish(con, tmp_path, increments_from=0)
        con.execute(NEWS + RESOLVED + MOVED)
        release = publish(con, tmp_path, increments_from=0, accept_totals=True)
        assert release.is_new
        (tmp_path / "whole").mkdir()
        whole = publish(con, tmp_path / "whole", increments_from=10**9)
        assert content(release.path) == content(whole.path)
        (changes,) = (tmp_path / "changes").glob(f"*-{last.release_id}-{release.release_id}")
        for table in (read_manifest(release.path) or {})["tables"]:
            found, expected = applied(last.path, changes, release.path, table["name"], table["key"])
            assert found == expected, table["name"]
    assert begun == [True]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE core.articles SET title = title || ' anew' WHERE item_id = 'item-7'",
        "DELETE FROM core.stories WHERE story_id = 'story-30'",
        "DELETE FROM core.mentions WHERE start_char = 0",
        "INSERT INTO core.reader_versions SELECT * REPLACE (acceptance + 1 AS acceptance) FROM core.reader_versions",
    ],
)
def test_rows_that_are_others_now_make_the_next_release_whole(tmp_path: Path, begun: list[bool], change: str) -> None:
    with open_writer(tmp_path / "warehouse.duckdb") as con:
        fill(con, Size(articles=150))
        publish(con, tmp_path, increments_from=0)
        con.execute(change)
        release = publish(con, tmp_path, increments_from=0, accept_totals=True)
        (tmp_path / "whole").mkdir()
        whole = publish(con, tmp_path / "whole", increments_from=10**9)
        assert content(release.path) == content(whole.path)
    assert begun == [False]


@pytest.mark.parametrize(
    ("breach", "check", "is_increment"),
    [
        (
            "INSERT INTO core.slot_evidence BY NAME SELECT * REPLACE ('place' AS slot, start_char + 1 AS start_char) "
            "FROM core.slot_evidence WHERE slot = 'trigger' LIMIT 1",
            "assert_surfaces_are_in_the_text",
            True,
        ),
        (
            "UPDATE core.slot_evidence SET start_char = start_char + 1 WHERE slot = 'trigger'",
            "assert_surfaces_are_in_the_text",
            False,
        ),
        (
            "INSERT INTO core.deal_evidence BY NAME SELECT * REPLACE (2 AS decision, 'none' AS deal_id) "
            "FROM core.deal_evidence LIMIT 1",
            "assert_references",
            True,
        ),
        (
            "INSERT INTO core.claim_keys FROM core.claim_keys LIMIT 1",
            "assert_unique_core_claim_keys",
            True,
        ),
        # of no document or article that is known: nothing can be followed, all is looked at
        (
            "DELETE FROM raw.documents WHERE item_id = 'item-0'",
            "assert_articles_have_documents",
            False,
        ),
        (
            "INSERT INTO core.mentions BY NAME SELECT * REPLACE ('gone' AS article_id) FROM core.mentions LIMIT 1",
            "assert_mentions_have_articles",
            False,
        ),
    ],
)
def test_a_breach_holds_the_next_release(
    tmp_path: Path, begun: list[bool], breach: str, check: str, is_increment: bool
) -> None:
    with open_writer(tmp_path / "warehouse.duckdb") as con:
        fill(con, Size(articles=20))
        first = publish(con, tmp_path, increments_from=0)
        con.execute(breach)
        with pytest.raises(CheckFailedError, match=check):
            publish(con, tmp_path, increments_from=0)
        assert (tmp_path / "release").resolve() == first.path.resolve()
    assert begun == [is_increment]
