"""Resolve: what was read since the last run -> deals, with only the part of the tape at hand that it can touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from extractors.deals.decided import with_aliases
from extractors.deals.resolve import deal_ids_of
from extractors.deals.resolve.doubtful import FEW
from extractors.deals.resolve.file import file_article, known_under
from extractors.deals.resolve.halves import MANY
from extractors.deals.resolve.outcome import (
    decisions_of,
    doubts_of,
    endings_of,
    history_of,
    main_of,
    name_strands,
)
from extractors.deals.resolve.replay import Replayed
from extractors.deals.resolve.standing import Standing, Tellings, recognised_in, standings
from extractors.deals.resolve.tape import Strand
from extractors.records import Assignment, Claim, Decision, Resolution, StoryArticle
from extractors.stories.wording import is_release
from flows.steps.heard import Heard, hear
from flows.steps.neighbourhood import BESIDE, Neighbourhood
from flows.uncollected import uncollected
from warehouse import resolving
from warehouse.connection import transaction
from warehouse.load import Connection
from warehouse.load_deals import load_claim_keys, load_filed, load_resolution


def resolve_deals(
    con: Connection, version: str, *, at: datetime, decisions: Sequence[Decision] = ()
) -> list[Resolution]:
    """Resolves everything that came since the last time, a transaction a batch; gives what was decided in each.

    ``decisions``: what people say. Where that is not what they said the last time, what it concerns is resolved again.
    """
    done: list[Resolution] = []
    heard = hear(con, version, decisions)
    anew, is_more = heard.anew, True
    while is_more and ((batch := resolving.arrived(con, version)) or anew):
        with uncollected(), transaction(con):
            fresh, gone, claims = _file(con, version, heard, batch, anew, at)
            near = Neighbourhood(
                con, version, heard, articles=[one.article for one in batch if one.is_counting], claims=claims
            )
            told = _resolve(con, version, near, fresh, gone)
            load_resolution(con, told, reader_version=version, recorded_at=at)
        done.append(told)
        anew = frozenset()
        is_more = len(batch) >= resolving.ITEMS_AT_ONCE  # each item has an article at least
    if not done:
        with transaction(con):
            load_resolution(con, Resolution(), reader_version=version, recorded_at=at)
    return done


def _file(
    con: Connection,
    version: str,
    heard: Heard,
    batch: Sequence[resolving.Arrived],
    anew: Collection[str],
    at: datetime,
) -> tuple[set[str], set[str], list[Claim]]:
    """Keep what resolving must know later; gives the articles to decide, those that count no more, new claims."""
    new = [one for one in batch if one.is_new]
    own_words = {one.article.article_id for one in new if one.is_counting and is_release(one.article.body)}
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in resolving.claims_in(con, version, {one.article.article_id for one in new if one.is_counting}):
        by_article[claim.article_id].append(replace(claim, is_own_word=claim.article_id in own_words))
    filed = [
        file_article(
            one.article,
            with_aliases(by_article[one.article.article_id], heard.aliases),
            is_counting=one.is_counting,
            is_own_word=one.article.article_id in own_words,
        )
        for one in new
    ]
    load_filed(con, filed, reader_version=version, recorded_at=at)
    explained = {child for one in filed for child, _ in one.affiliations}
    renamed: set[str] = set()
    if explained:
        renamed = resolving.counting(con, version, resolving.articles_with_party(con, version, explained))
    if anew:
        known = heard.as_known(con, version, resolving.claims_in(con, version, anew))
        load_claim_keys(con, known_under(known), reader_version=version)
    fresh = {one.article.article_id for one in new if one.is_counting} | renamed | set(anew)
    gone = {one.article.article_id for one in batch if not one.is_counting and not one.is_new}
    return fresh, gone, [claim for claims in by_article.values() for claim in claims]


def _resolve(con: Connection, version: str, near: Neighbourhood, fresh: set[str], gone: set[str]) -> Resolution:
    arrived = set(near.articles)
    done = near.replay(fresh, gone)
    articles = near.counting(
        fresh | arrived | near.articles_speaking_of(done) | {article_id for _, article_id in done.decided}
    )
    near.load_near(articles)
    recognised = [
        (article, found) for article in articles for found in recognised_in(near.tape, article, near.named(article))
    ]
    told_again = {article.article_id for article in articles}
    affected = _affected(near, done, told_again, recognised)
    judged = _judged(con, version, near, affected, told_again | gone, done)
    tellings = Tellings(near.tape.strands, [*_kept(near, told_again | gone), *(found for _, found in recognised)])
    return _outcome(
        con, version, near, done, affected, standings(judged, tellings), tellings, recognised, told_again, gone
    )


def _kept(near: Neighbourhood, told_again: set[str]) -> list[tuple[Strand, Claim]]:
    """What earlier runs recognised in other articles than these."""
    return [
        (near.tape.labelled(near.deal_of[mention_id]), claim)
        for mention_id, claim in near.recognised.items()
        if claim.article_id not in told_again and mention_id in near.deal_of
    ]


def _affected(
    near: Neighbourhood,
    done: Replayed,
    told_again: set[str],
    recognised: Iterable[tuple[StoryArticle, tuple[Strand, Claim]]],
) -> dict[int, Strand]:
    """The strands that have other claims than before, read or recognised."""
    affected = {id(strand): strand for strand, _ in done.touched.values()}
    now = {claim.mention.deal_mention_id: strand for _, (strand, claim) in recognised}
    for mention_id, strand in now.items():
        if mention_id not in near.recognised or near.tape.labelled(near.deal_of.get(mention_id, "")) is not strand:
            affected[id(strand)] = strand
    for mention_id, claim in near.recognised.items():
        if claim.article_id in told_again and mention_id not in now and mention_id in near.deal_of:
            strand = near.tape.labelled(near.deal_of[mention_id])
            affected[id(strand)] = strand
    return affected


def _judged(
    con: Connection,
    version: str,
    near: Neighbourhood,
    affected: dict[int, Strand],
    articles: set[str],
    done: Replayed,
) -> list[Strand]:
    """The strands whose standing is judged: the affected and the small ones beside them; loads what that takes."""
    labels = {strand.label for strand in affected.values() if strand.label}
    since = min((unit[0] for _, unit in done.touched.values()), default=None)
    beside = resolving.deals_beside(con, version, deals=labels, articles=articles)
    small = {
        one.deal_id
        for one in beside
        if (one.read_count <= FEW or one.claims_count <= MANY) and (since is None or one.last_told_at >= since - BESIDE)
    }
    small |= {strand.label for strand in affected.values() if strand.label and len(strand.claims) <= MANY}
    context = resolving.deals_beside(con, version, deals=small, articles=articles)
    near.load_deals(small | {one.deal_id for one in context})
    chosen = affected | {id(strand): strand for strand in map(near.tape.labelled, sorted(small))}
    return sorted((strand for strand in chosen.values() if strand.claims), key=lambda strand: strand.first)


def _outcome(
    con: Connection,
    version: str,
    near: Neighbourhood,
    done: Replayed,
    affected: dict[int, Strand],
    told: Sequence[Standing],
    tellings: Tellings,
    recognised: Sequence[tuple[StoryArticle, tuple[Strand, Claim]]],
    told_again: set[str],
    gone: set[str],
) -> Resolution:
    touched = [strand for strand, _ in done.touched.values()]
    of_touched = {claim.mention.deal_mention_id for strand in touched for claim in strand.claims}
    labels = {near.deal_of[mention_id] for mention_id in of_touched if mention_id in near.deal_of}
    labels |= {strand.label for strand in [*touched, *(s for one in told for s in one.strands)] if strand.label}
    new_ids = {deal_id for strand in touched if strand.claims for deal_id in deal_ids_of(strand.claims[0])}
    known = resolving.known_deals(con, version, labels | new_ids)
    known |= resolving.known_deals(con, version, {deal.into_deal_id for deal in known.values()} - known.keys())
    names = name_strands(touched, near.deal_of, known, _new_id)
    for standing in told:
        for strand in standing.strands:
            names.of_strand.setdefault(id(strand), strand.label)
    for strand in touched:
        if strand.label and strand.label not in {*names.of_strand.values(), *names.emptied}:
            names.emptied[strand.label] = ""
    decisions = [
        decision
        for strand in affected.values()
        if strand.claims
        for decision in decisions_of(
            strand, names.of_strand.get(id(strand), strand.label), tellings.recognised(strand), near.deal_of
        )
    ]
    decided = {decision.deal_mention_id for decision in decisions}
    current = {claim.mention.deal_mention_id for _, (_, claim) in recognised}
    decisions += [
        _none(claim)
        for mention_id, claim in {**near.claims, **near.recognised}.items()
        if mention_id in near.deal_of
        and mention_id not in decided
        and (
            claim.article_id in gone
            or (mention_id in near.recognised and claim.article_id in told_again and mention_id not in current)
        )
    ]
    endings = endings_of(told, names, known)
    changed = {id(strand) for strand in affected.values()}
    ended = {ending.deal_id for ending in endings}
    histories, issues = [], doubts_of(done.doubts, names)
    for standing in told:
        if not any(id(strand) in changed or names[strand] in ended for strand in standing.strands):
            continue
        main = main_of(standing, names, known)
        history, conflicts = history_of(standing, names[main])
        histories.append(history)
        issues += [issue for issue in conflicts if issue.subject_id in decided]
        for strand in standing.strands:
            if strand is not main and names[strand] not in known:
                alone = Standing((strand,), tuple(tellings.claims(strand)), "")
                histories.append(history_of(alone, names[strand])[0])
    fresh = [one for one in histories if one.deal_id not in known]
    return Resolution(
        decisions=tuple(decisions),
        histories=tuple(histories),
        endings=tuple(endings),
        recognised=tuple((article, claim) for article, (_, claim) in recognised),
        issues=tuple(issues),
        new_deals=len(fresh),
        revised_deals=len(histories) - len(fresh),
    )


def _new_id(claim: Claim, taken: set[str]) -> str:
    ids = deal_ids_of(claim)
    return next((deal_id for deal_id in ids if deal_id not in taken), ids[-1])


def _none(claim: Claim) -> Assignment:
    """The decision that a claim is of no deal any more."""
    return Assignment(
        deal_mention_id=claim.mention.deal_mention_id,
        deal_id="",
        kind="repeated",
        first_as_of=claim.as_of,
        last_as_of=claim.as_of,
    )
