"""Stories: 1,000 new articles placed among ever more known ones, and MinHash against the library datasketch.

The last RECENT of the known articles are made as a run makes them; those before have as many keys, which none shares.
Prints seconds of one core over three sizes, how they grow, and the ratio of texts a second; ends with 1 where the
growth is more than that of n log n, or the ratio below what is asked. Other sizes: ``bench_stories.py 9000 90000``, or
the largest by GIGAWIRE_BENCH_ARTICLES=1000000.
"""

from __future__ import annotations

import functools
import math
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import duckdb
import numpy as np
import pyarrow as pa

from extractors.registry import load_words
from extractors.stories.minhash import BINS, ROWS, bands, shingles_of, signatures
from extractors.stories.wording import words_of
from flows.steps.place import place_articles
from warehouse.connection import open_writer

LARGEST = int(os.environ.get("GIGAWIRE_BENCH_ARTICLES", "200000"))
SIZES = (LARGEST // 20, LARGEST // 5, LARGEST)
NEW, RECENT = 1_000, 3_000
DAYS = 730  # over which the known articles lie, whatever their number: more of them are more a day
VERSION = "bench"
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
TEXTS, WORDS, ASKED = 4_000, 180, 10.0
MEASURED = 5  # articles of a story
COMPANIES = 4_000


def main() -> int:
    """Runs both parts; gives the exit code."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    seconds = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="gigawire-bench-") as folder:
            seconds.append(placing(Path(folder), size))
        print(f"  {NEW:,} new articles among {size:,}: {seconds[-1]:.2f} s", flush=True)
    grown, linearly = seconds[-1] / seconds[0], sizes[-1] * math.log(sizes[-1]) / (sizes[0] * math.log(sizes[0]))
    exponent = math.log(grown) / math.log(sizes[-1] / sizes[0])
    print(
        f"  grows {grown:.1f} times from {sizes[0]:,} to {sizes[-1]:,}: n^{exponent:.2f}; n log n grows {linearly:.1f}"
    )
    ratio = minhash()
    print(f"  MinHash: {ratio:.1f} times the rate of datasketch (asked: {ASKED:.0f})")
    return int(grown > linearly or ratio < ASKED)


def placing(folder: Path, size: int) -> float:
    """Seconds to place NEW articles of the last day among so many, in a warehouse that holds them on disk."""
    with open_writer(folder / "warehouse.duckdb", wait_seconds=0) as con:
        con.execute("SET threads = 1")
        give_bulk(con, size - RECENT, size)
        give_known(con, range(size - RECENT, size), size)
        con.execute("CHECKPOINT")
        give_articles(con, range(size, size + NEW), size)
        begun = time.process_time()
        placed = place_articles(con, VERSION)
        taken = time.process_time() - begun
        assert placed == NEW
        (stories,) = con.execute(
            "SELECT count(DISTINCT story_id) FROM core.current_stories JOIN core.articles USING (article_id) "
            f"WHERE item_id >= 'i{size:09d}'"
        ).fetchone() or (0,)
        assert NEW / MEASURED / 2 < stories < NEW, stories
    return taken


def give_bulk(con: duckdb.DuckDBPyConnection, count: int, size: int) -> None:
    """Articles of a page of text each, in stories of MEASURED, linked within them."""
    con.execute(
        """
        CREATE TEMP TABLE bulk AS
        SELECT
            number,
            'a' || lpad(number::VARCHAR, 9, '0') AS article_id,
            $version AS reader_version,
            $first::TIMESTAMPTZ + to_seconds((number / $size * $days * 86400)::BIGINT) AS moment
        FROM range($count) AS numbers(number)
        """,
        {"version": VERSION, "first": FIRST, "size": size, "days": DAYS, "count": count},
    )
    con.execute(
        """
        INSERT INTO core.articles BY NAME
        SELECT
            article_id, reader_version, article_id AS document_id, 'i' || substr(article_id, 2) AS item_id,
            'page' AS kind, 'Headline ' || number AS title,
            array_to_string(list_transform(range(12), lambda k: sha256(number || '-' || k)), ' ') AS body,
            moment AS published_at, moment::DATE AS published_on, moment AS retrieved_at, moment AS first_seen_at,
            false AS is_truncated, article_id AS content_hash, moment AS recorded_at, true AS has_body
        FROM bulk
        """
    )
    con.execute(
        """
        INSERT INTO core.story_keys BY NAME
        SELECT
            article_id, reader_version, moment AS as_of_at, 5 AS reach_days,
            list_transform(range(17), lambda k: (hash(number, k, 1) >> 1)::BIGINT) AS copy_keys,
            list_transform(range(70), lambda k: (hash(number, k, 2) >> 1)::BIGINT) AS event_keys
        FROM bulk
        """
    )
    con.execute(
        """
        INSERT INTO core.story_links BY NAME
        SELECT
            one.article_id, other.article_id AS other_id, one.reader_version, 0.7 AS strength, one.moment AS recorded_at
        FROM bulk AS one
        JOIN bulk AS other ON other.number // $measured = one.number // $measured AND one.number < other.number
        """,
        {"measured": MEASURED},
    )
    con.execute(
        "INSERT INTO core.stories BY NAME SELECT article_id, reader_version, 1 AS placement, "
        "'s' || (number // $measured) AS story_id, moment AS recorded_at FROM bulk",
        {"measured": MEASURED},
    )


def give_known(con: duckdb.DuckDBPyConnection, numbers: range, size: int) -> None:
    """Articles with their keys, placed in the stories that they were made for."""
    from extractors.records import StoryArticle
    from extractors.stories import find_keys
    from warehouse.stories import load_keys

    give_articles(con, numbers, size)
    told = [(n, *news(n, size)) for n in numbers]
    articles = [
        StoryArticle(
            article_id=f"a{n:09d}",
            title=title,
            body=body,
            publisher="",
            published_at=at,
            first_seen_at=at,
            content_hash="",
        )
        for n, title, body, at in told
    ]
    load_keys(con, find_keys(articles), reader_version=VERSION)
    con.execute(
        "INSERT INTO core.stories BY NAME SELECT article_id, reader_version, 1 AS placement, "
        "'s' || (number // ?) AS story_id, recorded_at FROM (SELECT *, substr(article_id, 2)::BIGINT AS number "
        "FROM core.articles) WHERE number BETWEEN ? AND ?",
        [MEASURED, numbers.start, numbers.stop - 1],
    )


def give_articles(con: duckdb.DuckDBPyConnection, numbers: range, size: int) -> None:
    """Articles as the reader leaves them."""
    told = [(n, *news(n, size)) for n in numbers]
    batch = pa.table(
        {
            "article_id": [f"a{n:09d}" for n, *_ in told],
            "item_id": [f"i{n:09d}" for n, *_ in told],
            "title": [title for _, title, _, _ in told],
            "body": [body for *_, body, _ in told],
            "published_at": [at for *_, at in told],
        }
    )
    con.register("batch", batch)
    con.execute(
        f"""
        INSERT INTO core.articles BY NAME
        SELECT
            *, '{VERSION}' AS reader_version, article_id AS document_id, 'page' AS kind,
            published_at::DATE AS published_on, published_at AS retrieved_at, published_at AS first_seen_at,
            false AS is_truncated, article_id AS content_hash, published_at AS recorded_at, true AS has_body
        FROM batch
        """
    )
    con.unregister("batch")


def news(number: int, size: int) -> tuple[str, str, datetime]:
    """Headline, text and time of an article: MEASURED in a row tell one event, in words of their own."""
    event, own = random.Random(number // MEASURED), random.Random(~number)
    names = [f"{word(event.randrange(COMPANIES))}corp" for _ in range(2)]
    things = [word(COMPANIES + event.randrange(20_000)) for _ in range(8)]
    verb = event.choice("launches sues acquires delays opens warns hires expands".split())
    title = (
        f"{names[0].title()} {verb} {things[0]} with {names[1].title()} {own.choice(things[1:])} {event.randrange(90)}"
    )
    filler = own.choices(plain_words(), k=90)
    body = f"{names[0]} {' '.join(own.sample(things, 5))} {' '.join(filler)}."
    return (
        title,
        body,
        FIRST + timedelta(days=DAYS * (number // MEASURED) * MEASURED / size, minutes=own.randrange(600)),
    )


@functools.cache
def plain_words() -> list[str]:
    """Words that any text may hold."""
    return sorted(load_words("common"))


def word(number: int) -> str:
    """A made-up word for each number."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    found = ""
    while number or not found:
        number, rest = divmod(number, len(syllables))
        found += syllables[rest]
    return found + "n"


def minhash() -> float:
    """How many times as many texts a second as datasketch get signature and bands of the same size."""
    from datasketch import MinHash, MinHashLSH

    chance = random.Random(7)
    texts = [" ".join(word(chance.randrange(9_000)) for _ in range(WORDS)) for _ in range(TEXTS)]

    def ours() -> None:
        keys = []
        for start in range(0, len(texts), 100):
            hashes, text_of = shingles_of(texts[start : start + 100])
            keys.append(bands(signatures(hashes, text_of, len(texts[start : start + 100]))))
        np.argsort(np.concatenate(keys).ravel())  # like keys lie side by side: that is the index

    def theirs() -> None:
        index = MinHashLSH(num_perm=BINS, params=(BINS // ROWS, ROWS))
        for k, text in enumerate(texts[: TEXTS // 4]):
            words = words_of(text)
            signature = MinHash(num_perm=BINS)
            signature.update_batch([" ".join(words[i : i + 4]).encode() for i in range(len(words) - 3)])
            index.insert(str(k), signature)

    ratios = []
    for _ in range(3):
        begun = time.process_time()
        ours()
        between = time.process_time()
        theirs()
        ratios.append((time.process_time() - between) * 4 / (between - begun))
    return sorted(ratios)[1]


if __name__ == "__main__":
    sys.exit(main())
