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
            parts.append((PARTY_LIKE, f"%{_literal(self.party.strip())}%"))
        if self.since:
            parts.append(("deals.announced_on >= ?", self.since))
        if self.until:
            parts.append(("deals.announced_on <= ?", self.until))
        if self.minimum_usd:
            parts.append(("deals.amount_usd >= ?", self.minimum_usd))
        return " AND ".join(sql for sql, _ in parts) or "true", [value for _, value in parts]


PARTY_LIKE = """EXISTS (
    SELECT 1 FROM mart.deal_parties AS parties
    WHERE parties.deal_id = deals.deal_id AND parties.name ILIKE ? ESCAPE '\\'
)"""


def _literal(text: str) -> str:
    r"""The text with LIKE's wildcards escaped.

    >>> _literal("50%_a\\")
    '50\\%\\_a\\\\'
    """
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
