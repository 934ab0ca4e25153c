"""Bad input: one clear line each, the documented exit code, and the rest of the run goes on."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from flows.feeds import FeedSource, write_feeds
from flows.settings import LOOPBACK
from tests.flows.conftest import Command, held_open
from tests.flows.wire import DEALS, rss, write_wire
from warehouse.connection import open_reader, open_writer

HERE = {
    "GIGAWIRE_ALLOW_PRIVATE_ADDRESSES": f'["{LOOPBACK}"]',
    "GIGAWIRE_HOST_DELAY_SECONDS": "0",
    "GIGAWIRE_RETRY_WAIT_SECONDS": "0.01",
    "GIGAWIRE_FETCH_PAGES": "false",
}


def said_about(stderr: str, name: str) -> list[str]:
    return [line for line in stderr.splitlines() if name in line]


def test_feeds_that_fail_say_why_in_a_line_and_the_others_go_on(
    tmp_path: Path, httpserver: HTTPServer, gigawire: Command
) -> None:
    bodies = {
        "good": (200, rss(DEALS[:2])),
        "broken_xml": (200, rss(DEALS[2:]).replace("</item><item>", "</item>&nbsp;<item>").replace("</channel>", "")),
        "not_found": (404, "no such feed"),
        "html_page": (200, "<!doctype html><html><body><h1>Are you a robot?</h1></body></html>"),
        "empty_body": (200, ""),
        "binary_file": (200, "\x00\x01\x02" * 100),
    }
    for name, (status, body) in bodies.items():
        httpserver.expect_request(f"/{name}").respond_with_data(body, status=status, content_type="application/rss+xml")
    feeds = [FeedSource(feed_id=name, url=httpserver.url_for(f"/{name}")) for name in bodies]
    feeds.append(FeedSource(feed_id="no_host", url="http://nowhere.invalid/feed"))
    write_feeds(tmp_path / "feeds.csv", feeds)
    done = gigawire("run", "--no-server", "--feeds", tmp_path / "feeds.csv", "--data-dir", tmp_path / "data", env=HERE)
    assert done.returncode == 3, done.stderr
    for name, reason in {
        "not_found": "answered 404",
        "html_page": "HTML",
        "empty_body": "empty",
        "binary_file": "binary",
        "no_host": "there is no such host",
    }.items():
        [line] = said_about(done.stderr, f"feed {name} ")
        assert "failed" in line
        assert reason in line
    assert "Traceback" not in done.stderr
    with open_reader(tmp_path / "data" / "published.duckdb") as con:
        found = dict(con.execute("SELECT feed_id, items_count FROM mart.feeds").fetchall())
    assert (found["good"], found["broken_xml"]) == (2, 2)


def test_when_all_feeds_fail_the_run_says_so(tmp_path: Path, httpserver: HTTPServer, gigawire: Command) -> None:
    httpserver.expect_request("/f").respond_with_data("gone", status=410)
    write_feeds(tmp_path / "feeds.csv", [FeedSource(feed_id="only", url=httpserver.url_for("/f"))])
    done = gigawire("run", "--no-server", "--feeds", tmp_path / "feeds.csv", "--data-dir", tmp_path / "data", env=HERE)
    assert done.returncode == 4
    assert len(said_about(done.stderr, "feed only failed")) == 1


@pytest.mark.long
def test_a_private_address_is_not_called(tmp_path: Path, httpserver: HTTPServer, gigawire: Command) -> None:
    write_feeds(tmp_path / "feeds.csv", [FeedSource(feed_id="inside", url=httpserver.url_for("/f"))])
    done = gigawire("run", "--no-server", "--feeds", tmp_path / "feeds.csv", "--data-dir", tmp_path / "data")
    assert done.returncode == 4
    assert "[blocked_address]" in said_about(done.stderr, "feed inside failed")[0]
    assert httpserver.log == []


def test_a_binary_file_is_not_added_and_the_others_are(tmp_path: Path, gigawire: Command) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "note.txt").write_text(f"{DEALS[0]}\n\n{DEALS[0]}, the companies said.\n")
    files = [tmp_path / name for name in ("picture.png", "note.txt", "empty.txt", "missing.txt")]
    done = gigawire("add", "--read", *files, "--data-dir", tmp_path / "data")
    assert done.returncode == 3, done.stderr
    assert "picture.png not added: binary" in done.stderr
    assert "empty.txt not added: empty" in done.stderr
    assert "missing.txt not added: cannot be opened (No such file or directory)" in done.stderr
    assert "note.txt: added" in done.stderr
    with open_reader(tmp_path / "data" / "published.duckdb") as con:
        assert con.execute("SELECT count(*) FROM mart.articles").fetchone() == (1,)


@pytest.mark.long
def test_a_file_added_twice_is_there_once(tmp_path: Path, gigawire: Command) -> None:
    (tmp_path / "note.txt").write_text(f"{DEALS[0]}\n\n{DEALS[0]}, the companies said.\n")
    assert gigawire("add", tmp_path / "note.txt", "--data-dir", tmp_path / "data").returncode == 0
    again = gigawire("add", tmp_path / "note.txt", "--data-dir", tmp_path / "data")
    assert again.returncode == 0
    assert "was there already" in again.stderr
    with open_writer(tmp_path / "data" / "warehouse.duckdb") as con:
        assert con.execute("SELECT count(*) FROM raw.documents").fetchone() == (1,)


@pytest.mark.parametrize("engine", [["--no-server"], []], ids=["steps", "engine"])
def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path, gigawire: Command, engine: list[str]) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    folder = write_wire(tmp_path / "feeds")
    done = gigawire("run", *engine, "--feeds-dir", folder, "--data-dir", tmp_path / "data")
    assert done.returncode == 6, done.stderr
    [line] = [line for line in done.stderr.splitlines() if line.startswith("gigawire: ")]
    assert str(tmp_path / "data") in line
    assert "Traceback" not in done.stderr


def test_a_locked_warehouse_is_told_with_the_process_that_holds_it(tmp_path: Path, gigawire: Command) -> None:
    folder = write_wire(tmp_path / "feeds")
    with held_open(tmp_path / "data" / "warehouse.duckdb") as holder:
        done = gigawire(
            "run",
            "--no-server",
            "--feeds-dir",
            folder,
            "--data-dir",
            tmp_path / "data",
            env={"GIGAWIRE_LOCK_SECONDS": "0.5"},
        )
    assert done.returncode == 5, done.stderr
    [line] = [line for line in done.stderr.splitlines() if line.startswith("gigawire: ")]
    assert f"process {holder.pid}" in line


def test_a_second_run_with_the_engine_is_told_of_the_first(tmp_path: Path, gigawire: Command) -> None:
    home = tmp_path / "data" / "prefect"
    home.mkdir(parents=True)
    with (home / "run.lock").open("w+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711")
        lock.flush()
        done = gigawire("run", "--feeds-dir", write_wire(tmp_path / "feeds"), "--data-dir", tmp_path / "data")
    assert done.returncode == 5
    assert "another run on this data folder is under way (process 4711)" in done.stderr


@pytest.mark.long
def test_a_check_that_finds_rows_stops_the_publish(tmp_path: Path, gigawire: Command) -> None:
    folder = write_wire(tmp_path / "feeds")
    command = ["run", "--no-server", "--feeds-dir", folder, "--data-dir", tmp_path / "data"]
    assert gigawire(*command).returncode == 0
    before = (tmp_path / "data" / "published.duckdb").resolve()
    with open_writer(tmp_path / "data" / "warehouse.duckdb") as con:
        con.execute("UPDATE core.deals SET type = 'marriage'")
    done = gigawire(*command)
    assert done.returncode == 7
    assert said_about(done.stderr, "assert_vocabularies")
    assert (tmp_path / "data" / "published.duckdb").resolve() == before


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["run", "--no-server", "--feeds", "nowhere.csv"], 6, "nowhere.csv: cannot be read as a list of feeds"),
        (["run", "--no-server", "--config", "nowhere.toml"], 6, "nowhere.toml"),
        (["run", "--feeds", "a", "--feeds-dir", "b"], 2, "exclude each other"),
        (["run", "--feeds-dir", "nowhere"], 6, "nowhere"),
        (["run", "--no-such-option"], 2, "No such option"),
        (["sql", "SELECT 1", "--data-dir", "nowhere"], 6, "nothing is published at nowhere"),
        (["deals", "list", "--data-dir", "nowhere"], 6, "nothing is published"),
        (["read", "nowhere.jsonl"], 2, "nowhere.jsonl: cannot be read"),
    ],
)
def test_what_cannot_be_done_ends_in_a_line_and_its_exit_code(
    gigawire: Command, arguments: list[str], code: int, complaint: str
) -> None:
    done = gigawire(*arguments)
    assert done.returncode == code, done.stderr
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr
