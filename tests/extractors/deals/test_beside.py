"""Capacity and spending guidance beside deals. All sentences are our own."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.deals.guidance_change import load_guidance_rules
from extractors.read import read_document
from extractors.records import Document, Extraction


def read(body: str, title: str = "Halden Cloud reports results") -> Extraction:
    return read_document(Document(document_id="d", title=title, body=body, published=date(2026, 5, 12)))


GUIDANCE = [
    ("Halden Cloud now sees capex of $4 billion to $4.5 billion for 2026, up from $3 billion.", "2026 4-4.5 raised"),
    ("Halden Cloud lifted its 2026 capex guidance to $5 billion from $4 billion.", "2026 5-5 raised"),
    ("Halden Cloud will lay out $3 billion next year. In January the figure was $4 billion.", "2027 3-3 lowered"),
    ("Management stood by its forecast of capital spending of $6 billion in 2026.", "2026 6-6 maintained"),
    ("It expects to invest $3 billion this year, against $2 billion spent last year.", "2026 3-3 None"),
    ("It lowered its full-year capital spending outlook to $2 billion.", "2026 2-2 lowered"),
    ("Capital outlays of $2 billion are pencilled in for the fiscal year that ends in June.", "FY2026 2-2 None"),
    ("It set aside $5 billion for capital spending in 2027, up from $4 billion this year.", "2027 5-5 None"),
    (
        "Halden Cloud will spend no more than $5 billion on equipment this year, $1 billion less than it planned.",
        "2026 5-5 lowered",
    ),
    ("The Board confirms its guidance for investments of $2 billion for the full year 2026.", "2026 2-2 maintained"),
    ("For fiscal 2027 it forecast capex of $7 billion, its first guidance for the year.", "FY2027 7-7 initial"),
    ("Capex for 2026 was earlier put at $2 billion. It is now seen at $3 billion.", "2026 3-3 raised"),
    ("Expected investments in 2026 are adjusted downwards to $2 billion.", "2026 2-2 lowered"),
    (
        "Capex in the first quarter was $1 billion; for the full year it still sees $3 billion.",
        "2026 3-3 maintained",
    ),
    ("Investment this year will be $2 billion instead of $3 billion.", "2026 2-2 lowered"),
]


@pytest.mark.parametrize(("body", "expected"), GUIDANCE)
def test_guidance_has_its_period_range_and_change(body: str, expected: str) -> None:
    (capex,) = read(body).capex
    low, high = (f"{float(amount) / 1e9:g}" for amount in (capex.low, capex.high))
    assert (capex.company, f"{capex.period} {low}-{high} {capex.change}") == ("Halden Cloud", expected)


def test_several_companies_in_one_sentence_each_have_their_guidance() -> None:
    body = "Halden Cloud will spend $20 billion in 2026, Ferrule Networks $12 billion and Okapi AI $3 billion on capex."
    assert [(c.company, int(c.low / 10**9)) for c in read(body).capex] == [
        ("Halden Cloud", 20),
        ("Ferrule Networks", 12),
        ("Okapi AI", 3),
    ]


def test_each_year_of_a_sentence_has_its_own_guidance_and_change() -> None:
    body = (
        "Halden Cloud now expects capex of $3 billion in 2026, against a previous range of $2 billion to $2.5 billion, "
        "and gave a first figure for 2027 of about $4 billion. Capital outlays of Okapi AI are $1 billion this year "
        "and between $2 billion and $3 billion next."
    )
    assert [(c.period, f"{c.low / 10**9:g}-{c.high / 10**9:g}", c.change) for c in read(body).capex] == [
        ("2026", "3-3", "raised"),
        ("2027", "4-4", "initial"),
        ("2026", "1-1", None),
        ("2027", "2-3", None),
    ]


def test_a_range_in_the_body_takes_the_place_of_what_the_headline_told_in_short() -> None:
    body = "Halden Cloud told investors to brace for capital expenditures of $2 billion to $3 billion in 2026."
    (capex,) = read(body, title="Halden Cloud plans to spend as much as $3 billion on capex this year").capex
    assert (capex.low, capex.high) == (2 * 10**9, 3 * 10**9)


@pytest.mark.parametrize(
    "body",
    [
        "Halden Cloud spent $3 billion on capital projects last year.",
        "Halden Cloud will invest $3 billion in a data center in Ohio by 2030.",
        "The four are expected to spend $300 billion between them this year.",
    ],
)
def test_past_spending_a_site_and_a_sum_of_several_are_no_guidance(body: str) -> None:
    assert read(body).capex == ()


def test_every_effect_of_the_guidance_rows_is_known() -> None:
    assert set(load_guidance_rules()) == {
        "initial", "maintained", "lowered", "raised", "topic", "spending", "one_site", "not_guidance", "past",
        "earlier_before", "earlier_after", "earlier_sentence",
    }  # fmt: skip


CAPACITY = [
    ("Halden Cloud has 85 MW running at its Boise campus.", ["85 operating"]),
    (
        "Halden Cloud runs 120 MW, and another 40 MW is under construction in Ohio.",
        ["120 operating", "40 under_construction"],
    ),
    ("Active power stood at 340 MW in March and should pass 600 MW by 2028.", ["340 operating", "600 planned"]),
    ("It runs three sites with 90 MW, compared with 60 MW a year ago.", ["90 operating"]),
    ("Halden Cloud plans to have 2 GW by 2031.", ["2000 planned"]),
    ("The campus houses about 50,000 GPUs.", ["50000 operating"]),
    ("Halden Cloud, which has 22 MW operational, aims to have 140 MW by 2029.", ["22 operating", "140 planned"]),
    ("Halden Cloud ended last year with more than 110,000 GPUs in service.", ["110000 operating"]),
    (
        "Halden Cloud operates 310 MW and is building a further 90 MW in Omaha.",
        ["310 operating", "90 under_construction"],
    ),
    ("The company put out a plan. It runs 40,000 accelerators, most of them bought early.", ["40000 operating"]),
    ("The first hall, now being fitted out, will have 110 MW when it opens.", ["110 under_construction"]),
    (
        "Halden Cloud, which has raised $2 billion and runs 140 MW in Ghent, will open a site in 2028.",
        ["140 operating"],
    ),
    ("Halden Cloud owns 500 MW of capacity in Abilene.", ["500 operating"]),
    ("The first hall, with 46 MW, is full.", ["46 operating"]),
    ("The first 80 MW of a planned 200 MW is up and running.", ["80 operating", "200 planned"]),
    ("Halden Cloud's clusters, operated by partners including Okapi AI, hold 9,000 GPUs already.", ["9000 operating"]),
    ("Halden Cloud has planning permission for 260 MW at Didcot.", ["260 planned"]),
    ("Contracted load rose to 71 MW, of which 52 MW was billing at the period end.", ["52 operating"]),
    ("The capacity of the campus is to be raised to 500 MW by 2030.", ["500 planned"]),
    ("The company's fleet passed 38,000 accelerators in June.", ["38000 operating"]),
    ("Five hundred boards more have brought its fleet to 31,000 accelerators.", ["31000 operating"]),
    ("Halden Cloud manages 26 MW in Santander at present.", ["26 operating"]),
    ("Its fleet numbers 42,000 GPUs, and it aims for 100,000 by 2028.", ["42000 operating", "100000 planned"]),
    ("The two halls in Lund, 40 MW together, were fully let last year.", ["40 operating"]),
    ("The 75 MW Lund hall is half built.", ["75 under_construction"]),
    ("Construction of a 75 MW hall in Lund began in March.", ["75 under_construction"]),
    ("The company has 450 MW in development.", ["450 planned"]),
]


@pytest.mark.parametrize(
    "told_later",
    [
        "It aims to have between 800 MW and 1 GW of connected power by the end of 2027.",
        "It wants to have more than 800 megawatts of contracted power by December.",
        "It had more than 300 MW active in March and aims for 800 MW by the end of 2027.",
    ],
)
def test_what_a_company_wants_to_run_in_all_is_not_what_it_sold(told_later: str) -> None:
    found = read(
        f"Halden Cloud will provide Okapi AI with computing power for $3 billion over five years. {told_later}"
    )
    assert [(deal.type, deal.power) for deal in found.deal_mentions] == [("compute", None)]


@pytest.mark.parametrize(("body", "expected"), CAPACITY)
def test_capacity_runs_is_built_or_is_planned_clause_by_clause(body: str, expected: list[str]) -> None:
    found = read(body).capacity
    assert [f"{int(c.amount)} {c.status}" for c in found] == expected
    assert {c.owner for c in found} == {"Halden Cloud"}


@pytest.mark.parametrize(
    ("told_later", "expected"),
    [
        ("They go into a data center that Halden Cloud plans to build with 500 MW.", "500 planned"),
        ("In March it opened a 140 MW data center in Omaha.", "140 operating"),
    ],
)
def test_a_site_told_in_passing_is_capacity_and_no_deal(told_later: str, expected: str) -> None:
    body = f"Halden Cloud will rent 16,000 GPUs from Ferrule Cloud for two years.\n\n{told_later}"
    found = read(body, title="Halden Cloud rents GPUs from Ferrule Cloud")
    assert [d.type for d in found.deal_mentions] == ["compute"]
    assert [f"{int(c.amount)} {c.status}" for c in found.capacity] == [expected]


@pytest.mark.parametrize(
    ("told_later", "size", "beside"),
    [
        ("Planning documents envisage 550 MW at full stretch.", 550, []),
        ("Halden Cloud runs 85 MW in Boise.", None, ["85 operating"]),
    ],
)
def test_the_one_size_planned_right_after_a_site_is_its_own(
    told_later: str, size: int | None, beside: list[str]
) -> None:
    found = read(f"Halden Cloud will build a campus in Lund, it said.\n\n{told_later}", title="Halden Cloud to build")
    (deal,) = found.deal_mentions
    assert (deal.type, deal.power and int(deal.power.mw)) == ("build", size)
    assert [f"{int(c.amount)} {c.status}" for c in found.capacity] == beside


def test_what_runs_or_is_being_built_is_no_term_of_a_deal_beside_it() -> None:
    body = (
        "Halden Cloud will rent 16,000 GPUs from Ferrule Cloud for two years.\n\n"
        "Ferrule Cloud has 85 MW running and is building a 40 MW hall in Omaha."
    )
    found = read(body, title="Halden Cloud rents GPUs from Ferrule Cloud")
    (deal,) = found.deal_mentions
    assert (deal.type, deal.power) == ("compute", None)
    assert [f"{c.owner} {int(c.amount)} {c.status}" for c in found.capacity] == [
        "Ferrule Cloud 85 operating",
        "Ferrule Cloud 40 under_construction",
    ]


@pytest.mark.parametrize(
    "told",
    [
        "The chip designer, which runs 58 MW of its own, sold a stake of 3% in Halden Cloud.",
        "Halden Cloud bought 12% of Jotun Silicon, which has 58 MW in operation.",
    ],
)
def test_capacity_is_owned_by_whom_its_clause_describes(told: str) -> None:
    (capacity,) = read(f"Halden Cloud sold servers to the chip designer Jotun Silicon.\n\n{told}").capacity
    assert (capacity.owner, int(capacity.amount), capacity.status) == ("Jotun Silicon", 58, "operating")


@pytest.mark.parametrize(
    "body",
    [
        "Halden Cloud has an option on 50 MW.",
        "Halden Cloud signed an agreement covering 50 MW that has been in talks since March.",
        "The region uses as much as 900 MW already.",
        "Halden Cloud called off its planned 40 MW project at Aalborg.",
        "The 42 MW block is to be ready by 2028.",
        "The first phase, of 50 MW, should be running by 2028.",
        "Proceeds will fund a 72 MW facility that is due in 2028.",
        "Halden Cloud would have owned 400 MW after the merger.",
        "Sweden's data centre capacity stands at 900 MW and is expected to pass 2 GW by 2030.",
        "Together the engines have 198 MW.",
    ],
)
def test_options_contracts_and_needs_are_no_capacity(body: str) -> None:
    assert read(body).capacity == ()
