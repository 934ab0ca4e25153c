"""Which currency stands beside a number."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.quantities.number import Number
from extractors.registry import load
from extractors.registry.units import CurrencyForm, alternatives, currency_forms

# what "$" means to a publisher of these countries; elsewhere it is the dollar of the United States
_DOLLAR_OF_COUNTRY = {"AU": "AUD", "NZ": "NZD", "CA": "CAD", "HK": "HKD", "SG": "SGD"}
# "$5 million Canadian"
_NATIONAL = {"Australian": "AUD", "Canadian": "CAD", "Singaporean": "SGD", "US": "USD", "U.S.": "USD"}
_WINDOW = 9  # characters of the longest form before a number


def _forms(*places: str) -> list[str]:
    return [form.form for form in currency_forms() if form.place in places]


_SIGNS_AFTER = [form for form in _forms("after", "either") if len(form) <= 3 and form not in {"yen", "won"}]
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
      | \s? (?P<sign> {alternatives(_SIGNS_AFTER)} ) (?!\w)
      | [\s-]{{1,2}} (?P<national> {alternatives(list(_NATIONAL))} ) (?= \s? [,.;)] )
      | [\s-]{{0,2}} (?P<word> (?i: {alternatives(_forms("after"))} ) ) s? \b
    )
    """,
    re.VERBOSE,
)


def currency_beside(text: str, number: Number, *, local_dollar: str) -> tuple[str, int, int] | None:
    """(ISO 4217 code, start, end) of the number together with its currency, or None where it has none."""
    start, end = number.start, number.end
    before = _BEFORE.search(text, max(0, start - _WINDOW), start)
    after = _AFTER.match(text, end)
    if before:
        form = before["code"] or before["form"] or "$"
        if form == "$" and after and (after["code"] or after["national"]):  # "$5 billion USD"
            code = _NATIONAL.get(after["national"]) or _code(after["code"], ("code",), text, number)
            return (code, before.start(), after.end()) if code else None
        code = local_dollar if form == "$" else _code(form, ("before", "either", "code"), text, number)
        if code:
            return code, before.start(), end
    if after and not after["national"]:
        form = after["code"] or after["sign"] or re.sub(r"\s+", " ", after["word"])
        code = _code(form, ("after", "either", "code"), text, number)
        if code:
            return (local_dollar if form.lower() == "dollar" else code), start, after.end()
    return None


def has_currency_before(text: str, start: int) -> bool:
    """Whether a currency's sign stands before a number that starts here: it is money, whatever follows.

    >>> has_currency_before("a $10 million GPU order", 3)
    True
    """
    return _BEFORE.search(text, max(0, start - _WINDOW), start) is not None


@cache
def dollar_of(publisher: str) -> str:
    """What a bare "$" is worth to a publisher, by name or domain; unknown ones mean US dollars.

    >>> dollar_of("Reuters"), dollar_of("")
    ('USD', 'USD')
    """
    return _DOLLAR_OF_COUNTRY.get(_country_of_publisher().get(publisher.strip().lower(), ""), "USD")


def _code(form: str, places: tuple[str, ...], text: str, number: Number) -> str | None:
    """ISO code of a written form beside a number."""
    rows = [row for row in _rows_of_form().get(form.lower(), ()) if row.place in places]
    if not rows or (rows[0].needs_scale and not number.has_scale):
        return None
    return rows[0].code if len(rows) == 1 else _code_in_context(form.lower(), places, text)


@lru_cache(maxsize=8)
def _code_in_context(form: str, places: tuple[str, ...], text: str) -> str:
    """The row whose context words the text holds, else the default row; kept, as a text asks it for many numbers."""
    rows = [row for row in _rows_of_form()[form] if row.place in places]
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
def _country_of_publisher() -> dict[str, str]:
    """Name, alias or domain of a publisher in lower case -> its country."""
    return {
        name.lower(): publisher.country
        for publisher in load().publishers.values()
        for name in (publisher.name, *publisher.aliases, *publisher.domains)
    }
