"""A deal's history as a fold over its claims, oldest first: the same claims, the same history, whenever they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.deals.resolve.merge import FIGURES, Past, Step, merge_figure, merge_term, next_status
from extractors.parties.identity import DIFFERENT, identify, is_one, likeness
from extractors.parties.places import Places, compare_places
from extractors.records import Claim, DealState, Party

TERMS = ("term", "stake", "start", "end")
SLOTS = ("value", "valuation", "power", "accelerators", *TERMS)
Fingerprint = tuple[object, ...]


def history(deal_id: str, claims: Sequence[Claim]) -> list[Step]:
    """The state after each claim. ``claims`` in the order of ``in_order``."""
    steps: list[Step] = []
    for claim in claims:
        steps.append(next_step(steps, claim) if steps else first_step(deal_id, claim))
    return steps


def first_step(deal_id: str, claim: Claim) -> Step:
    """The deal as its first claim tells it."""
    mention = claim.mention
    filled = {slot: getattr(mention, slot) for slot in SLOTS}
    told = ("status", *(slot for slot in SLOTS if filled[slot] is not None))
    state = DealState(
        deal_id=deal_id,
        type=mention.type,
        parties=mention.parties,
        status=mention.status,
        **filled,
        locations=_longest_places((), tuple(place.name for place in mention.locations)),
        first_as_of=claim.as_of,
        last_as_of=claim.as_of,
        sources=tuple((slot, mention.deal_mention_id) for slot in told),
    )
    return Step(claim, state, True, fingerprint(claim))


def next_step(steps: Sequence[Step], claim: Claim) -> Step:
    """The deal after one more claim; unchanged by a copy of an earlier one."""
    past, mention = Past(steps), claim.mention
    before = past.state
    own = fingerprint(claim)
    if any(step.fingerprint == own for step in steps):
        return Step(claim, before, False, own)
    slots: dict[str, object] = {}
    conflicts: list[str] = []
    has_new_figures = False
    for slot in FIGURES:
        merged, is_new, is_conflict = merge_figure(slot, getattr(before, slot), getattr(mention, slot), claim, past)
        slots[slot] = merged
        has_new_figures |= is_new
        conflicts += [slot] * is_conflict
    for slot in TERMS:
        slots[slot] = merge_term(slot, getattr(before, slot), getattr(mention, slot), claim, past)
    told = [getattr(mention, slot) for slot in FIGURES if getattr(mention, slot) is not None]
    status = next_status(past, claim, has_new_figures=has_new_figures, has_figures=bool(told))
    parties = join_parties(before.parties, mention.parties)
    if any(told.role != known.role for told in mention.parties for known in parties if told.name == known.name):
        parties = _by_most([*(step.claim for step in steps), claim], parties)
    locations = _longest_places(before.locations, tuple(place.name for place in mention.locations))
    changed = [slot for slot in SLOTS if slots[slot] != getattr(before, slot)]
    changed += ["status"] * (status != before.status)
    deal_type = before.type if mention.type == before.type else _surest_type(steps, claim)
    if not changed and (deal_type, parties, locations) == (before.type, before.parties, before.locations):
        return Step(claim, before, False, own, tuple(conflicts))
    sources = dict(before.sources) | dict.fromkeys(changed, mention.deal_mention_id)
    state = replace(
        before,
        type=deal_type,
        status=status,
        parties=parties,
        locations=locations,
        last_as_of=max(claim.as_of, before.last_as_of),
        revision=before.revision + 1,
        sources=tuple(sources.items()),
        **slots,  # type: ignore[arg-type]
    )
    return Step(claim, state, True, own, tuple(conflicts))


def fingerprint(claim: Claim) -> Fingerprint:
    """Equal for two claims that were read from the same words, wherever they were printed."""
    mention = claim.mention
    return (
        mention.type,
        mention.status,
        mention.focus,
        mention.sentence_end_char - mention.sentence_start_char,
        mention.trigger_start_char - mention.sentence_start_char,
        tuple(sorted((party.role, party.mention) for party in mention.parties)),
        tuple(getattr(getattr(mention, slot), "surface", None) for slot in SLOTS),
    )


def join_parties(known: tuple[Party, ...], told: tuple[Party, ...]) -> tuple[Party, ...]:
    """The known parties, each under its fullest name, and then the new ones."""
    joined = list(known)
    for party in told:
        identity = identify(name=party.name, mention=party.mention, company_id=party.company_id)
        for k, other in enumerate(joined):
            known_as = identify(name=other.name, mention=other.mention, company_id=other.company_id)
            if is_one(identity, known_as) or (other.role == party.role and likeness(identity, known_as) != DIFFERENT):
                if other.role == party.role and _is_fuller(party, other):
                    joined[k] = party
                break
        else:
            joined.append(party)
    return tuple(joined)


def _surest_type(steps: Sequence[Step], claim: Claim) -> str:
    """The type that the surest claims give the deal, all together; a partnership where nothing else is told."""
    votes: dict[str, float] = defaultdict(float)
    for told in (*(step.claim for step in steps), claim):
        votes[told.mention.type] += told.mention.confidence
    known = steps[0].state.type
    return max(votes, key=lambda name: (name != "partnership", votes[name], name == known, name))


def _by_most(claims: Sequence[Claim], parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties in the roles that the surest claims give them, all together."""
    votes: dict[tuple[str, str], float] = defaultdict(float)
    for claim in claims:
        for party in claim.mention.parties:
            votes[party.name, party.role] += claim.mention.confidence
    roles = {name: [role for other, role in votes if other == name] for name in {name for name, _ in votes}}
    return tuple(
        replace(party, role=max(roles.get(party.name, [party.role]), key=lambda role: (votes[party.name, role], role)))
        for party in parties
    )


def _is_fuller(party: Party, than: Party) -> bool:
    if bool(party.company_id) != bool(than.company_id):
        return bool(party.company_id)
    return not party.company_id and len(party.name.split()) > len(than.name.split())


def _longest_places(known: tuple[str, ...], told: tuple[str, ...]) -> tuple[str, ...]:
    """The places of a deal, each once in its longest form, in the order in which they were told."""
    places = list(known)
    for place in told:
        twin = next((k for k, other in enumerate(places) if compare_places([place], [other]) is Places.MATCH), None)
        if twin is None:
            places.append(place)
        elif len(place) > len(places[twin]):
            places[twin] = place
    return tuple(places)
