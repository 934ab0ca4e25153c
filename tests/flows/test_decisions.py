"""What people decide goes before what the machine reads: at once, at every run, with every reader, and on record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from flows.overrides import add_override, read_overrides
from flows.settings import Settings
from flows.steps.decide import complaints_about_overrides
from flows.steps.read import read
from tests.flows.desk import shown
from tests.flows.tables import differences, tables_of
from warehouse.checks import run_checks
from warehouse.connection import open_writer

SIGNED = "  who: A\n  when: 2026-01-01\n  why: b\n"
WHO = {"who": "Ana", "when": "2026-06-02T09:00:00+00:00", "why": "the filing says so"}


def deal(settings: Settings, party: str) -> dict[str, object]:
    """The deal of a company, described as `gigawire review` would."""
    row = next(row for row in shown(settings) if party in row["parties"])
    names = [name.rpartition(" (")[0] for name in row["parties"].split("; ")]
    articles = shown(settings, f"SELECT DISTINCT url FROM mart.deal_evidence WHERE deal_id = '{row['deal_id']}'")
    return {
        "id": row["deal_id"],
        "type": row["type"],
        "parties": names,
        "first_told": row["first_reported_on"].isoformat(),
        "articles": [told["url"] for told in articles],
    }


def decide(settings: Settings, **entry: object) -> None:
    add_override(settings.overrides, {**entry, **WHO})
    read(settings)


def one(settings: Settings, party: str) -> dict[str, object]:
    return next(row for row in shown(settings) if party in row["parties"])


@pytest.mark.long
def test_a_fixed_slot_is_shown_with_whose_word_it_is(desk: Settings) -> None:
    decide(desk, decision="fix", deal=deal(desk, "Nebius"), slot="power", value="up to 150 MW")
    with open_writer(desk.warehouse) as con:
        run_checks(con)
    row = one(desk, "Nebius")
    assert (row["power_mw"], row["power_bound"], row["decided_slots"]) == (150, "up_to", "power by Ana")
    told = shown(desk, f"SELECT * FROM mart.deal_evidence WHERE deal_id = '{row['deal_id']}' AND slot = 'power'")
    assert [(t["publisher"], t["sentence"], t["is_source"]) for t in told if t["value"] == "up to 150 MW"] == [
        ("Ana", "the filing says so", True)
    ]
    kept = shown(desk, "FROM core.decisions")
    assert [(row["outcome"], row["decided_by"]) for row in kept] == [("applied", "Ana")]
    assert '"power": "120 MW"' in kept[0]["state_before"]


def test_every_slot_can_be_fixed(desk: Settings) -> None:
    meant = deal(desk, "Nebius")
    for slot, value in {
        "type": "compute",
        "status": "cancelled",
        "value": "EUR 2.5 billion",
        "power": "none",
        "term": "5 years",
        "start": "from 2027",
        "parties": "Meta (customer); Equinix (supplier)",
        "locations": "Austin, Texas",
    }.items():
        add_override(desk.overrides, {"decision": "fix", "deal": meant, "slot": slot, "value": value, **WHO})
    read(desk)
    row = next(row for row in shown(desk) if row["deal_id"] == meant["id"])
    fixed = ("type", "status", "value_currency_code", "power_mw", "term_months", "start_period", "locations")
    assert [row[name] for name in fixed] == ["compute", "cancelled", "EUR", None, 60, "2027", "Austin, Texas"]
    assert (row["customers"], row["suppliers"]) == ("Meta Platforms", "Equinix")
    assert row["decided_slots"].count(" by Ana") == 8


def test_a_value_that_does_not_fit_its_slot_is_said(desk: Settings) -> None:
    decide(desk, decision="fix", deal=deal(desk, "Nebius"), slot="power", value="a lot")
    assert one(desk, "Nebius")["power_mw"] == 120
    assert "'a lot' is not one figure as '250 MW' is" in complaints_about_overrides(desk)[0]


def test_a_rejected_deal_leaves_the_tape_and_comes_back_when_that_is_taken_back(desk: Settings) -> None:
    before = shown(desk)
    decide(desk, decision="reject", deal=deal(desk, "Talen"))
    assert len(shown(desk)) == 2
    desk.overrides.unlink()
    read(desk)
    assert shown(desk) == before
    events = shown(desk, "SELECT outcome FROM core.decisions ORDER BY event")
    assert [row["outcome"] for row in events] == ["applied", "lifted"]


def test_deals_that_are_one_are_shown_once_with_the_claims_of_both(desk: Settings) -> None:
    decide(desk, decision="same", deals=[deal(desk, "Nebius"), deal(desk, "Talen")])
    assert len(shown(desk)) == 2
    first = one(desk, "Nebius")
    assert first["articles_count"] == 2
    made = yaml.safe_load(desk.overrides.read_text())[0]
    add_override(desk.overrides, {**made, "decision": "different", "when": "2026-06-03T00:00:00Z"})
    read(desk)
    assert len(shown(desk)) == 3


def test_a_name_is_a_company_of_the_registry_once_somebody_says_so(desk: Settings) -> None:
    assert {"name": "Corvane Cloud"} in shown(desk, "SELECT name FROM mart.unknown_names WHERE deals_count > 0")
    decide(desk, decision="alias", name="corvane cloud", company="coreweave")
    row = one(desk, "Oracle")
    assert row["suppliers"] == "CoreWeave"
    assert shown(desk, "SELECT company_id FROM mart.deal_parties WHERE name = 'CoreWeave'") == [
        {"company_id": "coreweave"}
    ]
    assert shown(desk, "SELECT name FROM mart.unknown_names WHERE deals_count > 0") == []


def test_running_again_with_the_same_decisions_adds_nothing(desk: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(desk, decision="fix", deal=deal(desk, "Nebius"), slot="power", value="about 0.1234567 GW")
    decide(desk, decision="reject", deal=deal(desk, "Talen"))
    decide(desk, decision="alias", name="Corvane Cloud", company="coreweave")
    before = tables_of(desk.data_dir)
    monkeypatch.setenv("GIGAWIRE_NOW", "2026-08-01T00:00:00+00:00")
    read(desk)
    assert differences(before, tables_of(desk.data_dir)) == []


def test_decisions_find_their_deals_again_with_a_new_reader(desk: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from flows.steps import reading, reprocess

    decide(desk, decision="fix", deal=deal(desk, "Nebius"), slot="power", value="150 MW")
    decide(desk, decision="reject", deal=deal(desk, "Talen"))
    monkeypatch.setattr("extractors.read.READER_VERSION", "2099.1")
    original: Callable = reading.read_document

    def read_otherwise(document, **given):  # type: ignore[no-untyped-def]
        found = original(document, **given)
        return replace(found, deal_mentions=tuple(replace(c, status="closed") for c in found.deal_mentions))

    def other_id(claim, taken=()):  # type: ignore[no-untyped-def]
        return f"new-{claim.mention.deal_mention_id[:8]}"

    monkeypatch.setattr(reading, "read_document", read_otherwise)
    monkeypatch.setattr("flows.steps.resolve._new_id", other_id)
    old = {row["deal_id"] for row in shown(desk)}
    done = reprocess.reprocess(desk)
    changes = {(s.slot, s.before, s.after) for c in done.report.diff.changed for s in c.slots}
    assert changes == {("status", "announced", "closed")}, "what people decided holds on both tapes"
    reprocess.accept(desk, by="Ana", reason="checked")
    assert len(shown(desk)) == 2
    assert not old & {row["deal_id"] for row in shown(desk)}
    assert one(desk, "Nebius")["power_mw"] == 150


def test_what_does_not_apply_is_said_and_never_dropped(desk: Settings) -> None:
    gone = {"id": "0000", "parties": ["Nebius"], "articles": ["https://desk.example/elsewhere"]}
    decide(desk, decision="reject", deal=gone)
    assert len(shown(desk)) == 3
    assert [(r["outcome"], r["deal_ids"]) for r in shown(desk, "FROM mart.decisions")] == [("not_applicable", None)]
    (line,) = complaints_about_overrides(desk)
    assert ":5: this reject does not apply now: deal 0000 is not on the tape" in line


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# mine\n\n- decision: reject\n  who: A\n", ":3: 'when' is missing"),
        ("- decision: fix\n  slott: x\n", ":1: unknown key 'slott'; did you mean 'slot'?"),
        (f"- decision: reject\n  deal: {{id: a, article: [b]}}\n{SIGNED}", "unknown key 'deal.article'; did you mean"),
        ("- decision: joined\n", "`decision` must be one of same, different, alias, reject, fix"),
        (f"- decision: alias\n  name: X\n  company: corewave\n{SIGNED}", "did you mean 'coreweave'?"),
        ("- decision: [", "no YAML"),
        ("decision: fix", "must be a list of decisions"),
        ("- 5", "an entry is a list of keys"),
        ("- decision: reject\n  deal: {id: a}\n  who: A\n  when: yesterday\n  why: b\n", "'when': "),
    ],
)
def test_a_wrong_entry_is_named_with_its_line_and_the_run_goes_on(
    settings: Settings, text: str, complaint: str
) -> None:
    settings.overrides.parent.mkdir(parents=True)
    settings.overrides.write_text(text)
    (line,) = complaints_about_overrides(settings)
    assert line.startswith(str(settings.overrides))
    assert complaint in line


def test_entries_are_added_under_what_people_wrote_by_hand(settings: Settings) -> None:
    alias = {"decision": "alias", "name": "Corvane", "company": "coreweave", **WHO}
    add_override(settings.overrides, alias)
    settings.overrides.write_text(settings.overrides.read_text() + "# checked with Ben")
    add_override(settings.overrides, {**alias, "name": "Corvane Inc"})
    text = settings.overrides.read_text()
    assert "# checked with Ben\n" in text
    assert [d.name for d in read_overrides(settings.overrides).decisions] == ["Corvane", "Corvane Inc"]
