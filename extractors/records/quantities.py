"""Mentions and quantities: spans of the text that was read.

Every one keeps the words it was read from (``surface``) and where they stand in ``Document.text``
(``start_char``, ``end_char``, end exclusive), so that ``surface == text[start_char:end_char]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MENTION_KINDS = (
    "company",  # in the registry: registry_id is its company_id
    "organisation",  # found by shape and context, in no registry
    "person",
    "product",
    "facility",
    "accelerator",
    "vehicle",
    "place",
    "money",
    "power",
    "energy",
    "compute",  # a number of accelerators
    "duration",
    "date",
    "share",
    "area",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something named or measured in the text."""

    kind: str  # one of MENTION_KINDS
    start_char: int
    end_char: int
    surface: str
    name: str = ""  # canonical name of a registry thing; the fullest form in the document for an unknown one
    registry_id: str = ""  # company_id, product_id, facility_id, … or ""
    value: str = ""  # a quantity in normal form, JSON with sorted keys; "" for names


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in whole currency units."""

    amount: Decimal  # low end of a range
    currency: str  # ISO 4217
    bound: str = "exact"
    basis: str = "total"  # total, per_year; also per_share, per_month, per_hour, per_mw, per_mwh (never a deal's value)
    start_char: int
    end_char: int
    surface: str
    amount_high: Decimal | None = None  # high end of a range
    is_increment: bool = False  # "an additional $6.5 billion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """Electrical capacity in MW."""

    mw: Decimal
    bound: str = "exact"
    basis: str = "unstated"  # POWER_BASES
    start_char: int
    end_char: int
    surface: str
    mw_high: Decimal | None = None
    is_increment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Energy:
    """Energy in MWh."""

    mwh: Decimal
    bound: str = "exact"
    basis: str = "total"  # total, per_year
    start_char: int
    end_char: int
    surface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accelerators:
    """A number of GPUs, TPUs or other accelerators, and their model; one of count and model may be None."""

    count: int | None
    bound: str = "exact"
    model: str | None = None
    start_char: int
    end_char: int
    surface: str
    is_increment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time in months."""

    months: int
    bound: str = "exact"
    start_char: int
    end_char: int
    surface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A date as precisely as told: 2026, 2026-Q1, 2026-H2, 2026-05, 2026-05-06 (fiscal years: FY2026)."""

    period: str
    start_char: int
    end_char: int
    surface: str
    relation: str = ""  # by, through, from, in, since, until, before, after: the preposition's word, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A percentage, 0..100 and beyond."""

    pct: Decimal
    bound: str = "exact"
    start_char: int
    end_char: int
    surface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Floor or ground in square metres."""

    square_metres: Decimal
    bound: str = "exact"
    start_char: int
    end_char: int
    surface: str


Quantity = Money | Power | Energy | Accelerators | Duration | Period | Share | Area
