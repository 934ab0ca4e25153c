"""Read: documents of the archive -> articles, mentions, claims; then all new claims at once -> deals and stories."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors.read import reader_version
from extractors.records import Issue, RawDocument, ReadDocument
from flows.clock import now
from flows.failpoints import pass_failpoint
from flows.log import event
from flows.overrides import read_overrides
from flows.settings import Settings
from flows.steps.counts import Read
from flows.steps.decide import decide, standing
from flows.steps.place import place_articles
from flows.steps.reading import readers
from flows.steps.resolve import resolve_deals
from flows.steps.space import require_space
from flows.tape import open_tape
from warehouse import pending
from warehouse.load import load_issues, load_read


def read(settings: Settings) -> Read:
    """Reads what is not read yet on the tape, then resolves what is not resolved yet."""
    require_space(settings)
    return read_documents(settings).plus(resolve(settings))


def kept_version(settings: Settings) -> str:
    """The version of the reader that the tape is kept by: the one accepted last, at first that of this program."""
    with open_tape(settings) as con:
        return pending.accepted_version(con) or reader_version(settings.spacy_model)


def everything(_: RawDocument) -> bool:
    """Leaves out no document."""
    return True


def read_documents(
    settings: Settings,
    version: str = "",
    *,
    wanted: Callable[[RawDocument], bool] = everything,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> Read:
    """Steps 4 to 6 of the design, a transaction for each batch, for the tape of a version ("": the one that is kept).

    A page that turns out to be no article leaves its item to the entry's own text, which is then read in its place.
    ``tell`` hears after each batch how many are done, and of how many.
    """
    total = Read()
    version = version or kept_version(settings)
    while documents := [raw for raw in documents_to_read(settings, version) if wanted(raw)]:
        with readers(settings, len(documents), version) as read_some:
            for start in range(0, len(documents), settings.read_batch):
                found = read_some(documents[start : start + settings.read_batch])
                total = total.plus(store(settings, found, version))
                tell(start + len(found), len(documents))
                pass_failpoint("read_batch_loaded")
    pass_failpoint("all_read")
    return total


def documents_to_read(settings: Settings, version: str) -> list[RawDocument]:
    """What the tape of this version has not read yet."""
    with open_tape(settings) as con:
        return pending.documents_to_read(con, version)


def store(settings: Settings, results: Sequence[ReadDocument | Issue], version: str) -> Read:
    """Keeps what was read, in one transaction; its counts."""
    readings = [result for result in results if isinstance(result, ReadDocument)]
    unreadable = [result for result in results if isinstance(result, Issue)]
    at = now()
    with open_tape(settings) as con:
        load_read(con, readings, recorded_at=at)
        load_issues(con, unreadable, seen_at=at, reader_version=version)
    for one in readings:
        event(
            "document_read",
            feed_id=one.raw.feed_id,
            item_id=one.raw.item_id,
            document_id=one.raw.document_id,
            article_id=one.article_id,
            deal_mentions=len(one.extraction.deal_mentions),
        )
    for issue in unreadable:
        event("document_unreadable", document_id=issue.subject_id, error_code=issue.code, error_message=issue.message)
    return Read(
        documents=len(results),
        articles=len(readings),
        unreadable=len(unreadable),
        deal_mentions=sum(len(one.extraction.deal_mentions) for one in readings),
        issues=len(unreadable) + sum(len(one.article.issues) + len(one.extraction.issues) for one in readings),
    )


def resolve(settings: Settings, version: str = "") -> Read:
    """Step 7 of the design, the only one that looks back: claims to deals, then articles to stories."""
    version = version or kept_version(settings)
    with open_tape(settings) as con:
        decisions = standing(read_overrides(settings.overrides))
        told = resolve_deals(con, version, at=now(), decisions=decisions)
        pass_failpoint("deals_resolved")
        while place_articles(con, version):
            pass_failpoint("articles_placed")
        decide(con, decisions, version, now())
    pass_failpoint("resolved")
    done = Read(
        new_deals=sum(one.new_deals for one in told),
        revised_deals=sum(one.revised_deals for one in told),
        issues=sum(len(one.issues) for one in told),
    )
    event("resolved", new_deals=done.new_deals, revised_deals=done.revised_deals, issues=done.issues)
    return done
