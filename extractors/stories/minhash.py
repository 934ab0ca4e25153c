"""MinHash over shingles of words, many texts at once: which texts are worth comparing word by word.

One permutation hashing: a single hash of each shingle chooses a bin and competes for being the smallest in it, so a
text costs as much as it has shingles, not that times the length of the signature. Empty bins borrow from the next full
one on their left (P. Li, A. Owen, C.-H. Zhang 2012; A. Shrivastava, P. Li 2014).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.int64]

SHINGLE_WORDS = 4
BINS, ROWS = 64, 4  # 16 bands of 4 bins: 9 of 10 pairs at a likeness of 0.6 meet, 999 of 1000 at 0.8
BIN_BITS = np.uint64(6)
NONE = np.uint64(2**64 - 1)
BLANK = ord(" ")
SMALL_LETTERS = bytes(b if b >= 128 or chr(b).isalnum() else BLANK for b in bytes(range(256)).lower())
NO_LETTER = re.compile(r"[^\w\s]|_")
PRIMES = tuple(np.uint64(p) for p in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
POWERS = np.cumprod(np.full(48, PRIMES[2]))  # of the letters of a word; what is longer than 48 letters is no word


def shingles_of(texts: Sequence[str]) -> tuple[Hashes, Positions]:
    """Hashes of all runs of SHINGLE_WORDS words, and of which text each is (its position); in order of the texts."""
    letters = [_letters(text) for text in texts]
    ends = np.cumsum(np.fromiter(map(len, letters), np.int64, len(letters)))
    words, starts = _word_hashes(np.frombuffer(b"".join(letters), np.uint8))
    text_of = np.searchsorted(ends, starts, side="right")
    runs = len(words) - SHINGLE_WORDS + 1
    if runs <= 0:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    hashes = words[:runs].copy()
    for k in range(1, SHINGLE_WORDS):
        hashes *= PRIMES[0]
        hashes += words[k : k + runs]
    inside = text_of[:runs] == text_of[SHINGLE_WORDS - 1 :]
    return _mixed(hashes[inside]), text_of[:runs][inside]


def _letters(text: str) -> bytes:
    """The text in small letters without accents, with one blank for each byte that is no letter and no digit."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = NO_LETTER.sub(lambda found: "" if unicodedata.combining(found[0]) else " ", text).casefold()
    return text.encode("utf-8", "surrogatepass").translate(SMALL_LETTERS) + b" "


def _word_hashes(letters: npt.NDArray[np.uint8]) -> tuple[Hashes, Positions]:
    """A hash of each word, and where it starts."""
    is_letter = letters != BLANK
    starts = np.flatnonzero(is_letter & ~np.concatenate([[False], is_letter[:-1]]))
    if not len(starts):
        return np.empty(0, np.uint64), starts
    place = np.arange(starts[0], len(letters)) - np.repeat(starts, np.diff(starts, append=len(letters)))
    values = letters[starts[0] :] * POWERS[np.minimum(place, len(POWERS) - 1)]
    values[~is_letter[starts[0] :]] = 0
    return np.add.reduceat(values, starts - starts[0]), starts


def signatures(hashes: Hashes, text_of: Positions, texts: int) -> Hashes:
    """The MinHash of each text, one row of BINS a text; NONE throughout where a text has no shingle."""
    smallest = np.full(texts * BINS, NONE, np.uint64)
    bins = (hashes >> (np.uint64(64) - BIN_BITS)).astype(np.int64)
    np.minimum.at(smallest, text_of * BINS + bins, hashes << BIN_BITS)
    return _filled(smallest.reshape(texts, BINS))


def bands(signature: Hashes) -> npt.NDArray[np.int64]:
    """A key for each band of each text: texts of which one key is the same are likely alike."""
    parts = signature.reshape(len(signature), BINS // ROWS, ROWS)
    keys = np.arange(BINS // ROWS, dtype=np.uint64)[None, :].repeat(len(signature), axis=0)
    for k in range(ROWS):
        keys = (keys * PRIMES[0]) ^ parts[:, :, k]
    return _mixed(keys).view(np.int64)


def _filled(smallest: Hashes) -> Hashes:
    """Empty bins hold what the next full bin on their left holds, changed by how far away that is."""
    full = smallest != NONE
    doubled = np.concatenate([full, full], axis=1)
    position = np.where(doubled, np.arange(2 * BINS), -1)
    source = np.maximum.accumulate(position, axis=1)[:, BINS:]
    away = (np.arange(BINS, 2 * BINS) - source).astype(np.uint64)
    borrowed = np.take_along_axis(smallest, source % BINS, axis=1) + away * PRIMES[1]
    return np.where(full.any(axis=1)[:, None], borrowed, NONE)


def _mixed(hashes: Hashes) -> Hashes:
    """The same hashes with every bit depending on every other (the finish of MurmurHash3)."""
    hashes = hashes ^ (hashes >> np.uint64(33))
    hashes = hashes * np.uint64(0xFF51AFD7ED558CCD)
    hashes = hashes ^ (hashes >> np.uint64(33))
    hashes = hashes * np.uint64(0xC4CEB9FE1A85EC53)
    return hashes ^ (hashes >> np.uint64(33))
