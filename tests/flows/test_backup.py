"""backup and restore as a person types them."""

from __future__ import annotations

from pathlib import Path

from flows.settings import Settings
from flows.steps.publish import publish
from tests.flows.conftest import Command
from tests.flows.tables import differences, tables_of


def test_a_restored_folder_gives_the_release_to_the_byte(desk: Settings, tmp_path: Path, gigawire: Command) -> None:
    before = publish(desk).release_id
    made = gigawire("backup", str(tmp_path / "tape.tar"), "--data-dir", str(desk.data_dir))
    assert made.returncode == 0, made.stderr
    assert made.stdout.strip() == str(tmp_path / "tape.tar")
    assert gigawire("restore", str(tmp_path / "tape.tar"), "--check").returncode == 0
    new = tmp_path / "new"
    done = gigawire("restore", str(tmp_path / "tape.tar"), "--data-dir", str(new))
    assert done.returncode == 0, done.stderr
    assert f"release {before} (as when it was backed up)" in done.stderr
    assert differences(tables_of(desk.data_dir), tables_of(new)) == []
    for file in (desk.data_dir / "release").resolve().glob("*.parquet"):
        assert (new / "release" / file.name).read_bytes() == file.read_bytes(), file.name
    again = gigawire("restore", str(tmp_path / "tape.tar"), "--data-dir", str(new))
    assert again.returncode == 6
    assert "--force" in again.stderr
