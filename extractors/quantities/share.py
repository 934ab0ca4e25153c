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

_UNIT = re.compile(r"\s?%|[\s-](?:percent|per\scent|pct)\b|\s?pc\b|\sp\.c\.(?!age)(?!\s?-?points?)", re.IGNORECASE)
_PART = re.compile(
    r"(?<![\w-])(?P<part>half|one-half|an?\s(?:half|third|quarter|fifth|sixth|eighth|tenth)|one[\s-](?:third|quarter|fifth|sixth|eighth|tenth)|two[\s-](?:thirds|fifths)"
    r"|three[\s-](?:quarters|fifths)|(?<=remaining\s)quarter|(?<=remaining\s)third)(?!\w)(?!\s+an?\s)(?![\s-](?:of\san?\s)?(?:thousand|million|billion|trillion|dozen))",
    re.IGNORECASE,
)
_OWNED = r"(?:stakes?|shares?|interests?|holding|ownership|equity|owns?|owned|owning|held|holds?|venture)"
_OWNED_AFTER = re.compile(
    rf"(?:[\s-](?!and\b)[\w’'-]+){{0,5}}?[\s-]{_OWNED}\b|\sof\s(?:the|its)\s(?:company|business|firm|unit|operator|developer|startup)\b",
    re.IGNORECASE,
)
_OWNED_BEFORE = re.compile(rf"\b{_OWNED}(?:\s[\w’'-]+){{0,4}}\s$", re.IGNORECASE)
# two partners with the same share; three of them would each have a third
_EVEN = re.compile(
    r"(?<![\w.])50\s?[-–/:]\s?50(?![\w.])|\b(?:equally|jointly\sand\sequally)[\s-](?:owned|held)\b|\b(?:owned|held)\sequally\b"
    r"|\bin\sequal\s(?:shares|parts|halves)\b"
    r"|\bequal\s(?:partners|owners|shareholders)\b",
    re.IGNORECASE,
)
_OF_MORE = re.compile(r"[^.;]{0,50}\b(?:three|four|five|six|trio|quartet|third)\b", re.IGNORECASE)
_BOUGHT_BEFORE = re.compile(
    r"\b(?:buys?|bought|buying|acquir(?:e|es|ed|ing)|purchas(?:e|es|ed|ing)|sells?|sold|selling|offload(?:s|ed)?)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_OF_A_NAME = re.compile(
    r"\sof\s(?:(?-i:[A-Z])[\w&-]+(?:\s(?-i:[A-Z])[\w&-]+){0,3}(?=[,.;]|\s(?:for|from|in|to)\b|$)|it\b)"
)
_WORTH = {
    "half": Decimal(50),
    "third": Decimal(100) / 3,
    "thirds": Decimal(200) / 3,
    "quarter": Decimal(25),
    "quarters": Decimal(75),
    "fifth": Decimal(20),
    "sixth": Decimal(100) / 6,
    "eighth": Decimal("12.5"),
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
        bought = _BOUGHT_BEFORE.search(text, max(0, part.start() - 30), part.start())
        if (
            _OWNED_AFTER.match(text, part.end())
            or _OWNED_BEFORE.search(text, max(0, part.start() - 50), part.start())
            or (bought and _OF_A_NAME.match(text, part.end()))
        ):
            words = re.split(r"[\s-]", part["part"].lower())
            pct = _FIFTHS[words[0]] if words[-1] == "fifths" else _WORTH[words[-1]]
            spans.append((pct, None, part.start(), part.end()))
    for even in _EVEN.finditer(text):
        if not _OF_MORE.match(text, even.end()):
            spans.append((Decimal(50), None, even.start(), even.end()))
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
