"""How every page shows rows: a table with its definition, its stamp and its downloads."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from dashboards import figures
from dashboards.guard import csv_text, plain, web_link
from dashboards.release import Release
from dashboards.rows import Row

DAY = st.column_config.DateColumn(format="YYYY-MM-DD", width=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: where its cells come from, its name with its unit, and how it looks."""

    name: str
    cell: Callable[[Row], Any]
    config: Any = None
    unit: str = ""  # said in the column's help

    @property
    def looks(self) -> Any:
        """Streamlit's description of the column."""
        return self.config or (st.column_config.Column(help=self.unit) if self.unit else None)


def text(name: str, key: str, *, width: int | None = None) -> Column:
    """Other people's words, made harmless."""
    return Column(name=name, cell=lambda row: plain(row[key]), config=st.column_config.TextColumn(width=width))


def day(name: str, key: str) -> Column:
    """A date."""
    return Column(name=name, cell=lambda row: row[key], config=DAY)


def number(name: str, key: str, unit: str) -> Column:
    """A number that sorts as one, with separators."""
    return Column(
        name=name,
        cell=lambda row: None if row[key] is None else float(row[key]),
        config=st.column_config.NumberColumn(help=unit, format="localized"),
    )


def short(name: str, key: str, unit: str) -> Column:
    """A large number that sorts as one, written short: 17.4B."""
    return Column(
        name=name,
        cell=lambda row: None if row[key] is None else float(row[key]),
        config=st.column_config.NumberColumn(help=unit, format="compact"),
    )


def share(name: str, key: str, unit: str) -> Column:
    """A share 0..1 as a percentage."""
    return Column(
        name=name,
        cell=lambda row: None if row[key] is None else float(row[key]),
        config=st.column_config.NumberColumn(help=unit, format="percent"),
    )


def words(name: str, key: str, told: Mapping[str, str]) -> Column:
    """A word of ours in place of a code."""
    return Column(name=name, cell=lambda row: told.get(row[key], plain(row[key])))


def link(name: str, key: str) -> Column:
    """A web address as a link, nothing where it is none."""
    return Column(
        name=name,
        cell=lambda row: web_link(row[key]),
        config=st.column_config.LinkColumn(display_text="Open", width=70),
    )


def frame_of(rows: Sequence[Row], columns: Sequence[Column]) -> pd.DataFrame:
    """The rows as they stand in the table."""
    return pd.DataFrame({column.name: [column.cell(row) for row in rows] for column in columns})


def table(rows: Sequence[Row], columns: Sequence[Column], *, alt: str) -> None:
    """Draws the rows."""
    st.dataframe(frame_of(rows, columns), alt=alt, **_looks(rows, columns))


def pickable(rows: Sequence[Row], columns: Sequence[Column], *, alt: str, key: str) -> Row | None:
    """Draws the rows; gives the one that was picked."""
    picked = st.dataframe(
        frame_of(rows, columns),
        alt=alt,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        **_looks(rows, columns),
    )
    return next((rows[index] for index in picked["selection"]["rows"]), None)


def _looks(rows: Sequence[Row], columns: Sequence[Column]) -> dict[str, Any]:
    looks = {column.name: column.looks for column in columns if column.looks is not None}
    height = {"height": 600} if len(rows) > 16 else {}
    return {"hide_index": True, "column_config": looks, "placeholder": "", **height}


def chart(drawn: alt.Chart | alt.LayerChart, rows: Sequence[Row], columns: Sequence[Column], *, alt_text: str) -> None:
    """A chart and, folded beneath it, its table."""
    st.altair_chart(drawn, alt=alt_text)
    with st.expander("The chart as a table"):
        table(rows, columns, alt=f"{alt_text}, as a table")


def foot(release: Release, rows: Sequence[Row], name: str, definition: str) -> None:
    """What stands under a table or chart: what it means, its age, and its rows as CSV and Parquet."""
    left, csv, parquet = st.columns([6, 1, 1], vertical_alignment="top")
    left.text(f"{definition} As of {figures.day(release.data_on)}.")
    keys = list(rows[0]) if rows else []
    named = f"gigawire-{name}-{release.release_id[:12]}"
    csv.download_button(
        "CSV", data=lambda: csv_text(rows, keys), file_name=f"{named}.csv", mime="text/csv", on_click="ignore",
        key=f"csv-{name}", width="stretch", disabled=not rows,
    )  # fmt: skip
    parquet.download_button(
        "Parquet", data=lambda: parquet_bytes(rows), file_name=f"{named}.parquet", on_click="ignore",
        mime="application/vnd.apache.parquet", key=f"parquet-{name}", width="stretch", disabled=not rows,
    )  # fmt: skip


def parquet_bytes(rows: Sequence[Row]) -> bytes:
    """The rows as a Parquet file, raw: numbers stay numbers, texts as they came."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), out, compression="zstd")
    return out.getvalue()
