"""Where settings come from, which goes before which, and that a misspelt one is never silent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.clock import now
from flows.settings import SettingsError, load_settings


@pytest.fixture(autouse=True)
def _no_settings_of_mine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GIGAWIRE_DATA_DIR", "GIGAWIRE_CONCURRENCY", "GIGAWIRE_CONFIG", "GIGAWIRE_NOW"):
        monkeypatch.delenv(name, raising=False)


def test_a_flag_goes_before_the_environment_before_the_file_before_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_settings().concurrency == 20
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "gigawire.toml").write_text("concurrency = 5\ncontact = 'desk@example.com'\n")
    assert load_settings().concurrency == 5
    monkeypatch.setenv("GIGAWIRE_CONCURRENCY", "7")
    assert load_settings().concurrency == 7
    found = load_settings(concurrency=9)
    assert (found.concurrency, found.contact) == (9, "desk@example.com")


def test_the_file_is_looked_for_in_the_data_folder_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tape").mkdir()
    (tmp_path / "tape" / "gigawire.toml").write_text("concurrency = 3\n")
    monkeypatch.setenv("GIGAWIRE_DATA_DIR", str(tmp_path / "tape"))
    assert load_settings().concurrency == 3


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("concurency = 5", r"unknown key 'concurency'; did you mean 'concurrency'\?"),
        ("concurrency = 0", r"setting 'concurrency': .*greater than or equal to 1.*given: 0"),
        ("concurrency = ", r"cannot be read as TOML"),
    ],
)
def test_a_wrong_file_is_named_with_key_and_way_out(tmp_path: Path, text: str, complaint: str) -> None:
    config = tmp_path / "my.toml"
    config.write_text(text)
    with pytest.raises(SettingsError, match=complaint):
        load_settings(config)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere.toml: cannot be read"):
        load_settings(tmp_path / "nowhere.toml")


def test_a_misspelt_variable_is_an_error_and_a_strange_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIGAWIRE_SOMETHING_ELSE_OF_MINE", "1")
    load_settings()
    monkeypatch.setenv("GIGAWIRE_DATADIR", "x")
    with pytest.raises(SettingsError, match="GIGAWIRE_DATADIR; did you mean 'GIGAWIRE_DATA_DIR'"):
        load_settings()


@pytest.mark.parametrize("text", ["2026-06-02T08:00:00Z", "2026-06-02T10:00:00+02:00", "2026-06-02T08:00:00"])
def test_a_stopped_clock_says_its_time_in_utc(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("GIGAWIRE_NOW", text)
    assert now() == datetime(2026, 6, 2, 8, tzinfo=UTC)
    assert now().utcoffset() is not None
