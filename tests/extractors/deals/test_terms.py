"""What amounts and dates say of a deal, and whose they are: a case names the rule and holds its example."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.deals.meaning import meaning_of
from extractors.deals.timing import period_slot
from extractors.quantities import find_money, find_periods, find_power, find_shares
from extractors.read import read_document
from extractors.records import DealMention, Document

PUBLISHED = date(2026, 3, 4)


def read(title: str, body: str = "", *, kind: str) -> DealMention:
    """The claim of a kind that a document makes first."""
    document = Document(document_id="d", title=title, body=body, published=PUBLISHED, publisher="")
    return next(claim for claim in read_document(document).deal_mentions if claim.type == kind)


def money_slot(text: str, deal_type: str) -> tuple[str, str]:
    (money,) = find_money(text)
    meaning = meaning_of(money, deal_type, text, 0, len(text))
    return meaning.slot, meaning.rank


@pytest.mark.parametrize(
    ("text", "deal_type", "slot"),
    [
        ("a contract worth more than $5 billion", "compute", "value"),
        ("cheaper than the $5 billion of its rival", "compute", ""),
        ("a power deal with a plant that costs $420 million to build", "power", ""),
        ("will spend $420 million on a gas-fired plant and sell it the output", "power", ""),
        ("it put the cost of the building at $420 million", "lease", ""),
        ("will build a gas plant of 600 MW beside the site for $420 million", "power", ""),
        ("A gigawatt of AI data center can cost $420 million or more", "compute", ""),
        ("a campus that costs $420 million to build", "build", "value"),
        ("Google is backing $1.6 billion of the rent", "lease", ""),
        ("it has now raised $25 billion", "debt", ""),
        ("raising $25 billion so far", "equity", ""),
        ("which implies an equity value of $2.5 billion", "acquisition", "valuation"),
        ("it is worth $120 million in revenue from them a year", "lease", "value"),
        ("takes its bookings to $10 billion", "lease", ""),
        ("bringing its total funding to $2 billion", "equity", ""),
        ("walks away from $3.4 billion takeover", "acquisition", "value"),
        ("the fund, owner since a $3.4 billion takeover", "lease", ""),
        ("the company is now worth $8.4 billion", "equity", "valuation"),
        ("its valuation has more than doubled to $8.4 billion", "equity", "valuation"),
        ("it was valued at $5 billion a year ago", "equity", ""),
        ("at a pre-money valuation of $5 billion", "equity", ""),
        ("Pre-money: $5 billion", "equity", ""),
        ("which manages $14 billion", "acquisition", ""),
        ("with a prepayment of $55 million", "lease", ""),
        ("Utilities have $5 billion of spending ahead, by one trade group's count", "power", ""),
        ("At list prices I get a little over $2.2 billion", "compute", ""),
        ("the contract, first put at $6 billion", "compute", ""),
        ("the contract lasts 15 years and represents $5 billion of revenue", "lease", "value"),
        ("representing $5 billion in contracted revenue", "lease", "value"),
    ],
)
def test_the_words_beside_an_amount_say_whether_it_is_the_price(text: str, deal_type: str, slot: str) -> None:
    assert money_slot(text, deal_type)[0] == slot


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("expanded the order to $9 billion", "changed"),
        ("bringing the total value of the contract to $9 billion", "total"),
        ("for $9 billion in all", "sum"),
        ("a first $9 billion", "part"),
        ("agreed to take up to $9 billion", ""),
    ],
)
def test_a_change_a_total_a_sum_and_a_part_are_told_apart(text: str, rank: str) -> None:
    assert money_slot(text, "compute")[1] == rank


@pytest.mark.parametrize(
    ("text", "deal_type", "slots"),
    [
        ("two buildings will be handed over in 2027 and the third in mid-2028", "lease", ["start", "end"]),
        ("the halls open in the third quarter of 2028 and the first quarter of 2029", "build", ["start", "end"]),
        ("deliveries begin in October 2026 and conclude no later than March 31, 2027", "chips", ["start", "end"]),
        ("deliverable between June 2026 and the end of 2027", "chips", ["start", "end"]),
        ("it runs to the end of 2033", "power", ["end"]),
        ("a plant that starts running in 2030", "power", ["start"]),
        ("both run for twelve years and start in the first half of 2027", "lease", ["start"]),
        ("had until 2025 relied on others", "compute", [""]),
        ("field trials should begin in 2027", "chips", [""]),
        ("will not be available until 2028", "compute", ["start"]),
        ("the opening has slipped from 2027 to the first half of 2028", "build", ["", "start"]),
        ("completion is slated for the end of 2029", "build", ["end"]),
        ("construction is to begin in October 2026", "build", [""]),
        ("it should be fully operational by 2030", "build", ["end"]),
        ("with more to follow in 2027 and beyond", "chips", [""]),
        ("holds an option exercisable until June 2027", "lease", [""]),
        ("starts in January 2027", "equity", [""]),
    ],
)
def test_the_nearest_cue_says_whether_a_date_is_start_or_end(text: str, deal_type: str, slots: list[str]) -> None:
    periods = find_periods(text, published=PUBLISHED)
    told = [period_slot(p, deal_type, text[: p.start_char], text[p.end_char - 1 :]) for p in periods]
    assert told == slots


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("will take 24.9% of the company", "stake"),
        ("Bexley Partners, which owns 61% of the company, backs the sale", ""),
        ("holders of 88.6% of the shares voted for the sale", ""),
    ],
)
def test_a_share_that_somebody_holds_already_is_not_the_one_dealt_in(text: str, slot: str) -> None:
    (share,) = find_shares(text)
    assert meaning_of(share, "acquisition", text, 0, len(text)).slot == slot


def test_power_of_a_plant_is_no_size_of_a_lease() -> None:
    text = "beside a 500 MW gas plant"
    (power,) = find_power(text)
    assert meaning_of(power, "lease", text, 0, len(text)).slot == ""
    assert meaning_of(power, "power", text, 0, len(text)).slot == "power"


def test_an_increment_with_its_total_is_an_amended_deal() -> None:
    claim = read(
        "Wexley Data takes 80 MW more from Ostrava Hydro",
        "Wexley Data has agreed to buy another 80 MW from Ostrava Hydro, lifting its total at the plant to 230 MW.",
        kind="power",
    )
    assert claim.power is not None
    assert (claim.status, claim.power.mw) == ("amended", 230)


def test_a_company_total_is_no_total_of_the_deal() -> None:
    claim = read("Orvane leases 40 MW to Kestrel AI, bringing its total leased capacity to 900 MW", kind="lease")
    assert claim.power is not None
    assert claim.power.mw == 40


def test_a_later_sentence_finds_its_deal_by_the_noun_it_uses() -> None:
    body = (
        "Halden Cloud has borrowed $900 million from Nordbank. It also leased 60 MW from Orvane Hosting in Malmö.\n\n"
        "The loan has a tenor of seven years. The lease runs for 12 years."
    )
    title = "Halden Cloud borrows and rents"
    loan, lease = read(title, body, kind="debt"), read(title, body, kind="lease")
    assert loan.term is not None
    assert lease.term is not None
    assert (loan.term.months, lease.term.months) == (84, 144)


def test_a_sentence_under_another_contract_adds_nothing_to_the_deal_before() -> None:
    body = (
        "Velmora AI will rent 30 MW from Lumora Fibre. Under a supply contract signed the same day, "
        "the manufacturer ships $400 million of modems."
    )
    assert read("Velmora AI rents 30 MW from Lumora Fibre", body, kind="lease").value is None


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("Velmora to build data centers in Indiana, Mississippi and Ohio", ["Indiana", "Mississippi", "Ohio"]),
        ("Velmora to build 90 MW campus in Johor, Malaysia, its largest outlay in Asia", ["Johor, Malaysia"]),
        ("Velmora to build its first data center in Portugal", ["Portugal"]),
        ("Velmora to build 90 MW data centre at its Reno, Nevada, campus", ["Reno, Nevada"]),
    ],
)
def test_places_are_where_the_site_is_and_not_how_it_ranks(title: str, places: list[str]) -> None:
    assert [place.name for place in read(title, kind="build").locations] == places


def test_a_headline_without_a_deal_of_its_own_gives_its_amounts_to_the_first_deal_of_the_body() -> None:
    claim = read(
        "Doubts over Velmora's $1.7bn Dallas plan",
        "Velmora will build a 200 MW data centre in Dallas, Texas.",
        kind="build",
    )
    assert claim.value is not None
    assert claim.value.amount == 1_700_000_000


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Seven years, $540 million.", 540),
        ("The total: $540 million.", 540),
        ("The total is now about $540 million.", 540),
        ("The addition is worth $100 million and raises the total to $540 million.", 540),
        ("A rival in Lund spends $540 million.", None),
    ],
)
def test_a_sentence_of_hardly_more_than_amounts_and_a_new_total_go_on_about_the_deal(
    sentence: str, value: int | None
) -> None:
    body = f"Okapi AI has enlarged its computing contract with Norvane Cloud. {sentence}"
    claim = read("Okapi AI enlarges contract with Norvane Cloud", body, kind="compute")
    assert (claim.value and int(claim.value.amount / 10**6)) == value


def test_a_town_told_later_is_more_exact_than_its_state() -> None:
    body = "The campus will stand near Macon and open in 2028."
    assert [place.name for place in read("Velmora to build 90 MW campus in Georgia", body, kind="build").locations] == [
        "Macon"
    ]


def test_a_stake_added_gives_way_to_the_whole() -> None:
    title = "Ardmore buys another 31% of Silverline Fiber, taking its stake to 56%"
    claim = read(title, kind="acquisition")
    assert claim.stake is not None
    assert claim.stake.pct == 56


def test_racks_are_no_accelerators() -> None:
    assert read("Foxconn wins order for 30,000 GB300 racks from Oracle", kind="chips").accelerators is None


@pytest.mark.parametrize("telling", ["It will use 20,000 Nvidia GB200 chips.", "The lab will use 20,000 GB200 chips."])
def test_the_chips_that_a_deal_runs_on_are_its_terms_and_no_purchase(telling: str) -> None:
    claim = read("", f"Halyard Cloud will rent capacity to Kestrel AI for $2 billion. {telling}", kind="compute")
    assert claim.accelerators is not None
    assert claim.accelerators.count == 20_000


def test_whom_a_filing_defines_is_no_place() -> None:
    body = "Granite Hash signed a lease with Veridex Cloud for 150 MW at the Company's facility in Massena, New York."
    assert [place.name for place in read("", body, kind="lease").locations] == ["Massena, New York"]


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("Halden Cloud will borrow $100 million from Aozakura Bank, repayable in seven years.", 84),
        ("Aozakura Bank has lent Halden Cloud $100 million. The loan would mature in five years.", 60),
        ("Okapi AI extended its lease with Halden Cloud in Leeds by ten years.", 120),
        ("Okapi AI leases 40 MW from Halden Cloud, which can be extended by five years.", None),
        ("Equinix has hired Fluence to provide 55 MW of batteries for the next 12 years.", 144),
        ("Halden Cloud and Okapi AI signed a lease for 44 MW in Leeds. Fifteen years.", 180),
        ("Halden Cloud will rent Okapi AI 96 GPUs. Period: from April 1, 2027 to March 31, 2032 (5 years).", 60),
    ],
)
def test_a_term_is_told_by_repayment_by_extension_and_alone(sentence: str, months: int | None) -> None:
    (deal,) = read_document(
        Document(document_id="d", title="In brief", body=sentence, published=date(2026, 3, 1))
    ).deal_mentions
    assert (deal.term and deal.term.months) == months


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("Enel has promised Equinix 120 MW by the fall of 2028 under a 20-year contract.", "2028", None),
        ("Dell is shipping Halden Cloud $400 million of servers before the end of 2027.", None, "2027"),
        ("Dell will supply Halden Cloud with 900 GPUs. The equipment is due in Leeds by August 2026.", None, "2026-08"),
        ("Halden Cloud will build a 30 MW campus in Leeds. It should be in production by May 2027.", "2027-05", None),
        ("Halden Cloud will build a 30 MW campus in Leeds. Operation is to start in May 2027.", "2027-05", None),
    ],
)
def test_a_date_starts_what_runs_and_ends_what_is_delivered(sentence: str, start: str | None, end: str | None) -> None:
    (deal,) = read_document(
        Document(document_id="d", title="In brief", body=sentence, published=date(2026, 3, 1))
    ).deal_mentions
    assert (deal.start and deal.start.period, deal.end and deal.end.period) == (start, end)
