"""Slots as columns and back, for any figures that fit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import BASES, BOUNDS, POWER_BASES, Accelerators, Duration, Money, Period, Power, Share
from warehouse import quote, slots

SPAN = {"start_char": 3, "end_char": 7, "surface": "some"}
AT = (3, 7, "some")
bounds = st.sampled_from(BOUNDS)
cents = st.decimals(min_value=0, max_value=10**14, places=2)


@given(
    st.builds(
        Money,
        amount=cents,
        amount_high=st.none() | cents,
        currency=st.sampled_from(["USD", "EUR", "KRW"]),
        bound=bounds,
        basis=st.sampled_from(BASES),
        is_increment=st.booleans(),
        **{name: st.just(value) for name, value in SPAN.items()},
    )
)
def test_money_survives(money: Money) -> None:
    assert slots.money_from("value", slots.money_columns("value", money), AT) == money


@given(
    st.builds(
        Power,
        mw=st.decimals(min_value=0, max_value=10**8, places=3),
        mw_high=st.none() | st.decimals(min_value=0, max_value=10**8, places=3),
        bound=bounds,
        basis=st.sampled_from(POWER_BASES),
        is_increment=st.booleans(),
        **{name: st.just(value) for name, value in SPAN.items()},
    )
)
def test_power_survives(power: Power) -> None:
    assert slots.power_from(slots.power_columns(power), AT) == power


@given(st.none() | st.integers(0, 10**9), bounds, st.none() | st.just("H100"), st.booleans())
def test_accelerators_survive(count: int | None, bound: str, model: str | None, is_increment: bool) -> None:
    told = Accelerators(count=count, bound=bound, model=model, is_increment=is_increment, **SPAN)
    assert slots.accelerators_from(slots.accelerator_columns(told), AT) == told


def test_the_other_slots_survive() -> None:
    term, stake, end = (
        Duration(months=180, bound="up_to", **SPAN),
        Share(pct=Decimal("9.9"), **SPAN),
        Period(period="2027-H2", relation="by", **SPAN),
    )
    assert slots.term_from(slots.term_columns(term), AT) == term
    assert slots.stake_from(slots.stake_columns(stake), AT) == stake
    assert slots.period_from("end", slots.period_columns("end", end), AT) == end


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_a_number_has_one_text_however_it_was_told(number: Decimal) -> None:
    told = {number, number.quantize(Decimal("0.01")), Decimal(str(number))}
    assert len({str(slots.plain(one)) for one in told}) == 1
    assert slots.plain(number) == number


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (
            Money(amount=Decimal("3E+8"), currency="USD", bound="up_to", basis="per_year", **SPAN),
            "up_to 300000000 USD per_year",
        ),
        (Money(amount=Decimal("1.50"), currency="EUR", **SPAN), "1.5 EUR"),
        (None, ""),
    ],
)
def test_a_value_reads_as_text(money: Money | None, text: str) -> None:
    assert slots.value_text("value", slots.money_columns("value", money)) == text


def test_a_separator_inside_a_name_does_not_make_two_names() -> None:
    assert slots.split(slots.joined(["Abilene; Texas", "Oslo"])) == ("Abilene, Texas", "Oslo")


@given(st.text('ab. \n"A', max_size=1500), st.data())
def test_a_quotation_holds_its_span_and_stays_short(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 100)))
    quotation = quote.sentence_at(text, start, end)
    assert text[start:end].strip() in quotation
    assert len(quotation) <= quote.LONGEST_QUOTE + 100
