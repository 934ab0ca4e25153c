"""Documents that tell several deals: each with its own parties and terms. All sentences are our own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extractors.gold import extraction_to_json
from extractors.read import read_document
from extractors.records import Document


def read(title: str, *paragraphs: str) -> list[dict[str, Any]]:
    document = Document(
        document_id="d", title=title, body="\n\n".join(paragraphs), published=date(2026, 3, 4), publisher=""
    )
    return list(extraction_to_json(read_document(document))["deals"])


def told(deals: list[dict[str, Any]]) -> list[str]:
    """ "compute supplier:A customer:B" of each deal, names in order of role."""
    return sorted(
        " ".join([d["type"], *sorted(f"{p['role']}:{p['name']}".replace(" ", "_") for p in d["parties"])])
        for d in deals
    )


FROM_BEFORE = {
    "we are the company of the headline": (
        ("Halden Cloud: letter to shareholders", "We ordered 20,000 GB300s from Castellan Systems."),
        ["chips customer:Halden_Cloud supplier:Castellan_Systems"],
    ),
    "a customer without a supplier buys from the company of the headline": (
        ("Halden Cloud reports results", "Okapi AI committed to $260 million of inference capacity over two years."),
        ["compute customer:Okapi_AI supplier:Halden_Cloud"],
    ),
    "a loan without a borrower is the company's of the headline": (
        ("Halden Cloud to expand", "Marrowgate Credit agreed to lend $400 million for five years."),
        ["debt borrower:Halden_Cloud lender:Marrowgate_Credit"],
    ),
    "an unnamed other side stays unnamed": (
        ("Halden Cloud reports results", "A hyperscaler will lease 40 MW from Castellan Hosting for ten years."),
        ["lease supplier:Castellan_Hosting"],
    ),
}


@pytest.mark.parametrize("case", FROM_BEFORE, ids=str)
def test_a_side_that_a_sentence_leaves_out_is_the_company_spoken_of(case: str) -> None:
    (title, body), expected = FROM_BEFORE[case]
    assert told(read(title, body)) == expected


VERBLESS = {
    "role words in brackets": (
        ("Power contracts in June", "Okapi AI (buyer) / Tri-Rivers Electric (seller): 90 MW of wind, twelve years."),
        ["power customer:Okapi_AI supplier:Tri-Rivers_Electric"],
    ),
    "the list is about the company of the headline": (
        ("CoreWeave: contract table", "Cohere – five years, $9.7bn, 9,000 GB300s"),
        ["compute customer:Cohere supplier:CoreWeave"],
    ),
    "the heading names the other side": (
        ("Lease register", "Landlord: Halden Hosting. Site: Reno, Nevada.", "Tenant: Okapi AI; 12 years; $2bn; 90 MW"),
        ["lease customer:Okapi_AI supplier:Halden_Hosting"],
    ),
    "capacity of one company is no deal": (
        ("Round-up of June", "CoreWeave: 850 MW in service"),
        [],
    ),
}


@pytest.mark.parametrize("case", VERBLESS, ids=str)
def test_an_item_without_a_verb_tells_its_deal_by_names_and_words_of_role(case: str) -> None:
    (title, *paragraphs), expected = VERBLESS[case]
    assert told(read(title, *paragraphs)) == expected


def test_items_under_a_colon_are_terms_of_the_deal_told_before() -> None:
    (deal,) = read(
        "Halden Hosting signs Okapi AI",
        "Halden Hosting has signed a lease with Okapi AI for 90 MW. Under the agreement:",
        "- contracted revenue over the initial term is expected to be about $2.1 billion;",
        "- the first hall is to be handed over in the second quarter of 2027.",
    )
    assert (deal["value"]["amount"], deal["start"]) == (2_100_000_000, "2027-Q2")


PORTIONS = {
    "companies first": (
        "Okapi AI will take 100 MW and Cohere 50 MW of Halden Hosting's Reno campus for ten years.",
        {"Okapi AI": (100, 120), "Cohere": (50, 120)},
    ),
    "amounts first": (
        "Halden Hosting will take 100 MW from Tri-Rivers Electric and 50 MW from Norvane Power.",
        {"Tri-Rivers Electric": (100, None), "Norvane Power": (50, None)},
    ),
    "a unit left out": (
        "Halden Hosting will buy 100 MW of wind power from Tri-Rivers Electric and 50 from Norvane Power.",
        {"Tri-Rivers Electric": (100, None), "Norvane Power": (50, None)},
    ),
    "each with its preposition, and a sentence on both": (
        "Halden AI signed leases with Castellan Hosting for 40 MW in Reno, Nevada, and with Marrow Realty for 60 MW in "
        "Abilene, Texas. Both run for 12 years.",
        {"Castellan Hosting": (40, 144), "Marrow Realty": (60, 144)},
    ),
}


@pytest.mark.parametrize("case", PORTIONS, ids=str)
def test_companies_that_alternate_with_amounts_have_a_deal_each(case: str) -> None:
    body, expected = PORTIONS[case]
    deals = read("Capacity is spoken for", body)
    found = {
        p["name"]: (d["power"]["mw"], d["term_months"]) for d in deals for p in d["parties"] if p["name"] in expected
    }
    assert (found, len(deals)) == (expected, 2)


ROLES = {
    "money from banks alone is a loan": (
        "Halden Hosting raised £350 million from NatWest and Barclays.",
        ["debt borrower:Halden_Hosting lender:Barclays lender:NatWest"],
    ),
    "money taken from a bank": (
        "Halden Hosting took $3.4 billion from JPMorgan for its campus in Reno.",
        ["debt borrower:Halden_Hosting lender:JPMorgan_Chase"],
    ),
    "who is issued a warrant invests": (
        "Halden Cloud gave Okapi AI a warrant for 4% of its shares.",
        ["equity investee:Halden_Cloud investor:Okapi_AI"],
    ),
    "it is the company just presented": (
        "Marrow Realty let 20 MW to Cohere last year. The latest is Halden Hosting. It closed a $750 million loan.",
        ["debt borrower:Halden_Hosting", "lease customer:Cohere supplier:Marrow_Realty"],
    ),
}


@pytest.mark.parametrize("case", ROLES, ids=str)
def test_who_gives_and_who_takes_where_money_changes_hands(case: str) -> None:
    body, expected = ROLES[case]
    assert told(read("Who is paying for it all", body)) == expected


def test_what_a_partner_pays_for_its_share_of_a_venture_is_no_second_deal() -> None:
    deals = read(
        "Halden finds a partner",
        "Halden Hosting will form a joint venture with Marrow Realty to own the Leeds campus. Marrow will pay "
        "£720 million for a 49 per cent interest.",
    )
    assert told(deals) == ["joint_venture partner:Halden_Hosting partner:Marrow_Realty"]


def test_a_deal_that_another_is_only_compared_with_gives_it_no_place() -> None:
    deals = read(
        "Halden rents a second site from Marrow",
        "Halden Hosting has agreed to lease a 120 MW data center in Cheyenne, Wyoming, from Marrow Realty.",
        "The terms match those of the lease that Halden signed in January for a building in Lubbock, Texas.",
    )
    assert [deal["locations"] for deal in deals] == [["Cheyenne, Wyoming"]]


def test_a_joint_venture_borrows_and_lets_like_any_other_company() -> None:
    deals = read(
        "Halden Hosting and Marrow Realty form venture",
        "Halden Hosting and Marrow Realty have formed a joint venture to build a 400 MW campus in Reno, Nevada.",
        "NatWest will lend the venture $400 million. Okapi AI has agreed to rent 300 MW of the campus.",
    )
    assert told(deals) == [
        "debt borrower:joint_venture lender:NatWest",
        "joint_venture partner:Halden_Hosting partner:Marrow_Realty",
        "lease customer:Okapi_AI supplier:joint_venture",
    ]


def test_a_question_says_whom_its_answer_is_about() -> None:
    deals = read(
        "Questions and answers on the Three Forks contract",
        "Norvane Power will sell Okapi AI 650 MW of electricity for 20 years.",
        "Is this Okapi AI's only deal? No. In March it signed a 150 MW geothermal contract with Tri-Rivers Electric.",
    )
    assert told(deals) == [
        "power customer:Okapi_AI supplier:Norvane_Power",
        "power customer:Okapi_AI supplier:Tri-Rivers_Electric",
    ]


def test_clauses_beside_a_semicolon_are_read_apart() -> None:
    deals = read(
        "Who rents what",
        "Okapi AI will rent 10,000 GPUs from Lambda; Cohere has ordered 20,000 GB300s from Dell.",
    )
    assert told(deals) == ["chips customer:Cohere supplier:Dell", "compute customer:Okapi_AI supplier:Lambda"]


STORIES = {
    "entries of a timeline are about the company of the headline": (
        ("Halden Cloud timeline", "2025-03: Okapi AI signs a five-year contract worth $11.9 billion.",
         "2025-09: Cohere rents 4,000 H200s."),
        ["compute customer:Cohere supplier:Halden_Cloud", "compute customer:Okapi_AI supplier:Halden_Cloud"],
    ),
    "who joined in invested": (
        ("Halden Cloud raises $3 billion", "Halden Cloud has closed a $3 billion Series D.",
         "Temasek led and GIC and Sequoia also took part."),
        ["equity investee:Halden_Cloud investor:GIC investor:Sequoia_Capital investor:Temasek"],
    ),
    "who is granted a loan borrows": (
        ("Four you may have missed", "Halden Hosting has been granted a €450m loan by AIB and Bank of Ireland."),
        ["debt borrower:Halden_Hosting lender:AIB lender:Bank_of_Ireland"],
    ),
    "money for a cloud's product is its owner's": (
        ("Vega Robotics pledges $700 million", "Vega Robotics has committed $400 million to CoreWeave and $300 million "
         "to Azure."),
        ["compute customer:Vega_Robotics supplier:CoreWeave", "compute customer:Vega_Robotics supplier:Microsoft"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STORIES, ids=str)
def test_a_document_about_one_company_tells_several_deals_of_it(case: str) -> None:
    (title, *paragraphs), expected = STORIES[case]
    assert told(read(title, *paragraphs)) == expected


REFERENCES = {
    "what its name is bound to counts before what the company is": (
        ("Halden Hosting and its backer", "Google guarantees the rent and gets warrants for 5.4% of the company."),
        ["equity investee:Halden_Hosting investor:Google"],
    ),
    "a pronoun means no subject of a clause beside it": (
        ("News of the day", "Cohere signed up for 200 MW at the campus that Halden Hosting intends to build in Reno, "
         "and said that it would buy 9,000 GB300s from Dell."),
        ["chips customer:Cohere supplier:Dell", "lease customer:Cohere supplier:Halden_Hosting"],
    ),
    "the operator is who was spoken of by that noun": (
        ("Okapi AI and Halden Hosting rework lease", "Okapi AI and Halden Hosting have reworked a lease for 40 MW.",
         "The operator has had a hard year. It is to borrow $600 million from Hanil Future Bank."),
        ["debt borrower:Halden_Hosting lender:Hanil_Future_Bank", "lease customer:Okapi_AI supplier:Halden_Hosting"],
    ),
    "entries that begin with capitals are a list": (
        ("Factbox: recent deals", "QASR DIGITAL - The Saudi company bought 45,000 chips from Beilan Chip.",
         "SEORIN NETWORKS - Borrowed $400 million from Hanil Future Bank."),
        ["chips customer:QASR_DIGITAL supplier:Beilan_Chip", "debt borrower:SEORIN_NETWORKS lender:Hanil_Future_Bank"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFERENCES, ids=str)
def test_whom_a_later_sentence_means(case: str) -> None:
    (title, *paragraphs), expected = REFERENCES[case]
    assert told(read(title, *paragraphs)) == expected


HEADLINES = {
    "told apart in the body": (
        ("Halden Cloud picks Castellan Systems and Beilan Chip for Reno hub",
         "Castellan Systems will supply Halden Cloud with servers worth $400 million.",
         "Beilan Chip will supply Halden Cloud with 30,000 chips."),
        ["chips customer:Halden_Cloud supplier:Beilan_Chip", "chips customer:Halden_Cloud supplier:Castellan_Systems"],
    ),
    "left to the headline": (
        ("Halden Cloud buys servers from Castellan Systems and Beilan Chip",
         "Castellan Systems will supply Halden Cloud with servers worth $400 million.",
         "Beilan Chip was founded in 2019."),
        ["chips customer:Halden_Cloud supplier:Beilan_Chip supplier:Castellan_Systems"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HEADLINES, ids=str)
def test_companies_that_a_headline_lists_have_their_own_deal_where_the_body_tells_one(case: str) -> None:
    (title, *paragraphs), expected = HEADLINES[case]
    assert told(read(title, *paragraphs)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Okapi AI and Cohere will take 40 and 60 MW at Halden Hosting's Reno campus respectively.",
        "Okapi AI will take 40 MW and Cohere 60 MW at Halden Hosting's campus, for seven and five years respectively.",
    ],
)
def test_amounts_follow_their_companies_respectively(body: str) -> None:
    deals = read("Reno is full", body)
    found = {p["name"]: d["power"]["mw"] for d in deals for p in d["parties"] if p["role"] == "customer"}
    assert found == {"Okapi AI": 40, "Cohere": 60}
    assert {d["term_months"] for d in deals} in ({None}, {84, 60})


def test_a_new_paragraph_goes_on_about_the_news_and_not_about_what_it_recalled() -> None:
    primary, recalled = read(
        "Halden Cloud lands second contract with Okapi AI",
        "Halden Cloud will supply Okapi AI with B300 capacity under a contract worth $900 million. "
        "The two signed a first contract, valued at $410 million, in October.",
        "The contract runs for three years.",
    )
    assert (primary["value"]["amount"], primary["term_months"]) == (900_000_000, 36)
    assert (recalled["focus"], recalled["term_months"]) == ("background", None)


def test_what_partners_put_into_their_venture_is_no_deal_of_its_own() -> None:
    (venture,) = read(
        "Halden Cloud and Orvane Halls form joint venture",
        "Halden Cloud and Orvane Halls have formed a joint venture to build data centres in Ghent. "
        "They will put $2 billion into a campus of 90 MW.",
    )
    assert (venture["type"], venture["power"]["mw"]) == ("joint_venture", 90)


def test_a_unit_and_its_parent_of_the_same_name_are_one_party() -> None:
    (deal,) = read("Amazon opens Ghent data centre", "Amazon Web Services opened a data centre of 60 MW in Ghent.")
    assert [p["name"] for p in deal["parties"]] == ["Amazon Web Services"]


def test_less_than_half_of_a_business_is_a_stake() -> None:
    (deal,) = read("Halm Capital takes 24.9% of Halden Cloud's Ghent arm for €410 million")
    assert (deal["type"], deal["stake_pct"]) == ("equity", 24.9)


def test_the_first_lines_tell_a_headline_s_deal_by_its_right_name() -> None:
    (deal,) = read("Calder Capital buys a third of Halden Hosting", "Calder Capital acquired 33% of Halden Hosting.")
    assert deal["type"] == "equity"


def test_what_a_venture_shall_raise_and_buy_is_its_own_matter() -> None:
    (venture,) = read(
        "Equinix, GIC plan venture",
        "Equinix and GIC agreed to form a joint venture expected to raise more than $15 billion, including debt. "
        "The venture plans to buy land for campuses of more than 100 MW each.",
    )
    assert (venture["type"], venture["value"]["amount"]) == ("joint_venture", 15_000_000_000)


def test_a_project_that_goods_come_from_is_no_company() -> None:
    (deal,) = read(
        "Okapi AI buys more wind",
        "Okapi AI has signed a second contract with Halden Power. The electricity will come from Brae Lorne, a wind "
        "project near Ghent. The 12-year contract is for 240 MW.",
    )
    assert [p["name"] for p in deal["parties"]] == ["Okapi AI", "Halden Power"]
    assert (deal["power"]["mw"], deal["term_months"]) == (240, 144)


def test_an_operator_of_data_centers_is_no_site() -> None:
    (deal,) = read("Okapi AI leases", "Okapi AI has leased 40 MW from Brae Lorne, a data center operator, in Ghent.")
    assert {p["name"] for p in deal["parties"]} == {"Okapi AI", "Brae Lorne"}


@pytest.mark.parametrize(
    "told",
    [
        "has signed a five-year contract worth $900 million to give Okapi AI access to Nvidia GB300 GPUs",
        "has signed a five-year contract worth $900 million that gives Okapi AI access to 20,000 Nvidia GPUs",
    ],
)
def test_who_gets_access_to_chips_is_the_customer_and_their_maker_nobody(told: str) -> None:
    (deal,) = read("Halden Cloud signs", f"Halden Cloud {told}.")
    assert {(p["name"], p["role"]) for p in deal["parties"]} == {("Halden Cloud", "supplier"), ("Okapi AI", "customer")}
