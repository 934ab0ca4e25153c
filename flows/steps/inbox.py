"""Inbox: documents handed over by hand become documents like any other."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.articles import parse_inbox
from extractors.errors import NotAnArticleError
from extractors.records import RawDocument
from flows.clock import now
from flows.items import item_of_url
from flows.retrieve import Fetcher, Limits, RetrieveError
from flows.settings import Settings
from flows.tape import open_tape
from warehouse.archive import Archive
from warehouse.load import load_documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one file or address."""

    name: str
    title: str = ""
    is_new: bool = False
    error: str = ""  # "" where it was taken


async def add_documents(settings: Settings, names: Sequence[str]) -> list[Added]:
    """Takes files and addresses into the inbox, each on its own; the answers in the order of the names."""
    archive = Archive(settings.archive)
    results: list[Added] = []
    async with Fetcher(settings) as fetcher:
        for name in names:
            try:
                raw, title = await _document(settings, fetcher, archive, name)
            except (NotAnArticleError, RetrieveError) as error:
                results.append(Added(name=name, error=error.message))
                continue
            except OSError as error:
                results.append(Added(name=name, error=f"cannot be opened ({error.strerror})"))
                continue
            with open_tape(settings) as con:
                counts = load_documents(con, [raw], [])
            results.append(Added(name=name, title=title, is_new=counts.total > 0))
    return results


async def _document(settings: Settings, fetcher: Fetcher, archive: Archive, name: str) -> tuple[RawDocument, str]:
    """The document of a file or address, its bytes in the archive, and its title."""
    if name.startswith(("http://", "https://")):
        answer = await fetcher.get(name, Limits.for_pages(settings))
        data, url, content_type = answer.body, answer.final_url, answer.content_type
    else:
        data, url, content_type = await asyncio.to_thread(_read_file, Path(name), settings.max_page_bytes), "", ""
    file_name = Path(name).name
    article = parse_inbox(data, name=file_name, url=url)
    address = article.canonical_url or url
    raw = RawDocument(
        document_id=archive.put(data),
        item_id=item_of_url(address) if address else hashlib.sha256(b"inbox\x1f" + data).hexdigest()[:32],
        kind="inbox",
        url=address,
        content_type=content_type,
        byte_count=len(data),
        retrieved_at=now(),
        title=file_name,  # the parser asks the name for the kind of file
        publisher=article.publisher,
        published_at=article.published_at,
    )
    return raw, article.title


def _read_file(path: Path, max_bytes: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise NotAnArticleError(str(path), f"larger than {max_bytes:,} bytes")
    return data
