"""What holds for any text: nothing raises, spans are right, printed amounts are read back, cost is linear."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.quantities import find_money, find_numbers, find_power, find_quantities, parse_number
from extractors.records.deals import BOUNDS

WORDS = (
    "$ US$ € £ ¥ ₹ Rs A$ 5 1.2 1,234.5 300 2026 2027-28 billion million bn m k trillion crore dozen half a an of "
    "quarter between from to and - – / + plus up over more than about at least as much MW GW MWh kW % years -year "
    "GPUs H100s GB300 chips Nvidia ’s of its TPUs by the end in late Q2 H1 May June 6 , . ( ) next year Tuesday stake "
    "month percent square feet acres per share additional riyals yuan won one two hundred thousand ½ decade ago"
)
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n", "\u00a0"])
PHRASES = st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=40).map("".join)
DAYS = st.none() | st.dates()


@settings(max_examples=400, deadline=None)
@given(text=st.text(max_size=300) | PHRASES, published=DAYS, publisher=st.sampled_from(["", "Reuters", "?"]))
def test_no_text_raises_and_every_span_holds_its_surface(text: str, published: date | None, publisher: str) -> None:
    end = 0
    for quantity in find_quantities(text, published=published, publisher=publisher):
        assert quantity.surface == text[quantity.start_char : quantity.end_char]
        assert quantity.start_char >= end, "quantities overlap"
        end = quantity.end_char
        assert end > quantity.start_char
        assert getattr(quantity, "bound", "exact") in BOUNDS


@settings(max_examples=200, deadline=None)
@given(
    tenths=st.integers(min_value=1, max_value=99_999),
    scale=st.sampled_from([("million", 6), ("billion", 9), ("bn", 9), ("m", 6), ("trillion", 12)]),
    form=st.sampled_from([
        ("${}", "USD"), ("US${}", "USD"), ("€{}", "EUR"), ("{} euros", "EUR"), ("A${}", "AUD"), ("{} yuan", "CNY"),
        ("SAR {}", "SAR"), ("₹{}", "INR"),
    ]),
    lead=st.sampled_from([("", "exact"), ("up to ", "up_to"), ("about ", "about"), ("more than ", "at_least")]),
)  # fmt: skip
def test_a_printed_amount_is_read_back(tenths: int, scale: Any, form: Any, lead: Any) -> None:
    number = Decimal(tenths) / 10
    printed = form[0].format(f"{number:,}{'' if len(scale[0]) < 3 else ' '}{scale[0]}")
    (money,) = find_money(f"It pays {lead[0]}{printed} for it.")
    assert (money.amount, money.currency, money.bound) == (number * 10 ** scale[1], form[1], lead[1])
    assert money.surface == printed


@settings(max_examples=200, deadline=None)
@given(
    tenths=st.integers(min_value=1, max_value=99_999),
    unit=st.sampled_from([("MW", 1), ("GW", 1000), ("-gigawatt", 1000)]),
)
def test_a_printed_capacity_is_read_back(tenths: int, unit: tuple[str, int]) -> None:
    number = Decimal(tenths) / 10
    (power,) = find_power(f"a {number:,}{unit[0]} site")
    assert power.mw == number * unit[1]


@given(value=st.integers(min_value=0, max_value=10**14))
def test_a_printed_number_is_read_back(value: int) -> None:
    assert parse_number(f"{value:,}") == parse_number(str(value)) == value


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200) | PHRASES)
def test_numbers_do_not_overlap(text: str) -> None:
    numbers = find_numbers(text)
    assert all(a.end <= b.start for a, b in pairwise(numbers))


HARD = {
    "digits": "1" * 100_000,
    "groups": "1,2" * 50_000,
    "scales": "five " * 30_000,
    "connectors": "1 to " * 30_000,
    "fillers": "one million of Google's " * 6_000,
    "months": "May " * 40_000,
    "signs": "$" * 100_000,
    "spaces": " " * 100_000,
    "capitals": "1 A A A A " * 12_000,
    "bounds": "over " * 30_000 + "$5",
    "yen": "¥5 " * 30_000,
}


@pytest.mark.parametrize("name", HARD)
def test_cost_is_linear_in_the_length(name: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        find_quantities(text, published=date(2026, 3, 24))
        return time.process_time() - start

    text = HARD[name]
    seconds(text[:1000])
    half, whole = min(seconds(text[: len(text) // 4]) for _ in range(2)), seconds(text)
    assert whole < 10 * max(half, 0.05), f"four times the text took {whole / max(half, 1e-9):.1f} times as long"
