"""Statements of capacity beside deals: what runs, what is being built, what is planned."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.deals.cast import Actor, fullest_surface
from extractors.deals.localities import most_specific
from extractors.deals.places import find_places
from extractors.deals.sentences import Sentence
from extractors.records import Accelerators, CapacityMention, Document, Mention, Period, Power, Quantity
from extractors.registry.rows import phrases_by_effect

FAR, ADJACENT = 1000, 12  # characters: nowhere near, and next to
AFTER = 90  # characters after an amount that may say whether it runs
VERB = (
    r"(?:should|will|would|could|plans?|expects?|aims?|intends?|is|are|was|were|has|have|had|hopes?|wants?|targets?|"
    r"sees?|runs?|operates?|build(?:s|ing)|add(?:s|ing)|plann(?:ed|ing)|construct(?:s|ing)|develop(?:s|ing)|expecting|"
    r"aiming|with plans|with (?:another|a further|an additional|an extra|about|some|roughly|over|more|\d)|"
    r"an additional|another|a further|an extra)\b"
)
CLAUSE = re.compile(  # the next clause begins with its verb, which says of its own amount whether it runs
    r"[;:]\s|, (?:and|but|which|that|who|while|where|when|though|although|after|of which|up from|compared|versus|"
    rf"against)\b|, (?={VERB})|(?<!own )\b(?:and|plus|as well as) (?={VERB})|\b(?:but|while|whereas)\b|[.?!]\s| [–—] "
)
ENDS = re.compile(  # where an amount's own clause ends: what runs, "which went live in May", still belongs to it
    r"[;:]\s|, (?:and|but|while|where|whereas|although|though|up from|compared|versus|against)\b|[.?!]\s| [–—] |"
    r", (?=(?:will|would|is|are|was|has|have|had|said|says)\b|"
    r"(?:plan|aim|expect|intend|hope|target)(?:s|ing)\b|with (?:plans|another|a further|an)\b|an additional|"
    r"another)|"
    rf"\b(?:and|plus|as well as) (?={VERB})|\b(?:but|while|whereas)\b"
)
RELATIVE = re.compile(r"\s*(?:which|where|will)\b")
PAST = re.compile(r"\b(?:ended|finished|closed|stood|had|reached|began|started|opened|went|came)\b[^,;]{0,30}$")
FACILITY = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w'’À-ÿ-]*|of|computing) ){1,3}(?:campus|site|data cent(?:er|re)|hall|"
    r"hub|cluster|supercomputer|complex|facility|plant|machine|project|building)\b"
)
NOT_OF_THE_NAME = re.compile(
    r"^(?:(?:The|Its|This|That|A|An|Our|In|At|From|And|M[Ww]|G[Ww]|of|[\w-]+['’]s?) )+|^(?:M[Ww]|G[Ww]) "
)
OF_A_PLACE = re.compile(
    r"['’]s? (?:(?:total|whole|installed|\w+ing) )*(?:data[ -]?cent(?:er|re)s?|grid|market|industry|capacity)\b"
    r"(?! (?:provider|operator|developer|company|group|landlord|firm)\b)| (?:now |already )?(?:has|have)\b"
)
WHOSE = re.compile(r", (?:which|who|whose|where|of which)\s*$")  # a clause about whoever is named last before it
BESIDE = re.compile(r"\b(?:for|to|from|with|by|of|against|than|including)\s+(?:the )?$")
INSERTED = re.compile(  # "a hall, with 24 MW, runs": the clause goes on behind the amount
    r", (?:with |of |now |at )?(?:about |some |roughly |nearly |over |more than |another )?$"
)
PORTION = re.compile(r" of (?:a|an|the|its|their) (?:[\w-]+ ){0,3}$")  # "the first 80 MW of a planned 200 MW runs"


@functools.cache
def load_capacity_rules() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """Effect -> the phrases of ``capacity_rules.csv`` that have it."""
    return phrases_by_effect("capacity_rules.csv")


def _says(effect: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in load_capacity_rules()[effect])


@dataclass(frozen=True, slots=True)
class _Told:
    """The clause around an amount: text[start:amount] before it, text[amount:end] after it."""

    start: int
    end: int
    before: str
    after: str


def find_capacity(
    document: Document,
    sentence: Sentence,
    subject: Actor | None,
    actors: Sequence[tuple[int, Actor]],
    names: Sequence[Mention | Quantity],
    quantities: Sequence[Quantity],
    taken: frozenset[tuple[str, Decimal]],
    *,
    tells_deal: bool = False,
) -> list[CapacityMention]:
    """Capacity told in one sentence and not ``taken`` by a deal of the document (metric, amount).

    ``subject`` is whom the sentence may mean without a name; one that ``tells_deal`` plans for that deal.
    """
    text = document.text
    found = []
    measures = [q for q in quantities if isinstance(q, Power) or (isinstance(q, Accelerators) and q.count)]
    for n, quantity in enumerate(measures):
        metric, amount = _metric(quantity)
        if (metric, amount) in taken or amount <= 1:
            continue
        following = measures[n + 1] if n + 1 < len(measures) else None
        told = _clause(text, sentence, quantity, following)
        by = next((q for q in quantities if isinstance(q, Period) and told.start - 5 <= q.start_char < told.end), None)
        elsewhere = _is_elsewhere(text, quantity, told) or _is_of_a_place(text, sentence, names, actors)
        status = "" if elsewhere else _status(told)
        if status == "operating" and by is not None and document.published is not None and not PAST.search(told.before):
            status = "planned" if by.period.removeprefix("FY")[:4] > str(document.published.year) else status
        if status == "planned" and _is_being_built(text, sentence, told, measures[:n]):
            status = "under_construction"
        if not status or (status == "planned" and (tells_deal or _says("part", told.before))):
            continue
        owner = _owner(text, told, quantity, subject, actors)
        facility = _facility(text, sentence, quantity, names)
        if owner is None and facility is None:
            continue
        places = most_specific(find_places(text, told.start, told.end, names)) or most_specific(
            find_places(text, sentence.start_char, quantity.start_char, names)
        )
        found.append(
            CapacityMention(
                owner=owner.name if owner else None,
                owner_mention=fullest_surface(owner) if owner else None,
                owner_company_id=owner.company_id if owner else "",
                facility=facility,
                metric=metric,
                amount=amount,
                bound=quantity.bound,
                status=status,
                by=by.period if by is not None and status != "operating" else None,
                location=places[0].name if len(places) == 1 else None,
                start_char=quantity.start_char,
                end_char=quantity.end_char,
                surface=quantity.surface,
                confidence=0.7,
            )
        )
    return found


def is_in_service(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the clause of the amount tells that it runs, not that it is built or planned."""
    told = _clause(text, sentence, quantity)
    return _status(told) == "operating" and not _says("deal", told.before)


def is_running(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the sentence tells the amount as what exists or is being built already."""
    told = _clause(text, sentence, quantity)
    if _says("planned", told.before) or _says("planned", told.after[:60]):
        return False
    return _says("running", told.before) or _says("building", told.before) or _says("running", told.after[:40])


def _metric(quantity: Quantity) -> tuple[str, Decimal]:
    if isinstance(quantity, Power):
        return "power_mw", quantity.mw
    return "accelerators", Decimal(getattr(quantity, "count", None) or 0)


def _clause(text: str, sentence: Sentence, quantity: Quantity, following: Quantity | None = None) -> _Told:
    """The clause of an amount, cut where the ``following`` one's begins."""
    first, last = quantity.start_char, quantity.end_char
    inserted = INSERTED.search(text, sentence.start_char, first)
    if inserted and text.startswith(", ", last):
        first, last = inserted.start(), last + 2
    limit = following.start_char if following else sentence.end_char
    if following and PORTION.fullmatch(text, last, limit):
        last, limit = following.end_char, sentence.end_char
    cut = max((m.end() for m in CLAUSE.finditer(text, sentence.start_char, first)), default=0)
    start = max(sentence.start_char, cut)
    end = min(limit, last + AFTER, sentence.end_char)
    stop = ENDS.search(text, last, end)
    end = stop.start() if stop else end
    if end == limit < sentence.end_char:  # what leads up to the next amount speaks of that one
        joint = max(text.rfind(" and ", last, end), text.rfind(", ", last, end))
        end = joint if joint > 0 else end
    return _Told(start, end, text[start:first], text[last:end])


def _is_elsewhere(text: str, quantity: Quantity, told: _Told) -> bool:
    """Whether the amount is a deal's, a need, an earlier figure or anything else but capacity of its own."""
    near = text[max(told.start, quantity.start_char - 70) : quantity.start_char]
    follows = told.after.split(",")[0]
    return (
        _says("not_capacity", told.before + " # " + follows[:35])
        or _says("not_capacity", near)
        or _says("deal", told.before + " # " + follows[:25])
        or _says("earlier", told.before)
    )


def _is_of_a_place(
    text: str, sentence: Sentence, names: Sequence[Mention | Quantity], actors: Sequence[tuple[int, Actor]]
) -> bool:
    """Whether a sentence tells what a whole country or region has: "Sweden's data centre capacity stands at"."""
    first = actors[0][0] if actors else sentence.end_char
    places = [n for n in names if isinstance(n, Mention) and n.kind == "place" and n.start_char < first]
    return any(OF_A_PLACE.match(text, place.end_char, sentence.end_char) for place in places)


def _status(told: _Told) -> str:
    """What the clause says of its amount: the words that govern it, else the nearest; "" where nothing does."""
    before, after = told.before[-80:], told.after[:70]
    if _says("planned", before):
        return "under_construction" if _says("building", after[:25]) else "planned"
    if _says("building", before + " # " + after):
        return "under_construction"
    running = min(_steps("running", before, after), 2 * ADJACENT if _says("has", before) else FAR)
    planned = _steps("planned", "", after)
    if planned <= running and planned < FAR:
        return "planned"
    return "operating" if running < FAR else ""


def _is_being_built(text: str, sentence: Sentence, told: _Told, before: Sequence[Quantity]) -> bool:
    """Whether the sentence says of what is to come that it is under way: "now being fitted out, will have 110 MW"."""
    goes_on = RELATIVE.match(told.before) or RELATIVE.match(text, told.start)
    return bool(goes_on) and not before and _says("building", text[sentence.start_char : told.start])


def _steps(effect: str, before: str, after: str) -> int:
    """Characters between an amount and the nearest phrase of an effect on either side; FAR where there is none."""
    steps = [FAR]
    for pattern in load_capacity_rules()[effect]:
        steps += [len(before) - found.end() for found in pattern.finditer(before)]
        first = pattern.search(after)
        steps += [first.start()] if first else []
    return min(steps)


def _owner(
    text: str, told: _Told, quantity: Quantity, subject: Actor | None, actors: Sequence[tuple[int, Actor]]
) -> Actor | None:
    """The nearest company before the amount that no preposition puts beside, in its clause, else whom is spoken of."""
    before = [(start, actor) for start, actor in actors if start < quantity.start_char]
    ahead = [(start, actor) for start, actor in before if not BESIDE.search(text[max(0, start - 16) : start])]
    inside = [actor for start, actor in ahead if start >= told.start]
    if inside:
        return inside[-1]
    described = [actor for start, actor in before if start < told.start]
    if described and WHOSE.search(text, max(0, told.start - 12), told.start):
        return described[-1]
    if ahead:
        return ahead[0][1]
    return subject or (before[-1][1] if before else None)


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
    told = NOT_OF_THE_NAME.sub("", match.group()) if match else ""
    return told if " " in told else None
