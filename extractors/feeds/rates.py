"""The European Central Bank's reference rates: eurofxref-daily.xml, eurofxref-hist-90d.xml, eurofxref-hist.xml."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from extractors.records import Issue, ParsedFeed, ReferenceRate

FORMAT = "ecb_rates"
_CUBE = re.compile(r"<(?:\w+:)?Cube\b([^>]*)>")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*[\"']([^\"']{1,40})[\"']")
_CODE = re.compile(r"[A-Z]{3}")
_RATE = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


def is_rates(source: str) -> bool:
    """Whether the XML, which begins with its root element, holds reference rates."""
    return any("currency" in dict(_ATTRIBUTE.findall(cube[1])) for cube in _CUBE.finditer(source, 0, 10_000))


def read(source: str) -> ParsedFeed:
    """The rates, in the order of the file, with an Issue where a line is no rate. Nothing is read without its day.

    >>> day = '<Cube time="2026-10-30"><Cube currency="USD" rate="1.1172"/></Cube>'
    >>> [(one.currency_code, one.rate_on.isoformat(), one.rate) for one in read(f"<Cube>{day}</Cube>").rates]
    [('USD', '2026-10-30', Decimal('1.1172'))]
    """
    rates: list[ReferenceRate] = []
    broken = 0
    day: date | None = None
    for cube in _CUBE.finditer(source):
        told = dict(_ATTRIBUTE.findall(cube[1]))
        if "time" in told:
            day = _day(told["time"])
            broken += day is None
        elif "currency" in told:
            code, rate = told["currency"], told.get("rate", "")
            if day and _CODE.fullmatch(code) and _RATE.fullmatch(rate) and Decimal(rate) > 0:
                rates.append(_rate(code, day, Decimal(rate)))
            else:
                broken += 1
    message = f"lines that are no rate of a day: {broken}"
    return ParsedFeed(
        format=FORMAT,
        title="Reference rates of the European Central Bank",
        link="",
        language="en",
        ttl_minutes=None,
        entries=(),
        issues=(Issue(stage="parse", subject_id="", code="rates_lost", message=message),) if broken else (),
        rates=tuple(rates),
    )


def _rate(code: str, day: date, rate: Decimal) -> ReferenceRate:
    return ReferenceRate(currency_code=code, base_code="EUR", rate_on=day, rate=rate, source="ecb")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
