"""Names made of plain English words: told from plain words by what the text lets them do."""

from __future__ import annotations

import pytest

from extractors.parties import find_names


def organisations(text: str) -> list[str]:
    return [mention.surface for mention in find_names(text) if mention.kind == "organisation"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Orchard has opened its first hall.", ["Orchard"]),
        ("Kestrel Edge Q2 FY27 earnings call: excerpts", ["Kestrel Edge"]),
        ("Ardent said late on Tuesday that it would buy a rival.", ["Ardent"]),
        ("Quarry, based in Oslo, buys Pinpoint Hosting", ["Quarry", "Pinpoint Hosting"]),
        ("Lantern & Loom, a London investor, pays in cash.", ["Lantern & Loom"]),
        ("PEREGRINE ROW has agreed to lease 45 MW.", ["PEREGRINE ROW"]),
        ("Exclusive: Hemlock in talks to lend $1 billion", ["Hemlock"]),
        ("Tidewater's bond sale drew orders.", ["Tidewater"]),
    ],
)
def test_plain_words_that_act_as_companies_do_are_names(text: str, names: list[str]) -> None:
    assert organisations(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Active power stood at 340 MW in March.",
        "Land was bought for $40 million.",
        "Largest proposed site to be cut after protest",
        "Startup raises $40 million for chips",
        "Demand is expected to rise. Investors sold shares.",
        "Orchard growers said that the orchard would go.",
        "Under the Master Services Agreement the fee is paid monthly.",
        "Startup Raises $40 Million To Automate Design",
        "Bitcoin Miner Signs Deal To Outgrow Rivals",
        "Kenya AI data center plan faces a hurdle",
    ],
)
def test_plain_words_that_only_describe_are_no_names(text: str) -> None:
    assert organisations(text) == []


@pytest.mark.parametrize(
    ("headline", "names"),
    [
        ("Red Fox Nears Deal to Buy Chip Plant for $3 Billion", ["Red Fox"]),
        ("Rook Raises $55M Series B Led By Almanac Capital To Automate Design", ["Rook", "Almanac Capital"]),
        ("German AI Firm Low Tide Signs Lease", ["Low Tide"]),
        ("Governor Harbin Announces Big Data Center Plan", []),
        ("Dovetail, Mortise Call Off $1.1 Billion Chip Plan", ["Dovetail", "Mortise"]),
        ("Exclusive-Cordelia in talks to lease 300 MW", ["Cordelia"]),
    ],
)
def test_who_acts_in_a_title_case_headline_is_a_name(headline: str, names: list[str]) -> None:
    assert organisations(headline) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Power comes from Ostrava Wind, which is new.", ["Ostrava Wind"]),
        ("Ostrava Cloud signed a lease in May.", ["Ostrava Cloud"]),
        ("He bought a share of Ironwood Miners.", ["Ironwood Miners"]),
        ("Power comes from Riau Tenaga, which is new.", ["Riau Tenaga"]),
        ("He bought a share of Zhenwu Micro.", ["Zhenwu Micro"]),
        (
            'Corvane Odessa LLC ("Corvane Odessa") will let halls in Odessa. Rent is due to Corvane Odessa.',
            ["Corvane Odessa LLC", "Corvane Odessa", "Corvane Odessa"],
        ),
        ("Ember CEO Ravi Pillai told analysts so.", ["Ember"]),
        ("The fund, Birchwood Infrastructure Fund III, closed.", ["Birchwood Infrastructure Fund III"]),
        ("Orders went to Orbital Tide and Verdant Six in June.", ["Orbital Tide", "Verdant Six"]),
        ("Bank of the Prairies provided the loan.", ["Bank of the Prairies"]),
    ],
)
def test_a_name_reaches_from_its_first_to_its_last_word(text: str, names: list[str]) -> None:
    assert organisations(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Thistle and Vane, the Edinburgh group, has sold a unit.", ["Thistle and Vane"]),
        ("Bramble and Tarn buys a depot", ["Bramble and Tarn"]),
        ("Bramble and Tarn buy a depot", ["Bramble", "Tarn"]),
        ("Sable and Finch Compute have ended the pact.", ["Sable", "Finch Compute"]),
        ("Arden Energy-Solace tie-up to bring 300 MW", ["Arden Energy", "Solace"]),
        ("A Long-Term deal was signed.", []),
    ],
)
def test_names_joined_are_one_where_the_text_speaks_of_one(text: str, names: list[str]) -> None:
    assert organisations(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("datum9 takes 22 MW in Dublin", ["datum9"]),
        ("The hall was let to vexo, a German cloud business.", ["vexo"]),
        ("The hyperscaler, a large company, grew. It uses h100s, a chip.", []),
    ],
)
def test_names_written_small_are_names_where_a_sentence_says_so(text: str, names: list[str]) -> None:
    assert organisations(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They signed with Paragon AI for two years.", ["Paragon AI"]),
        ("It rents from Skyline GPU for a fee.", ["Skyline GPU"]),
        ("The loan to Sunday Labs was repaid.", ["Sunday Labs"]),
        ("FOUR CORNERS ENERGY TRUST: holders agree", ["FOUR CORNERS ENERGY TRUST"]),
        ("The land belongs to the Diocese of Lower Saltash.", ["Diocese of Lower Saltash"]),
        ("The site on Turner Road SE is free.", []),
        ("It spends on Generative AI and Sovereign AI.", []),
        ("Four Nordic AI sites were shown.", []),
    ],
)
def test_words_at_the_ends_belong_to_a_name_or_not(text: str, names: list[str]) -> None:
    assert organisations(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Japan to lend Hayate Semiconductor 320 billion yen", ["Japan", "Hayate Semiconductor"]),
        ("The US will take a 10% stake in it.", ["US"]),
        ("Japan approves the plan; US utility signs.", []),
    ],
)
def test_a_state_is_named_where_its_money_is_spent(text: str, names: list[str]) -> None:
    assert organisations(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Managing director R. Thamarai said that talks were on.",
        "I will not sell: five questions for Saana Rautio of a cloud company",
        "An interview with Torbjørn Sæle about heat",
    ],
)
def test_who_holds_an_office_or_is_interviewed_is_a_person(text: str) -> None:
    assert organisations(text) == []
