"""Known deals found again where the reader told nothing, and misreadings that a known deal explains."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.deals.resolve.dossier import Dossier, dossier_of
from extractors.deals.resolve.doubtful import doubt_of
from extractors.deals.resolve.echoes import echoed_by
from extractors.deals.resolve.halves import are_halves
from extractors.deals.resolve.recognise import likelier, recognise
from extractors.parties.affiliations import find_affiliations
from extractors.records import Claim, StoryArticle
from tests.extractors.deals.factories import claim, day, money, months, party, power

LEASE = dossier_of("lease", [claim(type="lease", at=("Lubbock, Texas",), value=money(2.1), power=power(120))])
TWIN = dossier_of("twin", [claim(type="lease", at=("Cheyenne, Wyoming",), value=money(2.1), power=power(120))])
SOLAR = dossier_of("solar", [claim(type="power", supplier="Mesa Solar", at=("Deming, New Mexico",), power=power(75))])
BID = dossier_of(
    "bid",
    [
        claim(
            type="acquisition", parties=(party("acquirer", "Ferncastle Group"), party("target", "Rookhaven Colocation"))
        )
    ],
)


def article(title: str, body: str = "", *, on: str = "2026-03-20") -> StoryArticle:
    return StoryArticle(
        article_id=f"{title} {on}",
        title=title,
        body=body,
        publisher="Other",
        published_at=day(on),
        first_seen_at=day(on),
        content_hash=title,
    )


def found(told: StoryArticle, *deals: Dossier) -> list[str]:
    return [deal_id for deal_id, _ in recognise(told, deals, {})]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Velmora's hall at Norvane is nearly ready", ""),
        ("Norvane looks back", "It let a hall in Lubbock to Velmora."),
        ("Where Norvane stands", "- Velmora AI: 120 MW, $2.1 billion.\n\n- Everybody else: nothing yet."),
        ("NVNE gains on Velmora lease", ""),
    ],
)
def test_a_known_deal_is_recognised_by_both_sides_its_place_and_its_figures(title: str, body: str) -> None:
    assert found(article(title, body), LEASE) == ["lease"]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Velmora names a finance chief", "She comes from a bank."),
        ("Norvane and others", "Rivals such as Tarrow signed a lease for $2.1 billion."),
        ("Chip stocks fall", "Velmora was mentioned by nobody. Norvane neither."),
    ],
)
def test_one_side_alone_is_no_telling(title: str, body: str) -> None:
    assert found(article(title, body), LEASE) == []


ROUND = dossier_of(
    "round",
    [claim(type="equity", parties=(party("investor", "Tern Capital"), party("investee", "Ondine")), value=money(1.6))],
)


@pytest.mark.parametrize(
    ("title", "body", "is_told"),
    [
        ("Castrel invests in Ondine", "The note is separate from the $1.6 billion Series C round of March.", True),
        ("Castrel invests in Ondine", "The note is separate from the $1.6 billion Series B round of March.", False),
        ("Castrel invests in Velmora", "The note is separate from the $1.6 billion Series C round of March.", False),
    ],
)
def test_the_name_of_a_round_stands_for_its_investors(title: str, body: str, is_told: bool) -> None:
    told = recognise(article(title, body), [ROUND], {"round": frozenset({"c"})})
    assert bool(told) == is_told


def test_a_figure_and_a_term_of_a_deal_make_up_for_a_side_named_just_before() -> None:
    farm = dossier_of("farm", [claim(type="power", supplier="Zelkova Power", power=power(300), term=months(180))])
    body = "Zelkova Power is selling half of a wind farm to Lindell. {} is contracted to Velmora for 15 years."
    own = claim("2026-03-20", type="equity", parties=(party("seller", "Zelkova Power"), party("investor", "Lindell")))
    for told, is_told in (("Its output of 300 MW", True), ("Its output", False)):
        news = article("Lindell to buy half of a farm", body.format(told))
        stake = dossier_of("stake", [replace(own, article_id=news.article_id)])
        assert found(news, farm, stake) == ["farm"] * is_told


def test_nothing_is_recognised_long_before_the_first_claim() -> None:
    assert found(article("Velmora to lease from Norvane", on="2025-11-01"), LEASE) == []


def test_of_two_deals_of_the_same_companies_the_place_says_which() -> None:
    assert found(article("Velmora and Norvane end their lease"), LEASE, TWIN) == []
    assert found(article("Velmora and Norvane end their lease", "It was for Cheyenne."), LEASE, TWIN) == ["twin"]
    assert likelier(article("Norvane is late in Lubbock", "Velmora waits."), [LEASE, TWIN]) is LEASE


def test_a_name_that_one_of_two_deals_was_told_under_does_not_say_which() -> None:
    alias = dossier_of("alias", [claim(type="lease", supplier="Sundrift", at=("Lubbock, Texas",), power=power(120))])
    assert likelier(article("Sundrift is late", "Velmora waits."), [alias, TWIN]) is None


def test_a_deal_is_not_recognised_where_another_of_the_same_companies_is_told_in_the_same_words() -> None:
    told = article("Norvane and Velmora sign a second $2.1 billion lease", "It is in Cheyenne.")
    own = claim("2026-03-20", article=told.article_id, type="lease", at=("Cheyenne",), value=money(2.1))
    assert found(told, LEASE, dossier_of("twin", [own])) == []


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Ferncastle walks away from Rookhaven bid", "cancelled"),
        ("Ferncastle completes Rookhaven purchase", "closed"),
        ("Ferncastle's bid for Rookhaven, explained", "announced"),
    ],
)
def test_a_headline_says_what_became_of_a_recognised_deal_and_never_a_figure(title: str, status: str) -> None:
    ((_, told),) = recognise(article(title), [BID], {})
    assert told.mention.status == status
    assert told.mention.value is None
    assert told.mention.rules == ("recognised",)


def test_recognising_twice_gives_the_same_claim() -> None:
    told = article("Ferncastle's bid for Rookhaven, explained")
    assert recognise(told, [BID], {}) == recognise(told, [BID], {})


ARTICLE = "recap"


def recap(type: str, *parties: tuple[str, str], **slots: object) -> Claim:
    """What was read in one article that also speaks of LEASE and SOLAR."""
    roles = tuple(party(role, name) for role, name in parties)
    return claim("2026-03-20", article=ARTICLE, type=type, parties=roles, claim_id=f"{type} {parties} {slots}", **slots)


def also_in_recap(deal: Dossier) -> Dossier:
    told = claim("2026-03-20", article=ARTICLE, type=deal.state.type, parties=deal.state.parties, claim_id=deal.deal_id)
    return dossier_of(deal.deal_id, [*deal.claims, told])


@pytest.mark.parametrize(
    ("told", "is_doubtful"),
    [
        (recap("debt", ("borrower", "Velmora AI"), ("lender", "Mesa Solar"), value=money(2.1)), True),
        (recap("power", ("supplier", "Norvane Cloud"), ("customer", "Mesa Solar"), power=power(120)), True),
        (recap("debt", ("borrower", "Velmora AI"), ("lender", "Mesa Solar"), value=money(7.7)), False),
        (recap("debt", ("borrower", "Norvane Cloud"), ("lender", "Pinegate Credit"), value=money(2.1)), False),
        (recap("equity", ("investor", "Norvane Cloud"), ("investee", "Velmora AI")), False),
        (recap("acquisition", ("acquirer", "Norvane Cloud")), True),
        (recap("acquisition", ("seller", "Pinegate"), ("seller", "Arcline"), value=money(3)), True),
        (recap("lease", ("supplier", "Pinegate"), power=power(200)), False),
    ],
    ids=[
        "companies of two known deals and a sum of theirs",
        "sides mixed up",
        "a sum of its own",
        "a company of its own",
        "a stake beside a supply contract",
        "one side, no terms",
        "nobody on either side",
        "one side with a figure",
    ],
)
def test_what_known_deals_explain_and_what_is_told_half_leaves_the_tape(told: Claim, is_doubtful: bool) -> None:
    lease, solar, deal = also_in_recap(LEASE), also_in_recap(SOLAR), dossier_of("told", [told])
    assert bool(doubt_of(deal, [lease, solar])) is is_doubtful
    assert not doubt_of(lease, [solar, deal])
    assert not doubt_of(solar, [lease, deal])


def test_claims_of_one_article_echo_the_fuller_one_unless_they_stand_otherwise_to_it() -> None:
    full = recap("compute", ("supplier", "Norvane Cloud"), ("customer", "Velmora AI"), value=money(3.2))
    half = recap("chips", ("customer", "Velmora AI"), power=power(90))
    other = recap("build", ("developer", "Norvane Cloud"), value=money(6), power=power(400))
    more = recap(
        "compute", ("supplier", "Norvane Cloud"), ("customer", "Velmora AI"), value=money(1, is_increment=True)
    )
    claims = [full, half, other, more]
    assert echoed_by(half, claims) is not None
    assert echoed_by(full, [full, half]) is None
    assert echoed_by(other, [full, other]) is None
    assert echoed_by(more, [full, more]) is None


def test_two_halves_of_one_loan_are_found_where_one_article_speaks_of_both() -> None:
    owed = claim(type="debt", parties=(party("borrower", "Caldera Compute"),), value=money(1.4))
    lent = claim(type="debt", parties=(party("lender", "Castine Credit"),), value=money(1.4), publisher="Other")
    both_in_one = claim(type="debt", parties=(), publisher="Other", claim_id="recognised")
    whole = dossier_of("owed", [owed, both_in_one])
    assert are_halves(dossier_of("lent", [lent]), whole)
    assert not are_halves(dossier_of("lent", [lent]), dossier_of("owed", [owed]))
    later = claim(
        (owed.as_of + timedelta(days=60)).date().isoformat(),
        type="debt",
        parties=(party("lender", "Castine Credit"),),
        value=money(1.4),
        article=both_in_one.article_id,
    )
    assert not are_halves(dossier_of("lent", [later]), dossier_of("owed", [owed]))


def test_affiliations_are_read_from_what_a_text_explains() -> None:
    text = (
        "Prairie Wind LLC, a wholly owned subsidiary of Zelkova Power Group (NYSE: ZLKP), and Marlow Winds, "
        "the renewables arm of Marlow Atomic, signed with Tarrow Systems, a client of Brackenfield."
    )
    assert dict(find_affiliations(text)) == {
        "Prairie Wind LLC": "Zelkova Power Group",
        "Marlow Winds": "Marlow Atomic",
        "ZLKP": "Zelkova Power Group",
    }
