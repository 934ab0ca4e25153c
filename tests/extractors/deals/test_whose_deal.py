"""Whose deal a phrase tells: owners of sites, lists before a noun, sellers of shares, a headline's second deal."""

from __future__ import annotations

import pytest

from extractors.read import read_document
from extractors.records import Document
from tests.extractors.deals.reading import told


@pytest.mark.parametrize(
    ("rule", "title", "body", "deals"),
    [
        (
            "a list of names that ends in a common noun only describes it",
            "Velmora to use Nebius, Nscale and Lambda capacity as shortage persists",
            "",
            ["compute customer:Velmora supplier:Lambda supplier:Nebius supplier:Nscale"],
        ),
        (
            "who owns the site that gets power buys it, and AI is what the site is for",
            "Meta AI data center in Louisiana gets three more gas plants",
            "",
            ["power customer:Meta_Platforms"],
        ),
        (
            "a participle after the subject says who it is, not what it does now",
            "Crusoe, building a Stargate campus, raises $1.38B",
            "",
            ["equity investee:Crusoe"],
        ),
        (
            "a place before the deal's noun says where",
            "Orrick Cloud rents 8,000 B200s from Stonecrop in Finland deal",
            "",
            ["compute customer:Orrick_Cloud supplier:Stonecrop"],
        ),
        (
            "what a site does to others is no news of it",
            "Amazon's $11B Indiana data center has residents worried about water",
            "",
            [],
        ),
        (
            "partners before a name and a verb are people, not what they do",
            "Stargate partners Oracle, SoftBank weigh delaying expansion: sources",
            "",
            [],
        ),
        (
            "a headline's further deal is of the company that its first one is of",
            "Bitcoin miner Cipher lands Fluidstack as tenant, Google takes 5.4% stake",
            "",
            ["equity investee:Cipher_Mining investor:Google", "lease customer:Fluidstack supplier:Cipher_Mining"],
        ),
        (
            "those who partner to build something buy it from nobody",
            "OpenAI and Foxconn partner to design and build AI data center hardware in the U.S.",
            "",
            ["partnership partner:Foxconn partner:OpenAI"],
        ),
        (
            "plants that stand are sold, not their power",
            "Hut 8 sells 310 MW of gas plants to TransAlta in C$190 mln deal",
            "",
            ["acquisition acquirer:TransAlta seller:Hut_8"],
        ),
    ],
)
def test_a_headline_says_whose_deal_it_tells(rule: str, title: str, body: str, deals: list[str]) -> None:
    assert told(title, body) == deals, rule


@pytest.mark.parametrize(
    ("rule", "title", "body", "deals"),
    [
        (
            "a guarantee is of what somebody owes, not of a site that is only told of",
            "Thistlecore takes 90 MW at Harrier Data Parks",
            "Thistlecore has agreed to occupy 90 megawatts at a campus that Harrier Data Parks is building.\n\n"
            "The lease runs for 12 years. Its parent, Ormathwaite Group, has guaranteed the payments.",
            ["lease customer:Thistlecore guarantor:Ormathwaite_Group supplier:Harrier_Data_Parks"],
        ),
        (
            "as did X: X did so, too",
            "Brisk Compute raises $340 million",
            "Brisk Compute has raised $340 million in a round led by Quayside Growth. Existing investor Fennimore "
            "Ventures also took part, as did the chipmaker Cerulean Micro.",
            [
                "equity investee:Brisk_Compute investor:Cerulean_Micro investor:Fennimore_Ventures "
                "investor:Quayside_Growth"
            ],
        ),
        (
            "who made the chips does not sell them where somebody else does",
            "Chips for Brisk Compute",
            "Brisk Compute has ordered 16,000 of Nvidia's GB300 processors from Dell.",
            ["chips customer:Brisk_Compute supplier:Dell"],
        ),
        (
            "what money is borrowed for is no second deal of the borrower alone",
            "Hokuto Cloud borrows",
            "Hokuto Cloud borrowed 60 billion yen from Aoyama Trust Bank to pay for a data centre in Fukuoka.",
            ["debt borrower:Hokuto_Cloud lender:Aoyama_Trust_Bank"],
        ),
        (
            "the holder from whom an investor buys shares is no side of it",
            "Rimth Fund takes 20% of Orchard Compute",
            "Rimth Fund will pay $1.5 billion for a fifth of Orchard Compute.\n\n"
            "The fund buys the shares from Parapet Equity, which keeps 35%.",
            ["equity investee:Orchard_Compute investor:Rimth_Fund"],
        ),
        (
            "who is named before a colon does what follows it",
            "Nuclear notes",
            "Okapi Atomics has signed a power purchase agreement with Meta.\n\n"
            "Nobody is happier than Harrow AI: it raised $1.2 billion from the sale of convertible notes.",
            ["debt borrower:Harrow_AI", "power customer:Meta_Platforms supplier:Okapi_Atomics"],
        ),
        (
            "a trade says what a company is, not which part it played in the deal told last",
            "Equinix spreads its bets",
            "Equinix is lining up power. The data center landlord said it had signed a letter of intent to buy "
            "500 megawatts from plants that Norvane Atomics plans to put up.\n\n"
            "It also reached an agreement with Stellarc, a reactor startup, for up to 300 megawatts.",
            ["power customer:Equinix supplier:Norvane_Atomics", "power customer:Equinix supplier:Stellarc"],
        ),
        (
            "who is told to supply whom does so, whatever they are",
            "Notes",
            "Orchard Forge will supply Tollund, a server maker, with 24,000 M2 accelerators.",
            ["chips customer:Tollund supplier:Orchard_Forge"],
        ),
        (
            "a hall that is called one changes hands as it stands",
            "Notes",
            "Rimth Fund sold Bay Halls, a 33 MW campus in Halifax, to Orchard REIT for C$265 million.",
            ["acquisition acquirer:Orchard_REIT seller:Rimth_Fund"],
        ),
        (
            "a place that a sentence begins with takes no part in its deal",
            "Week in data centers",
            "In Spain, Orchard Cloud and the utility Marisma Energia dissolved their joint venture after 14 months.",
            ["joint_venture partner:Marisma_Energia partner:Orchard_Cloud"],
        ),
        (
            "what a round is compared with is no loan",
            "Harrow AI raises money",
            "Harrow AI has raised $640 million in a Series D round led by Rimth Fund. "
            "The round values it at $5.2 billion, compared with $1.8 billion in its previous financing.",
            ["equity investee:Harrow_AI investor:Rimth_Fund"],
        ),
        (
            "plants that are paid for change hands, and who is sold out is not sold",
            "Talen agrees to pay $3.5 bln for two gas plants",
            "Talen Energy is buying the Orchard Point plant in Pennsylvania and the Guernwood station in Ohio "
            "for a net $3.5 billion. Micron, a chipmaker, is sold out for the year.",
            ["acquisition acquirer:Talen_Energy target:two_gas_plants"],
        ),
        (
            "how an amount is bounded changes nothing of who deals with whom",
            "Amazon and OpenAI",
            "Amazon is discussing an investment of as much as $40 billion in OpenAI.",
            ["equity investee:OpenAI investor:Amazon"],
        ),
        (
            "a valuation is nobody's portion of a round",
            "Week in chips",
            "Cerebras raised $1.1 billion from Fidelity and Atreides at a valuation of $8.1 billion.",
            ["equity investee:Cerebras investor:Atreides investor:Fidelity"],
        ),
        (
            "who commits money to a laboratory buys nothing of it",
            "Microsoft and Anthropic",
            "Microsoft committed up to $5 billion to Anthropic last year.",
            ["equity investee:Anthropic investor:Microsoft"],
        ),
        (
            "who takes all of a campus takes what it has to let",
            "Anthropic to take all of TeraWulf's Abernathy campus, 168 MW for 25 years",
            "",
            ["lease customer:Anthropic supplier:TeraWulf"],
        ),
        (
            "a deal that is not touched stands",
            "Harrow AI and Norvane",
            "The agreement does not alter Harrow AI's arrangement with Oracle, under which it may use 20,000 GPUs.",
            ["compute customer:Harrow_AI supplier:Oracle"],
        ),
        (
            "a short name belongs to whom the document gives it",
            "Power supply",
            'Bramble Compute, Inc. entered into a Power Supply Agreement with Tallgrass Generation LLC ("Tallgrass"), '
            "under which Tallgrass will supply Bramble Compute with 130 MW.",
            ["power customer:Bramble_Compute supplier:Tallgrass_Generation"],
        ),
    ],
)
def test_a_text_says_whose_deal_it_tells(rule: str, title: str, body: str, deals: list[str]) -> None:
    assert told(title, body) == deals, rule


@pytest.mark.parametrize(
    ("rule", "title", "body", "deals"),
    [
        (
            "a company defined as the borrower borrows",
            "Credit agreement",
            'Harrow Digital Corp. (the "Borrower") entered into a Credit Agreement with Wells Fargo Bank, National '
            "Association, providing for a term loan facility of $525 million.",
            ["debt borrower:Harrow_Digital lender:Wells_Fargo_Bank"],
        ),
        (
            "who is backed by somebody has had the money before",
            "Firmus, backed by Nvidia, plans $2.9B AI factory in Tasmania",
            "",
            ["build developer:Firmus_Technologies"],
        ),
        (
            "a clause about a site tells no deal beside the one that serves it",
            "Ravenswood Energy to feed Stackhouse campus",
            "PJM has approved an arrangement under which Ravenswood Energy will send 480 MW to a data center that "
            "Stackhouse Digital is building next door.",
            ["power customer:Stackhouse_Digital supplier:Ravenswood_Energy"],
        ),
        (
            "an entire stake that is sold is still a stake",
            "SoftBank sells entire Nvidia stake for $5.8bn to fund OpenAI bet",
            "",
            ["equity investee:Nvidia seller:SoftBank"],
        ),
        (
            "a headline leaves out whose business is sold",
            "Crusoe to sell bitcoin business to NYDIG to focus on AI",
            "",
            ["acquisition acquirer:NYDIG seller:Crusoe target:bitcoin_business"],
        ),
        (
            "holders who vote a sale down are those of the company that was to be sold",
            "Core Scientific shareholders vote down $9B CoreWeave sale",
            "",
            ["acquisition acquirer:CoreWeave target:Core_Scientific"],
        ),
    ],
)
def test_what_a_company_is_called_or_has_been_says_its_part(rule: str, title: str, body: str, deals: list[str]) -> None:
    assert told(title, body) == deals, rule


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        (
            "what a supplier spends on its own plant",
            "Velmora will buy 300 MW from Tasman Power's plant for 20 years. Tasman Power plans to spend $1.6 billion "
            "on transformers.",
        ),
        (
            "what a supplier spends on turbines",
            "Velmora will buy 300 MW from Tasman Power for 20 years. Tasman Power plans to spend $1.6 billion on "
            "turbines.",
        ),
        (
            "what a relative clause says of somebody else",
            "Velmora will buy 300 MW from Tasman Power for 20 years. The outlay is modest next to the commitments of "
            "OpenAI, which has spoken of $1.4 trillion.",
        ),
        (
            "what the company is valued at",
            "Velmora will buy 300 MW from Tasman Power for 20 years. The startup is valued at $2.2 billion.",
        ),
        (
            "a market's size",
            "Velmora will buy 300 MW from Tasman Power for 20 years. The market for such contracts was worth "
            "$9 billion last year.",
        ),
    ],
)
def test_money_of_another_matter_is_no_price(rule: str, body: str) -> None:
    document = Document(document_id="d", title="A power agreement", body=body, published=None, publisher="")
    (deal,) = read_document(document).deal_mentions
    assert (deal.type, deal.value) == ("power", None), rule


def test_a_sum_of_debt_and_equity_is_the_value_of_neither() -> None:
    document = Document(
        document_id="d", title="Velmora AI raises $10 billion in debt and equity", body="", published=None, publisher=""
    )
    assert all(deal.value is None for deal in read_document(document).deal_mentions)
