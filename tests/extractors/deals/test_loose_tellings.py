"""Takeovers, renewals, loans and power plants told loosely. All sentences are our own."""

from __future__ import annotations

import pytest

from tests.extractors.deals.reading import told

TOLD = {
    "money paid for a company": (
        "Last year a group led by Blackstone paid more than A$24 billion for AirTrunk, a data centre operator.",
        ["acquisition acquirer:Blackstone target:AirTrunk"],
    ),
    "the rest of a company": (
        "Elbtor is buying the remaining 35% of data centre operator Hanse Rechenwerke from Norddeich Energie.",
        ["acquisition acquirer:Elbtor seller:Norddeich_Energie target:Hanse_Rechenwerke"],
    ),
    "a company that sells itself": (
        "Data center operator Orvane Hosting sold itself to Elbtor for $400 million.",
        ["acquisition acquirer:Elbtor target:Orvane_Hosting"],
    ),
    "an owner who wants out": (
        "Halden Capital wants out of Orvane Data Centers, in which it owns 51%.",
        ["acquisition seller:Halden_Capital target:Orvane_Data_Centers"],
    ),
    "a bid for a share": (
        "Lingque Cloud had bid for 30 percent of Orvane Data Centers, but the offer was refused.",
        ["equity investee:Orvane_Data_Centers investor:Lingque_Cloud"],
    ),
    "the arm of a company from somewhere": (
        "In October SoftBank agreed to buy the chip-design arm of Britain's Orvane Semiconductor for $5.4 billion.",
        ["acquisition acquirer:SoftBank seller:Orvane_Semiconductor target:chip-design_arm"],
    ),
    "a renewal with somebody": (
        "Pelagos Labs renewed with GPU cloud Nimblerack for three years at $60 million a year.",
        ["compute customer:Pelagos_Labs supplier:Nimblerack"],
    ),
    "reserved for so long is for oneself": (
        "Orvane Data Centers confirms one tenant: Pelagos Labs, which has reserved 90 megawatts for ten years.",
        ["lease customer:Pelagos_Labs supplier:Orvane_Data_Centers"],
    ),
    "who negotiates for space wants it": (
        "Halcyr Cloud is negotiating with Stratovane for 30 MW of data centre space.",
        ["lease customer:Halcyr_Cloud supplier:Stratovane"],
    ),
    "a unit without a name is of whoever discloses it": (
        "American Electric Power said that an unregulated subsidiary had agreed to buy fuel cells from Bloom Energy.",
        ["power customer:American_Electric_Power supplier:Bloom_Energy"],
    ),
    "machines of a maker of power plants": (
        "Brookfield promised to spend as much as $5 billion on Bloom Energy's machines for AI data centers.",
        ["power customer:Brookfield supplier:Bloom_Energy"],
    ),
    "a facility that a bank approves": (
        "State lender Bank Nusa Karya approved a $320 million facility for Garuda Komputasi to fit out data halls.",
        ["debt borrower:Garuda_Komputasi lender:Bank_Nusa_Karya"],
    ),
    "a loan called after a bank": (
        "Bitfarms has drawn a Macquarie loan of $300 million for its data center in Pennsylvania.",
        ["debt borrower:Bitfarms lender:Macquarie"],
    ),
    "a letter of award is a paper": (
        "Sarayu Data Parks has received a Letter of Award from Mirathel for colocation services in Pune.",
        ["lease customer:Mirathel supplier:Sarayu_Data_Parks"],
    ),
}


@pytest.mark.parametrize("case", TOLD, ids=str)
def test_what_is_told_loosely_is_read(case: str) -> None:
    line, expected = TOLD[case]
    assert told("Data center news", line) == expected
