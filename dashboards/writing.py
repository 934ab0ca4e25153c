"""What every written page shares: templates, the looks with their hash for the policy, and how a file is written."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

import jinja2

FOLDER = Path(__file__).parent


def templates(*, escaped: bool = True) -> jinja2.Environment:
    """The room's templates; ``escaped``: for HTML. A name that is not given is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=escaped,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def page_style() -> dict[str, str]:
    """``style``, which is ours, and ``style_hash`` by which the page's policy allows it and no other."""
    style = (FOLDER / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": jinja2.utils.markupsafe.Markup(style), "style_hash": digest}


def write_aside(out: Path, text: str) -> None:
    """Write the file beside its place, then move it there: a reader never sees half of it."""
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(out)
