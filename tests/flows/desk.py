"""A data folder with a few pages handed over and read: what the tests of review and reprocessing begin with."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from extractors import registry
from flows.settings import Settings
from flows.steps.inbox import add_documents
from flows.steps.read import read
from flows.steps.registry import registry_hash, registry_tables, with_own_publishers
from warehouse.connection import open_writer
from warehouse.pending import select
from warehouse.registry import load_registry

VOUCHED = "publisher_id,name,kind,domains,tier\ndesk-wire,Desk Wire,wire,desk.example,1\n"
PAGES = {
    "oracle": (
        "2026-03-02T09:00:00Z",
        "Corvane Cloud signs $3 billion deal with Oracle",
        "Corvane Cloud will supply Oracle with $3 billion of GPU compute over five years, the two companies said. "
        "Corvane Cloud runs data centers for artificial intelligence.",
    ),
    "nebius": (
        "2026-03-05T09:00:00Z",
        "Nebius to lease 120 MW data center from Digital Realty",
        "Nebius has signed a lease with Digital Realty for 120 MW of data center capacity in Dallas, Texas, it said. "
        "The data center will hold AI servers.",
    ),
    "amazon": (
        "2026-03-09T09:00:00Z",
        "Amazon buys 300 MW of nuclear power from Talen Energy",
        "Amazon agreed to buy 300 MW of power from Talen Energy for its AI data centers, the companies said.",
    ),
}


def write_page(folder: Path, name: str, published: str, title: str, body: str) -> Path:
    """A page as a site would serve it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.html"
    path.write_text(
        f"<html><head><title>{title}</title><meta property='og:title' content='{title}'>"
        f"<meta property='article:published_time' content='{published}'>"
        f"<meta property='og:site_name' content='Desk Wire'>"
        f"<link rel='canonical' href='https://desk.example/{name}'></head>"
        f"<body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
    )
    return path


def hand_over(settings: Settings, folder: Path, *names: str) -> None:
    """Puts the pages of these names into the inbox."""
    paths = [write_page(folder, name, *PAGES[name]) for name in names or PAGES]
    added = asyncio.run(add_documents(settings, list(map(str, paths))))
    assert [one.error for one in added] == [""] * len(paths)


def fill(settings: Settings, folder: Path, *names: str) -> None:
    """Hands the pages over and reads them; their publisher is one that the desk vouches for."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    settings.user_publishers.write_text(VOUCHED)
    with open_writer(settings.warehouse) as con:
        known = with_own_publishers(registry.load(), settings.user_publishers)
        load_registry(con, registry_tables(known), registry_hash=registry_hash(known))
    hand_over(settings, folder, *names)
    read(settings)


def shown(settings: Settings, query: str = "FROM mart.deals ORDER BY deal_id") -> list[dict[str, object]]:
    """Rows of the marts as they stand in the warehouse."""
    with open_writer(settings.warehouse) as con:
        return select(con, query)


def as_of(text: str) -> datetime:
    """A moment."""
    return datetime.fromisoformat(text)
