"""How long 1,000 new claims take to resolve against known deals, at three sizes of the tape, on one core.

    python tests/benchmarks/bench_resolving.py                                        # 200,000 articles at the most
    GIGAWIRE_BENCH_ARTICLES=1000000 python tests/benchmarks/bench_resolving.py        # 50,000, 100,000, 200,000 deals

Ends with 1 where the growth from the first size to the last is more than that of n log n.
Names are drawn by a power law, so that a few companies are in very many deals. Three claims in ten tell a known deal
again, one in twenty comes up to four weeks late, one in ten names one side only. What is timed is all that a run does
after reading: finding the deals that the claims can touch, deciding, recognising known deals in the articles, judging
what stands, and storing it.
"""

from __future__ import annotations

import hashlib
import math
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from big_tape import READER, Size, fill

from extractors.records import (
    Article,
    DealMention,
    Document,
    Extraction,
    Money,
    Party,
    Power,
    RawDocument,
    ReadDocument,
)
from flows.steps.resolve import resolve_deals
from warehouse.connection import open_writer
from warehouse.load import load_documents, load_read

CLAIMS = 1_000
WARM = 20_000  # articles of a tape that is not measured
TODAY = datetime(2026, 11, 1, tzinfo=UTC)  # the day after the made-up tape ends
FILLER = (
    "The companies said nothing of prices. Analysts had waited for the news since the spring. Shares moved little. "
    "Construction of the halls goes on, and a spokesman pointed to the figures of the last quarter. Rivals watch. "
    "Utilities in the region have more requests than they can serve, the regulator said, and asked for patience."
)


@dataclass(frozen=True, slots=True)
class Known:
    """A deal of the made-up tape, as far as it is told again."""

    type: str
    parties: tuple[tuple[str, str, str], ...]  # role, name, company_id
    amount: Decimal | None
    currency: str | None
    power_mw: Decimal | None


def known_deals(con: duckdb.DuckDBPyConnection, count: int, dice: random.Random) -> list[Known]:
    """Deals with the frequencies of companies that the tape has, most of them of the last year."""
    rows = con.execute(
        "SELECT claims.type, list((role, name, company_id) ORDER BY position), "
        "    any_value(value_amount), any_value(value_currency_code), any_value(power_mw) "
        "FROM core.deal_mentions AS claims JOIN core.deal_mention_parties USING (deal_mention_id) "
        "WHERE claims.recorded_at > ? GROUP BY claims.deal_mention_id, claims.type ORDER BY claims.deal_mention_id",
        [TODAY - timedelta(days=365)],
    ).fetchall()
    return [
        Known(kind, tuple(tuple(party.values() if isinstance(party, dict) else party) for party in parties), *slots)
        for kind, parties, *slots in dice.sample(rows, count)
    ]


def new_articles(con: duckdb.DuckDBPyConnection, seed: int = 1) -> Iterator[ReadDocument]:
    """Articles with CLAIMS claims together, one or two each."""
    dice = random.Random(seed)
    deals = known_deals(con, CLAIMS, dice)
    made = 0
    while made < CLAIMS:
        late = timedelta(days=dice.random() * 28) if dice.random() < 0.05 else timedelta()
        at = TODAY + timedelta(minutes=dice.randrange(1440)) - late
        told = deals[made : made + dice.choice([1, 1, 2])]
        made += len(told)
        yield _read(f"new-{made}", at, told, dice)


def _read(name: str, at: datetime, told: list[Known], dice: random.Random) -> ReadDocument:
    title = f"{told[0].parties[-1][1]} in the news"
    sentences, mentions, start = [], [], len(title) + 2
    for k, deal in enumerate(told):
        is_again = dice.random() < 0.3
        parties = deal.parties[:1] if dice.random() < 0.1 else deal.parties
        text = " and ".join(party[1] for party in parties) + f" agreed to deal {name} {k}."
        amount = deal.amount if is_again or deal.amount is None else Decimal(dice.randrange(10, 9000)) * 10**6
        power = deal.power_mw if is_again else Decimal(dice.randrange(5, 999))
        mentions.append(_mention(_id(f"{name}-{k}"), deal, parties, text, start, amount, power))
        sentences.append(text)
        start += len(text) + 1
    body = f"{' '.join(sentences)}\n\n{FILLER}"
    own_id = _id(name)
    raw = RawDocument(
        document_id=own_id,
        item_id=own_id,
        kind="page",
        url=f"https://example.org/{name}",
        content_type="text/html",
        byte_count=len(body),
        retrieved_at=TODAY + timedelta(days=1),
        published_at=at,
    )
    return ReadDocument(
        raw=raw,
        article_id=own_id,
        article=Article(title=title, body=body, published_at=at, publisher=f"Publisher {dice.randrange(400)}"),
        content_hash=own_id,
        extraction=Extraction(
            document=Document(document_id=own_id, title=title, body=body), deal_mentions=tuple(mentions)
        ),
        reader_version=READER,
    )


def _id(name: str) -> str:
    """An id of the length and order of real ones: a table cannot tell by it what is new."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _mention(
    mention_id: str,
    deal: Known,
    parties: tuple[tuple[str, str, str], ...],
    text: str,
    start: int,
    amount: Decimal | None,
    power: Decimal | None,
) -> DealMention:
    span = {"start_char": start, "end_char": start + 5, "surface": text[:5]}
    return DealMention(
        deal_mention_id=mention_id,
        type=deal.type,
        status="announced",
        focus="primary",
        parties=tuple(
            Party(
                role=role,
                name=name,
                mention=name,
                company_id=company_id,
                start_char=start + text.index(name),
                end_char=start + text.index(name) + len(name),
            )
            for role, name, company_id in parties
        ),
        value=Money(amount=amount, currency=deal.currency or "USD", **span) if amount else None,
        power=Power(mw=power, **span) if power else None,
        trigger_start_char=start,
        trigger_end_char=start + 5,
        sentence_start_char=start,
        sentence_end_char=start + len(text),
    )


def measure(articles: int, folder: Path) -> tuple[float, str]:
    """(seconds for the new claims, what came of them) on a tape of this size."""
    with open_writer(folder / f"{articles}" / "warehouse.duckdb") as con:
        fill(con, Size(articles=articles))
        con.execute("SET threads = 1")
        read = list(new_articles(con))
        load_documents(con, [one.raw for one in read])
        load_read(con, read, recorded_at=TODAY)
        began = time.process_time()  # one thread: what it takes on a core of its own
        done = resolve_deals(con, READER, at=TODAY)
        seconds = time.process_time() - began
        assert not resolve_deals(con, READER, at=TODAY), "everything was resolved"
    told = f"{sum(one.new_deals for one in done)} deals new, {sum(one.revised_deals for one in done)} told further"
    return seconds, told


def main() -> int:
    """Runs three sizes; gives the exit code."""
    largest = int(os.environ.get("GIGAWIRE_BENCH_ARTICLES", "200000"))
    sizes = (largest // 4, largest // 2, largest)
    folder = Path(tempfile.mkdtemp(prefix="bench-resolving-"))
    try:
        print(f"{CLAIMS:,} new claims, one core")
        measure(WARM, folder)  # else the first size would pay for what is loaded once
        taken: list[float] = []
        for articles in sizes:
            seconds, told = measure(articles, folder)
            ratio = f", {seconds / taken[-1]:.2f} times the size before" if taken else ""
            taken.append(seconds)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            deals = f"{articles // 5:>9,} deals, {articles:>9,} articles"
            print(f"{deals}: {seconds:5.1f} s{ratio}; {told}; {memory:,} MB", flush=True)
            shutil.rmtree(folder / f"{articles}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    grown, asked = taken[-1] / taken[0], sizes[-1] * math.log(sizes[-1]) / (sizes[0] * math.log(sizes[0]))
    print(f"grows {grown:.1f} times from the first size to the last; n log n grows {asked:.1f}")
    return int(grown > asked)


if __name__ == "__main__":
    sys.exit(main())
