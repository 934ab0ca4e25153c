"""The deal that a person meant, found again where another reader gave it another id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extractors.parties.identity import DIFFERENT, identify, likeness
from extractors.records import DealDescription, DecidableDeal, Party

DealsById = Mapping[str, DecidableDeal]


def find_deal(meant: DealDescription, deals: DealsById) -> tuple[str, str]:
    """(deal_id, "") of the deal, else ("", why there is none).

    By its id; else the one deal that an article and all its named parties are shared with, of the same type if several
    are. A description that fits two deals alike means neither: a person has to say.
    """
    if meant.deal_id in deals:
        return meant.deal_id, ""
    likely = [deal for deal in deals.values() if _is_told_alike(meant, deal)]
    of_type = [deal for deal in likely if deal.state.type == meant.type]
    on_day = [deal for deal in of_type or likely if deal.state.first_as_of.date().isoformat() == meant.first_told]
    for found in (likely, of_type, on_day):
        if len(found) == 1:
            return found[0].state.deal_id, ""
    if likely:
        ids = ", ".join(sorted(deal.state.deal_id for deal in likely))
        return "", f"deal {meant.deal_id} is not there, and several are told alike ({ids}): name one of these"
    return "", f"deal {meant.deal_id} is not on the tape and none is told alike: remove the entry, or name another deal"


def find_parts(one: DealDescription, other: DealDescription, deals: DealsById) -> tuple[str, str] | None:
    """The two deals that became of one which a person told apart by its articles; None where they are not there."""
    found = [
        {
            deal_id
            for deal_id, deal in deals.items()
            if deal.articles & (set(own.articles) - set(rest.articles))
            and own.type in ("", deal.state.type)
            and _has_no_other_party(deal, own)
        }
        for own, rest in ((one, other), (other, one))
    ]
    first, second = found[0] - found[1] or found[0], found[1] - found[0] or found[1]
    if one.deal_id in first:
        first = {one.deal_id}
    second = second - first
    return (first.pop(), second.pop()) if len(first) == len(second) == 1 else None


def _has_no_other_party(deal: DecidableDeal, meant: DealDescription) -> bool:
    named = [identify(name=name) for name in meant.parties]
    return not named or all(
        any(likeness(name, known) != DIFFERENT for name in named)
        for party in deal.state.parties
        for known in [identify(name=party.name, mention=party.mention, company_id=party.company_id)]
    )


def _is_told_alike(meant: DealDescription, deal: DecidableDeal) -> bool:
    return (
        bool(deal.articles & set(meant.articles))
        and bool(meant.parties)
        and all(_is_named(name, deal) for name in meant.parties)
    )


def _is_named(name: str, deal: DecidableDeal) -> bool:
    told = identify(name=name)
    return any(
        party.name == name
        or likeness(told, identify(name=party.name, mention=party.mention, company_id=party.company_id)) != DIFFERENT
        for party in _parties(deal)
    )


def _parties(deal: DecidableDeal) -> Iterator[Party]:
    yield from deal.state.parties
    for claim in deal.state.claims:
        yield from claim.mention.parties
