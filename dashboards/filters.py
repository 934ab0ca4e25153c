"""What a reader asks to see of the deals, as SQL with bound values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """A choice of deals; what is empty or None does not restrict."""

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    party: str = ""  # part of a party's name, any case
    names: tuple[str, ...] = ()  # whole names of parties, any of them
    place: str = ""  # part of a place, any case
    corroboration: tuple[str, ...] = ()
    since: date | None = None  # announced on or after
    until: date | None = None  # announced on or before
    minimum_usd: int | None = None  # value in US dollars; deals without one fall out

    def where(self) -> tuple[str, list[Any]]:
        """A condition over ``mart.deals AS deals`` and the values to bind."""
        parts: list[tuple[str, Any]] = []
        if self.types:
            parts.append(("list_contains(?, deals.type)", list(self.types)))
        if self.statuses:
            parts.append(("list_contains(?, deals.status)", list(self.statuses)))
        if self.party.strip():
            parts.append((PARTY_LIKE, f"%{literal(self.party.strip())}%"))
        if self.names:
            parts.append((PARTY_NAMED, list(self.names)))
        if self.place.strip():
            parts.append(("deals.locations ILIKE ? ESCAPE '\\'", f"%{literal(self.place.strip())}%"))
        if self.corroboration:
            parts.append(("list_contains(?, deals.corroboration)", list(self.corroboration)))
        if self.since:
            parts.append(("deals.announced_on >= ?", self.since))
        if self.until:
            parts.append(("deals.announced_on <= ?", self.until))
        if self.minimum_usd:
            parts.append(("deals.amount_usd >= ?", self.minimum_usd))
        return " AND ".join(sql for sql, _ in parts) or "true", [value for _, value in parts]


PARTY_NAMED = """deals.deal_id IN (
    SELECT parties.deal_id FROM mart.deal_parties AS parties WHERE list_contains(?, parties.name)
)"""
PARTY_LIKE = """EXISTS (
    SELECT 1 FROM mart.deal_parties AS parties
    WHERE parties.deal_id = deals.deal_id AND parties.name ILIKE ? ESCAPE '\\'
)"""


def literal(text: str) -> str:
    r"""The text with LIKE's wildcards escaped.

    >>> literal("50%_a\\")
    '50\\%\\_a\\\\'
    """
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
