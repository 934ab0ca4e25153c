"""The two news items that the project began with go through the inbox to the tape."""

from __future__ import annotations

from pathlib import Path

from tests.flows.conftest import Command
from warehouse.connection import open_reader


def test_the_seeds_tell_one_story_of_one_primary_deal(shared: Path, tmp_path: Path, gigawire: Command) -> None:
    done = gigawire("add", "--read", *sorted((shared / "seeds").glob("*.txt")), "--data-dir", tmp_path)
    assert done.returncode == 0, done.stderr
    with open_reader(tmp_path / "published.duckdb") as con:
        deals = con.execute(
            "SELECT type, status, parties, CAST(announced_on AS VARCHAR), value_amount FROM mart.deals "
            "WHERE focus = 'primary'"
        ).fetchall()
        recalled = con.execute(
            "SELECT name, role FROM mart.deal_parties JOIN mart.deals USING (deal_id) WHERE focus = 'background'"
        ).fetchall()
        articles = con.execute("SELECT publisher, is_truncated, story_id FROM mart.articles").fetchall()
    assert deals == [("compute", "announced", "Anthropic (customer); SpaceX (supplier)", "2026-05-06", None)]
    assert {name for name, role in recalled if role == "investor"} == {"Amazon", "Google", "Microsoft"}
    assert {name for name, role in recalled if role != "investor"} == {"Anthropic", "OpenAI"}
    assert len({story for _, _, story in articles}) == 1
    assert ("Reuters", True) in {(publisher, is_truncated) for publisher, is_truncated, _ in articles}
