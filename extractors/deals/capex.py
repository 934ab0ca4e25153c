"""Spending guidance: "expects capital expenditures of $70 billion to $72 billion in 2025, up from …"."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from types import MappingProxyType

from extractors.deals.cast import Actor, fullest_surface
from extractors.deals.sentences import Sentence
from extractors.records import CapexMention, Document, Money, Period

CHANGES = ("initial", "maintained", "lowered", "raised")  # the order in which words for a change are asked
LEAST = 1_000_000
IN_ONE_YEAR = re.compile(
    r"\b(?:(?:this|next|the current|the coming|the full|the whole|full|the fiscal|the financial)[ -](?:\w+ )?year"
    r"|year that (?:starts|begins|closes|ends)"
    r"|(?:in|for|through|during|over) (?:all of )?(?:fiscal |calendar |financial |FY ?)?20\d\d(?! (?:and|to|or) |[-–/])"
    r"|(?:fiscal |financial )(?:year )?20\d\d|FY ?\d\d(?:\d\d)?)\b",
    re.I,
)
FULL_YEAR = re.compile(r"\b(?:full[- ]year|annual|this year's|for the (?:full )?year|the year's)\b", re.I)
FISCAL_YEAR = re.compile(r"\b(?:this|(?:the|its) current) (?:fiscal|financial)(?: year)?\b", re.I)
YEAR_TURNS = re.compile(
    r"\b(?:fiscal |financial )?(?:year|12 months|twelve months)(?: that| which)? (?P<verb>starts?|begins?|starting|"
    r"beginning|closes?|ends?|ending|closing|to|through) (?:in |on )?(?:the end of |end[- ]|late )?"
    r"(?:\d\d? )?(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*(?P<year>,? (?:\d\d?, )?20\d\d)?",
    re.I,
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DEALS = re.compile(
    r"\b(?:deals?|contracts?|agree\w*|loans?|bonds?|stake|shares?|acqui\w+|buy\w*|sell\w*|sales|revenues?|profits?|valued?|"
    r"worth|raise\w*|lease\w*|orders?|backlog|debt|borrow\w*|campus|round|obligations?|cost|losses|cash)\b",
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
    text = resources.files("extractors.registry").joinpath("guidance_rules.csv").read_text(encoding="utf-8")
    table: dict[str, list[re.Pattern[str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        table.setdefault(row["effect"], []).append(re.compile(row["phrase"], re.I))
    return MappingProxyType({effect: tuple(patterns) for effect, patterns in table.items()})


def _says(effect: str, text: str) -> re.Match[str] | None:
    return next((m for pattern in load_guidance_rules()[effect] if (m := pattern.search(text))), None)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A sentence with its amounts and periods, and where it begins to speak of spending."""

    text: str
    start: int
    end: int
    money: Sequence[Money]
    periods: Sequence[Period]
    trigger: int
    is_capital: bool  # says "capital expenditure" or the like; else it only spends in a year

    @property
    def told(self) -> str:
        return self.text[self.start : self.end]


def find_capex(
    document: Document,
    sentence: Sentence,
    subject: Actor | None,
    actors: Sequence[tuple[int, Actor]],
    money: Sequence[Money],
    periods: Sequence[Period],
    *,
    follows: CapexMention | None = None,
) -> tuple[CapexMention, ...]:
    """The guidance that a sentence states. ``actors`` are (start_char, actor) of the sentence in order.

    ``follows`` is the guidance of the sentence before, which "for 2027 it pencilled in $8 billion" goes on with.
    """
    spoken = _spoken(document.text, sentence, money, periods)
    if spoken is None and follows is not None and _goes_on(document.text, sentence, money, periods, len(actors)):
        trigger = sentence.start_char
        spoken = _Spoken(document.text, sentence.start_char, sentence.end_char, money, periods, trigger, True)
    if spoken is None:
        return ()
    year = document.published.year if document.published else 0
    found: list[CapexMention] = []
    last_end = sentence.start_char
    for amount in money:
        if not _is_guided(spoken, amount):
            continue
        named = [a for start, a in actors if last_end <= start < amount.start_char]
        if found and not named and not any(last_end <= p.start_char < amount.end_char + 30 for p in periods):
            continue
        known = found[-1].period if found else follows.period if follows is not None else ""
        period = _period(spoken, amount, document, known)
        actor = named[-1] if found and named else _company(spoken, amount, subject, actors)
        last_end = amount.end_char
        if not period or (year and _year(period) < year) or actor is None:
            continue
        if any((c.company, c.period) == (actor.name, period) for c in found):
            continue
        found.append(_mention(spoken, amount, actor, period))
    if len(found) == 1 and found[0].change is None and not _is_of_another_year(spoken.told, found[0].period):
        found[0] = replace(found[0], change=_compared(found[0], _earlier(spoken, found[0])))
    return tuple(found)


def compared_later(known: CapexMention, text: str, sentence: Sentence, money: Sequence[Money]) -> CapexMention:
    """``known`` with its change, where the next sentence tells the earlier figure: "In May the guidance was …"."""
    told = text[sentence.start_char : sentence.end_char]
    if known.change is not None or len(told) > 140 or not _says("earlier_sentence", told) or LOOKS_AHEAD.match(told):
        return known
    if re.search(r"\b(?:spent|revenue|sales|profit|loan|raised)\b", told):
        return known
    return replace(known, change=_compared(known, money[:1]))


def _spoken(text: str, sentence: Sentence, money: Sequence[Money], periods: Sequence[Period]) -> _Spoken | None:
    start, end = sentence.start_char, sentence.end_char
    told = text[start:end]
    if _says("not_guidance", told):
        return None
    topic = _says("topic", told)
    spends = None if topic else _says("spending", told)
    if spends is not None and (not IN_ONE_YEAR.search(told) or _says("one_site", told)):
        return None
    cue = topic or spends
    return _Spoken(text, start, end, money, periods, start + cue.start(), topic is not None) if cue else None


def _goes_on(text: str, sentence: Sentence, money: Sequence[Money], periods: Sequence[Period], named: int) -> bool:
    """ "For 2027 it pencilled in $8 billion"; "Ferrule is close behind at $12 billion"."""
    told = text[sentence.start_char : sentence.end_char]
    if len(money) != 1 or len(told) > 140:
        return False
    if periods and re.match(r"(?:for|in|next|this)\b", told, re.I) and LOOKS_AHEAD.search(told):
        return True
    between = re.search(
        r"\b(?:is|comes|sits|at|follows|expects?|sees|plans|forecasts?|guides?)\b[^.;]*$",
        text[sentence.start_char : money[0].start_char],
    )
    return named == 1 and not periods and between is not None and not DEALS.search(told)


def _is_guided(spoken: _Spoken, amount: Money) -> bool:
    if amount.basis not in ("total", "per_year") or amount.amount < LEAST:
        return False
    before = spoken.text[max(spoken.start, amount.start_char - 70) : amount.start_char]
    after = spoken.text[amount.end_char : min(spoken.end, amount.end_char + 60)]
    if _says("earlier_before", before) or _says("earlier_after", after) or _says("past", before[-25:]):
        return False
    if re.match(r"\s*(?:per\b|(?:in|of) (?:debt|equity|revenue|sales|cash|profit|bonds|loans))", after):
        return False
    if re.search(r"\b(?:revenues?|sales|profits?|earnings|income|backlog|loss)\b[^.;,]{0,40}$", before, re.I):
        return False
    return spoken.is_capital or amount.start_char > spoken.trigger or spoken.start == amount.start_char


def _earlier(spoken: _Spoken, known: CapexMention) -> list[Money]:
    """The amounts of the sentence that tell what the guidance was before."""
    out = []
    for amount in spoken.money:
        if amount.start_char <= known.start_char:
            continue
        between = spoken.text[known.end_char : amount.start_char]
        after = spoken.text[amount.end_char : min(spoken.end, amount.end_char + 40)]
        if OTHER_YEARS.search(between + after):
            continue
        if re.match(r"[^,;]{0,20}\b20\d\d\b", after):
            continue  # what another year took
        if _says("earlier_sentence", between) or _says("earlier_before", between) or _says("earlier_after", after):
            out.append(amount)
    return out


def _compared(known: CapexMention, earlier: Sequence[Money]) -> str | None:
    if not earlier or earlier[0].currency != known.currency:
        return None
    old_low = earlier[0].amount
    old_high = earlier[0].amount_high if earlier[0].amount_high is not None else old_low
    if (known.low, known.high) == (old_low, old_high):
        return "maintained"
    if known.low >= old_low and known.high >= old_high:
        return "raised"
    return "lowered" if known.low <= old_low and known.high <= old_high else None


def _mention(spoken: _Spoken, amount: Money, actor: Actor, period: str) -> CapexMention:
    return CapexMention(
        company=actor.name,
        company_mention=fullest_surface(actor),
        company_id=actor.company_id,
        period=period,
        low=amount.amount,
        high=amount.amount_high if amount.amount_high is not None else amount.amount,
        currency=amount.currency,
        change=_change(spoken.told, period),
        start_char=amount.start_char,
        end_char=amount.end_char,
        surface=spoken.text[amount.start_char : amount.end_char],
        confidence=0.9 if spoken.is_capital else 0.6,
    )


def _change(told: str, period: str) -> str | None:
    """What the words of a sentence say of the guidance for a period; None where they compare with another year."""
    change = next((change for change in CHANGES if _says(change, told)), None)
    return None if change in ("raised", "lowered") and _is_of_another_year(told, period) else change


def _is_of_another_year(told: str, period: str) -> bool:
    compared = ANOTHER_YEAR.search(told)
    return compared is not None and period[-4:] not in compared.group()


def _period(spoken: _Spoken, amount: Money, document: Document, known: str) -> str:
    """The period nearest to the amount that is a year or quarter and is not told of earlier spending; "" for none."""
    year = document.published.year if document.published else 0
    turn = YEAR_TURNS.search(spoken.told)
    if turn is not None and year and document.published is not None:
        month = MONTHS.index(turn["month"][:3].lower()) + 1
        told_year = int(turn["year"][-4:]) if turn["year"] else year + (month < document.published.month)
        return f"FY{told_year}"
    usable = [
        p
        for p in spoken.periods
        if re.fullmatch(r"(?:FY)?\d{4}(?:-(?:Q[1-4]|H[12]))?", p.period) and (not year or _year(p.period) >= year)
    ]
    if known:
        usable = [p for p in usable if abs(p.start_char - amount.end_char) < 45]
    if usable:
        return min(usable, key=lambda p: _distance(p, amount)).period
    if known:
        return known
    if year and FISCAL_YEAR.search(spoken.told):
        return f"FY{year}"
    return str(year) if year and FULL_YEAR.search(spoken.told) and spoken.is_capital else ""


def _distance(period: Period, amount: Money) -> int:
    return (
        period.start_char - amount.end_char
        if period.start_char >= amount.end_char
        else amount.start_char - period.end_char
    )


def _year(period: str) -> int:
    return int(re.sub(r"^FY", "", period)[:4])


def _company(
    spoken: _Spoken, amount: Money, subject: Actor | None, actors: Sequence[tuple[int, Actor]]
) -> Actor | None:
    """Possessor right before the amount or trigger, else the first company before it, else who was spoken of."""
    before = [(start, actor) for start, actor in actors if start < max(spoken.trigger, amount.start_char)]
    for start, actor in reversed(before):
        near = spoken.text[start : start + 60]
        if re.match(r"[^\s,]+(?: [^\s,]+){0,3}?['’]s?\s", near) and amount.start_char - start < 60:
            return actor
    return before[0][1] if before else subject
