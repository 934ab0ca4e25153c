"""The labelled documents, what the reader says of them, and the scorers that came with the labels."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

GOLD = Path(__file__).resolve().parent / "gold"
ROOT = GOLD.parents[2]
# real-dev.jsonl quotes headlines that others wrote, so it stays beside the repository and out of it
FOLDERS = (GOLD, GOLD.parent / "own", ROOT.parent / "shared" / "gold")
UNSEEN = "unseen"  # nobody who works on the reader looks at its documents: figures alone
SETS = ("dev", "real-dev", "own", UNSEEN)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled document beside what was read in it."""

    set_name: str
    label: Json
    extraction: Any  # records.Extraction
    prediction: Json


def scorer(name: str = "score") -> ModuleType:
    """The scorer beside the labels, which is a script and no package."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, GOLD / f"{name}.py")
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)  # score_timelines imports score
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def file_of(set_name: str) -> Path | None:
    """Where a set's labels are, or None on a machine that has them not."""
    return next((path for folder in FOLDERS if (path := folder / f"{set_name}.jsonl").exists()), None)


def labels(set_name: str, *, fold: str = "") -> Iterator[Json]:
    """The labelled documents of a set, or those of one fold ("0/3": number divisible by three; "!0/3": the others)."""
    path = file_of(set_name)
    for line in path.read_text(encoding="utf-8").splitlines() if path else ():
        label = json.loads(line)
        if in_fold(label["id"], fold):
            yield label


def in_fold(document_id: str, fold: str) -> bool:
    """Whether the number at the end of an id belongs to the fold.

    >>> in_fold("dev-006", "0/3"), in_fold("dev-006", "!0/3"), in_fold("dev-007", "")
    (True, False, True)
    """
    if not fold:
        return True
    part, parts = map(int, fold.removeprefix("!").split("/"))
    return (int(document_id.rsplit("-", 1)[-1]) % parts == part) != fold.startswith("!")


def read_set(set_name: str, *, fold: str = "") -> list[Read]:
    """Every labelled document of a set, read as the pipeline reads it."""
    from extractors.gold import document_from_json, extraction_to_json
    from extractors.read import read_document

    reads = []
    for label in labels(set_name, fold=fold):
        extraction = read_document(document_from_json(label))
        reads.append(Read(set_name, label, extraction, extraction_to_json(extraction)))
    return reads
