"""The open release that the pages share, and what stands on top of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import streamlit as st

from dashboards.release import Release, open_published, release_of

PAGES: dict[str, Any] = {}  # name -> st.Page, filled by app.py: pages lead to one another without importing one another


@dataclass(frozen=True, slots=True)
class Tape:
    """A release and a read-only connection to it."""

    release: Release
    con: duckdb.DuckDBPyConnection


def open_tape(path: Path) -> Tape:
    """The release behind ``path`` now, opened once for all sessions. Raises NotPublishedError."""
    real = path.resolve()
    return _opened(str(real), real.stat().st_mtime_ns if real.is_file() else 0)


def current() -> Tape:
    """The release that this run of the script shows."""
    opened = st.session_state["tape"]
    assert isinstance(opened, Tape)
    return opened


def title(words: str, opened: Tape) -> None:
    """A page's title, in words of ours or figures, with the stamp of the release."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.title(words.replace("$", "\\$"), anchor=False)
    with right.container(horizontal=True, horizontal_alignment="right"):
        st.text(opened.release.stamp, width="content")


@st.cache_resource(max_entries=3, show_spinner=False)
def _opened(path: str, _modified_ns: int) -> Tape:
    con = open_published(Path(path))
    return Tape(release_of(con, Path(path)), con)
