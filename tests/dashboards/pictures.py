"""``make pictures``: every page of the dashboard over the demo's release, as docs/pictures/NAME.png."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from dashboards.release import open_published
from dashboards.rows import rows
from tests.dashboards.browser import served

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
WIDTH, SETTLED = 1280, 3000  # pixels; milliseconds that charts get to be drawn
PAGES = {
    "signed": "",
    "capacity": "capacity",
    "relations": "relations",
    "prices": "prices",
    "changes": "changes",
    "company": "company?company=OpenAI",
    "deal": "deal?deal={deal}",
    "story": "story?story={story}",
    "sql": "sql?q=SELECT%20type,%20count(*)%20AS%20deals%20FROM%20mart.deals%20GROUP%20BY%20ALL%20ORDER%20BY%20ALL",
    "health": "health",
}
LARGEST = """
SELECT deal_id AS deal, story_id AS story FROM mart.deal_evidence JOIN mart.articles USING (article_id)
JOIN mart.deals USING (deal_id) WHERE is_in_totals ORDER BY amount_usd DESC NULLS LAST, deal_id, article_id LIMIT 1
"""


def addresses(published: Path) -> Iterator[tuple[str, str]]:
    """Name and path of each page, the largest deal and its story in place."""
    with closing(open_published(published)) as con:
        largest = rows(con, LARGEST)[0]
    for name, path in PAGES.items():
        yield name, path.format(**largest) if "{" in path else path


def take(page: Any, address: str, out: Path) -> None:
    """One picture, as high as the page is."""
    page.set_viewport_size({"width": WIDTH, "height": 900})
    page.goto(address)
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_timeout(SETTLED)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": WIDTH, "height": min(height, 2400)})
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=out)


def main() -> None:
    """Takes them all."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        demo = [sys.executable, "-m", "flows.cli", "demo", "--no-server", "--data-dir", data]
        subprocess.run(demo, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        published = Path(data) / "published.duckdb"
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page()
        for address in served(published):
            for name, path in addresses(published):
                take(page, f"{address}/{path}", FOLDER / f"{name}.png")
                print(FOLDER / f"{name}.png", file=sys.stderr)
        chromium.close()


if __name__ == "__main__":
    main()
