"""Decisions and the machine's deals -> what people say of each deal. No decision's place in the list counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.deals.decided.aliases import aliases_of, renamed
from extractors.deals.decided.find import DealsById, find_deal, find_parts
from extractors.deals.decided.slots import FixError, fixed
from extractors.deals.resolve.dossier import dossier_of
from extractors.records import Claim, DealState, DecidableDeal, Decided, DecidedDeal, Decision, DecisionOutcome

Found = dict[str, tuple[str, ...]]  # decision_id -> the deals that it means
DECIDED = "decision:"  # before a decision_id, among the sources of a state


def apply_decisions(decisions: Iterable[Decision], deals: Iterable[DecidableDeal]) -> Decided:
    """What people say of these deals, and what came of each decision.

    Of two decisions on one thing the one made last counts. A deal that several were joined in keeps the id of the one
    told first. ``deals`` are those that the decisions could mean, as the machine tells them.
    """
    by_id = {deal.state.deal_id: deal for deal in deals}
    ordered = sorted(decisions, key=lambda d: (d.decided_at, d.decision_id))
    outcomes: dict[str, DecisionOutcome] = {}
    found: Found = {}
    for decision in ordered:
        met = [find_deal(meant, by_id) for meant in decision.deals]
        if decision.kind == "different" and len({deal_id for deal_id, _ in met}) == 1:
            parts = find_parts(decision.deals[0], decision.deals[1], by_id)
            met = [(deal_id, "") for deal_id in parts] if parts else met
        missing = "; ".join(dict.fromkeys(why for _, why in met if why))
        if missing:
            outcomes[decision.decision_id] = _idle(decision, missing)
        else:
            found[decision.decision_id] = tuple(deal_id for deal_id, _ in met)
    standing = [decision for decision in ordered if decision.decision_id in found]
    told = _Told(by_id, standing, found)
    for group in told.groups():
        told.decide(group)
    outcomes |= told.outcomes
    return Decided(
        deals=tuple(sorted(told.deals.values(), key=lambda deal: deal.deal_id)),
        outcomes=tuple(outcomes[decision.decision_id] for decision in ordered),
    )


class _Told:
    """The deals while decisions are applied to them."""

    def __init__(self, by_id: DealsById, decisions: Sequence[Decision], found: Found) -> None:
        self.by_id, self.found = by_id, found
        self.aliases = aliases_of(decisions)
        self.deals: dict[str, DecidedDeal] = {}
        self.outcomes = {
            d.decision_id: DecisionOutcome(decision_id=d.decision_id, outcome="applied", deal_ids=found[d.decision_id])
            for d in decisions
        }
        self.by_deal: dict[str, list[Decision]] = defaultdict(list)
        for decision in decisions:
            for deal_id in found[decision.decision_id]:
                self.by_deal[deal_id].append(decision)
        self.pairs = self._pairs(decisions)

    def _pairs(self, decisions: Sequence[Decision]) -> dict[frozenset[str], Decision]:
        """Two deals -> the last word on whether they are one."""
        pairs: dict[frozenset[str], Decision] = {}
        for decision in decisions:
            if decision.kind in ("same", "different"):
                pair = frozenset(self.found[decision.decision_id])
                if len(pair) == 1:
                    is_one = decision.kind == "same"
                    if not is_one:
                        self._idle(
                            decision, f"both are deal {min(pair)}: give each the `articles` that tell of it alone"
                        )
                    continue
                if pair in pairs:
                    self._idle(pairs[pair], f"decision {decision.decision_id} came later")
                pairs[pair] = decision
        return pairs

    def groups(self) -> list[list[str]]:
        """The deals of which something is decided, those together that are one; the one told first in front."""
        group_of = {deal_id: {deal_id} for deal_id in self.by_id}
        for pair, decision in self.pairs.items():
            if decision.kind == "same":
                joined = set().union(*(group_of[deal_id] for deal_id in pair))
                for deal_id in joined:
                    group_of[deal_id] = joined
        for pair, decision in self.pairs.items():
            one, other = sorted(pair)
            if decision.kind == "different" and group_of[one] is group_of[other]:
                self._idle(decision, "other decisions make the two one deal: take one of them back")
        found = {id(group): group for group in group_of.values()}
        return sorted(
            sorted(group, key=lambda deal_id: (self.by_id[deal_id].state.first_as_of, deal_id))
            for group in found.values()
        )

    def decide(self, group: list[str]) -> None:
        """What is decided of the deals of a group, filed under their ids."""
        first, *others = group
        said = {d.decision_id: d for deal_id in group for d in self.by_deal[deal_id]}
        ordered = sorted(said.values(), key=lambda d: (d.decided_at, d.decision_id))
        machine = self.by_id[first]
        state, marks = self._state(group, ordered)
        for deal_id in others:
            ids = [d.decision_id for pair, d in self.pairs.items() if deal_id in pair and d.kind == "same"]
            self._file(DecidedDeal(deal_id=deal_id, standing="merged", into_deal_id=first, decision_ids=_known(ids)))
        rejected = [d.decision_id for d in ordered if d.kind == "reject"]
        if rejected:
            standing = "withdrawn"
        elif machine.ended and (machine.into_deal_id in group or self._is_kept(first, ordered)):
            standing = "standing"
        else:
            standing = "machine"
        changed = state if state != _bare(machine.state) else None
        if standing != "machine" or changed:
            ids = [d.decision_id for d in ordered if d.kind != "different" or standing == "standing"]
            self._file(
                DecidedDeal(deal_id=first, standing=standing, state=changed, decision_ids=_known([*ids, *marks]))
            )

    def _is_kept(self, deal_id: str, decisions: Sequence[Decision]) -> bool:
        """Whether a deal that the machine took off the tape is on it by what people say."""
        apart = {
            other
            for pair, decision in self.pairs.items()
            if deal_id in pair and decision.kind == "different"
            for other in pair - {deal_id}
        }
        machine = self.by_id[deal_id]
        return (
            machine.into_deal_id in apart
            if machine.ended == "merged"
            else any(decision.kind in ("fix", "same", "different") for decision in decisions)
        )

    def _state(self, group: list[str], decisions: Sequence[Decision]) -> tuple[DealState, list[str]]:
        """The state of a group with all that is decided, and the aliases that it took."""
        first = group[0]
        state = _bare(self.by_id[first].state)
        if len(group) > 1:
            claims = {c.mention.deal_mention_id: c for deal_id in group for c in self.by_id[deal_id].state.claims}
            state = _joined(first, state, list(claims.values()))
        parties = renamed(state.parties, self.aliases)
        marks: list[str] = []
        for before, after in zip(state.parties, parties, strict=True):
            if before != after:
                marks += [d.decision_id for d in self.aliases.values() if d.company_id == after.company_id]
        state = replace(state, parties=parties)
        for decision in decisions:
            if decision.kind == "fix":
                state = self._fix(state, decision)
        return state, marks

    def _fix(self, state: DealState, decision: Decision) -> DealState:
        try:
            after = fixed(state, decision.slot, decision.value)
        except FixError as error:
            self._idle(decision, str(error))
            return state
        sources = {**dict(state.sources), decision.slot: DECIDED + decision.decision_id}
        return replace(after, sources=tuple(sorted(sources.items())))

    def _file(self, deal: DecidedDeal) -> None:
        self.deals[deal.deal_id] = deal

    def _idle(self, decision: Decision, message: str) -> None:
        self.outcomes[decision.decision_id] = _idle(decision, message, self.found[decision.decision_id])


def _idle(decision: Decision, message: str, deal_ids: tuple[str, ...] = ()) -> DecisionOutcome:
    return DecisionOutcome(
        decision_id=decision.decision_id, outcome="not_applicable", message=message, deal_ids=deal_ids
    )


def _joined(deal_id: str, state: DealState, claims: list[Claim]) -> DealState:
    """The state of one deal that all these claims tell of."""
    told = dossier_of(deal_id, claims).state
    return replace(_bare(told), type=state.type, revision=state.revision)


def _bare(state: DealState) -> DealState:
    """The state without the claims that it was made from."""
    return replace(state, claims=())


def _known(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
