"""The dashboard run in this process by Streamlit's own test driver."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboards.screens.deal import terms_of
from tests.dashboards.deals import HOSTILE

APP = Path(__file__).resolve().parents[2] / "dashboards" / "app.py"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the app over a published file, with these parameters in its address."""
    testing = pytest.importorskip("streamlit.testing.v1", reason="needs the dashboard extra")

    def started(published: Path, **address: str) -> Any:
        monkeypatch.setenv("GIGAWIRE_PUBLISHED", str(published))
        app = testing.AppTest.from_file(str(APP), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        return app.run()

    return started


def figures_of(app: Any) -> dict[str, str]:
    return {metric.label: metric.value.replace("\\", "") for metric in app.metric}


def texts(app: Any) -> list[str]:
    return [text.value for text in app.text]


def open_deal(app: Any, deal_id: str) -> Any:
    return app.selectbox[-1].set_value(deal_id).run()


def test_the_first_page_shows_totals_trend_table_and_stamp(run: Any, published: Path) -> None:
    app = run(published)
    assert not app.exception
    assert figures_of(app) == {
        "Deals": "4",
        "Stated value": "$39.3bn",
        "Power": "2.03 GW",
        "Accelerators": "32,000",
        "Rumored · cancelled": "1 · 1",
    }
    table = app.dataframe[0].value
    assert list(table["Parties"])[:2] == [
        "Kestrel_AI 100% (borrower); Marchmont Credit (lender)",
        "Halvorsen Grid (acquirer); Pinemoor Data Centers (target)",
    ]
    assert list(table["Value"]) == ["about $2bn", "€3.1bn", "$17.4bn", "$3.9bn", "about $18bn", ""]
    assert any("Release 1f3a5c7e9b2d · data to 2026-04-20" in caption.value for caption in app.text)


def test_a_filter_narrows_totals_and_table(run: Any, published: Path) -> None:
    app = run(published)
    app.multiselect(key="type").set_value(["compute"]).run()
    assert figures_of(app)["Deals"] == "2"
    app.text_input(key="party").set_value("nebius").run()
    assert list(app.dataframe[0].value["Parties"]) == ["Microsoft (customer); Nebius (supplier)"]
    app.text_input(key="party").set_value("nobody").run()
    assert [info.value for info in app.info] == ["No deal fits these filters."]


def test_filters_are_read_from_the_address(run: Any, published: Path) -> None:
    app = run(published, type="Power", status="Amended")
    assert not app.exception
    assert len(app.dataframe[0].value) == 1
    app = run(published, type="no-such-type", since="not-a-date", size="-1", measure="x")
    assert not app.exception
    assert figures_of(app)["Deals"] == "4"


def test_a_deal_shows_each_term_with_its_sentence_and_its_history(run: Any, published: Path) -> None:
    app = open_deal(run(published), "d-cobalt")
    assert not app.exception
    assert app.title[0].value == "Compute: \\$3.9bn, 110 MW"
    assert "“The contract now covers 110 MW and its total value rises to $3.9 billion from $2.4 billion.”" in texts(app)
    assert "The Rack Report · 10 Feb 2026" in texts(app)
    shown = [heading.value.replace("\\", "") for heading in app.subheader]
    assert {"$3.9bn", "110 MW", "32,000 B200", "5 years"} <= set(shown)
    history = next(frame.value for frame in app.dataframe if "As of" in frame.value)
    assert list(history["Value"]) == ["$3.9bn", "$2.4bn"]
    assert list(history["Status"]) == ["Amended", "Announced"]
    articles = next(frame.value for frame in app.dataframe if "Link" in frame.value)
    assert list(articles["Link"]) == [
        "https://therackreport.example/2026-02-10",
        "https://cobaltridgecompute.example/2025-08-05",
    ]


def test_a_deal_without_terms_says_so_and_still_quotes(run: Any, published: Path) -> None:
    app = open_deal(run(published), "d-undated")
    assert "No terms were disclosed in what was read." in texts(app)
    assert "“Kestrel and Harrow have signed a memorandum of understanding.”" in texts(app)


def test_hostile_news_is_shown_only_as_plain_text(run: Any, hostile: Path) -> None:
    app = run(hostile)
    assert not app.exception
    app = open_deal(app, "d-hostile")
    assert not app.exception
    read_as_markdown = [
        element.value for kind in ("markdown", "title", "header", "subheader", "caption") for element in app.get(kind)
    ]
    assert not [text for text in read_as_markdown if "script" in text or "beacon" in text]
    assert any("<script>alert(1)</script>" in text for text in texts(app))
    articles = next(frame.value for frame in app.dataframe if "Link" in frame.value)
    assert list(articles["Link"]) == [None]


def test_nothing_published_is_said_on_the_page(run: Any, tmp_path: Path) -> None:
    app = run(tmp_path / "published.duckdb")
    assert not app.exception
    assert app.title[0].value == "Nothing is published yet"
    assert "gigawire run" in texts(app)[0]


def test_terms_that_nobody_told_are_missing() -> None:
    columns = (
        "value_amount value_currency_code value_bound value_basis valuation_amount valuation_currency_code power_mw "
        "power_bound accelerator_count accelerator_bound accelerator_model term_months stake_pct start_period "
        "end_period locations"
    )
    empty = dict.fromkeys(columns.split(" "))
    assert terms_of(empty) == {}
    assert terms_of(empty | {"stake_pct": 4.0, "locations": HOSTILE}).keys() == {"stake_pct", "location"}
