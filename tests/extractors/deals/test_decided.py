"""Decisions over the machine's deals, for whatever order they stand in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extractors.deals.decided import apply_decisions
from extractors.deals.resolve.dossier import dossier_of
from extractors.records import DealDescription, DecidableDeal, Decided, DecidedDeal, Decision
from tests.extractors.deals.factories import claim, day, power

NOON = day("2026-06-01T12:00:00+00:00")


def deal(number: int, **told: object) -> DecidableDeal:
    """A deal that one article tells of."""
    made = claim(f"2026-02-{number:02d}", claim_id=f"c{number}", article=f"a{number}", **told)
    state = replace(dossier_of(f"d{number}", [made]).state, claims=(made,), deal_id=f"d{number}")
    return DecidableDeal(state=state, articles=frozenset({f"https://desk.example/{number}"}))


DEALS = [deal(number, power=power(100 * number)) for number in range(1, 6)]


def described(number: int) -> DealDescription:
    return DealDescription(
        deal_id=f"d{number}",
        type="compute",
        parties=("Norvane Cloud", "Velmora AI"),
        first_told=f"2026-02-{number:02d}",
        articles=(f"https://desk.example/{number}",),
    )


def decision(kind: str, *numbers: int, at: int = 0, **told: str) -> Decision:
    return Decision(
        decision_id=f"{kind}-{numbers}-{at}-{sorted(told.items())}",
        kind=kind,
        deals=tuple(map(described, numbers)),
        decided_by="Ana",
        decided_at=NOON + timedelta(hours=at),
        reason="seen",
        **told,
    )


def said(decided: Decided) -> dict[str, DecidedDeal]:
    return {one.deal_id: one for one in decided.deals}


@st.composite
def any_decision(draw: st.DrawFn) -> Decision:
    kind = draw(st.sampled_from(["same", "different", "reject", "fix", "alias"]))
    at = draw(st.integers(0, 3))
    one, other = draw(st.permutations(range(1, 6)))[:2]
    if kind in ("same", "different"):
        return decision(kind, one, other, at=at)
    if kind == "fix":
        slot, value = draw(st.sampled_from([("power", "7 MW"), ("power", "9 MW"), ("status", "closed"), ("term", "x")]))
        return decision("fix", one, at=at, slot=slot, value=value)
    if kind == "alias":
        return decision("alias", at=at, name="Norvane Cloud", company_id=draw(st.sampled_from(["nebius", "coreweave"])))
    return decision("reject", one, at=at)


@given(st.lists(any_decision(), max_size=8, unique_by=lambda d: d.decision_id), st.randoms(use_true_random=False))
def test_their_order_and_that_of_the_deals_does_not_count(decisions: list[Decision], random: object) -> None:
    expected = apply_decisions(decisions, DEALS)
    shuffled, deals = decisions[:], DEALS[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(deals)  # type: ignore[attr-defined]
    assert apply_decisions(shuffled, deals) == expected


@given(st.lists(any_decision(), max_size=8, unique_by=lambda d: d.decision_id))
def test_every_decision_has_an_outcome_and_every_merged_deal_a_home(decisions: list[Decision]) -> None:
    decided = apply_decisions(decisions, DEALS)
    assert {outcome.decision_id for outcome in decided.outcomes} == {d.decision_id for d in decisions}
    deals = said(decided)
    for one in decided.deals:
        if one.standing == "merged":
            home = deals.get(one.into_deal_id)
            assert home is None or home.standing != "merged"


def test_a_fix_wins_over_whatever_the_machine_tells_later() -> None:
    fix = decision("fix", 1, slot="power", value="7 MW")
    for told in DEALS:
        renewed = replace(DEALS[0], state=replace(DEALS[0].state, power=told.state.power))
        state = said(apply_decisions([fix], [renewed]))["d1"].state
        assert state is not None
        assert (state.power.mw, dict(state.sources)["power"]) == (7, f"decision:{fix.decision_id}")


def test_of_two_decisions_on_one_slot_the_later_counts() -> None:
    first = decision("fix", 1, at=1, slot="power", value="7 MW")
    second = decision("fix", 1, at=2, slot="power", value="9 MW")
    state = said(apply_decisions([second, first], DEALS))["d1"].state
    assert state is not None
    assert state.power.mw == 9


def test_a_chain_of_same_is_one_deal_told_first() -> None:
    chain = [decision("same", one, other) for one, other in pairwise((4, 2, 5))]
    deals = said(apply_decisions(chain, DEALS))
    assert {number: deals[f"d{number}"].into_deal_id for number in (4, 5)} == {4: "d2", 5: "d2"}
    assert deals["d2"].state is not None


def test_what_the_machine_merged_is_two_deals_where_somebody_says_so() -> None:
    merged = replace(DEALS[1], ended="merged", into_deal_id="d1")
    deals = said(apply_decisions([decision("different", 1, 2)], [DEALS[0], merged]))
    assert deals["d2"].standing == "standing"


def test_a_deal_that_the_machine_doubts_stands_where_somebody_fixes_it() -> None:
    doubted = replace(DEALS[0], ended="withdrawn")
    deals = said(apply_decisions([decision("fix", 1, slot="power", value="7 MW")], [doubted]))
    assert deals["d1"].standing == "standing"


def test_a_deal_of_another_id_is_found_by_article_and_parties() -> None:
    renamed = replace(DEALS[0], state=replace(DEALS[0].state, deal_id="e1"))
    assert said(apply_decisions([decision("reject", 1)], [renamed]))["e1"].standing == "withdrawn"


def test_a_description_that_fits_two_deals_means_neither() -> None:
    twins = [replace(DEALS[0], state=replace(DEALS[0].state, deal_id=f"e{k}")) for k in (1, 2)]
    decided = apply_decisions([decision("reject", 1)], twins)
    assert decided.deals == ()
    assert "several are told alike (e1, e2)" in decided.outcomes[0].message
