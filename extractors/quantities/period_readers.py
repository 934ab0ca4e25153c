"""What each kind of date says: the period, relative to the day of publication where the words alone do not tell it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.quantities.period_grammar import LOOKS_AHEAD, MONTHS, ORDINALS, WEEKDAYS

WINDOW = 70  # characters read to the left
_AHEAD = frozenset({"by", "until", "from", "before", "through"})  # relations that only what is to come has
_BEHIND = frozenset({"since", "of", "as of"})
_LAST_MONTH = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 12}
# "January to March 2027": the year is told once
_YEAR_OF_BOTH = re.compile(rf"\s?(?:to|through|until|[-–])\s?(?P<end>{'|'.join(MONTHS)})\s(?P<year>20\d\d)(?!\d)")
_ALSO_WORDS = frozenset({"may", "march", "mar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One match of the grammar, and what it takes to place it."""

    match: re.Match[str]
    published: date
    relation: str

    def __getitem__(self, group: str) -> str:
        return self.match[group] or ""


def _iso_day(told: Told) -> str | None:
    year, month, day = told["iso"].split("-")
    return _day(int(year), int(month), int(day))


def _month_day(told: Told) -> str | None:
    month = _month_number(told["md_month"] or told["dm_month"])
    year = told["md_year"] or told["dm_year"]
    return _day(int(year) if year else _year_of_month(told, month), month, int(told["md_day"] or told["dm_day"]))


def _weekday(told: Told) -> str | None:
    """The last such day up to publication; the next one after "next"."""
    lead = told["weekday_lead"].lower()
    if not lead and told.relation not in {"", "on", "by", "until", "from", "since"}:
        return None
    back = (told.published.weekday() - WEEKDAYS.index(told["weekday"].capitalize())) % 7
    if lead == "next":
        back -= 7
    elif lead == "last" and back == 0:
        back = 7
    return _shifted(told.published, -back)


def _ordinal_quarter(told: Told) -> str | None:
    word = told["ordinal"].lower()
    if word in {"last", "final"} and not told["ordinal_year"]:
        return None  # of which year?
    letter = "Q" if told["ordinal_of"].lower() == "quarter" else "H"
    number = ORDINALS[word] if letter == "Q" else min(ORDINALS[word], 2)
    return _quarter(told, letter, number, told["ordinal_year"], is_fiscal=bool(told["ordinal_fiscal"]))


def _numbered_quarter(told: Told) -> str | None:
    name = told["quarter"].upper()
    letter, number = ("Q" if "Q" in name else "H"), int(name.strip("QH \t\n\u00a0"))
    if letter == "H" and number > 2:
        return None
    year = told["quarter_year"].lstrip("'’")
    return _quarter(
        told, letter, number, "20" + year if len(year) == 2 else year, is_fiscal=bool(told["quarter_fiscal"])
    )


def _quarter(told: Told, letter: str, number: int, year: str, *, is_fiscal: bool) -> str:
    """``year`` is "2027", "next year" or "" for a quarter or half named alone."""
    if year[:1].isdigit():
        return f"{'FY' if is_fiscal else ''}{year}-{letter}{number}"
    if year:
        return f"{told.published.year + _direction(year)}-{letter}{number}"
    current = (told.published.month - 1) // (3 if letter == "Q" else 6) + 1
    if _looks_ahead(told):
        return f"{told.published.year + (number < current)}-{letter}{number}"
    return f"{told.published.year - (number > current)}-{letter}{number}"


def _year_quarter(told: Told) -> str:
    words = told["year_quarter"].upper()
    return f"{words[:4]}-{words[-2:]}"


def _month_quarter(told: Told) -> str:
    """ "The December quarter of 2026" is its fourth, "the January-March quarter" the first of a year."""
    number = (_month_number(re.split("[-–]", told["month_quarter"])[-1]) + 2) // 3
    return _quarter(told, "Q", number, told["month_quarter_year"], is_fiscal=False)


def _relative_quarter(told: Told) -> str:
    index = told.published.year * 4 + (told.published.month - 1) // 3 + _direction(told["relative_quarter"])
    return f"{index // 4}-Q{index % 4 + 1}"


def _fiscal_year(told: Told) -> str:
    year = told["fiscal_year"]
    return f"FY{year if len(year) == 4 else '20' + year}"


def _month(told: Told) -> str | None:
    month = _month_number(told["month"])
    if told["month_year"]:
        return f"{told['month_year']}-{month:02d}"
    if told["month_of"]:
        return f"{told.published.year + _direction(told['month_of'])}-{month:02d}"
    lead = told["month_lead"].lower()
    if not lead and not told.relation and told["month"].lower() in _ALSO_WORDS:
        return None  # "May" opens many sentences that name no month
    if lead == "last":
        year = told.published.year - (month >= told.published.month)
    elif lead == "this":
        year = told.published.year
    elif lead:
        year = told.published.year + (month <= told.published.month)
    elif shared := _YEAR_OF_BOTH.match(told.match.string, told.match.end()):
        year = int(shared["year"]) - (month > _month_number(shared["end"]))  # "November to March 2027"
    else:
        year = _year_of_month(told, month)
    return f"{year}-{month:02d}"


def _relative_month(told: Told) -> str:
    index = told.published.year * 12 + told.published.month - 1 + _direction(told["relative_month"])
    return f"{index // 12}-{index % 12 + 1:02d}"


def _year(told: Told) -> str:
    return told["year"]


def _relative_year(told: Told) -> str:
    return str(told.published.year + _direction(told["relative_year"]))


def _this_year(told: Told) -> str:
    return str(told.published.year)


def _short_year(told: Told) -> str:
    year = told["short_year"] or told["calendar_year"]
    return year if len(year) == 4 else f"20{year}"


def _coming_season(told: Told) -> str:
    """The year of the next such season: "by the fall", "come spring"."""
    word = (told["bare_season"] or told["come_season"]).split()[-1].lower()
    return str(told.published.year + (told.published.month > _LAST_MONTH[word]))


def _holiday(told: Told) -> str | None:
    """The month of a feast that a deadline names: "by Christmas"."""
    month = {"christmas": 12, "thanksgiving": 11}[told["holiday"].lower()]
    if told.relation not in {"by", "before", "until"}:
        return None
    return f"{told.published.year + (told.published.month > month)}-{month:02d}"


def _season(told: Told) -> str:
    return str(told.published.year + _direction(told["season"]))


def _decade(told: Told) -> str:
    return str(told.published.year // 10 * 10 + 10)


def _today(told: Told) -> str | None:
    return _shifted(told.published, {"today": 0, "yesterday": -1, "tomorrow": 1}[told["today"].lower()])


# the group that a kind of match always fills -> what reads it
READERS: dict[str, Callable[[Told], str | None]] = {
    "iso": _iso_day,
    "md_month": _month_day,
    "dm_month": _month_day,
    "weekday": _weekday,
    "ordinal": _ordinal_quarter,
    "quarter": _numbered_quarter,
    "year_quarter": _year_quarter,
    "month_quarter": _month_quarter,
    "relative_quarter": _relative_quarter,
    "fiscal_year": _fiscal_year,
    "month": _month,
    "relative_month": _relative_month,
    "year": _year,
    "relative_year": _relative_year,
    "year_end": _this_year,
    "season": _season,
    "decade": _decade,
    "holiday": _holiday,
    "bare_season": _coming_season,
    "come_season": _coming_season,
    "calendar_year": _short_year,
    "short_year": _short_year,
    "today": _today,
}


def _direction(words: str) -> int:
    """+1 for "next", -1 for "last", 0 for "this"."""
    lower = words.lower()
    return 1 if "next" in lower or "following" in lower else -1 if "last" in lower or "past" in lower else 0


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())


def _year_of_month(told: Told, month: int) -> int:
    """The year of a month named alone: the coming one where the sentence looks ahead, else the last one."""
    if _looks_ahead(told):
        return told.published.year + (month < told.published.month)
    return told.published.year - (month > told.published.month)


def _looks_ahead(told: Told) -> bool:
    if told.relation in _AHEAD or told.relation in _BEHIND:
        return told.relation in _AHEAD
    start = told.match.start()
    sentence = re.split(r"[.!?;\n]\s|\n", told.match.string[max(0, start - WINDOW) : start])[-1]
    return LOOKS_AHEAD.search(sentence) is not None


def _shifted(day: date, days: int) -> str | None:
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
