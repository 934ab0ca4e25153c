"""The whole pure middle: a document in, everything that it claims out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from extractors import parties, quantities
from extractors.deals.assemble import Assembler
from extractors.deals.cast import find_cast
from extractors.deals.confidence import with_confidence
from extractors.deals.forms import form_draft
from extractors.deals.heads import with_heads
from extractors.deals.mask import lacks_subject, make_reading
from extractors.deals.scene import Scene, make_scene
from extractors.deals.sentences import Sentence, split_sentences, title_start
from extractors.deals.subject import is_subject
from extractors.deals.tree import Tree
from extractors.deals.triggers import may_tell
from extractors.errors import ModelMissingError
from extractors.nlp import MODEL_NAME, parse
from extractors.records import (
    Accelerators,
    Area,
    Document,
    Duration,
    Energy,
    Extraction,
    Issue,
    Mention,
    Money,
    Period,
    Power,
    Quantity,
    Share,
)

KINDS: dict[type, str] = {
    Money: "money",
    Power: "power",
    Energy: "energy",
    Accelerators: "compute",
    Duration: "duration",
    Period: "date",
    Share: "share",
    Area: "area",
}
READER_VERSION = "2026.1"


def reader_version(model: str = MODEL_NAME) -> str:
    """The version of this reader: of its rules and its registry, and the model where that is not the usual one.

    >>> reader_version() == READER_VERSION, reader_version("en_core_web_lg") == f"{READER_VERSION}+en_core_web_lg"
    (True, True)
    """
    return READER_VERSION if model == MODEL_NAME else f"{READER_VERSION}+{model}"


def read_document(document: Document, *, model: str = MODEL_NAME, version: str = "") -> Extraction:
    """Everything that one document claims. Never raises: what goes wrong becomes an Issue of stage ``read``.

    ``version``: under which the tape is kept, where that is not this reader's; claims of two versions have two ids.
    Only ModelMissingError is let through: without the parser every document would fail for the same reason.
    """
    try:
        return _read(document, model, version or reader_version(model))
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


def _read(document: Document, model: str, version: str) -> Extraction:
    text = document.text
    if not is_subject(text):  # a museum that buys frescoes: no names, no amounts, no parser
        return Extraction(document=document)
    names = parties.find_names(text)
    amounts = quantities.find_quantities(text, published=document.published, publisher=document.publisher)
    names = _without_currencies(names, amounts)
    mentions = tuple(sorted([*names, *map(as_mention, amounts)], key=lambda m: (m.start_char, m.end_char, m.kind)))
    cast = find_cast(text, [n for n in names if not _is_publisher(n, document)])
    if not cast:  # nobody to be a party, nobody to own capacity
        return Extraction(document=document, mentions=mentions)
    scene = make_scene(text, [*names, *amounts], cast)
    sentences = with_heads(split_sentences(document), scene)
    trees = _parse(text, sentences, scene, model)
    assembler = Assembler(document, scene)
    form, lines = form_draft(document, sentences, scene)
    for sentence in sentences:
        if form is not None and sentence.paragraph in lines:
            assembler.add_form(form)
            continue
        assembler.add(sentence, trees.get(sentence.start_char))
    return Extraction(
        document=document,
        mentions=mentions,
        deal_mentions=with_confidence(assembler.claims(version), document),
        capacity=assembler.capacity(),
        capex=assembler.capex(),
    )


def _parse(text: str, sentences: Sequence[Sentence], scene: Scene, model: str) -> dict[int, Tree]:
    """Trees by start_char of the sentences that may tell a deal; the parser is loaded only where there is one."""
    gated, readings = [], []
    for sentence in sentences:
        first, inside = scene.between(sentence.start_char, sentence.end_char)
        told_of = _labelled(sentence, scene)
        known = [told_of[1], *inside] if told_of is not None and lacks_subject(text, sentence) else inside
        if not sentence.is_boilerplate and may_tell(text, sentence.start_char, sentence.end_char, known):
            gated.append(sentence)
            readings.append(make_reading(text, sentence, inside, first, told_of))
    if not gated:
        return {}
    return {s.start_char: Tree(words) for s, words in zip(gated, parse(readings, model), strict=True)}


def _labelled(sentence: Sentence, scene: Scene) -> tuple[int, Mention] | None:
    """The company that a line's label, or the part of a headline before this one, begins with, and its number."""
    if sentence.label:
        span = (sentence.label_start_char, sentence.label_start_char + len(sentence.label))
    elif sentence.kind == "title":
        span = (0, sentence.start_char)
    else:
        return None
    first, inside = scene.between(*span)
    found = ((first + n, p) for n, p in enumerate(inside) if isinstance(p, Mention))
    return next(((ref, part) for ref, part in found if scene.actor_at(ref) is not None), None)


def as_mention(quantity: Quantity) -> Mention:
    """A quantity as a mention, its fields (without span and surface) as JSON with sorted keys in ``value``."""
    fields = {
        name: str(value) if isinstance(value, Decimal) else value
        for name in quantity.__slots__
        if name not in ("start_char", "end_char", "surface")
        and (value := getattr(quantity, name)) not in (None, False, "")
    }
    return Mention(
        kind=KINDS[type(quantity)],
        start_char=quantity.start_char,
        end_char=quantity.end_char,
        surface=quantity.surface,
        value=json.dumps(fields, sort_keys=True, ensure_ascii=False),
    )


def _without_currencies(names: Sequence[Mention], amounts: Sequence[Quantity]) -> tuple[Mention, ...]:
    """The names but those that are a currency's letters: "RM10bn", "QAR 2bn"."""
    money = [(a.start_char, a.end_char) for a in amounts if isinstance(a, Money)]
    return tuple(n for n in names if not any(a <= n.start_char and n.end_char <= b for a, b in money))


def _is_publisher(name: Mention, document: Document) -> bool:
    if name.kind != "organisation":
        return False  # a registered company may publish its own news
    if name.end_char <= title_start(document.title):
        return True
    return bool(document.publisher) and name.surface.casefold() == document.publisher.casefold()
