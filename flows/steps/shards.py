"""Shards: documents to read as folders of files, so that whoever reads them needs a path and nothing else.

``staging/run=ID/shard=K/`` holds ``documents.jsonl`` (what to read), ``order.json`` (how) and, once read,
``readings.jsonl``. All are written aside and renamed, and the ID is that of the documents and the reader, so a run that
was killed finds what is read already. No shard opens the warehouse; the one writer loads them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from extractors.records import Issue, RawDocument, ReadDocument
from flows.settings import Settings
from flows.steps.reading import readers

DOCUMENTS, ORDER, READINGS = "documents.jsonl", "order.json", "readings.jsonl"
ORDERED = {"data_dir", "spacy_model", "processes", "pool_from_documents", "read_batch"}

_document: TypeAdapter[RawDocument] = TypeAdapter(RawDocument)
_reading: TypeAdapter[ReadDocument | Issue] = TypeAdapter(ReadDocument | Issue)


def write_shards(settings: Settings, version: str, documents: Sequence[RawDocument]) -> list[Path]:
    """A folder for each ``shard_documents`` of the documents, in their order."""
    run = settings.staging.resolve() / f"run={_run_id(version, documents)}"
    told = settings.model_dump(mode="json", include=ORDERED) | {"data_dir": str(settings.data_dir.resolve())}
    starts = range(0, len(documents), settings.shard_documents)
    folders = [run / f"shard={number:05d}" for number, _ in enumerate(starts)]
    for folder, start in zip(folders, starts, strict=True):
        folder.mkdir(parents=True, exist_ok=True)
        part = documents[start : start + settings.shard_documents]
        _write(folder / DOCUMENTS, (_document.dump_json(raw) for raw in part))
        _write(folder / ORDER, [json.dumps({"version": version, "settings": told}).encode()])
    return folders


def read_shard(folder: Path) -> int:
    """Reads the documents of a shard, in several processes where their start pays; how many they are.

    A shard that is read stays as it is. Raises ModelMissingError.
    """
    documents = [_document.validate_json(line) for line in (folder / DOCUMENTS).read_bytes().splitlines()]
    if is_read(folder):
        return len(documents)
    order = json.loads((folder / ORDER).read_bytes())
    settings = Settings(**order["settings"])

    def readings() -> Iterator[bytes]:
        with readers(settings, len(documents), order["version"]) as read_some:
            for start in range(0, len(documents), settings.read_batch):
                for result in read_some(documents[start : start + settings.read_batch]):
                    yield _reading.dump_json(result)

    _write(folder / READINGS, readings())
    return len(documents)


def is_read(folder: Path) -> bool:
    """Whether the shard is read to its end."""
    return (folder / READINGS).exists()


def batches(folder: Path, size: int) -> Iterator[list[ReadDocument | Issue]]:
    """What was read of a shard, so many at a time, in the order of its documents."""
    batch: list[ReadDocument | Issue] = []
    with (folder / READINGS).open("rb") as lines:
        for line in lines:
            batch.append(_reading.validate_json(line))
            if len(batch) == size:
                yield batch
                batch = []
    if batch:
        yield batch


def forget_shards(folders: Sequence[Path]) -> None:
    """Removes the run that the shards belong to."""
    for run in {folder.parent for folder in folders}:
        shutil.rmtree(run, ignore_errors=True)


def _run_id(version: str, documents: Sequence[RawDocument]) -> str:
    told = "\n".join([version, *(f"{raw.document_id} {raw.item_id}" for raw in documents)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _write(path: Path, lines: Iterator[bytes] | Sequence[bytes]) -> None:
    aside = path.with_name(path.name + ".part")
    with aside.open("wb") as file:
        file.writelines(line + b"\n" for line in lines)
    aside.replace(path)
