"""Spending guidance: "expects capital expenditures of $70 billion to $72 billion in 2025, up from …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.deals.cast import Actor
from extractors.deals.sentences import Sentence
from extractors.records import CapexMention, Document, Money, Period

ABOUT = re.compile(
    r"\bcap(?:ital)?[- ]?(?:ex\b|expenditures?|spending|budget|outlays?|projects?|plan\b|investments?)|\bcapex\b", re.I
)
SPENDS = re.compile(
    r"\b(?:spend(?:s|ing)?|outlay|invest)\b(?=[^.;]{0,90}\b(?:this year|next year|in "
    r"(?:fiscal |calendar )?20\d\d|for (?:fiscal )?20\d\d|fiscal (?:year )?20\d\d)\b)",
    re.I,
)
EARLIER = re.compile(
    r"(?:\bfrom|\bthan|\bagainst|\binstead of|\bearlier range of|\bearlier|\bprevious(?:ly)?|"
    r"\bcompared (?:with|to)|\bup on|\bhad guided to|\bguided to before)"
    r"(?: an?| the| its| earlier| previous| prior| initial| some| about| around| roughly|"
    r" nearly| range of| forecast of| guidance of| that it| of)*\s*$",
    re.I,
)
PAST = re.compile(r"\b(?:spent|was|were|had spent|totall?ed|came to|rose to|reached|amounted)\b", re.I)
CHANGES = (
    ("initial", re.compile(r"\bfirst (?:time|forecast|guidance|outlook)\b|\binitial (?:forecast|guidance)\b", re.I)),
    ("maintained", re.compile(
        r"\b(?:kept|keeps?|maintain\w*|unchanged|repeat\w*|reiterat\w*|reaffirm\w*|stuck|sticks|"
        r"confirm\w*|left|still expects)\b"
    , re.I)),
    ("lowered", re.compile(
        r"\b(?:cut(?:s|ting)?|lower\w*|trim\w*|reduc\w*|slash\w*|down from|scal\w+ back|less than "
        r"(?:before|it))\b"
    , re.I)),
    ("raised", re.compile(
        r"\b(?:rais\w*|lift\w*|up from|increas\w*|boost\w*|hik\w*|bump\w*|(?:against|than|"
        r"compared with) (?:an?|the|its) (?:earlier|previous|prior)|that it had guided|had guided)"
    , re.I)),
)  # fmt: skip
NOT_GUIDANCE = re.compile(
    r"\bper megawatt\b|\beach megawatt\b|\bthe premises\b|\bbetween them\b|\bindustry\b|\bcombined\b", re.I
)


def find_capex(
    document: Document,
    sentence: Sentence,
    subject: Actor | None,
    actors: Sequence[tuple[int, Actor]],
    money: Sequence[Money],
    periods: Sequence[Period],
) -> CapexMention | None:
    """The guidance that a sentence states, if any. ``actors`` are (start_char, actor) of the sentence in order."""
    text = document.text
    told = text[sentence.start_char : sentence.end_char]
    about = ABOUT.search(told)
    spends = None if about else SPENDS.search(told)
    if not (about or spends) or NOT_GUIDANCE.search(told):
        return None
    trigger = sentence.start_char + (about or spends).start()  # type: ignore[union-attr]
    year = document.published.year if document.published else 0
    for amount in money:
        before = text[max(sentence.start_char, amount.start_char - 60) : amount.start_char]
        after = text[amount.end_char : amount.end_char + 40]
        if amount.basis not in ("total", "per_year") or EARLIER.search(before) or amount.amount < 1_000_000:
            continue
        if re.match(r"\s*(?:last year|a year earlier|per\b)", after) or PAST.search(before[-25:]):
            continue
        if spends and amount.start_char < trigger:
            continue
        period = _period(periods, amount)
        if period is None or (year and _year(period.period) < year):
            continue
        actor = _company(text, amount, trigger, subject, actors)
        if actor is None:
            return None
        surface = text[amount.start_char : amount.end_char]
        return CapexMention(
            company=actor.name,
            company_mention=actor.name,
            company_id=actor.company_id,
            period=period.period,
            low=amount.amount,
            high=amount.amount_high if amount.amount_high is not None else amount.amount,
            currency=amount.currency,
            change=next((name for name, pattern in CHANGES if pattern.search(told)), None),
            start_char=amount.start_char,
            end_char=amount.end_char,
            surface=surface,
            confidence=0.9 if about else 0.6,
        )
    return None


def _period(periods: Sequence[Period], amount: Money) -> Period | None:
    """The period nearest to the amount, later ones first, that is a year or quarter."""
    usable = [p for p in periods if re.fullmatch(r"(?:FY)?\d{4}(?:-(?:Q[1-4]|H[12]))?", p.period)]
    ranked = sorted(
        usable,
        key=lambda p: (
            p.start_char - amount.end_char if p.start_char >= amount.end_char else amount.start_char - p.end_char
        ),
    )
    return ranked[0] if ranked else None


def _year(period: str) -> int:
    return int(re.sub(r"^FY", "", period)[:4])


def _company(
    text: str,
    amount: Money,
    trigger: int,
    subject: Actor | None,
    actors: Sequence[tuple[int, Actor]],
) -> Actor | None:
    """Possessor right before the amount or trigger, else the first company before it, else who was spoken of."""
    before = [(start, actor) for start, actor in actors if start < max(trigger, amount.start_char)]
    for start, actor in reversed(before):
        if re.match(r"\S+(?: \S+){0,3}?['’]s\b", text[start : start + 60]) and amount.start_char - start < 60:
            return actor
    return before[0][1] if before else subject
