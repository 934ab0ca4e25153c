"""Names that a person has said to be a company of the registry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractors.parties.identity import fold_name
from extractors.records import Claim, Decision, Party
from extractors.registry import load


def aliases_of(decisions: Iterable[Decision]) -> dict[tuple[str, ...], Decision]:
    """Folded name -> the decision that counts: the one made last."""
    made = sorted((d for d in decisions if d.kind == "alias"), key=lambda d: (d.decided_at, d.decision_id))
    return {fold_name(decision.name): decision for decision in made}


def renamed(parties: tuple[Party, ...], aliases: Mapping[tuple[str, ...], Decision]) -> tuple[Party, ...]:
    """The parties with the companies that their names stand for; what the registry knows stays."""
    companies = load().companies
    return tuple(
        replace(party, company_id=company.company_id, name=company.name)
        if not party.company_id
        and (alias := aliases.get(fold_name(party.name)))
        and (company := companies.get(alias.company_id))
        else party
        for party in parties
    )


def with_aliases(claims: Sequence[Claim], decisions: Iterable[Decision]) -> list[Claim]:
    """The claims with these names resolved, so that claims of one company find to each other."""
    aliases = aliases_of(decisions)
    if not aliases:
        return list(claims)
    mentions = [replace(c.mention, parties=renamed(c.mention.parties, aliases)) for c in claims]
    return [replace(claim, mention=mention) for claim, mention in zip(claims, mentions, strict=True)]
