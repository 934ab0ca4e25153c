"""Statements of capacity beside deals: what runs, what is being built, what is planned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.deals.cast import Actor
from extractors.deals.places import find_places, most_specific
from extractors.deals.sentences import Sentence
from extractors.records import Accelerators, CapacityMention, Document, Mention, Period, Power, Quantity

BUILDING = re.compile(
    r"\b(?:under construction|being (?:built|fitted out|added|constructed|installed)|is "
    r"(?:building|constructing)|are building|now building|fitted out|breaking ground|has "
    r"begun building)\b",
    re.I,
)
RUNNING = re.compile(
    r"\b(?:has (?!said|agreed|plans)|had (?!said|planned)|have|runs|operates|running|in "
    r"operation|in service|into service|went live|came on ?line|on ?line|opened|switched on|"
    r"live|operational|installed|operating|already|currently|today|energi[sz]ed|in use|"
    r"provides|offers|with (?:a )?combined)\b",
    re.I,
)
PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|will|would|is to|are to|aim(?:s|ing)?|intend(?:s|ed)?|"
    r"expect(?:s|ed)?|target(?:s|ing)?|propos(?:es|ed)|eventually|by 20\d\d|by the end of|"
    r"should|could|scheduled|goal|wants to|hopes to|be raised|shortlisted|to have|to reach|"
    r"envisag\w+|for completion)\b",
    re.I,
)
NOT_CAPACITY = re.compile(
    r"\b(?:option\w*|households|homes|typical|average|consum\w+|demand|requests?|uses? "
    r"(?:about|as much)|needs?|might want|could simply|lease for|per rack|roughly what|"
    r"estimate\w*|"
    r"in the region|auction|procured|every|each|worldwide|nationwide|the country|industry|"
    r"backlog|pipeline of requests|order(?:ed|s)?|bought|buy|sold|sell|purchas\w+|"
    r"deliver\w*|ship(?:ped|s)?|suppl(?:y|ies|ied))\b",
    re.I,
)
FACILITY = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w'’À-ÿ-]*|of|computing) ){1,3}(?:campus|site|data cent(?:er|re)|hall|"
    r"hub|cluster|supercomputer|complex|facility|plant|machine|project|building)\b"
)


def find_capacity(
    document: Document,
    sentence: Sentence,
    subject: Actor | None,
    actors: Sequence[tuple[int, Actor]],
    names: Sequence[Mention | Quantity],
    quantities: Sequence[Quantity],
    taken: frozenset[tuple[str, Decimal]],
) -> list[CapacityMention]:
    """Capacity told in one sentence and not ``taken`` by a deal of the document (metric, amount)."""
    text = document.text
    told = text[sentence.start_char : sentence.end_char]
    found = []
    measures = [q for q in quantities if isinstance(q, Power) or (isinstance(q, Accelerators) and q.count)]
    for n, quantity in enumerate(measures):
        metric, amount = _metric(quantity)
        if (metric, amount) in taken or amount < 1:
            continue
        first = _clause_start(text, sentence.start_char, quantity.start_char)
        last = measures[n + 1].start_char if n + 1 < len(measures) else sentence.end_char
        clause = text[first : min(last, quantity.end_char + 90)]
        if NOT_CAPACITY.search(clause) or NOT_CAPACITY.search(
            text[max(sentence.start_char, quantity.start_char - 70) : quantity.start_char]
        ):
            continue
        status = _status(
            text[first : quantity.start_char], text[quantity.end_char : min(last, quantity.end_char + 90)], told
        )
        if not status:
            continue
        owner = next((a for start, a in reversed(actors) if first <= start < quantity.start_char), None)
        owner = owner or next((a for start, a in reversed(actors) if start < quantity.start_char), None) or subject
        facility = _facility(text, sentence, quantity, names)
        if owner is None and facility is None:
            continue
        places = most_specific(find_places(text, sentence.start_char, sentence.end_char, names))
        by = next(
            (q for q in quantities if isinstance(q, Period) and first - 5 <= q.start_char < quantity.end_char + 90),
            None,
        )
        found.append(
            CapacityMention(
                owner=owner.name if owner else None,
                owner_mention=owner.name if owner else None,
                owner_company_id=owner.company_id if owner else "",
                facility=facility,
                metric=metric,
                amount=amount,
                bound=quantity.bound,
                status=status,
                by=by.period if by is not None and status != "operating" else None,
                location=places[0].name if places else None,
                start_char=quantity.start_char,
                end_char=quantity.end_char,
                surface=quantity.surface,
                confidence=0.7,
            )
        )
    return found


def is_running(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the sentence tells the amount as what exists or is being built already."""
    first = _clause_start(text, sentence.start_char, quantity.start_char)
    before, after = text[first : quantity.start_char], text[quantity.end_char : quantity.end_char + 40]
    return not PLANNED.search(before) and bool(
        RUNNING.search(before) or BUILDING.search(before) or RUNNING.search(after)
    )


def _metric(quantity: Quantity) -> tuple[str, Decimal]:
    if isinstance(quantity, Power):
        return "power_mw", quantity.mw
    return "accelerators", Decimal(getattr(quantity, "count", None) or 0)


def _clause_start(text: str, start: int, at: int) -> int:
    cut = max(
        (
            m.end()
            for m in re.finditer(r"[;:]\s|, (?:and|but|which|while|where|when)\s|\band an additional\b", text[start:at])
        ),
        default=0,
    )
    return start + cut


def _status(before: str, after: str, told: str) -> str:
    near = before[-80:] + " # " + after[:70]
    if BUILDING.search(near):
        return "under_construction"
    if PLANNED.search(near):
        return "planned"
    if RUNNING.search(near):
        return "operating"
    if BUILDING.search(told):
        return "under_construction"
    return ""


def _facility(text: str, sentence: Sentence, quantity: Quantity, names: Sequence[Mention | Quantity]) -> str | None:
    for name in names:
        if (
            isinstance(name, Mention)
            and name.kind == "facility"
            and sentence.start_char <= name.start_char < sentence.end_char
        ):
            return name.name or name.surface
    around = text[max(sentence.start_char, quantity.start_char - 110) : min(sentence.end_char, quantity.end_char + 80)]
    match = FACILITY.search(around)
    return re.sub(r"^(?:The|Its|A|An|Our) ", "", match.group()) if match else None
