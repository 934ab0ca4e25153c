"""Read: documents of the archive -> articles, mentions, claims; then all new claims at once -> deals and stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.deals.resolve import resolve_deals
from extractors.read import READER_VERSION
from extractors.records import Claim, DealIntent, Issue, RawDocument, ReadDocument
from extractors.stories import assign_stories
from extractors.stories.wording import is_release
from flows.clock import now
from flows.failpoints import pass_failpoint
from flows.settings import Settings
from flows.steps.counts import Read
from flows.steps.reading import readers
from warehouse import pending
from warehouse.connection import open_writer
from warehouse.load import Connection, load_issues, load_read, load_resolution


def read(settings: Settings) -> Read:
    """Reads what is not read yet at this reader version, then resolves what is not resolved yet."""
    return read_documents(settings).plus(resolve(settings))


def read_documents(settings: Settings) -> Read:
    """Steps 4 to 6 of the design, a transaction for each batch.

    A page that turns out to be no article leaves its item to the entry's own text, which is then read in its place.
    """
    total = Read()
    while documents := _documents_to_read(settings):
        with readers(settings, len(documents)) as read_some:
            for start in range(0, len(documents), settings.read_batch):
                total = total.plus(_store(settings, read_some(documents[start : start + settings.read_batch])))
                pass_failpoint("read_batch_loaded")
    pass_failpoint("all_read")
    return total


def _documents_to_read(settings: Settings) -> list[RawDocument]:
    with open_writer(settings.warehouse, wait_seconds=settings.lock_seconds) as con:
        return pending.documents_to_read(con, READER_VERSION)


def _store(settings: Settings, results: Sequence[ReadDocument | Issue]) -> Read:
    readings = [result for result in results if isinstance(result, ReadDocument)]
    unreadable = [result for result in results if isinstance(result, Issue)]
    at = now()
    with open_writer(settings.warehouse, wait_seconds=settings.lock_seconds) as con:
        load_read(con, readings, recorded_at=at)
        load_issues(con, unreadable, seen_at=at, reader_version=READER_VERSION)
    return Read(
        documents=len(results),
        articles=len(readings),
        unreadable=len(unreadable),
        deal_mentions=sum(len(one.extraction.deal_mentions) for one in readings),
        issues=len(unreadable) + sum(len(one.article.issues) + len(one.extraction.issues) for one in readings),
    )


def resolve(settings: Settings) -> Read:
    """Step 7 of the design, the only one that looks back: claims to deals, then articles to stories."""
    version = READER_VERSION
    with open_writer(settings.warehouse, wait_seconds=settings.lock_seconds) as con:
        claims = pending.claims_to_resolve(con, version)
        intents = _resolved(con, claims) if claims else []
        load_resolution(con, intents, [], reader_version=version, recorded_at=now())
        pass_failpoint("deals_resolved")
        articles = pending.articles_for_stories(con, version)  # knows the deals of its claims by now
        stories = assign_stories(articles, pending.known_stories(con, version)) if articles else []
        load_resolution(con, [], stories, reader_version=version, recorded_at=now())
    pass_failpoint("resolved")
    kinds = [intent.kind for intent in intents]
    return Read(
        new_deals=kinds.count("new"),
        revised_deals=kinds.count("revised"),
        issues=sum(len(intent.issues) for intent in intents),
    )


def _resolved(con: Connection, claims: list[Claim]) -> list[DealIntent]:
    releases = _releases(con)
    known = [
        replace(deal, claims=tuple(_with_own_word(deal.claims, releases)))
        for deal in pending.known_deals(con, READER_VERSION)
    ]
    return resolve_deals(_with_own_word(claims, releases), known)


def _releases(con: Connection) -> set[str]:
    """article_id of the press releases: what a party says of itself outranks what the press says of it."""
    articles = [article for _, article in pending.story_articles(con, READER_VERSION)]
    return {article.article_id for article in articles if is_release(article.body)}


def _with_own_word(claims: Iterable[Claim], releases: set[str]) -> list[Claim]:
    return [replace(claim, is_own_word=claim.article_id in releases) for claim in claims]
