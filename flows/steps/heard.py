"""Heard: what people decided, as far as resolving must know it before it compares: names, and articles told apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from extractors.deals.decided import with_aliases
from extractors.deals.resolve.apart import Apart, apart_of
from extractors.deals.resolve.standing import stands_for
from extractors.deals.resolve.tape import under_their_parents
from extractors.parties.identity import fold_name
from extractors.records import Claim, Decision
from warehouse import resolving
from warehouse.decisions import decisions_on_record
from warehouse.load import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Decisions as resolving takes them; ``anew``: articles of which it must think again for them."""

    aliases: tuple[Decision, ...] = ()
    apart: Apart = field(default_factory=Apart)
    anew: frozenset[str] = frozenset()

    def as_known(self, con: Connection, version: str, claims: Sequence[Claim]) -> list[Claim]:
        """The claims with each name as what it stands for: by a person's word, else by what articles explain."""
        claims = with_aliases(claims, self.aliases)
        names = {party.name for claim in claims for party in claim.mention.parties if not party.company_id}
        known_as = stands_for(resolving.affiliations(con, version, names)) if names else {}
        return under_their_parents(claims, known_as)


def hear(con: Connection, version: str, decisions: Sequence[Decision]) -> Heard:
    """The decisions that stand now, and the articles that those concern which were made or taken back since."""
    now = {one.decision_id: one for one in decisions if one.kind in ("alias", "different")}
    before = {one.decision_id: one for one in decisions_on_record(con, version, ("alias", "different"))}
    changed = [(now | before)[decision_id] for decision_id in sorted(now.keys() ^ before.keys())]
    urls = {url for one in (*now.values(), *changed) for deal in one.deals for url in deal.articles}
    articles_at = resolving.articles_at(con, version, urls) if urls else {}
    concerned = {i for one in changed for deal in one.deals for url in deal.articles for i in articles_at.get(url, ())}
    if names := {fold_name(one.name) for one in changed if one.kind == "alias"}:
        concerned |= _told_of(con, version, names)
    return Heard(
        aliases=tuple(one for one in now.values() if one.kind == "alias"),
        apart=apart_of(now.values(), articles_at),
        anew=frozenset(resolving.counting(con, version, concerned)) if concerned else frozenset(),
    )


def _told_of(con: Connection, version: str, folded: Collection[tuple[str, ...]]) -> set[str]:
    """article_id of the articles with claims about unregistered companies of these names."""
    names = [name for name in resolving.unregistered_names(con, version) if fold_name(name) in folded]
    return resolving.articles_with_party(con, version, names) if names else set()
