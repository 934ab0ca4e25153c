"""A deal while it is being resolved: its history, and all that its claims have said, ready to be compared."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from extractors.deals.resolve.figures import Figure, figure_of
from extractors.deals.resolve.merge import FIGURES, Step
from extractors.deals.resolve.revise import Fingerprint, history, next_step
from extractors.parties.identity import DIFFERENT, Identity, identify, likeness
from extractors.records import Claim, DealState, Party, in_order


def identity_of(party: Party, on: date | None = None) -> Identity:
    """What a party is known by, with its parents of that day (None: today's)."""
    return identify(name=party.name, mention=party.mention, company_id=party.company_id, on=on)


class Dossier:
    """One deal: ``steps`` is its history so far, ``said`` an index of what was told of it.

    Both depend on the claims alone, not on the order in which they came.
    """

    def __init__(self, deal_id: str) -> None:
        self.deal_id = deal_id
        self.steps: list[Step] = []
        self.said = Said([])

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, oldest first."""
        return tuple(step.claim for step in self.steps)

    @property
    def state(self) -> DealState:
        """The deal as known now."""
        return self.steps[-1].state

    def state_at(self, moment: datetime) -> DealState:
        """The deal as known at a moment; before its first claim, as that told it."""
        past = [step.state for step in self.steps if step.state.last_as_of <= moment]
        return past[-1] if past else self.steps[0].state

    def add(self, claim: Claim) -> None:
        """Take the claim in, at its place in the history."""
        if self.steps and next(in_order([self.steps[-1].claim, claim])) is claim:
            self.steps = history(self.deal_id, list(in_order([*self.claims, claim])))
            self.said = Said(self.steps)
        else:
            self.steps += [next_step(self.steps, claim)] if self.steps else history(self.deal_id, [claim])
            self.said.remember(self.steps[-1])


def dossier_of(deal_id: str, claims: Iterable[Claim]) -> Dossier:
    """A deal made of nothing but these claims."""
    deal = Dossier(deal_id)
    deal.steps = history(deal_id, list(in_order(list(claims))))
    deal.said = Said(deal.steps)
    return deal


class Said:
    """What was told of one deal, by any of its claims."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self.parties: dict[str, list[Identity]] = defaultdict(list)  # by role
        self.figures: dict[str, list[Figure]] = defaultdict(list)  # by slot: every figure told or held
        self.months: set[int] = set()
        self.places: list[str] = []
        self.dates: list[datetime] = []  # of publication, in order
        self.fingerprints: set[Fingerprint] = set()
        for step in steps:
            self.remember(step)

    def remember(self, step: Step) -> None:
        """Take in what a claim told, and what was known after it."""
        told = step.claim.mention
        for party in told.parties:
            self._remember_party(party.role, identity_of(party, step.claim.as_of.date()))
        for slot in FIGURES:
            own, held = getattr(told, slot), getattr(step.state, slot)
            for filled in (own, held) if held is not own else (own,):
                if (figure := figure_of(filled)) and figure not in self.figures[slot]:
                    self.figures[slot].append(figure)
        if told.term:
            self.months.add(told.term.months)
        self.places += [place.name for place in told.locations]
        self.fingerprints.add(step.fingerprint)
        if step.claim.published_at:
            bisect.insort(self.dates, step.claim.published_at)

    def nearest_days(self, claim: Claim) -> float | None:
        """Days from the claim to the nearest one of the deal; None where the one or the others have no date."""
        moment = claim.published_at
        if moment is None or not self.dates:
            return None
        k = bisect.bisect(self.dates, moment)
        return min(abs((date - moment).total_seconds()) for date in self.dates[max(0, k - 1) : k + 1]) / 86400

    def _remember_party(self, role: str, identity: Identity) -> None:
        known = self.parties[role]
        for k, other in enumerate(known):
            if likeness(identity, other) != DIFFERENT:
                known[k] = other | identity
                return
        known.append(identity)
