"""How a text is set: which lines are headlines in title case, where sentences begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from extractors.parties.words import common_words, words_of

LONGEST_HEADLINE = 300  # characters; longer lines are running text
WORD = re.compile(r"(?<![^\W_])[^\W\d_]{4,}")
BEFORE_SENTENCE = " )\t\"'“”‘([{*•–—-\u2022"
ENDS_SENTENCE = re.compile(r"(?<!\bInc)(?<!\bCo)(?<!\bCorp)(?<!\bLtd)(?<!\bU\.S)\.[\"'”’)]*\s*$")  # no headline does
SENTENCE_END = frozenset(".!?:;…\n|")


@dataclass(frozen=True, slots=True)
class Layout:
    """A plain text and the spans of its title-case lines."""

    text: str
    title_starts: tuple[int, ...]
    title_ends: tuple[int, ...]

    def is_title(self, position: int) -> bool:
        """Whether the position is in a line whose words are all capitalised, so that capitals tell nothing."""
        at = bisect_right(self.title_starts, position) - 1
        return at >= 0 and position < self.title_ends[at]

    def starts_sentence(self, position: int) -> bool:
        """Whether a word here has its capital from its place: after a full stop, colon, bullet or line break."""
        text = self.text
        at = position - 1
        while at >= 0 and text[at] in BEFORE_SENTENCE and at > position - 8:
            at -= 1
        if at < 0:
            return True
        mark = text[at]
        if mark not in SENTENCE_END:
            # an opening quotation mark straight after a verb or comma begins a quoted sentence
            return any(opening in text[at + 1 : position] for opening in '“")')
        if mark != ".":
            return True
        word_start = at
        while (
            word_start > 0 and (text[word_start - 1].isalnum() or text[word_start - 1] == ".") and at - word_start < 12
        ):
            word_start -= 1
        word = text[word_start:at]
        return not (word in words_of("abbreviation") or (len(word) == 1 and word.isupper()))


def read_layout(text: str) -> Layout:
    """Find the headlines of a text: lines in which nearly every plain English word is capitalised."""
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if len(line) <= LONGEST_HEADLINE and _is_title_case(line):
            starts.append(start)
            ends.append(start + len(line))
        start += len(line)
    return Layout(text, tuple(starts), tuple(ends))


def _is_title_case(line: str) -> bool:
    if ENDS_SENTENCE.search(line):
        return False
    common = common_words()
    capital = small = 0
    for match in WORD.finditer(line):
        word = match[0]
        if word.casefold() in common:
            if word[0].isupper():
                capital += 1
            elif word not in words_of("small_in_title"):
                small += 1
    return capital >= 2 and capital >= 2 * small + 1
