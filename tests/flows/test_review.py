"""What waits for a person's word is listed with what would settle it; the word goes into a file that people read."""

from __future__ import annotations

import pytest
import yaml
from typer.testing import CliRunner

from extractors.parties.suggest import suggest_companies
from flows.cli import app
from flows.settings import Settings
from flows.steps.read import read
from flows.steps.review import queue
from tests.flows.desk import shown

WHO = ["--who", "Ana", "--why", "the filing says so"]


def review(settings: Settings, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["review", *arguments, "--data-dir", str(settings.data_dir)])
    return done.exit_code, done.output + (str(done.exception) if done.exception else "")


def test_an_unknown_party_waits_until_somebody_says_who_it_is(desk: Settings) -> None:
    (item,) = [item for item in queue(desk) if item.kind == "name"]
    assert (item.about, item.deal_id) == ("Corvane Cloud", "")
    assert "Corvane Cloud signs" in item.words
    assert item.item_id in review(desk)[1]
    assert "gigawire review alias 'Corvane Cloud'" in review(desk, "show", item.item_id)[1]
    assert review(desk, "alias", "Corvane Cloud", "coreweave", *WHO)[0] == 0
    read(desk)
    assert [item for item in queue(desk) if item.kind == "name"] == []


def test_a_decision_is_written_with_what_its_deal_is_known_by(desk: Settings) -> None:
    row = next(row for row in shown(desk) if "Talen" in row["parties"])
    assert review(desk, "fix", row["deal_id"][:6], "power", "up to 350 MW", *WHO)[0] == 0
    (entry,) = yaml.safe_load(desk.overrides.read_text())
    assert entry["deal"] == {
        "id": row["deal_id"],
        "type": "power",
        "parties": entry["deal"]["parties"],
        "first_told": "2026-03-09",
        "articles": ["https://desk.example/amazon"],
    }
    assert {name.split()[0] for name in entry["deal"]["parties"]} == {"Amazon", "Talen"}
    assert (entry["who"], entry["when"], entry["why"]) == ("Ana", "2026-06-03T00:00:00+00:00", "the filing says so")
    read(desk)
    assert [r["power_mw"] for r in shown(desk) if r["deal_id"] == row["deal_id"]] == [350]
    assert queue(desk)[0].kind == "name", "what is settled waits no more"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["fix", "d", "power", "a lot"], "'a lot' is not one figure as '250 MW' is"),
        (["fix", "d", "powr", "5 MW"], "no slot 'powr'"),
        (["alias", "Corvane", "corewave"], "did you mean 'coreweave'?"),
        (["reject", "zzzz"], "no deal 'zzzz'"),
        (["same", "", "zzzz"], "begins the ids of 3 deals"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_it_is_written(
    desk: Settings, arguments: list[str], complaint: str
) -> None:
    code, said = review(desk, *arguments, *WHO)
    assert code != 0
    assert complaint in said
    assert not desk.overrides.exists()


def test_likely_companies_are_suggested_with_how_alike_they_are() -> None:
    assert suggest_companies("Core Weave Inc") == () or suggest_companies("Core Weave Inc")[0].score < 100
    assert suggest_companies("Digital Realty Iberia")[0].company_id == "digital-realty"
    assert suggest_companies("Wholly Unheard Of") == ()
