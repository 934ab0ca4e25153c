"""Who the parties are to each other: earlier deals, money that flows the other way, rivals for the same customer."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from dashboards import figures
from dashboards.analysis import questions
from dashboards.analysis.sentence import Sentence, cite, listed
from dashboards.guard import plain
from dashboards.palette import TYPE_WORDS
from dashboards.rows import Row

EARLIER_TOLD = 3
# The side that provides, and the side that others want to provide for.
SIDES = {
    "compute": ("supplier", "customer"),
    "chips": ("supplier", "customer"),
    "lease": ("supplier", "customer"),
    "power": ("supplier", "customer"),
    "debt": ("lender", "borrower"),
    "equity": ("investor", "investee"),
}
PROVIDES = {
    "compute": "Other suppliers of compute to {whom} on the tape",
    "chips": "Other suppliers of chips to {whom} on the tape",
    "lease": "Other landlords of {whom} on the tape",
    "power": "Other suppliers of power to {whom} on the tape",
    "debt": "Other lenders to {whom} on the tape",
    "equity": "Other investors in {whom} on the tape",
}


def sentences(con: duckdb.DuckDBPyConnection, deal: Row, parties: Sequence[dict[str, str]]) -> tuple[Sentence, ...]:
    """Earlier deals of the same companies, then the money between them, then who else provides for the same company."""
    told = []
    between = questions.deals_between(con, [party["name"] for party in parties], but=deal["deal_id"])
    when = deal["announced_on"] or deal["first_reported_on"]
    earlier = [row for row in between if when is None or (row["announced_on"] and row["announced_on"] < when)]
    if earlier:
        shown = [_in_short(row) for row in earlier[:EARLIER_TOLD]]
        more = [f"{len(earlier) - EARLIER_TOLD} more"] if len(earlier) > EARLIER_TOLD else []
        told.append(
            Sentence(
                f"Earlier on the tape between these companies: {'; '.join(shown + more)}.",
                tuple(cite("deals", deal_id=row["deal_id"]) for row in earlier),
            )
        )
    elif len(parties) > 1:
        told.append(
            Sentence(
                "No earlier deal between these companies is on the tape.", (cite("deals", deal_id=deal["deal_id"]),)
            )
        )
    told += _both_ways(con, deal, parties)
    told += _rivals(con, deal, parties)
    return tuple(told)


def _in_short(row: Row) -> str:
    words = [TYPE_WORDS[row["type"]].lower(), figures.deal_size(row), figures.day(row["announced_on"]), row["status"]]
    return ", ".join(word for word in words if word not in (figures.NONE, "announced"))


def _both_ways(con: duckdb.DuckDBPyConnection, deal: Row, parties: Sequence[dict[str, str]]) -> list[Sentence]:
    """Where one company of a contract funds the other."""
    if deal["type"] not in ("compute", "chips", "lease", "power"):
        return []
    told = []
    for supplier in (p["name"] for p in parties if p["role"] == "supplier"):
        for customer in (p["name"] for p in parties if p["role"] == "customer"):
            for giver, taker in ((supplier, customer), (customer, supplier)):
                if funding := questions.funding(con, giver, taker):
                    rows = tuple(cite("deals", deal_id=row["deal_id"]) for row in funding)
                    sums = listed((_in_short(row) for row in funding), most=EARLIER_TOLD)
                    text = f"Money flows between them elsewhere too: {plain(giver)} funds {plain(taker)} ({sums})."
                    told.append(Sentence(text, rows))
    return told


def _rivals(con: duckdb.DuckDBPyConnection, deal: Row, parties: Sequence[dict[str, str]]) -> list[Sentence]:
    if deal["type"] not in SIDES:
        return []
    giving, taking = SIDES[deal["type"]]
    own = {party["name"] for party in parties}
    told = []
    for whom in (p["name"] for p in parties if p["role"] == taking):
        others = questions.others_providing(con, deal["type"], giving, taking, whom)
        names = list(dict.fromkeys(row["name"] for row in others if row["name"] not in own))
        if names:
            rows = tuple(cite("deals", deal_id=row["deal_id"]) for row in others if row["name"] in names)
            text = f"{PROVIDES[deal['type']].format(whom=plain(whom))}: {listed(names, most=5)}."
            told.append(Sentence(text, tuple(dict.fromkeys(rows))))
    return told
