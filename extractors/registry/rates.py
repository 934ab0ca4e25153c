"""Exchange rates that ship with the registry: the European Central Bank's history, and parities with the US dollar.

``reference_rates.csv`` has a line a day and a column a currency: units of it for one euro.
"""

from __future__ import annotations

import csv
import functools
from datetime import date
from decimal import Decimal
from pathlib import Path

from extractors.records import ReferenceRate

FILE = Path(__file__).with_name("reference_rates.csv")
# Official parities in units for one US dollar, of currencies for which the European Central Bank publishes no rate, as
# the central banks of the United Arab Emirates, Qatar and Saudi Arabia tell them. Each has held for longer than this.
PARITIES = {"AED": Decimal("3.6725"), "QAR": Decimal("3.64"), "SAR": Decimal("3.75")}
PARITIES_SINCE = date(2002, 1, 1)


@functools.cache
def load_rates() -> tuple[ReferenceRate, ...]:
    """The shipped rates, parities first, then by day and currency."""
    parities = tuple(
        ReferenceRate(currency_code=code, base_code="USD", rate_on=PARITIES_SINCE, rate=rate, source="peg")
        for code, rate in PARITIES.items()
    )
    with FILE.open(encoding="utf-8", newline="") as stream:
        lines = csv.DictReader(stream)
        history = tuple(
            ReferenceRate(
                currency_code=code,
                base_code="EUR",
                rate_on=date.fromisoformat(line["rate_on"]),
                rate=Decimal(cell),
                source="ecb_history",
            )
            for line in lines
            for code, cell in line.items()
            if code != "rate_on" and cell
        )
    return parities + history
