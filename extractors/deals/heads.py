"""Lines headed by names alone: "HALYARD / BANK OF DOGGER. Five-year note, $640m", "X and Y. A contract for …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence

BETWEEN = re.compile(r"(?:\s*(?:/|&|\+|,|[-–—]|\band\b|\bx\b|\bwith\b)\s*)+|\.?\s*|[.:]", re.I)


ASIDE = re.compile(  # what stands between a name at the head of a line and what the line says of it
    r"(?: (?:[A-Za-z]\.){2,3})?(?: ?\([^()\n]{2,40}\)|, [A-Z][\w.' -]{2,25})?"
    r"(?::| ?[–—]) +(?=\S)(?!(?:the|an?|its|it|they|both) )"
)
FEWEST = 2  # lines so headed: one alone may be a quotation or a dateline


def with_heads(sentences: Sequence[Sentence], scene: Scene) -> tuple[Sentence, ...]:
    """The sentences, those of a paragraph that begins with names alone labelled with them."""
    told: list[Sentence] = []
    head: Sentence | None = None
    for sentence in _with_colons(sentences, scene):
        if head is not None and head.paragraph != sentence.paragraph:
            head = None
        opens = not told or told[-1].paragraph != sentence.paragraph
        if head is not None and not sentence.label:
            label = scene.text[head.start_char : head.end_char].rstrip(".:")
            sentence = replace(sentence, label=label, label_start_char=head.start_char, is_item=True)
        elif opens and sentence.kind == "body" and not sentence.label and _names_alone(sentence, scene):
            head = sentence
        told.append(sentence)
    return tuple(told)


def _with_colons(sentences: Sequence[Sentence], scene: Scene) -> Sequence[Sentence]:
    """Lines that begin with a company and a colon, labelled with it: "Vanora AB (Sweden): placed five-year notes"."""
    ends: dict[int, tuple[int, int, int]] = {}  # by paragraph: where the name begins and ends, and the line begins
    before = 0
    for sentence in sentences:
        if sentence.paragraph != before and sentence.kind == "body" and not sentence.is_item:
            start = sentence.start_char
            name = next((m for m, _ in scene.named(start, start + 1)), None)
            aside = ASIDE.match(scene.text, name.end_char) if name is not None else None
            if name is not None and aside is not None and not sentence.is_boilerplate:
                ends[sentence.paragraph] = start, name.end_char, aside.end()
        before = sentence.paragraph
    if len(ends) < FEWEST:
        return sentences
    told = []
    for sentence in sentences:
        start, stop, begin = ends.get(sentence.paragraph, (0, 0, 0))
        if sentence.paragraph not in ends:
            told.append(sentence)
        elif sentence.end_char > begin:
            label = scene.text[start:stop]
            at = max(begin, sentence.start_char)
            told.append(replace(sentence, start_char=at, label=label, label_start_char=start, is_item=True))
    return told


def _names_alone(sentence: Sentence, scene: Scene) -> bool:
    """Whether a sentence is nothing but companies and what joins them."""
    at, named = sentence.start_char, scene.named(sentence.start_char, sentence.end_char)
    for mention, _ in named:
        if not BETWEEN.fullmatch(scene.text, at, mention.start_char):
            return False
        at = mention.end_char
    return bool(named) and BETWEEN.fullmatch(scene.text, at, sentence.end_char) is not None
