"""Review: what waits for a person's word, and the entries in which it is given."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from extractors.deals.decided import FixError, fixed
from extractors.parties.suggest import suggest_companies
from extractors.records import DealState
from extractors.registry import load
from flows.exits import CommandError
from flows.settings import Settings, did_you_mean
from flows.steps.decide import complaints_about_overrides
from flows.tape import open_tape
from warehouse.connection import is_there
from warehouse.load import Connection
from warehouse.pending import select, select_file

MOST_NAMES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that waits for a person's word."""

    item_id: str  # the same at every run
    kind: str  # name, ambiguous, conflict, doubtful, override
    about: str  # the name, or the deal in a line
    why: str
    deal_id: str = ""
    where: str = ""  # address of the article
    words: str = ""  # the sentence, or what stands around the name
    suggestions: tuple[tuple[str, float], ...] = ()  # company_id, score 0..100
    how: str = ""  # the command that would settle it


def queue(settings: Settings) -> list[Item]:
    """All that waits: entries of overrides.yaml that do not count, deals in doubt, conflicts, then unknown names."""
    items = [
        _item("override", line, line, how=f"edit {settings.overrides}") for line in complaints_about_overrides(settings)
    ]
    if not is_there(settings.warehouse):
        return items
    with open_tape(settings) as con:
        items += [_deal_item(row) for row in select_file(con, "deals_to_review", {})]
        names = select(
            con,
            "SELECT * FROM mart.unknown_names WHERE deals_count > 0 "
            "ORDER BY deals_count DESC, articles_count DESC, name LIMIT $limit",
            {"limit": MOST_NAMES},
        )
    return items + [_name_item(row) for row in names]


def _deal_item(row: Mapping[str, Any]) -> Item:
    how = {
        "ambiguous": f"gigawire review same {row['deal_id']} OTHER, or different {row['deal_id']} OTHER",
        "conflict": f"gigawire review fix {row['deal_id']} SLOT VALUE",
        "doubtful": f"gigawire review reject {row['deal_id']}, or fix a slot of it to keep it",
    }[row["kind"]]
    return _item(
        row["kind"],
        row["parties"] or row["deal_id"],
        row["why"],
        key=f"{row['deal_id']}|{row['why']}",
        deal_id=row["deal_id"],
        where=row["url"] or "",
        words=row["sentence"] or "",
        how=f"{how} --who YOU --why REASON",
    )


def _name_item(row: Mapping[str, Any]) -> Item:
    found = suggest_companies(row["name"])
    likely = found[0].company_id if found else "COMPANY_ID"
    return _item(
        "name",
        row["name"],
        f"party to {row['deals_count']} deals and in no registry; in {row['articles_count']} articles",
        key=row["name"],
        where=row["url"] or "",
        words=row["context"] or "",
        suggestions=tuple((one.company_id, one.score) for one in found),
        how=f"gigawire review alias '{row['name']}' {likely} --who YOU --why REASON",
    )


def _item(kind: str, about: str, why: str, *, key: str = "", **told: Any) -> Item:
    item_id = hashlib.sha256(f"{kind}|{key or about}".encode()).hexdigest()[:8]
    return Item(item_id=item_id, kind=kind, about=about, why=why, **told)


def described(con: Connection, told_id: str) -> dict[str, Any]:
    """A deal of the tape, also one that is off it, as an entry describes it. Raises CommandError."""
    found = select_file(con, "deal_descriptions", {"prefix": told_id})
    if not found:
        raise CommandError(f"no deal {told_id!r}: see `gigawire review` or `gigawire deals list`")
    if len(found) > 1:
        raise CommandError(f"{told_id!r} begins the ids of {len(found)} deals: give more of it")
    row = found[0]
    return {
        "id": row["deal_id"],
        "type": row["type"],
        "parties": list(row["parties"] or []),
        "first_told": row["first_told_on"].isoformat(),
        "articles": list(row["urls"] or []),
    }


def deal_entry(settings: Settings, kind: str, *ids: str, **told: str) -> dict[str, Any]:
    """The entry of a decision about deals, without who, when and why. Raises CommandError."""
    if not is_there(settings.warehouse):
        raise CommandError(f"nothing was read yet in {settings.data_dir}: run `gigawire run` first", 6)
    with open_tape(settings) as con:
        deals = [described(con, told_id) for told_id in ids if "://" not in told_id]
    if kind == "different" and len(ids) > len(deals) == 1:
        return {"decision": kind, "deals": parted(deals[0], *(told_id for told_id in ids if "://" in told_id))}
    if len(deals) == 1:
        return {"decision": kind, "deal": deals[0], **told}
    if deals[0]["id"] == deals[1]["id"]:
        raise CommandError(f"both are deal {deals[0]['id']}")
    return {"decision": kind, "deals": deals, **told}


def parted(deal: Mapping[str, Any], url: str) -> list[dict[str, Any]]:
    """Two deals of one: what the article at that address tells, and what the others do. Raises CommandError."""
    rest = [each for each in deal["articles"] if each != url]
    if len(rest) == len(deal["articles"]):
        raise CommandError(f"deal {deal['id']} is not told at {url}: told at {', '.join(rest)}")
    if not rest:
        raise CommandError(f"deal {deal['id']} is told at {url} alone: nothing to tell it apart from")
    return [{**deal, "articles": rest}, {**deal, "parties": [*deal["parties"]], "articles": [url]}]


def alias_entry(name: str, company_id: str) -> dict[str, Any]:
    """The entry of an alias. Raises CommandError for a company that the registry has not."""
    companies = load().companies
    if company_id not in companies:
        raise CommandError(f"no company {company_id!r} in the registry{did_you_mean(company_id, companies)}")
    return {"decision": "alias", "name": name, "company": company_id}


def check_fix(slot: str, value: str, at: datetime) -> None:
    """Raises CommandError where the value does not fit the slot."""
    try:
        fixed(DealState(deal_id="", type="", parties=(), status="", first_as_of=at, last_as_of=at), slot, value)
    except FixError as error:
        raise CommandError(str(error)) from error
