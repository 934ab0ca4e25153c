"""A slot of a deal as a person writes it: "up to $300 million a year", "250 MW", "closed", "Nebius (customer)"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from extractors.parties.companies import resolve_company
from extractors.quantities import (
    find_accelerators,
    find_durations,
    find_money,
    find_periods,
    find_power,
    find_shares,
)
from extractors.records import BASES, DEAL_TYPES, ROLES, STATUSES, DealState, Party

NONE = "none"
PARTY = re.compile(r"\s*(?P<name>.+?)\s*\((?P<role>\w+)\)\s*")
NOWHERE = {"start_char": 0, "end_char": 0}


class FixError(ValueError):
    """The value does not fit the slot; the message says what would."""


def fixed(state: DealState, slot: str, value: str) -> DealState:
    """The state with the slot as a person tells it, ``none`` empties it. Raises FixError."""
    if slot not in FIXABLE:
        raise FixError(f"no slot {slot!r}: one of {', '.join(FIXABLE)}")
    told = value.strip()
    if told.casefold() == NONE:
        if slot in ("type", "status", "parties"):
            raise FixError(f"{slot} cannot be empty")
        return _with(state, slot, () if slot == "locations" else None)
    return _with(state, slot, FIXABLE[slot](told))


def _with(state: DealState, slot: str, told: Any) -> DealState:
    return replace(state, **{slot: told})


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def choose(value: str) -> str:
        if value not in words:
            raise FixError(f"{value!r} is none of {', '.join(words)}")
        return value

    return choose


def _quantity(find: Callable[..., Any], example: str) -> Callable[[str], Any]:
    """The one quantity in the words; its span is that of no text."""

    def read(value: str) -> Any:
        found = find(value)
        if len(found) != 1:
            raise FixError(f"{value!r} is not one figure as {example!r} is")
        return replace(found[0], **NOWHERE, surface=value)

    return read


def _money(value: str) -> Any:
    found = _quantity(find_money, "up to $300 million a year")(value)
    if found.basis not in BASES:
        raise FixError(f"{value!r}: a deal's sum is in all or a year, not {found.basis}")
    return found


def _parties(value: str) -> tuple[Party, ...]:
    found = []
    for part in value.split(";"):
        match = PARTY.fullmatch(part)
        if not match or match["role"] not in ROLES:
            raise FixError(f"{part.strip()!r} is no party as 'Nebius (customer)' is; roles: {', '.join(ROLES)}")
        company = resolve_company(match["name"])
        name = company.name if company else match["name"]
        company_id = company.company_id if company else ""
        found.append(Party(role=match["role"], name=name, mention=match["name"], company_id=company_id, **NOWHERE))
    return tuple(found)


def _places(value: str) -> tuple[str, ...]:
    return tuple(place for part in value.split(";") if (place := part.strip()))


FIXABLE: dict[str, Callable[[str], Any]] = {
    "type": _one_of(DEAL_TYPES),
    "status": _one_of(STATUSES),
    "parties": _parties,
    "value": _money,
    "valuation": _money,
    "power": _quantity(find_power, "250 MW"),
    "accelerators": _quantity(find_accelerators, "50,000 GB300 chips"),
    "term": _quantity(find_durations, "5 years"),
    "stake": _quantity(find_shares, "12.5%"),
    "start": _quantity(find_periods, "from 2027"),
    "end": _quantity(find_periods, "by 2030"),
    "locations": _places,
}
