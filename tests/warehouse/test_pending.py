"""Work lists: what is stored comes back as the record it was, and what is done is not asked for again."""

from __future__ import annotations

import duckdb

from extractors.deals.resolve.file import file_article
from extractors.deals.resolve.keys import keys_of
from extractors.records import Claim, Issue, PageFailure
from tests.warehouse import samples
from tests.warehouse.samples import NOW, READER, days
from warehouse import load, pending, resolving
from warehouse.load_deals import load_filed

Connection = duckdb.DuckDBPyConnection


def kinds_to_read(con: Connection) -> list[str]:
    return [document.kind for document in pending.documents_to_read(con, READER)]


def test_a_feed_state_comes_back_as_it_was(con: Connection) -> None:
    poll = samples.failed_poll()
    load.load_polls(con, [poll])
    assert pending.feed_states(con) == {"wire": poll.state}


def test_a_document_comes_back_as_it_was(con: Connection) -> None:
    load.load_documents(con, [samples.document(1)])
    assert pending.documents_to_read(con, READER) == [samples.document(1)]


def test_a_claim_comes_back_as_it_was(con: Connection) -> None:
    read = samples.read(1)
    load.load_polls(con, [samples.poll()])
    load.load_read(con, [read], recorded_at=NOW)
    assert resolving.claims_in(con, READER, [read.article_id]) == [
        Claim(
            mention=read.extraction.deal_mentions[0],
            article_id=read.article_id,
            published_at=read.article.published_at,
            first_seen_at=NOW,
            publisher="The Wire",
        )
    ]


def test_what_resolving_has_seen_is_not_asked_for_again(filled: Connection) -> None:
    found = resolving.arrived(filled, READER)
    assert [one.is_new and one.is_counting for one in found] == [True, True, True]
    filed = [file_article(one.article, [], is_counting=True, is_own_word=False) for one in found]
    load_filed(filled, filed, reader_version=READER, recorded_at=NOW)
    assert resolving.arrived(filled, READER) == []


def test_deals_are_found_by_the_keys_of_their_claims_and_the_nearest_come_first(filled: Connection) -> None:
    found = resolving.arrived(filled, READER)
    articles = [one.article.article_id for one in found]
    claims, deal_of = (
        resolving.claims_in(filled, READER, articles),
        resolving.decided(filled, READER, articles=articles),
    )
    own = {claim.article_id: claim for claim in claims}
    filed = [file_article(o.article, [own[o.article.article_id]], is_counting=True, is_own_word=False) for o in found]
    load_filed(filled, filed, reader_version=READER, recorded_at=NOW)
    keys = keys_of(claims[0])
    assert resolving.filed(filled, READER, deal_of)[claims[0].mention.deal_mention_id].keys == keys
    pair = next(key for key in keys if "|" in key)
    later = max(claim.as_of for claim in claims) + days(1)
    assert resolving.deals_before(filled, READER, {(pair, later, "")}, 25) == set(deal_of.values())
    assert len(resolving.deals_before(filled, READER, {(pair, later, "")}, 2)) == 2
    assert resolving.deals_before(filled, READER, {("nobody", later, "")}, 25) == set()


def test_another_reader_version_starts_from_the_documents(filled: Connection) -> None:
    assert len(pending.documents_to_read(filled, "reader-2")) == 3
    assert pending.documents_to_read(filled, READER) == []
    assert resolving.known_deals(filled, "reader-2", {"deal"}) == {}


def test_pages_are_asked_for_newest_first_and_once(con: Connection) -> None:
    load.load_polls(con, [samples.poll(numbers=range(3))], [samples.document(number) for number in range(3)])
    assert [page.item_id for page in pending.entries_without_page(con)] == ["item-2", "item-1", "item-0"]
    load.load_documents(con, [samples.document(2, "page")])
    assert [page.item_id for page in pending.entries_without_page(con)] == ["item-1", "item-0"]


def test_a_page_that_failed_too_often_is_left_alone(con: Connection) -> None:
    load.load_polls(con, [samples.poll(numbers=range(1))])
    for hour in range(3):
        failure = PageFailure(
            item_id="item-0", url="u", attempted_at=NOW + days(hour / 24), error_code="timeout", error_message="slow"
        )
        load.load_documents(con, [], [failure])
    assert len(pending.entries_without_page(con, max_attempts=4)) == 1
    assert pending.entries_without_page(con, max_attempts=3) == []


def test_one_item_in_two_feeds_is_one_page(con: Connection) -> None:
    load.load_polls(con, [samples.poll("wire", range(1)), samples.poll("herald", range(1))])
    assert len(pending.entries_without_page(con)) == 1


def test_the_page_is_read_before_the_entry(con: Connection) -> None:
    load.load_documents(con, [samples.document(1), samples.document(1, "inbox"), samples.document(1, "page")])
    assert kinds_to_read(con) == ["page"]


def test_a_page_that_cannot_be_read_makes_way_for_the_entry(con: Connection) -> None:
    page = samples.document(1, "page")
    load.load_documents(con, [samples.document(1), page])
    issue = Issue(stage="parse", subject_id=page.document_id, code="not_an_article", message="binary")
    load.load_issues(con, [issue], seen_at=NOW, reader_version=READER)
    assert kinds_to_read(con) == ["entry"]
    assert [d.kind for d in pending.documents_to_read(con, "reader-2")] == ["page"]


def test_a_page_without_a_body_makes_way_for_the_entry_and_nothing_is_read_twice(con: Connection) -> None:
    load.load_documents(con, [samples.document(1), samples.document(1, "page")])
    load.load_read(con, [samples.read(1, "page", body="")], recorded_at=NOW)
    assert kinds_to_read(con) == ["entry"]
    load.load_read(con, [samples.read(1, "entry", body="")], recorded_at=NOW)
    assert kinds_to_read(con) == []


def test_a_page_that_comes_after_its_entry_takes_its_place(con: Connection) -> None:
    load.load_documents(con, [samples.document(1)])
    load.load_read(con, [samples.read(1)], recorded_at=NOW)
    load.load_documents(con, [samples.document(1, "page", NOW + days(1))])
    assert kinds_to_read(con) == ["page"]
    page = samples.read(1, "page", retrieved_at=NOW + days(1))
    load.load_read(con, [page], recorded_at=NOW)
    found = {one.article.article_id: one.is_counting for one in resolving.arrived(con, READER)}
    assert found == {page.article_id: True, samples.read(1).article_id: False}
