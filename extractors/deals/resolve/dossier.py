"""A deal while it is being resolved: its history, and all that claims of it have said, ready to be compared."""

from __future__ import annotations

import bisect
from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from extractors.deals.resolve.figures import Figure, figure_of
from extractors.deals.resolve.merge import FIGURES, Step
from extractors.deals.resolve.revise import Fingerprint, fingerprint, history, next_step
from extractors.parties.identity import DIFFERENT, Identity, identify, likeness
from extractors.records import Claim, DealMention, DealState, Party, in_order

Figures = dict[str, list[Figure]]


def identity_of(party: Party) -> Identity:
    """What a party is known by."""
    return identify(name=party.name, mention=party.mention, company_id=party.company_id)


class Dossier:
    """One deal: ``steps`` is its history so far, the rest an index of what its claims said.

    A deal that the store gives without its claims starts from its last state: nothing before it can be told again.
    """

    def __init__(self, deal_id: str, known: DealState | None = None) -> None:
        self.deal_id = deal_id
        self.revision = known.revision if known else 0
        self.steps: list[Step] = []
        self.baseline: DealState | None = None
        self.parties: dict[str, list[Identity]] = defaultdict(list)  # by role
        self.figures: Figures = defaultdict(list)  # by slot: every figure ever told or held
        self.months: set[int] = set()
        self.places: list[str] = []
        self.dates: list[datetime] = []  # of publication, in order
        self.fingerprints: set[Fingerprint] = set()
        self.mention_ids: set[str] = set()
        if known:
            for claim in in_order(list(known.claims)):
                self._take(claim)
            if not known.claims:
                self.baseline = known
                self.steps = history(deal_id, [], baseline=known)
                self._remember_state(known)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims at hand, oldest first."""
        return tuple(step.claim for step in self.steps if step.claim)

    @property
    def state(self) -> DealState:
        """The deal as known now."""
        return self.steps[-1].state

    def state_at(self, moment: datetime) -> DealState:
        """The deal as known at a moment; before its first claim, as that told it."""
        past = [step.state for step in self.steps if step.state.last_as_of <= moment]
        return past[-1] if past else self.steps[0].state

    def nearest_days(self, claim: Claim) -> float | None:
        """Days from the claim to the nearest one of the deal; None where the one or the others have no date."""
        moment = claim.published_at
        if moment is None or not self.dates:
            return None
        k = bisect.bisect(self.dates, moment)
        return min(abs((date - moment).total_seconds()) for date in self.dates[max(0, k - 1) : k + 1]) / 86400

    def add(self, claim: Claim) -> list[Step]:
        """Take the claim in. Gives its own step and the later ones that it changes, oldest first."""
        return self._number(self._take(claim))

    def _take(self, claim: Claim) -> list[Step]:
        ordered = list(in_order([*self.claims, claim]))
        changed = self._tell(claim) if ordered[-1] is claim else self._tell_again(claim, ordered)
        self._remember(claim)
        for step in changed:
            self._remember_figures(step.state)
        return changed

    def _tell(self, claim: Claim) -> list[Step]:
        self.steps += [next_step(self.steps, claim)] if self.steps else history(self.deal_id, [claim])
        return [self.steps[-1]]

    def _tell_again(self, late: Claim, ordered: list[Claim]) -> list[Step]:
        """The history told again with a late claim at its place: its step, and the later ones that are new by it."""
        before = {_id_of(step): step.state for step in self.steps}
        self.steps = history(self.deal_id, ordered, baseline=self.baseline)
        at = next(k for k, step in enumerate(self.steps) if step.claim is late)
        later = [step for step in self.steps[at + 1 :] if _differs(before[_id_of(step)], step.state)]
        return [self.steps[at], *later]

    def _number(self, steps: list[Step]) -> list[Step]:
        numbered = []
        for step in steps:
            self.revision += step.is_changed
            numbered.append(replace(step, state=replace(step.state, revision=self.revision)))
        return numbered

    def _remember(self, claim: Claim) -> None:
        mention = claim.mention
        for party in mention.parties:
            self._remember_party(party.role, identity_of(party))
        self._remember_figures(mention)
        if mention.term:
            self.months.add(mention.term.months)
        self.places += [place.name for place in mention.locations]
        if claim.published_at:
            bisect.insort(self.dates, claim.published_at)
        self.fingerprints.add(fingerprint(claim))
        self.mention_ids.add(mention.deal_mention_id)

    def _remember_state(self, state: DealState) -> None:
        for party in state.parties:
            self._remember_party(party.role, identity_of(party))
        self._remember_figures(state)
        if state.term:
            self.months.add(state.term.months)
        self.places += state.locations
        self.dates = sorted({*self.dates, state.first_as_of, state.last_as_of})
        self.mention_ids |= {mention_id for _, mention_id in state.sources}

    def _remember_figures(self, told: DealMention | DealState) -> None:
        for slot in FIGURES:
            figure = figure_of(getattr(told, slot))
            if figure and figure not in self.figures[slot]:
                self.figures[slot].append(figure)

    def _remember_party(self, role: str, identity: Identity) -> None:
        known = self.parties[role]
        for k, other in enumerate(known):
            if likeness(identity, other) != DIFFERENT:
                known[k] = other | identity
                return
        known.append(identity)


def _id_of(step: Step) -> str:
    return step.claim.mention.deal_mention_id if step.claim else ""


def _differs(one: DealState, other: DealState) -> bool:
    return replace(one, revision=0) != replace(other, revision=0)
