"""Amounts of money, in whole units of their currency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extractors.quantities.bounds import read_bound
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import Measure, join_ranges
from extractors.records import Money
from extractors.registry import load
from extractors.registry.units import CurrencyForm, alternatives, currency_forms

# what "$" means to a publisher of these countries; elsewhere it is the dollar of the United States
_DOLLAR_OF_COUNTRY = {"AU": "AUD", "NZ": "NZD", "CA": "CAD", "HK": "HKD", "SG": "SGD"}

# "$5 million Canadian"
_NATIONAL = {"Australian": "AUD", "Canadian": "CAD", "Singaporean": "SGD", "US": "USD", "U.S.": "USD"}


def _forms(*places: str) -> list[str]:
    return [form.form for form in currency_forms() if form.place in places]


_BEFORE = re.compile(
    rf"""
    (?<![A-Za-z]) (?P<code> {alternatives(_forms("code"))} ) \s? \$? \s? $       # USD 5bn, CAD $5bn
    | (?<![A-Za-z]) (?P<form> {alternatives(_forms("before", "either"))} ) \s? $   # US$5bn, € 5bn
    | (?P<dollar> \$ ) \s? $                                                      # after letters that name no currency
    """,
    re.VERBOSE,
)
_AFTER = re.compile(
    rf"""
    (?: -plus | \+ )? (?:
        [\s-]{{0,2}} (?P<code> {alternatives(_forms("code"))} ) \b
      | \s? (?P<sign> {alternatives([f for f in _forms("after", "either") if len(f) <= 3 and f != "yen"])} ) (?!\w)
      | [\s-]{{1,2}} (?P<national> {alternatives(list(_NATIONAL))} ) (?= \s? [,.;)] )
      | [\s-]{{0,2}} (?P<word> (?i: {alternatives(_forms("after"))} ) ) s? \b
    )
    """,
    re.VERBOSE,
)
_PER = r"\s? (?: / | [\s-]per[\s-] | [\s-]an?[\s-] | [\s-](?:for[\s-])?(?:each|every)[\s-] )"
_BASIS_AFTER = re.compile(
    rf"""
    (?: [\s-]plus | \+ )? (?: \s(?:in|of)\s[a-z]+ (?:\s[a-z]+)? (?= \s ) )?     # $64 million in rent a year
    (?:
        (?P<per_year>  {_PER} (?:year|annum|yr) \b (?! \s+(?:ago|earlier|before|later|from|prior|on\b) )
                     | \s(?:annually|yearly|p\.a\.) | \s?/y\b )
      | (?P<per_month> {_PER} (?:month|mo) \b (?! \s+(?:ago|earlier|before|later) ) | \smonthly \b )
      | (?P<per_hour>  {_PER} (?:hour|hr|(?:GPU|chip|accelerator)[\s-]hour) \b | \shourly \b )
      | (?P<per_share> {_PER} (?:ordinary\s|common\s)? (?:share|ADS|unit) \b )
      | (?P<per_mwh>   {_PER} (?: [MGk]Wh | (?:mega|giga|kilo)watt[\s-]hour ) s? \b )
      | (?P<per_mw>    {_PER} (?: [MGk]W | (?:mega|giga|kilo)watt ) (?:-day|-month|-year)? \b )
      | (?P<per_unit>  {_PER} (?: GPU | chip | accelerator | rack | server | acre | token | user | seat | (?:million|billion)\stokens
                                  | ton(?:ne)? | barrel | day | week | customer | square\s(?:foot|met(?:re|er)) ) \b
                     | \s(?:apiece|each) \b )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_YEARLY_BEFORE = re.compile(
    r"\b (?:annual|annualized|annualised|yearly|per-year) (?:\s[a-z-]+){0,4} \s (?:[a-z]+\s){0,3} $",
    re.VERBOSE | re.IGNORECASE,
)
_PER_SHARE_BEFORE = re.compile(r"\b(?:exercise|strike|share|offer|conversion)\sprice\sof\s(?:[a-z]+\s){0,3}$", re.IGNORECASE)


def find_money(
    text: str, *, publisher: str = "", numbers: Sequence[Number] | None = None
) -> tuple[Money, ...]:
    """Every amount of money, in order.

    ``publisher`` decides what a bare "$" is worth (AUD for an Australian one); unknown ones mean US dollars.

    >>> [(str(m.amount), m.currency, m.bound) for m in find_money("$10-billion-plus, as much as US$1.5bn")]
    [('10000000000', 'USD', 'at_least'), ('1500000000.0', 'USD', 'up_to')]
    >>> m, = find_money("between £1.8 billion and £2 billion")
    >>> m.surface, m.bound, str(m.amount), str(m.amount_high)
    ('£1.8 billion and £2 billion', 'at_least', '1800000000.0', '2000000000')
    >>> [(m.surface, m.basis) for m in find_money("about €64 million a year, $0.01 per share, $38 million a year earlier")]
    [('€64 million', 'per_year'), ('$0.01', 'per_share'), ('$38 million', 'total')]
    >>> find_money("tens of billions of dollars")
    ()
    """
    numbers = find_numbers(text) if numbers is None else numbers
    local_dollar = _dollar_of(publisher)
    measures = [m for number in numbers if (m := _measure(text, number, local_dollar))]
    found = []
    for amount in join_ranges(text, numbers, measures):
        bound, is_increment = read_bound(text, amount.start, amount.end, dimension="money")
        found.append(
            Money(
                amount=amount.low,
                amount_high=amount.high,
                currency=amount.kind,
                bound=bound if amount.high is None else "at_least",
                basis=_basis(text, amount.start, amount.end),
                is_increment=is_increment,
                start_char=amount.start,
                end_char=amount.end,
                surface=text[amount.start : amount.end],
            )
        )
    return tuple(found)


def has_currency_before(text: str, start: int) -> bool:
    """Whether a currency's sign stands before a number that starts here: it is money, whatever follows.

    >>> has_currency_before("a $10 million GPU order", 3)
    True
    """
    return _BEFORE.search(text, max(0, start - 7), start) is not None


def _measure(text: str, number: Number, local_dollar: str) -> Measure | None:
    """The number with its currency, or None where it has none."""
    before = _BEFORE.search(text, max(0, number.start - 9), number.start)
    after = _AFTER.match(text, number.end)
    code, start, end = None, number.start, number.end
    if before:
        form = before["code"] or before["form"] or "$"
        code = local_dollar if form == "$" else _currency(form, ("before", "either", "code"), text, number)
        start = before.start() if code else start
        if form == "$" and after and (after["code"] or after["national"]):
            code, end = _NATIONAL.get(after["national"]) or _currency(after["code"], ("code",), text, number), after.end()
    if code is None and after and not after["national"]:
        form = after["code"] or after["sign"] or re.sub(r"\s+", " ", after["word"])
        code = _currency(form, ("after", "either", "code"), text, number)
        if code == "USD" and form.lower() == "dollar":
            code = local_dollar
        end = after.end() if code else end
    return Measure(number=number, factor=Decimal(1), kind=code, start=start, end=end) if code else None


def _currency(form: str, places: tuple[str, ...], text: str, number: Number) -> str | None:
    """ISO code of a written form: the row whose context words the text holds most of, else the default row."""
    rows = [row for row in _rows_of_form().get(form.lower(), ()) if row.place in places]
    if not rows or (rows[0].needs_scale and not number.has_scale):
        return None
    fitting = [row for row in rows if row.context and row.context.search(text)]
    default = next((row for row in rows if row.context is None), rows[0])
    return (fitting[0] if fitting else default).code


@cache
def _rows_of_form() -> dict[str, list[CurrencyForm]]:
    rows: dict[str, list[CurrencyForm]] = {}
    for form in currency_forms():
        rows.setdefault(form.form.lower(), []).append(form)
    return rows


@cache
def _dollar_of(publisher: str) -> str:
    """What a bare "$" is worth to a publisher."""
    known = _publishers().get(publisher.strip().lower())
    return _DOLLAR_OF_COUNTRY.get(known or "", "USD")


@cache
def _publishers() -> dict[str, str]:
    """Name or domain of a publisher, lower case -> country."""
    found: dict[str, str] = {}
    for publisher in load().publishers.values():
        for name in (publisher.name, *publisher.aliases, *publisher.domains):
            found[name.lower()] = publisher.country
    return found


def _basis(text: str, start: int, end: int) -> str:
    after = _BASIS_AFTER.match(text, end)
    if after and after.lastgroup:
        return after.lastgroup
    before = text[max(0, start - 80) : start]
    if _PER_SHARE_BEFORE.search(before):
        return "per_share"
    return "per_year" if _YEARLY_BEFORE.search(before) else "total"
