"""The command line: quick to help, every command with examples, data on stdout and talk on stderr."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows import exits
from flows.feeds import BUILT_IN, read_feeds
from flows.settings import Settings
from tests.flows.conftest import ROOT, Command, environment
from tests.flows.wire import DEALS, rss, write_wire

COMMANDS = [
    ["run"],
    ["demo"],
    ["add"],
    ["read"],
    ["stories"],
    ["timelines"],
    ["sql"],
    ["trends"],
    ["company"],
    ["search"],
    ["changes"],
    ["status"],
    ["export"],
    ["brief"],
    ["report"],
    ["feed"],
    ["dashboard"],
    ["feeds", "list"],
    ["feeds", "parse"],
    ["feeds", "status"],
    ["feeds", "add"],
    ["feeds", "remove"],
    ["feeds", "test"],
    ["feeds", "import-opml"],
    ["feeds", "export-opml"],
    ["articles", "parse"],
    ["deals", "list"],
    ["deals", "show"],
    ["deals", "explain"],
    ["alerts", "list"],
    ["alerts", "test"],
    ["alerts", "send"],
]


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_help_ends_with_examples(gigawire: Command, command: list[str]) -> None:
    done = gigawire(*command, "--help")
    assert done.returncode == 0
    examples = done.stdout.partition("Examples:")[2]
    assert " ".join(["gigawire", *command]) in examples


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\nfrom flows.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'prefect', 'spacy', 'duckdb', 'httpx', 'streamlit', 'pyarrow', 'trafilatura', 'pydantic'}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment(), capture_output=True, text=True)
    assert done.stderr.strip() == "[]"


def test_a_run_without_server_never_imports_prefect(tmp_path: Path) -> None:
    folder = write_wire(tmp_path / "feeds")
    program = (
        "import sys\nfrom flows.cli import app\n"
        f"folders = ['--feeds-dir', {str(folder)!r}, '--data-dir', {str(tmp_path / 'data')!r}]\n"
        "sys.argv = ['gigawire', 'run', '--no-server', *folders]\n"
        "try:\n    app()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print('prefect' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["False"]


def test_versions_are_told(gigawire: Command) -> None:
    assert "reader 2" in gigawire("--version").stdout


def test_feeds_are_listed_as_table_json_and_csv(gigawire: Command) -> None:
    feeds = read_feeds(BUILT_IN)
    assert feeds[0].feed_id in gigawire("feeds", "list").stdout
    assert len(json.loads(gigawire("feeds", "list", "--json").stdout)) == len(feeds)
    rows = list(csv.DictReader(io.StringIO(gigawire("feeds", "list", "--csv").stdout)))
    assert [row["feed_id"] for row in rows] == [feed.feed_id for feed in feeds]


def test_feed_files_are_parsed_to_json_lines(gigawire: Command, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(rss(DEALS[:2]))
    (tmp_path / "b.xml").write_text("<html><body>no feed</body></html>")
    done = gigawire("feeds", "parse", tmp_path / "a.xml", tmp_path / "b.xml")
    assert done.returncode == exits.PARTIAL
    entries = [json.loads(line) for line in done.stdout.splitlines()]
    assert [entry["title"] for entry in entries] == DEALS[:2]
    names = {"entry_id", "title", "link", "summary", "authors", "published_at", "updated_at", "publisher"}
    assert names <= entries[0].keys()
    assert entries[0]["published_at"] == "2026-06-01T01:00:00+00:00"
    assert "b.xml: " in done.stderr


def test_a_page_is_parsed_to_a_json_line(gigawire: Command, tmp_path: Path) -> None:
    text = "The two companies signed the contract on Monday, they said in a statement. " * 5
    (tmp_path / "page.html").write_text(
        f"<html><head><title>A deal</title></head><article><p>{text}</p></article></html>"
    )
    done = gigawire("articles", "parse", tmp_path / "page.html", "--url", "https://wire.example/a?utm_source=x")
    [line] = done.stdout.splitlines()
    article = json.loads(line)
    assert {"title", "text", "published_at", "publisher", "canonical_url"} <= article.keys()
    assert article["text"] == text.strip()
    assert article["canonical_url"] == "https://wire.example/a"
    assert article["published_at"] is None


def test_documents_are_read_in_the_form_of_the_gold_record(gigawire: Command, tmp_path: Path) -> None:
    documents = tmp_path / "docs.jsonl"
    records = [{"id": str(n), "title": title, "body": "", "published": "2026-06-01"} for n, title in enumerate(DEALS)]
    documents.write_text("\n".join(map(json.dumps, records)) + "\n\n")
    done = gigawire("read", documents, "-o", tmp_path / "out.jsonl", "--explain")
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [one["id"] for one in said] == ["0", "1", "2", "3"]
    assert {"deals", "capacity", "capex", "explained"} <= said[0].keys()
    assert said[0]["explained"][0]["sentence"] in DEALS[0]


def test_a_document_is_explained_in_lines_for_people(gigawire: Command, tmp_path: Path) -> None:
    record = {"id": "d7", "title": DEALS[0], "body": "", "published": "2026-06-01"}
    nothing = {"id": "d8", "title": "The museum opens at nine", "body": "", "published": "2026-06-01"}
    (tmp_path / "docs.jsonl").write_text(f"{json.dumps(record)}\n{json.dumps(nothing)}\n")
    done = gigawire("read", tmp_path / "docs.jsonl", "--explain")
    assert done.returncode == 0, done.stderr
    told = {line.split()[0]: line for line in done.stdout.splitlines() if line.startswith("    ")}
    assert {"sentence", "trigger", "rules", "supplier", "customer", "value", "type", "status"} <= told.keys()
    at = DEALS[0].index("$3.1 billion")
    assert re.search(rf"\$3\.1 billion  \[{at}:{at + 12}\]  \(0\.\d\d\)$", told["value"])
    assert DEALS[0] in told["sentence"]
    assert "no deal" in done.stdout.partition("d8")[2]


def test_a_published_deal_is_explained_by_its_claims(gigawire: Command, demo_data: Path) -> None:
    data = ["--data-dir", demo_data]
    deals = json.loads(gigawire("deals", "list", "--json", *data).stdout)
    deal = next(one for one in deals if one["value"])
    told = gigawire("deals", "explain", deal["deal_id"], *data)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(deal["deal_id"])
    for name in ("source", "sentence", "rules", "trigger", "value"):
        assert re.search(rf"^    {name} ", told.stdout, re.M), name
    assert "<- the deal's figure" in told.stdout
    evidence = json.loads(gigawire("deals", "explain", deal["deal_id"], "--json", *data).stdout)["evidence"]
    assert all(one["end_char"] - one["start_char"] == len(one["surface"]) for one in evidence)
    assert gigawire("deals", "explain", "no-such", *data).returncode == exits.USAGE


def test_a_line_that_is_no_json_is_named(gigawire: Command, tmp_path: Path) -> None:
    (tmp_path / "docs.jsonl").write_text('{"id": "1", "title": "x"}\nnonsense\n')
    done = gigawire("read", tmp_path / "docs.jsonl", "-o", tmp_path / "out.jsonl")
    assert done.returncode == exits.USAGE
    assert "docs.jsonl:2: no JSON" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_stories_and_timelines_come_as_json_lines(gigawire: Command, tmp_path: Path) -> None:
    records = [{"id": str(n), "title": title, "body": "", "published": "2026-06-01"} for n, title in enumerate(DEALS)]
    (tmp_path / "docs.jsonl").write_text("\n".join(map(json.dumps, records)))
    stories = [json.loads(line) for line in gigawire("stories", tmp_path / "docs.jsonl").stdout.splitlines()]
    assert [one["id"] for one in stories] == ["0", "1", "2", "3"]
    (tmp_path / "runs.jsonl").write_text(json.dumps({"id": "t1", "documents": records}))
    [timeline] = gigawire("timelines", tmp_path / "runs.jsonl").stdout.splitlines()
    assert {"id", "stories", "deals"} <= json.loads(timeline).keys()


def test_what_was_published_is_asked_listed_shown_and_exported(
    gigawire: Command, demo_data: Path, tmp_path: Path
) -> None:
    data = ["--data-dir", demo_data]
    [answer] = json.loads(gigawire("sql", "SELECT count(*) AS deals FROM mart.deals", "--json", *data).stdout)
    deals = json.loads(gigawire("deals", "list", "--json", *data).stdout)
    assert len(deals) == answer["deals"] > 20
    shown = json.loads(gigawire("deals", "show", deals[0]["deal_id"], "--json", *data).stdout)
    assert all(one["surface"] in one["sentence"] for one in shown["evidence"] if one["sentence"])
    assert json.loads(gigawire("status", "--json", *data).stdout)["deals"] == answer["deals"]
    waiting = json.loads(gigawire("status", "--json", *data).stdout)["stages"]
    assert [one["stage"] for one in waiting] == ["pages", "read", "alerts"]
    assert len(json.loads(gigawire("feeds", "status", "--json", *data).stdout)) == 8
    assert gigawire("export", tmp_path / "copy", *data).returncode == 0
    assert (tmp_path / "copy" / "manifest.json").is_file()
    assert gigawire("export", tmp_path / "copy", *data).returncode == exits.USAGE
    assert gigawire("export", tmp_path / "csv", "--csv", *data).returncode == 0
    with (tmp_path / "csv" / "deals.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == answer["deals"]


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("SELECT * FROM read_text('/etc/passwd')", ""),
        ("DROP TABLE mart.deals", "only queries"),
        ("COPY (SELECT 1) TO '/tmp/gigawire-leak'", "only queries"),
        ("ATTACH '/tmp/other.duckdb'", "only queries"),
        ("SET enable_external_access = true", "only queries"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("SELEC 1", "syntax error"),
        ("", "one statement"),
    ],
)
def test_a_query_that_is_no_question_is_refused(gigawire: Command, demo_data: Path, query: str, complaint: str) -> None:
    done = gigawire("sql", query, "--data-dir", demo_data)
    assert done.returncode == exits.USAGE
    assert complaint in done.stderr
    assert done.stderr.startswith("gigawire: query refused")
    assert "root:" not in done.stdout


def test_questions_by_name_are_answered(gigawire: Command, demo_data: Path) -> None:
    data = ["--json", "--data-dir", demo_data]
    [dearest, *_] = json.loads(gigawire("trends", "--type", "compute", "--by", "supplier", *data).stdout)
    assert dearest.keys() >= {"month", "property", "deals_count", "amount_usd"}
    of_company = json.loads(gigawire("company", "openai", *data).stdout)
    assert {row["name"] for row in of_company} == {"OpenAI"}
    found = json.loads(gigawire("search", "NUCLEAR", "supply", "--limit", "3", *data).stdout)
    assert 0 < len(found) <= 3
    changed = json.loads(gigawire("changes", "2026-05-01", *data).stdout)
    assert all(row["as_of_on"] >= "2026-05-01" for row in changed)
    assert gigawire("company", "nobody at all", *data).stderr.strip() == "no deal of nobody at all"
    assert gigawire("changes", "yesterday", *data).returncode == exits.USAGE
    assert gigawire("trends", "--by", "colour", *data).returncode == exits.USAGE


def test_an_answer_goes_into_a_file_in_the_form_of_its_name(gigawire: Command, demo_data: Path, tmp_path: Path) -> None:
    query = "SELECT deal_id, '=1+1' AS formula, amount_usd FROM mart.deals ORDER BY deal_id"
    for name in ("deals.parquet", "deals.csv", "deals.json"):
        done = gigawire("sql", query, "--out", tmp_path / name, "--data-dir", demo_data)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deals.csv", "deals.json", "deals.parquet"]
    listed = json.loads((tmp_path / "deals.json").read_text(encoding="utf-8"))
    with (tmp_path / "deals.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    table = pq.read_table(tmp_path / "deals.parquet")
    assert [row["deal_id"] for row in rows] == [row["deal_id"] for row in listed] == table["deal_id"].to_pylist()
    assert (rows[0]["formula"], listed[0]["formula"]) == ("'=1+1", "=1+1")
    refused = gigawire("sql", "FROM mart.nothing", "--out", tmp_path / "none.parquet", "--data-dir", demo_data)
    assert refused.returncode == exits.USAGE
    assert not (tmp_path / "none.parquet").exists()
    assert gigawire("sql", query, "--json", "--csv", "--data-dir", demo_data).returncode == exits.USAGE


def test_a_query_without_end_is_stopped(gigawire: Command, demo_data: Path) -> None:
    endless = "SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE a.range * b.range = -1"
    done = gigawire("sql", endless, "--data-dir", demo_data, env={"GIGAWIRE_SQL_SECONDS": "3"})
    assert done.returncode == exits.UNEXPECTED
    assert "stopped after 3 seconds" in done.stderr


def test_an_interrupted_run_ends_with_130(tmp_path: Path) -> None:
    folder = write_wire(tmp_path / "feeds")
    # a shell that starts us in the background has us ignore interrupts
    program = (
        "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\nfrom flows.cli import main\nmain()"
    )
    command = [sys.executable, "-c", program, "run", "--no-server", "--feeds-dir", str(folder)]
    run = subprocess.Popen(
        [*command, "--data-dir", str(tmp_path / "data")],
        cwd=ROOT,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stderr is not None
    assert run.stderr.readline() == "collecting\n"
    run.send_signal(signal.SIGINT)
    said = run.stderr.read()
    assert run.wait(30) == exits.INTERRUPTED
    assert "Traceback" not in said


def test_every_exit_code_stands_in_the_documentation() -> None:
    table = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for code in {
        exits.OK,
        exits.UNEXPECTED,
        exits.USAGE,
        exits.PARTIAL,
        exits.ALL_FAILED,
        *exits.CODE_BY_ERROR.values(),
    }:
        assert f"| {code} |" in table


def test_every_setting_stands_in_the_documentation_with_its_meaning() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    documented = {
        line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `") and "gigawire" not in line[:12]
    }
    assert documented.keys() == Settings.model_fields.keys()
    for name, field in Settings.model_fields.items():
        assert field.description
        assert documented[name].endswith(f"| {field.description} |")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_stands_in_the_documentation(command: list[str]) -> None:
    assert f"`gigawire {' '.join(command)}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
