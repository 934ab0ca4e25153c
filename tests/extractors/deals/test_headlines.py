"""Headline grammar: a line is one habit of headline writers, with the deal that it tells."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import Document

Told = tuple[str, str, frozenset[tuple[str, str]]]


def told(title: str, publisher: str = "") -> list[Told]:
    document = Document(document_id="d", title=title, body="", published=date(2026, 3, 4), publisher=publisher)
    claims = read_document(document).deal_mentions
    return sorted((c.type, c.status, frozenset((p.role, p.name) for p in c.parties)) for c in claims)


def deal(kind: str, status: str = "announced", **parties: str) -> Told:
    return kind, status, frozenset((role, name) for role, names in parties.items() for name in names.split(" + "))


HABITS = {
    "a deal for a company gets it": (
        "Velmora Semiconductor agrees $2 billion deal for Kestrel Photonics",
        deal("acquisition", acquirer="Velmora Semiconductor", target="Kestrel Photonics"),
    ),
    "holders turn down who bids": (
        "Norvane Hosting investors reject $9 billion Velmora takeover",
        deal("acquisition", "cancelled", acquirer="Velmora", target="Norvane Hosting"),
    ),
    "what a partnership is to speed up is no second deal": (
        "Schneider Electric, Equinix expand partnership to speed up data center construction",
        deal("partnership", "amended", partner="Schneider Electric + Equinix"),
    ),
    "who build together let nothing to each other": (
        "Equinix, Nvidia team up to build AI factories",
        deal("partnership", partner="Equinix + Nvidia"),
    ),
    "a plant for data centres is theirs to take": (
        "Southern Company proposes gas plants to serve data centres",
        deal("power", supplier="Southern Company"),
    ),
    "a plan doubled to an amount": (
        "Amazon doubles North Carolina AI data center plan to $20 billion",
        deal("build", "amended", developer="Amazon"),
    ),
    "a verb that is also a noun": (
        "Velmora Semiconductor bags secret $4 billion AI chip order",
        deal("chips", supplier="Velmora Semiconductor"),
    ),
    "nears, closes in on": (
        "Kestrel AI nears $6 billion private credit deal for Nevada data center",
        deal("debt", "rumored", borrower="Kestrel AI"),
    ),
    "a passive without its auxiliary": (
        "Norvane Hosting snapped up by Bexley Capital in 3.5 billion euro deal",
        deal("acquisition", acquirer="Bexley Capital", target="Norvane Hosting"),
    ),
    "sold to": (
        "Norvane Hosting sold to Bexley Capital in deal worth $5.8bn",
        deal("acquisition", acquirer="Bexley Capital", target="Norvane Hosting"),
    ),
    "a noun after one company is no verb": (
        "CoreWeave's $5bn Norvane Hosting purchase cleared by antitrust regulators",
        deal("acquisition", acquirer="CoreWeave", target="Norvane Hosting"),
    ),
    "no verb at all": (
        "Crusoe, Halyard Hosting in $3.4 Billion Texas Data Center Tie-Up",
        deal("partnership", partner="Crusoe + Halyard Hosting"),
    ),
    "backers before a name are no party": (
        "Bexley-backed Crusoe breaks ground on Harlan County data center campus",
        deal("build", developer="Crusoe"),
    ),
    "what the market made of it": (
        "Oracle shares leap 11% after $90 billion Mistral AI contract",
        deal("compute", supplier="Oracle", customer="Mistral AI"),
    ),
    "said to": (
        "CoreWeave Said to Weigh Bid for Rival Lambda",
        deal("acquisition", "rumored", acquirer="CoreWeave", target="Lambda"),
    ),
    "behind a site": (
        "Meta likely behind $4.8bn data center in Harlan County, Texas",
        deal("build", developer="Meta Platforms"),
    ),
    "a campus is to open": (
        "Crusoe's 900MW campus in Harlan County to open in 2028",
        deal("build", developer="Crusoe"),
    ),
    "a place between commas": (
        "Microsoft expands plans for Harlan, Texas, data center campus",
        deal("build", developer="Microsoft"),
    ),
    "plans pulled": (
        "Microsoft pulls plug on plans for 244-acre data center in Harlan",
        deal("build", "cancelled", developer="Microsoft"),
    ),
    "a letter of intent by its initials": (
        "Crusoe and GE Vernova Execute LOI for 1.1 GW of Gas Turbine Equipment",
        deal("power", supplier="GE Vernova", customer="Crusoe"),
    ),
    "a plant approved to serve somebody": (
        "Entergy wins approval for 750-MW gas plant to serve Google data center",
        deal("power", supplier="Entergy", customer="Google"),
    ),
    "several shareholders of a group": (
        "Crusoe-led group to pour $5 billion into Texas hub",
        deal("build", developer="Crusoe"),
    ),
    "a place is picked": (
        "Facebook owner Meta selects Harlan County for first Texas data center",
        deal("build", developer="Meta Platforms"),
    ),
    "a deal by which something else is done": (
        "Crusoe boosts reach with 40 MW lease at Equinix campus",
        deal("lease", supplier="Equinix", customer="Crusoe"),
    ),
    "more sites for a venture": (
        "OpenAI and Oracle expand Stargate with five new data center sites",
        deal("build", developer="OpenAI + Oracle"),
    ),
    "capacity expanded": (
        "G42 and Microsoft expand UAE data centre capacity by 200MW",
        deal("build", developer="G42 + Microsoft"),
    ),
    "the maker of what is rented out is no party": (
        "Meta signs six-year, $14bn deal with CoreWeave to access Nvidia GB300 systems",
        deal("compute", supplier="CoreWeave", customer="Meta Platforms"),
    ),
    "who wins a power contract sells the power": (
        "Adani Green bags 1 GW solar PPA from Google",
        deal("power", supplier="Adani Green Energy", customer="Google"),
    ),
    "backing a takeover is buying": (
        "Microsoft and BlackRock back a $40B takeover of Aligned Data Centers from Macquarie",
        deal("acquisition", acquirer="Microsoft + BlackRock", target="Aligned Data Centers", seller="Macquarie"),
    ),
    "a reactor explored by two": (
        "Dominion, Amazon explore small modular reactor near Richmond",
        deal("power", "rumored", supplier="Dominion Energy", customer="Amazon"),
    ),
    "a site that is paid for": (
        "Amazon pays $700M for planned data center site in Harlan County",
        deal("acquisition", acquirer="Amazon"),
    ),
    "control that is sold": (
        "Intel in talks to sell majority stake in Norvane Silicon to Silver Lake -source",
        deal("acquisition", "rumored", seller="Intel", target="Norvane Silicon", acquirer="Silver Lake"),
    ),
    "whose chips a loan pays for": (
        "xAI Weighs $12.5 Billion Debt Deal for Nvidia Chips",
        deal("debt", "rumored", borrower="xAI"),
    ),
    "plants for somebody's site": (
        "Entergy breaks ground on two combined cycle plants to power Meta data center",
        deal("power", supplier="Entergy", customer="Meta Platforms"),
    ),
    "a cluster that is built": (
        "Scaleway assembles 10,000-GPU cluster near Paris",
        deal("build", developer="Scaleway"),
    ),
    "an investment that is raised": (
        "Meta ups Nevada data center investment to $10bn",
        deal("build", "amended", developer="Meta Platforms"),
    ),
    "somebody else says no": (
        "Town board kills QTS data center proposal",
        deal("build", "cancelled", developer="QTS"),
    ),
    "an initiative of several": (
        "Vertiv, Equinix and Schneider Electric launch initiative on liquid cooling",
        deal("partnership", partner="Vertiv + Equinix + Schneider Electric"),
    ),
    "a phrase before the subject": (
        "After setback for Nvidia, Meta signs $6B deal with CoreWeave",
        deal("compute", supplier="CoreWeave", customer="Meta Platforms"),
    ),
    "the verb of what is built": (
        "$15B Equinix data center breaks ground in Leeds",
        deal("build", developer="Equinix"),
    ),
    "a site that begins operations is open": (
        "Equinix data center begins operations in Leeds",
        deal("build", "closed", developer="Equinix"),
    ),
    "an opening that is announced": (
        "Equinix announces grand opening of its Leeds data center",
        deal("build", "closed", developer="Equinix"),
    ),
    "rezoning is permission": (
        "Leeds council approves rezoning for proposed Equinix data center",
        deal("build", developer="Equinix"),
    ),
    "who builds for others is no developer": (
        "Equinix taps Mortenson for $1B Leeds data center",
        deal("build", developer="Equinix"),
    ),
    "the only company of a headline about a permit": (
        "Equinix marks milestone as council approves 99MW data center project",
        deal("build", developer="Equinix"),
    ),
    "a valuation that a raise brings": (
        "Crusoe hits $10 billion valuation after $1.38 billion raise",
        deal("equity", investee="Crusoe"),
    ),
    "looking to build is not yet building": (
        "Equinix looks to add second Leeds data center",
        deal("build", "rumored", developer="Equinix"),
    ),
    "a cloud is a party like its company": (
        "Anthropic and Google Cloud strike deal on AI clusters",
        deal("compute", supplier="Google", customer="Anthropic"),
    ),
    "many that work together serve nobody": (
        "Equinix teams up with Nvidia, Vertiv and Schneider Electric on AI clusters",
        deal("partnership", partner="Equinix + Nvidia + Vertiv + Schneider Electric"),
    ),
    "unlikely to go forward": (
        "Applied Digital says data center near Kestervale, South Dakota, unlikely to go forward",
        deal("build", "cancelled", developer="Applied Digital"),
    ),
    "raised from one amount to another": (
        "Meta boosts Ohio data center investment from $2.5B to $9B",
        deal("build", "amended", developer="Meta Platforms"),
    ),
    "two in talks to build talk to each other": (
        "Google and SpaceX in talks to build data centers at sea",
        deal("partnership", "rumored", partner="Google + SpaceX"),
    ),
    "a country that joins another's project": (
        "Japan agrees to join UAE's AI data centre project",
        deal("partnership", partner="Japan government + United Arab Emirates government"),
    ),
    "whom a deal was with, told after the semicolon": (
        "Akamai says it struck a five-year cloud computing deal; sources: the deal was with Mistral and is worth $2B",
        deal("compute", customer="Mistral AI", supplier="Akamai"),
    ),
    "a site brought somewhere": (
        "Microsoft wants to bring a second data center to Des Moines",
        deal("build", "rumored", developer="Microsoft"),
    ),
    "an expansion that is approved": (
        "Switch wins Las Vegas expansion approval despite data center backlash",
        deal("build", developer="Switch"),
    ),
    "a chip maker's own premises": (
        "Cerebras Unveils Six Data Centers to Meet Demand for AI Inference",
        deal("build", developer="Cerebras"),
    ),
    "power raised for somebody's site": (
        "Entergy to boost power capacity for Crusoe's AI data center",
        deal("power", supplier="Entergy", customer="Crusoe"),
    ),
    "an operator that expands somewhere": (
        "Aligned Data Centers expands in Ohio, weighs new designs",
        deal("build", developer="Aligned Data Centers"),
    ),
    "megawatts added are built": (
        "MARA adds 372 megawatts of capacity in Ohio",
        deal("build", developer="MARA Holdings"),
    ),
    "the last of a list is of the list": (
        "Meta in talks to raise $25 billion from Apollo, KKR, and Brookfield to fund a data center in Louisiana",
        deal(
            "equity",
            "rumored",
            investee="Meta Platforms",
            investor="Apollo Global Management + KKR + Brookfield",
        ),
    ),
    "a site to be powered by a plant": (
        "Google's Nevada data center to be powered by billion-dollar solar farm",
        deal("power", customer="Google"),
    ),
    "whom a permit is good news for": (
        "Crusoe marks milestone as CXC approves 99MW for Bay Area data center project",
        deal("build", developer="Crusoe"),
    ),
    "nuclear power for one's own site": (
        "Meta will use nuclear power for its Ohio data center",
        deal("power", customer="Meta Platforms"),
    ),
}


@pytest.mark.parametrize(("title", "expected"), HABITS.values(), ids=HABITS)
def test_a_headline_is_read_as_the_sentence_that_it_shortens(title: str, expected: Told) -> None:
    assert told(title) == [expected]


def test_orders_that_slip_are_no_verb_of_the_company_before_them() -> None:
    assert told("Oracle stock tumbles as Kestrel AI orders slip into next year") == []


def test_a_block_of_a_town_blocks_nothing() -> None:
    assert told("Equinix To Add New Data Center To Old Town Block") == [deal("build", developer="Equinix")]


def test_a_later_part_without_subject_is_of_whom_the_headline_began_with() -> None:
    found = told("Crusoe Announces 20-Year Lease with AWS for 200 MW; Prices $1.3 Billion of Senior Secured Notes")
    assert deal("debt", borrower="Crusoe") in found


def test_what_a_company_is_said_to_do_in_passing_is_no_deal() -> None:
    found = told("Lambda, which rents out Nvidia GPUs, signs a deal with Microsoft")
    assert found == [deal("compute", supplier="Lambda", customer="Microsoft")]


def test_the_letters_of_a_currency_are_no_company() -> None:
    assert told("YTL Power, Nvidia tie up on RM10bn Harlan AI data centre") == [
        deal("partnership", partner="YTL Power + Nvidia")
    ]


def test_a_headline_that_asks_how_tells_no_news() -> None:
    assert told("How Nvidia's $2 billion investment in CoreWeave alarms analysts") == []


def test_of_two_amounts_the_nearer_one_is_the_value() -> None:
    document = Document(
        document_id="d",
        title="After Nvidia's $20B purchase of talent, chip startup Groq raises $650M",
        body="",
        published=date(2026, 3, 4),
        publisher="",
    )
    values = [c.value.amount for c in read_document(document).deal_mentions if c.value and c.type == "equity"]
    assert values == [650_000_000]


def test_years_in_title_case_are_a_term() -> None:
    document = Document(
        document_id="d",
        title="Crusoe Announces 20-Year Lease with AWS for 200 MW",
        body="",
        published=date(2026, 3, 4),
        publisher="",
    )
    assert [c.term.months for c in read_document(document).deal_mentions if c.term] == [240]
