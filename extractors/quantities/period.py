"""Dates and periods, as precisely as told, relative to the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.records import Period

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NUMBER = {name: n for n, name in enumerate(_MONTHS, 1)} | {name[:3]: n for n, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
_YEAR = r"(?:19[89]\d|20[0-9]\d)(?![\d,]\d)(?!\w)"
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINALS = r"(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th)"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_PART = r"(?:mid[\s-]to[\s-]late|early[\s-]to[\s-]mid|late|early|mid|the\slatter\spart\sof|summer|spring|autumn|fall|winter|calendar(?:\syear)?)(?:[\s-]of)?[\s-]"
_END_OF = r"(?:(?:the\s)?(?:very\s)?(?:end|close|start|beginning|middle|course)\sof\s(?:the\s)?(?:calendar\s)?|(?:the\s)?year[\s-]?end\s)"

_PERIOD = re.compile(
    rf"""
    (?<![\w$€£¥₹/.,-]) (?:
      # a day: May 6, 2026 · 6 May 2026 · 2026-05-06 · Oct. 21 · on Tuesday
        (?P<iso> 20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) ) (?![\w-])
      | (?P<md_month> (?-i:{_MONTH}) ) \s (?P<md_day> 3[01]|[12]\d|0?[1-9] ) (?:st|nd|rd|th)? (?![\d%]|[.,]\d) (?: ,?\s (?P<md_year> {_YEAR} ) )?
      | (?P<dm_day> 3[01]|[12]\d|0?[1-9] ) (?:st|nd|rd|th)? \s (?:of\s)? (?P<dm_month> (?-i:{_MONTH}) ) (?:,?\s (?P<dm_year> {_YEAR} ))? (?![\w])
      | (?P<weekday_lead> on | late\son | early\son | next | last ) \s (?P<weekday> (?-i:{"|".join(d.capitalize() for d in _WEEKDAYS)}) ) (?!\w)
      | (?P<weekday_bare> (?-i:{"|".join(d.capitalize() for d in _WEEKDAYS)}) ) (?!\w|['’]s)
      # a quarter or half: second quarter of 2027 · Q2 2027 · 2Q27 · H2 2026 · first half
      | (?P<q_ordinal> {_ORDINALS} ) [\s-] (?: (?:fiscal|calendar) [\s-] )? (?P<q_kind> quarter | half ) (?!-)
          (?: (?: \s of (?:\sthe\syear)? | , )? \s (?: (?P<q_fiscal> fiscal(?:\syear)? | FY ) \s? )? (?: calendar\s )? (?P<q_year> {_YEAR} | next\syear | this\syear | last\syear ) )?
      | (?P<qn> [QH] \s? [1-4] | [1-4] [QH] ) (?: \s? (?:of\s)? (?: (?P<qn_fiscal> fiscal(?:\syear)? | FY ) \s? )? (?P<qn_year> {_YEAR} | ['’]?\d\d (?!\w|%) ) )? (?!\w)
      | (?P<yq_year> {_YEAR} ) [\s-]? (?P<yq> [QH][1-4] ) (?!\w)
      | (?P<rel_quarter> next | this | current | last | past ) \s quarter (?!\w)
      # a fiscal year: FY2026 · fiscal 2026 · FY26
      | (?: FY | fiscal (?:\s year)? ) \s? ['’]? (?P<fy> {_YEAR} | \d\d (?!\w|%) )
      # a month: March 2027 · next March · March next year · late October
      | (?: (?P<m_dir> next | last | this | the\sfollowing ) \s (?: {_PART} )? | (?:late|early|mid)[\s-] )? (?P<m_month> (?-i:{_MONTH}) ) (?![\w])
          (?: (?: ,?\s (?:of\s)? (?P<m_year> {_YEAR} ) | \s (?:of\s)? (?P<m_year_dir> next | this | last ) \s year ) )?
      # a year: 2027 · late 2027 · mid-2026 · next year · end of the decade
      | (?: {_PART} )? (?P<year> {_YEAR} ) (?!\s?(?:-|–)\s?\d) (?! \s (?:MW|GW|kW|GPUs?|megawatts?|gigawatts?|acres?|jobs?|employees|people|workers|percent|per\scent|square|homes|households|dollars?|euros?|million|billion) \b | \s?% )
      | (?: {_PART} )? (?P<rel_year> next | this | last | the\sfollowing | the\scurrent ) \s (?:calendar\s)? year (?!\w|['’-])
      | (?P<year_end> year[\s-]end | the\send\sof\sthe\syear | (?:by\s|before\s)?the\syear['’]s\send ) (?! \s {_YEAR} ) (?!\w)
      | (?P<season> (?: this | next | last ) \s (?: spring | summer | autumn | fall | winter ) ) (?!\w)
      | (?: the\s )? (?:end|close) \s of \s (?:the|this) \s (?P<decade> decade ) (?!\w)
      | (?P<today> today | yesterday | tomorrow ) (?!\w|['’]s)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_RELATION = re.compile(
    rf"""
    (?<!\w) (?P<word> no\slater\sthan | not\slater\sthan | on\sor\sbefore | as\searly\sas | as\slate\sas | starting(?:\s(?:in|on|from))? | beginning(?:\s(?:in|on))?
      | commencing(?:\s(?:in|on))? | effective | ending(?:\s(?:in|on))? | ended | due(?:\sin)? | maturing(?:\sin)? | expiring(?:\sin)? | up\sto | in\stime\sfor
      | by | through | throughout | from | in | since | until | till | before | after | to | on | for | during | as\sof | around | of | at | over | over\sthe\scourse\sof | within | between )
    \s (?: about\s | around\s | at\sleast\s | approximately\s )? (?: the\s | its\s )? (?: {_END_OF} )? $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NORMAL_RELATION = {
    "no later than": "by", "not later than": "by", "on or before": "by", "in time for": "by", "as late as": "by",
    "as early as": "from", "starting": "from", "beginning": "from", "commencing": "from", "effective": "from",
    "ending": "until", "ended": "until", "due": "due", "maturing": "due", "expiring": "until", "up to": "until", "till": "until",
    "throughout": "in", "during": "in", "over": "in", "over the course of": "in", "within": "in", "to": "until",
}  # fmt: skip
_END_RELATIONS = frozenset({"by", "through", "until", "before"})
_FUTURE = re.compile(
    r"\b(?:will|would|shall|should|to\s(?:be|begin|start|open|come|go|complete|finish|deliver|take|launch)|is\sto|are\sto|expects?|expected|due|scheduled|slated"
    r"|begins?|starts?|starting|beginning|plans?|planned|targets?|targeting|set\sto|aims?|coming|upcoming|next|opens|deliver(?:s|y|ies)|could|may|can)\b",
    re.IGNORECASE,
)
_FUTURE_RELATIONS = frozenset({"by", "until", "from", "before", "through"})


def find_periods(text: str, *, published: date | None = None) -> tuple[Period, ...]:
    """Every date or period, in order, as precise as told; what only ``published`` could place is left out without it.

    >>> day = date(2026, 3, 24)
    >>> [(p.period, p.relation) for p in find_periods("in the second quarter of 2027, by the end of 2028, late 2027", published=day)]
    [('2027-Q2', 'in'), ('2028', 'by'), ('2027', '')]
    >>> [p.period for p in find_periods("mid-2026, H2 2026, 2Q27, FY2026, May 6, 2026, 6 May 2026, March 2027")]
    ['2026', '2026-H2', '2027-Q2', 'FY2026', '2026-05-06', '2026-05-06', '2027-03']
    >>> [p.period for p in find_periods("next year; agreed in July; deliveries begin in October; on Monday; next quarter", published=day)]
    ['2027', '2025-07', '2026-10', '2026-03-23', '2026-Q2']
    >>> [(p.period, p.relation) for p in find_periods("by the end of the decade", published=day)]
    [('2030', 'by')]
    """
    found = []
    for match in _PERIOD.finditer(text):
        lead = _RELATION.search(text, max(0, match.start() - 60), match.start())
        relation = ""
        if lead:
            word = re.sub(r"\s+", " ", lead["word"].lower()).removesuffix(" in").removesuffix(" on")
            word = "from" if word == "starting from" else word
            relation = _NORMAL_RELATION.get(word, word)
        elif match["weekday_lead"]:
            relation = "on"
        period = _read(match, text, published, relation)
        if period:
            start, end = match.span()
            found.append(Period(period=period, start_char=start, end_char=end, surface=text[start:end], relation=relation))
    return tuple(found)


def _read(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    """The period of one match, or None where it cannot be placed."""
    kind = match.lastgroup and next(name for name in _READERS if match[name])
    return _READERS[kind](match, text, published, relation) if kind else None


def _iso_day(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    return _day(int(match["iso"][:4]), int(match["iso"][5:7]), int(match["iso"][8:]))


def _month_day(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    name, day, year = match["md_month"] or match["dm_month"], match["md_day"] or match["dm_day"], match["md_year"] or match["dm_year"]
    month = _month_number(name)
    if year:
        return _day(int(year), month, int(day))
    if published is None:
        return None
    chosen = _year_of_month(month, match, text, published, relation)
    return _day(chosen, month, int(day))


def _weekday(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    name = match["weekday"] or match["weekday_bare"]
    if published is None or (match["weekday"] is None and relation not in {"on", "by", "until", "from", "since"} and relation):
        return None
    back = (published.weekday() - _WEEKDAYS.index(name.lower())) % 7
    if (match["weekday_lead"] or "").lower() == "next":
        return (published + timedelta(days=7 - back)).isoformat()
    if (match["weekday_lead"] or "").lower() == "last" and back == 0:
        back = 7
    return (published - timedelta(days=back)).isoformat()


def _ordinal_quarter(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    letter = "Q" if match["q_kind"].lower() == "quarter" else "H"
    number = _ORDINAL[match["q_ordinal"].lower()]
    if letter == "H":
        number = min(number, 2)
    if match["q_ordinal"].lower() in {"last", "final"} and not match["q_year"]:
        return None  # "last quarter" is the past one; "the final quarter" of what?
    return _quarter(letter, number, match["q_year"], bool(match["q_fiscal"]), match, text, published, relation)


def _numbered_quarter(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    name = match["qn"].upper().replace(" ", "")
    letter, number = ("".join(c for c in name if c.isalpha()), int("".join(c for c in name if c.isdigit())))
    if letter == "H" and number > 2:
        return None
    year = match["qn_year"]
    if year and len(year.strip("'’")) == 2:
        year = "20" + year.strip("'’")
    return _quarter(letter, number, year, bool(match["qn_fiscal"]), match, text, published, relation)


def _year_quarter(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    return f"{match['yq_year']}-{match['yq'].upper()}"


def _quarter(
    letter: str, number: int, year: str | None, is_fiscal: bool, match: re.Match[str], text: str, published: date | None, relation: str
) -> str | None:
    if year and year[0].isdigit():
        return f"{'FY' if is_fiscal else ''}{year}-{letter}{number}"
    if published is None:
        return None
    if year:
        return f"{published.year + _direction(year)}-{letter}{number}"
    months = 3 if letter == "Q" else 6
    current = (published.month - 1) // months + 1
    is_future = _looks_ahead(match, text, relation)
    shift = 1 if is_future and number < current else -1 if not is_future and number > current else 0
    return f"{published.year + shift}-{letter}{number}"


def _relative_quarter(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    if published is None:
        return None
    index = published.year * 4 + (published.month - 1) // 3 + _direction(match["rel_quarter"])
    return f"{index // 4}-Q{index % 4 + 1}"


def _fiscal_year(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    year = match["fy"]
    return f"FY{year if len(year) == 4 else '20' + year}"


def _month(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    name = match["m_month"]
    month = _month_number(name)
    if match["m_year"]:
        return f"{match['m_year']}-{month:02d}"
    if published is None:
        return None
    if match["m_year_dir"]:
        return f"{published.year + _direction(match['m_year_dir'])}-{month:02d}"
    if not match["m_dir"] and not relation and name.lower() in {"may", "march", "mar"}:
        return None  # "May" opens many sentences that name no month
    direction = (match["m_dir"] or "").lower()
    if direction == "last":
        year = published.year if month < published.month else published.year - 1
    elif direction == "next":
        year = published.year if month > published.month else published.year + 1
    elif direction == "this":
        year = published.year
    else:
        year = _year_of_month(month, match, text, published, relation)
    return f"{year}-{month:02d}"


def _plain_year(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    return match["year"]


def _relative_year(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    return None if published is None else str(published.year + _direction(match["rel_year"]))


def _year_end(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    return None if published is None else str(published.year)


def _season(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    return None if published is None else str(published.year + _direction(match["season"].split()[0]))


def _decade(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    return None if published is None else str(published.year // 10 * 10 + 10)


def _today(match: re.Match[str], text: str, published: date | None, relation: str) -> str | None:
    if published is None:
        return None
    return (published + timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[match["today"].lower()])).isoformat()


_READERS = {
    "iso": _iso_day,
    "md_month": _month_day,
    "dm_month": _month_day,
    "weekday": _weekday,
    "weekday_bare": _weekday,
    "q_ordinal": _ordinal_quarter,
    "qn": _numbered_quarter,
    "yq": _year_quarter,
    "rel_quarter": _relative_quarter,
    "fy": _fiscal_year,
    "m_month": _month,
    "year": _plain_year,
    "rel_year": _relative_year,
    "year_end": _year_end,
    "season": _season,
    "decade": _decade,
    "today": _today,
}


def _direction(words: str) -> int:
    """+1 for "next", -1 for "last", 0 for "this"."""
    first = words.lower()
    return 1 if "next" in first or "following" in first else -1 if "last" in first or "past" in first else 0


def _month_number(name: str) -> int:
    return _MONTH_NUMBER[name.lower().rstrip(".")]


def _year_of_month(month: int, match: re.Match[str], text: str, published: date, relation: str) -> int:
    """The year of a month named alone: the coming one where the sentence looks ahead, else the last one."""
    if _looks_ahead(match, text, relation):
        return published.year if month >= published.month else published.year + 1
    return published.year if month <= published.month else published.year - 1


def _looks_ahead(match: re.Match[str], text: str, relation: str) -> bool:
    if relation in _FUTURE_RELATIONS:
        return True
    if relation in {"since", "of", "as of"}:
        return False
    before = re.split(r"[.!?;\n]\s|\n", text[max(0, match.start() - 70) : match.start()])[-1]
    return _FUTURE.search(before) is not None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
