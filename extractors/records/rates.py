"""Exchange rates as a central bank publishes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

RATE_SOURCES = ("ecb", "ecb_history", "peg")  # polled; shipped with the registry; official parity


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRate:
    """What one unit of ``base_code`` cost on a day, in units of ``currency_code``."""

    currency_code: str  # ISO 4217
    base_code: str  # EUR for the European Central Bank's rates, USD for a parity with the dollar
    rate_on: date  # the day it was published for; of a parity the day from which it holds
    rate: Decimal
    source: str  # one of RATE_SOURCES
