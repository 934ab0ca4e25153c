"""What remains open: how sure the news is, what its figures leave open, what is still to come."""

from __future__ import annotations

from datetime import date

from dashboards import figures
from dashboards.analysis.sentence import Sentence, cite
from dashboards.rows import Row

BOUNDS = {
    "up_to": "{what} is a ceiling; less may come of it.",
    "at_least": "{what} is a floor; no upper end is told.",
    "about": "{what} is told as approximate.",
}


def sentences(deal: Row, data_on: date | None) -> tuple[Sentence, ...]:
    """A sentence for each open point."""
    rows = (cite("deals", deal_id=deal["deal_id"]),)
    return tuple(Sentence(text, rows) for text in (*_sureness(deal), *_figures(deal), *_to_come(deal, data_on)))


def _sureness(deal: Row) -> list[str]:
    told = []
    if deal["status"] == "rumored":
        told.append("No article on the tape reports that it was agreed.")
    if deal["focus"] == "background":
        told.append("It is known only as recalled in news of other things.")
    if deal["corroboration"] == "disputed":
        told.append("Its sources contradict one another.")
    if deal["independent_publishers_count"] == 1 and deal["corroboration"] != "confirmed":
        told.append("One publisher tells of it so far.")
    if not deal["announced_on"]:
        told.append("No article dates it.")
    return told


def _figures(deal: Row) -> list[str]:
    named = {"The value": deal["value_bound"], "The power": deal["power_bound"]}
    has = {"The value": deal["value_amount"], "The power": deal["power_mw"]}
    told = [
        BOUNDS[bound].format(what=what) for what, bound in named.items() if has[what] is not None and bound in BOUNDS
    ]
    if deal["value_basis"] == "per_year":
        told.append("The value is told by the year; no total is given.")
    return told


def _to_come(deal: Row, data_on: date | None) -> list[str]:
    if data_on is None or deal["status"] in ("cancelled", "closed"):
        return []
    told = []
    for column, words in (("start_period", "is to begin"), ("end_period", "is to be complete or to end")):
        period = deal[column]
        if period and period[:4].isdigit() and int(period[:4]) > data_on.year:
            told.append(f"It {words} in {figures.period(period)}; this release reaches to {figures.day(data_on)}.")
    return told
