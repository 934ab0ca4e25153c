"""What resolving asks the tables for: what came new, and of what is known the part that it could touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from extractors.records import Claim, KnownDeal, StoryArticle
from warehouse.pending import EPOCH, Connection, claims, select, select_file, told

ITEMS_AT_ONCE = 5000  # of a batch


@dataclass(frozen=True, slots=True)
class Arrived:
    """An article that resolving has to look at."""

    article: StoryArticle
    is_new: bool  # not seen by resolving before
    is_counting: bool  # the one that counts of its news item


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as the index of keys has it."""

    deal_mention_id: str
    article_id: str
    as_of: datetime
    key: str
    deal_id: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A claim as it is filed: where it stands, and its keys."""

    article_id: str
    as_of: datetime
    keys: set[str]


def arrived(con: Connection, reader_version: str, items_count: int = ITEMS_AT_ONCE) -> list[Arrived]:
    """The articles of the next news items of which something was read since they were resolved last."""
    found = select_file(con, "articles_to_file", {"reader_version": reader_version, "items_count": items_count})
    companies = companies_in(con, reader_version, [row["article_id"] for row in found])
    return [
        Arrived(
            is_new=row.pop("is_new"),
            is_counting=row.pop("is_counting"),
            article=story_article(row, companies),
        )
        for row in found
    ]


def texts(con: Connection, reader_version: str, article_ids: Collection[str]) -> list[StoryArticle]:
    """These articles as far as they count, by id, without their companies."""
    found = select_file(con, "texts", {"reader_version": reader_version, "article_ids": sorted(article_ids)})
    return [story_article(row, {}) for row in found]


def story_article(row: dict[str, object], companies: Mapping[str, Sequence[str]]) -> StoryArticle:
    """A row of core.articles as resolving takes it: with its registered companies, without claims."""
    return StoryArticle(**told(row, ("publisher",)), companies=tuple(companies.get(str(row["article_id"]), ())))


def companies_in(con: Connection, reader_version: str, article_ids: Collection[str]) -> dict[str, list[str]]:
    """article_id -> company_id of the registered companies that it mentions."""
    found: dict[str, list[str]] = defaultdict(list)
    if not article_ids:
        return found
    for row in select(
        con,
        "SELECT DISTINCT article_id, registry_id FROM core.mentions "
        "WHERE reader_version = $reader_version AND kind IN ('company', 'organisation') AND registry_id IS NOT NULL "
        "AND article_id IN (SELECT unnest($article_ids::VARCHAR[])) ORDER BY ALL",
        {"reader_version": reader_version, "article_ids": sorted(article_ids)},
    ):
        found[row["article_id"]].append(row["registry_id"])
    return found


def decided(
    con: Connection, reader_version: str, *, deals: Collection[str] = (), articles: Collection[str] = ()
) -> dict[str, str]:
    """deal_mention_id -> deal_id ("" for none) of the claims of these deals and in these articles."""
    wanted = {"reader_version": reader_version, "deal_ids": sorted(deals), "article_ids": sorted(articles)}
    return {row["deal_mention_id"]: row["deal_id"] or "" for row in select_file(con, "deal_claims", wanted)}


def names(con: Connection, reader_version: str, article_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """article_id -> the keys of what the article names, as it was filed."""
    found = con.execute(
        "SELECT article_id, names FROM core.filed_articles "
        "WHERE reader_version = ? AND names IS NOT NULL AND article_id IN (SELECT unnest(?::VARCHAR[]))",
        [reader_version, sorted(article_ids)],
    ).fetchall()
    return {article_id: frozenset(told.split()) for article_id, told in found}


def claims_in(con: Connection, reader_version: str, articles: Collection[str]) -> list[Claim]:
    """The claims in these articles."""
    return claims(con, reader_version, list(decided(con, reader_version, articles=articles)))


def filed(con: Connection, reader_version: str, ids: Collection[str]) -> dict[str, Filed]:
    """deal_mention_id -> what the claim is filed under; claims that were recognised are not filed."""
    if not ids:
        return {}
    found: dict[str, Filed] = {}
    for mention_id, article_id, as_of, key in con.execute(
        "SELECT deal_mention_id, article_id, epoch_us(as_of_at), claim_key FROM core.claim_keys "
        "WHERE reader_version = ? AND deal_mention_id IN (SELECT unnest(?::VARCHAR[]))",
        [reader_version, sorted(ids)],
    ).fetchall():
        claim = found.get(mention_id) or Filed(article_id, EPOCH + timedelta(microseconds=as_of), set())
        claim.keys.add(key)
        found[mention_id] = claim
    return found


def known_keys(con: Connection, reader_version: str, keys: Collection[str]) -> set[str]:
    """Those of the keys that some claim is filed under."""
    found = con.execute(
        "SELECT DISTINCT claim_key FROM core.claim_keys "
        "WHERE reader_version = ? AND claim_key IN (SELECT unnest(?::VARCHAR[]))",
        [reader_version, sorted(keys)],
    ).fetchall()
    return {key for (key,) in found}


def deals_before(
    con: Connection, reader_version: str, wanted: Collection[tuple[str, datetime, str]], nearest: int
) -> set[str]:
    """Of each (key, moment, article_id) the deals told of last before that article, ``nearest`` of them."""
    rows = sorted(wanted)
    parameters = {
        "reader_version": reader_version,
        "keys": [key for key, _, _ in rows],
        "moments": [moment for _, moment, _ in rows],
        "article_ids": [article_id for _, _, article_id in rows],
        "nearest": nearest,
    }
    return {row["deal_id"] for row in select_file(con, "deals_before", parameters)}


def claims_after(con: Connection, reader_version: str, wanted: Collection[tuple[str, datetime]]) -> list[Entry]:
    """The entries of each (key, moment) from that moment on."""
    rows = sorted(wanted)
    parameters = {
        "reader_version": reader_version,
        "keys": [key for key, _ in rows],
        "moments": [moment for _, moment in rows],
    }
    return [
        Entry(row["deal_mention_id"], row["article_id"], row["as_of_at"], row["claim_key"], row["deal_id"])
        for row in select_file(con, "claims_after", parameters)
    ]


def articles_naming(
    con: Connection,
    reader_version: str,
    wanted: Iterable[tuple[str, int, str, datetime, datetime]],
    ticker: str,
) -> set[str]:
    """article_id of those that name the parties of a deal: (deal, side, name of it, since, until) a row."""
    rows = sorted(wanted)
    if not rows:
        return set()
    parameters = {
        "reader_version": reader_version,
        "deals": [row[0] for row in rows],
        "sides": [row[1] for row in rows],
        "names": [row[2] for row in rows],
        "sinces": [row[3] for row in rows],
        "untils": [row[4] for row in rows],
        "ticker": ticker,
    }
    return {row["article_id"] for row in select_file(con, "articles_naming", parameters)}


@dataclass(frozen=True, slots=True)
class Beside:
    """A deal that is told in the articles of another."""

    deal_id: str
    read_count: int  # claims that were read, not recognised
    claims_count: int
    last_told_at: datetime


def deals_beside(
    con: Connection, reader_version: str, *, deals: Collection[str] = (), articles: Collection[str] = ()
) -> list[Beside]:
    """The deals told in these articles or in those of these deals, by deal_id."""
    wanted = {"reader_version": reader_version, "deal_ids": sorted(deals), "article_ids": sorted(articles)}
    return [Beside(**row) for row in select_file(con, "deals_beside", wanted)]


def known_deals(con: Connection, reader_version: str, deal_ids: Collection[str]) -> dict[str, KnownDeal]:
    """deal_id -> what the store knows of it, for those of the ids that it has."""
    found = select(
        con,
        "SELECT deal_id, recorded_at, endings.kind, endings.into_deal_id, endings.reason FROM core.deals "
        "LEFT JOIN ("
        "    SELECT deal_id, kind, into_deal_id, reason FROM core.deal_endings WHERE reader_version = $reader_version"
        "    QUALIFY row_number() OVER (PARTITION BY deal_id ORDER BY ending DESC) = 1"
        ") AS endings USING (deal_id) "
        "WHERE reader_version = $reader_version AND deal_id IN (SELECT unnest($deal_ids::VARCHAR[])) ORDER BY deal_id",
        {"reader_version": reader_version, "deal_ids": sorted(deal_ids)},
    )
    return {
        row["deal_id"]: KnownDeal(
            deal_id=row["deal_id"],
            recorded_at=row["recorded_at"],
            ending=row["kind"] if row["kind"] in ("withdrawn", "merged") else "",
            into_deal_id=row["into_deal_id"] or "",
            reason=row["reason"] or "",
        )
        for row in found
    }


def affiliations(con: Connection, reader_version: str, names: Collection[str]) -> list[tuple[str, str]]:
    """(name, company that it stands for) of each article that explains one of the names."""
    return con.execute(
        "SELECT child, parent FROM core.affiliations "
        "WHERE reader_version = ? AND child IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL",
        [reader_version, sorted(names)],
    ).fetchall()


def articles_at(con: Connection, reader_version: str, urls: Collection[str]) -> dict[str, set[str]]:
    """address -> article_id of the articles with that address, whichever of them count."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in con.execute(
        "SELECT article_id, url, canonical_url FROM core.articles WHERE reader_version = $version "
        "AND (url IN (SELECT unnest($urls::VARCHAR[])) OR canonical_url IN (SELECT unnest($urls::VARCHAR[])))",
        {"version": reader_version, "urls": sorted(urls)},
    ).fetchall():
        for url in row[1:]:
            found[url].add(row[0])
    return found


def counting(con: Connection, reader_version: str, article_ids: Collection[str]) -> set[str]:
    """Those of the articles that resolving has seen and that count among the articles of their news items."""
    filed = con.execute(
        "SELECT article_id FROM core.filed_articles "
        "WHERE reader_version = ? AND article_id IN (SELECT unnest(?::VARCHAR[]))",
        [reader_version, sorted(article_ids)],
    ).fetchall()
    return {article.article_id for article in texts(con, reader_version, [article_id for (article_id,) in filed])}


def unregistered_names(con: Connection, reader_version: str) -> list[str]:
    """Names of parties to claims that no registry knows."""
    found = con.execute(
        "SELECT DISTINCT name FROM core.deal_mention_parties JOIN core.deal_mentions USING (deal_mention_id) "
        "WHERE reader_version = ? AND company_id IS NULL ORDER BY name",
        [reader_version],
    ).fetchall()
    return [name for (name,) in found]


def articles_with_party(con: Connection, reader_version: str, names: Collection[str]) -> set[str]:
    """article_id of those with a claim about an unregistered company of one of these names."""
    found = con.execute(
        "SELECT DISTINCT article_id FROM core.deal_mention_parties JOIN core.deal_mentions USING (deal_mention_id) "
        "WHERE reader_version = ? AND company_id IS NULL AND name IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL",
        [reader_version, sorted(names)],
    ).fetchall()
    return {article_id for (article_id,) in found}
