"""What a deal is known to be after each of its claims: the rules of the gold record, "Timelines"."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.deals.resolve.dossier import Dossier
from extractors.deals.resolve.revise import history
from extractors.records import Claim, DealState, in_order
from tests.extractors.deals.factories import chips, claim, money, months, party, power

WIRE = {"publisher": "PressLine", "is_own_word": True}


def state_after(claims: list[Claim]) -> DealState:
    return history("deal", list(in_order(claims)))[-1].state


def amounts(claims: list[Claim]) -> list[str]:
    """The value in billions after each claim."""
    states = [step.state for step in history("deal", list(in_order(claims)))]
    return [f"{s.value.amount / 10**9:g} {s.value.currency}".replace("+0", "") if s.value else "" for s in states]


STATUS = {
    "a rumor that came true": (["rumored", "announced"], "announced"),
    "talks that were denied": (["rumored", "cancelled"], "cancelled"),
    "a deal after a denial": (["rumored", "cancelled", "announced"], "announced"),
    "a rumor after the agreement": (["announced", "rumored"], "announced"),
    "an agreement told again after completion": (["announced", "closed", "announced"], "closed"),
    "an expansion told again as an agreement": (["announced", "amended", "announced"], "amended"),
    "an expansion after completion": (["closed", "amended"], "amended"),
}


@pytest.mark.parametrize(("said", "known"), STATUS.values(), ids=STATUS.keys())
def test_the_status_follows_the_course_of_a_deal(said: list[str], known: str) -> None:
    claims = [claim(f"2026-0{k + 1}-10", status=status) for k, status in enumerate(said)]
    assert state_after(claims).status == known


def test_a_recap_revives_no_cancelled_deal() -> None:
    claims = [claim("2026-01-10"), claim("2026-02-10", status="cancelled"), claim("2026-03-10", focus="background")]
    assert state_after(claims).status == "cancelled"


VALUES = {
    "an announced figure replaces a rumored one": (
        [claim("2026-01-10", status="rumored", value=money(2, bound="about")), claim("2026-03-12", value=money(1.6))],
        "1.6 USD",
    ),
    "a cancellation keeps the figures": (
        [claim("2026-01-10", value=money(2.1)), claim("2026-09-10", status="cancelled", value=money(3))],
        "2.1 USD",
    ),
    "a completion keeps the figures": (
        [claim("2025-01-10", value=money(16.4)), claim("2026-01-07", status="closed", value=money(26.6))],
        "16.4 USD",
    ),
    "an increment is added": (
        [
            claim("2026-02-10", value=money(3.2)),
            claim("2026-06-16", status="amended", value=money(1.3, is_increment=True)),
        ],
        "4.5 USD",
    ),
    "an increment that the told total holds already is not added again": (
        [
            claim("2026-02-10", value=money(3.2)),
            claim("2026-06-16", status="amended", value=money(4.5)),
            claim("2026-06-17", status="amended", value=money(1.3, is_increment=True), publisher="Other"),
        ],
        "4.5 USD",
    ),
    "an increment told by two publishers is added once": (
        [
            claim("2026-02-10", value=money(3.2)),
            claim("2026-06-16", status="amended", value=money(1.3, is_increment=True)),
            claim("2026-06-17", status="amended", value=money(1.3, is_increment=True), publisher="Other"),
        ],
        "4.5 USD",
    ),
    "a reduction is taken off": (
        [
            claim("2026-01-08", value=money(0.62)),
            claim("2026-05-15", status="amended", value=money(0.14, is_increment=True), is_reduction=True),
        ],
        "0.48 USD",
    ),
    "the original currency outranks a converted one": (
        [claim("2025-09-02", value=money(1.9, bound="about")), claim("2025-09-03", value=money(2600, "KRW"))],
        "2600 KRW",
    ),
    "a converted figure replaces no original": (
        [claim("2025-09-02", value=money(2600, "KRW")), claim("2025-09-03", value=money(1.9))],
        "2600 KRW",
    ),
    "a rounded figure replaces no exact one": (
        [claim("2025-11-03", value=money(9.7)), claim("2025-11-04", value=money(10, bound="about"))],
        "9.7 USD",
    ),
    "an exact figure replaces a rounded one": (
        [claim("2025-11-11", value=money(3, bound="about")), claim("2025-11-13", value=money(2.9))],
        "2.9 USD",
    ),
    "the press does not outrank the parties": (
        [
            claim("2026-02-10", value=money(3.2), **WIRE),
            claim("2026-02-10", value=money(2.3), publisher="Market Brief"),
        ],
        "3.2 USD",
    ),
    "the parties outrank the press": (
        [claim("2026-02-10", value=money(2.3)), claim("2026-02-11", value=money(3.2), **WIRE)],
        "3.2 USD",
    ),
    "a publisher corrects itself": (
        [claim("2026-02-10", value=money(2.3)), claim("2026-02-12", value=money(3.2))],
        "3.2 USD",
    ),
    "a price with debt replaces no price": (
        [
            claim("2025-01-10", type="acquisition", value=money(16.4)),
            claim("2025-01-10", type="acquisition", value=money(26.6), publisher="Power Desk"),
        ],
        "16.4 USD",
    ),
    "an old article with a new date changes nothing": (
        [
            claim("2026-01-20", value=money(2.1)),
            claim("2026-06-23", status="amended", value=money(3.15)),
            claim("2026-09-25", value=money(2.1), publisher="Other"),
        ],
        "3.15 USD",
    ),
    "a recap changes nothing": (
        [claim("2026-01-20", value=money(2.1)), claim("2026-06-30", value=money(2.5), focus="background")],
        "2.1 USD",
    ),
    "what was not known is filled, even by a recap": (
        [claim("2026-01-20"), claim("2026-06-30", value=money(2.5), focus="background")],
        "2.5 USD",
    ),
}


@pytest.mark.parametrize(("claims", "known"), VALUES.values(), ids=VALUES.keys())
def test_a_figure_changes_only_for_a_better_or_newer_one(claims: list[Claim], known: str) -> None:
    assert amounts(claims)[-1] == known


def test_new_figures_weeks_later_amend_the_deal_even_if_no_word_says_so() -> None:
    claims = [claim("2025-11-04", value=money(4)), claim("2026-02-17", value=money(6))]
    assert state_after(claims).status == "amended"


def test_a_claim_that_says_amended_and_gives_only_known_figures_changes_nothing() -> None:
    claims = [claim("2026-02-10", value=money(3.2)), claim("2026-02-12", status="amended", value=money(3.2))]
    assert state_after(claims).status == "announced"


def test_a_conflict_between_publishers_is_kept_as_such() -> None:
    steps = history("deal", [claim(value=money(3.2), **WIRE), claim(value=money(2.3), publisher="Market Brief")])
    assert steps[-1].conflicts == ("value",)
    assert not steps[-1].is_changed


def test_each_slot_names_the_claim_that_it_comes_from() -> None:
    first = claim("2026-02-10", value=money(3.2), term=months(60), claim_id="first")
    second = claim("2026-06-16", status="amended", value=money(4.5), power=power(150), claim_id="second")
    assert dict(state_after([first, second]).sources) == {
        "status": "second",
        "value": "second",
        "power": "second",
        "term": "first",
    }


def test_a_model_named_later_joins_the_count() -> None:
    claims = [claim(accelerators=chips(40000)), claim("2026-03-10", accelerators=chips(None, "Kite-3"))]
    accelerators = state_after(claims).accelerators
    assert accelerators is not None
    assert (accelerators.count, accelerators.model) == (40000, "Kite-3")


def test_a_copy_of_a_claim_changes_nothing_even_after_the_deal_is_off() -> None:
    told = {"value": money(4), "article": "the same words"}
    claims = [
        claim("2026-01-10", claim_id="a", **told),
        claim("2026-05-27", status="cancelled", claim_id="b"),
        claim("2026-08-03", claim_id="c", **told),
    ]
    assert state_after(claims).status == "cancelled"


def test_a_later_party_joins_and_a_fuller_name_replaces_a_short_one() -> None:
    first = claim("2026-03-12", parties=(party("investor", "Tern Capital"), party("investee", "Ondine")))
    second = claim("2026-05-20", parties=(party("investor", "Noor Gulf Fund"), party("investee", "Ondine Labs")))
    assert [p.name for p in state_after([first, second]).parties] == ["Tern Capital", "Ondine Labs", "Noor Gulf Fund"]


def test_a_late_claim_takes_its_place_in_time_and_revises_what_came_after() -> None:
    deal = Dossier("deal")
    deal.add(claim("2025-09-02", accelerators=chips(40000), claim_id="order"))
    deal.add(claim("2026-01-20", status="amended", accelerators=chips(28000), claim_id="cut"))
    deal.add(claim("2025-09-04", term=months(24), claim_id="late"))
    _, late, cut = (step.state for step in deal.steps)
    assert (late.term, late.status, late.last_as_of.day) == (months(24), "announced", 4)
    assert (cut.term, cut.status) == (months(24), "amended")


def test_a_late_claim_whose_news_was_overtaken_revises_nothing_later() -> None:
    deal = Dossier("deal")
    deal.add(claim("2025-09-02", value=money(3), claim_id="order"))
    deal.add(claim("2026-01-20", status="amended", value=money(4), claim_id="more"))
    deal.add(claim("2025-09-05", value=money(3.4), claim_id="late"))
    assert [step.is_changed for step in deal.steps] == [True, True, True]
    assert deal.state.value == money(4)


STATUSES = st.sampled_from(["rumored", "announced", "amended", "closed", "cancelled"])


@st.composite
def histories(draw: st.DrawFn) -> list[Claim]:
    """Up to eight claims of one deal."""
    return [
        claim(
            f"2026-{draw(st.integers(1, 12)):02}-10",
            claim_id=str(k),
            article=str(k),
            status=draw(STATUSES),
            focus=draw(st.sampled_from(["primary", "background"])),
            value=draw(st.sampled_from([None, money(3.2), money(4.5), money(1.3, is_increment=True), money(3)])),
            power=draw(st.sampled_from([None, power(90), power(60, is_increment=True)])),
            publisher=draw(st.sampled_from(["Example Wire", "Market Brief"])),
            is_own_word=draw(st.booleans()),
        )
        for k in range(draw(st.integers(1, 8)))
    ]


@settings(max_examples=200, deadline=None)
@given(claims=histories(), data=st.data())
def test_a_history_is_the_same_in_whatever_order_its_claims_arrive(claims: list[Claim], data: st.DataObject) -> None:
    deal = Dossier("deal")
    for each in data.draw(st.permutations(claims)):
        deal.add(each)
    assert deal.steps == history("deal", list(in_order(claims)))


@settings(max_examples=200, deadline=None)
@given(claims=histories())
def test_no_amount_ever_falls_below_zero(claims: list[Claim]) -> None:
    for step in history("deal", list(in_order(claims))):
        assert step.state.value is None or step.state.value.amount > 0
