"""Builds a small published file with the mart tables that the dashboards read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

STATE = """
    status VARCHAR,
    value_amount DECIMAL(18,2), value_currency_code VARCHAR, value_bound VARCHAR, value_basis VARCHAR,
    valuation_amount DECIMAL(18,2), valuation_currency_code VARCHAR,
    power_mw DOUBLE, power_bound VARCHAR,
    accelerator_count BIGINT, accelerator_bound VARCHAR, accelerator_model VARCHAR,
    term_months BIGINT, stake_pct DOUBLE, start_period VARCHAR, end_period VARCHAR, locations VARCHAR
"""
TABLES = {
    "deals": f"""deal_id VARCHAR, type VARCHAR, is_in_totals BOOLEAN, focus VARCHAR,
        announced_on DATE, announced_month DATE,
        first_reported_on DATE, last_changed_on DATE, {STATE}, amount_usd DECIMAL(18,2), parties VARCHAR,
        source_title VARCHAR, source_publisher VARCHAR, source_url VARCHAR, source_published_on DATE,
        publishers_count BIGINT, articles_count BIGINT, revisions_count BIGINT, confidence DOUBLE,
        corroboration VARCHAR, independent_publishers_count BIGINT""",
    "deal_parties": "deal_id VARCHAR, position BIGINT, role VARCHAR, name VARCHAR, company_id VARCHAR",
    "deal_revisions": f"""deal_id VARCHAR, revision BIGINT, as_of_on DATE, {STATE}, deal_mention_id VARCHAR,
        title VARCHAR, publisher VARCHAR, url VARCHAR""",
    "deal_evidence": """deal_id VARCHAR, deal_mention_id VARCHAR, slot VARCHAR, value VARCHAR, surface VARCHAR,
        sentence VARCHAR, title VARCHAR, publisher VARCHAR, url VARCHAR, published_on DATE, confidence DOUBLE,
        focus VARCHAR, is_source BOOLEAN, article_id VARCHAR""",
    "articles": """article_id VARCHAR, story_id VARCHAR, title VARCHAR, publisher VARCHAR, url VARCHAR,
        published_on DATE, is_truncated BOOLEAN, deals_count BIGINT""",
    "feeds": """feed_id VARCHAR, url VARCHAR, entries_count BIGINT, deals_count BIGINT, newest_published_on DATE,
        is_failing BOOLEAN, error_code VARCHAR""",
}


def build_published(folder: Path, deals: Iterable[Mapping[str, Any]], *, release_id: str = "1f3a5c7e9b2d4f60") -> Path:
    """Write a release of these deals into ``folder`` as publishing does; gives the symlink ``published.duckdb``.

    A deal is told by its columns of mart.deals (``party_list`` of (role, name) for the parties) and by ``claims``:
    each {on, publisher, url, title, sentence, slots: {slot: surface}} and the columns that it changed.
    """
    release = folder / "releases" / release_id
    release.mkdir(parents=True)
    path = release / "published.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA mart")
        for name, columns in TABLES.items():
            con.execute(f"CREATE TABLE mart.{name} ({columns})")
        articles: dict[tuple[str, str], dict[str, Any]] = {}
        for deal in deals:
            _insert_deal(con, deal, articles)
        _insert(con, "articles", articles.values())
        _insert(con, "feeds", _feeds(articles.values()))
    link = folder / "published.duckdb"
    link.symlink_to(path)
    return link


def _insert_deal(
    con: duckdb.DuckDBPyConnection, deal: Mapping[str, Any], articles: dict[tuple[str, str], dict[str, Any]]
) -> None:
    claims = sorted(deal["claims"], key=lambda claim: claim["on"] or date.min)
    state = {key: value for key, value in deal.items() if key not in ("claims", "party_list")}
    revisions = []
    for revision, claim in enumerate(claims, 1):
        state = state | {key: value for key, value in claim.items() if key in STATE}
        changed = {"revision": revision, "as_of_on": claim["on"], "deal_mention_id": f"{deal['deal_id']}:{revision}"}
        revisions.append(state | changed | {key: claim[key] for key in ("title", "publisher", "url")})
        articles.setdefault(
            (claim["publisher"], claim["title"]),
            {
                "article_id": _article_id(claim),
                "story_id": claim.get("story_id", f"story-{deal['deal_id']}-{revision}"),
                "title": claim["title"],
                "publisher": claim["publisher"],
                "url": claim["url"],
                "published_on": claim["on"],
                "is_truncated": False,
                "deals_count": 0,
            },
        )["deals_count"] += 1
    if "value_amount" in state and state.get("value_currency_code") == "USD":
        state["amount_usd"] = state["value_amount"]
    parties = "; ".join(f"{name} ({role})" for role, name in deal["party_list"])
    source = {f"source_{key}": claims[0][key] for key in ("title", "publisher", "url")}
    counts = source | {
        "parties": parties,
        "is_in_totals": state["status"] not in ("rumored", "cancelled"),
        "focus": "primary",
        "announced_on": claims[0]["on"],
        "announced_month": claims[0]["on"] and claims[0]["on"].replace(day=1),
        "first_reported_on": claims[0]["on"],
        "last_changed_on": claims[-1]["on"],
        "source_published_on": claims[0]["on"],
        "publishers_count": len({claim["publisher"] for claim in claims}),
        "independent_publishers_count": len({claim["publisher"] for claim in claims}),
        "corroboration": "corroborated" if len({claim["publisher"] for claim in claims}) > 1 else "reported",
        "articles_count": len(claims),
        "revisions_count": len(claims),
        "confidence": 0.9,
    }
    _insert(con, "deals", [state | counts])
    _insert(con, "deal_revisions", revisions)
    _insert(
        con,
        "deal_parties",
        [
            {"deal_id": deal["deal_id"], "position": n, "role": role, "name": name, "company_id": ""}
            for n, (role, name) in enumerate(deal["party_list"])
        ],
    )
    _insert(
        con,
        "deal_evidence",
        [
            {
                "deal_id": deal["deal_id"],
                "deal_mention_id": f"{deal['deal_id']}:{n}",
                "slot": slot,
                "value": surface,
                "focus": "primary",
                "article_id": _article_id(claim),
                "is_source": not any(slot in later["slots"] for later in claims[n:]),
                "surface": surface,
                "published_on": claim["on"],
                "confidence": 0.9,
            }
            | {key: claim[key] for key in ("sentence", "title", "publisher", "url")}
            for n, claim in enumerate(claims, 1)
            for slot, surface in ({"trigger": claim["sentence"]} | claim["slots"]).items()
        ],
    )


def _article_id(claim: Mapping[str, Any]) -> str:
    return f"{claim['publisher']}: {claim['title']}"


def _feeds(articles: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    by_publisher: dict[str, list[Mapping[str, Any]]] = {}
    for article in articles:
        by_publisher.setdefault(article["publisher"], []).append(article)
    return [
        {
            "feed_id": f"feed-{n}",
            "url": f"https://feed-{n}.example/rss",
            "is_failing": False,
            "entries_count": len(told),
            "deals_count": sum(article["deals_count"] for article in told),
            "newest_published_on": max((a["published_on"] for a in told if a["published_on"]), default=None),
        }
        for n, (_, told) in enumerate(sorted(by_publisher.items()))
    ]


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    columns = [line[0] for line in con.execute(f"DESCRIBE mart.{table}").fetchall()]
    marks = ", ".join("?" for _ in columns)
    for row in rows:
        con.execute(f"INSERT INTO mart.{table} VALUES ({marks})", [row.get(column) for column in columns])
