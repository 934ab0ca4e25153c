"""A small news wire as files, for runs over a folder."""

from __future__ import annotations

from pathlib import Path

DEALS = [
    "Cobalt Ridge Compute signs $3.1 billion cloud contract with Lumenfold AI",
    "Microsoft to rent 200 MW of data center capacity from Nebius for five years",
    "Meta agrees to buy 150 MW of power from Constellation Energy",
    "OpenAI orders 50,000 GB300 chips from Nvidia",
]


def rss(titles: list[str], *, feed: str = "wire", day: int = 1) -> str:
    """An RSS feed with an entry for each title."""
    items = "".join(
        f"<item><title>{title}</title><link>https://{feed}.example/{number}</link>"
        f"<guid>{feed}-{number}</guid><pubDate>Mon, {day:02d} Jun 2026 0{number % 9}:00:00 GMT</pubDate>"
        f"<description>{title}, the companies said on Monday.</description></item>"
        for number, title in enumerate(titles, 1)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'


def write_wire(folder: Path) -> Path:
    """Two feeds; one of them said something new, and corrected itself, at its later polls."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "wire.1.xml").write_text(rss(DEALS[:2]))
    (folder / "wire.2.xml").write_text(rss(DEALS[:3]))
    (folder / "wire.3.xml").write_text(rss([DEALS[0].replace("$3.1", "$3.3"), *DEALS[1:]]))
    (folder / "press.xml").write_text(rss(DEALS[1:3], feed="press", day=2))
    return folder
