"""Deals for the dashboard's tests: in dollars, in euros, rumored, cancelled, amended, undated, and a hostile one."""

from __future__ import annotations

from datetime import date
from typing import Any

BN = 10**9


def claim(
    on: date | None, publisher: str, title: str, sentence: str, slots: dict[str, str], **state: Any
) -> dict[str, Any]:
    """One article's claim, with the columns that it changed; its address follows from its publisher and date."""
    host = publisher.lower().replace(" ", "")
    told = {"on": on, "publisher": publisher, "title": title, "sentence": sentence, "slots": slots}
    return told | {"url": f"https://{host}.example/{on or 'undated'}"} | state


def dollars(amount: float, bound: str = "exact", currency_code: str = "USD") -> dict[str, Any]:
    """The columns of a whole value."""
    return {
        "value_amount": amount,
        "value_currency_code": currency_code,
        "value_bound": bound,
        "value_basis": "total",
    }


DEALS: list[dict[str, Any]] = [
    {
        "deal_id": "d-nebius",
        "type": "compute",
        "status": "announced",
        "end_period": "2031",
        "locations": "Vineland, New Jersey",
        "party_list": [("customer", "Microsoft"), ("supplier", "Nebius")],
        "claims": [
            claim(
                date(2025, 9, 9),
                "The Rack Report",
                "Microsoft rents GPUs from Nebius in $17.4bn contract",
                "Nebius serves Microsoft from Vineland, New Jersey, in a contract worth $17.4 billion through 2031.",
                {"value": "$17.4 billion", "end": "2031", "location:0": "Vineland, New Jersey"},
            )
        ],
    }
    | dollars(17.4 * BN),
    {
        "deal_id": "d-cobalt",
        "type": "compute",
        "status": "announced",
        "power_mw": 60.0,
        "power_bound": "exact",
        "accelerator_count": 32000,
        "accelerator_bound": "exact",
        "accelerator_model": "B200",
        "term_months": 60,
        "party_list": [("supplier", "Cobalt Ridge Compute"), ("customer", "Lumenfold AI")],
        "claims": [
            claim(
                date(2025, 8, 5),
                "Cobalt Ridge Compute",
                "Cobalt Ridge signs $2.4 billion agreement with Lumenfold AI",
                "Lumenfold AI gets 32,000 Nvidia B200 GPUs under a five-year agreement worth $2.4 billion.",
                {"value": "$2.4 billion", "accelerators": "32,000 Nvidia B200 GPUs", "term_months": "five-year"},
            ),
            claim(
                date(2026, 2, 10),
                "The Rack Report",
                "Lumenfold takes 110 MW instead of 60",
                "The contract now covers 110 MW and its total value rises to $3.9 billion from $2.4 billion.",
                {"value": "$3.9 billion", "power": "110 MW"},
                status="amended",
                value_amount=3.9 * BN,
                power_mw=110.0,
            ),
        ],
    }
    | dollars(2.4 * BN),
    {
        "deal_id": "d-talen",
        "type": "power",
        "status": "amended",
        "power_mw": 1920.0,
        "power_bound": "up_to",
        "party_list": [("supplier", "Talen Energy"), ("customer", "Amazon")],
        "claims": [
            claim(
                date(2025, 6, 11),
                "Power Desk",
                "Talen & Amazon widen nuclear supply contract",
                "Talen will supply Amazon with up to 1,920 megawatts, worth about $18 billion.",
                {"power": "up to 1,920 megawatts", "value": "about $18 billion"},
            )
        ],
    }
    | dollars(18 * BN, "about"),
    {
        "deal_id": "d-pinemoor",
        "type": "acquisition",
        "status": "cancelled",
        "party_list": [("acquirer", "Halvorsen Grid"), ("target", "Pinemoor Data Centers")],
        "claims": [
            claim(
                date(2025, 11, 12),
                "PressLine",
                "Halvorsen Grid drops Pinemoor",
                "Halvorsen Grid has walked away from its €3.1 billion acquisition of Pinemoor.",
                {"value": "€3.1 billion"},
            )
        ],
    }
    | dollars(3.1 * BN, currency_code="EUR"),
    {
        "deal_id": "d-kestrel",
        "type": "debt",
        "status": "rumored",
        "party_list": [("borrower", "Kestrel_AI 100%"), ("lender", "Marchmont Credit")],
        "claims": [
            claim(
                date(2026, 4, 20),
                "Example Wire",
                "Kestrel in talks to borrow $2 billion",
                "Kestrel is in talks about a loan of about $2 billion.",
                {"value": "about $2 billion"},
            )
        ],
    }
    | dollars(2 * BN, "about"),
    {
        "deal_id": "d-undated",
        "type": "partnership",
        "status": "announced",
        "party_list": [("partner", "Kestrel"), ("partner", "Harrow Polytechnic")],
        "claims": [
            claim(
                None,
                "PressLine",
                "Kestrel and Harrow sign memorandum",
                "Kestrel and Harrow have signed a memorandum of understanding.",
                {},
            )
        ],
    },
]

HOSTILE = (
    "</style></script><script>alert(1)</script> ![x](https://beacon.example/p.png) **bold** :material/home: $x$ "
    "www.beacon.example \u202eoof\u202c \x1b[31m"
)
HOSTILE_DEALS: list[dict[str, Any]] = [
    {
        "deal_id": "d-hostile",
        "type": "lease",
        "status": "announced",
        "locations": HOSTILE,
        "accelerator_model": HOSTILE,
        "party_list": [("customer", HOSTILE), ("supplier", '=HYPERLINK("https://beacon.example")')],
        "claims": [
            claim(date(2026, 1, 1), HOSTILE, HOSTILE, HOSTILE, {"location:0": HOSTILE, "accelerators": HOSTILE})
            | {"url": "javascript:alert(1)"}
        ],
    }
    | dollars(1 * BN),
]
