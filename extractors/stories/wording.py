"""What an article says in its own words, in forms that can be compared: shingles, sketches, telling words.

Boilerplate (datelines, "About X", notices of the wire) is left out first: it is what different releases share and
copies of one release do not.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from extractors.stories.minhash import shingles_of

WORD = re.compile(r"\w+(?:[.,]\d+)*")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”']?\s+|\n")
SKETCHED = 16  # sentences; a shortened copy keeps the front
STEM = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|e)$")
FEWEST_SHINGLES = 8  # below this a body is too short to be called a copy by its wording
COPY_SHARE = 0.8  # of the shorter text's shingles that stand in the longer one

# "RALEIGH, N.C., Feb. 10, 2026 (PressLine) --", "Feb 10 (Example Wire) -", "LONDON, Jan 3 /PRNewswire/ --"
DATELINE = re.compile(r"^[^\n]{0,90}?(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/)\s*(?:--|-|–|—)\s+")
RELEASE_DATELINE = re.compile(r"^[^\n]{0,90}?(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/)\s*--\s+")
NOTICE = re.compile(
    r"^(?:About [A-Z]|Media contact|Contact:|Source:|Forward[- ]looking|This (?:release|notice|press release|article)\b"
    r"|Article URL|Comments URL|Points: \d|# Comments|https?://\S+$"
    r"|Statements about|For further information|Reporting by|Read original|Read more|Detailed Analysis$)"
)
PLAIN = frozenset(
    """about after again also amid another been before between billion could data deal deals during first from have
    into more most much near nearly next over than that their them they this those through under until what when
    where which while will with would year years million center centers centre centres company companies signs sign
    says said plans agreement contract announces announced""".split()
)


def own_words(body: str) -> str:
    """The body without its dateline, without paragraphs of boilerplate and without addresses."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n|\n", body) if part.strip()]
    kept = [part for part in paragraphs if not NOTICE.match(part)]
    if kept:
        kept[0] = DATELINE.sub("", kept[0], count=1)
    return "\n".join(kept)


def is_release(body: str) -> bool:
    """Whether the text is a party's press release: a wire's dateline with two dashes, and "announced" after it."""
    head = body.lstrip()[:400]
    return bool(RELEASE_DATELINE.match(head)) and "announced" in head


def words_of(text: str) -> list[str]:
    """The words in small letters without accents; figures keep their point: "$3.2 billion" -> 3.2, billion."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return WORD.findall(text.casefold())


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of SHINGLE_WORDS words."""
    return frozenset(shingles_of([text])[0].tolist())


def sketch(text: str) -> frozenset[int]:
    """The smallest shingle of each of the first sentences: texts that share one, slightly edited or not, share it."""
    hashes, sentence_of = shingles_of(SENTENCE_END.split(text)[:SKETCHED])
    firsts = np.flatnonzero(np.diff(sentence_of, prepend=-1))
    return frozenset(np.minimum.reduceat(hashes, firsts).view(np.int64).tolist() if len(firsts) else ())


def share_of_shorter(first: frozenset[int], second: frozenset[int]) -> float:
    """The share of the shorter text's shingles that stand in the longer one, 0..1; 0 where one is too short to tell."""
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter >= FEWEST_SHINGLES else 0.0


def telling_words(text: str) -> frozenset[str]:
    """Stems of words that can tell one event from another: four letters and more, no plain ones; and all numbers."""
    return frozenset(
        word if word[0].isdigit() else STEM.sub("", word)
        for word in words_of(text)
        if (len(word) > 3 and word not in PLAIN) or word[0].isdigit()
    )
