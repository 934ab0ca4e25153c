"""How a deal compares: its size among those of its type in the year before, its price against the median."""

from __future__ import annotations

from statistics import median

import duckdb

from dashboards import figures
from dashboards.analysis import questions
from dashboards.analysis.sentence import Citation, Sentence, cite
from dashboards.palette import TYPE_WORDS
from dashboards.rows import Row

FEWEST = 3  # deals that a rank or a median needs
MEASURES = (("amount_usd", "a stated whole value", figures.money), ("power_mw", "stated power", figures.power))


def sentences(con: duckdb.DuckDBPyConnection, deal: Row) -> tuple[Sentence, ...]:
    """Its rank by value and by power, and what it pays a megawatt; nothing where too few others state the same."""
    if not deal["is_in_totals"] or not deal["announced_on"]:
        return ()
    year = questions.deals_of_year_before(con, deal["type"], deal["announced_on"], but=deal["deal_id"])
    return (*_ranks(deal, year), *_price(deal, year))


def _ranks(deal: Row, year: list[Row]) -> list[Sentence]:
    told = []
    for name, words, wording in MEASURES:
        others = [row for row in year if row[name] is not None]
        if deal[name] is None or len(others) < FEWEST:
            continue
        larger = sum(row[name] > deal[name] for row in others)
        middle = wording(figures.rounded(median(row[name] for row in others)))
        place = "the largest" if not larger else f"number {larger + 1} by size"
        text = (
            f"At {wording(figures.rounded(deal[name]))} it is {place} of {len(others) + 1:,} {_kind(deal)} deals "
            f"with {words} in the twelve months to {figures.day(deal['announced_on'])}; the others' median is {middle}."
        )
        told.append(Sentence(text, _cites(deal, others)))
    return told


def _price(deal: Row, year: list[Row]) -> list[Sentence]:
    own = dollars_per_mw(deal)
    others = [(row, price) for row in year if (price := dollars_per_mw(row)) is not None]
    if own is None or len(others) < FEWEST:
        return []
    middle = figures.money(figures.rounded(median(price for _, price in others)))
    text = (
        f"It comes to {figures.money(figures.rounded(own))} per MW, against a median of {middle} "
        f"over {len(others):,} {_kind(deal)} deals of that year that state both."
    )
    return [Sentence(text, _cites(deal, [row for row, _ in others]))]


def dollars_per_mw(row: Row) -> float | None:
    """US dollars of the whole deal per megawatt, None unless the deal states both."""
    return float(row["amount_usd"]) / float(row["power_mw"]) if row["amount_usd"] and row["power_mw"] else None


def _kind(deal: Row) -> str:
    return TYPE_WORDS[deal["type"]].lower()


def _cites(deal: Row, others: list[Row]) -> tuple[Citation, ...]:
    return tuple(cite("deals", deal_id=row["deal_id"]) for row in (deal, *others))
