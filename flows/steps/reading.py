"""Documents read one by one, here or in several processes. No warehouse: archive bytes in, records out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC
from functools import partial
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from threading import Thread

from extractors.articles import content_hash, distinct_words, parse_article, parse_entry, parse_inbox
from extractors.errors import NotAnArticleError
from extractors.read import read_document, reader_version
from extractors.records import Article, Document, Issue, RawDocument, ReadDocument, believed, date_quality
from flows.items import entry_of_document
from flows.parse_child import ORDINARY_BYTES, CostlyError, within_limits
from flows.settings import Settings
from warehouse.archive import Archive
from warehouse.errors import WarehouseDamagedError

# a batch -> for each document its reading, or what was wrong with it
Reader = Callable[[Sequence[RawDocument]], list[ReadDocument | Issue]]


@contextmanager
def readers(settings: Settings, documents: int, version: str) -> Iterator[Reader]:
    """A reader for so many documents of the tape of ``version``: this process, or several where their start pays."""
    processes = settings.processes or os.cpu_count() or 1
    if documents < settings.pool_from_documents or processes == 1:
        yield partial(read_batch, settings.archive, settings.spacy_model, version)
        return
    # spawned, not forked: this process may have threads of the engine and of DuckDB
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:

        def read_in_pool(batch: Sequence[RawDocument]) -> list[ReadDocument | Issue]:
            shares = [batch[start::processes] for start in range(processes)]
            reading = partial(read_batch, settings.archive, settings.spacy_model, version)
            results = list(pool.map(reading, shares))
            by_key = {
                _key(raw): result
                for share, found in zip(shares, results, strict=True)
                for raw, result in zip(share, found, strict=True)
            }
            return [by_key[_key(raw)] for raw in batch]

        yield read_in_pool


def read_batch(archive: Path, model: str, version: str, documents: Sequence[RawDocument]) -> list[ReadDocument | Issue]:
    """The readings in the order of the documents; a document that is no article gives an issue instead."""
    store = Archive(archive)
    return [read_raw(raw, store, model, version) for raw in documents]


def read_raw(raw: RawDocument, archive: Archive, model: str, version: str) -> ReadDocument | Issue:
    """One document read from its bytes. Raises ModelMissingError."""
    try:
        data = archive.get(raw.document_id)
        article = complete(within_limits(parse, raw, data, is_usual=len(data) <= ORDINARY_BYTES), raw)
    except NotAnArticleError as error:
        return Issue(stage="read", subject_id=raw.document_id, code=error.code, message=error.message)
    except CostlyError as error:
        return Issue(stage="read", subject_id=raw.document_id, code="too_costly", message=f"{raw.url}: {error}")
    except (KeyError, OSError, ValueError, WarehouseDamagedError) as error:
        message = f"{raw.url or raw.document_id}: its bytes in the archive cannot be read ({error})"
        return Issue(stage="read", subject_id=raw.document_id, code="archive_damaged", message=message)
    article_id = hashlib.sha256(f"{raw.document_id}|{raw.item_id}".encode()).hexdigest()[:32]
    extraction = read_document(
        Document(
            document_id=article_id,  # the same bytes may tell of two items; their claims are two
            title=article.title,
            body=article.body,
            published=article.published_at.astimezone(UTC).date() if article.published_at else None,
            publisher=article.publisher,
        ),
        model=model,
        version=version,
    )
    return ReadDocument(
        raw=raw,
        article_id=article_id,
        article=article,
        content_hash=content_hash(article),
        title_words=distinct_words(article.title),
        distinct_words=distinct_words(f"{article.title}\n{article.publisher}\n{article.body}"),
        extraction=extraction,
        reader_version=version,
        read_with=reader_version(model),
    )


def parse(raw: RawDocument, data: bytes) -> Article:
    """The article in the bytes, by the kind of the document. Raises NotAnArticleError, ValueError."""
    if raw.kind == "entry":
        return parse_entry(entry_of_document(data))
    if raw.kind == "inbox":
        return parse_inbox(data, name=raw.title, url=raw.url)
    return parse_article(data, url=raw.url, content_type=raw.content_type)


def complete(article: Article, raw: RawDocument) -> Article:
    """The article with what the feed said where the page itself says nothing; its date is never the day of reading.

    A date in the future, seen from when the document came, gives way to the feed's, else to none.
    """
    told_at = believed(article.published_at, raw.retrieved_at) or raw.published_at or article.published_at
    return replace(
        article,
        title=article.title or (raw.title if raw.kind == "page" else ""),
        publisher=article.publisher or raw.publisher,
        published_at=believed(told_at, raw.retrieved_at),
        told_published_at=told_at,
        date_quality=date_quality(told_at, raw.retrieved_at),
        url=article.url or raw.url,
    )


def _key(raw: RawDocument) -> tuple[str, str]:
    return raw.document_id, raw.item_id


def _end_with_parent() -> None:
    """A process of the pool must not outlive a run that was killed."""
    parent = parent_process()
    if parent is None:
        return

    def wait_for_end() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    Thread(target=wait_for_end, daemon=True).start()
