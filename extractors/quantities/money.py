"""Amounts of money, in whole units of their currency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.quantities.bounds import read_bound
from extractors.quantities.currency import currency_beside, dollar_of
from extractors.quantities.measure import Measure
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import join_ranges
from extractors.records import Money

_DEAL_SIZED = 1_000_000
_AGAINST = re.compile(
    r",?\s(?:\w+\s)?(?:to|from|against|versus|than|compared\swith|instead\sof)\s(?:(?:about|some|nearly|over)\s)?", re.I
)
_NO_NOUN_AFTER = re.compile(r"[,.;:)]|\s(?:in|by|for|over|a|last|this|after|before|when|as|and|at|on)\b|$")
_PER = r"\s? (?: / | [\s-]per[\s-] | [\s-]an?[\s-] | [\s-](?:for[\s-])?(?:each|every)[\s-] )"
_BASIS_AFTER = re.compile(
    rf"""
    (?: [\s-]plus | \+ )? (?: \s(?:in|of)\s[a-z]+ (?:\s[a-z]+)? (?= \s ) )?     # $64 million in rent a year
    (?:
        (?P<per_year>  (?:\s[a-z]+){{0,4}}? \s in \s an? \s (?:average|typical|normal|ordinary|full) \s year \b
                     | \s on \s an \s annual(?:i[sz]ed)? \s basis \b
                     | {_PER} (?:year|annum|yr) \b (?! \s+(?:ago|earlier|before|later|from|prior|on\b) )
                     | \s(?:annually|yearly|p\.a\.) | \s?/y\b
                     | [\s-](?:(?:in|of)\s)?(?:annual|annualized|annualised|yearly)\b )
      | (?P<per_month> {_PER} (?:month|mo) \b (?! \s+(?:ago|earlier|before|later) ) | \smonthly \b )
      | (?P<per_hour>  {_PER} (?:hour|hr|(?:GPU|chip|accelerator)[\s-]hour) \b | \shourly \b )
      | (?P<per_share> {_PER} (?:ordinary\s|common\s)? (?:share|ADS|unit) \b )
      | (?P<per_mwh>   {_PER} (?: [MGk]Wh | (?:mega|giga|kilo)watt[\s-]hour ) s? \b )
      | (?P<per_mw>    {_PER} (?: [MGk]W | (?:mega|giga|kilo)watt ) (?:-day|-month|-year)? \b )
      | (?P<per_unit>  {_PER} (?: GPU | chip | accelerator | rack | server | acre | token | user | seat | customer | day
                                  | week | [mb]illion\stokens | ton(?:ne)? | square\s(?:foot|met(?:re|er)) ) \b )
      | (?P<each> \s(?:apiece|each) \b )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ASIDE = re.compile(r"\s\([^()\n]{2,40}\)")  # "28 billion yen ($180 million) a year"
_YEARLY_BEFORE = re.compile(
    r"\b (?:annual|annualized|annualised|yearly|per-year) (?:\s[a-z-]+){0,4} \s (?:[a-z]+\s){0,3} $",
    re.VERBOSE | re.IGNORECASE,
)
_PER_SHARE_BEFORE = re.compile(
    r"\b(?:exercise|strike|share|offer|conversion)\sprice\sof\s(?:[a-z]+\s){0,3}$", re.IGNORECASE
)


def find_money(text: str, *, publisher: str = "", numbers: Sequence[Number] | None = None) -> tuple[Money, ...]:
    """Every amount of money, in order.

    ``publisher`` decides what a bare "$" is worth (AUD for an Australian one); unknown ones mean US dollars.

    >>> [(str(m.amount), m.currency, m.bound) for m in find_money("$10-billion-plus, as much as US$1.5bn")]
    [('10000000000', 'USD', 'at_least'), ('1500000000', 'USD', 'up_to')]
    >>> m, = find_money("between £1.8 billion and £2 billion")
    >>> m.surface, m.bound, str(m.amount), str(m.amount_high)
    ('£1.8 billion and £2 billion', 'at_least', '1800000000', '2000000000')
    >>> [(m.surface, m.basis) for m in find_money("€64 million a year, $0.01 per share, $38 million a year earlier")]
    [('€64 million', 'per_year'), ('$0.01', 'per_share'), ('$38 million', 'total')]
    >>> find_money("tens of billions of dollars")
    ()
    """
    numbers = find_numbers(text) if numbers is None else numbers
    local_dollar = dollar_of(publisher)
    measures = []
    for number in numbers:
        beside = currency_beside(text, number, local_dollar=local_dollar)
        if beside:
            code, start, end = beside
            measures.append(Measure(number=number, factor=Decimal(1), kind=code, start=start, end=end))
        elif measures and number.has_scale and _is_told_against(text, measures[-1].end, number):
            start, end = number.start, number.end  # "from 1.5 billion euros to 2.4 billion"
            measures.append(Measure(number=number, factor=Decimal(1), kind=measures[-1].kind, start=start, end=end))
    found = []
    for amount in join_ranges(text, numbers, measures):
        bound, is_increment = read_bound(text, amount.start, amount.end, dimension="money")
        found.append(
            Money(
                amount=amount.low,
                amount_high=amount.high,
                currency=amount.kind,
                bound=bound if amount.high is None else "at_least",
                basis=_basis(text, amount.start, amount.end, amount.low),
                is_increment=is_increment,
                start_char=amount.start,
                end_char=amount.end,
                surface=text[amount.start : amount.end],
            )
        )
    return tuple(found)


def _is_told_against(text: str, previous_end: int, number: Number) -> bool:
    """Whether a number without a currency is compared with the amount of money that ends before it."""
    gap = _AGAINST.fullmatch(text, previous_end, number.start) if number.start - previous_end < 40 else None
    return gap is not None and _NO_NOUN_AFTER.match(text, number.end) is not None


def _basis(text: str, start: int, end: int, amount: Decimal) -> str:
    """What the amount is for, from the words around it."""
    aside = _ASIDE.match(text, end)
    after = _BASIS_AFTER.match(text, aside.end() if aside else end)
    if after and after.lastgroup == "each":  # chips cost $40,000 each; two partners pay $1 billion each
        return "per_unit" if amount < _DEAL_SIZED else "total"
    if after and after.lastgroup:
        return after.lastgroup
    before = text[max(0, start - 80) : start]
    if _PER_SHARE_BEFORE.search(before):
        return "per_share"
    return "per_year" if _YEARLY_BEFORE.search(before) else "total"
