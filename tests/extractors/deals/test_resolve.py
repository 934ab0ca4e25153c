"""Which claims speak of one deal: the same, another, or in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.deals.resolve import deal_id_of
from extractors.deals.resolve.outcome import decisions_of, doubts_of, endings_of, name_strands
from extractors.deals.resolve.replay import replay
from extractors.deals.resolve.revise import history
from extractors.deals.resolve.standing import Standing
from extractors.deals.resolve.tape import Tape, unit_of
from extractors.records import Claim, KnownDeal, StoryArticle
from tests.extractors.deals.factories import chips, claim, day, money, months, party, power, share


def deals_of(claims: Iterable[Claim]) -> list[str]:
    """The deal of each claim, in the order given."""
    told = list(claims)
    deal_of = partition(told)
    return [deal_of[each.mention.deal_mention_id] for each in told]


def partition(claims: Iterable[Claim], articles: Iterable[StoryArticle] = ()) -> dict[str, str]:
    """deal_mention_id -> the first claim of its deal, all resolved at once."""
    tape = Tape(claims, articles)
    replay(tape, tape.units)
    return first_claims(tape)


def first_claims(tape: Tape) -> dict[str, str]:
    return {mention_id: strand.first[1] for mention_id, strand in tape.strand_of.items()}


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
    "a completed takeover that was read as a supply contract": [
        claim("2026-01-14", type="acquisition", parties=TAKEOVER, value=money(16.4)),
        claim(
            "2026-03-02",
            type="power",
            status="closed",
            parties=(party("customer", "Ferncastle"), party("supplier", "Rookhaven")),
            value=money(26.6),
        ),
    ],
    "the last delivery of an order, told the other way round and of another kind": [
        claim("2026-01-14", type="chips", accelerators=chips(40000)),
        claim("2026-03-02", status="closed", supplier="Velmora AI", customer="Norvane Cloud", value=money(1.9)),
    ],
    "a contract that grows, told as one of partners": [
        claim("2026-01-14", type="power", power=power(300), term=months(180)),
        claim(
            "2026-09-02",
            type="partnership",
            status="amended",
            parties=(party("partner", "Norvane Cloud"), party("partner", "Velmora AI")),
            term=months(180),
        ),
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
    tape = Tape([lubbock, cheyenne, vague])
    done = replay(tape, tape.units)
    assert len(set(first_claims(tape).values())) == 3
    assert list(done.doubts) == [vague.mention.deal_mention_id]
    names = name_strands(tape.strands, {}, {}, lambda claim, _: claim.article_id)
    (issue,) = doubts_of(done.doubts, names)
    assert (issue.stage, issue.code, issue.subject_id) == ("resolve", "ambiguous_deal", vague.mention.deal_mention_id)
    assert "a or b" in issue.message


def test_the_first_claim_makes_a_deal_and_what_changes_nothing_repeats_it() -> None:
    claims = [
        claim("2026-02-10", value=money(3.2)),
        claim("2026-02-11", value=money(3.2), publisher="Other"),
        claim("2026-06-16", status="amended", value=money(4.5)),
    ]
    tape = Tape(claims)
    replay(tape, tape.units)
    assert [one.kind for one in decisions_of(tape.strands[0], "deal", [], {})] == ["new", "repeated", "revised"]


def test_what_is_stored_so_needs_no_decision() -> None:
    claims = [claim("2026-02-10", value=money(3.2)), claim("2026-06-16", status="amended", value=money(4.5))]
    deal_of = {each.mention.deal_mention_id: "deal" for each in claims}
    tape = Tape(claims, deal_of=deal_of)
    assert not replay(tape, []).touched
    assert decisions_of(tape.strands[0], "deal", [], deal_of) == []


def known_deal(deal_id: str, on: str) -> KnownDeal:
    return KnownDeal(deal_id=deal_id, recorded_at=day(on))


def test_a_deal_keeps_its_id_when_an_earlier_claim_of_it_comes_late() -> None:
    known, late = claim("2026-02-27", value=money(3.2)), claim("2026-01-14", status="rumored", value=money(3))
    deal_of = {known.mention.deal_mention_id: "kept"}
    tape = Tape([known, late], deal_of=deal_of)
    done = replay(tape, [unit_of(late)])
    strands = [strand for strand, _ in done.touched.values()]
    names = name_strands(strands, deal_of, {"kept": known_deal("kept", "2026-02-28")}, lambda *_: "new")
    assert [names[strand] for strand in strands if strand.claims] == ["kept"]


def test_of_two_deals_that_turn_out_to_be_one_the_first_recorded_stays() -> None:
    claims = [claim("2026-01-14", claim_id="a"), claim("2026-01-15", claim_id="b", publisher="Other")]
    deal_of = {"a": "second", "b": "first"}
    tape = Tape(claims)
    replay(tape, tape.units)
    known = {"first": known_deal("first", "2026-01-16"), "second": known_deal("second", "2026-01-17")}
    names = name_strands(tape.strands, deal_of, known, lambda *_: "new")
    assert (names[tape.strands[0]], names.emptied) == ("first", {"second": "first"})
    told = [Standing((tape.strands[0],), tuple(claims), "")]
    (ending,) = endings_of(told, names, known)
    assert (ending.deal_id, ending.kind, ending.into_deal_id) == ("second", "merged", "first")
    gone = {**known, "second": replace(known["second"], ending="merged", into_deal_id="first")}
    assert endings_of(told, names, gone) == []


def test_two_deals_that_say_the_same_on_one_day_have_two_ids() -> None:
    one = claim(type="lease", article="a", claim_id="a", parties=(party("supplier", "Norvane"),))
    two = claim("2029-02-10", type="lease", article="b", claim_id="b", parties=(party("supplier", "Norvane"),))
    first = deal_id_of(one)
    assert deal_id_of(one, {first}) != first
    assert len({deal_id_of(each) for each in (one, two)}) == 2


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


@settings(max_examples=100, deadline=None)
@given(claims=claim_lists(), data=st.data())
def test_any_order_of_arrival_in_any_batches_gives_the_same_deals(claims: list[Claim], data: st.DataObject) -> None:
    articles = data.draw(st.permutations(sorted({each.article_id for each in claims})))
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(articles) - 1)))))
    tape = Tape([])
    for start, end in zip([0, *cuts], [*cuts, len(articles)], strict=True):
        batch = [each for each in claims if each.article_id in articles[start:end]]
        tape.add(batch, {})
        replay(tape, {unit_of(each) for each in batch})
    assert first_claims(tape) == partition(claims)


@settings(max_examples=100, deadline=None)
@given(claims=claim_lists(), data=st.data())
def test_what_counts_no_more_leaves_no_trace(claims: list[Claim], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(sorted({each.article_id for each in claims})))
    tape = Tape(claims)
    replay(tape, tape.units)
    replay(tape, [], gone=[each for each in claims if each.article_id == gone])
    assert first_claims(tape) == partition(each for each in claims if each.article_id != gone)


def test_stakes_are_part_of_what_is_known() -> None:
    (step,) = history("deal", [claim(type="equity", parties=INVESTMENT, stake=share(40))])
    assert step.state.stake == share(40)


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
    deal_of = partition(claims, articles)
    deals = [deal_of[each.mention.deal_mention_id] for each in claims]
    assert deals[0] == deals[2] != deals[1]
    assert [p.name for p in history("", [first[0], late[0]])[-1].state.parties] == [
        "Tern Capital",
        "Ondine Labs",
        "Noor Fund",
    ]
