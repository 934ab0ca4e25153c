"""Percentages and parts of a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.quantities.bounds import read_bound
from extractors.quantities.measure import Measure
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import join_ranges
from extractors.records import Share

_UNIT = re.compile(r"\s?%|[\s-](?:percent|per\scent|pct)\b(?!age)(?!\s?-?points?)", re.IGNORECASE)
_PART = re.compile(
    r"(?<![\w-])(?P<part>half|one-half|an?\s(?:half|third|quarter|fifth|tenth)|one[\s-](?:third|quarter|fifth|tenth)|two[\s-](?:thirds|fifths)"
    r"|three[\s-](?:quarters|fifths)|(?<=remaining\s)quarter|(?<=remaining\s)third)(?!\w)(?!\s+an?\s)(?![\s-](?:of\san?\s)?(?:thousand|million|billion|trillion|dozen))",
    re.IGNORECASE,
)
_OWNED = r"(?:stakes?|shares?|interests?|holding|ownership|equity|owns?|owned|owning|held|holds?|venture)"
_OWNED_AFTER = re.compile(
    rf"(?:[\s-](?!and\b)[\w’'-]+){{0,5}}?[\s-]{_OWNED}\b|\sof\s(?:the|its)\s(?:company|business|firm|unit|operator|developer|startup)\b",
    re.IGNORECASE,
)
_OWNED_BEFORE = re.compile(rf"\b{_OWNED}(?:\s[\w’'-]+){{0,4}}\s$", re.IGNORECASE)
_WORTH = {
    "half": Decimal(50),
    "third": Decimal(100) / 3,
    "thirds": Decimal(200) / 3,
    "quarter": Decimal(25),
    "quarters": Decimal(75),
    "fifth": Decimal(20),
    "tenth": Decimal(10),
}
_FIFTHS = {"two": Decimal(40), "three": Decimal(60)}


def find_shares(text: str, *, numbers: Sequence[Number] | None = None) -> tuple[Share, ...]:
    """Every percentage, and parts ("half", "a third") beside words of ownership, in order.

    >>> [(str(s.pct), s.bound) for s in find_shares("a 49.9 per cent stake, about 5.4% of it, up to 10 percent")]
    [('49.9', 'exact'), ('5.4', 'about'), ('10', 'up_to')]
    >>> [str(s.pct) for s in find_shares("The two will each own half. A quarter of the growth came from Asia.")]
    ['50']
    >>> find_shares("225 basis points, up 3 percentage points")
    ()
    """
    numbers = find_numbers(text) if numbers is None else numbers
    measures = []
    for number in numbers:
        unit = _UNIT.match(text, number.end)
        if unit:
            measures.append(Measure(number=number, factor=Decimal(1), kind="", start=number.start, end=unit.end()))
    spans = [(a.low, a.high, a.start, a.end) for a in join_ranges(text, numbers, measures)]
    for part in _PART.finditer(text):
        if _OWNED_AFTER.match(text, part.end()) or _OWNED_BEFORE.search(text, max(0, part.start() - 50), part.start()):
            words = re.split(r"[\s-]", part["part"].lower())
            pct = _FIFTHS[words[0]] if words[-1] == "fifths" else _WORTH[words[-1]]
            spans.append((pct, None, part.start(), part.end()))
    return tuple(
        Share(
            pct=low,
            bound="at_least" if high else read_bound(text, start, end, dimension="share")[0],
            start_char=start,
            end_char=end,
            surface=text[start:end],
        )
        for low, high, start, end in sorted(spans, key=lambda span: span[2])
    )
