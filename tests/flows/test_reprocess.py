"""A new reader reads the archive again beside the tape; readers see it only after somebody has accepted it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extractors.records import Document, Extraction
from flows.settings import Settings
from flows.steps import reading
from flows.steps import reprocess as step
from flows.steps.read import read
from tests.flows.desk import fill, hand_over, shown
from tests.flows.tables import differences, tables_of

NEW = "2099.1"


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes this program's reader a newer one that reads power ``times`` as large."""

    def become(times: int = 1) -> None:
        monkeypatch.setattr("extractors.read.READER_VERSION", NEW)
        monkeypatch.setenv("GIGAWIRE_NOW", "2026-07-01T00:00:00+00:00")
        original = reading.read_document

        def read_otherwise(document: Document, **given: str) -> Extraction:
            found = original(document, **given)
            return replace(
                found,
                deal_mentions=tuple(
                    replace(claim, power=claim.power and replace(claim.power, mw=claim.power.mw * times))
                    for claim in found.deal_mentions
                ),
            )

        monkeypatch.setattr(reading, "read_document", read_otherwise)

    return become


def power(settings: Settings) -> list[Decimal]:
    return sorted(row["power_mw"] for row in shown(settings) if row["power_mw"] is not None)


def test_the_reader_that_keeps_the_tape_differs_in_nothing(desk: Settings) -> None:
    before = tables_of(desk.data_dir)
    done = step.reprocess(desk)
    assert done.report.diff.is_empty
    assert done.read.documents == 0
    assert differences(before, tables_of(desk.data_dir)) == []


def test_an_identical_reader_of_another_name_differs_in_nothing(desk: Settings, upgrade: Callable[..., None]) -> None:
    upgrade()
    done = step.reprocess(desk)
    assert done.read.documents == 3
    assert done.report.diff.is_empty, done.markdown.read_text()
    assert done.report.diff.same_count == 3


def test_what_would_change_is_told_slot_by_slot_before_it_does(desk: Settings, upgrade: Callable[..., None]) -> None:
    before = shown(desk)
    upgrade(times=2)
    done = step.reprocess(desk)
    changes = {(s.before, s.after) for c in done.report.diff.changed for s in c.slots if s.slot == "power"}
    assert changes == {("120 MW", "240 MW"), ("300 MW", "600 MW")}
    told = json.loads(done.markdown.with_suffix(".json").read_text())
    assert told["counts"] == {"new": 0, "gone": 0, "changed": 2, "same": 1}
    assert {"measure": "power_mw", "before": "420.000", "after": "840.000"} in told["totals"]
    assert "| MW | 420 | 840 | +420 |" in done.markdown.read_text()
    assert shown(desk) == before


def test_accepting_shows_the_new_reading_and_keeps_what_was_known(desk: Settings, upgrade: Callable[..., None]) -> None:
    old = tables_of(desk.data_dir)
    upgrade(times=2)
    step.reprocess(desk)
    step.accept(desk, by="Ana", reason="checked")
    assert power(desk) == [240, 600]
    new = tables_of(desk.data_dir)
    for table in ("core.articles", "core.deal_mentions", "core.deals", "core.deal_revisions", "core.deal_evidence"):
        assert set(old[table]) <= set(new[table]), f"{table}: a row of the old tape was rewritten"
    accepted = shown(desk, "SELECT reader_version, accepted_by, reason FROM core.reader_versions ORDER BY acceptance")
    assert [row["accepted_by"] for row in accepted] == ["gigawire", "Ana"]
    assert accepted[1]["reader_version"] == NEW


def test_news_after_an_upgrade_is_on_the_tape_before_anything_is_accepted(
    settings: Settings, tmp_path: Path, upgrade: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIGAWIRE_NOW", "2026-06-01T00:00:00+00:00")
    fill(settings, tmp_path, "nebius")
    upgrade(times=2)
    fill(settings, tmp_path, "amazon")
    assert power(settings) == [120, 600]
    assert f"reader {NEW} reads the news that comes in" in step.waiting_reader(settings)
    told = shown(settings, "SELECT read_with FROM core.articles ORDER BY first_seen_at")
    assert told[-1]["read_with"] == NEW
    step.reprocess(settings)
    step.accept(settings, by="Ana", reason="checked")
    assert power(settings) == [240, 600]
    assert step.waiting_reader(settings) == ""


def test_a_setting_lets_a_run_accept_it(desk: Settings, upgrade: Callable[..., None]) -> None:
    upgrade(times=2)
    step.adopt_reader(desk)
    assert power(desk) == [120, 300]
    step.adopt_reader(desk.model_copy(update={"accept_new_reader": "auto"}))
    assert power(desk) == [240, 600]


def test_a_part_of_the_news_is_judged_by_itself_and_cannot_be_accepted(
    desk: Settings, upgrade: Callable[..., None]
) -> None:
    upgrade(times=2)
    part = step.reprocess(desk, since=date(2026, 3, 3), until=date(2026, 3, 6))
    assert (part.read.documents, part.report.documents_left, part.report.left_out_count) == (1, 2, 2)
    assert [change.before.label for change in part.report.diff.changed] == [
        "lease, announced, Digital Realty (supplier); Nebius (customer)"
    ]
    with pytest.raises(step.ReprocessError, match="without --since and --until"):
        step.accept(desk, by="Ana", reason="in a hurry")


def test_discarding_leaves_no_trace_and_the_tape_as_it_was(desk: Settings, upgrade: Callable[..., None]) -> None:
    before = tables_of(desk.data_dir)
    upgrade(times=2)
    step.reprocess(desk)
    assert step.discard(desk) == 3
    assert differences(before, tables_of(desk.data_dir)) == []
    with pytest.raises(step.ReprocessError, match="no report of reader"):
        step.accept(desk, by="Ana", reason="after all")


def test_going_on_where_it_was_killed_gives_the_same(
    desk: Settings, upgrade: Callable[..., None], tmp_path: Path
) -> None:
    upgrade(times=2)
    from flows.steps.read import read_documents

    read_documents(desk, NEW, wanted=lambda raw: raw.title == "oracle.html")  # and the power went out
    done = step.reprocess(desk)
    assert (len(done.report.diff.changed), done.report.is_whole) == (2, True)
    hand_over(desk, tmp_path / "pages", "oracle")
    assert read(desk).new_deals == 0


def test_an_empty_warehouse_says_what_to_do(settings: Settings) -> None:
    with pytest.raises(step.ReprocessError, match="run `gigawire run` first"):
        step.reprocess(settings)
