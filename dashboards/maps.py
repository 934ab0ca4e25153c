"""Maps, drawn from outlines that come with the program: nothing is fetched, no tile and no style."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from dashboards import figures
from dashboards.guard import plain
from dashboards.rows import Row

# 51 outlines as TopoJSON, thinned to a twentieth of a degree. Made of the npm package us-atlas 3.0.1: the U.S. Census
# Bureau's cartographic boundaries, edition of 2017, public domain.
STATES = Path(__file__).with_name("us_states.json")
UNTOLD = "No figure told"


@functools.cache
def outlines() -> dict[str, Any]:
    """The states of the United States as a topology, read once."""
    return dict(json.loads(STATES.read_text(encoding="utf-8")))


def sites(rows: Sequence[Row], standings: Mapping[str, str], colours: Mapping[str, str]) -> alt.LayerChart:
    """Sites in the United States as dots: by megawatts their size, by standing their colour; unnamed ones are pale."""
    frame = pd.DataFrame(
        {
            "Site": [plain(row["name"]) for row in rows],
            "Operator": [plain(row["company"]) for row in rows],
            "Where": [plain(row["place"]) for row in rows],
            "latitude": [float(row["latitude"]) for row in rows],
            "longitude": [float(row["longitude"]) for row in rows],
            "Standing": [standings.get(row["status"], UNTOLD) for row in rows],
            "MW": [float(row["power_mw"] or 0) for row in rows],
            "Power": [figures.power(row["power_mw"]) if row["power_mw"] else UNTOLD for row in rows],
            "Articles": [int(row["articles_count"]) for row in rows],
        }
    )
    land = (
        alt.Chart(alt.InlineData(values=outlines(), format=alt.TopoDataFormat(feature="states", type="topojson")))
        .mark_geoshape(fill="#8884", stroke="#8888", strokeWidth=0.7)
        .encode(tooltip=alt.value(None))
    )
    words = [*standings.values(), UNTOLD]
    dots = (
        alt.Chart(frame)
        .mark_circle(stroke="white", strokeWidth=0.5)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size("MW:Q", scale=alt.Scale(domain=[0, 2000], range=[30, 500], clamp=True), legend=None),
            opacity=alt.condition("datum.Articles > 0", alt.value(0.9), alt.value(0.45)),
            color=alt.Color(
                "Standing:N",
                scale=alt.Scale(domain=words, range=[*(colours[name] for name in standings), "#777777"]),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=["Site", "Operator", "Where", "Power", "Standing", "Articles"],
        )
    )
    return alt.LayerChart(layer=[land, dots]).project("albersUsa").properties(height=420)
