"""Deals told aside: by bare nouns after a headline's semicolon, in clauses about a hall, until a contract runs out."""

from __future__ import annotations

import pytest

from extractors.read import read_document
from extractors.records import Document
from tests.extractors.deals.reading import told


@pytest.mark.parametrize(
    ("rule", "text", "deals"),
    [
        (
            "a noun without article after a semicolon means a company of the headline",
            "Vistra signs 20-year deal with Meta; utility to buy turbines from GE Vernova",
            ["power customer:Meta_Platforms supplier:Vistra", "power customer:Vistra supplier:GE_Vernova"],
        ),
        (
            "so does one that takes",
            "CoreWeave to rent 100 MW from Galaxy Digital; miner gets $300 million loan from Blackstone",
            [
                "debt borrower:Galaxy_Digital lender:Blackstone",
                "lease customer:CoreWeave supplier:Galaxy_Digital",
            ],
        ),
        (
            "two of them are two companies",
            "Oklo to feed Equinix campus with 90 MW; data center operator puts $40 million into reactor startup",
            ["equity investee:Oklo investor:Equinix", "power customer:Equinix supplier:Oklo"],
        ),
        (
            "a hall that somebody is to lease",
            "Norvane AI will place the servers in a hall that it is to lease from Brackwater Data outside Hamburg.",
            ["lease customer:Norvane_AI supplier:Brackwater_Data"],
        ),
        (
            "one that somebody plans to lease",
            "Norvane AI will put its chips in a hall that it plans to lease from Brackwater Data.",
            ["lease customer:Norvane_AI supplier:Brackwater_Data"],
        ),
        (
            "one that somebody hopes to rent",
            "Norvane AI showed pictures of the halls that it hopes to rent from Brackwater Data.",
            ["lease customer:Norvane_AI supplier:Brackwater_Data"],
        ),
        (
            "halls are sold",
            "The sale of the Leeds halls to Brackwater by Norvane Data has closed.",
            ["acquisition acquirer:Brackwater target:Leeds_halls"],
        ),
        (
            "ground is land",
            "Norvane Data paid the Hartigan family $12 million for the ground in March.",
            ["acquisition acquirer:Norvane_Data seller:Hartigan_family"],
        ),
    ],
)
def test_a_deal_told_aside_is_read(rule: str, text: str, deals: list[str]) -> None:
    in_title = not text.endswith(".")
    assert told(text if in_title else "Data centre news", "" if in_title else text) == deals, rule


@pytest.mark.parametrize(
    "text",
    [
        "Norvane has bought its capacity from Brackwater Cloud under a contract that lapses next year.",
        "Norvane rents 5,000 GPUs from Brackwater Cloud on a contract which is due to expire in March 2027.",
        "Norvane gets its GPUs from Brackwater Cloud through an agreement that runs out in June 2027.",
    ],
)
def test_a_contract_that_runs_its_course_is_not_called_off(text: str) -> None:
    document = Document(document_id="d", title="Norvane's chips", body=text, published=None, publisher="")
    assert [d.status for d in read_document(document).deal_mentions] == ["announced"]


@pytest.mark.parametrize(
    "text",
    [
        "Norvane said it would spend $1.5 billion on the site, which opens in 2028.",
        "Norvane will put $900 million into the campus in 2027.",
        "The company would invest €2.4 billion in the complex for 2029.",
    ],
)
def test_what_one_site_costs_is_no_guidance(text: str) -> None:
    title = "Norvane wins permission for data center near Aiken"
    document = Document(document_id="d", title=title, body=text, published=None, publisher="")
    assert read_document(document).capex == ()


@pytest.mark.parametrize(
    ("lines", "deals"),
    [
        (
            (
                "Norvane AB (Sweden): ordered 6,500 AI servers from Dell for $140 million.",
                "Brackwater Power (Ireland): no longer supplier to Stonecrop's halls in Leeds.",
                "Velmora Halls (Iceland): talking to Okapi AI about a lease of 30 MW.",
            ),
            [
                "chips customer:Norvane supplier:Dell",
                "lease customer:Okapi_AI supplier:Velmora_Halls",
                "power customer:Stonecrop supplier:Brackwater_Power",
            ],
        ),
        (
            (
                "Norvane Cloud — rented 4,000 B200 GPUs to Okapi AI.",
                "Stonecrop Data — leased 20 MW in Leeds to Velmora AI.",
            ),
            ["compute customer:Okapi_AI supplier:Norvane_Cloud", "lease customer:Velmora_AI supplier:Stonecrop_Data"],
        ),
        (
            (
                "Norvane Cloud, Malmö: in talks with Okapi AI over 8,000 GPUs.",
                "Stonecrop Data, Leeds: will buy Velmora Hosting for $90 million.",
            ),
            [
                "acquisition acquirer:Stonecrop_Data target:Velmora_Hosting",
                "compute customer:Okapi_AI supplier:Norvane_Cloud",
            ],
        ),
    ],
)
def test_a_line_headed_by_a_company_is_about_it(lines: tuple[str, ...], deals: list[str]) -> None:
    assert told("The register of data centre transactions", "\n\n".join(lines)) == deals
