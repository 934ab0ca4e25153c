"""The words to show for a span."""

from __future__ import annotations

import re

BREAK = re.compile(r"(?<=[.!?][\"”’)\s])\s*(?=[\"“‘(]?[A-Z0-9])|\n+")
LONGEST_QUOTE = 400  # characters: a quotation, not a copy


def sentence_at(text: str, start_char: int, end_char: int) -> str:
    """The sentence around a span, cut to LONGEST_QUOTE characters but never inside the span.

    >>> sentence_at("It grew. The site draws 300 MW. More follows.", 24, 30)
    'The site draws 300 MW.'
    """
    start, end = 0, len(text)
    for found in BREAK.finditer(text):
        if found.end() <= start_char:
            start = found.end()
        elif found.start() >= end_char:
            end = found.start()
            break
    start = max(start, min(start_char, end_char - LONGEST_QUOTE // 2)) if end - start > LONGEST_QUOTE else start
    return text[start : max(end_char, min(end, start + LONGEST_QUOTE))].strip()
