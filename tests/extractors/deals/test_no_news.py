"""What looks like a deal and is none, and whose deal it is not: each line is one way in which news misleads."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.read import read_document
from extractors.records import Document


def told(title: str, body: str = "") -> list[str]:
    """The claims of a document, each as "type status: role=Name, …"."""
    document = Document(document_id="d", title=title, body=body, published=date(2026, 3, 4), publisher="")
    claims = read_document(document).deal_mentions
    return sorted(
        f"{c.type} {c.status}: " + ", ".join(f"{p.role}={p.name}" for p in sorted(c.parties, key=lambda p: p.name))
        for c in claims
    )


NO_DEAL = {
    "what a site runs on": ("A look inside", "The site will use 40,000 Nvidia H200 GPUs."),
    "what somebody needs": ("Kestrel AI is short of chips", "Kestrel AI needs 20,000 Nvidia GPUs by the spring."),
    "a share of a market": ("AMD courts cloud buyers", "AMD competes with Nvidia, which commands 80% of the share."),
    "a round of layoffs": (
        "Meta trims staff",
        "Meta is to offset spending on data centers with a round of layoffs.",
    ),
    "money for a whole industry": (
        "Corvane hires a banker",
        "Corvane has hired Ana Ruiz of Tarn Bank. In ten years the bank lent £4 billion to the industry.",
    ),
    "what an operator of grids did, who is not named": (
        "Corvane wants a faster queue",
        "Corvane runs 65 MW in Boden. The grid operator replied that it had handed back 1,900 MW of reservations.",
    ),
    "a bet on sites that begins to look better": (
        "Corvane in the spotlight",
        "Corvane's bet on data centers is beginning to look less like a hobby.",
    ),
    "a part of a price that is received": (
        "Corvane sees a good year",
        "The contract is worth $6.1 billion to Corvane, which will receive $700 million of that up front.",
    ),
    "a licence to export": (
        "Nvidia faces new chip curbs",
        "Nvidia was told by the US government that it needs a licence to export its H20 chips to China.",
    ),
    "a deal that others want ended": (
        "Rivals take aim at cloud tie-up",
        "Oracle has urged regulators to end Microsoft's exclusive cloud deal with Mistral.",
    ),
    "what is shown how": (
        "Tuning a model on rented GPUs",
        "Velmora AI has worked with Lambda to show how its cluster can be used to tune models.",
    ),
    "machines that run with chips": ("Flaw lets thieves into machines running Nvidia GPUs", ""),
    "a deal with employees": (
        "Samsung bonuses lift mood at chip plants",
        "Samsung Electronics and its labour union agreed on loans of up to 500 million won for homes.",
    ),
    "former colleagues": (
        "Meta hires three researchers",
        "All three worked at OpenAI and previously worked together at Google on AI chips.",
    ),
    "a prize": ("Kestrel AI and Norvane Research Win Best Chip Design Award", ""),
    "something else that is approved": ("Regulators approve rates for Meta data center in Ohio", ""),
    "what a stake has come to be worth": ("Amazon's Anthropic stake now worth $60 billion, filing shows", ""),
    "a business that is given up": ("Micron exits consumer memory business to focus on AI chips", ""),
    "an office that opens": ("Mistral AI opens Tokyo office, hires chip engineers", ""),
    "who is paid for by a law": ("Senate passes bill funding the Department of Computing's data center rules", ""),
    "a flotation that is planned": ("Kunlunxin, Baidu's chip unit, plans dual listing in Hong Kong", ""),
    "rivals that are taken on": ("AMD unveils software to take on Nvidia's GPU ecosystem", ""),
    "a market that chips are made for": ("AMD targets data center with new accelerators", ""),
    "a site built by somebody, visited": (
        "Minister on tour",
        "The minister said so on a visit to a server plant built by Wistron in Texas.",
    ),
}


@pytest.mark.parametrize(("title", "body"), NO_DEAL.values(), ids=NO_DEAL)
def test_no_deal_is_read_into(title: str, body: str) -> None:
    assert told(title, body) == []


NO_PARTY = {
    "a utility where others build": (
        "Hut 8 selects Entergy, Louisiana for $10 billion data center",
        ["build announced: developer=Hut 8"],
    ),
    "what a site goes without": (
        "Microsoft launches Atlanta data center with no UPS or gen sets",
        ["build announced: developer=Microsoft"],
    ),
    "a project is no second deal beside what serves it": (
        "Bloom Energy Bringing Fuel Cell Power to CoreWeave Data Center Project",
        ["power announced: supplier=Bloom Energy, customer=CoreWeave"],
    ),
    "a paper before the headline": (
        "Hinterland Courier — “Council clears Google data center in Mesa after long debate”",
        ["build announced: developer=Google"],
    ),
    "the verb of a headline is no name": (
        "Velmora AI Raises Series B to build steerable systems",
        ["equity announced: investee=Velmora AI"],
    ),
    "a project that money is raised for is no second deal": (
        "Hexcrest AI secures $2 billion to accelerate buildout of its data centers",
        ["equity announced: investee=Hexcrest AI"],
    ),
    "whoever is led to something deals, not who leads": (
        "Chip project in doubt",
        ["partnership rumored: partner=SoftBank, partner=TSMC"],
        "Intel missed its targets, leading SoftBank to explore a partnership with TSMC.",
    ),
}


@pytest.mark.parametrize("case", NO_PARTY.values(), ids=NO_PARTY)
def test_who_is_only_named_is_no_party(case: tuple[str, list[str]] | tuple[str, list[str], str]) -> None:
    assert told(case[0], *case[2:]) == case[1]


def test_whom_a_sale_is_to_is_no_party_to_the_lease_told_before_it() -> None:
    title = "TeraWulf announces Anthropic lease at Kentucky campus and sale of turbines to Fluidstack"
    assert "lease announced: customer=Anthropic, supplier=TeraWulf" in told(title)


def test_a_milestone_beside_a_purchase_is_no_price() -> None:
    document = Document(
        document_id="d",
        title="Anthropic acquires Kestrel Photonics as Claude Code reaches $1B milestone",
        body="",
        published=date(2026, 3, 4),
        publisher="",
    )
    assert [c.value for c in read_document(document).deal_mentions] == [None]


def test_one_amount_in_two_currencies_is_one_deal() -> None:
    body = "The British government will invest £225 million, or $273 million, in the supercomputer, it said."
    assert len(told("UK government invests $273 million in AI supercomputer", body)) == 1


@pytest.mark.parametrize("word", ["Whoever", "Somebody", "Nobody"])
def test_a_pronoun_with_a_capital_is_no_company(word: str) -> None:
    body = f"{word} wants to draw 300 megawatts from the grid this year."
    document = Document(document_id="d", title="Queues", body=body, published=date(2026, 3, 4), publisher="")
    assert [one.surface for one in read_document(document).mentions if one.kind == "organisation"] == []
