"""The map of sites is drawn from the program's own outlines, a dot a site, and its words stay words."""

from __future__ import annotations

import pytest

from dashboards.maps import UNTOLD, outlines, sites

STANDINGS = {"operating": "Operating", "planned": "Planned"}
COLOURS = {"operating": "#2f9152", "planned": "#2f6fdb"}
SITE = {
    "name": "North\u202e Hall", "company": None, "place": "Abilene, Texas", "latitude": 32.45, "longitude": -99.73,
    "status": "planned", "power_mw": 1200, "articles_count": 2,
}  # fmt: skip
UNNAMED = SITE | {"name": "Other", "status": None, "power_mw": None, "articles_count": 0}


def test_the_map_asks_nobody_and_shows_a_dot_a_site() -> None:
    spec = sites([SITE, UNNAMED], STANDINGS, COLOURS).to_dict()
    assert "url" not in str(spec)
    (rows,) = (values for values in spec["datasets"].values() if isinstance(values, list))
    assert [(row["longitude"], row["latitude"], row["Standing"]) for row in rows] == [
        (-99.73, 32.45, "Planned"),
        (-99.73, 32.45, UNTOLD),
    ]
    assert [row["Power"] for row in rows] == ["1.2 GW", UNTOLD]
    assert "\u202e" not in rows[0]["Site"]


def test_the_outlines_are_the_states_and_the_capital() -> None:
    names = {state["properties"]["name"] for state in outlines()["objects"]["states"]["geometries"]}
    assert len(names) == 51
    assert {"Texas", "Alaska", "Hawaii", "District of Columbia"} <= names


def test_a_map_without_sites_is_still_the_country() -> None:
    assert sites([], STANDINGS, COLOURS).to_dict()["projection"] == {"type": "albersUsa"}


def test_downloads_of_deals_are_the_same_rows_in_both_formats() -> None:
    pytest.importorskip("streamlit")
    import io

    import pyarrow.parquet as pq

    from dashboards.shown import parquet_bytes

    rows = [{"deal_id": "d1", "amount_usd": 5.0}, {"deal_id": "=d2", "amount_usd": None}]
    assert pq.read_table(io.BytesIO(parquet_bytes(rows))).to_pylist() == rows
