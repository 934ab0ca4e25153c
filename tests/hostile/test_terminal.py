"""S11 at the terminal: what feeds, lists of feeds and servers say is shown as text and obeyed by nothing."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.feeds import FeedSource, write_feeds
from tests.hostile.conftest import Plant
from tests.hostile.feeds import item, rss
from tests.hostile.server import HostileServer, answer, saying

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31m"
BIDI = "\u202edetrevni\u202c\u2066\u200b"
OBEYED = set("\x1b\x07\x9b\u202e\u202c\u2066\u200b")


@pytest.mark.parametrize(
    "command",
    [
        ["feeds", "list"],
        ["feeds", "status"],
        ["feeds", "alarms"],
        ["status"],
        ["articles", "list"],
        ["feeds", "list", "--json"],
    ],
    ids=" ".join,
)
def test_s11_no_command_prints_what_a_terminal_obeys(
    plant: Plant, server: HostileServer, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    hostile = f"{ESCAPES}300 MW {BIDI}"
    headers = {"Content-Type": "text/xml\x1b[31m"}
    urls = {
        "good": server.url("/g", saying(answer(rss([item(1, hostile)], title=BIDI), headers=headers))),
        "bad": server.url("/b", saying(answer(f"<html><title>{hostile}</title>".encode()))),
        "worse": server.url("/w", saying(answer(b"", "403 \x1b[31mForbidden\x07"))),
    }
    for _ in range(3):
        plant.poll(urls)
    assert plant.settings.feeds is not None
    write_feeds(
        plant.settings.feeds,
        [FeedSource(feed_id=name, url=url, publisher=f"Wire {hostile}") for name, url in urls.items()],
    )
    monkeypatch.setenv("GIGAWIRE_FEEDS", str(plant.settings.feeds))
    done = CliRunner().invoke(app, [*command, "--data-dir", str(plant.settings.data_dir)])
    assert not set(done.output) & OBEYED, repr(done.output[:400])


def test_s13_and_sql_in_a_feed_id_never_reaches_the_list(plant: Plant) -> None:
    from flows.feeds import FeedListError

    for feed_id in ("../../x", "a'; DROP TABLE raw.entries; --", "\x1b[31m", "a" * 300, ""):
        with pytest.raises(FeedListError):
            plant.poll({feed_id: "https://wire.example/f"})
