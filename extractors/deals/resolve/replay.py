"""Articles resolved in the order of their publication, whatever the order in which they came.

Each decision sees what was told before it. So an article that comes late is decided at its place, and those after it
that could decide otherwise now are decided again, in order, until nothing changes: what comes out is a function of the
claims, not of their arrival.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.deals.resolve.decide import decide
from extractors.deals.resolve.tape import Strand, Tape, Unit, unit_of
from extractors.records import Claim


@dataclass(slots=True)
class Replayed:
    """What a replay did."""

    decided: set[Unit] = field(default_factory=set)
    touched: dict[int, tuple[Strand, Unit]] = field(default_factory=dict)  # strands, and since which article
    lost: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))  # keys of the claims that strands lost
    reached: set[Unit] = field(default_factory=set)  # articles to be decided for what was touched
    missing: set[Unit] = field(default_factory=set)  # those of them of which too little is at hand
    doubts: dict[str, tuple[Strand, ...]] = field(default_factory=dict)  # deal_mention_id -> what it could be of

    def touch(self, strand: Strand, unit: Unit) -> None:
        """Note that the claims of the strand are others from this article on."""
        _, since = self.touched.get(id(strand), (strand, unit))
        self.touched[id(strand)] = strand, min(since, unit)


def replay(tape: Tape, fresh: Iterable[Unit], *, gone: Iterable[Claim] = ()) -> Replayed:
    """Decide the fresh articles, and all that this reaches, after the claims that are gone have left their strands."""
    done = Replayed()
    given = set(fresh)
    units = set(given)
    for claim in gone:
        if strand := tape.forget(claim):
            done.lost[id(strand)] |= tape.keys[claim.mention.deal_mention_id]
            units |= _reached(tape, done, [(strand, unit_of(claim))])
    _decide_all(tape, done, units, given)
    return done


def carry_on(tape: Tape, done: Replayed) -> None:
    """Decide what was missing, and what the touched strands reach now, since more has come to hand."""
    missing, done.missing = done.missing, set()
    known = set(done.reached)
    _decide_all(tape, done, missing | (_reached(tape, done, list(done.touched.values())) - known), set())


def _reached(tape: Tape, done: Replayed, touched: Iterable[tuple[Strand, Unit]]) -> set[Unit]:
    """The articles that could decide otherwise since these strands changed; notes both."""
    found: set[Unit] = set()
    for strand, unit in touched:
        done.touch(strand, unit)
        found |= tape.after(strand, unit, done.lost[id(strand)])
    done.reached |= found
    return found


def _decide_all(tape: Tape, done: Replayed, units: set[Unit], given: set[Unit]) -> None:
    """Decide these articles in order, and those that this reaches; ``given``: those that nobody decided before."""
    waiting, queued = sorted(units), set(units)
    while waiting:
        unit = heapq.heappop(waiting)
        queued.discard(unit)
        if not tape.is_ready(unit):
            done.missing.add(unit)
            continue
        done.decided.add(unit)
        changed = _decide_again(tape, unit, done, is_fresh=unit in given)
        for later in _reached(tape, done, ((strand, unit) for strand in changed)) - queued:
            queued.add(later)
            heapq.heappush(waiting, later)


def _decide_again(tape: Tape, unit: Unit, done: Replayed, *, is_fresh: bool) -> list[Strand]:
    """Decide an article; gives the strands that lost or won a claim by it, or have one that is fresh."""
    claims = tape.units.get(unit, [])
    before = {c.mention.deal_mention_id: tape.release(c) for c in claims}
    doubts = decide(tape, unit)
    for claim in claims:
        done.doubts.pop(claim.mention.deal_mention_id, None)
    done.doubts |= doubts
    _keep_opened(tape, unit, before)
    changed: dict[int, Strand] = {}
    for claim in claims:
        old, new = before[claim.mention.deal_mention_id], tape.strand_of[claim.mention.deal_mention_id]
        if is_fresh or old is not new:
            changed |= {id(strand): strand for strand in (old, new) if strand}
    return list(changed.values())


def _keep_opened(tape: Tape, unit: Unit, before: dict[str, Strand | None]) -> None:
    """A strand that this article had opened and opens again is the same strand."""
    kept: dict[int, Strand] = {}
    reused: set[int] = set()
    for claim in sorted(tape.units.get(unit, []), key=lambda c: c.mention.deal_mention_id):
        old, new = before[claim.mention.deal_mention_id], tape.strand_of[claim.mention.deal_mention_id]
        if new.has_before(unit) or old is None or old is new or old.has_before(unit):
            continue
        if id(new) not in kept and id(old) not in reused:
            kept[id(new)] = old
            reused.add(id(old))
    for claim in tape.units.get(unit, []):
        new = tape.strand_of[claim.mention.deal_mention_id]
        if id(new) in kept:
            tape.release(claim)
            tape.assign(claim, kept[id(new)])
