"""Reference rates: the central bank's XML in its three sizes, and the history that ships with the registry."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest

from extractors.errors import NotAFeedError
from extractors.feeds import parse_feed
from extractors.registry.rates import PARITIES, load_rates

DAY = b"""<Cube time='2026-10-%d'>
  <Cube currency='USD' rate='1.%d'/><Cube currency="JPY" rate="175.68"/>
</Cube>"""
ENVELOPE = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
  xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
<Cube>%s</Cube></gesmes:Envelope>"""


def test_one_day_and_many_days_are_read_alike() -> None:
    one = parse_feed(ENVELOPE % (DAY % (30, 1172)))
    many = parse_feed(ENVELOPE % (DAY % (30, 1172) + DAY % (29, 113)))
    assert (one.format, one.entries, one.issues) == ("ecb_rates", (), ())
    assert many.rates[:2] == one.rates
    assert [(r.currency_code, r.base_code, r.rate_on, r.rate, r.source) for r in many.rates[::2]] == [
        ("USD", "EUR", date(2026, 10, 30), Decimal("1.1172"), "ecb"),
        ("USD", "EUR", date(2026, 10, 29), Decimal("1.113"), "ecb"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        b"<Cube time='2026-13-01'><Cube currency='USD' rate='1.1'/></Cube>",
        b"<Cube time='2026-10-01'><Cube currency='USD' rate='N/A'/></Cube>",
        b"<Cube time='2026-10-01'><Cube currency='USD' rate='-1'/></Cube>",
        b"<Cube time='2026-10-01'><Cube currency='USD' rate='0'/></Cube>",
        b"<Cube time='2026-10-01'><Cube currency='dollar' rate='1.1'/></Cube>",
        b"<Cube currency='USD' rate='1.1'/>",
    ],
)
def test_what_is_no_rate_of_a_day_is_left_out_and_told(line: bytes) -> None:
    feed = parse_feed(ENVELOPE % (line + DAY % (30, 1172)))
    assert [rate.rate_on for rate in feed.rates] == [date(2026, 10, 30)] * 2
    assert [issue.code for issue in feed.issues] == ["rates_lost"]


def test_another_envelope_is_no_feed() -> None:
    with pytest.raises(NotAFeedError):
        parse_feed(ENVELOPE % b"")


def test_the_shipped_history_has_a_rate_for_every_currency_on_every_working_day() -> None:
    history = [rate for rate in load_rates() if rate.source == "ecb_history"]
    by_day: dict[date, dict[str, Decimal]] = {}
    for rate in history:
        by_day.setdefault(rate.rate_on, {})[rate.currency_code] = rate.rate
    days = sorted(by_day)
    assert by_day[date(2022, 1, 3)]["USD"] == Decimal("1.1355")
    assert {frozenset(rates) for rates in by_day.values()} == {frozenset(by_day[days[0]])}
    assert all(day.weekday() < 5 for day in days)
    assert max(later - day for day, later in itertools.pairwise(days)) <= timedelta(days=5)
    assert {rate.currency_code for rate in load_rates() if rate.base_code == "USD"} == PARITIES.keys()


def test_no_rate_jumps_as_a_slip_of_the_pen_would() -> None:
    before: dict[str, Decimal] = {}
    for rate in load_rates():
        if rate.source == "ecb_history":
            last = before.setdefault(rate.currency_code, rate.rate)
            assert Decimal("0.85") < rate.rate / last < Decimal("1.15"), rate
            before[rate.currency_code] = rate.rate
