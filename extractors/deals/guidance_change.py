"""How guidance on spending compares with what was told before: raised, lowered, maintained or the first of its kind."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.deals.sentences import Sentence
from extractors.records import CapexMention, Money
from extractors.registry.rows import phrases_by_effect

CHANGES = ("initial", "maintained", "lowered", "raised")  # the order in which words for a change are asked
REVISED = re.compile(  # what becomes of the guidance in the next sentence: "It has since been raised to $2 billion"
    r"(?:it|that|this|the (?:figure|range|forecast|guidance|number|budget|estimate|plan|target))\b[^.;,]{0,20}\b"
    r"(?:now|since|later|then)\b",
    re.I,
)
OTHER_YEARS = re.compile(
    r"\b(?:spent|spend in|in (?:the )?(?:last|previous|prior|past) year|(?:the )?year just|last year|"
    r"a year (?:ago|earlier|before))\b"
)
ANOTHER_YEAR = re.compile(  # "up from $150 billion this year": a rise on another year, not of the guidance
    r"(?:up|down|rise|increase|jump) (?:\S+ ){0,3}?(?:from|on|over) [^.;]{0,40}?\b(?:last year|this year|spent|"
    r"a year (?:ago|earlier)|in (?:fiscal )?20\d\d|(?:the )?(?:year before|prior year|previous year))\b",
    re.I,
)
LOOKS_AHEAD = re.compile(
    r"\b(?:expect|see|plan|forecast|will|would|should|pencil|guid|target|project|budget|aim|intend|anticipat|look)",
    re.I,
)


@functools.cache
def load_guidance_rules() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """Effect -> the phrases of ``guidance_rules.csv`` that have it."""
    return phrases_by_effect("guidance_rules.csv")


def says(effect: str, text: str) -> re.Match[str] | None:
    """The first phrase of an effect that a text holds, or None."""
    return next((m for pattern in load_guidance_rules()[effect] if (m := pattern.search(text))), None)


def compared_later(known: CapexMention, text: str, sentence: Sentence, money: Sequence[Money]) -> CapexMention:
    """``known`` with its change, where the next sentence tells the earlier figure: "In May the guidance was …"."""
    told = text[sentence.start_char : sentence.end_char]
    if known.change is not None or len(told) > 140 or not says("earlier_sentence", told) or LOOKS_AHEAD.match(told):
        return known
    if re.search(r"\b(?:spent|revenue|sales|profit|loan|raised)\b", told):
        return known
    return replace(known, change=_compared(known, money[:1]))


def revised_later(known: CapexMention, text: str, sentence: Sentence, money: Sequence[Money]) -> CapexMention:
    """``known`` with the figure that the next sentence tells to have come after it: "It is now seen at $2 billion"."""
    is_revised = REVISED.match(text, sentence.start_char, sentence.end_char) and len(money) == 1
    if not is_revised or known.change is not None or money[0].currency != known.currency:
        return known
    new = money[0]
    high = new.amount if new.amount_high is None else new.amount_high
    return replace(
        known,
        low=new.amount,
        high=high,
        change=_direction((known.low, known.high), (new.amount, high)),
        start_char=new.start_char,
        end_char=new.end_char,
        surface=new.surface,
    )


def compared_here(known: CapexMention, text: str, sentence: Sentence, money: Sequence[Money]) -> CapexMention:
    """``known`` with its change, where its own sentence tells the earlier figure: "against a range of …"."""
    if known.change is not None or _is_of_another_year(text[sentence.start_char : sentence.end_char], known.period):
        return known
    return replace(known, change=_compared(known, _earlier(known, text, sentence.end_char, money)))


def _earlier(known: CapexMention, text: str, end: int, money: Sequence[Money]) -> list[Money]:
    """The ``money`` after known guidance, up to ``end``, that tells what the guidance was before."""
    out = []
    for amount in money:
        if amount.start_char <= known.start_char:
            continue
        between = text[known.end_char : amount.start_char]
        after = text[amount.end_char : min(end, amount.end_char + 40)]
        if OTHER_YEARS.search(between + after):
            continue
        if re.match(r"[^,;]{0,20}\b20\d\d\b", after):
            continue  # what another year took
        if says("earlier_sentence", between) or says("earlier_before", between) or says("earlier_after", after):
            out.append(amount)
    return out


def _compared(known: CapexMention, earlier: Sequence[Money]) -> str | None:
    if not earlier or earlier[0].currency != known.currency:
        return None
    old_low = earlier[0].amount
    old_high = earlier[0].amount_high if earlier[0].amount_high is not None else old_low
    return _direction((old_low, old_high), (known.low, known.high))


def _direction(old: tuple[Decimal, Decimal], new: tuple[Decimal, Decimal]) -> str | None:
    """How a range (low, high) compares with the one before it; None where it has only become narrower or wider."""
    if new == old:
        return "maintained"
    if new[0] >= old[0] and new[1] >= old[1]:
        return "raised"
    return "lowered" if new[0] <= old[0] and new[1] <= old[1] else None


def change_told(told: str, period: str) -> str | None:
    """What the words of a sentence say of the guidance for a period; None where they compare with another year."""
    change = next((change for change in CHANGES if says(change, told)), None)
    return None if change in ("raised", "lowered") and _is_of_another_year(told, period) else change


def _is_of_another_year(told: str, period: str) -> bool:
    compared = ANOTHER_YEAR.search(told)
    return compared is not None and period[-4:] not in compared.group()
