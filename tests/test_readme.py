"""What the README tells a reader to type, works."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Commands that need the internet, a server of the user's own, or that never end.
NOT_RUN = ("git clone", "make ", "gigawire run", "gigawire add", "gigawire serve", "gigawire dashboard")


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith(NOT_RUN)]


def test_the_readme_shows_commands_to_run() -> None:
    assert len(commands()) >= 5


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_readme_runs(command: str, demo_data: Path, tmp_path: Path) -> None:
    words = shlex.split(command)
    assert words[0] == "gigawire", f"say here how to run {words[0]}"
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *words[1:]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "GIGAWIRE_DATA_DIR": str(demo_data)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert (done.stdout + done.stderr).strip(), f"{command} said nothing"


def test_the_python_example_of_the_readme_runs(demo_data: Path, tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    (tmp_path / "data").symlink_to(demo_data)
    done = subprocess.run([sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "compute" in done.stdout


def test_every_link_of_the_readme_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)", README)
    missing = [t for t in targets if "://" not in t and not (ROOT / t).exists()]
    assert not missing


def test_no_file_names_a_package_registry_or_this_machine() -> None:
    """A clone must not depend on where it was made: no registry address, no path of a developer's machine."""
    words = ("pypi" + ".org", "pythonhosted" + ".org", "/work" + "/main", "/root" + "/", "file:" + "///opt")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = []
    for name in listed.splitlines():
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        found += [f"{name}: {word}" for word in words if word.encode() in data]
    assert not found
