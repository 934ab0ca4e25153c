"""Lines headed by names alone: "HALYARD / BANK OF DOGGER. Five-year note, $640m", "X and Y. A contract for …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence

BETWEEN = re.compile(r"(?:\s*(?:/|&|\+|,|[-–—]|\band\b|\bx\b|\bwith\b)\s*)+|\.?\s*|[.:]", re.I)


def with_heads(sentences: Sequence[Sentence], scene: Scene) -> tuple[Sentence, ...]:
    """The sentences, those of a paragraph that begins with names alone labelled with them."""
    told: list[Sentence] = []
    head: Sentence | None = None
    for sentence in sentences:
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


def _names_alone(sentence: Sentence, scene: Scene) -> bool:
    """Whether a sentence is nothing but companies and what joins them."""
    at, named = sentence.start_char, scene.named(sentence.start_char, sentence.end_char)
    for mention, _ in named:
        if not BETWEEN.fullmatch(scene.text, at, mention.start_char):
            return False
        at = mention.end_char
    return bool(named) and BETWEEN.fullmatch(scene.text, at, sentence.end_char) is not None
