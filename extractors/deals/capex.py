"""Spending guidance: "expects capital expenditures of $70 billion to $72 billion in 2025, up from …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.deals.cast import Actor, fullest_surface
from extractors.deals.guidance_change import LOOKS_AHEAD, change_told, compared_here, says
from extractors.deals.sentences import Sentence
from extractors.records import CapexMention, Document, Money, Period

LEAST = 1_000_000
IN_ONE_YEAR = re.compile(
    r"\b(?:(?:this|next|the current|the coming|the full|the whole|full|the fiscal|the financial)[ -](?:\w+ )?year"
    r"|year that (?:starts|begins|closes|ends)"
    r"|(?:in|for|during|over) (?:all of )?(?:fiscal |calendar |financial |FY ?)?20\d\d(?! (?:and|to|or) |[-–/])"
    r"|(?:fiscal |financial )(?:year )?20\d\d|FY ?\d\d(?:\d\d)?)\b",
    re.I,
)
FULL_YEAR = re.compile(r"\b(?:full[- ]year|annual|this year's|for the (?:full )?year|the year's)\b", re.I)
FISCAL_YEAR = re.compile(
    r"\b(?:(?:this|(?:the|its) current) (?:fiscal|financial)(?: year)?|(?:fiscal|financial) year (?:that|which) "
    r"(?:begins|began|starts|started) (?:this|last) month)\b",
    re.I,
)
YEAR_AFTER = re.compile(
    r" (?:the year after|next)\b(?! (?:to|week|month|quarter))"
)  # "$1 billion this year and $2 billion next"
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
        known = found[-1].period if found else follows.period if follows is not None else ""
        is_next = bool(found) and YEAR_AFTER.match(document.text, amount.end_char, sentence.end_char) is not None
        near = any(last_end <= p.start_char < amount.end_char + 30 for p in periods)
        if found and not (named or near or is_next):
            continue
        period = str(_year(known) + 1) if is_next else _period(spoken, amount, document, known)
        actor = named[-1] if found and named else _company(spoken, amount, subject, actors)
        last_end = amount.end_char
        if not period or (year and _year(period) < year) or actor is None:
            continue
        if any((c.company, c.period) == (actor.name, period) for c in found):
            continue
        found.append(_mention(spoken, amount, actor, period))
    if len(found) < 2:
        return tuple(compared_here(known, document.text, sentence, money) for known in found)
    return tuple(_only_one_first(found, document.text, sentence, money))


def _only_one_first(
    found: Sequence[CapexMention], text: str, sentence: Sentence, money: Sequence[Money]
) -> Iterator[CapexMention]:
    """Each guidance of a sentence, the first of its kind only where its own stretch says so."""
    for known, following in zip(found, [*found[1:], None], strict=True):
        end = following.start_char if following else sentence.end_char
        joint = text.rfind(", ", known.end_char, end) if following else end
        start = sentence.start_char if known is found[0] else text.rfind(", ", sentence.start_char, known.start_char)
        if known.change == "initial" and not says("initial", text[max(start, 0) : joint if joint > 0 else end]):
            known = compared_here(replace(known, change=None), text, sentence, money)
        yield known


def _spoken(text: str, sentence: Sentence, money: Sequence[Money], periods: Sequence[Period]) -> _Spoken | None:
    start, end = sentence.start_char, sentence.end_char
    told = text[start:end]
    if says("not_guidance", told):
        return None
    topic = says("topic", told)
    spends = None if topic else says("spending", told)
    if spends is not None and (not IN_ONE_YEAR.search(told) or says("one_site", told)):
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
    if says("earlier_before", before) or says("earlier_after", after) or says("past", before[-25:]):
        return False
    if re.match(r"\s*(?:per\b|(?:in|of) (?:debt|equity|revenue|sales|cash|profit|bonds|loans))", after):
        return False
    if re.search(r"\b(?:revenues?|sales|profits?|earnings|income|backlog|loss)\b[^.;,]{0,40}$", before, re.I):
        return False
    return spoken.is_capital or amount.start_char > spoken.trigger or spoken.start == amount.start_char


def _mention(spoken: _Spoken, amount: Money, actor: Actor, period: str) -> CapexMention:
    return CapexMention(
        company=actor.name,
        company_mention=fullest_surface(actor),
        company_id=actor.company_id,
        period=period,
        low=amount.amount,
        high=amount.amount_high if amount.amount_high is not None else amount.amount,
        currency=amount.currency,
        change=change_told(spoken.told, period),
        start_char=amount.start_char,
        end_char=amount.end_char,
        surface=spoken.text[amount.start_char : amount.end_char],
        confidence=0.9 if spoken.is_capital else 0.6,
    )


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
    whole = [m.start() for m in FULL_YEAR.finditer(spoken.text, spoken.start, amount.start_char)]
    if whole:  # "$1 billion in the first quarter; for the full year it expects …"
        usable = [p for p in usable if "-Q" not in p.period or p.start_char > whole[-1]]
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
