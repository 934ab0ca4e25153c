"""How wires and releases put things: bare headlines, shares paid for, halls let, sites with names. All are our own."""

from __future__ import annotations

import pytest

from tests.extractors.deals.reading import told

TOLD = {
    "a headline's contract without its article": (
        "Nimblerack to rent 9,000 B300s to Pelagos Labs under $700 million, four-year contract",
        "",
        ["compute customer:Pelagos_Labs supplier:Nimblerack"],
    ),
    "the same of electricity": (
        "Velmora Energy to deliver 80 MW to Orvane Data Centers under 12-year agreement",
        "",
        ["power customer:Orvane_Data_Centers supplier:Velmora_Energy"],
    ),
    "a customer that is landed is no site": ("Norvane lands first data centre customer", "", []),
    "a client that is won is no site": ("Norvane attracts a hyperscale data center tenant", "", []),
    "new shares sold to somebody": (
        "Orvane Cloud calls off $300 million share sale to Elbtor",
        "",
        ["equity investee:Orvane_Cloud investor:Elbtor"],
    ),
    "a placement to somebody": (
        "Orvane Cloud completes $300 million private placement to Elbtor",
        "",
        ["equity investee:Orvane_Cloud investor:Elbtor"],
    ),
    "a percentage paid for": (
        "Data centre news",
        "Halden Capital is paying $90 million for 20% of Orvane, the Danish data centre operator, valuing it at $450m.",
        ["equity investee:Orvane investor:Halden_Capital"],
    ),
    "money spent on a percentage": (
        "Data centre news",
        "Elbtor spent $1 billion on 12% of Orvane Data Centers.",
        ["equity investee:Orvane_Data_Centers investor:Elbtor"],
    ),
    "a percentage of whom the text speaks of": (
        "Data centre news",
        "Orvane Data Centers has a new owner. Elbtor paid $560 million for 40% in May.",
        ["equity investee:Orvane_Data_Centers investor:Elbtor"],
    ),
    "more money put in": (
        "Orvane raises money",
        "Elbtor and Halden Capital are to inject $3 billion more into Orvane Data Centers.",
        ["equity investee:Orvane_Data_Centers investor:Elbtor investor:Halden_Capital"],
    ),
    "halls let to somebody without a name": (
        "Halls at Falkirk are full",
        "Orvane has let the last of its halls at Falkirk to a company that few have heard of. "
        "Nimblerack will move into 12 MW of the halls in May.",
        ["lease customer:Nimblerack supplier:Orvane"],
    ),
    "the whole of a campus told of before": (
        "Banks lend for data centre",
        "JPMorgan lent Orvane Data Centers $900 million for its Blue Mesa campus in Texas. "
        "Oracle has taken the whole of the campus for 15 years.",
        [
            "debt borrower:Orvane_Data_Centers lender:JPMorgan_Chase",
            "lease customer:Oracle supplier:Orvane_Data_Centers",
        ],
    ),
    "rented back after a sale": (
        "Data centre sale",
        "Elbtor agreed to pay Orvane $780 million for six data centres. "
        "The seller will stay on as a tenant, renting 22 MW back for a decade.",
        ["acquisition acquirer:Elbtor seller:Orvane target:six_data_centres", "lease customer:Orvane supplier:Elbtor"],
    ),
    "a site with a company's name": (
        "Banks back Orvane",
        "JPMorgan agreed to lend $9 billion to Orvane Data Centers for its Frontier campus in Texas.",
        ["debt borrower:Orvane_Data_Centers lender:JPMorgan_Chase"],
    ),
    "a landlord that only sounds like a bank": (
        "Tolvane cuts outlook",
        "Tolvane Compute is moving to Ohio, where it has leased 96 MW of space from Quill Infrastructure Trust.",
        ["lease customer:Tolvane_Compute supplier:Quill_Infrastructure_Trust"],
    ),
    "the rest of the halls, of which a manager speaks": (
        "Halls at Falkirk are full",
        "Orvane has let 12 MW of its halls at Falkirk to Nimblerack. The remaining 24 MW went to Pelagos Labs on a "
        "15-year lease, which Orvane's site manager, Isla Drummond, called a coup.",
        ["lease customer:Nimblerack supplier:Orvane", "lease customer:Pelagos_Labs supplier:Orvane"],
    ),
    "an equipment line": (
        "Data center news",
        "Orvane Data Centers also put in place a $150 million equipment line from Merriweather Leasing.",
        ["debt borrower:Orvane_Data_Centers lender:Merriweather_Leasing"],
    ),
    "a working-capital line": (
        "Data center news",
        "The bank Harrow Commercial will give Orvane Data Centers a working-capital line of $50 million.",
        ["debt borrower:Orvane_Data_Centers lender:Harrow_Commercial"],
    ),
    "a company's fund that joins a round": (
        "Data center news",
        "Orvane Cloud raised $640 million. Northlight Ventures led the round, joined by Kestrel Row and the corporate "
        "venture fund of Ebisu Trading.",
        ["equity investee:Orvane_Cloud investor:Ebisu_Trading investor:Kestrel_Row investor:Northlight_Ventures"],
    ),
    "the site of a venture": (
        "Weekend wrap",
        "Velmora Energy and Nimblerack have pulled out of a bid to build a 90MW data centre at Sines, Portugal. "
        "The joint venture they formed for it will be wound up.",
        ["joint_venture partner:Nimblerack partner:Velmora_Energy"],
    ),
    "generation built for a data center": (
        "Velmora grows",
        "Velmora Energy will build more generation for Meta's data center near New Albany, Ohio.",
        ["power customer:Meta_Platforms supplier:Velmora_Energy"],
    ),
    "onsite generation installed": (
        "Velmora grows",
        "Velmora Energy is to install onsite generation of 120 MW for Oracle's campus in Texas.",
        ["power customer:Oracle supplier:Velmora_Energy"],
    ),
    "what has yet to be done": (
        "Orvane thinks",
        "Orvane Data Centers has yet to order the 40,000 GPUs from Nvidia that it needs.",
        [],
    ),
}


@pytest.mark.parametrize(("title", "body", "deals"), TOLD.values(), ids=TOLD)
def test_wires_tell_deals(title: str, body: str, deals: list[str]) -> None:
    assert told(title, body) == sorted(deals)
