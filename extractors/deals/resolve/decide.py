"""Of which deal each claim of an article speaks, by what was told before it: the surest claims first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from extractors.deals.resolve.compatible import CLEARLY, ENOUGH, fit
from extractors.deals.resolve.dossier import dossier_of
from extractors.deals.resolve.echoes import echoed_by
from extractors.deals.resolve.keys import ROUND, sought_by
from extractors.deals.resolve.recognise import likelier
from extractors.deals.resolve.tape import Strand, Tape, Unit
from extractors.records import Claim

CORRECTION_TITLE = re.compile(r"(?:correction|corrected|clarification)\b", re.IGNORECASE)
CORRECTION_SPAN = timedelta(days=14)
SAME_ROUND = 6.0  # weight of a round's name
CORRECTED = 2.0  # weight of being a correction of what was said of the deal


@dataclass(frozen=True, slots=True)
class Choice:
    """The strand that a claim was found to speak of; None for a new one. ``doubt``: those it could be of as well."""

    weight: float
    strand: Strand | None
    doubt: tuple[Strand, ...] = ()


def decide(tape: Tape, unit: Unit) -> dict[str, tuple[Strand, ...]]:
    """Assign the claims of an article to strands; gives deal_mention_id -> the strands between which it was in doubt.

    The claims must be released before. Where a new strand is opened, it is the caller's to know its old self again.
    """
    claims = sorted(tape.units[unit], key=lambda c: (c.mention.focus != "primary", c.mention.deal_mention_id))
    doubts: dict[str, tuple[Strand, ...]] = {}
    taken: dict[int, list[Claim]] = {}
    echoes = {claim.mention.deal_mention_id: fuller for claim in claims if (fuller := echoed_by(claim, claims))}
    waiting = [claim for claim in claims if claim.mention.deal_mention_id not in echoes]
    while waiting:
        ranked = [(_best(tape, unit, claim, taken), -k, claim) for k, claim in enumerate(waiting)]
        choice, _, claim = max(ranked, key=lambda row: (not row[0].doubt, row[0].weight, row[1]))
        waiting.remove(claim)
        strand = choice.strand or Strand()
        taken.setdefault(id(strand), []).append(claim)
        tape.assign(claim, strand)
        if choice.doubt:
            doubts[claim.mention.deal_mention_id] = choice.doubt
    for claim in claims:
        if fuller := echoes.get(claim.mention.deal_mention_id):
            while further := echoes.get(fuller.mention.deal_mention_id):
                fuller = further
            tape.assign(claim, tape.strand_of[fuller.mention.deal_mention_id])
    return doubts


def _best(tape: Tape, unit: Unit, claim: Claim, taken: dict[int, list[Claim]]) -> Choice:
    keys = sought_by(tape.keys[claim.mention.deal_mention_id])
    rounds = {key for key in keys if key.startswith(ROUND)}
    here = {id(tape.strand_of[c.mention.deal_mention_id]): c for claims in taken.values() for c in claims}
    same_round = {id(strand): strand for strand in tape.before(rounds, unit)}
    candidates = {id(strand): strand for strand in tape.before(keys - rounds, unit)}
    for each in here.values():
        strand = tape.strand_of[each.mention.deal_mention_id]
        shared = keys & tape.keys[each.mention.deal_mention_id]
        if shared & rounds:
            same_round[id(strand)] = strand
        elif shared:
            candidates[id(strand)] = strand
    if tape.apart:
        same_round, candidates = (_allowed(tape, unit, claim, found) for found in (same_round, candidates))
    fits = [(SAME_ROUND, strand) for strand in same_round.values()]
    for strand in candidates.values():
        weight = None if id(strand) in same_round else fit(claim, strand.upto(unit)).weight
        if weight is not None and weight >= ENOUGH:
            fits.append((weight, strand))
    fits = [(weight + CORRECTED * _corrects(tape, claim, strand, unit), strand) for weight, strand in fits]
    free = [(weight, strand) for weight, strand in fits if id(strand) not in taken]
    fits = free or [(weight, strand) for weight, strand in fits if _restates(claim, taken[id(strand)])]
    fits.sort(key=lambda pair: (-pair[0], pair[1].first))
    if not fits:
        return Choice(0.0, None)
    close = [strand for weight, strand in fits if fits[0][0] - weight < CLEARLY]
    if len(close) > 1:
        meant = _meant(tape, claim, close, unit)
        return Choice(fits[0][0], meant, () if meant else tuple(close[:2]))
    return Choice(fits[0][0], fits[0][1])


def _allowed(tape: Tape, unit: Unit, claim: Claim, strands: Mapping[int, Strand]) -> dict[int, Strand]:
    """Those of the strands that no person keeps the claim apart from."""
    return {k: strand for k, strand in strands.items() if not tape.apart.parts(claim, strand.upto(unit).claims)}


def _meant(tape: Tape, claim: Claim, close: Sequence[Strand], unit: Unit) -> Strand | None:
    """Of strands that fit alike, the one that the words of the article clearly speak of."""
    article = tape.articles.get(claim.article_id)
    if not article:
        return None
    deals = [dossier_of(str(k), strand.upto(unit).claims) for k, strand in enumerate(close)]
    found = likelier(article, deals)
    return close[int(found.deal_id)] if found else None


def _corrects(tape: Tape, claim: Claim, strand: Strand, unit: Unit) -> bool:
    """Whether the claim stands in a correction of what its publisher said of the deal these days."""
    article = tape.articles.get(claim.article_id)
    return bool(article and CORRECTION_TITLE.match(article.title)) and any(
        told.publisher == claim.publisher and abs(claim.as_of - told.as_of) <= CORRECTION_SPAN
        for told in strand.upto(unit).claims
    )


def _restates(claim: Claim, others: list[Claim]) -> bool:
    """Whether the claim says of a deal only what others of its article say: same parties, no other figure or place."""
    for other in others:
        found = fit(claim, dossier_of("", [other]))
        if found.weight is None or any("another" in reason for reason in found.reasons):
            return False
    return True
