"""Lines headed by those who deal with each other. All sentences are our own."""

from __future__ import annotations

import pytest

from tests.extractors.deals.reading import told

HEADED = {
    "a slash": (
        "OKAPI AI / BRAE LORNE CREDIT. Five-year note, $640m, secured on receivables.",
        ["debt borrower:OKAPI_AI lender:BRAE_LORNE_CREDIT"],
    ),
    "a past participle is what was done to the deal": (
        "HALDEN CLOUD / CASTELLAN SYSTEMS. Order for 400 servers withdrawn by the buyer. Had been worth $90m.",
        ["chips customer:HALDEN_CLOUD supplier:CASTELLAN_SYSTEMS"],
    ),
    "whoever is named after the head stands beside the deal": (
        "Halden Cloud + Brae Lorne Credit. A $400 million term loan, priced like that of Okapi AI.",
        ["debt borrower:Halden_Cloud lender:Brae_Lorne_Credit"],
    ),
    "a sentence with a verb is read as any other": (
        "Okapi AI and Halden Cloud. Okapi has cancelled its order for 9,000 GB300s from Castellan Systems.",
        ["chips customer:Okapi_AI supplier:Castellan_Systems"],
    ),
}


@pytest.mark.parametrize("case", HEADED, ids=str)
def test_names_alone_at_the_head_of_a_line_are_those_of_the_deal_told_after_them(case: str) -> None:
    line, expected = HEADED[case]
    assert told("Data center deal sheet, week 29", line) == expected
