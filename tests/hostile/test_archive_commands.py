"""`gigawire archive …` on what polls have left."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from typer.testing import CliRunner, Result

from flows.cli import app
from tests.hostile.conftest import Plant
from tests.hostile.feeds import stories
from tests.hostile.server import HostileServer, answer, in_turn, saying
from warehouse.archive import Archive


def archive(plant: Plant, *arguments: object) -> Result:
    return CliRunner().invoke(app, ["archive", *map(str, arguments), "--data-dir", str(plant.settings.data_dir)])


def test_what_came_is_exported_and_old_bodies_are_pruned(plant: Plant, server: HostileServer, tmp_path: Path) -> None:
    turns = [stories(1, 2), stories(1, 2, 3)]
    url = server.url("/f", in_turn(*(saying(answer(body)) for body in turns)))
    plant.poll_one(url)
    plant.poll_one(url, after=timedelta(days=100))
    verified = archive(plant, "verify")
    assert (verified.exit_code, verified.stdout) == (0, "5 whole, 0 damaged, 0 missing, 0 pruned\n")
    assert archive(plant, "export", "--warc", tmp_path / "tape.warc.gz").stdout.startswith("2 records in ")
    assert "1 files" in archive(plant, "prune", "--older-than", "90d", "--dry-run").stdout
    assert "1 files" in archive(plant, "prune", "--older-than", "90d").stdout
    after = archive(plant, "verify", "--json")
    assert (after.exit_code, json.loads(after.stdout)["pruned_count"]) == (0, 1)


def test_a_damaged_file_is_named(plant: Plant, server: HostileServer) -> None:
    plant.poll_one(server.url("/f", saying(answer(stories(1)))))
    kept = Archive(plant.settings.archive)
    damaged = next(iter(kept.hashes()))
    kept.path(damaged).write_bytes(b"rot")
    found = archive(plant, "verify", "--json")
    assert (found.exit_code, json.loads(found.stdout)["damaged"]) == (3, [damaged])


def test_an_age_that_is_none_is_refused(plant: Plant) -> None:
    refused = archive(plant, "prune", "--older-than", "soon")
    assert "90d" in str(refused.exception)
