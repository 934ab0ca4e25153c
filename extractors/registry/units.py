"""The words of quantities as rows: currencies, units of measure, and what bounds an amount.

``currencies.csv`` (form, ISO 4217 code, where the form stands, whether it counts only beside a scale word, and the
words of a text that make this row beat the default row of the same form), ``units.csv`` (factor to the unit of the
records: MW, MWh, months, square metres) and ``bounds.csv`` (words beside an amount, and what they say of it).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from extractors.errors import RegistryError

_FOLDER = Path(__file__).parent
PLACES = ("before", "after", "either", "code")
READINGS = ("exact", "about", "up_to", "at_least", "increment", "filler", "determiner", "softener")


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyForm:
    """One way to write a currency."""

    form: str
    code: str  # ISO 4217
    place: str  # one of PLACES; "code" is a code in capitals on either side
    needs_scale: bool  # "won" and "pounds" are money only after "million" and the like
    context: re.Pattern[str] | None  # a text with these words means this row and not the default one


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of measure and its ways to be written."""

    dimension: str
    unit: str
    factor: Decimal  # to the unit of the dimension's record
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPhrase:
    """Words beside an amount; ``reads`` is a bound, "increment", or "filler" between a bound and the amount.

    A "determiner" is a filler that makes a preposition of what stands before it ("under a $5 billion contract"), a
    "softener" makes "about" of an upper bound ("just under", "a touch below").
    """

    phrase: str
    reads: str
    side: str  # before, after, either
    not_for: frozenset[str]  # dimensions where the words mean something else ("over five years")
    preposition_after: re.Pattern[str] | None  # words after which they govern the amount: "talks over $5 billion"
    preposition_before_deal: bool  # whether they do so where the amount describes a deal: "under $5bn pact"


@cache
def currency_forms() -> tuple[CurrencyForm, ...]:
    """Every row of ``currencies.csv``, in file order."""
    return tuple(
        CurrencyForm(
            form=row["form"],
            code=row["code"],
            place=_one_of(row["place"], PLACES, "currencies.csv"),
            needs_scale=row["needs_scale"] == "yes",
            context=re.compile(rf"\b(?:{row['context']})\b") if row["context"] else None,
        )
        for row in _rows("currencies.csv")
    )


@cache
def units(dimension: str) -> tuple[Unit, ...]:
    """The units of one dimension."""
    return tuple(
        Unit(
            dimension=row["dimension"],
            unit=row["unit"],
            factor=Decimal(row["factor"]),
            forms=tuple(row["forms"].split("|")),
        )
        for row in _rows("units.csv")
        if row["dimension"] == dimension
    )


@cache
def factor_of_form(dimension: str) -> dict[str, Decimal]:
    """Written form -> factor, for one dimension."""
    return {form: unit.factor for unit in units(dimension) for form in unit.forms}


@cache
def bound_phrases() -> tuple[BoundPhrase, ...]:
    """Every row of ``bounds.csv``."""
    return tuple(
        BoundPhrase(
            phrase=row["phrase"],
            reads=_one_of(row["reads"], READINGS, "bounds.csv"),
            side=_one_of(row["side"], ("before", "after", "either"), "bounds.csv"),
            not_for=frozenset(row["not_for"].split("|")) - {""},
            preposition_after=(
                re.compile(rf"\b(?:{row['preposition_after']})(?: with(?: \S+){{1,4}})?$")
                if row["preposition_after"]
                else None
            ),
            preposition_before_deal=row["before_deal"] == "preposition",
        )
        for row in _rows("bounds.csv")
    )


def alternatives(forms: tuple[str, ...] | list[str]) -> str:
    """A regular expression for any of the forms, the longest first; a space in a form stands for any white space."""
    return "|".join(re.escape(form).replace(r"\ ", r"\s") for form in sorted(set(forms), key=lambda f: (-len(f), f)))


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _one_of(value: str, allowed: tuple[str, ...], name: str) -> str:
    if value not in allowed:
        raise RegistryError(name, f"{value!r} is none of {', '.join(allowed)}")
    return value
