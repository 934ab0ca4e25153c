"""Dates and periods, as precisely as told, relative to the day of publication."""

from __future__ import annotations

import re
from datetime import date

from extractors.quantities.period_grammar import BETWEEN_YEARS, NORMAL_RELATION, PERIOD, RELATION, YEAR_RANGE
from extractors.quantities.period_readers import READERS, WINDOW, Told
from extractors.records import Period


def find_periods(text: str, *, published: date | None = None) -> tuple[Period, ...]:
    """Every date or period, in order, as precise as told; what only ``published`` could place is left out without it.

    >>> day = date(2026, 3, 24)
    >>> [(p.period, p.relation) for p in find_periods("in the second quarter of 2027, by the end of 2028, late 2027")]
    [('2027-Q2', 'in'), ('2028', 'by'), ('2027', '')]
    >>> [p.period for p in find_periods("mid-2026, H2 2026, 2Q27, FY2026, May 6, 2026, 6 May 2026, March 2027")]
    ['2026', '2026-H2', '2027-Q2', 'FY2026', '2026-05-06', '2026-05-06', '2027-03']
    >>> alone = "next year; agreed in July; deliveries begin in October; on Monday; next quarter"
    >>> [p.period for p in find_periods(alone, published=day)], find_periods(alone)
    (['2027', '2025-07', '2026-10', '2026-03-23', '2026-Q2'], ())
    >>> [(p.period, p.relation) for p in find_periods("by the end of the decade", published=day)]
    [('2030', 'by')]
    """
    found = []
    for match in PERIOD.finditer(text):
        relation = _relation(match)
        kind = next(kind for kind in READERS if match[kind])
        if published is None and not _is_absolute(match, kind):
            continue
        period = READERS[kind](Told(match=match, published=published or date.max, relation=relation))
        if period:
            start, end = match.span()
            found.append(Period(period=period, start_char=start, end_char=end, surface=match[0], relation=relation))
    return tuple(sorted([*found, *_ends_of_year_ranges(text)], key=lambda period: period.start_char))


def _relation(match: re.Match[str]) -> str:
    """The preposition before the match, in normal form, or ""."""
    window = max(0, match.start() - WINDOW)
    lead = RELATION.search(match.string, window, match.start())
    if lead:
        word = re.sub(r"\s+", " ", lead["word"].lower())
        word = re.sub(r"^(\w+ing|due) (?:in|on|from)$", r"\1", word)
        return NORMAL_RELATION.get(word, word)
    if match["year"] and BETWEEN_YEARS.search(match.string, window, match.start()):
        return "until"
    return "on" if match["weekday_lead"] else ""


def _is_absolute(match: re.Match[str], kind: str) -> bool:
    """Whether the words alone tell the year."""
    year = {
        "md_month": "md_year",
        "dm_month": "dm_year",
        "ordinal": "ordinal_year",
        "quarter": "quarter_year",
        "month_quarter": "month_quarter_year",
    }.get(kind)
    if kind == "month":
        year = "month_year"
    if year:
        return bool(match[year]) and "year" not in match[year].lower()
    return kind in {"iso", "year_quarter", "fiscal_year", "calendar_year", "short_year", "year"}


def _ends_of_year_ranges(text: str) -> list[Period]:
    """Both ends of "2026-2030" and "2026-30"."""
    ends = []
    for match in YEAR_RANGE.finditer(text):
        high = match["high"] if len(match["high"]) == 4 else match["low"][:2] + match["high"]
        if match["low"] < high:
            for name, period, relation in (("low", match["low"], "from"), ("high", high, "through")):
                start, end = match.span(name)
                ends.append(
                    Period(period=period, start_char=start, end_char=end, surface=match[name], relation=relation)
                )
    return ends
