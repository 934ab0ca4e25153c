"""Which claims speak of one deal: the same, another, or in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.deals.resolve import known_after, resolve_deals
from extractors.records import Claim, DealIntent, DealState, StoryArticle
from tests.extractors.deals.factories import chips, claim, money, months, party, power, share


def deals_of(claims: Iterable[Claim]) -> list[str]:
    """The deal of each claim, in the order given."""
    told = list(claims)
    deal_of = {intent.deal_mention_id: intent.deal_id for intent in resolve_deals(told, [])}
    return [deal_of[each.mention.deal_mention_id] for each in told]


INVESTMENT = (party("investor", "Marisco Partners"), party("investee", "Brackenfield Data Centers"))
TAKEOVER = (party("acquirer", "Ferncastle"), party("target", "Rookhaven"))

SAME = {
    "a rumor and what came of it": [
        claim("2026-01-14", status="rumored", value=money(3, bound="about")),
        claim("2026-02-27", value=money(3.2)),
    ],
    "talks that were denied and then an agreement after all": [
        claim("2026-01-14", type="acquisition", parties=TAKEOVER, status="rumored", value=money(1.4, "GBP")),
        claim("2026-01-16", type="acquisition", parties=TAKEOVER, status="cancelled"),
        claim("2026-02-27", type="acquisition", parties=TAKEOVER, value=money(1.46, "GBP")),
    ],
    "an expansion told as an increment and told as the new total": [
        claim("2026-02-10", value=money(3.2), power=power(90)),
        claim("2026-06-16", status="amended", value=money(1.3, is_increment=True)),
        claim("2026-06-16", status="amended", value=money(4.5), power=power(150), publisher="Capital Circuit"),
    ],
    "one price in two currencies": [
        claim("2025-09-02", type="chips", value=money(2600, "KRW"), accelerators=chips(40000)),
        claim("2025-09-02", type="chips", value=money(1.9, bound="about"), publisher="Other"),
    ],
    "a rounded figure": [claim(value=money(9.7)), claim(value=money(10, bound="about"), publisher="Market Brief")],
    "a short form of a company's name": [claim(), claim(supplier="Norvane", customer="Velmora", publisher="Other")],
    "a ticker that spells the company": [
        claim(value=money(1.8)),
        claim(supplier="NVNE", value=money(1.8), publisher="Other"),
    ],
    "a legal form and another case": [claim(), claim(supplier="NORVANE CLOUD, Inc.", publisher="Other")],
    "a state and a city in it": [
        claim(type="lease", at=("Cheyenne, Wyoming",), value=money(2.1)),
        claim("2026-09-10", type="lease", status="cancelled", at=("Wyoming",), value=money(2.1)),
    ],
    "hosting that another reporter calls compute": [
        claim(type="compute", power=power(90)),
        claim(type="lease", power=power(90), publisher="Other"),
    ],
    "the same two and the same sum, whatever kind it was read as": [
        claim("2025-07-07", type="acquisition", parties=TAKEOVER, value=money(9, bound="about")),
        claim(
            "2025-10-30", type="lease", supplier="Rookhaven", customer="Ferncastle", status="cancelled", value=money(9)
        ),
    ],
    "completion two years later": [claim("2024-02-10"), claim("2026-02-09", status="closed")],
    "a subsidiary and its parent": [
        claim(parties=(party("supplier", "AWS", company_id="aws"), party("customer", "Velmora AI"))),
        claim(
            parties=(party("supplier", "Amazon", company_id="amazon"), party("customer", "Velmora AI")),
            publisher="Other",
        ),
    ],
    "suppliers and customers read the wrong way round": [
        claim(type="lease", value=money(2.1)),
        claim(type="lease", value=money(2.1), supplier="Velmora AI", customer="Norvane Cloud", publisher="Other"),
    ],
}

APART = {
    "another customer, however alike the rest": [
        claim(type="chips", customer="Haneul", value=money(1.9), accelerators=chips(40000, "Kite-3")),
        claim(type="chips", customer="Borealia", value=money(1.9), accelerators=chips(40000, "Kite-3"), publisher="B"),
    ],
    "another site": [
        claim("2026-01-20", type="lease", at=("Lubbock, Texas",), value=money(2.1), power=power(120), term=months(180)),
        claim(
            "2026-03-05", type="lease", at=("Cheyenne, Wyoming",), value=money(2.1), power=power(120), term=months(180)
        ),
    ],
    "another bidder": [
        claim("2026-02-27", type="acquisition", parties=TAKEOVER),
        claim("2026-03-09", type="acquisition", parties=(party("acquirer", "Gravelock"), party("target", "Rookhaven"))),
    ],
    "a second contract with figures of its own": [
        claim("2025-11-11", value=money(3, bound="about"), term=months(60)),
        claim("2026-03-16", value=money(27, bound="up_to"), term=months(60)),
    ],
    "the stake beside a supply contract": [
        claim(value=money(1.1)),
        claim(
            type="equity",
            parties=(party("investor", "Norvane Cloud"), party("investee", "Velmora AI")),
            value=money(0.15),
            publisher="Other",
        ),
    ],
    "talks of a second investment after the first was paid": [
        claim("2024-03-27", type="equity", parties=INVESTMENT, status="closed", value=money(4)),
        claim("2024-11-08", type="equity", parties=INVESTMENT, status="rumored"),
    ],
    "another lender": [
        claim(type="debt", parties=(party("lender", "Pinegate"), party("borrower", "Norvane")), value=money(1.8)),
        claim(
            type="debt",
            parties=(party("lender", "Lindqvist"), party("borrower", "Norvane")),
            value=money(1.8),
            publisher="Other",
        ),
    ],
    "two companies whose names begin alike": [
        claim(supplier="Norvane Cloud"),
        claim(supplier="Norvane Energy", publisher="Other"),
    ],
    "a supply and one of the other direction years apart and of another kind": [
        claim("2023-02-10", type="chips", value=money(1)),
        claim("2026-02-10", type="power", supplier="Velmora AI", customer="Norvane Cloud", value=money(7)),
    ],
}


@pytest.mark.parametrize("claims", SAME.values(), ids=SAME.keys())
def test_these_are_one_deal(claims: list[Claim]) -> None:
    assert len(set(deals_of(claims))) == 1


@pytest.mark.parametrize("claims", APART.values(), ids=APART.keys())
def test_these_are_different_deals(claims: list[Claim]) -> None:
    assert len(set(deals_of(claims))) == len(claims)


def test_two_claims_of_one_article_are_two_deals_where_they_can_be() -> None:
    first = claim("2024-03-27", type="equity", parties=INVESTMENT, status="closed", value=money(4))
    talks = claim("2024-11-08", type="equity", parties=INVESTMENT, status="rumored")
    both = "Example Wire, November"
    more = claim(
        "2024-11-22", type="equity", parties=INVESTMENT, value=money(4, is_increment=True), article=both, claim_id="a"
    )
    recalled = claim(
        "2024-11-22",
        type="equity",
        parties=INVESTMENT,
        status="closed",
        value=money(4),
        focus="background",
        article=both,
        claim_id="b",
    )
    deals = deals_of([first, talks, more, recalled])
    assert deals[2] == deals[1]
    assert deals[3] == deals[0]


def test_a_claim_that_names_one_party_joins_the_fuller_claim_of_its_article() -> None:
    full = claim(type="chips", value=money(1.9), article="one", claim_id="full")
    half = claim(type="chips", parties=(party("supplier", "Norvane Cloud"),), article="one", claim_id="half")
    assert len(set(deals_of([half, full]))) == 1


def test_what_could_be_either_of_two_deals_stays_apart_with_an_issue() -> None:
    lubbock = claim("2026-01-20", type="lease", at=("Lubbock, Texas",), power=power(120), article="a")
    cheyenne = claim("2026-01-20", type="lease", at=("Cheyenne, Wyoming",), power=power(120), article="b")
    vague = claim("2026-01-21", type="lease", power=power(120), article="c")
    intents = resolve_deals([lubbock, cheyenne, vague], [])
    assert len({intent.deal_id for intent in intents}) == 3
    assert [issue.code for issue in intents[-1].issues] == ["ambiguous_deal"]
    assert intents[-1].issues[0].stage == "resolve"
    assert intents[-1].issues[0].subject_id == vague.mention.deal_mention_id


def test_the_first_claim_makes_a_deal_and_what_changes_nothing_repeats_it() -> None:
    kinds = [
        intent.kind
        for intent in resolve_deals(
            [
                claim("2026-02-10", value=money(3.2)),
                claim("2026-02-11", value=money(3.2), publisher="Other"),
                claim("2026-06-16", status="amended", value=money(4.5)),
            ],
            [],
        )
    ]
    assert kinds == ["new", "repeated", "revised"]


def test_a_claim_that_a_known_deal_holds_is_not_resolved_again() -> None:
    claims = [claim("2026-02-10", value=money(3.2)), claim("2026-06-16", status="amended", value=money(4.5))]
    assert resolve_deals(claims, known_after([], resolve_deals(claims, []))) == []


def test_a_deal_that_is_known_without_its_claims_is_revised_from_its_last_state() -> None:
    from dataclasses import replace

    first = resolve_deals([claim("2026-02-10", value=money(3.2), power=power(90))], [])
    known = [replace(first[0].state, claims=())]
    (intent,) = resolve_deals([claim("2026-06-16", status="amended", value=money(1.3, is_increment=True))], known)
    assert (intent.kind, intent.deal_id, intent.state.revision) == ("revised", first[0].deal_id, 2)
    assert intent.state.value is not None
    assert intent.state.value.amount == money(4.5).amount
    assert intent.state.power == power(90)


def test_two_deals_that_say_the_same_on_one_day_have_two_ids() -> None:
    one = claim(type="lease", article="a", claim_id="a", parties=(party("supplier", "Norvane"),))
    two = claim("2029-02-10", type="lease", article="b", claim_id="b", parties=(party("supplier", "Norvane"),))
    assert len(set(deals_of([one, two]))) == 2


NAMES = st.sampled_from(["Norvane Cloud", "Norvane", "Halcyra Cloud", "Castrel"])
TAKERS = st.sampled_from(["Velmora AI", "Velmora", "Ostrander Bank", "Meta"])


@st.composite
def claim_lists(draw: st.DrawFn) -> list[Claim]:
    """Up to twelve claims of a few companies over a year, some of one article."""
    made = []
    for k in range(draw(st.integers(1, 12))):
        day_of_year = draw(st.integers(0, 300))
        on = f"2026-{1 + day_of_year // 28 % 12:02}-{1 + day_of_year % 28:02}"
        slots: dict[str, object] = {}
        if amount := draw(st.sampled_from([None, 0.4, 1.3, 3, 3.2, 4.5])):
            slots["value"] = money(amount, bound=draw(st.sampled_from(["exact", "about"])))
        if draw(st.booleans()):
            slots["power"] = power(draw(st.sampled_from([60, 90, 150])), is_increment=draw(st.booleans()))
        for twin in range(draw(st.integers(1, 2))):
            made.append(
                claim(
                    on,
                    claim_id=f"{k}.{twin}",
                    article=f"{on} article {k}",
                    type=draw(st.sampled_from(["compute", "lease", "chips"])),
                    status=draw(st.sampled_from(["rumored", "announced", "amended", "closed", "cancelled"])),
                    focus=draw(st.sampled_from(["primary", "background"])),
                    supplier=draw(NAMES),
                    customer=draw(TAKERS),
                    at=draw(st.sampled_from([(), ("Lubbock, Texas",), ("Cheyenne, Wyoming",)])),
                    publisher=draw(st.sampled_from(["Example Wire", "PressLine"])),
                    **slots,
                )
            )
    return made


def by_deal(intents: list[DealIntent]) -> dict[str, str]:
    return {intent.deal_mention_id: intent.deal_id for intent in intents}


@settings(max_examples=150, deadline=None)
@given(claims=claim_lists(), data=st.data())
def test_the_order_of_a_batch_does_not_matter(claims: list[Claim], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(claims))
    assert resolve_deals(shuffled, []) == resolve_deals(claims, [])


@settings(max_examples=150, deadline=None)
@given(claims=claim_lists())
def test_one_batch_or_a_batch_for_each_article_in_order_give_the_same_deals(claims: list[Claim]) -> None:
    at_once = resolve_deals(claims, [])
    known: list[DealState] = []
    singly: list[DealIntent] = []
    articles = sorted({each.article_id for each in claims}, key=lambda a: first_place(a, claims))
    for article in articles:
        intents = resolve_deals([each for each in claims if each.article_id == article], known)
        singly += intents
        known = known_after(known, intents)
    assert by_deal(singly) == by_deal(at_once)
    assert {i.deal_mention_id: i for i in singly} == {i.deal_mention_id: i for i in at_once}


def first_place(article: str, claims: list[Claim]) -> tuple[object, ...]:
    """Where ``in_order`` puts the article's first claim."""
    return min(
        (each.as_of, each.mention.focus != "primary", each.mention.deal_mention_id)
        for each in claims
        if each.article_id == article
    )


def test_stakes_are_part_of_what_is_known() -> None:
    (intent,) = resolve_deals([claim(type="equity", parties=INVESTMENT, stake=share(40))], [])
    assert intent.state.stake == share(40)


def test_a_late_investor_of_a_named_round_joins_it() -> None:
    def told(on: str, investor: str, title: str, value: float) -> tuple[Claim, StoryArticle]:
        roles = (party("investor", investor), party("investee", "Ondine Labs"))
        said = claim(on, type="equity", parties=roles, value=money(value), article=title)
        said = replace(said, mention=replace(said.mention, sentence_start_char=0, sentence_end_char=len(title)))
        article = StoryArticle(
            article_id=title,
            title=title,
            body="",
            publisher="",
            published_at=said.as_of,
            first_seen_at=said.as_of,
            content_hash=title,
        )
        return said, article

    first, note, late = (
        told("2026-03-12", "Tern Capital", "Tern Capital leads Series C of Ondine Labs", 1.6),
        told("2026-04-02", "Castrel Cloud", "Castrel Cloud puts money into Ondine Labs", 0.15),
        told("2026-05-20", "Noor Fund", "Noor Fund comes late to the Series C of Ondine Labs", 0.4),
    )
    claims, articles = zip(first, note, late, strict=True)
    intents = resolve_deals(list(claims), [], articles=articles)
    deals = [intent.deal_id for intent in intents]
    assert deals[0] == deals[2] != deals[1]
    assert [p.name for p in intents[2].state.parties] == ["Tern Capital", "Ondine Labs", "Noor Fund"]
