"""Which words of a text are names, and of what."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.parties import company_kind, company_of, find_names, resolve_company
from extractors.records import MENTION_KINDS, Mention


def found(text: str) -> list[tuple[str, str]]:
    """Kind and surface of every name in the text."""
    return [(mention.kind, mention.surface) for mention in find_names(text)]


def names(text: str) -> dict[str, str]:
    """Surface -> name of the companies and organisations in the text."""
    return {m.surface: m.name for m in find_names(text) if m.kind in ("company", "organisation")}


# Registered names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CoreWeave said it would buy power.", [("company", "CoreWeave")]),
        ("NVIDIA leads; AMD follows.", [("company", "NVIDIA"), ("company", "AMD")]),
        ("Oracle Corp. signed with OpenAI.", [("company", "Oracle Corp."), ("company", "OpenAI")]),
        ("Shares of QCOM jumped.", [("company", "QCOM")]),
        ("xAI's Colossus cluster", [("company", "xAI"), ("facility", "Colossus")]),
        ("An Anthropic-SpaceX pact", [("company", "Anthropic"), ("company", "SpaceX")]),
        ("An Nvidia-backed startup", [("company", "Nvidia")]),
        ("Anthropic trains Claude on TPUs.", [("company", "Anthropic"), ("product", "Claude"), ("product", "TPUs")]),
    ],
)
def test_registered_names_are_found_on_word_boundaries_in_their_case(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text", ["metadata grows", "the armada sails", "an intelligent plan", "He will switch it off."]
)
def test_a_name_inside_a_word_is_no_name(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "is_company"),
    [
        ("Cipher signs a 10-year lease with Amazon", "Cipher", True),
        ("The lease with Cipher runs for ten years.", "Cipher", True),
        ("Lambda, the GPU cloud, raised money.", "Lambda", True),
        ("Galaxy Digital said it would expand. Galaxy hosts CoreWeave.", "Galaxy", True),
        ("Switch off the lights before you go.", "Switch", False),
        ("The new Galaxy Zorro phone is out.", "Galaxy", False),
        ("Together they built it.", "Together", False),
        ("Target dates slipped again.", "Target", False),
    ],
)
def test_a_company_called_by_a_plain_word_needs_evidence(text: str, surface: str, is_company: bool) -> None:
    assert (("company", surface) in found(text)) is is_company


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nvidia will invest in the maker of the Claude chatbot.", "Anthropic"),
        ("The ChatGPT maker signed.", "OpenAI"),
        ("TikTok parent plans a site.", "ByteDance"),
    ],
)
def test_a_company_named_by_its_product_is_that_company(text: str, name: str) -> None:
    assert name in names(text).values()


def test_products_lead_to_their_sellers_and_are_no_companies() -> None:
    [azure] = [mention for mention in find_names("It runs on Azure.") if mention.surface == "Azure"]
    assert azure.kind == "product"
    seller = company_of(azure)
    assert seller is not None
    assert seller.company_id == "microsoft"


@pytest.mark.parametrize("spelling", ["OpenAI", "openai", "Oracle Corp.", "Amazon.com, Inc.", "Facebook", "AWS"])
def test_every_spelling_resolves(spelling: str) -> None:
    assert resolve_company(spelling) is not None


def test_an_unknown_name_resolves_to_none() -> None:
    assert resolve_company("Zorkwell Compute") is None
    assert resolve_company("") is None


# Unknown organisations


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Zorkwell said on Monday that it would expand.", "Zorkwell"),
        ("The bank lent money to Zorkwell Compute, Inc. on Monday.", "Zorkwell Compute, Inc."),
        ("It signed with Brell & Tane for power.", "Brell & Tane"),
        ("A deal with Übergrund Rechenzentren GmbH was struck.", "Übergrund Rechenzentren GmbH"),
        ("Last week the lender Caisse Doline agreed.", "Caisse Doline"),
        ("Norwegian Fjellvarm supplies the heat.", "Fjellvarm"),
        ("The Hollin family owns the rest.", "Hollin family"),
        ("- Closed: Zorkwell completed its purchase.", "Zorkwell"),
        ("The US government takes a stake.", "US government"),
    ],
)
def test_an_unknown_organisation_is_found_whole(text: str, surface: str) -> None:
    assert ("organisation", surface) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "On Monday the CEO said AI needs more GPUs in the US.",
        "According to analysts, The Company will file a Form 8-K in March.",
        "Awarded: a contract for 40 MW.",
        "Every Data Center needs power, and Series E is done.",
        "REUTERS reported it; so did the Financial Times.",
    ],
)
def test_acronyms_calendar_and_labels_are_no_organisations(text: str) -> None:
    assert not names(text)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("“We are proud,” said Zorkwell chief executive Imelda Darrowby.", "Imelda Darrowby"),
        ("Elon Musk founded it.", "Elon Musk"),
        ("Musk said so.", "Musk"),
        ("A post by Sarah Quillfeather said so.", "Sarah Quillfeather"),
    ],
)
def test_a_person_is_no_organisation(text: str, person: str) -> None:
    assert ("person", person) in found(text)
    assert person not in names(text)


def test_a_short_form_and_an_acronym_stand_for_the_fullest_form() -> None:
    text = "Zorkwell Cloud (ZWC) signed. Zorkwell will pay, and ZWC said so. Thanks to Zorkwell, prices fell."
    assert set(names(text).values()) == {"Zorkwell Cloud"}


def test_two_firms_of_one_family_name_stay_two() -> None:
    text = "Wadi Zorm Cloud buys power from Wadi Zorm Renewables."
    assert set(names(text).values()) == {"Wadi Zorm Cloud", "Wadi Zorm Renewables"}


def test_a_defined_term_of_a_filing_stands_for_its_company() -> None:
    text = 'Zorkwell Pecos LLC ("Landlord") leases it to Brandle Compute, Inc. ("Tenant"). The rent is paid by Tenant.'
    assert names(text)["Tenant"] == "Brandle Compute"


def test_title_case_makes_no_names_of_plain_words() -> None:
    text = "Zorkwell Cloud Secures Record Financing For New Campus\n\nLenders agreed to fund Zorkwell Cloud."
    assert set(names(text)) == {"Zorkwell Cloud"}


def test_places_are_places() -> None:
    text = "It will build at Abilene, Texas, near Visakhapatnam and in Loudoun County, Virginia."
    assert found(text) == [
        ("place", "Abilene"),
        ("place", "Texas"),
        ("place", "Visakhapatnam"),
        ("place", "Loudoun County"),
        ("place", "Virginia"),
    ]


def test_the_publisher_in_a_headline_is_no_organisation() -> None:
    assert names("Zorkwell signs lease for 40 MW - The Zonkville Gazette") == {"Zorkwell": "Zorkwell"}


# Kinds


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("Zorkwell Cloud said so.", "Zorkwell Cloud", "neocloud"),
        ("Zorkwell Energy said so.", "Zorkwell Energy", "power_producer"),
        ("Zorkwell Hemm, a Dublin-based utility, said so.", "Zorkwell Hemm", "utility"),
        ("Zorkwell, an AI developer, said so.", "Zorkwell", "lab"),
        ("The chipmaker Zorkwell said so.", "Zorkwell", "chipmaker"),
        ("CoreWeave said so.", "CoreWeave", "neocloud"),
        ("Zorkwell said so.", "Zorkwell", ""),
    ],
)
def test_the_kind_of_a_company_is_read_from_registry_apposition_or_name(text: str, surface: str, kind: str) -> None:
    [mention] = [mention for mention in find_names(text) if mention.surface == surface]
    assert company_kind(mention, text) == kind


# Laws


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from(
            [
                "Meta",
                "Cipher",
                " ",
                "\n\n",
                ". ",
                ", Inc.",
                " (ZW)",
                '("Tenant")',
                " of ",
                " & ",
                "Zorkwell",
                "-",
                "AI",
                "İ",
                "’s",
                "Texas",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_any_text_gives_ordered_spans_of_itself(text: str) -> None:
    end = 0
    for mention in find_names(text):
        assert isinstance(mention, Mention)
        assert mention.kind in MENTION_KINDS
        assert mention.start_char >= end
        assert mention.surface == text[mention.start_char : mention.end_char] != ""
        assert mention.name
        end = mention.end_char


@pytest.mark.parametrize(
    "unit",
    [
        "Meta Cipher ",
        "Bank of ",
        "Zork Hexm, ",
        'Foobar Inc ("',
        "Nvidia (",
        "A.",
        "\n",
        "Meta\n",
        "in Paris, ",
        "aB",
        "(",
        " - Foo Bar",
    ],
)
def test_the_cost_is_linear_in_the_length_of_the_text(unit: str) -> None:
    find_names("warm up")
    started = time.process_time()
    find_names(unit * (200_000 // len(unit)))
    assert time.process_time() - started < 8.0  # about a second on a quiet machine


def test_who_is_named_after_an_office_and_a_comma_is_a_person() -> None:
    text = 'Rookhaven denied it. "There is nothing to talk about," its chairman, Averill Pell, said.'
    assert [(m.kind, m.surface) for m in find_names(text)][-1] == ("person", "Averill Pell")


def test_a_station_or_a_wind_farm_is_a_site_wherever_it_is_named() -> None:
    text = "Kestrel adds 60 MW to Port Ainsley contract\n\nIt buys from the Port Ainsley station of Marlow Atomic."
    assert {m.kind for m in find_names(text) if m.surface == "Port Ainsley"} == {"facility"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Okapi Halls N.V. let space.", {"Okapi Halls N.V.": "Okapi Halls"}),
        ("Brennick Digital L.P. (the trust) borrowed.", {"Brennick Digital L.P.": "Brennick Digital"}),
        ("Last October Verdane set up a venture.", {"Verdane": "Verdane"}),
    ],
)
def test_a_dotted_legal_form_ends_a_name_and_no_month_begins_one(text: str, expected: dict[str, str]) -> None:
    assert names(text) == expected


def test_a_plain_noun_with_a_capital_after_a_town_names_somebody() -> None:
    assert names("We ordered from Meridian Forge, a company of Leeds.") == {"Meridian Forge": "Meridian Forge"}
    assert names("It stands in Dallas Thursday, and in New Albany A.I. hall.") == {}


def test_a_paper_named_over_an_and_is_no_organisation() -> None:
    assert names("Halden Cloud ended the Equipment Supply and Power Agreement of July 2024.") == {
        "Halden Cloud": "Halden Cloud"
    }
