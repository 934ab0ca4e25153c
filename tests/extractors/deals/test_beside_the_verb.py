"""What stands beside the verb and noun of a deal: land by its size, who buys with a loan, goods after a customer."""

from __future__ import annotations

import pytest

from extractors.read import read_document
from extractors.records import Document
from tests.extractors.deals.reading import told


@pytest.mark.parametrize(
    "sentence",
    [
        "Okapi AI borrowed $300 million from a group that includes Marrow Bank to buy 4,000 B200 chips from Nvidia.",
        "Okapi AI took a $90 million loan from lenders that include Marrow Bank to buy 900 B200 chips from Nvidia.",
        "Okapi AI raised $2 billion from a club that comprises Thorngate to buy 8,000 B200 chips from Nvidia.",
    ],
)
def test_who_is_lent_money_buys_what_it_is_for(sentence: str) -> None:
    assert "chips customer:Okapi_AI supplier:Nvidia" in told("", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Halden Hosting has signed agreements with a customer for the provision of 70 MW of data centre space.",
        "Halden Hosting has signed contracts with a bank for the lease of 25 MW of data centre space in Ohio.",
        "Halden Hosting has reached agreements with two customers for 45 MW of data hall space.",
    ],
)
def test_what_contracts_are_for_may_follow_the_customer(sentence: str) -> None:
    assert told("", sentence) == ["lease supplier:Halden_Hosting"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Marrow Bank is negotiating a loan of $900 million to Halden Cloud.",
        "Halden Cloud and Marrow Bank are still negotiating a $200 million credit line.",
        "Halden Cloud was negotiating a $50 million loan with Marrow Bank.",
    ],
)
def test_a_loan_being_negotiated_is_no_loan_yet(sentence: str) -> None:
    document = Document(document_id="d", title="", body=sentence, published=None, publisher="")
    assert [deal.status for deal in read_document(document).deal_mentions] == ["rumored"]


@pytest.mark.parametrize(
    "sentence",
    [
        "On Monday Halden Data said that it was withdrawing its plan for a 300 MW data centre in Ohio.",
        "Halden Data told the mayor that it was scrapping its $2 billion data centre near Madison.",
        "Nobody was surprised that Halden Data is abandoning its 90 MW data centre at Uithoorn.",
    ],
)
def test_a_site_being_called_off_is_no_site_under_way(sentence: str) -> None:
    body = f"The bakery has closed.\n\nThe road is quiet again.\n\n{sentence}"
    document = Document(document_id="d", title="A village counts", body=body, published=None, publisher="")
    assert [(d.type, d.status) for d in read_document(document).deal_mentions] == [("build", "cancelled")]


@pytest.mark.parametrize("whom", ["anyone about any of its buildings", "anybody over a sale", "nobody on a lease"])
def test_talks_with_nobody_in_particular_are_no_deal(whom: str) -> None:
    text = "Halden Data denied that it was selling its Slough data centre to Orrin Park for £410 million. "
    deals = told("", f"{text}It was not in discussions with {whom}.")
    assert deals == ["acquisition acquirer:Orrin_Park seller:Halden_Data target:Slough_data_centre"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Equinix said the whole campus, a data centre park, would cost £2 billion.",
        "Equinix's data centre at Cambois is expected to cost £2 billion.",
        "The data centre near Madison will cost Equinix about $900 million by the time it is finished.",
    ],
)
def test_what_a_site_costs_tells_that_it_is_built(sentence: str) -> None:
    document = Document(document_id="d", title="", body=sentence, published=None, publisher="")
    (deal,) = read_document(document).deal_mentions
    assert (deal.type, deal.status, deal.parties[0].role) == ("build", "announced", "developer")
    assert deal.value is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "The data center that Ohio wants would cost $2 billion, Equinix was told.",
        "Data centers cost $11 million a megawatt, Equinix said.",
        "Microsoft said that a campus would cost Brazil $2 billion in lost taxes.",
    ],
)
def test_what_sites_cost_others_is_no_commitment(sentence: str) -> None:
    assert told("", sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Halden Cloud has increased its committed senior bank facilities to €6 billion, from €5 billion previously.",
        "Halden Cloud upsized its banking facilities to $900 million from $600 million.",
        "Halden Cloud widened its revolving credit facilities to $2 billion.",
    ],
)
def test_facilities_of_banks_are_loans(sentence: str) -> None:
    document = Document(document_id="d", title="", body=sentence, published=None, publisher="")
    found = [(d.type, d.status, d.focus, d.parties[0].role) for d in read_document(document).deal_mentions]
    assert found == [("debt", "amended", "primary", "borrower")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The valuation of Thorngate's investment in data centre operator Halden Hosting was $7.1 billion.",
        "Thorngate values its stake in data centre operator Halden Hosting at $7.1 billion.",
        "The appraisal of Thorngate's stake in data centre operator Halden Hosting came to $7.1 billion.",
    ],
)
def test_what_a_holding_is_worth_is_no_round(sentence: str) -> None:
    assert told("", sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Halden Data is developing Red Mesa, a 300 MW supercomputer, for Okapi AI.",
        "Halden Data will build Frontier, a data centre of 300 MW, for Okapi AI.",
        "Halden Data is building Stargate Utah, a cluster of 300 megawatts, for Okapi AI.",
    ],
)
def test_a_named_site_is_built_for_whom_the_words_after_its_name_tell(sentence: str) -> None:
    assert told("", sentence) == ["build customer:Okapi_AI developer:Halden_Data"]


@pytest.mark.parametrize("claim", ["no right to buy it back", "no option to buy the land", "no obligation to buy it"])
def test_what_nobody_has_a_right_to_is_no_deal(claim: str) -> None:
    sold = "Halden Data sold its Slough data centre to Orrin Park for £410 million. "
    deals = told("", f"{sold}The contract with Orrin Park contains {claim} from Microsoft.")
    assert deals == ["acquisition acquirer:Orrin_Park seller:Halden_Data target:Slough_data_centre"]
