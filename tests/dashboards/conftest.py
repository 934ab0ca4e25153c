"""Published files for the dashboard's tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.dashboards.build import build_published

BN = 10**9


def claim(
    on: date | None, publisher: str, title: str, sentence: str, slots: dict[str, str], **state: Any
) -> dict[str, Any]:
    """One article's claim; its address follows from its publisher."""
    host = publisher.lower().replace(" ", "")
    url = f"https://{host}.example/{on or 'undated'}"
    return {"on": on, "publisher": publisher, "title": title, "sentence": sentence, "slots": slots, "url": url} | state


DEALS: list[dict[str, Any]] = [
    {
        "deal_id": "d-nebius", "type": "compute", "status": "announced", "value_amount": 17.4 * BN, "value_currency_code": "USD",
        "value_bound": "exact", "value_basis": "total", "end_period": "2031", "locations": "Vineland, New Jersey",
        "party_list": [("customer", "Microsoft"), ("supplier", "Nebius")],
        "claims": [claim(date(2025, 9, 9), "The Rack Report", "Microsoft rents GPUs from Nebius in $17.4bn contract",
            "Nebius will provide Microsoft with dedicated GPU capacity in a contract worth $17.4 billion through 2031.",
            {"value": "$17.4 billion", "end": "2031"})],
    },
    {
        "deal_id": "d-cobalt", "type": "compute", "status": "announced", "value_amount": 2.4 * BN, "value_currency_code": "USD",
        "value_bound": "exact", "value_basis": "total", "power_mw": 60.0, "power_bound": "exact", "accelerator_count": 32000,
        "accelerator_bound": "exact", "accelerator_model": "B200", "term_months": 60, "locations": "Casper, Wyoming",
        "party_list": [("supplier", "Cobalt Ridge Compute"), ("customer", "Lumenfold AI")],
        "claims": [
            claim(date(2025, 8, 5), "Cobalt Ridge Compute", "Cobalt Ridge signs $2.4 billion agreement with Lumenfold AI",
                "Cobalt Ridge will provide Lumenfold AI with 32,000 Nvidia B200 GPUs under a five-year agreement worth $2.4 billion.",
                {"value": "$2.4 billion", "accelerators": "32,000 Nvidia B200 GPUs", "term_months": "five-year"}),
            claim(date(2026, 2, 10), "The Rack Report", "Lumenfold takes 110 MW instead of 60",
                "The contract now covers 110 MW and its total value rises to $3.9 billion from $2.4 billion.",
                {"value": "$3.9 billion", "power": "110 MW"}, status="amended", value_amount=3.9 * BN, power_mw=110.0),
        ],
    },
    {
        "deal_id": "d-talen", "type": "power", "status": "amended", "value_amount": 18 * BN, "value_currency_code": "USD",
        "value_bound": "about", "value_basis": "total", "power_mw": 1920.0, "power_bound": "up_to", "end_period": "2042",
        "locations": "Pennsylvania", "party_list": [("supplier", "Talen Energy"), ("customer", "Amazon")],
        "claims": [claim(date(2025, 6, 11), "Power Desk", "Talen & Amazon widen nuclear supply contract",
            "Talen Energy will supply Amazon with up to 1,920 megawatts from its Susquehanna plant through 2042.",
            {"power": "up to 1,920 megawatts", "end": "2042"})],
    },
    {
        "deal_id": "d-pinemoor", "type": "acquisition", "status": "cancelled", "value_amount": 3.1 * BN, "value_currency_code": "EUR",
        "value_bound": "exact", "value_basis": "total", "party_list": [("acquirer", "Halvorsen Grid"), ("target", "Pinemoor Data Centers")],
        "claims": [claim(date(2025, 11, 12), "PressLine", "Halvorsen Grid agrees to acquire Pinemoor for €3.1 billion",
            "Halvorsen Grid has agreed to acquire Pinemoor for €3.1 billion in cash.", {"value": "€3.1 billion"})],
    },
    {
        "deal_id": "d-kestrel", "type": "debt", "status": "rumored", "value_amount": 2 * BN, "value_currency_code": "USD",
        "value_bound": "about", "value_basis": "total", "party_list": [("borrower", "Kestrel AI Cloud"), ("lender", "Marchmont Credit")],
        "claims": [claim(date(2026, 4, 20), "Example Wire", "Kestrel AI Cloud in talks to borrow $2 billion",
            "Kestrel is in talks about a loan of about $2 billion.", {"value": "about $2 billion"})],
    },
    {
        "deal_id": "d-undated", "type": "partnership", "status": "announced",
        "party_list": [("partner", "Kestrel AI Cloud"), ("partner", "Harrow Polytechnic")],
        "claims": [claim(None, "PressLine", "Kestrel and Harrow sign memorandum",
            "Kestrel and Harrow have signed a memorandum of understanding.", {"trigger": "signed a memorandum"})],
    },
]  # fmt: skip

HOSTILE = (
    "</script><script>alert(1)</script> ![x](https://beacon.example/p.png) **bold** :material/home: $x$ \u202eoof\u202c"
)
HOSTILE_DEALS: list[dict[str, Any]] = [
    {
        "deal_id": "d-hostile", "type": "lease", "status": "announced", "locations": HOSTILE, "accelerator_model": HOSTILE,
        "party_list": [("customer", HOSTILE), ("supplier", "=HYPERLINK(\"https://beacon.example\")")],
        "claims": [{"on": date(2026, 1, 1), "publisher": HOSTILE, "title": HOSTILE, "sentence": HOSTILE,
            "slots": {"location": HOSTILE, "accelerators": HOSTILE}, "url": "javascript:alert(1)"}],
    },
]  # fmt: skip


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of six deals: USD, EUR, rumored, cancelled, amended, undated."""
    return build_published(tmp_path_factory.mktemp("published"), DEALS)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of one deal whose every text tries something."""
    return build_published(tmp_path_factory.mktemp("hostile"), HOSTILE_DEALS, release_id="badbadbadbadbad0")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Headless Chromium of the machine, driven by Playwright; skipped by name where there is none."""
    path = os.environ.get("GIGAWIRE_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(path).exists():
        pytest.skip(f"needs Chromium: none at {path}; set GIGAWIRE_CHROMIUM")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path,
            args=[
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        )  # fmt: skip
        yield browser
        browser.close()
