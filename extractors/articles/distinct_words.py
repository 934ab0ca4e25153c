"""The words of a text for a search: no order, so that no sentence can be had back from them."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def distinct_words(text: str) -> str:
    """Each word once, in small letters without accents, by the alphabet, a blank before and after each; "" for none.

    >>> distinct_words("Luleå: 5MW, five-year; a HALL, a hall.")
    ' 5mw a five hall lulea year '
    """
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    words = sorted(set(_WORD.findall(bare.lower())))
    return f" {' '.join(words)} " if words else ""
