"""The whole pure middle: a document in, everything that it claims out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors import parties, quantities
from extractors.deals.assemble import Assembler
from extractors.deals.cast import PARTY_KINDS, find_cast
from extractors.deals.frames import load_things, trigger_pattern
from extractors.deals.mask import make_reading
from extractors.deals.phrases import make_scene
from extractors.deals.sentences import Sentence, split_sentences
from extractors.deals.tree import Tree
from extractors.errors import ModelMissingError
from extractors.nlp import MODEL_NAME, parse
from extractors.records import Document, Extraction, Issue, Mention, Quantity

READER_VERSION = "2026.1"


def read_document(document: Document, *, model: str = MODEL_NAME) -> Extraction:
    """Everything that one document claims. Never raises: what goes wrong becomes an Issue of stage ``read``.

    Only ModelMissingError is let through: without the parser every document would fail for the same reason.
    """
    try:
        return _read(document, model)
    except ModelMissingError:
        raise
    except Exception as error:  # any input must leave the run going
        issue = Issue(
            stage="read",
            subject_id=document.document_id,
            code="read_failed",
            message=f"{type(error).__name__}: {error}"[:300],
        )
        return Extraction(document=document, issues=(issue,))


def _read(document: Document, model: str) -> Extraction:
    text = document.text
    names = parties.find_names(text)
    amounts = quantities.find_quantities(text, published=document.published, publisher=document.publisher)
    parts = _in_order(names, amounts)
    sentences = split_sentences(document)
    cast = find_cast(text, [n for n in names if not _is_publisher(n, document)])
    gated = [s for s in sentences if _may_tell(text, s, names)] if cast else []
    if not cast:
        return Extraction(document=document, mentions=tuple(_name_mentions(names)))
    readings = []
    for sentence in gated:
        inside = [n for n, p in enumerate(parts) if sentence.start_char <= p.start_char < sentence.end_char]
        first = inside[0] if inside else 0
        readings.append(make_reading(text, sentence, [parts[n] for n in inside], first))
    trees = {
        s.start_char: Tree(words) for s, words in zip(gated, parse(readings, model) if readings else [], strict=True)
    }
    scene = make_scene(text, parts, cast)
    assembler = Assembler(document, scene)
    for sentence in sentences:
        assembler.add(sentence, trees.get(sentence.start_char))
    return Extraction(
        document=document,
        mentions=tuple(_name_mentions(names)),
        deal_mentions=assembler.claims(READER_VERSION),
        capacity=assembler.capacity(),
        capex=tuple(assembler.capex),
    )


def _in_order(names: Sequence[Mention], amounts: Sequence[Quantity]) -> list[Mention | Quantity]:
    """Names and amounts by place, a name before the amount that begins with it."""
    return sorted([*names, *amounts], key=lambda p: (p.start_char, not isinstance(p, Mention)))


def _is_publisher(name: Mention, document: Document) -> bool:
    if not document.publisher or name.kind != "organisation":
        return False  # a registered company may publish its own news
    return name.surface.casefold() == document.publisher.casefold()


def _may_tell(text: str, sentence: Sentence, names: Sequence[Mention]) -> bool:
    """The gate before the parser: a trigger and, for everyday verbs, a word for what deals are about."""
    if sentence.is_boilerplate:
        return False
    told = text[sentence.start_char : sentence.end_char]
    return (
        bool(trigger_pattern().search(told) and _thing_pattern().search(told))
        or any(sentence.start_char <= n.start_char < sentence.end_char for n in names if n.kind in PARTY_KINDS)
        and bool(trigger_pattern().search(told))
    )


def _thing_pattern() -> re.Pattern[str]:
    global _THINGS  # noqa: PLW0603
    if _THINGS is None:
        _THINGS = re.compile(
            r"\b(?:" + "|".join(sorted(map(re.escape, load_things()), key=len, reverse=True)) + r")\b", re.I
        )
    return _THINGS


_THINGS: re.Pattern[str] | None = None


def _name_mentions(names: Sequence[Mention]) -> list[Mention]:
    return list(names)
