"""What people decide of names and articles is known before deals are resolved: it joins them, parts them, is undone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from flows.overrides import add_override
from flows.settings import Settings
from flows.steps import reprocess
from flows.steps.decide import complaints_about_overrides
from flows.steps.read import read
from flows.steps.review import deal_entry
from tests.flows.desk import PAGES, hand_over, shown
from tests.flows.tables import differences, tables_of

WHO = {"who": "Ana", "when": "2026-06-02T09:00:00+00:00", "why": "she asked them"}
MORE = {
    "coreweave": (
        "2026-03-04T09:00:00Z",
        "CoreWeave wins $3 billion compute deal from Oracle",
        "CoreWeave will supply Oracle with $3 billion of GPU compute over five years, CoreWeave said.",
    ),
    "dallas": (
        "2026-03-06T09:00:00Z",
        "Nebius leases 120 MW data center from Digital Realty",
        "Nebius has signed a lease with Digital Realty for 120 MW of data center capacity in Dallas, Texas.",
    ),
}


@pytest.fixture
def told(desk: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Beside the three deals: one of CoreWeave, and a second article on that of Nebius."""
    for name, page in MORE.items():
        monkeypatch.setitem(PAGES, name, page)
    hand_over(desk, tmp_path / "more", *MORE)
    read(desk)
    return desk


def deals(settings: Settings) -> list[tuple[str, int]]:
    """(parties, number of articles) of each deal."""
    return sorted((str(row["parties"]), int(str(row["articles_count"]))) for row in shown(settings))


def told_now(settings: Settings) -> list[dict[str, object]]:
    """The deals without how often they were told anew: what was said between stays on record."""
    return [{name: value for name, value in row.items() if name != "revisions_count"} for row in shown(settings)]


def of(settings: Settings, party: str) -> list[tuple[str, int]]:
    return [row for row in deals(settings) if party in row[0]]


def decide(settings: Settings, entry: dict[str, object]) -> None:
    add_override(settings.overrides, {**entry, **WHO})
    read(settings)


def test_claims_of_an_aliased_name_meet_the_deal_of_its_company(told: Settings) -> None:
    before = told_now(told)
    assert len(of(told, "Oracle")) == 2
    decide(told, {"decision": "alias", "name": "corvane cloud", "company": "coreweave"})
    assert of(told, "Oracle") == [("CoreWeave (supplier); Oracle (customer)", 2)]
    same = tables_of(told.data_dir)
    read(told)
    assert differences(same, tables_of(told.data_dir)) == []
    told.overrides.unlink()
    read(told)
    assert told_now(told) == before


def test_one_deal_is_split_where_a_person_tells_its_articles_apart(
    told: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shown(told)
    (whole,) = (row for row in before if "Nebius" in str(row["parties"]))
    assert whole["articles_count"] == 2
    decide(told, deal_entry(told, "different", str(whole["deal_id"]), "https://desk.example/dallas"))
    assert [count for _, count in of(told, "Nebius")] == [1, 1]
    assert whole["deal_id"] in {row["deal_id"] for row in shown(told)}
    assert complaints_about_overrides(told) == []
    same = tables_of(told.data_dir)
    read(told)
    assert differences(same, tables_of(told.data_dir)) == []

    monkeypatch.setattr("extractors.read.READER_VERSION", "2099.1")
    done = reprocess.reprocess(told)
    assert (done.report.diff.new, done.report.diff.gone, done.report.diff.changed) == ((), (), ())
    reprocess.accept(told, by="Ana", reason="checked")
    assert [count for _, count in of(told, "Nebius")] == [1, 1]
    assert complaints_about_overrides(told) == []

    told.overrides.unlink()
    read(told)
    assert [count for _, count in of(told, "Nebius")] == [2]


def test_it_does_not_count_which_of_two_deals_is_named_first(told: Settings) -> None:
    ids = [str(row["deal_id"]) for row in shown(told) if "Oracle" in str(row["parties"])]
    decide(told, deal_entry(told, "same", *sorted(ids, key=lambda each: each == min_told(told, ids))))
    (joined,) = (row for row in shown(told) if "Oracle" in str(row["parties"]))
    assert (joined["deal_id"], joined["articles_count"]) == (min_told(told, ids), 2)
    made = yaml.safe_load(told.overrides.read_text())[0]
    add_override(told.overrides, {**made, "decision": "different", "deals": made["deals"][::-1], "when": "2026-06-03"})
    read(told)
    assert len(of(told, "Oracle")) == 2


def min_told(settings: Settings, ids: list[str]) -> str:
    """The one of the deals that was told first."""
    told = shown(settings, "SELECT deal_id, min(as_of_at) AS first_at FROM core.deal_revisions GROUP BY deal_id")
    return min((row["first_at"], str(row["deal_id"])) for row in told if row["deal_id"] in ids)[1]
