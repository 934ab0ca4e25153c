"""The part of the tape that new claims can touch, loaded as it turns out to be needed; never all deals or texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from extractors.deals.resolve.keys import (
    TICKERED,
    keys_named_in,
    keys_of_party,
    seekers_of,
    sought_by,
    sought_with,
)
from extractors.deals.resolve.recognise import FORESEEN, RECALLED, is_recognised
from extractors.deals.resolve.replay import Replayed, carry_on, replay
from extractors.deals.resolve.standing import stands_for
from extractors.deals.resolve.tape import LAST, NEAREST, Tape, Unit, under_their_parents, unit_of
from extractors.records import Claim, StoryArticle
from warehouse import resolving
from warehouse.load import Connection

# More than are looked at: what is stored may lose some of its nearest deals while it is decided again.
LOADED = NEAREST + 8
BESIDE = timedelta(days=10)  # deals told last so long before a change are not judged anew for it


class Neighbourhood:
    """Claims, articles and keys at hand, and the tape made of them."""

    def __init__(self, con: Connection, version: str, articles: Iterable[StoryArticle] = ()) -> None:
        """``articles``: those of which the texts are at hand, and that count."""
        self._con, self._version = con, version
        self.claims: dict[str, Claim] = {}  # those that were read
        self.recognised: dict[str, Claim] = {}  # those that an earlier run recognised
        self.deal_of: dict[str, str] = {}  # as stored
        self.articles = {article.article_id: article for article in articles}
        self.keys: dict[str, frozenset[str]] = {}
        self._asked_before: set[tuple[str, datetime, str]] = set()
        self._asked_after: set[tuple[str, Unit]] = set()
        self._deals: set[str] = set()  # loaded whole
        self.tape = Tape([], ready=set())

    def replay(self, fresh: Collection[str], gone: Collection[str]) -> Replayed:
        """Decide the fresh articles and all that they reach; loads what that takes, as it turns out."""
        self._prepare({*fresh, *gone}, gone)
        fresh_units = {unit for unit in self._units(fresh) if unit[1] not in gone}
        done = replay(self.tape, fresh_units, gone=[c for c in self.claims.values() if c.article_id in gone])
        while self._look_after(done) or done.missing:
            self._prepare({article_id for _, article_id in done.missing}, gone)
            carry_on(self.tape, done)
        return done

    def _prepare(self, articles: Collection[str], gone: Collection[str]) -> None:
        """Load what deciding these articles takes, into the tape."""
        self.load_texts(articles)
        self._load(articles=articles)
        self._load_windows(set(articles) - set(gone))
        self.tape.articles.update(self.articles)
        self.tape.keys.update(self.keys)
        self.tape.add(self.claims.values(), self.deal_of)
        self.tape.get_ready(self._units(articles))

    def _units(self, articles: Collection[str]) -> set[Unit]:
        return {unit_of(claim) for claim in self.claims.values() if claim.article_id in articles}

    def _load_windows(self, articles: Collection[str]) -> None:
        """The deals with which the claims of these articles are compared."""
        wanted = {
            (key, claim.as_of, claim.article_id)
            for claim in self.claims.values()
            if claim.article_id in articles
            for key in sought_by(self.keys[claim.mention.deal_mention_id])
        } - self._asked_before
        self._asked_before |= wanted
        if wanted:
            self._load(deals=resolving.deals_before(self._con, self._version, wanted, LOADED))

    def _look_after(self, done: Replayed) -> bool:
        """Look for later claims that the changed deals could be compared with; gives whether there are some unknown."""
        wanted = {
            (key, since)
            for strand, since in done.touched.values()
            for claim in strand.claims
            for own in self.keys[claim.mention.deal_mention_id]
            for key in (own, seekers_of(own))
        } - self._asked_after
        if not wanted:
            return False
        self._asked_after |= wanted
        is_more = False
        for entry in resolving.claims_after(self._con, self._version, {(key, unit[0]) for key, unit in wanted}):
            if entry.deal_mention_id not in self.claims:
                is_more = True
                self.tape.hint(entry.key, (entry.as_of, entry.article_id), entry.deal_mention_id, entry.deal_id)
        return is_more

    def load_texts(self, articles: Collection[str]) -> list[StoryArticle]:
        """These articles as far as they count, with their texts."""
        missing = set(articles) - self.articles.keys()
        if missing:
            for article in resolving.texts(self._con, self._version, missing):
                self.articles[article.article_id] = article
        return [self.articles[article_id] for article_id in sorted(articles) if article_id in self.articles]

    def articles_speaking_of(self, done: Replayed) -> set[str]:
        """article_id of those that may speak of the deals that changed, as far as they can see the change."""
        wanted = set()
        for k, (strand, (since, _)) in enumerate(done.touched.values()):
            if not strand.claims:
                continue
            until = max(claim.as_of for claim in strand.claims) + RECALLED
            sides: dict[frozenset[str], int] = {}
            for claim in strand.claims:
                for party in claim.mention.parties:
                    names = keys_of_party(party, claim.as_of.date())
                    side = next((n for known, n in sides.items() if known & names), len(sides))
                    sides[names] = side
            for names, side in sides.items():
                wanted |= {(str(k), side, name, since - FORESEEN, until) for name in names if " " not in name}
        return resolving.articles_naming(self._con, self._version, wanted, TICKERED)

    def load_near(self, articles: Iterable[StoryArticle]) -> None:
        """The deals of which these articles could speak, into the tape."""
        articles = list(articles)
        named = {article.article_id: keys_named_in(article) for article in articles}
        known = resolving.known_keys(self._con, self._version, set().union(*named.values())) | {TICKERED}
        wanted = {
            (key, article.as_of + FORESEEN, LAST)
            for article in articles
            for key in sought_with(named[article.article_id] & known)
        }
        deals = resolving.deals_before(self._con, self._version, wanted, LOADED)
        self.load_deals(deals, articles={article.article_id for article in articles})

    def load_deals(self, deals: Collection[str], *, articles: Collection[str] = ()) -> None:
        """These deals, and those that are told in these articles, into the tape."""
        self._load(deals=deals, articles=articles)
        held = {**self.claims, **self.recognised}
        told = {self.deal_of[k] for k, claim in held.items() if claim.article_id in articles and k in self.deal_of}
        self._load(deals=told)
        self.tape.keys.update(self.keys)
        self.tape.add(self.claims.values(), self.deal_of)

    def _load(self, *, deals: Collection[str] = (), articles: Collection[str] = ()) -> None:
        deals = set(deals) - self._deals
        if not deals and not articles:
            return
        self._deals |= deals
        claims, deal_of = resolving.claims_of(self._con, self._version, deals=deals, articles=articles)
        claims = [claim for claim in claims if claim.mention.deal_mention_id not in self.claims]
        names = {p.name for claim in claims for p in claim.mention.parties if not p.company_id}
        known_as = stands_for(resolving.affiliations(self._con, self._version, names)) if names else {}
        for claim in under_their_parents(claims, known_as):
            kept = self.recognised if is_recognised(claim) else self.claims
            kept[claim.mention.deal_mention_id] = claim
        self.deal_of |= deal_of
        self.keys |= resolving.keys_of_claims(self._con, self._version, [c.mention.deal_mention_id for c in claims])
